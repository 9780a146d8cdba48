package workflow

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Engine moves the cases of one vocabulary on one store.
type Engine[C Case, R any] struct {
	vocabulary Vocabulary[C, R]
	store      store.Store
	machines   map[string]map[int]*lifecycle.Machine // name → version
	latest     map[string]*lifecycle.Machine
	actions    map[string][]ActionType[C, R] // by event; the first is the one that is described
	uses       map[string]string             // body → definition for its new cases
	rules      map[string]R                  // by body
	calendars  map[string]*calendar.Calendar
	tree       *Tree
	now        func() time.Time
	newID      func() string
	sealer     sealer
	sealers    map[string]sealer // by name, to verify older entries
	observers  []Observer
}

// New makes the engine of one vocabulary. It fails, with every problem of every
// definition, when one does not compile or does not go with the vocabulary.
func New[C Case, R any](st store.Store, v Vocabulary[C, R], options ...Option) (*Engine[C, R], error) {
	var e *Engine[C, R]
	if err := NewAll(st, options, Into(&e, v)); err != nil {
		return nil, err
	}
	return e, nil
}

// Making is an engine to be made by [NewAll].
type Making interface {
	make(st store.Store, s *settings) error
	kind() string
}

// NewAll makes the engines of several vocabularies on one store from the same
// options, each of which goes to those that it is for.
func NewAll(st store.Store, options []Option, makings ...Making) error {
	if st == nil {
		return Invalid("store", "empty", "没有存储", "there is no store")
	}
	s, err := settle(options)
	if err != nil {
		return err
	}
	kinds := make([]string, len(makings))
	for i, m := range makings {
		kinds[i] = m.kind()
		if err := m.make(st, s); err != nil {
			return err
		}
	}
	return s.leftover(kinds)
}

// Into says that the engine of v is wanted in e.
func Into[C Case, R any](e **Engine[C, R], v Vocabulary[C, R]) Making { return making[C, R]{e, v} }

type making[C Case, R any] struct {
	into       **Engine[C, R]
	vocabulary Vocabulary[C, R]
}

func (m making[C, R]) kind() string { return m.vocabulary.Kind }

func (m making[C, R]) make(st store.Store, s *settings) error {
	v := m.vocabulary
	v.take(s)
	if err := v.check(); err != nil {
		return err
	}
	e := &Engine[C, R]{
		vocabulary: v, store: st,
		machines: make(map[string]map[int]*lifecycle.Machine), latest: make(map[string]*lifecycle.Machine),
		actions: make(map[string][]ActionType[C, R], len(v.Actions)), uses: make(map[string]string),
		rules: map[string]R{"": v.Rules}, calendars: s.calendars, tree: s.tree, now: s.now, newID: s.newID,
		sealer: s.sealer, sealers: make(map[string]sealer), observers: s.observers,
	}
	for _, old := range append(slices.Clone(s.older), s.sealer) {
		e.sealers[old.name] = old
	}
	for _, a := range v.Actions {
		e.actions[a.Event] = append(e.actions[a.Event], a)
	}
	if err := errors.Join(e.addDefinitions(), e.addUses(s), e.addRules(s)); err != nil {
		return err
	}
	*m.into = e
	return nil
}

