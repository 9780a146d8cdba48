package workflow

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/internal/spell"
	"github.com/tian-go/tian/proposal/lifecycle"
)

// Lint returns every problem of a definition, those it has by itself and those
// it has with this vocabulary: an event that nothing fires, a track or meaning
// that the code asks for and that is missing, a state deserted by the actions of
// its neighbours, a guard, role, relation or date that does not exist.
func (v Vocabulary[C, R]) Lint(d lifecycle.Definition) []lifecycle.Problem {
	c := contract{
		problems: lifecycle.Lint(d, lifecycle.Guards(slices.Sorted(maps.Keys(v.Guards))...)),
		named:    namedBy(d),
		fired:    make(map[string]bool),
		dates:    v.Dates,
		roles:    slices.Concat(v.Roles, v.relationNames(), []string{lifecycle.System, Administrator}),
		bound:    v.Bound,
	}
	for _, a := range v.Actions {
		c.actions = append(c.actions, a.Event)
	}
	for _, r := range d.Roles {
		c.roles = append(c.roles, r.Key)
	}
	c.consequences(d, v.Needs)
	c.line("", d.Transitions)
	for i, t := range d.Tracks {
		c.line(fmt.Sprintf("tracks[%d].", i), t.Transitions)
	}
	c.rolesOf(d)
	c.limits(d)
	v.sightOf(&c, d)
	c.needs(d, v.Needs)
	c.arguments(d, v.Arguments)
	c.deserted(d)
	return c.problems
}

// contract holds one definition against a vocabulary.
type contract struct {
	problems []lifecycle.Problem
	actions  []string        // events that actions fire
	named    map[string]bool // events and guards that the definition names
	fired    map[string]bool // events that something other than an action fires
	roles    []string
	bound    []string
	dates    []string
}

func (c *contract) add(code lifecycle.Code, where, zh, en string, args ...any) {
	c.problems = append(c.problems, lifecycle.NewProblem(code, where, zh, en, args...))
}

// unknown adds a problem of a word that does not exist, with the nearest one
// that does.
func (c *contract) unknown(code lifecycle.Code, where, word string, among []string, zh, en string) {
	hintZH, hintEN := spell.Hint(word, among)
	c.add(code, where, zh+"%[2]s", en+"%[3]s", word, hintZH, hintEN)
}

// namedBy returns the events and the guards that a definition names.
func namedBy(d lifecycle.Definition) map[string]bool {
	named := make(map[string]bool)
	note := func(transitions []lifecycle.Transition) {
		for _, t := range transitions {
			named[t.Event] = true
			for _, g := range t.Guards {
				name, _, _ := strings.Cut(g, ":")
				named[name] = true
			}
		}
	}
	note(d.Transitions)
	for _, t := range d.Tracks {
		note(t.Transitions)
	}
	return named
}

// consequences notes the events that limits and the vocabulary's own code fire.
func (c *contract) consequences(d lifecycle.Definition, needs []Need) {
	for _, n := range needs {
		if c.asked(n) {
			for _, e := range n.Events {
				c.fired[e] = true
			}
		}
	}
	note := func(reactions []lifecycle.Reaction) {
		for _, r := range reactions {
			if r.Do == lifecycle.DoFire {
				c.fired[r.Event] = true
			}
		}
	}
	for _, l := range d.Limits {
		note(l.Overdue)
		for _, w := range l.Warnings {
			note(w.Do)
		}
		for _, r := range l.Remind {
			note(r.Do)
		}
	}
}

// asked reports whether the definition names one of the events and guards that a
// need is of.
func (c *contract) asked(n Need) bool {
	return slices.ContainsFunc(n.For, func(name string) bool { return c.named[name] })
}

// line finds events that nothing fires.
func (c *contract) line(path string, transitions []lifecycle.Transition) {
	for i, t := range transitions {
		where := fmt.Sprintf("%stransitions[%d].event", path, i)
		switch {
		case isOwn(t.Event):
			c.add(lifecycle.Reserved, where, "%q是引擎自身的操作", "%q is an act of the engine's own", t.Event)
		case t.Auto, c.fired[t.Event], slices.Contains(c.actions, t.Event):
		default:
			c.unknown(lifecycle.NoAction, where, t.Event, c.actions,
				"没有操作能引发事项%[1]q", "no action fires the event %[1]q")
		}
	}
}

