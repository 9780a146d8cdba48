package certify_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/store/storetest"
	"github.com/tian-go/tian/proposal/store/storetest/certify"
)

// shared is a memory store of which several are open at one place.
type shared struct {
	store.Store
	closed *bool
}

func (s *shared) Unwrap() store.Store { return s.Store }

func (s *shared) Close() error { *s.closed = true; return nil }

func (s *shared) gone() error {
	if *s.closed {
		return store.ErrClosed
	}
	return nil
}

func (s *shared) Load(ctx context.Context, kind, id string) (store.Record, store.Line, error) {
	if err := s.gone(); err != nil {
		return store.Record{}, store.Line{}, err
	}
	return s.Store.Load(ctx, kind, id)
}

func (s *shared) Commit(ctx context.Context, changes ...store.Change) error {
	if err := s.gone(); err != nil {
		return err
	}
	return s.Store.Commit(ctx, changes...)
}

func (s *shared) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	if err := s.gone(); err != nil {
		return nil, err
	}
	return s.Store.Find(ctx, q)
}

func (s *shared) History(ctx context.Context, kind, id string, after uint64, limit int) ([]store.Line, error) {
	if err := s.gone(); err != nil {
		return nil, err
	}
	return s.Store.History(ctx, kind, id, after, limit)
}

func (s *shared) Feed(ctx context.Context, after uint64, limit int) ([]store.Line, error) {
	if err := s.gone(); err != nil {
		return nil, err
	}
	return s.Store.Feed(ctx, after, limit)
}

// engine is one on memory, of which every store is spoilt in some way.
func engine(spoil func(store.Store) store.Store) certify.Engine {
	var mu sync.Mutex
	places := make(map[string]*memory.Store)
	return certify.Engine{
		Name:    "memory",
		Takes:   func(dsn string) bool { return strings.HasPrefix(dsn, "memory:") },
		Version: func(context.Context, string) (string, error) { return "memory 1", nil },
		Stores: func(string) storetest.Durable {
			return storetest.Durable{
				Place: func(testing.TB) string {
					mu.Lock()
					defer mu.Unlock()
					name := fmt.Sprint(len(places))
					places[name] = memory.New()
					return name
				},
				Open: func(_ testing.TB, place string) (storetest.ClosingStore, error) {
					mu.Lock()
					defer mu.Unlock()
					return &shared{Store: spoil(places[place]), closed: new(bool)}, nil
				},
			}
		},
	}
}

func sound(s store.Store) store.Store { return s }

// onDay is when the certificates of these tests are made.
var onDay = time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)

func run(args []string, engines ...certify.Engine) (code int, out, notes string) {
	var o, n bytes.Buffer
	code = certify.Run(context.Background(), args, &o, &n, onDay, engines...)
	return code, o.String(), n.String()
}

func TestAStoreThatKeepsItsPromisesIsCertified(t *testing.T) {
	t.Parallel()
	code, out, _ := run([]string{"--db", "memory:", "--json"}, engine(sound))
	var c certify.Certificate
	require.NoError(t, json.Unmarshal([]byte(out), &c))
	require.Equal(t, 0, code, out)
	require.Equal(t, []any{"memory", "memory 1", "2026-11-28", 0}, []any{c.Engine, c.Version, c.Date, c.Broken})
	require.Greater(t, c.Holds, 30)
	require.Equal(t, len(c.Promises), c.Holds+c.NotTested)
	for _, v := range c.Promises {
		require.Equal(t, v.Outcome == storetest.NotTested, v.Why != "", "%+v", v)
	}
}

// stale answers every commit with yes and does not look at revisions.
type stale struct{ store.Store }

func (s stale) Commit(ctx context.Context, changes ...store.Change) error {
	changes = slices.Clone(changes)
	for i := range changes {
		if r, _, err := s.Load(ctx, changes[i].Record.Kind, changes[i].Record.ID); err == nil && changes[i].Record.Revision > 0 {
			changes[i].Record.Revision = r.Revision
		}
	}
	return s.Store.Commit(ctx, changes...)
}

// rude panics when it is asked for a history.
type rude struct{ store.Store }

func (rude) History(context.Context, string, string, uint64, int) ([]store.Line, error) {
	panic("no history here")
}

func TestAStoreThatBreaksAPromiseIsToldWhichAndWhy(t *testing.T) {
	t.Parallel()
	for name, bad := range map[string]struct {
		spoil        func(store.Store) store.Store
		promise, why string
	}{
		"looks at no revision": {func(s store.Store) store.Store { return stale{s} }, "of many writers that replace one revision exactly one succeeds", "look: "},
		"panics":               {func(s store.Store) store.Store { return rude{s} }, "each journal is numbered without a gap", "panic: no history here"},
	} {
		code, out, _ := run([]string{"--json", "--db", "memory:"}, engine(bad.spoil))
		require.Equal(t, 1, code, name)
		var c certify.Certificate
		require.NoError(t, json.Unmarshal([]byte(out), &c))
		require.False(t, c.Kept())
		var said []string
		for _, v := range c.Promises {
			if v.Outcome == storetest.Broken {
				said = append(said, v.Promise+": "+v.Why)
			}
		}
		require.Len(t, said, c.Broken)
		require.Contains(t, strings.Join(said, "\n"), bad.why, name)
		if name != "panics" {
			require.Contains(t, strings.Join(said, "\n"), bad.promise, name)
		}

		code, out, _ = run([]string{"--db", "memory:"}, engine(bad.spoil))
		require.Equal(t, 1, code)
		require.Contains(t, out, "BROKEN     不成立")
		require.Regexp(t, ` [1-9][0-9]* are broken`, out) // how many hangs on who comes first
	}
}

func TestWhatCannotBeCertifiedIsToldWithoutACertificate(t *testing.T) {
	t.Parallel()
	silent := engine(sound)
	silent.Version = func(context.Context, string) (string, error) { return "", errors.New("connection refused") }
	for word, args := range map[string][]string{"--db": {}, "no engine": {"--db", "oracle://x"}, "connection refused": {"--db", "memory:"}, "flag provided": {"--what"}} {
		code, out, notes := run(args, silent)
		require.Equal(t, 2, code, word)
		require.Empty(t, out)
		require.Contains(t, notes, word)
	}
	code, _, notes := run([]string{"--db", "memory:"}, certify.Engine{Name: "half"})
	require.Equal(t, 2, code)
	require.Contains(t, notes, "an engine says how")
}

func TestAnExaminationThatIsStoppedSaysWhatItDidNotTest(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	c, err := certify.Certify(ctx, engine(sound), "memory:", onDay, func(storetest.Verdict) {
		if n++; n == 3 {
			cancel()
		}
	})
	require.NoError(t, err)
	require.LessOrEqual(t, c.Holds, 3)
	require.Equal(t, context.Canceled.Error(), c.Promises[len(c.Promises)-1].Why)
}

// A command for a database of one's own.
func ExampleRun() {
	code := certify.Run(context.Background(), []string{"--db", "oracle://office"}, os.Stdout, os.Stdout, onDay, engine(sound))
	fmt.Println(code)
	// Output:
	// certify: no engine of this command takes the connection string (没有引擎接受此连接串)
	// 2
}
