package consult

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Compliance is how a platform stands against its quota in one year, on a day.
type Compliance struct {
	Body     string `json:"body"`
	Platform string `json:"platform"` // ID
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Open     bool   `json:"open"`              // in service on the day
	Quota    Quota  `json:"quota,omitzero"`    // zero: nothing is asked of it
	Held     int    `json:"held"`              // activities held in the year, by the day
	Undated  int    `json:"undated,omitempty"` // held, the source does not say when: counted nowhere else
	Asks     int    `json:"asks"`              // in the whole year
	Due      int    `json:"due"`               // by the day
	Short    int    `json:"short"`             // by how many, summed over the periods: more in one does not make up for another

	Targets []Met `json:"targets,omitempty"`
}

// Met is one period of a quota with what was done in it: activities held, or,
// of duty, whether somebody was there.
type Met struct {
	Target
	Held int `json:"held"`
}

// undatedYear is the year by which activities without a date are found.
const undatedYear = "undated"

// Compliance tells how every platform of a body, and of those below it, stands on
// a day against its quota for that day's year, in order of body, name and ID.
// Activities entered after the fact count; those postponed or cancelled do not.
func (s *Service) Compliance(ctx context.Context, body string, on calendar.Date) ([]Compliance, error) {
	y, err := s.year(ctx, body, on)
	if err != nil {
		return nil, err
	}
	return y.compliance(ctx, s)
}

// year is what was held in a body and below it in the year of a day.
type year struct {
	body string
	on   calendar.Date
	held []*Activity
}

func (s *Service) year(ctx context.Context, body string, on calendar.Date) (*year, error) {
	if on.IsZero() {
		return nil, workflow.Invalid("on", "empty", "没有写明日期", "it is not said on which day")
	}
	y := &year{body: body, on: on}
	where := append(s.within(body), is("year", strconv.Itoa(on.Year()), undatedYear))
	err := s.each(ctx, body, where, func(a *Activity) error {
		if a.On.IsZero() || !a.On.After(on) {
			y.held = append(y.held, a)
		}
		return nil
	})
	return y, err
}

func (y *year) compliance(ctx context.Context, s *Service) ([]Compliance, error) {
	days := make(map[string][]calendar.Date) // by platform
	undated := make(map[string]int)
	for _, a := range y.held {
		if a.On.IsZero() {
			undated[a.Platform]++
		} else {
			days[a.Platform] = append(days[a.Platform], a.On)
		}
	}
	var report []Compliance
	tree := s.Platforms.Tree()
	err := s.Platforms.Each(ctx, func(p *Platform) error {
		if y.body != "" && !tree.Covers(y.body, p.Body) {
			return nil
		}
		c, err := s.complies(p, y.on, days[p.ID])
		if err != nil {
			return err
		}
		c.Undated = undated[p.ID]
		report = append(report, c)
		return nil
	}, s.within(y.body)...)
	slices.SortStableFunc(report, func(a, b Compliance) int {
		return cmp.Or(cmp.Compare(a.Body, b.Body), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Platform, b.Platform))
	})
	return report, err
}

// complies holds the days on which activities were held against the quota.
func (s *Service) complies(p *Platform, on calendar.Date, held []calendar.Date) (Compliance, error) {
	c := Compliance{
		Body: p.Body, Platform: p.ID, Name: p.Name, Kind: p.Kind, Open: p.Open(on),
		Quota: p.QuotaIn(s.Rules(p.Body)), Held: len(held),
	}
	targets, err := c.Quota.targets(on.Year(), on, p.Open, s.Platforms.CalendarFor(p.Body))
	if err != nil {
		return c, fmt.Errorf("consult: quota of %s: %w", p.ID, err)
	}
	there := make(map[calendar.Date]bool)
	if c.Quota.Per == PerDuty {
		for _, d := range p.Duties {
			there[d.On] = !d.On.After(on)
		}
		for _, d := range held {
			there[d] = true
		}
	}
	for _, t := range targets {
		m := Met{Target: t}
		if c.Quota.Per == PerDuty {
			if there[t.From] {
				m.Held = 1
			}
		} else {
			for _, d := range held {
				if !d.Before(t.From) && !d.After(t.To) {
					m.Held++
				}
			}
		}
		c.Asks += t.Asks
		c.Due += t.Due
		c.Short += max(0, t.Due-m.Held)
		c.Targets = append(c.Targets, m)
	}
	return c, nil
}

