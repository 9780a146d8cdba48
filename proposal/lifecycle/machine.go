package lifecycle

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/looplab/fsm"
)

// Machine is a compiled definition, or one track of it. It holds no state of
// any case: callers hand the state in and get the next one back. It is
// immutable and safe for concurrent use.
type Machine struct {
	def     Definition // as given; of a track: the track's own states and transitions
	full    Definition // def with every "like" carried out
	limits  []TimedLimit
	print   string // fingerprint
	table   map[edge]*Transition
	allowed map[string][]string            // state → its events, sorted
	autos   map[string][]Transition        // state → its automatic transitions, in the definition's order
	roles   map[string]map[string]struct{} // event → every role that may fire it from somewhere
	labels  map[string]Label               // event → the first label that a transition gives it
	states  map[string]*State
	each    bool
	tracks  map[string]*Machine
	owner   map[string]string // event → key of the track that owns it
	pool    sync.Pool         // of *fsm.FSM, without callbacks
}

type edge struct{ state, event string }

// ErrRefused matches the error of an event that may not happen now.
var ErrRefused = errors.New("lifecycle: refused")

// Blocker is one reason why something may not happen, for programs (Code) and
// for people (zh and en).
type Blocker struct {
	Code string `json:"code"`
	Label
}

func (b Blocker) String() string { return b.Code + ": " + b.In("en", b.Code) }

// The blockers that a machine itself gives; guards give their own.
const (
	BlockUnknownEvent = "unknown_event" // the line has no such event
	BlockWrongState   = "wrong_state"   // the event does not lead from this state
	BlockNoRole       = "no_role"       // none of the roles may fire it from this state
)

// RefusedError says which event was refused in which state, and every reason.
// It matches [ErrRefused].
type RefusedError struct {
	State, Event string
	Blockers     []Blocker
}

func (e *RefusedError) Error() string {
	texts := make([]string, len(e.Blockers))
	for i, b := range e.Blockers {
		texts[i] = b.String()
	}
	return fmt.Sprintf("%v: %s in state %s: %s", ErrRefused, e.Event, e.State, strings.Join(texts, "; "))
}

// Is reports whether target is [ErrRefused].
func (e *RefusedError) Is(target error) bool { return target == ErrRefused }

// newMachine makes a machine of d, of which full is the form spelled out.
func newMachine(d, full Definition) *Machine {
	m := &Machine{
		def:     d,
		full:    full,
		limits:  timed(full.Limits),
		print:   d.Fingerprint(),
		table:   make(map[edge]*Transition),
		allowed: make(map[string][]string),
		autos:   make(map[string][]Transition),
		roles:   make(map[string]map[string]struct{}),
		labels:  make(map[string]Label),
		states:  make(map[string]*State),
		tracks:  make(map[string]*Machine),
		owner:   make(map[string]string),
	}
	for i := range full.States {
		m.states[full.States[i].Key] = &full.States[i]
	}
	events := make(fsm.Events, 0, len(full.Transitions))
	for i := range full.Transitions {
		t := &full.Transitions[i]
		events = append(events, fsm.EventDesc{Name: t.Event, Src: t.From, Dst: t.To})
		if m.roles[t.Event] == nil {
			m.roles[t.Event] = make(map[string]struct{})
		}
		for _, r := range t.Roles {
			m.roles[t.Event][r] = struct{}{}
		}
		if m.labels[t.Event] == (Label{}) {
			m.labels[t.Event] = t.Label
		}
		for _, from := range t.From {
			m.table[edge{from, t.Event}] = t
			m.allowed[from] = append(m.allowed[from], t.Event)
			if t.Auto {
				m.autos[from] = append(m.autos[from], *t)
			}
		}
	}
	for _, list := range m.allowed {
		slices.Sort(list)
	}
	m.pool.New = func() any { return fsm.NewFSM(d.Initial, events, nil) }
	of := func(t Track) Definition {
		return Definition{
			Name: d.Name, Version: d.Version, Label: t.Label, Stages: d.Stages,
			Initial: t.Initial, States: t.States, Transitions: t.Transitions,
		}
	}
	for i, t := range d.Tracks {
		track := newMachine(of(t), of(full.Tracks[i]))
		track.each = t.Each
		m.tracks[t.Key] = track
		for i := range t.Transitions {
			m.owner[t.Transitions[i].Event] = t.Key
		}
	}
	return m
}

// Fire moves from state by event and returns the state reached, which is the
// same one when the event is only recorded. When ctx has ended, or the event
// does not lead from the state, it returns state and an error: one that wraps
// the context's, or a *RefusedError. Roles and guards are the
// caller's to ask first: see Blockers and Transition.
func (m *Machine) Fire(ctx context.Context, state, event string) (string, error) {
	if err := ctx.Err(); err != nil {
		return state, fmt.Errorf("lifecycle: %s in state %s: %w", event, state, err)
	}
	t, ok := m.table[edge{state, event}]
	if !ok {
		return state, &RefusedError{State: state, Event: event, Blockers: m.missing(state, event)}
	}
	f, ok := m.pool.Get().(*fsm.FSM)
	if !ok {
		return state, fmt.Errorf("lifecycle: %s in state %s: the pool gave no machine", event, state)
	}
	f.SetState(state)
	// The context is one that never ends: looplab keeps a cancelled transition
	// pending for good and refuses every event after it.
	err := f.Event(context.Background(), event)
	if _, stayed := err.(fsm.NoTransitionError); err != nil && !stayed { //nolint:errorlint // looplab returns the value itself, and this is the hot path
		return state, fmt.Errorf("lifecycle: %s in state %s: %w", event, state, err) // f is dropped
	}
	to := f.Current()
	if to != t.To {
		return state, fmt.Errorf("lifecycle: %s in state %s: machine reached %s, table says %s", event, state, to, t.To)
	}
	m.pool.Put(f)
	return to, nil
}

