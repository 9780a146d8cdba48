package evaluate

import (
	"encoding/json"
	"fmt"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

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
