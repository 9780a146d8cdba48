package evaluate

import (
	"slices"
	"sort"

	"github.com/tian-go/tian/evaluate/points"
)

// run scores one card. It is used once, by one goroutine.
type run struct {
	lint
	sheet   *Sheet
	card    *Card
	without string   // a group left out, its share redistributed
	panels  []*panel // by group, prepared when first needed
	lines   []Line
	status  Status
	reasons []Because
	// unplaced is the points of base criteria whose groups are all missing and
	// are to be redistributed.
	unplaced points.Points
}

// strayKeys gives the keys of m that are not known, in order.
func strayKeys[V any](m map[string]V, known map[string]bool) []string {
	var stray []string
	for key := range m {
		if !known[key] {
			stray = append(stray, key)
		}
	}
	sort.Strings(stray)
	return stray
}

func (s *Sheet) begin(card *Card, without string) *run {
	return &run{
		lint: lint{card: card.ID}, sheet: s, card: card, without: without, status: Final,
		panels: make([]*panel, len(s.groups)), lines: make([]Line, 0, 2*len(s.leaves)+4),
	}
}

// line writes a ledger line of a criterion; see write.
func (r *run) line(n *node, l Line, x points.Exact) points.Exact {
	l.Section, l.Criterion = n.section, n.path
	return r.write(l, x)
}

// because records a reason and lowers the status to it: void below undefined
// below provisional below final.
func (r *run) because(s Status, code, where string) {
	b := Because{Code: code, Where: where}
	if !slices.Contains(r.reasons, b) {
		r.reasons = append(r.reasons, b)
	}
	grave := func(s Status) int { return slices.Index([]Status{Final, Provisional, Undefined, Void}, s) }
	if grave(s) > grave(r.status) {
		r.status = s
	}
}