// Can reports whether event leads from state, whoever fires it. It allocates
// nothing.
func (m *Machine) Can(state, event string) bool {
	_, ok := m.table[edge{state, event}]
	return ok
}

// Allowed returns the events that lead from state, sorted.
func (m *Machine) Allowed(state string) []string { return slices.Clone(m.allowed[state]) }

// Transition returns the transition of event from state. The caller must not
// change its slices.
func (m *Machine) Transition(state, event string) (Transition, bool) {
	t, ok := m.table[edge{state, event}]
	if !ok {
		return Transition{}, false
	}
	return *t, true
}

// Blockers returns every reason, as far as the definition knows, why someone
// with the given roles may not fire event in state; nil when there is none.
func (m *Machine) Blockers(state, event string, roles []string) []Blocker {
	t, ok := m.table[edge{state, event}]
	if !ok {
		blockers := m.missing(state, event)
		if blockers[0].Code == BlockWrongState && !m.Permits(event, roles) {
			blockers = append(blockers, m.noRole(event))
		}
		return blockers
	}
	for _, r := range roles {
		if slices.Contains(t.Roles, r) {
			return nil
		}
	}
	return []Blocker{m.noRole(event)}
}

// Permits reports whether any of the roles may fire event from at least one
// state, which authorises nothing by itself: Blockers asks of a given state.
func (m *Machine) Permits(event string, roles []string) bool {
	for _, r := range roles {
		if _, ok := m.roles[event][r]; ok {
			return true
		}
	}
	return false
}

// missing says why the table has no such edge.
func (m *Machine) missing(state, event string) []Blocker {
	if _, ok := m.roles[event]; !ok {
		if track, ok := m.owner[event]; ok {
			return []Blocker{{Code: BlockUnknownEvent, Label: Label{
				ZH: fmt.Sprintf("事项“%s”属于并行线 %s，不在主线上", m.tracks[track].labels[event].In("zh", event), track),
				EN: fmt.Sprintf("%q is an event of the track %s, not of the main line", m.tracks[track].labels[event].In("en", event), track),
			}}}
		}
		return []Blocker{{Code: BlockUnknownEvent, Label: Label{
			ZH: fmt.Sprintf("没有事项“%s”", event),
			EN: fmt.Sprintf("there is no event %q", event),
		}}}
	}
	from := Label{}
	if s, ok := m.states[state]; ok {
		from = s.Label
	}
	return []Blocker{{Code: BlockWrongState, Label: Label{
		ZH: fmt.Sprintf("当前状态“%s”不能进行“%s”", from.In("zh", state), m.labels[event].In("zh", event)),
		EN: fmt.Sprintf("%q does not lead on from the state %q", m.labels[event].In("en", event), from.In("en", state)),
	}}}
}

func (m *Machine) noRole(event string) Blocker {
	return Blocker{Code: BlockNoRole, Label: Label{
		ZH: fmt.Sprintf("没有进行“%s”的权限", m.labels[event].In("zh", event)),
		EN: fmt.Sprintf("none of the roles may fire %q", m.labels[event].In("en", event)),
	}}
}

// Definition returns a copy of what was compiled.
func (m *Machine) Definition() Definition { return m.def.clone() }

// Label returns the label of the definition, or of the track.
func (m *Machine) Label() Label { return m.def.Label }

// Name returns the definition's name.
func (m *Machine) Name() string { return m.def.Name }

// Version returns the definition's version.
func (m *Machine) Version() int { return m.def.Version }

// Fingerprint returns the definition's [Definition.Fingerprint].
func (m *Machine) Fingerprint() string { return m.print }

// Initial returns the state in which a case, or an instance of a track, begins.
func (m *Machine) Initial() string { return m.def.Initial }

// Opens returns the roles that may open a case. The caller must not change it.
func (m *Machine) Opens() []string { return m.def.Open }

// State returns the state of that key, with its stage and its meaning.
func (m *Machine) State(key string) (State, bool) {
	s, ok := m.states[key]
	if !ok {
		return State{}, false
	}
	return *s, true
}

// Means returns what a state means to the code; a state that is not there means
// its key.
func (m *Machine) Means(state string) string {
	if s, ok := m.states[state]; ok {
		return s.Is
	}
	return state
}

// Limits returns the limits with their lengths read. The caller must not change
// them.
func (m *Machine) Limits() []TimedLimit { return m.limits }

// Tracks returns the keys of the tracks, in the order of the definition.
func (m *Machine) Tracks() []string {
	keys := make([]string, len(m.def.Tracks))
	for i, t := range m.def.Tracks {
		keys[i] = t.Key
	}
	return keys
}

// Autos returns the automatic transitions that lead from state, in the order
// of the definition: the first whose guards agree fires. The caller must not
// change what it gets.
func (m *Machine) Autos(state string) []Transition { return m.autos[state] }

// Track returns the machine of the track of that key, or nil. Its Name and
// Version are the definition's, its Definition and Fingerprint the track's own.
func (m *Machine) Track(key string) *Machine { return m.tracks[key] }

// TrackOf returns the key of the track that owns event, or "" when the main
// line does or no line has it.
func (m *Machine) TrackOf(event string) string { return m.owner[event] }

// EventLabel returns what an event is called, of the main line or of a track; the zero
// Label when no transition says it.
func (m *Machine) EventLabel(event string) Label {
	if track, owned := m.owner[event]; owned {
		return m.tracks[track].labels[event]
	}
	return m.labels[event]
}

// Each reports whether this is a track with one instance for each of many.
func (m *Machine) Each() bool { return m.each }
