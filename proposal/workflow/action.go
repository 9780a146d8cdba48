package workflow

import (
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// Action is something done to a case: a plain struct that anyone can define,
// whose fields are its data and go into the journal as JSON. A vocabulary knows
// it by its [ActionType]. C is the case, R the rules of its body.
type Action[C Case, R any] interface {
	// Event names the lifecycle event that the action fires. It may depend on
	// the action's own data, and on nothing else.
	Event() string

	// Apply writes the action's data on c, a copy that is dropped when
	// anything fails. It is pure: no clock, no I/O, nothing kept; time and IDs
	// come from act. It does not touch c's header. It returns an
	// *InvalidError when the action's data is wrong.
	Apply(act *Act[R], c C) error
}

// Addressed is an action on one instance of a track: on the part of one unit.
// Without it, an event of a track with Each is about the actor's own unit, or,
// when they act for none, about the actor.
type Addressed interface {
	Instance(a Actor) string
}

// Guard is asked whether an act may happen, before the action is applied, or,
// for an automatic transition, after it. It is pure and only reads c. It
// returns every reason against it, or nil. One that looks into the action
// refuses an action it does not know.
type Guard[C Case, R any] func(act *Act[R], c C) []Blocker

// Act is one act under way: what an action and its guards may know of the world.
type Act[R any] struct {
	Actor    Actor
	Roles    []string  // what the actor is towards this case, or the instance
	Role     string    // the one of Roles by which the act is allowed; "" while that is still being asked
	At       time.Time // UTC
	Command  string    // as the journal keeps it; see [CommandKey]
	Event    string
	Instance string // of the track that the event is on; "" on the main line
	Argument string // of the guard being asked, from "name:argument"
	Action   any    // the action itself, for guards that look into it; nil when it is only asked what may be done
	Rules    R      // of the case's body, as they hold at At

	offices  []string // that the actor holds, of those the case names
	machine  *lifecycle.Machine
	header   *Header
	newID    func() string
	recorded time.Time // UTC, by the engine's own clock
	zone     *time.Location
	today    calendar.Date
	calendar *calendar.Calendar

	late        []string  // limits whose day has passed for the event and that mark it
	lateSaid    []Blocker // the same in words, and those that only warn
	moves       []Move    // made by an act of the engine's own
	begun       []string  // instances begun by the action
	consequence []firing
	claims      []string
	dates       map[string]calendar.Date
	eraser      Eraser       // nil: the act erases nothing
	erased      []Erased     // entries whose content the act replaces
	replaced    []store.Line // the same, as they are from now on
}

type firing struct{ event, of string }

// NewID returns a new unique ID.
func (a *Act[R]) NewID() string { return a.newID() }

// Local returns the time of the act in the zone of the case's body.
func (a *Act[R]) Local() time.Time { return a.At.In(a.zone) }

// Today returns the date of the act in the zone of the case's body.
func (a *Act[R]) Today() calendar.Date { return a.today }

// Calendar returns the calendar of the case's body; nil when it has none.
func (a *Act[R]) Calendar() *calendar.Calendar { return a.calendar }

// Begin starts the instance of a track in its initial state, as when a unit is
// given its part. A track without Each needs no beginning. An instance that
// has begun stays where it is.
func (a *Act[R]) Begin(track, of string) {
	a.begun = append(a.begun, lifecycle.Instance(track, of))
}

// Then has a further event fired in consequence of this one, by the system
// itself and after the action has been applied: 不满意 on a proposal reopens the
// part of a unit. of is the instance, "" on the main line. If the machine
// refuses it, the whole act is refused.
func (a *Act[R]) Then(event, of string) {
	a.consequence = append(a.consequence, firing{event, of})
}

// Claim takes a name that no other case may take, such as a case number, as
// long as the store lasts. An act that claims a taken name is refused with the
// blocker "taken".
func (a *Act[R]) Claim(name string) { a.claims = append(a.claims, name) }

// SetDate gives the case a named date, such as the day on which an activity is
// to be held, for limits that count backward from it; a name made by
// lifecycle.Instance is of one instance only, such as the day by which an item
// is to be done. The zero date removes it. Clocks that count from it move along.
func (a *Act[R]) SetDate(name string, date calendar.Date) {
	if a.dates == nil {
		a.dates = make(map[string]calendar.Date)
	}
	a.dates[name] = date
}

func (a *Act[R]) setDates() {
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

// newAct is what an action and its guards are told. Time never runs backwards in
// a history: when the machine that wrote last has a clock ahead of this one's,
// the act gets the time of the last entry.
func (e *Engine[C, R]) newAct(actor Actor, d doing, event string, h *Header) (*Act[R], error) {
	for _, w := range [...]struct {
		field, word string
		limit       int
	}{
		{"actor.id", actor.ID, maxActor}, {"actor.body", actor.Body, store.MaxKey},
		{"actor.unit", actor.Unit, maxActor}, {"actor.for", actor.For, maxActor}, {"command", d.command, store.MaxKey},
	} {
		if err := checkWord(w.field, w.word, w.limit); err != nil {
			return nil, err
		}
	}
	machine, err := e.machineOf(h)
	if err != nil {
		return nil, err
	}
	if d.at.Before(h.Changed) {
		if d.dated {
			return nil, Invalid("at", "too_early", "%s最近一次变动在%s，晚于%s", "%s last changed at %s, after %s",
				h.ID, h.Changed.Format(time.RFC3339), d.at.Format(time.RFC3339))
		}
		d.at = h.Changed
	}
	if d.command == "" {
		d.command = e.newID()
	}
	act := &Act[R]{
		Actor: actor, At: d.at, Command: d.key(), Event: event,
		machine: machine, header: h, newID: e.newID, recorded: d.recorded,
	}
	return act, e.situate(act, h.Body)
}

// situate gives an act the rules and the calendar of a body, and its date there.
func (e *Engine[C, R]) situate(act *Act[R], body string) (err error) {
	act.zone, act.calendar = e.Zone(body), e.CalendarFor(body)
	if act.today, err = calendar.DateOf(act.At, act.zone); err != nil {
		return Invalid("at", "out_of_range", "%v", "%v", err)
	}
	act.Rules, err = e.rulesAt(body, act.At)
	return err
}
