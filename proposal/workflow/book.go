package workflow

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// book is what an engine knows of adoptions. A reading is good for half the lag:
// an adoption recorded after it holds only from the lag after that on, so that for
// every moment until then the reading is complete. The other half is for clocks
// that differ and commits that take their time.
type book[R any] struct {
	turn  chan struct{} // held by whoever reads
	page  atomic.Pointer[page[R]]
	stale atomic.Bool // something was adopted here since it was read
}

func newBook[R any](p *page[R]) *book[R] {
	b := &book[R]{turn: make(chan struct{}, 1)}
	b.page.Store(p)
	return b
}

// page is one reading of the adoptions. It is never changed.
type page[R any] struct {
	read, until time.Time
	records     map[string]adopted[R] // by kind and ID, so that what has not changed is read once
	byBody      map[string][]adopted[R]
	definitions []adopted[R]
}

// adopted is an adoption as an engine goes by it.
type adopted[R any] struct {
	data         []byte // of its record
	id, body     string
	holds        time.Time // zero: it never does
	opened       time.Time
	name         string             // name@version of the definition for new cases, "" for rules
	machine      *lifecycle.Machine // of an adopted definition
	text         json.RawMessage    // rules that have not been read
	rules        R
	unusable     error // why this program cannot go by it
	undetermined bool  // it cannot be read: whether for definitions or rules
}

// freshen sees to it that the engine knows what has been adopted, for whoever reads.
func (e *Engine[C, R]) freshen(ctx context.Context) error {
	if e.adoptions == nil {
		return nil
	}
	return e.freshenAt(ctx, e.now())
}

// freshenAt is freshen at a time that the engine's clock has told already.
func (e *Engine[C, R]) freshenAt(ctx context.Context, now time.Time) error {
	if e.adoptions == nil || e.book.good(now) {
		return nil
	}
	select {
	case e.book.turn <- struct{}{}:
		defer func() { <-e.book.turn }()
	case <-ctx.Done():
		return fmt.Errorf("workflow: what has been adopted: %w", ctx.Err())
	}
	if e.book.good(now) { // another has read meanwhile
		return nil
	}
	e.book.stale.Store(false)
	p, err := e.readBook(ctx, now)
	if err != nil {
		e.book.stale.Store(true)
		return fmt.Errorf("workflow: what has been adopted: %w", err)
	}
	e.book.page.Store(p)
	return nil
}

// turnStale has the adoptions read again before they are gone by.
func (b *book[R]) turnStale() { b.stale.Store(true) }

// hear is told of adoptions made in a host's transaction, once it has committed.
func (b *book[R]) hear(context.Context, []Entry) { b.turnStale() }

// goodFor has the adoptions read again if the reading says nothing of a moment.
func (b *book[R]) goodFor(at time.Time) {
	if p := b.page.Load(); p != nil && !at.Before(p.until) {
		b.turnStale()
	}
}

// good reports whether the reading is complete for a moment that is now. One made a
// little later, for somebody else, is; one made long after now was made before the
// clock was set back.
func (b *book[R]) good(now time.Time) bool {
	p := b.page.Load()
	return p != nil && !b.stale.Load() && now.Before(p.until) && !now.Before(p.read.Add(p.read.Sub(p.until)))
}

// readBook reads the adoptions for the vocabulary, and those of rules that it
// shares with another.
func (e *Engine[C, R]) readBook(ctx context.Context, now time.Time) (*page[R], error) {
	before := e.book.page.Load()
	p := &page[R]{read: now, until: now.Add(e.lag / 2), records: make(map[string]adopted[R]), byBody: make(map[string][]adopted[R])}
	for _, from := range []*Engine[*Adoption, Adopting]{e.adoptions, e.shared} {
		if from == nil {
			continue
		}
		q := store.Query{Kind: from.vocabulary.Kind, Current: true}
		for r, err := range store.AllRecords(ctx, from.store.Find, q) {
			if err != nil {
				return nil, err
			}
			key := r.Kind + "/" + r.ID
			a, known := adopted[R]{}, false
			if before != nil {
				a, known = before.records[key]
			}
			if !known || a.unusable != nil || !bytes.Equal(a.data, r.Data) {
				if a, err = e.adoptedIn(ctx, from, r); err != nil {
					return nil, err
				}
			}
			p.records[key] = a
			if a.machine != nil && !a.holds.IsZero() {
				p.definitions = append(p.definitions, a)
			}
		}
	}
	definitions := e.definitions(p) // rules may speak of those that have been adopted
	for _, key := range slices.Sorted(maps.Keys(p.records)) {
		a := p.records[key]
		if a.text != nil {
			a.rules, a.unusable = e.decodeRules("rules", a.text, definitions)
			a.text = nil
			p.records[key] = a
		}
		if !a.holds.IsZero() || a.undetermined {
			p.byBody[a.body] = append(p.byBody[a.body], a)
		}
	}
	for _, list := range p.byBody {
		slices.SortFunc(list, func(a, b adopted[R]) int {
			return cmp.Or(a.holds.Compare(b.holds), a.opened.Compare(b.opened), strings.Compare(a.id, b.id))
		})
	}
	return p, nil
}

