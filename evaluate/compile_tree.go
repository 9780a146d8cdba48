package evaluate

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

func (c *compiler) tree() {
	s := c.sheet
	r := &s.rubric
	s.base = c.nodes("criteria", "", SectionBase, r.Criteria, 1)
	if r.Bonus != nil {
		s.bonus = c.section("bonus", SectionBonus, r.Bonus)
	}
	if r.Penalty != nil {
		s.extra = c.section("penalty", SectionPenalty, r.Penalty)
	}
	if len(s.leaves) == 0 {
		c.add(problem.Empty, "criteria", "", "the rubric has nothing to score")
	}
	c.sums("full", "", r.Full, len(r.Incomplete) > 0, r.Criteria)
	for i, g := range s.groups {
		if len(g.leaves) == 0 {
			c.add(problem.Unknown, fmt.Sprintf("groups[%d]", i), "", "group %s judges no criterion", g.Key)
		}
	}
}

func (c *compiler) section(at, name string, s *rubric.Section) []*node {
	if s.Cap != nil && (*s.Cap < 0 || *s.Cap > maxRubricPoints) {
		c.add(problem.Range, at+".cap", "", "cap is %s; it is written as a positive number of points", *s.Cap)
	}
	if len(s.Items) == 0 {
		c.add(problem.Empty, at+".items", "", "the section has no items")
	}
	return c.nodes(at+".items", "", name, s.Items, 1)
}

// sums holds a stated whole against the sum of its parts.
func (c *compiler) sums(at, key string, whole points.Points, incomplete bool, parts []rubric.Criterion) {
	var sum points.Points
	for i := range parts {
		sum += full(&parts[i]) // each at most maxRubricPoints: no overflow before millions of items
	}
	switch {
	case sum == whole, incomplete && sum < whole:
	case incomplete:
		c.add(problem.Sum, at, key, "parts add up to %s, more than the %s of the whole", sum, whole)
	default:
		c.add(problem.Sum, at, key, "parts add up to %s, the whole says %s", sum, whole)
	}
}

// full is the stated points of a criterion, or those of its items.
func full(cr *rubric.Criterion) points.Points {
	if cr.Points != 0 || len(cr.Items) == 0 {
		return cr.Points
	}
	var sum points.Points
	for i := range cr.Items {
		sum += full(&cr.Items[i])
	}
	return sum
}

func (c *compiler) nodes(at, parent, section string, crs []rubric.Criterion, depth int) []*node {
	if depth > maxTreeDepth {
		c.add(problem.Depth, at, "", "criteria nested deeper than %d", maxTreeDepth)
		return nil
	}
	nodes := make([]*node, 0, len(crs))
	for i := range crs {
		cr, where := &crs[i], fmt.Sprintf("%s[%d]", at, i)
		if c.checkKey(where+".key", cr.Key) {
			if c.keys[cr.Key] {
				c.add(problem.Duplicate, where+".key", cr.Key, "key %s appears twice", cr.Key)
			}
			c.keys[cr.Key] = true
		}
		if cr.Points < 0 || cr.Points > maxRubricPoints {
			c.add(problem.Range, where+".points", cr.Key, "points are %s; they lie between 0 and %s", cr.Points, maxRubricPoints)
			cr.Points = 0
		}
		n := &node{c: cr, path: cr.Key, section: section, floor: cr.Floor, cap: cr.Cap}
		if parent != "" {
			n.path = parent + "." + cr.Key
		}
		if cr.Direction != "" && cr.Direction != rubric.Benefit && cr.Direction != rubric.Cost {
			c.add(problem.Rule, where+".direction", cr.Key, "direction %s is not benefit or cost", quote.Short(string(cr.Direction)))
		}
		if len(cr.Items) > 0 {
			c.heading(where, n, depth)
		} else {
			c.leaf(where, n)
		}
		if n.floor != nil && n.cap != nil && *n.floor > *n.cap {
			c.add(problem.Range, where+".floor", cr.Key, "floor %s is above cap %s", *n.floor, *n.cap)
		}
		nodes = append(nodes, n)
	}
	return nodes
}

