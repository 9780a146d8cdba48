package workflow

import (
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// Engine moves the cases of one vocabulary on one store.
type Engine[C Case, R any] struct {
	vocabulary Vocabulary[C, R]
	writing    writing
	store      store.Store
	machines   map[string]map[int]*lifecycle.Machine // name → version
	latest     map[string]*lifecycle.Machine
	actions    map[string][]ActionType[C, R] // by event; the first is the one that is described
	uses       map[string]*lifecycle.Machine // body → definition for its new cases
	rules      map[string]R                  // by body
	calendars  map[string]*calendar.Calendar
	tree       *Tree
	now        func() time.Time
	mostAhead  time.Duration
	newID      func() string
	idsByBody  bool
	sealer     sealer
	sealers    map[string]sealer // by name, to verify older entries
	observers  []Observer
	witnesses  []RefusalObserver
	askable    map[string]Attribute // by name
	host       *host                // whose transaction the store is in; nil: none

	adoptions *Engine[*Adoption, Adopting] // of definitions and rules for the vocabulary; nil: this is such an engine
	shared    *Engine[*Adoption, Adopting] // of rules that are another vocabulary's; nil: they are its own
	book      *book[R]                     // what is known of them
	lag       time.Duration
	room      Room

	refusals *Engine[*RefusedDay, RefusalLimits] // the days of refused acts; nil: this is such an engine, or one of adoptions
	docket   *docket                             // counts those that are to be kept; nil: none are

	committed func() // is told of each act at once, before any observer; nil: nobody is
}

// Tree returns the bodies; it may be nil.
func (e *Engine[C, R]) Tree() *Tree { return e.tree }

// CalendarFor returns the calendar of a body: its own, or that of the nearest
// body above it that has one; nil when none has.
func (e *Engine[C, R]) CalendarFor(body string) *calendar.Calendar {
	cal, _ := nearest(e.tree, body, e.calendars)
	return cal
}

// Zone returns the time zone whose dates count in a body: that of the body, or of
// the nearest body above it that states one; else that of its calendar, which for
// China's is China's; else UTC.
func (e *Engine[C, R]) Zone(body string) *time.Location {
	if zone := e.tree.zone(body); zone != nil {
		return zone
	}
	if zone := e.CalendarFor(body).Zone(); zone != nil {
		return zone
	}
	return time.UTC
}

// machineOf returns the machine a case is pinned to.
func (e *Engine[C, R]) machineOf(h *Header) (*lifecycle.Machine, error) {
	m := e.pinned(h.Definition)
	if m == nil {
		return nil, fmt.Errorf("%w: %s runs on %s, which %w", ErrDefinition, h.ID, h.Definition, e.missing(h.Definition))
	}
	if m.Fingerprint() != h.Definition.Fingerprint {
		return nil, fmt.Errorf("%w: %s runs on %s, which was edited since: changes need a new version", ErrDefinition, h.ID, h.Definition)
	}
	return m, nil
}

// limitOf returns the limit of that key in the definition a case is pinned to.
func (e *Engine[C, R]) limitOf(pin Pin, key string) (limit, bool) {
	if m := e.pinned(pin); m != nil {
		for _, l := range m.Limits() {
			if l.Key == key {
				return limit(l), true
			}
		}
	}
	return limit{}, false
}
