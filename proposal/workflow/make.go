package workflow

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/internal/spell"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

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
	e, err := build(st, s, m.vocabulary)
	if err != nil {
		return err
	}
	if err := e.addAdoptions(s); err != nil {
		return err
	}
	if err := e.addRefusals(s); err != nil {
		return err
	}
	*m.into = e
	return nil
}

// build makes the engine of a vocabulary, which does not look for adoptions yet.
func build[C Case, R any](st store.Store, s *settings, v Vocabulary[C, R]) (*Engine[C, R], error) {
	v.take(s)
	if err := v.check(); err != nil {
		return nil, err
	}
	e := &Engine[C, R]{
		vocabulary: v, writing: writingOf[C](), store: st,
		machines: make(map[string]map[int]*lifecycle.Machine), latest: make(map[string]*lifecycle.Machine),
		actions: make(map[string][]ActionType[C, R], len(v.Actions)), uses: make(map[string]*lifecycle.Machine),
		rules: map[string]R{"": v.Rules}, calendars: s.calendars, tree: s.tree, now: s.now, mostAhead: s.mostAhead, newID: s.newID, idsByBody: s.idsByBody,
		sealer: s.sealer, sealers: make(map[string]sealer), observers: s.observers, witnesses: s.witnesses,
		book: newBook[R](nil), lag: s.lag, room: s.room,
	}
	for _, old := range append(slices.Clone(s.older), s.sealer) {
		e.sealers[old.name] = old
	}
	for _, a := range v.Actions {
		e.actions[a.Event] = append(e.actions[a.Event], a)
	}
	if err := errors.Join(e.addDefinitions(), e.addUses(s), e.addRules(s)); err != nil {
		return nil, err
	}
	e.addAttributes()
	return e, nil
}

// addAdoptions makes the engines of what is adopted for the vocabulary.
func (e *Engine[C, R]) addAdoptions(s *settings) (err error) {
	against := Adopting{lag: e.lag, check: e.checkAdoption}
	if e.adoptions, err = build(e.store, s, adoptionVocabulary(adoptionKind(e.vocabulary.Kind), e.vocabulary.Roles, against)); err != nil {
		return err
	}
	e.adoptions.committed = e.book.turnStale
	e.adoptions.observers = append([]Observer{e.book.hear}, s.observers...)
	if e.vocabulary.RulesOf != "" && e.vocabulary.RulesOf != e.vocabulary.Kind {
		e.shared, err = build(e.store, s, adoptionVocabulary(adoptionKind(e.vocabulary.RulesOf), e.vocabulary.Roles, against))
	}
	return err
}

// addRefusals makes the engine of the days on which acts of the vocabulary are denied
// or refused, those on its adoptions too.
func (e *Engine[C, R]) addRefusals(s *settings) (err error) {
	limits, _ := RefusalLimits{}.settled()
	if s.refusals != nil {
		limits = *s.refusals
		e.docket = newDocket(limits)
	}
	e.refusals, err = build(e.store, s, refusalVocabulary(refusalKind(e.vocabulary.Kind), e.vocabulary.Roles, limits))
	e.adoptions.refusals, e.adoptions.docket = e.refusals, e.docket
	return err
}

// adoptionKind is the kind of the adoptions for a kind.
func adoptionKind(kind string) string { return kind + ".adoption" }

// addDefinitions compiles every definition, and reports the problems of all.
func (e *Engine[C, R]) addDefinitions() error {
	errs := make([]error, 0, len(e.vocabulary.Definitions))
	for _, d := range e.vocabulary.Definitions {
		errs = append(errs, e.add(d))
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if e.named(e.vocabulary.Default) == nil {
		return e.noDefinition("use of every body", e.vocabulary.Default)
	}
	return nil
}

// noDefinition is the error of a definition that a body is to use and that the
// program was not given, with the nearest one that it has.
func (e *Engine[C, R]) noDefinition(field, definition string) error {
	name, _, _ := strings.Cut(definition, "@")
	hintZH, hintEN := spell.Hint(name, slices.Sorted(maps.Keys(e.latest)))
	return Invalid(field, "unknown", "没有流程%[1]q%[2]s", "there is no definition %[1]q%[3]s", definition, hintZH, hintEN)
}

// named returns the machine of a definition of the program's: of name@version, or
// of the highest version of name.
func (e *Engine[C, R]) named(definition string) *lifecycle.Machine {
	if strings.Contains(definition, "@") {
		name, version, err := parsePin("use", definition)
		if err != nil {
			return nil
		}
		return e.machines[name][version]
	}
	return e.latest[definition]
}

func (e *Engine[C, R]) add(d lifecycle.Definition) error {
	m, err := e.compile(d)
	if err != nil {
		return err
	}
	if e.machines[d.Name][d.Version] != nil {
		return Invalid("definitions", "duplicate", "流程%s@%d重复：自定的流程须另取名称或版本号", "definition %s@%d is there twice: one of your own has a name or version of its own", d.Name, d.Version)
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
		m := e.named(u.definition)
		if m == nil {
			return e.noDefinition("use of "+u.body, u.definition)
		}
		e.uses[u.body] = m
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