// rolesOf finds roles and relations that do not exist.
func (c *contract) rolesOf(d lifecycle.Definition) {
	c.role("open", d.Open)
	of := func(path string, transitions []lifecycle.Transition) {
		for i, t := range transitions {
			c.role(fmt.Sprintf("%stransitions[%d].roles", path, i), t.Roles)
		}
	}
	of("", d.Transitions)
	for i, t := range d.Tracks {
		of(fmt.Sprintf("tracks[%d].", i), t.Transitions)
	}
}

func (c *contract) role(where string, roles []string) {
	for i, r := range roles {
		c.oneRole(fmt.Sprintf("%s[%d]", where, i), r, c.roles)
	}
}

func (c *contract) oneRole(where, role string, among []string) {
	if role != "" && !slices.Contains(among, role) {
		c.unknown(lifecycle.UnknownRole, where, role, among,
			"没有角色或关系%[1]q：请在 roles 中声明", "there is no role or relation %[1]q: declare it in roles")
	}
}

// limits finds roles and dates in limits that do not exist.
func (c *contract) limits(d lifecycle.Definition) {
	dates := slices.Clone(c.dates)
	for _, l := range d.Limits {
		dates = append(dates, l.Key)
	}
	reactions := func(where string, list []lifecycle.Reaction) {
		for i, r := range list {
			c.oneRole(fmt.Sprintf("%s[%d].role", where, i), r.Role, c.roles)
		}
	}
	for i, l := range d.Limits {
		where := fmt.Sprintf("limits[%d]", i)
		c.oneRole(where+".for", l.For, slices.Concat(c.bound, c.roles))
		c.role(where+".extend", l.Extend)
		c.role(where+".ask", l.Ask)
		reactions(where+".overdue", l.Overdue)
		for j, w := range l.Warnings {
			reactions(fmt.Sprintf("%s.warnings[%d].do", where, j), w.Do)
		}
		for j, r := range l.Remind {
			reactions(fmt.Sprintf("%s.remind[%d].do", where, j), r.Do)
		}
		for field, name := range map[string]string{".before": l.Before, ".from": l.From} {
			if name != "" && !slices.Contains(dates, name) {
				c.unknown(lifecycle.UnknownDate, where+field, name, dates,
					"没有名为%[1]q的时限，也没有操作设定这一日期", "there is no limit %[1]q, and no action sets a date of that name")
			}
		}
	}
}

// needs finds tracks, meanings and events that the vocabulary's code reads and
// that are not there.
func (c *contract) needs(d lifecycle.Definition, needs []Need) {
	keys := make([]string, len(d.Tracks))
	for i, t := range d.Tracks {
		keys[i] = t.Key
	}
	for _, n := range needs {
		if !c.asked(n) {
			continue
		}
		because := n.For[slices.IndexFunc(n.For, func(name string) bool { return c.named[name] })]
		where, states, transitions := "states", d.States, d.Transitions
		if n.Track != "" {
			i := slices.Index(keys, n.Track)
			if i < 0 || d.Tracks[i].Each != n.Each {
				c.missingTrack(n, because, keys)
				continue
			}
			where, states, transitions = fmt.Sprintf("tracks[%d].states", i), d.Tracks[i].States, d.Tracks[i].Transitions
		}
		c.meanings(n, because, where, states)
		for _, e := range n.Events {
			c.event(e, because, strings.TrimSuffix(where, "states")+"transitions", transitions)
		}
	}
}

func (c *contract) missingTrack(n Need, because string, keys []string) {
	if slices.Contains(keys, n.Track) {
		c.add(lifecycle.MissingTrack, fmt.Sprintf("tracks[%d].each", slices.Index(keys, n.Track)),
			"%[1]q需要并行线%[2]q的 each 为%[3]t", "%[1]q needs the track %[2]q to have each %[3]t", because, n.Track, n.Each)
		return
	}
	hintZH, hintEN := spell.Hint(n.Track, keys)
	c.add(lifecycle.MissingTrack, "tracks", "%[1]q需要并行线%[2]q%[3]s", "%[1]q needs the track %[2]q%[4]s", because, n.Track, hintZH, hintEN)
}

