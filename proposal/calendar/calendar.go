package calendar

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Spec describes a calendar to [New].
type Spec struct {
	// Name is what errors and traces call the calendar. Required.
	Name string
	// Weekend lists the weekly days off. Nil means Saturday and Sunday; an
	// empty, non-nil slice means that there are none. At least one day of the
	// week must be left.
	Weekend []time.Weekday
	// Notices make their years known, in the order they were issued: where two
	// list the same day the later one holds.
	Notices []Notice
	// Days lists days of a calendar that is given in full. Such a calendar
	// knows every year, and has no notices.
	Days []ListedDay
	// Complete says that the calendar is given in full although Days may be
	// empty: a plain five-day week knows every year.
	Complete bool
	// Hours lists the hours of work of a working day, in order and without overlap,
	// for limits in working hours. None: such a limit cannot be counted. The State
	// Council's rule says how many there are, eight a day, and not which.
	Hours []Shift
	// Zone is the time zone in which its days begin and end, for bodies that
	// state none of their own. Nil: none.
	Zone *time.Location
}

// Calendar tells working days from days off. It is immutable, safe for
// concurrent use and passed as a pointer; a nil Calendar knows nothing and
// answers with an error of code no_calendar.
type Calendar struct {
	name    string
	week    week
	spec    Spec    // its slices are never handed out or changed
	layers  []layer // in order of their application
	known   []span  // runs of known days, in order, not touching
	listed  []fact  // all listed days that hold, by date
	changes changes // those of them that differ from the weekend rule
}

type layer struct {
	name string
	days []ListedDay
}

type span struct{ first, last Date }

// New builds a calendar. It refuses a name that is empty, a weekend that
// leaves no working day, a day listed both as off and as work in one place,
// and a notice that lists days more than a year away from its own.
func New(spec Spec) (*Calendar, error) {
	if spec.Name == "" {
		return nil, invalid(CodeInvalidCalendar, "日历缺少名称", "the calendar has no name")
	}
	if len(spec.Days) > 0 && len(spec.Notices) > 0 {
		return nil, invalid(CodeInvalidCalendar, "日历不能既逐日给全又依据通知", "a calendar has either days given in full or notices, not both")
	}
	spec.Complete = spec.Complete || len(spec.Days) > 0
	spec.Weekend = slices.Clone(spec.Weekend)
	spec.Days = slices.Clone(spec.Days)
	spec.Hours = slices.Clone(spec.Hours)
	if err := validateShifts(spec.Hours); err != nil {
		return nil, err
	}
	spec.Notices = cloneNotices(spec.Notices)
	return build(spec, nil)
}

// With returns the calendar extended by later notices; c is unchanged. Days
// they list hold over those of earlier notices and under those of layers.
func (c *Calendar) With(notices ...Notice) (*Calendar, error) {
	if c == nil {
		return nil, noCalendar()
	}
	if len(c.spec.Days) > 0 {
		return nil, invalid(CodeInvalidCalendar,
			fmt.Sprintf("日历%q已逐日给全，不再依据通知", c.name),
			fmt.Sprintf("calendar %q is given in full and takes no notices", c.name))
	}
	spec := c.spec
	spec.Notices = slices.Concat(spec.Notices, cloneNotices(notices))
	return build(spec, c.layers)
}

// Layer returns the calendar of a part of the jurisdiction, such as a unit
// (单位) with closing days of its own: the given days hold over everything c
// says, and the known years stay those of c. Its name is that of c, a slash
// and the given name. C is unchanged.
func (c *Calendar) Layer(name string, days ...ListedDay) (*Calendar, error) {
	if c == nil {
		return nil, noCalendar()
	}
	if name == "" {
		return nil, invalid(CodeInvalidCalendar, "日历的叠加层缺少名称", "the calendar layer has no name")
	}
	return build(c.spec, append(slices.Clone(c.layers), layer{name, slices.Clone(days)}))
}

// Name returns the calendar's name, with the names of its layers.
func (c *Calendar) Name() string {
	if c == nil {
		return ""
	}
	return c.name
}

