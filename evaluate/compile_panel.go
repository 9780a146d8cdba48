package evaluate

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

func (c *compiler) panel() {
	for i, g := range c.sheet.rubric.Groups {
		at := fmt.Sprintf("groups[%d]", i)
		if c.checkKey(at+".key", g.Key) {
			if _, twice := c.groups[g.Key]; twice {
				c.add(problem.Duplicate, at+".key", "", "group %s appears twice", g.Key)
				continue
			}
			c.groups[g.Key] = i
		}
		c.groupEnums(at, g)
		if g.Share < 0 || g.Share > maxRubricPoints {
			c.add(problem.Range, at+".share", "", "share is %s; it is a positive number", g.Share)
		}
		if d := g.Drop; d != nil {
			if d.Highest < 0 || d.Lowest < 0 || d.Highest > 1000 || d.Lowest > 1000 {
				c.add(problem.Range, at+".drop", "", "drop %d highest and %d lowest; both lie between 0 and 1000", d.Highest, d.Lowest)
			}
			if d.By != "" && d.By != rubric.DropByCriterion && d.By != rubric.DropByTotal {
				c.add(problem.Rule, at+".drop.by", "", "by %s is not criterion or total", quote.Short(d.By))
			}
		}
		if q := g.Quorum; q != nil {
			c.quorum(at+".quorum", q)
		}
		c.sheet.groups = append(c.sheet.groups, &voters{Group: g})
	}
	c.percent()
	if len(c.sheet.groups) != len(c.sheet.rubric.Groups) {
		// Indexes no longer match; the duplicates are reported already.
		c.groups = map[string]int{}
		for i, g := range c.sheet.groups {
			c.groups[g.Key] = i
		}
	}
}

// percent refuses shares that are written as percentages, one of 10 or more among
// them, and do not add up to 100, unless the source is cut off. Smaller ones, such
// as 5, 3 and 2, are relative.
func (c *compiler) percent() {
	var sum points.Exact
	percent := false
	for _, g := range c.sheet.rubric.Groups {
		sum = sum.Add(g.Share.Exact())
		percent = percent || g.Share >= 10*points.One
	}
	if percent && len(c.sheet.rubric.Incomplete) == 0 && sum.Cmp((100*points.One).Exact()) != 0 {
		total, _ := sum.Round(points.Places, points.HalfUp) // bounded shares fit
		c.add(problem.Sum, "groups", "", "the shares of the groups add up to %s %%, not 100 %%", total)
	}
}

func (c *compiler) groupEnums(at string, g rubric.Group) {
	switch g.Kind {
	case "", rubric.Organiser, rubric.Member, rubric.ThirdParty, rubric.Public, rubric.SelfRated:
	default:
		c.add(problem.Rule, at+".kind", "", "kind %s is not organiser, member, third_party, public or self", quote.Short(string(g.Kind)))
	}
	switch g.Aggregate {
	case "", rubric.Mean, rubric.Median, rubric.Summed, rubric.ModeGrade:
	default:
		c.add(problem.Rule, at+".aggregate", "", "aggregate %s is not mean, median, sum or mode_grade", quote.Short(string(g.Aggregate)))
	}
	switch g.Missing {
	case "", rubric.MissingVoid, rubric.MissingZero, rubric.MissingProvisional, rubric.MissingRedistribute:
	default:
		c.add(problem.Rule, at+".missing", "", "missing %s is not void, zero, provisional or redistribute", quote.Short(string(g.Missing)))
	}
	if g.Blank != "" && !g.Blank.Valid() {
		c.add(problem.Rule, at+".blank", "", "blank %s is not abstain, dont_know, recused or not_due", quote.Short(string(g.Blank)))
	}
}

func (c *compiler) quorum(at string, q *rubric.Quorum) {
	if q.MinBallots < 0 {
		c.add(problem.Range, at+".min_ballots", "", "min_ballots is %d", q.MinBallots)
	}
	for _, part := range []struct {
		name string
		r    *points.Ratio
	}{{"more_than", q.MoreThan}, {"at_least", q.AtLeast}} {
		if r := part.r; r != nil && (r.Den <= 0 || r.Num < 0 || r.Num > r.Den || r.Den > 1_000_000) {
			c.add(problem.Range, at+"."+part.name, "", "%s is not a fraction between 0 and 1 with a denominator up to a million", r)
		}
	}
	if q.MinBallots == 0 && q.MoreThan == nil && q.AtLeast == nil {
		c.add(problem.Empty, at, "", "the quorum asks for nothing")
	}
}
