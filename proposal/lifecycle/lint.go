package lifecycle

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/internal/spell"
)

// lint collects the problems of one definition.
type lint struct {
	guards    map[string]bool
	tolerated map[Code]bool
	stages    map[string]bool            // those the definition lists
	main      map[string]bool            // the states of the main line
	each      map[string]bool            // the tracks with Each
	owner     map[string]string          // event → the line that has it
	rolesOf   map[string]map[string]bool // event → every role of it
	problems  []Problem
}

func (l *lint) add(code Code, where, zh, en string, args ...any) {
	if !l.tolerated[code] {
		l.insist(code, where, zh, en, args...)
	}
}

// insist adds a problem that cannot be tolerated.
func (l *lint) insist(code Code, where, zh, en string, args ...any) {
	l.problems = append(l.problems, NewProblem(code, where, zh, en, args...))
}

// unknown adds a problem of a key that does not exist, the first of args, with the
// nearest one that does.
func (l *lint) unknown(code Code, where string, among iter.Seq[string], zh, en, key string, args ...any) {
	hintZH, hintEN := spell.Hint(key, slices.Sorted(among))
	args = append(append([]any{key}, args...), hintZH, hintEN)
	l.add(code, where, fmt.Sprintf("%s%%[%d]s", zh, len(args)-1), fmt.Sprintf("%s%%[%d]s", en, len(args)), args...)
}

func (l *lint) definition(d Definition) {
	l.name("name", d.Name)
	if d.Version < 1 {
		l.add(UnsafeName, "version", "版本为%d，版本号从1起", "the version is %d; versions count from 1", d.Version)
	}
	for i, s := range d.Stages {
		where := fmt.Sprintf("stages[%d].key", i)
		l.name(where, s.Key)
		l.once(l.stages, where, Label{"环节", "stage"}, s.Key)
	}
	for i, r := range d.Open {
		l.role(fmt.Sprintf("open[%d]", i), r)
	}
	roles := make(map[string]bool)
	for i, r := range d.Roles {
		where := fmt.Sprintf("roles[%d].key", i)
		l.role(where, r.Key)
		l.once(roles, where, Label{"角色", "role"}, r.Key)
	}
	full := spelledOut(d)
	l.line(line{initial: d.Initial, states: d.States, transitions: d.Transitions, full: full.Transitions})
	tracks := make(map[string]bool)
	for i, t := range d.Tracks {
		where := fmt.Sprintf("tracks[%d]", i)
		l.name(where+".key", t.Key)
		l.once(tracks, where+".key", Label{"并行线", "track"}, t.Key)
		l.each[t.Key] = t.Each
		for j, stage := range t.Over {
			if !counts(d, stage) {
				l.add(UnknownStage, fmt.Sprintf("%s.over[%d]", where, j), "主线没有环节%q", "the main line has no stage %q", stage)
			}
		}
		l.line(line{path: where + ".", of: t.Key, track: true, initial: t.Initial, states: t.States, transitions: t.Transitions, full: full.Tracks[i].Transitions})
	}
	limits := make(map[string]bool)
	for i := range d.Limits {
		l.limit(fmt.Sprintf("limits[%d]", i), &d.Limits[i], limits)
	}
	l.sight(d)
}

// counts reports whether stage is listed or is where a main state counts.
func counts(d Definition, stage string) bool {
	return slices.ContainsFunc(d.Stages, func(s Stage) bool { return s.Key == stage }) ||
		slices.ContainsFunc(d.States, func(s State) bool { return s.stage() == stage })
}

// name checks a key. An empty one is a problem that cannot be tolerated: no
// table tells it from nothing.
func (l *lint) name(where, key string) {
	switch {
	case key == "":
		l.insist(UnsafeName, where, "键为空", "the key is empty")
	case !safeKey(key):
		l.add(UnsafeName, where, "%q不能作键：须以小写字母开头，后接至多63个 a-z 0-9 _ . -", "%q is no key: a lower-case letter, then at most 63 of a-z 0-9 _ . -", key)
	}
}

func (l *lint) role(where, role string) {
	if !safeRole(role) {
		l.add(UnsafeName, where, "%q不能作角色：须以字母开头，后接至多63个 A-Z a-z 0-9 _ . : / -", "%q is no role: a letter, then at most 63 of A-Z a-z 0-9 _ . : / -", role)
	}
}

