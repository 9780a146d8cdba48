package storetest

import (
	"strconv"
	"sync"
	"testing"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
)

// shelf keeps stores in memory by the name of their place, as a server would.
type shelf struct {
	mu     sync.Mutex
	stores map[string]store.Store
}

func (s *shelf) place(testing.TB) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := strconv.Itoa(len(s.stores))
	s.stores[name] = memory.New()
	return name
}

// view is a store at a place of the shelf; closing it closes nothing else.
type view struct{ store.Store }

func (*view) Close() error { return nil }

// A Durable must take the rules about reopened stores and about two of them to
// the same place, or it could not tell a store that keeps its data from this
// one, which starts anew each time.
func TestStoresThatForgetAreFound(t *testing.T) {
	for name, c := range map[string]struct {
		open   func(s *shelf, place string) store.Store
		broken bool
	}{
		"remembers": {func(s *shelf, place string) store.Store { s.mu.Lock(); defer s.mu.Unlock(); return s.stores[place] }, false},
		"forgets":   {func(*shelf, string) store.Store { return memory.New() }, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := &shelf{stores: map[string]store.Store{}}
			lingering := map[string]bool{}
			open, can := Durable{
				Place:  s.place,
				Open:   func(_ testing.TB, place string) (ClosingStore, error) { return &view{c.open(s, place)}, nil },
				Linger: func(_ testing.TB, place string) { lingering[place] = true },
			}.capabilities()
			for _, r := range lifeRules() {
				if r.need == nil {
					continue // about Close, which a view has none of
				}
				if why := r.missing(can); why != "" {
					t.Fatal(why)
				}
				if err := r.check(t, open, can); (err != nil) != c.broken {
					t.Errorf("rule %q, should it be broken: %v; it is: %v", r.name, c.broken, err)
				}
			}
			can.Slow(t)
			if len(lingering) != 1 || lingering["0"] {
				t.Errorf("a place of its own should linger, it is %v", lingering)
			}
		})
	}
}
