package evaluate

import (
	"encoding/json"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// HostFunc scores one criterion. It returns at least one line, each with Points
// and Note; section, criterion and, if empty, the rule are filled in. An error
// refuses the card. It must be safe for concurrent use and must not change what
// it is given.
type HostFunc func(HostInput) ([]Line, error)

// HostInput is what a host function may look at.
type HostInput struct {
	Criterion rubric.Criterion
	Params    json.RawMessage
	Card      string
	Subject   string
	// Facts holds those the rule names and the card has.
	Facts map[string]Fact
	// Ballots holds the counted ballots of the criterion's groups.
	Ballots []Ballot
}

// host scores by a rubric.Host.
type host rubric.Host

func (*host) key() string { return "host" }

func (h *host) check(c *compiler, at string, n *node) {
	if fn, ok := c.sheet.hosts[h.Name]; !ok || fn == nil {
		c.add(problem.Host, at+".name", n.c.Key, "no host function %s is registered", quote.Short(h.Name))
	}
	for _, f := range h.Facts {
		if c.checkKey(at+".facts", f) {
			c.sheet.facts[f] = true
		}
	}
}

func (h *host) score(r *run, n *node) (points.Exact, bool) {
	in := HostInput{
		Criterion: *n.c, Params: h.Params, Card: r.card.ID, Subject: r.card.Subject,
		Facts: map[string]Fact{},
	}
	for _, key := range append([]string{n.c.Fact}, h.Facts...) {
		if f, ok := r.card.Facts[key]; ok {
			in.Facts[key] = f
		}
	}
	for _, g := range n.groups {
		p := r.panel(g)
		if p.why != "" {
			if !r.missingGroup(p, p.why, p.Key) {
				return points.Exact{}, false
			}
			continue
		}
		for _, b := range p.ballots {
			in.Ballots = append(in.Ballots, *b)
		}
	}
	lines, err := r.sheet.hosts[h.Name](in)
	if err != nil {
		r.add(problem.Host, "", n.c.Key, "host %s: %v", h.Name, err)
		return points.Exact{}, false
	}
	if len(lines) == 0 {
		r.add(problem.Host, "", n.c.Key, "host %s returned no ledger line", h.Name)
		return points.Exact{}, false
	}
	var sum points.Exact
	for _, l := range lines {
		if n.negative() && l.Points > 0 || !n.negative() && n.section == SectionBonus && l.Points < 0 {
			r.add(problem.Sign, "", n.c.Key, "host %s returned %s in the %s", h.Name, l.Points, n.section)
			return points.Exact{}, false
		}
		if l.Rule == "" {
			l.Rule = h.key()
		}
		sum = sum.Add(r.line(n, l, l.Points.Exact()))
	}
	return sum, true
}