// addDefinitions compiles every definition, and reports the problems of all.
func (e *Engine[C, R]) addDefinitions() error {
	errs := make([]error, 0, len(e.vocabulary.Definitions))
	for _, d := range e.vocabulary.Definitions {
		errs = append(errs, e.add(d))
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if e.latest[e.vocabulary.Default] == nil {
		return Invalid("vocabulary.default", "unknown", "没有流程%q", "there is no definition %q", e.vocabulary.Default)
	}
	return nil
}

func (e *Engine[C, R]) add(d lifecycle.Definition) error {
	if problems := e.vocabulary.Lint(d); len(problems) > 0 {
		return &lifecycle.DefinitionError{Name: d.Name, Version: d.Version, Problems: problems}
	}
	m, err := lifecycle.Compile(d, lifecycle.Guards(slices.Sorted(maps.Keys(e.vocabulary.Guards))...))
	if err != nil {
		return err
	}
	if e.machines[d.Name][d.Version] != nil {
		return Invalid("definitions", "duplicate", "流程%s@%d重复", "definition %s@%d is there twice", d.Name, d.Version)
	}
	if e.machines[d.Name] == nil {
		e.machines[d.Name] = make(map[int]*lifecycle.Machine)
	}
	e.machines[d.Name][d.Version] = m
	if latest := e.latest[d.Name]; latest == nil || latest.Version() < d.Version {
		e.latest[d.Name] = m
	}
	return nil
}

// addUses notes which definition the new cases of each body get.
func (e *Engine[C, R]) addUses(s *settings) error {
	for _, o := range s.own {
		u, ok := o.value.(use)
		if !ok || o.name != e.vocabulary.Kind || u.body == "" {
			continue
		}
		if err := e.tree.known("use", u.body); err != nil {
			return err
		}
		if e.latest[u.definition] == nil {
			return Invalid("use of "+u.body, "unknown", "没有流程%q", "there is no definition %q", u.definition)
		}
		e.uses[u.body] = u.definition
	}
	return nil
}

// addRules notes the rules of each body, and finds what is wrong with them.
func (e *Engine[C, R]) addRules(s *settings) error {
	for _, o := range s.own {
		if rules, ok := o.value.(R); ok {
			e.rules[o.name] = rules
		}
	}
	for _, body := range slices.Sorted(maps.Keys(e.rules)) {
		if err := e.tree.known("rules", body); err != nil {
			return err
		}
		if e.vocabulary.Check == nil {
			continue
		}
		if err := e.vocabulary.Check("rules["+body+"]", e.rules[body], e.vocabulary.Definitions); err != nil {
			return err //nolint:wrapcheck // it names the place
		}
	}
	return nil
}

// Machine returns the machine of a definition and version, or nil.
func (e *Engine[C, R]) Machine(name string, version int) *lifecycle.Machine {
	return e.machines[name][version]
}

// MachineFor returns the machine that new cases of a body get.
func (e *Engine[C, R]) MachineFor(body string) *lifecycle.Machine {
	for _, at := range e.tree.Path(body) {
		if name, ok := e.uses[at]; ok {
			return e.latest[name]
		}
	}
	return e.latest[e.vocabulary.Default]
}

// Tree returns the bodies; it may be nil.
func (e *Engine[C, R]) Tree() *Tree { return e.tree }

// Rules returns the rules of a body: its own, or those of the nearest body
// above it that has some.
func (e *Engine[C, R]) Rules(body string) R { return Nearest(e.tree, body, e.rules) }

// CalendarFor returns the calendar of a body: its own, or that of the nearest
// body above it that has one; nil when none has.
func (e *Engine[C, R]) CalendarFor(body string) *calendar.Calendar {
	return Nearest(e.tree, body, e.calendars)
}

// Actions describes every action of the vocabulary, in its order, with the
// values that the rules of a body give to fields.
func (e *Engine[C, R]) Actions(body string) []ActionType[C, R] {
	types := make([]ActionType[C, R], len(e.vocabulary.Actions))
	for i, a := range e.vocabulary.Actions {
		types[i] = e.describe(a, body)
	}
	return types
}

// Action describes the action that fires an event, the first where there are
// several, with the values that the rules of a body give to its fields.
func (e *Engine[C, R]) Action(event, body string) (ActionType[C, R], bool) {
	types := e.actions[event]
	if len(types) == 0 {
		return ActionType[C, R]{}, false
	}
	return e.describe(types[0], body), true
}

func (e *Engine[C, R]) describe(a ActionType[C, R], body string) ActionType[C, R] {
	values := func(string) []form.Value { return nil }
	if e.vocabulary.Values != nil {
		rules := e.Rules(body)
		values = func(list string) []form.Value { return e.vocabulary.Values(rules, list) }
	}
	a.Fields = form.WithValues(a.Fields, values)
	return a
}

// Decode reads the action of an event from its JSON, as that of an HTTP body;
// see [ActionType.Decode]. Where several actions fire the event it is the first
// that the data is of. An inner action is not for hosts to do, and is refused.
func (e *Engine[C, R]) Decode(event string, data []byte) (Action[C, R], error) {
	for _, a := range e.actions[event] {
		if a.inner {
			return nil, Invalid("event", "inner", "事项%q只能作为其他操作的一部分", "%q is only done as a part of something else", event)
		}
	}
	return e.decode(event, data)
}

// ActionOf returns the action of an entry as a typed value, and nil for an act of
// the engine's own.
func (e *Engine[C, R]) ActionOf(entry Entry) (Action[C, R], error) {
	if slices.Contains(own, entry.Event) {
		return nil, nil
	}
	return e.decode(entry.Event, entry.Action)
}

func (e *Engine[C, R]) decode(event string, data []byte) (Action[C, R], error) {
	types := e.actions[event]
	if len(types) == 0 {
		return nil, Invalid("event", "unknown", "没有操作能引发事项%q", "no action fires the event %q", event)
	}
	action, first := types[0].Decode(data)
	for _, a := range types[1:] {
		if first == nil {
			break
		}
		if other, err := a.Decode(data); err == nil {
			return other, nil
		}
	}
	return action, first
}

// registered refuses an action that the vocabulary does not know: guards and
// readers could not see what is in it.
func (e *Engine[C, R]) registered(action Action[C, R]) error {
	if v := reflect.ValueOf(action); !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return Invalid("action", "empty", "没有操作", "there is no action")
	}
	event := action.Event()
	types := e.actions[event]
	if len(types) == 0 {
		return Invalid("action", "unregistered", "没有登记引发事项%[1]q的操作%[2]T", "%[2]T fires the event %[1]q, which no action is registered for", event, action)
	}
	if !slices.ContainsFunc(types, func(a ActionType[C, R]) bool { return a.is(action) }) {
		return Invalid("action", "unregistered", "事项%[1]q登记的操作是%[3]v，不是%[2]T", "the action registered for the event %[1]q is %[3]v, not %[2]T", event, action, types[0].typ)
	}
	return nil
}