// Zone returns the time zone in which the calendar's days begin and end; nil
// when it states none.
func (c *Calendar) Zone() *time.Location {
	if c == nil {
		return nil
	}
	return c.spec.Zone
}

// Version returns the number of notices and layers the calendar rests on. It
// grows when a notice is added, so that of two calendars of one name the one
// with the higher version is the later.
func (c *Calendar) Version() int {
	if c == nil {
		return 0
	}
	return len(c.spec.Notices) + len(c.layers)
}

// Notices returns a copy of the notices the calendar rests on, in order.
func (c *Calendar) Notices() []Notice {
	if c == nil {
		return nil
	}
	return cloneNotices(c.spec.Notices)
}

// Knows reports whether the calendar can judge the days of the year.
func (c *Calendar) Knows(year int) bool {
	if c == nil || year < 1 || year > 9999 {
		return false
	}
	first := civil(year, 1, 1)
	_, ok := c.run(first)
	return ok
}

// Years returns the first and the last known year, and zeros when there is
// none. Years between them may be unknown.
func (c *Calendar) Years() (first, last int) {
	if c == nil || len(c.known) == 0 {
		return 0, 0
	}
	return c.known[0].first.Year(), c.known[len(c.known)-1].last.Year()
}

func build(spec Spec, layers []layer) (*Calendar, error) {
	c := &Calendar{name: spec.Name, spec: spec, layers: layers}
	weekend := spec.Weekend
	if weekend == nil {
		weekend = []time.Weekday{time.Saturday, time.Sunday}
	}
	var err error
	if c.week, err = newWeek(weekend); err != nil {
		return nil, err
	}
	if err = validateDays(spec.Days); err != nil {
		return nil, err
	}
	facts := make(map[Date]fact)
	for _, d := range spec.Days {
		facts[d.Date] = fact{d, -1, ""}
	}
	years := make([]int, 0, len(spec.Notices))
	for i, n := range spec.Notices {
		if err = n.validate(); err != nil {
			return nil, err
		}
		years = append(years, n.Year)
		for _, d := range n.Days {
			facts[d.Date] = fact{d, i, ""}
		}
	}
	for _, l := range layers {
		if err = validateDays(l.days); err != nil {
			return nil, fmt.Errorf("layer %s: %w", strconv.Quote(l.name), err)
		}
		c.name += "/" + l.name
		for _, d := range l.days {
			facts[d.Date] = fact{d, -1, l.name}
		}
	}
	c.known = knownSpans(years, spec.Complete)
	c.listed = make([]fact, 0, len(facts))
	for _, f := range facts {
		c.listed = append(c.listed, f)
	}
	slices.SortFunc(c.listed, func(a, b fact) int { return a.Date.Compare(b.Date) })
	c.changes = newChanges(c.week, c.listed)
	return c, nil
}

func knownSpans(years []int, complete bool) []span {
	if complete {
		return []span{{Date{1}, Date{maxDay}}}
	}
	slices.Sort(years)
	var spans []span
	for _, y := range slices.Compact(years) {
		first, last := civil(y, 1, 1), civil(y, 12, 31)
		if k := len(spans) - 1; k >= 0 && spans[k].last.n+1 == first.n {
			spans[k].last = last
			continue
		}
		spans = append(spans, span{first, last})
	}
	return spans
}

// run returns the run of known days that holds d.
func (c *Calendar) run(d Date) (span, bool) {
	for _, s := range c.known {
		if d.n <= s.last.n {
			return s, d.n >= s.first.n
		}
	}
	return span{}, false
}

func (c *Calendar) unknown(d Date) error {
	return &UnknownYearError{Calendar: c.name, Year: d.Year()}
}

func cloneNotices(notices []Notice) []Notice {
	out := slices.Clone(notices)
	for i := range out {
		out[i].Days = slices.Clone(out[i].Days)
	}
	return out
}

func noCalendar() error { return invalid(CodeNoCalendar, "缺少日历", "a calendar is missing") }
