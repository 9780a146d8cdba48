package storetest

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
)

// Each of these stores is wrong in one way that real ones have been. The suite
// is worth something only if it says so, by the rule that is broken.
func TestTheSuiteFindsWhatIsWrong(t *testing.T) {
	for name, b := range map[string]struct {
		open func() store.Store
		rule string
	}{
		"the last writer wins":               {wrap(func(w *wrapped) { w.commit = lastWriterWins }), "of many writers that replace one revision exactly one succeeds"},
		"compares, then writes":              {wrap(func(w *wrapped) { w.commit = checkThenAct }), "no update is lost"},
		"writes change by change":            {wrap(func(w *wrapped) { w.commit = oneByOne }), "many changes are written all or not at all"},
		"creating overwrites":                {wrap(func(w *wrapped) { w.commit = createOverwrites }), "creating a record that exists is refused and changes nothing"},
		"forgets commands":                   {wrap(func(w *wrapped) { w.commit = forgetsCommands }), "a command is recorded once per record"},
		"takes the empty command for a name": {wrap(func(w *wrapped) { w.commit = namesTheNameless }), "acts without a command are never duplicates"},
		"does not say which record":          {wrap(func(w *wrapped) { w.commit = anonymousErrors }), "a change of any other revision is a conflict and changes nothing"},
		"ignores contexts":                   {wrap(func(w *wrapped) { w.deaf = true }), "a context that has ended is refused, and nothing happens"},
		"pads keys":                          {wrap(func(w *wrapped) { w.key = func(id string) string { return strings.TrimRight(id, " ") } }), "every text is a key of its own and comes back byte for byte"},
		"folds case":                         {wrap(func(w *wrapped) { w.key = strings.ToLower }), "every text is a key of its own and comes back byte for byte"},
		"keeps bodies as text": {wrap(func(w *wrapped) {
			w.body = func(b []byte) []byte { return []byte(strings.ToValidUTF8(string(b), "?")) }
		}), "bodies of any bytes come back as they were"},
		"cuts bodies":                          {wrap(func(w *wrapped) { w.body = func(b []byte) []byte { return b[:min(len(b), 1<<16-1)] } }), "bodies of any bytes come back as they were"},
		"orders as UTF-16 does":                {wrap(func(w *wrapped) { w.found = utf16Order }), "records are ordered by their IDs byte by byte"},
		"takes % for a wildcard":               {wrap(func(w *wrapped) { w.query = wildcards }), "each comparison means what Query.Matches says"},
		"knows no limit":                       {wrap(func(w *wrapped) { w.query = func(q store.Query) store.Query { q.Max = store.MaxLimit; return q } }), "a page has its limit, and no read is without one"},
		"hands out its own slices":             {func() store.Store { return &sharing{Store: memory.New(), held: map[string]store.Record{}} }, "nothing that was handed in or out is shared"},
		"numbers entries before it commits":    {func() store.Store { return &early{Store: memory.New()} }, "a reader of the feed misses nothing while writers overlap"},
		"orders the entries of a commit by id": {wrap(func(w *wrapped) { w.commit = sortsChanges }), "the entries of one commit stand together, in the order of its changes"},
		"goes on after Close":                  {func() store.Store { return undead{memory.New()} }, "a closed store says so, twice if need be"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var failed []string
			for _, r := range rules() {
				if r.missing(Capabilities{}) != "" {
					continue
				}
				err := r.check(t, func(testing.TB) store.Store { return b.open() }, Capabilities{})
				if err == nil {
					continue
				}
				failed = append(failed, r.name)
				for _, part := range []string{r.name, "seen: ", r.mend} {
					if !strings.Contains(err.Error(), part) {
						t.Errorf("the message should contain %q: %v", part, err)
					}
				}
			}
			if !slices.Contains(failed, b.rule) {
				t.Fatalf("the suite should find broken: %s\nit found: %q", b.rule, failed)
			}
		})
	}
}

func TestRulesHaveNamesOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range rules() {
		if seen[r.name] || r.mend == "" {
			t.Errorf("rule %q comes twice or does not say what to mend", r.name)
		}
		seen[r.name] = true
	}
}

// wrapped is a memory store with something wrong about it.
type wrapped struct {
	store.Store
	commit func(ctx context.Context, s store.Store, changes []store.Change) error
	key    func(id string) string
	body   func([]byte) []byte
	query  func(store.Query) store.Query
	found  func([]store.Record)
	deaf   bool
}

func wrap(spoil func(*wrapped)) func() store.Store {
	return func() store.Store {
		w := &wrapped{Store: memory.New()}
		spoil(w)
		return w
	}
}

func (w *wrapped) ctx(ctx context.Context) context.Context {
	if w.deaf {
		return context.WithoutCancel(ctx)
	}
	return ctx
}

func (w *wrapped) Load(ctx context.Context, kind, id string) (store.Record, error) {
	if w.key != nil {
		id = w.key(id)
	}
	return w.Store.Load(w.ctx(ctx), kind, id)
}

func (w *wrapped) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	if w.query != nil {
		q = w.query(q)
	}
	found, err := w.Store.Find(w.ctx(ctx), q)
	if w.found != nil {
		w.found(found)
	}
	return found, err
}

func (w *wrapped) Commit(ctx context.Context, changes ...store.Change) error {
	changes = slices.Clone(changes)
	for i := range changes {
		if w.key != nil {
			changes[i].Record.ID = w.key(changes[i].Record.ID)
		}
		if w.body != nil {
			changes[i].Record.Data = w.body(changes[i].Record.Data)
		}
	}
	if w.commit != nil {
		return w.commit(w.ctx(ctx), w.Store, changes)
	}
	return w.Store.Commit(w.ctx(ctx), changes...)
}