func (c *compiler) heading(at string, n *node, depth int) {
	cr := n.c
	if countRules(&cr.Rule) > 0 || cr.Fact != "" || len(cr.Groups) > 0 || cr.Required {
		c.add(problem.Rule, at, cr.Key, "a heading with items has no rule, source or required of its own")
	}
	n.items = c.nodes(at+".items", n.path, n.section, cr.Items, depth+1)
	if cr.Points != 0 && n.section == SectionBase && cr.Cap == nil {
		c.sums(at+".points", cr.Key, cr.Points, cr.Incomplete != "", cr.Items)
	}
}

func (c *compiler) leaf(at string, n *node) {
	cr, s := n.c, c.sheet
	if kinds := countRules(&cr.Rule); kinds > 1 {
		c.add(problem.Rule, at+".rule", cr.Key, "%d rules; a criterion has one", kinds)
		return
	}
	n.rule = kindOf(&cr.Rule)
	if n.section == SectionBase && cr.Points == 0 {
		c.add(problem.Range, at+".points", cr.Key, "a criterion of the base needs points")
	}
	n.defaults()
	c.source(at, n)
	n.rule.check(c, at+".rule."+n.rule.key(), n)
	s.leaves[cr.Key] = n
}

// defaults bounds a leaf by what its section means.
func (n *node) defaults() {
	var zero points.Points
	if n.section != SectionPenalty && n.floor == nil {
		n.floor = &zero
	}
	if n.section == SectionPenalty && n.cap == nil {
		n.cap = &zero
	}
	if n.section == SectionBase && n.cap == nil {
		points := n.c.Points
		n.cap = &points
	}
}

// source resolves where a leaf's input comes from.
func (c *compiler) source(at string, n *node) {
	cr, s := n.c, c.sheet
	_, byBallot := n.rule.(ballotRule)
	_, free := n.rule.(*host)
	ownFacts := cr.Rule.AllOrNothing != nil && len(cr.Rule.AllOrNothing.When) > 0
	switch {
	case cr.Fact != "" && len(cr.Groups) > 0:
		c.add(problem.Source, at, cr.Key, "both a fact and groups; a criterion has one source")
	case len(cr.Groups) > 0 && !byBallot && !free:
		c.add(problem.Source, at+".groups", cr.Key, "rule %s reads a fact, not ballots", n.rule.key())
	case cr.Fact != "" && ownFacts:
		c.add(problem.Source, at+".fact", cr.Key, "the conditions of all_or_nothing name their own facts")
	case cr.Fact == "" && len(cr.Groups) == 0 && !free && !ownFacts:
		c.add(problem.Source, at, cr.Key, "no source: name a fact or groups")
	}
	if cr.Fact != "" && c.checkKey(at+".fact", cr.Fact) {
		if cr.Rule.Nested != nil {
			s.nested[cr.Fact] = true
		} else {
			s.facts[cr.Fact] = true
		}
	}
	seen := map[string]bool{}
	for i, key := range cr.Groups {
		g, ok := c.groups[key]
		switch where := fmt.Sprintf("%s.groups[%d]", at, i); {
		case !ok:
			c.add(problem.Unknown, where, cr.Key, "there is no group %s", quote.Short(key))
			continue
		case seen[key]:
			c.add(problem.Duplicate, where, cr.Key, "group %s appears twice", key)
			continue
		case len(cr.Groups) > 1 && s.groups[g].Share == 0:
			c.add(problem.Share, where, cr.Key, "group %s judges with others and has no share", key)
		}
		seen[key] = true
		n.groups = append(n.groups, g)
		n.slots = append(n.slots, len(s.groups[g].leaves))
		s.groups[g].leaves = append(s.groups[g].leaves, n)
	}
}
