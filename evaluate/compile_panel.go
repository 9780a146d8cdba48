package evaluate

import "fmt"

func (c *compiler) panel() {
	for i, g := range c.sheet.rubric.Groups {
		at := fmt.Sprintf("groups[%d]", i)
		if c.checkKey(at+".key", g.Key) {
			if _, twice := c.groups[g.Key]; twice {
				c.add(CodeDuplicate, at+".key", "", "group %s appears twice", g.Key)
				continue
			}
			c.groups[g.Key] = i
		}
		c.groupEnums(at, g)
		if g.Share < 0 || g.Share > maxRubricPoints {
			c.add(CodeRange, at+".share", "", "share is %s; it is a positive number", g.Share)
		}
		if d := g.Drop; d != nil {
			if d.Highest < 0 || d.Lowest < 0 || d.Highest > 1000 || d.Lowest > 1000 {
				c.add(CodeRange, at+".drop", "", "drop %d highest and %d lowest; both lie between 0 and 1000", d.Highest, d.Lowest)
			}
			if d.By != "" && d.By != DropByCriterion && d.By != DropByTotal {
				c.add(CodeRule, at+".drop.by", "", "by %s is not criterion or total", quoteShort(d.By))
			}
		}
		if q := g.Quorum; q != nil {
			c.quorum(at+".quorum", q)
		}
		c.sheet.groups = append(c.sheet.groups, &voters{Group: g})
	}
	if len(c.sheet.groups) != len(c.sheet.rubric.Groups) {
		// Indexes no longer match; the duplicates are reported already.
		c.groups = map[string]int{}
		for i, g := range c.sheet.groups {
			c.groups[g.Key] = i
		}
	}
}

func (c *compiler) groupEnums(at string, g Group) {
	switch g.Kind {
	case "", Organiser, Member, ThirdParty, Public, SelfRated:
	default:
		c.add(CodeRule, at+".kind", "", "kind %s is not organiser, member, third_party, public or self", quoteShort(string(g.Kind)))
	}
	switch g.Aggregate {
	case "", Mean, Median, Summed, ModeGrade:
	default:
		c.add(CodeRule, at+".aggregate", "", "aggregate %s is not mean, median, sum or mode_grade", quoteShort(string(g.Aggregate)))
	}
	switch g.Missing {
	case "", MissingVoid, MissingZero, MissingProvisional, MissingRedistribute:
	default:
		c.add(CodeRule, at+".missing", "", "missing %s is not void, zero, provisional or redistribute", quoteShort(string(g.Missing)))
	}
	if g.Blank != "" && !g.Blank.valid() {
		c.add(CodeRule, at+".blank", "", "blank %s is not abstain, dont_know, recused or not_due", quoteShort(string(g.Blank)))
	}
}

func (c *compiler) quorum(at string, q *Quorum) {
	if q.MinBallots < 0 {
		c.add(CodeRange, at+".min_ballots", "", "min_ballots is %d", q.MinBallots)
	}
	for _, part := range []struct {
		name string
		r    *Ratio
	}{{"more_than", q.MoreThan}, {"at_least", q.AtLeast}} {
		if r := part.r; r != nil && (r.Den <= 0 || r.Num < 0 || r.Num > r.Den || r.Den > 1_000_000) {
			c.add(CodeRange, at+"."+part.name, "", "%s is not a fraction between 0 and 1 with a denominator up to a million", r)
		}
	}
	if q.MinBallots == 0 && q.MoreThan == nil && q.AtLeast == nil {
		c.add(CodeEmpty, at, "", "the quorum asks for nothing")
	}
}
