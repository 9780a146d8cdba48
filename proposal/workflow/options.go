package workflow

import (
	"crypto/sha256"
	"hash"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// Option sets up the engine of a vocabulary, or the engines of several. All
// vocabularies take the same options; one that is for cases, rules or a kind
// that none of them has is an error.
type Option interface{ apply(*settings) }

type settings struct {
	tree      *Tree
	now       func() time.Time
	mostAhead time.Duration
	newID     func() string
	idsByBody bool
	lag       time.Duration
	room      Room
	sealer    sealer
	older     []sealer
	observers []Observer
	witnesses []RefusalObserver
	refusals  *RefusalLimits // nil: none are kept
	calendars map[string]*calendar.Calendar
	own       []ownOption
}

// ownOption is an option for the vocabulary that has a kind or types.
type ownOption struct {
	name  string // of a guard; a kind; a body
	what  string // for messages
	value any
	taken bool
}

// use says which definition the new cases of a body get.
type use struct{ body, definition string }

type optionFunc func(*settings)

func (f optionFunc) apply(s *settings) { f(s) }

func ownOptionOf(name, what string, value any) Option {
	return optionFunc(func(s *settings) { s.own = append(s.own, ownOption{name: name, what: what, value: value}) })
}

// WithDefinition adds a lifecycle, or another version of one, for the cases of a
// kind. Cases get it by [WithUse].
func WithDefinition(kind string, d lifecycle.Definition) Option {
	return ownOptionOf(kind, "definition "+d.Name, d)
}

// WithUse gives the new cases of a kind in a body, and in the bodies below it,
// the lifecycle of that name in its highest version; body "" is every body. A
// name@version pins them to that version, as while a program that knows a higher one
// runs beside one that does not.
func WithUse(kind, body, name string) Option {
	return ownOptionOf(kind, "use of "+name, use{body, name})
}

// WithAction adds an action of one's own, for an event of its own or beside the
// vocabulary's action for that event. A guard that looks into an action refuses
// one that it does not know.
func WithAction[C Case, R any](a ActionType[C, R]) Option {
	return ownOptionOf(a.Event, "action "+a.Event, a)
}

// WithGuard adds a guard, which definitions then may name, or replaces one.
func WithGuard[C Case, R any](name string, g Guard[C, R]) Option {
	return ownOptionOf(name, "guard "+name, g)
}

// WithRelation adds a relation, which definitions then may name as a role.
func WithRelation[C Case](r Relation[C]) Option {
	return ownOptionOf(r.Name, "relation "+r.Name, r)
}

// WithList adds a list of one's own, kept like those of the vocabulary. Cases
// that were there before are on it from their next act on, or when
// [Engine.Reindex] has been over them.
func WithList[C Case](l List[C]) Option { return ownOptionOf(l.Key, "list "+l.Key, l) }

// WithAttribute adds an attribute of one's own, by which cases are then asked for,
// ordered and counted; of returns a case's values of it, none or several, purely.
// Cases that were there before have it from their next act on, or when
// [Engine.Reindex] has been over them.
func WithAttribute[C Case](a Attribute, of func(c C) []string) Option {
	return ownOptionOf(a.Name, "attribute "+a.Name, ownAttribute[C]{a, of})
}

type ownAttribute[C Case] struct {
	Attribute
	of func(c C) []string
}

// WithRules sets the rules of a body, and of the bodies below it that have none
// of their own; body "" is every body.
func WithRules[R any](body string, rules R) Option {
	of := body
	if of == "" {
		of = "every body"
	}
	return ownOptionOf(body, "rules of "+of, rules)
}

// WithTree sets the bodies of the deployment. Without it every body stands
// alone and dates are in the time zone of its calendar: with China's in China's.
func WithTree(t *Tree) Option { return optionFunc(func(s *settings) { s.tree = t }) }

// WithCalendar sets the calendar of a body and of the bodies below it that have
// none of their own; body "" is every body. A definition's limits in working
// days have no due date without one.
func WithCalendar(body string, cal *calendar.Calendar) Option {
	return optionFunc(func(s *settings) { s.calendars[body] = cal })
}

// WithMostAhead sets how far after the engine's own time an act may be dated by
// [Happened]; the default is 24 hours, since the clocks of two machines differ and
// it is tomorrow elsewhere. Zero refuses every time that is still to come.
func WithMostAhead(most time.Duration) Option {
	return optionFunc(func(s *settings) { s.mostAhead = most })
}

// WithAdoptionLag sets how long after it was recorded an adoption holds at the
// soonest; the default is a minute. An engine reads anew what has been adopted when
// half of it has passed, so that acts cost no reading of their own and every process
// obeys in time: give all processes on a store the same, well above what their clocks
// differ by and a commit may take. Zero reads it for every act.
func WithAdoptionLag(lag time.Duration) Option {
	return optionFunc(func(s *settings) { s.lag = lag })
}

// WithNow sets what tells the time; the default is time.Now.
func WithNow(now func() time.Time) Option { return optionFunc(func(s *settings) { s.now = now }) }

// WithIDs sets how IDs are made: short, printable, unique for good. The default
// is a UUID of version 7, which sorts by time. Salts come from it too: where it can
// be guessed, so can short data that was erased.
func WithIDs(newID func() string) Option { return optionFunc(func(s *settings) { s.newID = newID }) }

// WithIDsByBody begins the ID of each new case with its body and a dot: cases of a body
// then lie together in the store, and its tables can be partitioned by body. The IDs
// of cases of before stay as they are.
func WithIDsByBody() Option { return optionFunc(func(s *settings) { s.idsByBody = true }) }

// WithHash sets the algorithm of digests and hashes; the default is "sha256".
// Give SM3 where the state's own is wanted, or an HMAC so that nobody without
// the key can write a history that verifies. Entries remember the name: to go
// on verifying what an earlier algorithm sealed, "sha256" too, give that one by
// [WithOldHash]. A hash has at most 64 bytes.
func WithHash(name string, newHash func() hash.Hash) Option {
	return optionFunc(func(s *settings) { s.sealer = newSealer(name, newHash) })
}

// WithOldHash names an algorithm that earlier entries were sealed with. In one
// history it cannot come back after the one of [WithHash]; still, what it alone
// has sealed is only as safe as it is.
func WithOldHash(name string, newHash func() hash.Hash) Option {
	return optionFunc(func(s *settings) { s.older = append(s.older, newSealer(name, newHash)) })
}

// WithObserver adds an observer.
func WithObserver(o Observer) Option {
	return optionFunc(func(s *settings) { s.observers = append(s.observers, o) })
}

// settle collects options over the defaults.
func settle(options []Option) (*settings, error) {
	s := &settings{
		now: time.Now, mostAhead: 24 * time.Hour, newID: newUUID, lag: time.Minute, room: defaultRoom(), sealer: newSealer("sha256", sha256.New),
		calendars: make(map[string]*calendar.Calendar),
	}
	for _, o := range options {
		if o != nil {
			o.apply(s)
		}
	}
	return s, s.check()
}

// check finds options that cannot work.
func (s *settings) check() error {
	if s.now == nil || s.newID == nil {
		return Invalid("options", "empty", "计时或编号的程序为空", "what tells the time, or what makes IDs, is nil")
	}
	if s.lag < 0 {
		return Invalid("options", "out_of_range", "施行的最短间隔为负：%v", "an adoption holds %v after it was recorded, which is before", s.lag)
	}
	if err := s.room.check(); err != nil {
		return err
	}
	if s.mostAhead < 0 {
		return Invalid("options", "out_of_range", "允许超前的时间为负：%v", "an act may be dated %v ahead, which is less than nothing", s.mostAhead)
	}
	for _, seal := range append(slices.Clone(s.older), s.sealer) {
		switch {
		case seal.name == "" || seal.make == nil:
			return Invalid("hash", "empty", "算法%q没有名称或程序", "the algorithm %q has no name, or nothing that makes it", seal.name)
		case 2*seal.make().Size() > store.MaxKey:
			return Invalid("hash", "too_long", "%q超过%d字节", "%q gives more than %d bytes", seal.name, store.MaxKey/2)
		}
	}
	if slices.ContainsFunc(s.observers, func(o Observer) bool { return o == nil }) {
		return Invalid("options", "empty", "观察者为空", "an observer is nil")
	}
	if slices.ContainsFunc(s.witnesses, func(o RefusalObserver) bool { return o == nil }) {
		return Invalid("options", "empty", "观察者为空", "an observer is nil")
	}
	if s.refusals != nil {
		limits, err := s.refusals.settled()
		if err != nil {
			return err
		}
		s.refusals = &limits
	}
	for _, body := range slices.Sorted(maps.Keys(s.calendars)) {
		if err := s.tree.known("calendar", body); err != nil {
			return err
		}
	}
	return nil
}

// leftover finds an option that no vocabulary has taken.
func (s *settings) leftover(kinds []string) error {
	for _, o := range s.own {
		if o.taken {
			continue
		}
		pointerZH, pointerEN := "", ""
		if reflect.ValueOf(o.value).Kind() == reflect.Pointer {
			pointerZH, pointerEN = "；应传值，不传指针", "; hand in the value, not a pointer to it"
		}
		return Invalid("options", "unknown", "%[1]s（%[2]s）不适用于任何一类：%[3]v%[4]s", "%[1]s (%[2]s) is for none of the kinds %[3]v%[5]s",
			o.what, typeName(o.value), kinds, pointerZH, pointerEN)
	}
	return nil
}

func newUUID() string {
	id, err := uuid.NewV7()
	if err != nil { // the system has no randomness
		return ""
	}
	return id.String()
}
