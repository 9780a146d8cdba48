package consult

import (
	"context"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

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
// What was held counts by its date; platforms and checklists are as they stood
// at the end of that day.
func (s *Service) RollUp(ctx context.Context, body string, on calendar.Date) ([]Figures, error) {
	y, err := s.counted(ctx, body, on)
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
	for _, c := range y.platforms {
		count(c.Body, c.figures())
	}
	for _, a := range y.held {
		count(a.Body, figuresOf(a, on))
	}
	for _, item := range y.overdue {
		count(item.Body, Figures{Overdue: 1})
	}
	return figures, nil
}

// counted is what the figures of a year are counted from.
type counted struct {
	held      []*activity.Activity
	platforms []Compliance
	overdue   []ItemAt
}

func (s *Service) counted(ctx context.Context, body string, on calendar.Date) (c counted, err error) {
	if body == "" {
		return c, workflow.Invalid("body", "empty", "没有写明机构", "it is not said of which body")
	}
	y, err := s.year(ctx, body, on)
	if err != nil {
		return c, err
	}
	c.held = y.held
	if c.platforms, err = y.compliance(ctx, s); err != nil {
		return c, err
	}
	c.overdue, err = s.Overdue(ctx, body, on)
	return c, err
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

func figuresOf(a *activity.Activity, on calendar.Date) Figures {
	if a.On.IsZero() {
		return Figures{Undated: 1}
	}
	f := Figures{Held: 1}
	f.Opinions, f.OnSpot = a.Said(on)
	f.Items, f.Confirmed, f.Matters = a.Settled(on)
	if a.Backfilled {
		f.Backfilled = 1
	}
	for kind, n := range a.Present() {
		f.People += n
		if kind == rules.Member {
			f.Members += n
		}
	}
	return f
}