// Figures are the figures of one body, with those of every body below it.
type Figures struct {
	Body       string `json:"body"`
	Platforms  int    `json:"platforms"`  // in service on the day
	Bound      int    `json:"bound"`      // platforms, in service or not, of which a quota asks something this year
	Kept       int    `json:"kept"`       // of those: not short
	Asks       int    `json:"asks"`       // by all quotas, in the whole year
	Due        int    `json:"due"`        // by the day
	Short      int    `json:"short"`      // summed over platforms: more at one does not make up for another
	Held       int    `json:"held"`       // activities held in the year, on platforms and elsewhere
	Backfilled int    `json:"backfilled"` // of those: entered after the fact
	Undated    int    `json:"undated"`    // held, nobody knows when: counted nowhere else
	People     int    `json:"people"`     // attendances
	Members    int    `json:"members"`    // of those: members'
	Opinions   int    `json:"opinions"`
	OnSpot     int    `json:"on_spot"`   // responses given on the spot
	Items      int    `json:"items"`     // on the checklists of those activities
	Confirmed  int    `json:"confirmed"` // of those
	Matters    int    `json:"matters"`   // practical matters among the confirmed
	Overdue    int    `json:"overdue"`   // items of whatever year that are overdue on the day
}

func (f *Figures) add(g Figures) {
	f.Platforms += g.Platforms
	f.Bound += g.Bound
	f.Kept += g.Kept
	f.Asks += g.Asks
	f.Due += g.Due
	f.Short += g.Short
	f.Held += g.Held
	f.Backfilled += g.Backfilled
	f.Undated += g.Undated
	f.People += g.People
	f.Members += g.Members
	f.Opinions += g.Opinions
	f.OnSpot += g.OnSpot
	f.Items += g.Items
	f.Confirmed += g.Confirmed
	f.Matters += g.Matters
	f.Overdue += g.Overdue
}

// RollUp returns the figures of a body and of every body below it, each with all
// that is below it, in the order of the tree: the year of a day, up to that day.
// What was held counts by its date; checklists are as they stand now.
func (s *Service) RollUp(ctx context.Context, body string, on calendar.Date) ([]Figures, error) {
	if body == "" {
		return nil, workflow.Invalid("body", "empty", "没有写明机构", "it is not said of which body")
	}
	y, err := s.year(ctx, body, on)
	if err != nil {
		return nil, err
	}
	platforms, err := y.compliance(ctx, s)
	if err != nil {
		return nil, err
	}
	overdue, err := s.Overdue(ctx, body, on)
	if err != nil {
		return nil, err
	}
	bodies := s.Activities.Tree().Below(body)
	figures := make([]Figures, len(bodies))
	place := make(map[string]int, len(bodies))
	for i, b := range bodies {
		figures[i].Body, place[b] = b, i
	}
	count := func(at string, f Figures) {
		for _, above := range s.Activities.Tree().Path(at) {
			if i, ok := place[above]; ok {
				figures[i].add(f)
			}
		}
	}
	for _, c := range platforms {
		count(c.Body, c.figures())
	}
	for _, a := range y.held {
		count(a.Body, a.figures())
	}
	for _, item := range overdue {
		count(item.Body, Figures{Overdue: 1})
	}
	return figures, nil
}

func (c Compliance) figures() Figures {
	f := Figures{Asks: c.Asks, Due: c.Due, Short: c.Short}
	if c.Open {
		f.Platforms = 1
	}
	if c.Asks > 0 {
		f.Bound = 1
		if c.Short == 0 {
			f.Kept = 1
		}
	}
	return f
}

func (a *Activity) figures() Figures {
	if a.On.IsZero() {
		return Figures{Undated: 1}
	}
	f := Figures{Held: 1, Opinions: len(a.Opinions), Items: len(a.Items), Confirmed: a.confirmedItems(), Matters: a.PracticalMatters()}
	if a.Backfilled {
		f.Backfilled = 1
	}
	for kind, n := range a.Present() {
		f.People += n
		if kind == Member {
			f.Members += n
		}
	}
	for _, r := range a.Responses {
		if r.OnSpot {
			f.OnSpot++
		}
	}
	return f
}
