package consult

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Compliance is how a platform stands against its quota in one year, on a day.
type Compliance struct {
	Body     string      `json:"body"`
	Platform string      `json:"platform"` // ID
	Name     string      `json:"name"`
	Kind     string      `json:"kind"`
	Open     bool        `json:"open"`              // in service on the day
	Quota    rules.Quota `json:"quota,omitzero"`    // zero: nothing is asked of it
	Held     int         `json:"held"`              // activities held in the year, by the day
	Undated  int         `json:"undated,omitempty"` // held, the source does not say when: counted nowhere else
	Asks     int         `json:"asks"`              // in the whole year
	Due      int         `json:"due"`               // by the day
	Short    int         `json:"short"`             // by how many, summed over the periods: more in one does not make up for another

	Targets []Met `json:"targets,omitempty"`
}

// Met is one period of a quota with what was done in it: activities held, or,
// of duty, whether somebody was there.
type Met struct {
	platform.Target
	Held int `json:"held"`
}

// Compliance tells how every platform of a body, and of those below it, stands on
// a day against its quota for that day's year, in order of body, name and ID.
// Activities entered after the fact count; those postponed or cancelled do not.
//
// A platform is what it was on that day, so that a report can be printed again:
// it differs from the first only by what has been entered since about days
// before. Quotas by kind are those of the rules in force now.
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
	held []*activity.Activity
}

func (s *Service) year(ctx context.Context, body string, on calendar.Date) (*year, error) {
	if on.IsZero() {
		return nil, workflow.Invalid("on", "empty", "没有写明日期", "it is not said on which day")
	}
	y := &year{body: body, on: on}
	where := append(s.within(body), is("year", strconv.Itoa(on.Year()), activity.UndatedYear))
	err := s.each(ctx, body, where, func(a *activity.Activity) error {
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
	err := s.Platforms.Each(ctx, func(p *platform.Platform) error {
		if y.body != "" && !tree.Covers(y.body, p.Body) {
			return nil
		}
		c, err := s.complies(ctx, p.As(y.on), y.on, days[p.ID])
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
func (s *Service) complies(ctx context.Context, p *platform.Platform, on calendar.Date, held []calendar.Date) (Compliance, error) {
	words, err := s.rulesOn(ctx, p.Body, on)
	if err != nil {
		return Compliance{}, err
	}
	c := Compliance{
		Body: p.Body, Platform: p.ID, Name: p.Name, Kind: p.Kind, Open: p.Open(on),
		Quota: p.QuotaIn(words), Held: len(held),
	}
	targets, err := p.Targets(c.Quota, on, s.Platforms.CalendarFor(p.Body))
	if err != nil {
		return c, fmt.Errorf("consult: quota of %s: %w", p.ID, err)
	}
	there := make(map[calendar.Date]bool)
	if c.Quota.Per == rules.PerDuty {
		for _, d := range p.Duties {
			there[d.On] = !d.On.After(on)
		}
		for _, d := range held {
			there[d] = true
		}
	}
	for _, t := range targets {
		m := Met{Target: t}
		if c.Quota.Per == rules.PerDuty {
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
