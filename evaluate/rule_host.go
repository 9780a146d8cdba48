package evaluate

import "encoding/json"

// Host hands the criterion to a function of the program that embeds the
// library, registered with WithHost. The function must return ledger lines: a
// bare number would be a score nobody can trace.
type Host struct {
	Name string `json:"name"`
	// Facts are those the function may read, besides the criterion's own.
	Facts []string `json:"facts,omitempty"`
	// Params is passed on as it is.
	Params json.RawMessage `json:"params,omitempty"`
}

// HostFunc scores one criterion. It returns at least one line, each with Points
// and Note; section, criterion and, if empty, the rule are filled in. An error
// refuses the card. It must be safe for concurrent use and must not change what
// it is given.
type HostFunc func(HostInput) ([]Line, error)

// HostInput is what a host function may look at.
type HostInput struct {
	Criterion Criterion
	Params    json.RawMessage
	Card      string
	Subject   string
	// Facts holds those the rule names and the card has.
	Facts map[string]Fact
	// Ballots holds the counted ballots of the criterion's groups.
	Ballots []Ballot
}

func (*Host) key() string { return "host" }

func (h *Host) check(c *compiler, at string, n *node) {
	if fn, ok := c.sheet.hosts[h.Name]; !ok || fn == nil {
		c.add(CodeHost, at+".name", n.c.Key, "no host function %s is registered", quoteShort(h.Name))
	}
	for _, f := range h.Facts {
		if c.checkKey(at+".facts", f) {
			c.sheet.facts[f] = true
		}
	}
}

func (h *Host) score(r *run, n *node) (exact, bool) {
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
				return exact{}, false
			}
			continue
		}
		for _, b := range p.ballots {
			in.Ballots = append(in.Ballots, *b)
		}
	}
	lines, err := r.sheet.hosts[h.Name](in)
	if err != nil {
		r.add(CodeHost, "", n.c.Key, "host %s: %v", h.Name, err)
		return exact{}, false
	}
	if len(lines) == 0 {
		r.add(CodeHost, "", n.c.Key, "host %s returned no ledger line", h.Name)
		return exact{}, false
	}
	var sum exact
	for _, l := range lines {
		if n.negative() && l.Points > 0 || !n.negative() && n.section == SectionBonus && l.Points < 0 {
			r.add(CodeSign, "", n.c.Key, "host %s returned %s in the %s", h.Name, l.Points, n.section)
			return exact{}, false
		}
		if l.Rule == "" {
			l.Rule = h.key()
		}
		sum = sum.add(r.line(n, l, exactOf(l.Points)))
	}
	return sum, true
}
