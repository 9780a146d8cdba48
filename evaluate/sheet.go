package evaluate

import (
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// Sheet is a compiled rubric, ready to score. It is immutable and safe for
// concurrent use; host functions must be too. Only [Compile] makes one: nil and
// the zero Sheet have no data and give an error wherever they are asked to work.
type Sheet struct {
	rubric rubric.Rubric
	hash   string
	round  rounding
	base   []*node
	bonus  []*node
	extra  []*node // penalty items
	leaves map[string]*node
	groups []*voters
	facts  map[string]bool // facts a rule reads
	nested map[string]bool // keys of nested cards
	bands  []rubric.Band   // highest first, Max filled in
	hosts  map[string]HostFunc
	depth  int
}

// voters is a compiled group: its criteria in the order of the sheet.
type voters struct {
	rubric.Group
	leaves []*node
}

// rounding is a Round with its defaults filled in.
type rounding struct {
	byLine bool
	places int
	rule   points.Rounding
}

// node is a compiled criterion.
type node struct {
	c       *rubric.Criterion
	path    string
	section string
	items   []*node
	rule    ruleKind
	// groups and slots: which groups judge this leaf, and the leaf's place in
	// each group's list.
	groups, slots []int
	floor, cap    *points.Points
}

func (n *node) negative() bool { return n.section == SectionPenalty }

// ruleKind is what every member of Rule implements.
type ruleKind interface {
	key() string
	// check reports what is wrong with the rule on its criterion.
	check(c *compiler, at string, n *node)
	// score adds the leaf's lines and returns their sum; false when the run has
	// been told why there is none.
	score(r *run, n *node) (points.Exact, bool)
}

// Rubric gives the data the sheet was made from; treat it as read-only.
func (s *Sheet) Rubric() rubric.Rubric {
	if s == nil {
		return rubric.Rubric{}
	}
	return s.rubric
}

// Hash is the content hash of the rubric.
func (s *Sheet) Hash() string {
	if s == nil {
		return ""
	}
	return s.hash
}

// compiled returns an error for a sheet that Compile has not made.
func (s *Sheet) compiled() error {
	if s == nil || s.leaves == nil {
		return problem.List{{Code: problem.Empty, Text: "the sheet has not been compiled"}}
	}
	return nil
}

// Bands gives the bands from the highest down, with the ends that the data left
// open filled in.
func (s *Sheet) Bands() []rubric.Band {
	if s == nil {
		return nil
	}
	return append([]rubric.Band(nil), s.bands...)
}

func (s *Sheet) bandIndex(key string) int {
	for i := range s.bands {
		if s.bands[i].Key == key {
			return i
		}
	}
	return -1
}
