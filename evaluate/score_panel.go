package evaluate

import (
	"cmp"
	"slices"
	"sort"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// ballotRule is a rule that reads ballots: raw says what a mark is worth, linear
// how the aggregate of raw marks becomes points.
type ballotRule interface {
	ruleKind
	raw(m Mark, n *node) (value points.Points, wrong string)
	linear(n *node) linear
}

// panel is one group's vote on the card.
type panel struct {
	*voters
	ballots    []*Ballot // current ones, by id
	superseded []string
	ids        []string
	// raw and missing hold the marks, criterion by criterion.
	raw     []points.Points
	missing []rubric.Missing
	totals  []bool // by ballot: dropped by its total
	added   map[string]Aggregate
	session Session
	counts  map[rubric.Missing]int64
	why     string // why the vote is not valid
}

func (p *panel) mark(slot, ballot int) (points.Points, rubric.Missing) {
	i := slot*len(p.ballots) + ballot
	return p.raw[i], p.missing[i]
}

// ballots sorts the card's ballots into panels and checks every mark.
func (r *run) ballots() {
	for i, g := range r.sheet.groups {
		r.panels[i] = &panel{voters: g, session: r.card.Sessions[g.Key], added: r.card.Aggregates[g.Key]}
	}
	for _, key := range strayGroups(r.card.Sessions, r.sheet) {
		r.add(problem.Unknown, "sessions."+key, "", "there is no group %s", quote.Short(key))
	}
	for _, key := range strayGroups(r.card.Aggregates, r.sheet) {
		r.add(problem.Unknown, "aggregates."+key, "", "there is no group %s", quote.Short(key))
	}
	order := make([]*Ballot, len(r.card.Ballots))
	for i := range r.card.Ballots {
		order[i] = &r.card.Ballots[i]
	}
	slices.SortStableFunc(order, func(a, b *Ballot) int { return cmp.Compare(a.ID, b.ID) })
	for i, b := range order {
		switch g := slices.IndexFunc(r.sheet.groups, func(g *voters) bool { return g.Key == b.Group }); {
		case b.ID == "":
			r.add(problem.Key, "ballots", "", "a ballot of group %s has no id", quote.Short(b.Group))
		case i > 0 && order[i-1].ID == b.ID:
			r.add(problem.Duplicate, ballotAt(b, ""), "", "two ballots have this id")
		case g < 0:
			r.add(problem.Unknown, ballotAt(b, "group"), "", "there is no group %s", quote.Short(b.Group))
		case b.Missing != "" && !b.Missing.Valid():
			r.add(problem.Mark, ballotAt(b, "missing"), "", "%s is not abstain, dont_know, recused or not_due", quote.Short(string(b.Missing)))
		case b.Missing != "" && len(b.Marks) > 0:
			r.add(problem.Mark, ballotAt(b, "missing"), "", "the ballot is %s and has marks", b.Missing)
		default:
			r.panels[g].ballots = append(r.panels[g].ballots, b)
		}
	}
	for _, p := range r.panels {
		r.supersede(p)
		r.marks(p)
		r.aggregates(p)
		r.valid(p)
	}
}

func strayGroups[V any](m map[string]V, s *Sheet) []string {
	if len(m) == 0 {
		return nil
	}
	known := make(map[string]bool, len(s.groups))
	for _, g := range s.groups {
		known[g.Key] = true
	}
	return strayKeys(m, known)
}

// ballotAt is the place of a ballot or a part of it, told by its id.
func ballotAt(b *Ballot, part string) string {
	at := "ballots[" + b.ID + "]"
	if part != "" {
		at += "." + part
	}
	return at
}

// supersede keeps the highest revision of each named evaluator.
func (r *run) supersede(p *panel) {
	latest := make(map[string]*Ballot, len(p.ballots))
	for _, b := range p.ballots {
		if b.Evaluator == "" {
			if b.Revision != 0 {
				r.add(problem.Mark, ballotAt(b, "revision"), "", "an anonymous ballot cannot be a revision")
			}
			continue
		}
		switch old := latest[b.Evaluator]; {
		case old == nil || b.Revision > old.Revision:
			latest[b.Evaluator] = b
		case b.Revision == old.Revision:
			r.add(problem.Duplicate, ballotAt(b, "revision"), "", "ballot %s of evaluator %s has the same revision", old.ID, quote.Short(b.Evaluator))
		}
	}
	p.ballots = slices.DeleteFunc(p.ballots, func(b *Ballot) bool {
		old := b.Evaluator != "" && latest[b.Evaluator] != b
		if old {
			p.superseded = append(p.superseded, b.ID)
		}
		return old
	})
	p.ids = make([]string, len(p.ballots))
	for i, b := range p.ballots {
		p.ids[i] = b.ID
	}
}

// marks reads every current ballot into the panel's table.
func (r *run) marks(p *panel) {
	p.raw = make([]points.Points, len(p.leaves)*len(p.ballots))
	p.missing = make([]rubric.Missing, len(p.raw))
	for i, b := range p.ballots {
		known := 0
		for slot, n := range p.leaves {
			at := slot*len(p.ballots) + i
			m, marked := b.Marks[n.c.Key]
			if marked {
				known++
			}
			why := m.missing
			switch {
			case b.Missing != "":
				why = b.Missing
			case !marked && n.c.Required || !marked && p.Blank == "":
				r.add(problem.MarkMissing, ballotAt(b, "marks."+n.c.Key), n.c.Key, "the ballot has no mark; a reason such as abstain is one")
				continue
			case !marked:
				why = p.Blank
			}
			if p.missing[at] = why; why != "" {
				p.count(why)
				continue
			}
			if rule, ok := n.rule.(ballotRule); ok {
				value, wrong := rule.raw(m, n)
				if p.raw[at] = value; wrong != "" {
					r.add(problem.Mark, ballotAt(b, "marks."+n.c.Key), n.c.Key, "%s", wrong)
				}
			}
		}
		if known < len(b.Marks) {
			r.strayMarks(p, b)
		}
	}
}

func (p *panel) count(why rubric.Missing) {
	if p.counts == nil {
		p.counts = map[rubric.Missing]int64{}
	}
	p.counts[why]++
}

func (r *run) strayMarks(p *panel, b *Ballot) {
	keys := make([]string, 0, len(b.Marks))
	for key := range b.Marks {
		if !slices.ContainsFunc(p.leaves, func(n *node) bool { return n.c.Key == key }) {
			keys = append(keys, key)
		}
	}
	sort.Strings(keys)
	for _, key := range keys {
		if r.sheet.leaves[key] == nil {
			r.add(problem.Unknown, ballotAt(b, "marks."+key), "", "there is no criterion %s", quote.Short(key))
			continue
		}
		r.add(problem.NotThisGroup, ballotAt(b, "marks."+key), key, "group %s does not judge this criterion", p.Key)
	}
}

// report gives the panels for the outcome.
func (r *run) report() []Panel {
	panels := make([]Panel, len(r.panels))
	for i, p := range r.panels {
		panels[i] = Panel{
			Group: p.Key, Valid: p.why == "", Why: p.why, Ballots: p.size(), Superseded: p.superseded,
			Abstain: p.counts[rubric.Abstain], DontKnow: p.counts[rubric.DontKnow], Recused: p.counts[rubric.Recused], NotDue: p.counts[rubric.NotDue],
		}
	}
	return panels
}
