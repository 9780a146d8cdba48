package evaluate

import (
	"encoding/json"
	"fmt"

	"github.com/tian-go/tian/evaluate/internal/quote"
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

// Option configures Compile.
type Option interface{ apply(*compiler) }

type optionFunc func(*compiler)

func (f optionFunc) apply(c *compiler) { f(c) }

// WithHost registers fn under the name a Host rule uses.
func WithHost(name string, fn HostFunc) Option {
	return optionFunc(func(c *compiler) { c.sheet.hosts[name] = fn })
}

func withDepth(depth int) Option {
	return optionFunc(func(c *compiler) { c.sheet.depth = depth })
}

func withHosts(hosts map[string]HostFunc) Option {
	return optionFunc(func(c *compiler) { c.sheet.hosts = hosts })
}

// compiler walks a rubric once, building the sheet and collecting problems.
type compiler struct {
	lint
	sheet  *Sheet
	groups map[string]int
	keys   map[string]bool
}

// Compile checks r and makes a Sheet of it. Every problem is reported at once,
// as a problem.List, each with its code and place. r is copied: changing it
// afterwards changes nothing.
func Compile(r rubric.Rubric, opts ...Option) (*Sheet, error) {
	c := &compiler{
		sheet: &Sheet{
			leaves: map[string]*node{}, facts: map[string]bool{},
			nested: map[string]bool{}, hosts: map[string]HostFunc{},
		},
		groups: map[string]int{}, keys: map[string]bool{},
	}
	for _, o := range opts {
		if o != nil {
			o.apply(c)
		}
	}
	data, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("evaluate: rubric %s: %w", r.Name, err)
	}
	s := c.sheet
	if err := json.Unmarshal(data, &s.rubric); err != nil {
		return nil, fmt.Errorf("evaluate: rubric %s: %w", r.Name, err)
	}
	if s.hash, err = s.rubric.Hash(); err != nil {
		return nil, err
	}
	c.header()
	c.panel()
	c.tree()
	c.bandTable()
	c.vetoes()
	c.followUps()
	for i, fact := range s.rubric.Unread {
		if c.checkKey(fmt.Sprintf("unread[%d]", i), fact) {
			s.facts[fact] = true
		}
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	return s, nil
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

func (c *compiler) header() {
	r := &c.sheet.rubric
	c.checkKey("name", r.Name)
	if r.Version < 1 {
		c.add(problem.Range, "version", "", "version is %d; the first is 1", r.Version)
	}
	if r.Full < 0 || r.Full > maxRubricPoints {
		c.add(problem.Range, "full", "", "full is %s; it lies between 0 and %s", r.Full, maxRubricPoints)
	}
	for i, text := range append(append([]string{r.Title.Zh, r.Source}, r.Readings...), r.Incomplete...) {
		if len(text) > maxLabelLen {
			c.add(problem.Range, "title, source, readings, incomplete", "", "text %d is longer than %d bytes", i+1, maxLabelLen)
		}
	}
	c.sheet.round = rounding{byLine: r.Round.Step == rubric.RoundLine, places: points.Places, rule: points.HalfUp}
	if r.Round.Step != "" && r.Round.Step != rubric.RoundLine && r.Round.Step != rubric.RoundTotal {
		c.add(problem.Rounding, "round.step", "", "step %s is not total or line", quote.Short(r.Round.Step))
	}
	if p := r.Round.Places; p != nil {
		c.sheet.round.places = *p
		if *p < 0 || *p > points.Places {
			c.add(problem.Rounding, "round.places", "", "%d places; points have 0 to %d", *p, points.Places)
		}
	}
	if r.Round.Rule != "" {
		c.sheet.round.rule = r.Round.Rule
		if !r.Round.Rule.Valid() {
			c.add(problem.Rounding, "round.rule", "", "rule %s is not half_up, half_even or truncate", quote.Short(string(r.Round.Rule)))
		}
	}
}

// checkKey reports whether key is lower-case ASCII letters, digits and
// underscores, starting with a letter, and no reserved word.
func (c *compiler) checkKey(at, key string) bool {
	ok := key != "" && len(key) <= 64 && key[0] >= 'a' && key[0] <= 'z'
	for i := 0; ok && i < len(key); i++ {
		b := key[i]
		ok = b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '_'
	}
	switch {
	case !ok:
		c.add(problem.Key, at, "", "key %s is not a letter followed by lower-case letters, digits, underscores (64 at most)", quote.Short(key))
	case rubric.Missing(key).Valid():
		c.add(problem.Key, at, "", "key %s is reserved for a missing mark", key)
		ok = false
	}
	return ok
}

func (c *compiler) vetoes() {
	s := c.sheet
	seen := map[string]bool{}
	for i := range s.rubric.Vetoes {
		v, at := &s.rubric.Vetoes[i], fmt.Sprintf("vetoes[%d]", i)
		if c.checkKey(at+".key", v.Key) && seen[v.Key] {
			c.add(problem.Duplicate, at+".key", "", "veto %s appears twice", v.Key)
		}
		seen[v.Key] = true
		c.condition(at+".when", "", v.When)
		switch v.Effect {
		case rubric.VetoZero, rubric.VetoVoid:
			if v.Band != "" {
				c.add(problem.Rule, at+".band", "", "effect %s has no band", v.Effect)
			}
		case rubric.VetoBand:
			if s.bandIndex(v.Band) < 0 {
				c.add(problem.Unknown, at+".band", "", "there is no band %s", quote.Short(v.Band))
			}
		default:
			c.add(problem.Rule, at+".effect", "", "effect %s is not zero, band or void", quote.Short(v.Effect))
		}
	}
}

func (s *Sheet) bandIndex(key string) int {
	for i := range s.bands {
		if s.bands[i].Key == key {
			return i
		}
	}
	return -1
}
