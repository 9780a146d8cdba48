package workflow

import (
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// Action is something done to a case: a plain struct that anyone can define,
// whose fields are its data and go into the journal as JSON.
type Action[C Case] interface {
	// Event names the lifecycle event that the action fires. It may depend on
	// the action's own data, and on nothing else.
	Event() string

	// Apply writes the action's data on c, a copy that is dropped when
	// anything fails. It is pure: no clock, no I/O, nothing kept; time and IDs
	// come from act. It does not touch c's header. It returns an
	// *InvalidError when the action's data is wrong.
	Apply(act *Act, c C) error
}

// Addressed is an action on one instance of a track: on the part of one unit.
// Without it, an event of a track with Each is about the actor's own unit, or,
// when they act for none, about the actor.
type Addressed interface {
	Instance(a Actor) string
}

// Act is one act under way: what an action and its guards may know of the world.
type Act struct {
	Actor    Actor
	Roles    []string  // what the actor is towards this case, or the instance
	Role     string    // the one of Roles by which the act is allowed; "" while that is still being asked
	At       time.Time // UTC
	Command  string
	Event    string
	Instance string // of the track that the event is on; "" on the main line
	Argument string // of the guard being asked, from "name:argument"
	Action   any    // the action itself, for guards that look into it; nil when it is only asked what may be done

	Rules any // what the vocabulary's Rules gave for the case's body

	machine  *lifecycle.Machine
	header   *Header
	newID    func() string
	zone     *time.Location
	today    calendar.Date
	calendar *calendar.Calendar

	begun       []string // instances begun by the action
	consequence []firing
	claims      []string
	dates       map[string]calendar.Date
}

type firing struct{ event, of string }

// NewID returns a new unique ID.
func (a *Act) NewID() string { return a.newID() }

// Local returns the time of the act in the zone of the case's body.
func (a *Act) Local() time.Time { return a.At.In(a.zone) }

// Begin starts the instance of a track in its initial state, as when a unit is
// given its part. A track without Each needs no beginning. An instance that
// has begun stays where it is.
func (a *Act) Begin(track, of string) {
	a.begun = append(a.begun, lifecycle.Instance(track, of))
}

// Then has a further event fired in consequence of this one, by the system
// itself and after the action has been applied: 不满意 on a proposal reopens the
// part of a unit. of is the instance, "" on the main line. Should the machine
// refuse it, the whole act is refused.
func (a *Act) Then(event, of string) {
	a.consequence = append(a.consequence, firing{event, of})
}

// Claim takes a name that no other case may take, such as a case number, as
// long as the store lasts. An act that claims a taken name is refused with the
// blocker "taken".
func (a *Act) Claim(name string) { a.claims = append(a.claims, name) }

// SetDate gives the case a named date, such as the day on which an activity is
// to be held, for limits that count backward from it; a name made by
// lifecycle.Instance is of one instance only, such as the day by which an item
// is to be done. The zero date takes it away. Clocks that count from it move
// along.
func (a *Act) SetDate(name string, date calendar.Date) {
	if a.dates == nil {
		a.dates = make(map[string]calendar.Date)
	}
	a.dates[name] = date
}

func (a *Act) setDates() {
	for name, date := range a.dates {
		if date.IsZero() {
			delete(a.header.Dates, name)
			continue
		}
		if a.header.Dates == nil {
			a.header.Dates = make(map[string]calendar.Date)
		}
		a.header.Dates[name] = date
	}
}

// Today returns the date of the act in the zone of the case's body.
func (a *Act) Today() calendar.Date { return a.today }

// Calendar returns the calendar of the case's body; nil when it has none.
func (a *Act) Calendar() *calendar.Calendar { return a.calendar }

// Guard is asked whether an act may happen, before the action is applied, or,
// for an automatic transition, after it. It is pure and only reads c. It
// returns every reason against it, or nil.
type Guard[C Case] func(act *Act, c C) []Blocker

// act is what the action and its guards are told. Time never runs backwards in
// a history: when the machine that wrote last has a clock ahead of this one's,
// the act gets the time of the last entry.
func (e *Engine[C]) act(actor Actor, roles []string, d doing, event string, action any, m *lifecycle.Machine, h *Header) (*Act, error) {
	for _, w := range [...]struct {
		field, word string
		limit       int
	}{
		{"actor.id", actor.ID, MaxActor}, {"actor.body", actor.Body, store.MaxKey},
		{"actor.unit", actor.Unit, MaxActor}, {"command", d.command, store.MaxKey},
	} {
		if err := checkWord(w.field, w.word, w.limit); err != nil {
			return nil, err
		}
	}
	if d.at.Before(h.Changed) {
		if d.dated {
			return nil, Invalid("at", "too_early", "%s last changed at %s, after %s", h.ID, h.Changed.Format(time.RFC3339), d.at.Format(time.RFC3339))
		}
		d.at = h.Changed
	}
	if d.command == "" {
		d.command = e.newID()
	}
	zone := e.tree.Zone(h.Body)
	today, err := calendar.DateOf(d.at, zone)
	if err != nil {
		return nil, Invalid("at", "out_of_range", "%v", err)
	}
	act := &Act{
		Actor: actor, Roles: roles, At: d.at, Command: d.command, Event: event,
		Action: action, machine: m, header: h, newID: e.newID,
		zone: zone, today: today, calendar: e.CalendarFor(h.Body),
	}
	if e.rules != nil {
		act.Rules = e.rules(h.Body)
	}
	return act, nil
}