// once notes a key in seen and reports one that is there already.
func (l *lint) once(seen map[string]bool, where string, what Label, key string) {
	if seen[key] {
		l.add(DuplicateKey, where, "%s%q重复", "%s %q is there twice", what, key)
	}
	seen[key] = true
}

// line is the main line or a track, as lint needs it.
type line struct {
	path        string // where it stands in the definition: "" or "tracks[2]."
	of          string // the key of the track
	track       bool
	initial     string
	states      []State
	transitions []Transition
	full        []Transition // with those that states have from the states they are like
}

func (n line) label() Label {
	if n.track {
		return Label{ZH: "并行线" + n.of, EN: "track " + n.of}
	}
	return Label{ZH: "主线", EN: "the main line"}
}

func (l *lint) line(n line) {
	known := keys(n.states)
	switch {
	case n.initial == "":
		l.add(NoInitial, n.path+"initial", "%s没有初始状态", "%s has no initial state", n.label())
	case !known[n.initial]:
		l.unknown(NoInitial, n.path+"initial", maps.Keys(known), "初始状态%q不在%s的状态之中", "the initial state %q of %s is not among its states", n.initial, n.label())
	}
	next := n.next()
	reached := reach(n.initial, next)
	seen := make(map[string]bool)
	for i, s := range n.states {
		where := fmt.Sprintf("%sstates[%d]", n.path, i)
		l.name(where+".key", s.Key)
		l.once(seen, where+".key", Label{"状态", "state"}, s.Key)
		l.alike(where, n, s)
		switch {
		case s.Stage == "":
		case len(l.stages) == 0:
			l.name(where+".stage", s.Stage)
		case !l.stages[s.Stage]:
			l.unknown(UnknownStage, where+".stage", maps.Keys(l.stages), "环节%q不在所列环节之中", "stage %q is not among the stages", s.Stage)
		}
		if known[n.initial] && !reached[s.Key] {
			l.add(Unreachable, where, "从%q不能到达%q", "no way leads from %q to %q", n.initial, s.Key)
		}
		if !s.Final && len(next[s.Key]) == 0 {
			l.add(DeadEnd, where, "%q不是终结状态，却没有出路", "%q is not final, and no way leads on from it", s.Key)
		}
	}
	targets := make(map[edge]string)
	for i := range n.transitions {
		where := fmt.Sprintf("%stransitions[%d]", n.path, i)
		l.edges(where, n, &n.transitions[i], known, targets)
		l.rights(where, n, &n.transitions[i])
	}
}

// alike checks what a state means and which state it is like.
func (l *lint) alike(where string, n line, s State) {
	if s.Is != "" {
		l.name(where+".is", s.Is)
	}
	if s.Like == "" {
		return
	}
	others := make(map[string]string, len(n.states))
	for _, other := range n.states {
		others[other.Key] = other.Like
	}
	if _, ok := others[s.Like]; !ok {
		l.unknown(UnknownState, where+".like", maps.Keys(keys(n.states)), "状态%q不在%s的状态之中", "state %q is not among the states of %s", s.Like, n.label())
		return
	}
	at := s.Like
	for range n.states {
		if at == s.Key {
			l.add(BadLike, where+".like", "%q绕回自身", "%q is like itself", s.Key)
			return
		}
		at = others[at]
	}
}

// edges checks where t leads from and to.
func (l *lint) edges(where string, n line, t *Transition, known map[string]bool, targets map[edge]string) {
	l.name(where+".event", t.Event)
	if t.Event == Begin {
		l.add(DuplicateKey, where+".event", "%q表示实例开始，不能作为流程的事项", "%q is the beginning of an instance and no event of a definition", Begin)
	}
	if owner, ok := l.owner[t.Event]; ok && owner != n.path {
		l.add(DuplicateKey, where+".event", "事项%q已在另一条线上", "event %q is on another line already", t.Event)
	} else {
		l.owner[t.Event] = n.path
	}
	if len(t.From) == 0 {
		l.add(UnknownState, where+".from", "%s没有起始状态", "%s leads from no state", t.Event)
	}
	for j, from := range t.From {
		at := fmt.Sprintf("%s.from[%d]", where, j)
		if !known[from] {
			l.unknown(UnknownState, at, maps.Keys(known), "状态%q不在%s的状态之中", "state %q is not among the states of %s", from, n.label())
		}
		to, twice := targets[edge{from, t.Event}]
		switch {
		case twice && to == t.To:
			l.add(DuplicateKey, at, "%s从%s到%s重复", "%s from %s to %s is there twice", t.Event, from, to)
		case twice:
			l.add(TwoTargets, at, "%s从%s既到%s又到%s", "%s from %s leads to %s and to %s", t.Event, from, to, t.To)
		default:
			targets[edge{from, t.Event}] = t.To
		}
	}
	if !known[t.To] {
		l.unknown(UnknownState, where+".to", maps.Keys(known), "状态%q不在%s的状态之中", "state %q is not among the states of %s", t.To, n.label())
	}
}

