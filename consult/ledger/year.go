package ledger

import (
	"cmp"
	"context"
	"slices"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/proposal/calendar"
)

// Year is the consultation of a body, and of those below it, in a year, as it stood on
// a day: flat rows, with keys where something is coded.
type Year struct {
	Platforms  []Platform
	Activities []Activity
	Items      []Item
}

// Platform is a platform and how it stands against its quota.
type Platform struct {
	ID, Body, Name, Kind string
	Open                 bool   // in service on the day
	Quota                int    // activities in each period; 0: none, or days of duty
	Per                  string // the period
	Held, Undated        int
	Asks, Due, Short     int
}

// Activity is one activity. Counts are of what was recorded one by one.
type Activity struct {
	ID, Body, Platform, PlatformName        string // Platform is an ID; "": a meeting of the conference itself
	Title, Form, State                      string
	On                                      calendar.Date
	Held, Backfilled, OnTopic               bool
	Present                                 map[string]int // by kind
	Opinions, Answered, OnSpot              int
	Requests, TakenUp, InPart, NotTaken     int // of units asked about opinions
	MinutesOn                               calendar.Date
	MinutesLate                             bool
	Outcomes                                []string // kinds
	Items, Confirmed, InTime, Overdue       int
	Matters, FollowUps, Satisfied, Returned int
	Published                               bool
}

// Item is an item of a checklist.
type Item struct {
	Activity, Title              string // ID and title of the activity
	ID, What                     string
	Unit, Account, Owner         string // of the owner, one or more of them
	Helpers                      []string
	State                        string
	Given, Due, Missed, Finished calendar.Date
	Reason                       string // why it was not feasible
	Practical                    bool
	Card                         string // yellow, red
	Satisfied, Returned          int    // residents polled
}

// Gather takes the year of a day out of a service, as it stands on that day, with the
// words in which it is written.
func Gather(ctx context.Context, svc *consult.Service, body string, on calendar.Date) (Year, Words, error) {
	l, err := svc.YearLedger(ctx, body, on)
	if err != nil {
		return Year{}, Words{}, err
	}
	words := wordsOf(svc, body)
	var y Year
	names := make(map[string]string)
	for _, c := range l.Platforms {
		names[c.Platform] = c.Name
		y.Platforms = append(y.Platforms, Platform{
			ID: c.Platform, Body: c.Body, Name: c.Name, Kind: c.Kind, Open: c.Open, Quota: c.Quota.N, Per: string(c.Quota.Per),
			Held: c.Held, Undated: c.Undated, Asks: c.Asks, Due: c.Due, Short: c.Short,
		})
	}
	for _, r := range l.Rows {
		words.States.add(r.State, r.StateLabel)
		words.Forms.add(r.Form, r.FormLabel)
		for i, kind := range r.Outcomes {
			words.Outcomes.add(kind, r.Produced[i])
		}
		y.Activities = append(y.Activities, activityOf(r, names[r.Platform]))
	}
	for _, i := range l.Items {
		y.Items = append(y.Items, itemOf(i, on))
	}
	slices.SortStableFunc(y.Items, func(a, b Item) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Activity, b.Activity)) })
	return y, words, nil
}

func activityOf(r consult.LedgerRow, platform string) Activity {
	a := Activity{
		ID: r.ID, Body: r.Body, Platform: r.Platform, PlatformName: platform, Title: r.Title, Form: r.Form, State: r.State, On: r.On,
		Held: r.Held, Backfilled: r.Backfilled, OnTopic: r.OnTopic, Opinions: r.Opinions, Answered: r.Answered, OnSpot: r.OnSpot,
		Requests: r.Adoption.Requests, TakenUp: r.Adoption.TakenUp, InPart: r.Adoption.InPart, NotTaken: r.Adoption.Not,
		MinutesOn: r.MinutesOn, MinutesLate: r.MinutesLate, Outcomes: r.Outcomes, Items: r.Items, Confirmed: r.Confirmed,
		InTime: r.InTime, Overdue: r.Overdue, Matters: r.Matters, FollowUps: r.FollowUps,
		Satisfied: int(r.Satisfied.Count), Returned: int(r.Satisfied.Base), Published: r.Published,
	}
	for kind, n := range r.Present {
		if n == 0 {
			continue
		}
		if a.Present == nil {
			a.Present = make(map[string]int)
		}
		a.Present[kind] = n
	}
	return a
}

func itemOf(i consult.ItemAt, on calendar.Date) Item {
	satisfied := i.Satisfied(on)
	item := Item{
		Activity: i.Activity, Title: i.Title, ID: i.ID, What: i.What, Unit: i.Owner.Unit, Account: i.Owner.Account, Owner: i.Owner.Name,
		State: i.State, Given: i.Given, Due: i.Due, Missed: i.Missed, Finished: i.Finished, Reason: i.Reason, Practical: i.Practical,
		Card: string(i.Card(on, i.State)), Satisfied: int(satisfied.Count), Returned: int(satisfied.Base),
	}
	for _, with := range i.With {
		item.Helpers = append(item.Helpers, with.Key())
	}
	return item
}