// adoptedIn reads one adoption, held against its journal. The error is a fault of
// the store's; what is wrong with the adoption is kept with it.
func (e *Engine[C, R]) adoptedIn(ctx context.Context, from *Engine[*Adoption, Adopting], r store.Record) (adopted[R], error) {
	a := adopted[R]{id: r.ID, data: r.Data}
	c, err := from.current(ctx, r.ID, doing{}, true)
	switch {
	case errors.Is(err, ErrUnreadable), errors.Is(err, ErrBroken), errors.Is(err, ErrDefinition), errors.Is(err, ErrNewer):
		a.unusable, a.undetermined = err, true
		for _, attr := range r.Index {
			if attr.Name == "body" {
				a.body = attr.Value
			}
		}
		return a, nil
	case err != nil:
		return a, err
	}
	a.body, a.opened = c.Body, c.Opened
	if c.Means() == adoptedState {
		a.holds = c.Holds
	}
	switch {
	case c.Adopted.Definition != nil:
		a.name = c.adopts()
		a.machine, a.unusable = e.compile(*c.Adopted.Definition)
	case c.Adopted.Use != "":
		a.name = c.Adopted.Use
	default:
		a.text = c.Adopted.Rules
	}
	if from == e.shared && a.name != "" {
		a.holds = time.Time{} // of another vocabulary: only its rules are shared
	}
	return a, nil
}

// compile makes the machine of a definition that goes with the vocabulary, or
// tells every problem.
func (e *Engine[C, R]) compile(d lifecycle.Definition) (*lifecycle.Machine, error) {
	if problems := e.vocabulary.Lint(d); len(problems) > 0 {
		return nil, &lifecycle.DefinitionError{Name: d.Name, Version: d.Version, Problems: problems}
	}
	return lifecycle.Compile(d, lifecycle.Guards(e.vocabulary.guardNames()...)) //nolint:wrapcheck // it names the definition
}

// decodeRules reads rules strictly and finds what is wrong with them.
func (e *Engine[C, R]) decodeRules(field string, data json.RawMessage, definitions []lifecycle.Definition) (R, error) {
	var rules R
	t := reflect.TypeFor[R]()
	if t.Kind() != reflect.Struct || t.NumField() == 0 {
		return rules, Invalid(field, "none", "%s没有规则可供制定", "%s has no rules to adopt", e.vocabulary.Kind)
	}
	rules, err := decodeRules(field, rules, data)
	if err != nil || e.vocabulary.Check == nil {
		return rules, err
	}
	return rules, e.vocabulary.Check(field, rules, definitions) //nolint:wrapcheck // it names the place
}

// definitions returns those of the program and those that have been adopted.
func (e *Engine[C, R]) definitions(p *page[R]) []lifecycle.Definition {
	all := slices.Clone(e.vocabulary.Definitions)
	if p != nil {
		for _, a := range p.definitions {
			all = append(all, a.machine.Definition())
		}
	}
	return all
}

// checkAdoption holds what a body is to adopt against the vocabulary, and rules
// against those that hold there.
func (e *Engine[C, R]) checkAdoption(body string, a Adopt) error {
	given := 0
	for _, is := range []bool{a.Definition != nil, a.Use != "", len(a.Rules) > 0} {
		if is {
			given++
		}
	}
	switch {
	case given != 1:
		return Invalid("adoption", "not_one", "流程、采用的流程、规则须填且只填一项，现有%d项", "a definition, one to use or rules: exactly one of them, not %d", given)
	case a.Definition != nil:
		if e.Machine(a.Definition.Name, a.Definition.Version) != nil {
			return Invalid("definition.version", "taken", "流程%s@%d已有：修改须用新版本", "there is a definition %s@%d: changes need a new version", a.Definition.Name, a.Definition.Version)
		}
		_, err := e.compile(*a.Definition)
		return err
	case a.Use != "":
		name, version, err := parsePin("use", a.Use)
		if err != nil {
			return err
		}
		if e.Machine(name, version) == nil {
			return Invalid("use", "unknown", "没有流程%s", "there is no definition %s", a.Use)
		}
		return e.inForce("use", name, version, e.now())
	case e.shared != nil:
		return Invalid("rules", "elsewhere", "规则由%s制定", "the rules are those of %s, and adopted there", e.vocabulary.RulesOf)
	}
	rules, err := e.decodeRules("rules", a.Rules, e.definitions(e.book.page.Load()))
	if err != nil || e.vocabulary.Follow == nil {
		return err
	}
	before, err := e.rulesAt(body, e.now())
	if err != nil {
		return err
	}
	return e.vocabulary.Follow("rules", before, rules) //nolint:wrapcheck // it names the place
}

// inForce refuses an adopted definition that does not hold at a moment.
func (e *Engine[C, R]) inForce(field, name string, version int, at time.Time) error {
	a, ok := e.adoptedDefinition(name, version)
	if !ok || e.machines[name][version] != nil || !a.holds.After(at) {
		return nil
	}
	return Invalid(field, "not_in_force", "流程%s自%s起施行，现在还不能采用", "the definition %s holds from %s, and cannot be used before", a.name, a.holds.Format(time.RFC3339))
}

// adoptedDefinition returns the adopted definition of that name and version.
func (e *Engine[C, R]) adoptedDefinition(name string, version int) (adopted[R], bool) {
	if p := e.book.page.Load(); p != nil {
		for _, a := range p.definitions {
			if a.machine.Name() == name && a.machine.Version() == version {
				return a, true
			}
		}
	}
	return adopted[R]{}, false
}