// over makes the changes fit whatever is stored now.
func over(ctx context.Context, s store.Store, changes []store.Change, create bool) {
	for i := range changes {
		c := &changes[i]
		r, err := s.Load(ctx, c.Record.Kind, c.Record.ID)
		if err != nil || c.Record.Revision == 0 && !create {
			continue
		}
		h, _ := s.History(ctx, c.Record.Kind, c.Record.ID, 0, 0)
		c.Record.Revision = r.Revision
		c.Entries = slices.Clone(c.Entries)
		for j := range c.Entries {
			c.Entries[j].Seq = uint64(len(h) + j + 1)
		}
	}
}

var oneAtATime sync.Mutex

func lastWriterWins(ctx context.Context, s store.Store, changes []store.Change) error {
	oneAtATime.Lock()
	defer oneAtATime.Unlock()
	over(ctx, s, changes, false)
	return s.Commit(ctx, changes...)
}

func checkThenAct(ctx context.Context, s store.Store, changes []store.Change) error {
	for _, c := range changes {
		r, err := s.Load(ctx, c.Record.Kind, c.Record.ID)
		if err == nil && r.Revision != c.Record.Revision {
			return &store.RecordError{Kind: r.Kind, ID: r.ID, Err: store.ErrConflict}
		}
	}
	time.Sleep(time.Millisecond)
	return lastWriterWins(ctx, s, changes)
}

func createOverwrites(ctx context.Context, s store.Store, changes []store.Change) error {
	over(ctx, s, changes, true)
	return s.Commit(ctx, changes...)
}

func oneByOne(ctx context.Context, s store.Store, changes []store.Change) error {
	for _, c := range changes {
		if err := s.Commit(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

func forgetsCommands(ctx context.Context, s store.Store, changes []store.Change) error {
	for i := range changes {
		changes[i].Entries = slices.Clone(changes[i].Entries)
		for j := range changes[i].Entries {
			changes[i].Entries[j].Command = ""
		}
	}
	return s.Commit(ctx, changes...)
}

func namesTheNameless(ctx context.Context, s store.Store, changes []store.Change) error {
	for _, c := range changes {
		h, _ := s.History(ctx, c.Record.Kind, c.Record.ID, 0, 0)
		if len(h) > 0 && len(c.Entries) > 0 && h[len(h)-1].Command == "" && c.Entries[0].Command == "" {
			return &store.RecordError{Kind: c.Record.Kind, ID: c.Record.ID, Err: store.ErrDuplicate}
		}
	}
	return s.Commit(ctx, changes...)
}

func anonymousErrors(ctx context.Context, s store.Store, changes []store.Change) error {
	err := s.Commit(ctx, changes...)
	var re *store.RecordError
	if errors.As(err, &re) {
		return re.Err
	}
	return err
}

func sortsChanges(ctx context.Context, s store.Store, changes []store.Change) error {
	slices.SortFunc(changes, func(a, b store.Change) int { return strings.Compare(a.Record.ID, b.Record.ID) })
	return s.Commit(ctx, changes...)
}

func utf16Order(found []store.Record) {
	surrogates := func(id string) string { // sorts above U+FFFF before U+E000
		return strings.Map(func(r rune) rune {
			if r > 0xFFFF {
				return 0xDFFF - 0x800
			}
			return r
		}, id)
	}
	slices.SortStableFunc(found, func(a, b store.Record) int { return strings.Compare(surrogates(a.ID), surrogates(b.ID)) })
}

func wildcards(q store.Query) store.Query {
	q.Where = slices.Clone(q.Where)
	for i, m := range q.Where {
		if m.Op == store.Contains {
			q.Where[i].Values = []string{strings.Trim(m.Values[0], "%_")}
		}
	}
	return q
}

// sharing returns the record that it keeps.
type sharing struct {
	store.Store
	mu   sync.Mutex
	held map[string]store.Record
}

func (s *sharing) Load(ctx context.Context, kind, id string) (store.Record, error) {
	r, err := s.Store.Load(ctx, kind, id)
	if err != nil {
		return r, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if h, ok := s.held[kind+id]; ok && h.Revision == r.Revision {
		return h, nil
	}
	s.held[kind+id] = r
	return r, nil
}

// early gives positions before it commits, as a sequence or AUTO_INCREMENT does.
type early struct {
	store.Store
	mu      sync.Mutex
	last    uint64
	visible map[uint64]store.Line
}

func (e *early) Commit(ctx context.Context, changes ...store.Change) error {
	e.mu.Lock()
	numbered := map[uint64]store.Line{}
	for _, c := range changes {
		for _, entry := range c.Entries {
			e.last++
			entry.Position, entry.Kind, entry.ID = e.last, c.Record.Kind, c.Record.ID
			numbered[e.last] = entry
		}
	}
	slow := e.last%3 == 0
	e.mu.Unlock()
	if slow {
		time.Sleep(time.Millisecond)
	}
	if err := e.Store.Commit(ctx, changes...); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.visible == nil {
		e.visible = map[uint64]store.Line{}
	}
	maps.Copy(e.visible, numbered)
	return nil
}

func (e *early) Feed(_ context.Context, after uint64, limit int) ([]store.Line, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	var found []store.Line
	for _, p := range slices.Sorted(maps.Keys(e.visible)) {
		if p > after && len(found) < store.Limit(limit) {
			found = append(found, e.visible[p])
		}
	}
	return found, nil
}

// undead closes and goes on.
type undead struct{ *memory.Store }

func (undead) Close() error { return nil }