// meanings finds what no state of a line means.
func (c *contract) meanings(n Need, because, where string, states []lifecycle.State) {
	means := make([]string, len(states))
	for i, s := range lifecycle.Meanings(states) {
		means[i] = s.Is
	}
	for _, m := range n.Means {
		if !slices.Contains(means, m) {
			hintZH, hintEN := spell.Hint(m, means)
			c.add(lifecycle.MissingMeaning, where,
				"%[1]q需要一个含义为%[2]q的状态：请用 is 标明%[3]s", "%[1]q needs a state that means %[2]q: say so with is%[4]s", because, m, hintZH, hintEN)
		}
	}
}

// event finds an event that code fires and that the system may not.
func (c *contract) event(event, because, where string, transitions []lifecycle.Transition) {
	var there []string
	for _, t := range transitions {
		there = append(there, t.Event)
		if t.Event == event && slices.Contains(t.Roles, lifecycle.System) {
			return
		}
	}
	hintZH, hintEN := spell.Hint(event, there)
	c.add(lifecycle.MissingEvent, where,
		"%[1]q随后引发事项%[2]q，这里却没有角色 system 可以进行的这一事项%[3]s",
		"%[1]q fires the event %[2]q in consequence, which the role system cannot fire here%[4]s", because, event, hintZH, hintEN)
}

// arguments finds guards that cannot use their argument.
func (c *contract) arguments(d lifecycle.Definition, arguments map[string]func(string) error) {
	check := func(where string, guards []string) {
		for j, g := range guards {
			name, argument, _ := strings.Cut(g, ":")
			read := arguments[name]
			if read == nil {
				continue
			}
			if err := read(argument); err != nil {
				said := labelOf(err)
				c.add(lifecycle.BadArgument, fmt.Sprintf("%s[%d]", where, j), "%s", "%s", said)
			}
		}
	}
	of := func(path string, transitions []lifecycle.Transition) {
		for i, t := range transitions {
			check(fmt.Sprintf("%stransitions[%d].guards", path, i), t.Guards)
		}
	}
	for i, l := range d.Limits {
		for j, w := range l.Lengths {
			check(fmt.Sprintf("limits[%d].lengths[%d].if", i, j), w.If)
		}
	}
	of("", d.Transitions)
	for i, t := range d.Tracks {
		of(fmt.Sprintf("tracks[%d].", i), t.Transitions)
	}
}

// labelOf returns what an error says to a person.
func labelOf(err error) lifecycle.Label {
	var invalid *InvalidError
	if errors.As(err, &invalid) {
		return invalid.Label
	}
	return lifecycle.Label{ZH: err.Error(), EN: err.Error()}
}

// deserted finds states of the main line that no while names although several
// events of tracks happen while others of their stage: a case in such a state
// silently has no action of any track. A state that is like another has what
// that one has. One event is no pattern: a state may well do without it.
func (c *contract) deserted(d lifecycle.Definition) {
	while := make(map[string][]string) // state → events
	for _, t := range d.Tracks {
		for _, tr := range t.Transitions {
			for _, state := range tr.While {
				while[state] = append(while[state], tr.Event)
			}
		}
	}
	events, friend := make(map[string]map[string]bool), make(map[string]string) // by stage
	for _, s := range d.States {
		if s.Final || s.Stage == "" || len(while[s.Key]) == 0 {
			continue
		}
		if friend[s.Stage] == "" {
			events[s.Stage], friend[s.Stage] = make(map[string]bool), s.Key
		}
		for _, e := range while[s.Key] {
			events[s.Stage][e] = true
		}
	}
	for i, s := range d.States {
		if s.Final || s.Like != "" || len(while[s.Key]) > 0 || len(events[s.Stage]) < 2 {
			continue
		}
		c.add(lifecycle.Deserted, fmt.Sprintf("states[%d]", i),
			"同一环节的%[2]q可以进行并行线上的事项，%[1]q却一项也不能：可加 \"like\": %[2]q",
			"%[2]q of the same stage has actions of tracks, %[1]q has none: \"like\": %[2]q would give it those", s.Key, friend[s.Stage])
	}
}
