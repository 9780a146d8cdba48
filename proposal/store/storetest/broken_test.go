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
		"orders the entries of a commit by id": {wrap(func(w *wrapped) { w.commit = sortsChanges }), "the entries of one commit come in the order of its changes"},
		"serves the first entry as the last":   {wrap(func(w *wrapped) { w.last = firstEntry }), "a record comes with the last entry of its journal"},
		"forgets which way round":              {wrap(func(w *wrapped) { w.query = func(q store.Query) store.Query { q.Desc = false; return q } }), "any conditions together find what they should, in any order"},
		"takes or for and":                     {wrap(func(w *wrapped) { w.query = orForAnd }), "any conditions together find what they should, in any order"},
		"counts the page":                      {func() store.Store { return countsThePage{memory.New()} }, "a count is that of what would be found"},
		"replaces nothing":                     {wrap(func(w *wrapped) { w.commit = replacesNothing }), "lines that are replaced hold the new content and keep all else"},
		"replaces what it then refuses":        {wrap(func(w *wrapped) { w.commit = replacesFirst }), "lines are replaced with their commit or not at all"},
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
				if err == nil || errors.As(err, new(unable)) {
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
	last   func(store.Store, store.Line) store.Line
	deaf   bool
}

func wrap(spoil func(*wrapped)) func() store.Store {
	return func() store.Store {
		w := &wrapped{Store: memory.New()}
		spoil(w)
		return w
	}
}

func (w *wrapped) ReplacesLines() bool { return true }

func (w *wrapped) ctx(ctx context.Context) context.Context {
	if w.deaf {
		return context.WithoutCancel(ctx)
	}
	return ctx
}

func (w *wrapped) Load(ctx context.Context, kind, id string) (store.Record, store.Line, error) {
	if w.key != nil {
		id = w.key(id)
	}
	r, last, err := w.Store.Load(w.ctx(ctx), kind, id)
	if w.last != nil {
		last = w.last(w.Store, last)
	}
	return r, last, err
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
		r, _, err := s.Load(ctx, c.Record.Kind, c.Record.ID)
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
		r, _, err := s.Load(ctx, c.Record.Kind, c.Record.ID)
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

func replacesNothing(ctx context.Context, s store.Store, changes []store.Change) error {
	if err := store.Check(changes...); err != nil {
		return err
	}
	for i := range changes {
		changes[i].Replaced = nil
	}
	return s.Commit(ctx, changes...)
}

// replacesFirst replaces lines in a commit of its own.
func replacesFirst(ctx context.Context, s store.Store, changes []store.Change) error {
	for i := range changes {
		c := &changes[i]
		r, last, err := s.Load(ctx, c.Record.Kind, c.Record.ID)
		if len(c.Replaced) == 0 || err != nil || c.Replaced[len(c.Replaced)-1].Seq > last.Seq {
			continue
		}
		if err := s.Commit(ctx, store.Change{Record: r, Entries: []store.Line{{Seq: last.Seq + 1}}, Replaced: c.Replaced}); err != nil {
			return err
		}
	}
	return s.Commit(ctx, changes...)
}

func firstEntry(s store.Store, last store.Line) store.Line {
	h, _ := s.History(context.Background(), last.Kind, last.ID, 0, 1)
	return append(h, last)[0]
}

func orForAnd(q store.Query) store.Query {
	if len(q.Where) > 1 && len(q.Where[0].Any) == 0 {
		q.Where = []store.Match{{Any: slices.DeleteFunc(slices.Clone(q.Where), func(m store.Match) bool { return len(m.Any) > 0 })}}
	}
	return q
}

type countsThePage struct{ *memory.Store }

func (s countsThePage) Count(ctx context.Context, q store.Query, _ string) (map[string]int64, error) {
	found, err := s.Find(ctx, q)
	return map[string]int64{"": int64(len(found))}, err
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

func (s *sharing) Load(ctx context.Context, kind, id string) (store.Record, store.Line, error) {
	r, last, err := s.Store.Load(ctx, kind, id)
	if err != nil {
		return r, last, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if h, ok := s.held[kind+id]; ok && h.Revision == r.Revision {
		return h, last, nil
	}
	s.held[kind+id] = r
	return r, last, nil
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
