package lifecycle

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Option says something about what a definition is compiled for.
type Option interface{ apply(*lint) }

type optionFunc func(*lint)

func (f optionFunc) apply(l *lint) { f(l) }

// Guards names the guards that code stands behind. A definition that names
// another has the problem [MissingGuard].
func Guards(names ...string) Option {
	return optionFunc(func(l *lint) {
		for _, n := range names {
			l.guards[n] = true
		}
	})
}

// Tolerate compiles a definition in spite of problems of the given codes, as
// when it is only to be drawn or walked. Problems that leave no table to work
// from cannot be tolerated: no_initial, unknown_state, duplicate_key and
// two_targets.
func Tolerate(codes ...Code) Option {
	return optionFunc(func(l *lint) {
		for _, c := range codes {
			switch c {
			case NoInitial, UnknownState, DuplicateKey, TwoTargets:
			default:
				l.tolerated[c] = true
			}
		}
	})
}

// Compile makes a machine of d, which it copies. Otherwise the error is a
// *DefinitionError with every problem of d, in the order of the definition.
func Compile(d Definition, options ...Option) (*Machine, error) {
	if problems := Lint(d, options...); len(problems) > 0 {
		return nil, &DefinitionError{Name: d.Name, Version: d.Version, Problems: problems}
	}
	return newMachine(d.clone()), nil
}

// Lint returns the problems for which Compile would refuse d.
func Lint(d Definition, options ...Option) []Problem {
	l := &lint{
		guards: make(map[string]bool), tolerated: make(map[Code]bool),
		stages: make(map[string]bool), owner: make(map[string]string),
	}
	for _, o := range options {
		o.apply(l)
	}
	l.name("name", d.Name)
	if d.Version < 1 {
		l.add(UnsafeName, "version", "the version is %d; versions count from 1", d.Version)
	}
	for i, s := range d.Stages {
		where := fmt.Sprintf("stages[%d]", i)
		l.name(where+".key", s.Key)
		if l.stages[s.Key] {
			l.add(DuplicateKey, where+".key", "stage %q is there twice", s.Key)
		}
		l.stages[s.Key] = true
	}
	l.line("", "", "the main line", d.Initial, d.States, d.Transitions)
	main := keys(d.States)
	seen := make(map[string]bool)
	for i, t := range d.Tracks {
		where := fmt.Sprintf("tracks[%d]", i)
		l.name(where+".key", t.Key)
		if seen[t.Key] {
			l.add(DuplicateKey, where+".key", "track %q is there twice", t.Key)
		}
		seen[t.Key] = true
		for j, stage := range t.Over {
			l.stage(fmt.Sprintf("%s.over[%d]", where, j), stage)
		}
		l.line(where+".", t.Key, "track "+t.Key, t.Initial, t.States, t.Transitions)
		l.whiles(where, t, main)
	}
	l.limits(d.Limits)
	return l.problems
}

// lint collects the problems of one definition.
type lint struct {
	guards    map[string]bool
	tolerated map[Code]bool
	stages    map[string]bool
	owner     map[string]string // event → the line that has it
	problems  []Problem
}

func (l *lint) add(code Code, where, format string, args ...any) {
	if !l.tolerated[code] {
		l.problems = append(l.problems, Problem{Code: code, Where: where, Text: fmt.Sprintf(format, args...)})
	}
}

