package storetest

import (
	"io"
	"sync"
	"testing"

	"github.com/tian-go/tian/proposal/store"
)

// ClosingStore is a store as an adapter opens it.
type ClosingStore interface {
	store.Store
	io.Closer
}

// Durable says how to come by stores whose data outlives them, at a place that
// a text names: a file, a schema, the connection string of a database. Several
// rules are tested at a time, and the functions must bear that.
type Durable struct {
	// Place makes an empty place, and removes it in a cleanup of t.
	Place func(t testing.TB) string

	// Open opens the store at a place, as another process would, also while
	// others are open there. The stores are used as keys of a map, and closed
	// when the test ends.
	Open func(t testing.TB, place string) (ClosingStore, error)

	// Begin begins a transaction of a host's on the data at a place, as
	// [Capabilities.Begin] has it. nil: that is not tested.
	Begin func(t testing.TB, place string, s store.Store) Transaction

	// Linger slows the commits at a place down, as [Capabilities.Slow] has it;
	// a store has been opened there. nil: that is not tested.
	Linger func(t testing.TB, place string)
}

// RunDurable holds the stores to every rule that [Run] has, those about reopened
// stores and about several on the same data included.
func RunDurable(t *testing.T, d Durable) {
	t.Helper()
	open, can := d.capabilities()
	Run(t, open, can)
}

func (d Durable) capabilities() (Factory, Capabilities) {
	o := &opener{Durable: d, places: map[store.Store]string{}}
	can := Capabilities{Parallel: true, Beside: o.beside, Reopen: o.reopen}
	if d.Linger != nil {
		can.Slow = o.slow
	}
	if d.Begin != nil {
		can.Begin = func(t testing.TB, s store.Store) Transaction {
			o.mu.Lock()
			place := o.places[s]
			o.mu.Unlock()
			return d.Begin(t, place, s)
		}
	}
	return o.empty, can
}

// opener remembers where each store has its data.
type opener struct {
	Durable
	mu     sync.Mutex
	places map[store.Store]string
}

func (o *opener) at(t testing.TB, place string) store.Store {
	t.Helper()
	s, err := o.Open(t, place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeStore(t, s) })
	o.mu.Lock()
	defer o.mu.Unlock()
	o.places[s] = place
	return s
}

func (o *opener) empty(t testing.TB) store.Store {
	t.Helper()
	return o.at(t, o.Place(t))
}

func (o *opener) beside(t testing.TB, s store.Store) store.Store {
	t.Helper()
	o.mu.Lock()
	place := o.places[s]
	o.mu.Unlock()
	return o.at(t, place)
}

func (o *opener) reopen(t testing.TB, s store.Store) store.Store {
	t.Helper()
	closeStore(t, s)
	return o.beside(t, s)
}

func (o *opener) slow(t testing.TB) store.Store {
	t.Helper()
	place := o.Place(t)
	s := o.at(t, place)
	o.Linger(t, place)
	return s
}

func closeStore(t testing.TB, s store.Store) {
	t.Helper()
	if c, ok := s.(io.Closer); !ok {
		t.Fatalf("%T has no Close", s)
	} else if err := c.Close(); err != nil {
		t.Error(err)
	}
}
