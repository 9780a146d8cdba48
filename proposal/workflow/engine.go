package workflow

import (
	"context"
	"crypto/sha256"
	"fmt"
	"hash"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// Vocabulary tells the engine what a case is.
type Vocabulary[C Case] struct {
	Kind        string                 // of the records: "proposal"
	Fresh       func() C               // an empty case
	Definitions []lifecycle.Definition // every version that a case may still be pinned to
	Default     string                 // the definition that new cases get, in its highest version
	Guards      map[string]Guard[C]
	Relations   []Relation[C]
	Index       func(C) []store.Attr                         // what a case is found by, beside body, state, stage and definition
	Binds       func(c C, l lifecycle.Limit, of string) bool // whether a limit binds the case, or the instance of its track; nil: always
	Rules       func(body string) any                        // what Act.Rules is: the schemes of a place, handed to actions and guards; may be nil
}

// Engine moves the cases of one vocabulary on one store.
type Engine[C Case] struct {
	store     store.Store
	kind      string
	fresh     func() C
	machines  map[string]map[int]*lifecycle.Machine // name → version
	latest    map[string]*lifecycle.Machine
	tracks    map[string][]string // keys, by fingerprint of the definition
	standard  string
	forBody   map[string]string // body → definition for its new cases
	guards    map[string]Guard[C]
	relations []Relation[C]
	index     func(C) []store.Attr
	rules     func(body string) any
	binds     func(C, lifecycle.Limit, string) bool
	limits    map[string][]limit // by fingerprint of the definition
	calendars map[string]*calendar.Calendar
	tree      *Tree
	now       func() time.Time
	newID     func() string
	sealer    sealer
	sealers   map[string]sealer // by name, to verify older entries
	observers []Observer
}

// Observer is told of the entries of one act after they have been committed,
// each of a case of its own. Acts that run at the same time tell it at the same
// time, in any order. It should return soon: the caller of the act waits for it.
// What must not be missed, or has to come in order, is read from the store's
// feed instead. Position is not known here, and the entries are not to be
// changed.
type Observer func(ctx context.Context, entries []Entry)

// Option sets up an engine.
type Option interface{ apply(*settings) }

type settings struct {
	tree      *Tree
	now       func() time.Time
	newID     func() string
	sealer    sealer
	older     []sealer
	forBody   map[string]string
	observers []Observer
	calendars map[string]*calendar.Calendar
}

type optionFunc func(*settings)

func (f optionFunc) apply(s *settings) { f(s) }

// WithTree sets the bodies of the deployment. Without it every body stands
// alone and dates are in UTC.
func WithTree(t *Tree) Option { return optionFunc(func(s *settings) { s.tree = t }) }

// WithClock sets the clock; the default is time.Now.
func WithClock(now func() time.Time) Option { return optionFunc(func(s *settings) { s.now = now }) }

// WithIDs sets how IDs are made: short, printable, unique for good. The default
// is a UUID of version 7, which sorts by time.
func WithIDs(newID func() string) Option { return optionFunc(func(s *settings) { s.newID = newID }) }

// WithHash sets the algorithm of digests and hashes; the default is "sha256".
// Give SM3 where the state's own is wanted, or an HMAC so that nobody without
// the key can write a history that verifies. Entries remember the name: to go
// on verifying what an earlier algorithm sealed, "sha256" too, give that one by
// [WithOldHash]. A hash has at most 64 bytes.
func WithHash(name string, newHash func() hash.Hash) Option {
	return optionFunc(func(s *settings) { s.sealer = sealer{name, newHash} })
}

// WithOldHash names an algorithm that earlier entries were sealed with. In one
// history it cannot come back after the one of [WithHash]; still, what it alone
// has sealed is only as safe as it is.
func WithOldHash(name string, newHash func() hash.Hash) Option {
	return optionFunc(func(s *settings) { s.older = append(s.older, sealer{name, newHash}) })
}

// WithDefinition gives the new cases of a body, and of the bodies below it, the
// definition of that name in its highest version.
func WithDefinition(body, name string) Option {
	return optionFunc(func(s *settings) { s.forBody[body] = name })
}

// WithObserver adds an observer.
func WithObserver(o Observer) Option {
	return optionFunc(func(s *settings) { s.observers = append(s.observers, o) })
}

// New makes an engine. It compiles every definition and fails, with all their
// problems, when one does not compile or does not go with the vocabulary.
func New[C Case](st store.Store, v Vocabulary[C], options ...Option) (*Engine[C], error) {
	s := settings{
		now: time.Now, newID: newUUID, sealer: sealer{"sha256", sha256.New},
		forBody: make(map[string]string), calendars: make(map[string]*calendar.Calendar),
	}
	for _, o := range options {
		if o != nil {
			o.apply(&s)
		}
	}
	if st == nil || v.Kind == "" || v.Fresh == nil {
		return nil, Invalid("vocabulary", "empty", "an engine needs a store, a kind and a way to make an empty case")
	}
	if err := v.check(); err != nil {
		return nil, err
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	e := &Engine[C]{
		store: st, kind: v.Kind, fresh: v.Fresh, standard: v.Default, forBody: s.forBody,
		machines: make(map[string]map[int]*lifecycle.Machine), latest: make(map[string]*lifecycle.Machine),
		guards: v.Guards, relations: v.Relations, index: v.Index, rules: v.Rules, binds: v.Binds,
		tracks: make(map[string][]string), limits: make(map[string][]limit), calendars: s.calendars,
		tree: s.tree, now: s.now, newID: s.newID, sealer: s.sealer,
		sealers: make(map[string]sealer), observers: s.observers,
	}
	for _, old := range append(s.older, s.sealer) {
		e.sealers[old.name] = old
	}
	names := make([]string, 0, len(v.Guards))
	for name := range v.Guards {
		names = append(names, name)
	}
	for _, d := range v.Definitions {
		if err := e.add(d, names); err != nil {
			return nil, err
		}
	}
	if e.latest[v.Default] == nil {
		return nil, Invalid("vocabulary.default", "unknown", "there is no definition %q", v.Default)
	}
	for body, name := range s.forBody {
		if e.latest[name] == nil {
			return nil, Invalid("definition of "+body, "unknown", "there is no definition %q", name)
		}
	}
	return e, nil
}

func (e *Engine[C]) add(d lifecycle.Definition, guards []string) error {
	m, err := lifecycle.Compile(d, lifecycle.Guards(guards...))
	if err != nil {
		return err //nolint:wrapcheck // it names the definition and every problem
	}
	if err := checkEvents(d); err != nil {
		return err
	}
	if e.limits[m.Fingerprint()], err = readLimits(d); err != nil {
		return err
	}
	for _, t := range d.Tracks {
		e.tracks[m.Fingerprint()] = append(e.tracks[m.Fingerprint()], t.Key)
	}
	if e.machines[d.Name][d.Version] != nil {
		return Invalid("definitions", "duplicate", "definition %s@%d is there twice", d.Name, d.Version)
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

// Machine returns the machine of a definition and version, or nil.
func (e *Engine[C]) Machine(name string, version int) *lifecycle.Machine {
	return e.machines[name][version]
}

// MachineFor returns the machine that new cases of a body get.
func (e *Engine[C]) MachineFor(body string) *lifecycle.Machine {
	for _, at := range e.tree.Path(body) {
		if name, ok := e.forBody[at]; ok {
			return e.latest[name]
		}
	}
	return e.latest[e.standard]
}

// Tree returns the bodies; it may be nil.
func (e *Engine[C]) Tree() *Tree { return e.tree }

// machineOf returns the machine a case is pinned to.
func (e *Engine[C]) machineOf(h *Header) (*lifecycle.Machine, error) {
	m := e.Machine(h.Definition.Name, h.Definition.Version)
	if m == nil {
		return nil, fmt.Errorf("%w: %s runs on %s, which this engine was not given", ErrDefinition, h.ID, h.Definition)
	}
	if m.Fingerprint() != h.Definition.Fingerprint {
		return nil, fmt.Errorf("%w: %s runs on %s, which was edited since: changes need a new version", ErrDefinition, h.ID, h.Definition)
	}
	return m, nil
}

// Get returns the case of that ID.
func (e *Engine[C]) Get(ctx context.Context, id string) (C, error) {
	r, err := e.load(ctx, id)
	if err != nil {
		var none C
		return none, err
	}
	return e.open(r)
}

func (e *Engine[C]) load(ctx context.Context, id string) (store.Record, error) {
	if err := e.checkID(id); err != nil {
		return store.Record{}, err
	}
	return e.store.Load(ctx, e.kind, id) //nolint:wrapcheck // the store names the record
}

func (e *Engine[C]) checkID(id string) error {
	if id == "" {
		return Invalid("id", "empty", "a case's ID is not empty")
	}
	return checkWord("id", id, store.MaxKey)
}

// Find returns the cases that answer the conditions, ordered by ID, at most
// limit (0: store.DefaultLimit) and only those after the given ID.
func (e *Engine[C]) Find(ctx context.Context, after string, limit int, where ...store.Match) ([]C, error) {
	records, err := e.store.Find(ctx, store.Query{Kind: e.kind, Where: where, After: after, Limit: limit})
	if err != nil {
		return nil, fmt.Errorf("workflow: find: %w", err)
	}
	cases := make([]C, len(records))
	for i, r := range records {
		if cases[i], err = e.open(r); err != nil {
			return nil, err
		}
	}
	return cases, nil
}

// Each calls do with every case that answers the conditions, page by page,
// until do returns an error.
func (e *Engine[C]) Each(ctx context.Context, do func(C) error, where ...store.Match) error {
	for after := ""; ; {
		cases, err := e.Find(ctx, after, 0, where...)
		if err != nil {
			return err
		}
		for _, c := range cases {
			if err := do(c); err != nil {
				return err
			}
		}
		if len(cases) < store.DefaultLimit {
			return nil
		}
		after = cases[len(cases)-1].Head().ID
	}
}

// History returns the whole history of a case; that of an unknown one is empty.
func (e *Engine[C]) History(ctx context.Context, id string) ([]Entry, error) {
	if err := e.checkID(id); err != nil {
		return nil, err
	}
	stored, err := e.store.History(ctx, e.kind, id, 0, 0)
	if err != nil {
		return nil, fmt.Errorf("workflow: history of %s: %w", id, err)
	}
	entries := make([]Entry, len(stored))
	for i, s := range stored {
		if entries[i], err = DecodeEntry(s); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// attributes are what a case is found by.
func (e *Engine[C]) attributes(c C) []store.Attr {
	h := c.Head()
	attrs := []store.Attr{
		{Name: "body", Value: h.Body}, {Name: "state", Value: h.State}, {Name: "stage", Value: h.Stage},
		{Name: "definition", Value: h.Definition.String()},
	}
	attrs = append(attrs, clockAttributes(h)...)
	if e.index == nil {
		return attrs
	}
	for _, a := range e.index(c) {
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

func newUUID() string {
	id, err := uuid.NewV7()
	if err != nil { // the system has no randomness
		return ""
	}
	return id.String()
}