var (
	safeKey  = regexp.MustCompile(`^[a-z][a-z0-9_.-]{0,63}$`)
	safeRole = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.:/-]{0,63}$`) // roles may come from the host's identity system
)

func (l *lint) name(where, key string) {
	if !safeKey.MatchString(key) {
		l.add(UnsafeName, where, "%q is no key: a lower-case letter, then at most 63 of a-z 0-9 _ . -", key)
	}
}

func (l *lint) stage(where, stage string) {
	if stage != "" && len(l.stages) > 0 && !l.stages[stage] {
		l.add(UnknownStage, where, "stage %q is not among the stages", stage)
	}
}

// line checks the states and transitions of the main line (track "") or of a
// track. prefix is the path to it, what its name for people.
func (l *lint) line(prefix, track, what, initial string, states []State, transitions []Transition) {
	known := make(map[string]bool)
	for i, s := range states {
		where := fmt.Sprintf("%sstates[%d]", prefix, i)
		l.name(where+".key", s.Key)
		if known[s.Key] {
			l.add(DuplicateKey, where+".key", "state %q is there twice", s.Key)
		}
		known[s.Key] = true
		if s.Stage != "" && len(l.stages) == 0 {
			l.name(where+".stage", s.Stage)
		}
		l.stage(where+".stage", s.Stage)
	}
	switch {
	case initial == "":
		l.add(NoInitial, prefix+"initial", "%s has no initial state", what)
	case !known[initial]:
		l.add(NoInitial, prefix+"initial", "the initial state %q of %s is not among its states", initial, what)
	}
	targets := make(map[edge]string)
	for i, t := range transitions {
		l.transition(fmt.Sprintf("%stransitions[%d]", prefix, i), track, t, known, targets)
	}
	l.reach(prefix, initial, states, transitions, known)
}

func (l *lint) transition(where, track string, t Transition, known map[string]bool, targets map[edge]string) {
	l.name(where+".event", t.Event)
	if owner, ok := l.owner[t.Event]; ok && owner != track {
		l.add(DuplicateKey, where+".event", "event %q is on another line already", t.Event)
	} else {
		l.owner[t.Event] = track
	}
	if len(t.From) == 0 {
		l.add(UnknownState, where+".from", "%s leads from no state", t.Event)
	}
	for j, from := range t.From {
		at := fmt.Sprintf("%s.from[%d]", where, j)
		if !known[from] {
			l.add(UnknownState, at, "state %q is not among the states", from)
		}
		to, twice := targets[edge{from, t.Event}]
		switch {
		case twice && to == t.To:
			l.add(DuplicateKey, at, "%s from %s to %s is there twice", t.Event, from, to)
		case twice:
			l.add(TwoTargets, at, "%s from %s leads to %s and to %s", t.Event, from, to, t.To)
		default:
			targets[edge{from, t.Event}] = t.To
		}
	}
	if !known[t.To] {
		l.add(UnknownState, where+".to", "state %q is not among the states", t.To)
	}
	l.rights(where, track, t)
}

// rights checks who may fire t, and on what condition.
func (l *lint) rights(where, track string, t Transition) {
	if len(t.Roles) == 0 {
		l.add(NoRole, where+".roles", "%s has no role: nobody may fire it", t.Event)
	}
	for j, r := range t.Roles {
		if !safeRole.MatchString(r) {
			l.add(UnsafeName, fmt.Sprintf("%s.roles[%d]", where, j), "%q is no role: a letter, then at most 63 of A-Z a-z 0-9 _ . : / -", r)
		}
	}
	for j, g := range t.Guards {
		at := fmt.Sprintf("%s.guards[%d]", where, j)
		name, _, _ := strings.Cut(g, ":")
		switch {
		case !safeKey.MatchString(name) && name != "":
			l.name(at, name)
		case !l.guards[name]:
			l.add(MissingGuard, at, "no code stands behind the guard %q", name)
		}
	}
	if t.Auto && (track != "" || len(t.Guards) == 0 || !slices.Equal(t.Roles, []string{System})) {
		l.add(BadAuto, where+".auto", "%s fires by itself: it must be on the main line, have a guard, and the role %q alone", t.Event, System)
	}
	if track == "" && len(t.While) > 0 {
		l.add(UnknownState, where+".while", "%s is on the main line: only a track's transition has a while", t.Event)
	}
}

// reach finds the states that no way leads to, and those with no way on.
func (l *lint) reach(prefix, initial string, states []State, transitions []Transition, known map[string]bool) {
	next := make(map[string][]string)
	for _, t := range transitions {
		for _, from := range t.From {
			if from != t.To {
				next[from] = append(next[from], t.To)
			}
		}
	}
	reached := make(map[string]bool)
	if known[initial] {
		reached[initial] = true
		for queue := []string{initial}; len(queue) > 0; queue = queue[1:] {
			for _, to := range next[queue[0]] {
				if !reached[to] {
					reached[to] = true
					queue = append(queue, to)
				}
			}
		}
	}
	for i, s := range states {
		where := fmt.Sprintf("%sstates[%d]", prefix, i)
		if known[initial] && !reached[s.Key] {
			l.add(Unreachable, where, "no way leads from %q to %q", initial, s.Key)
		}
		if !s.Final && len(next[s.Key]) == 0 {
			l.add(DeadEnd, where, "%q is not final, and no way leads on from it", s.Key)
		}
	}
}

func (l *lint) whiles(where string, t Track, main map[string]bool) {
	for i, tr := range t.Transitions {
		for j, state := range tr.While {
			if !main[state] {
				l.add(UnknownState, fmt.Sprintf("%s.transitions[%d].while[%d]", where, i, j), "state %q is not among the main line's states", state)
			}
		}
	}
}

func (l *lint) limits(limits []Limit) {
	seen := make(map[string]bool)
	for i, limit := range limits {
		where := fmt.Sprintf("limits[%d]", i)
		l.name(where+".key", limit.Key)
		if seen[limit.Key] {
			l.add(DuplicateKey, where+".key", "limit %q is there twice", limit.Key)
		}
		seen[limit.Key] = true
		if len(limit.Start) == 0 || len(limit.Stop) == 0 || limit.Length == "" {
			l.add(BadLimit, where, "a limit has events that start it, events that stop it, and a length")
		}
		l.events(where+".start", limit.Start)
		l.events(where+".stop", limit.Stop)
		l.events(where+".pause", limit.Pause)
		l.events(where+".resume", limit.Resume)
		for j, w := range limit.Warnings {
			l.name(fmt.Sprintf("%s.warnings[%d].key", where, j), w.Key)
			l.reactions(fmt.Sprintf("%s.warnings[%d].do", where, j), w.Do)
		}
		l.reactions(where+".overdue", limit.Overdue)
	}
}

func (l *lint) events(where string, events []string) {
	for i, e := range events {
		if _, ok := l.owner[e]; !ok {
			l.add(UnknownEvent, fmt.Sprintf("%s[%d]", where, i), "no line has the event %q", e)
		}
	}
}

func (l *lint) reactions(where string, reactions []Reaction) {
	for i, r := range reactions {
		at := fmt.Sprintf("%s[%d]", where, i)
		switch r.Do {
		case "urge", "warn", "escalate":
			if r.Role == "" {
				l.add(BadLimit, at, "%s names no role", r.Do)
			}
		case "fire":
			l.events(at+".event", []string{r.Event})
		default:
			l.add(BadLimit, at, "unknown reaction %q: urge, warn, escalate or fire", r.Do)
		}
	}
}

func keys(states []State) map[string]bool {
	set := make(map[string]bool, len(states))
	for _, s := range states {
		set[s.Key] = true
	}
	return set
}