// rights checks who may fire t, and on what condition.
func (l *lint) rights(where string, n line, t *Transition) {
	if len(t.Roles) == 0 {
		l.add(NoRole, where+".roles", "%s没有角色，无人可以进行", "%s has no role: nobody may fire it", t.Event)
	}
	if l.rolesOf[t.Event] == nil {
		l.rolesOf[t.Event] = make(map[string]bool)
	}
	for j, r := range t.Roles {
		l.rolesOf[t.Event][r] = true
		l.role(fmt.Sprintf("%s.roles[%d]", where, j), r)
	}
	l.guardsOf(where+".guards", t.Guards)
	for j, state := range t.While {
		switch at := fmt.Sprintf("%s.while[%d]", where, j); {
		case !n.track:
			l.add(UnknownState, at, "%s在主线上，只有并行线的流转才有 while", "%s is on the main line: only a track's transition has a while", t.Event)
		case !l.main[state]:
			l.unknown(UnknownState, at, maps.Keys(l.main), "状态%q不在主线的状态之中", "state %q is not among the states of the main line", state)
		}
	}
	if t.Auto {
		l.auto(where+".auto", n, t)
	}
}

// guardsOf checks that there is code behind every guard named.
func (l *lint) guardsOf(where string, guards []string) {
	for j, g := range guards {
		at := fmt.Sprintf("%s[%d]", where, j)
		name, _, _ := strings.Cut(g, ":")
		switch {
		case !safeKey(name):
			l.add(UnsafeName, at, "%q不是条件：应为键，或键、冒号和参数", "%q names no guard: a key, or a key, a colon and an argument", g)
		case !l.guards[name]:
			l.unknown(MissingGuard, at, maps.Keys(l.guards), "条件%q没有程序支持", "no code stands behind the guard %q", name)
		}
	}
}

func (l *lint) auto(where string, n line, t *Transition) {
	switch {
	case n.track:
		l.add(BadAuto, where, "%s自动进行，必须在主线上", "%s fires by itself: it must be on the main line", t.Event)
	case len(t.Guards) == 0:
		l.add(BadAuto, where, "%s自动进行，必须有条件", "%s fires by itself: it must have a guard", t.Event)
	case slices.Contains(t.From, t.To):
		l.add(BadAuto, where, "%s自动进行，从%q回到%q将无休止", "%s fires by itself: from %q back to %q it would fire without end", t.Event, t.To, t.To)
	}
	if !slices.Equal(t.Roles, []string{System}) {
		l.add(BadAuto, where, "%s自动进行，角色只能是%q", "%s fires by itself: its role must be %q alone", t.Event, System)
	}
}

// next lists the states that one step leads to from each; staying is no step.
func (n line) next() map[string][]string {
	next := make(map[string][]string)
	for _, t := range n.full {
		for _, from := range t.From {
			if from != t.To {
				next[from] = append(next[from], t.To)
			}
		}
	}
	return next
}

// reach finds the states that steps lead to from the initial one.
func reach(initial string, next map[string][]string) map[string]bool {
	reached := map[string]bool{initial: true}
	for queue := []string{initial}; len(queue) > 0; queue = queue[1:] {
		for _, to := range next[queue[0]] {
			if !reached[to] {
				reached[to] = true
				queue = append(queue, to)
			}
		}
	}
	return reached
}

func keys(states []State) map[string]bool {
	set := make(map[string]bool, len(states))
	for _, s := range states {
		set[s.Key] = true
	}
	return set
}