// machineOf returns the machine a case is pinned to.
func (e *Engine[C, R]) machineOf(h *Header) (*lifecycle.Machine, error) {
	m := e.Machine(h.Definition.Name, h.Definition.Version)
	if m == nil {
		return nil, fmt.Errorf("%w: %s runs on %s, which this engine was not given", ErrDefinition, h.ID, h.Definition)
	}
	if m.Fingerprint() != h.Definition.Fingerprint {
		return nil, fmt.Errorf("%w: %s runs on %s, which was edited since: changes need a new version", ErrDefinition, h.ID, h.Definition)
	}
	return m, nil
}

// limitOf returns the limit of that key in the definition a case is pinned to.
func (e *Engine[C, R]) limitOf(pin Pin, key string) (limit, bool) {
	if m := e.Machine(pin.Name, pin.Version); m != nil {
		for _, l := range m.Limits() {
			if l.Key == key {
				return limit(l), true
			}
		}
	}
	return limit{}, false
}

// attributes are what a case is found by.
func (e *Engine[C, R]) attributes(c C) []store.Attr {
	h := c.Head()
	attrs := []store.Attr{
		{Name: "body", Value: h.Body}, {Name: "state", Value: h.State}, {Name: "stage", Value: h.Stage},
		{Name: "means", Value: h.Means()}, {Name: "definition", Value: h.Definition.String()},
	}
	attrs = append(attrs, clockAttributes(h)...)
	if e.vocabulary.Index == nil {
		return attrs
	}
	for _, a := range e.vocabulary.Index(c) {
		if a.Value != "" {
			attrs = append(attrs, store.Attr{Name: a.Name, Value: cut(a.Value, store.MaxAttr)})
		}
	}
	return attrs
}

// cut shortens s to at most limit bytes, between two characters.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "")
}
