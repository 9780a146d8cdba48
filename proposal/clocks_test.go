package proposal_test

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// desk is a service with a clock on the wall that tests move.
type desk struct {
	*proposal.Service
	t     *testing.T
	now   time.Time
	cases int // filed so far: the last case number
}

var shanghai = time.FixedZone("CST", 8*60*60)

func newDesk(t *testing.T, at string) *desk {
	t.Helper()
	d := &desk{t: t}
	d.set(at)
	tree, err := workflow.NewTree(workflow.Body{ID: "yinchuan", Zone: shanghai})
	require.NoError(t, err)
	d.Service, err = proposal.New(memory.New(), workflow.WithTree(tree),
		workflow.WithNow(func() time.Time { return d.now }))
	require.NoError(t, err)
	return d
}

// set puts the clock on a local time such as "2024-01-31 10:00".
func (d *desk) set(at string) {
	d.t.Helper()
	now, err := time.ParseInLocation("2006-01-02 15:04", at, shanghai)
	require.NoError(d.t, err)
	d.now = now
}

var (
	clerkOf = func(unit string) proposal.Actor {
		return proposal.Actor{ID: "clerk of " + unit, Body: "yinchuan", Unit: unit}
	}
	chiefOf = func(unit string) proposal.Actor {
		return proposal.Actor{ID: "chief of " + unit, Body: "yinchuan", Unit: unit}
	}
	aMember    = proposal.Actor{ID: "m-1", Body: "yinchuan", Roles: []string{"member"}}
	aCommittee = proposal.Actor{ID: "c-1", Body: "yinchuan", Roles: []string{"committee"}}
	anOffice   = proposal.Actor{ID: "o-1", Body: "yinchuan", Roles: []string{"office"}}
	anAdmin    = proposal.Actor{ID: "a-1", Body: "yinchuan", Roles: []string{workflow.Administrator}}
)

// assigned files a proposal and assigns it to a lead with one co-unit.
func (d *desk) assigned() *proposal.Proposal {
	d.t.Helper()
	ctx := context.Background()
	p, err := d.Open(ctx, aMember, proposal.Draft{Title: "小店经济"})
	require.NoError(d.t, err)
	d.cases++
	for _, s := range []struct {
		actor  proposal.Actor
		action proposal.Action
	}{
		{aMember, proposal.Submit{}},
		{aCommittee, proposal.File{Number: strconv.Itoa(d.cases)}},
		{anOffice, proposal.Assign{Lead: "market", Co: []string{"banking"}}},
	} {
		p = d.do(s.actor, p.ID, s.action)
	}
	return p
}

func (d *desk) do(actor proposal.Actor, id string, action proposal.Action) *proposal.Proposal {
	d.t.Helper()
	p, err := d.Do(context.Background(), actor, id, action)
	require.NoError(d.t, err)
	return p
}

func clockOf(t *testing.T, p *proposal.Proposal, limit, of string) workflow.Clock {
	t.Helper()
	for _, c := range p.Clocks {
		if c.Limit == limit && c.Of == of {
			return c
		}
	}
	require.Failf(t, "no clock", "%s of %q", limit, of)
	return workflow.Clock{}
}

func date(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	require.NoError(t, err)
	return d
}

func TestEachPartHasItsOwnClock(t *testing.T) {
	d := newDesk(t, "2024-01-31 23:59") // in UTC it is still the afternoon
	p := d.assigned()

	require.Equal(t, date(t, "2024-04-30"), clockOf(t, p, "reply", "market").Due, "three months are not ninety days")
	require.Equal(t, date(t, "2024-04-10"), clockOf(t, p, "co_opinion", "banking").Due, "20 days before the lead's deadline")
	require.Equal(t, date(t, "2024-02-18"), clockOf(t, p, "objection", "market").Due, "a weekend day that is worked is a working day")
	for _, c := range p.Clocks {
		require.False(t, c.Limit == "reply" && c.Of == "banking", "a co-unit does not answer the proposer")
	}

	d.set("2024-02-05 09:00")
	p = d.do(clerkOf("market"), p.ID, proposal.Accept{})
	require.False(t, clockOf(t, p, "objection", "market").Running())
	require.True(t, clockOf(t, p, "objection", "banking").Running(), "the other unit's clock goes on")
}

func TestTheLocalDateCounts(t *testing.T) {
	late := newDesk(t, "2024-02-01 00:01") // in UTC still 31 January
	require.Equal(t, date(t, "2024-05-01"), clockOf(t, late.assigned(), "reply", "market").Due)
}

func TestTheDueDayIsInTime(t *testing.T) {
	d := newDesk(t, "2024-01-31 10:00")
	p := d.assigned()
	d.set("2024-04-30 23:59")
	over, err := d.Overdue(context.Background(), d.now)
	require.NoError(t, err)
	require.Empty(t, only(over, "reply"))
	d.set("2024-05-01 00:01")
	over, err = d.Overdue(context.Background(), d.now)
	require.NoError(t, err)
	require.Equal(t, []string{p.ID}, only(over, "reply"))
}

func only(deadlines []workflow.Deadline[*proposal.Proposal], limit string) []string {
	var ids []string
	for _, d := range deadlines {
		if d.Limit == limit {
			ids = append(ids, d.ID)
		}
	}
	return ids
}

func TestPausedDaysDoNotCount(t *testing.T) {
	d := newDesk(t, "2024-01-31 10:00")
	p := d.assigned()
	d.set("2024-03-01 10:00")
	d.do(clerkOf("market"), p.ID, proposal.Accept{})
	p = d.do(anOffice, p.ID, proposal.Suspend{Unit: "market", Reason: "等待提案者补充材料"})
	require.Equal(t, date(t, "2024-07-31"), clockOf(t, p, "reply", "market").Due, "a pause of three months at the most")
	d.set("2024-03-11 10:00")
	p = d.do(clerkOf("market"), p.ID, proposal.Continue{})
	require.Equal(t, date(t, "2024-05-10"), clockOf(t, p, "reply", "market").Due, "ten days were paused")
	require.Equal(t, date(t, "2024-04-20"), clockOf(t, p, "co_opinion", "banking").Due, "the co-unit's deadline moves along")
}

// Waiting for the proposer and for a hearing at once: the clock runs again when
// both have come, not when the first has.
func TestAClockHeldForTwoReasonsWaitsForBoth(t *testing.T) {
	place := proposal.Nine()
	place.Name = "two_reasons"
	place.Tracks = append(place.Tracks, lifecycle.Track{
		Key: "hearing", Initial: "none",
		States: []lifecycle.State{{Key: "none", Final: true}, {Key: "called"}},
		Transitions: []lifecycle.Transition{
			{Event: "call_hearing", From: []string{"none"}, To: "called", Roles: []string{"office"}},
			{Event: "hold_hearing", From: []string{"called"}, To: "none", Roles: []string{"office"}},
		},
	})
	for i := range place.Limits {
		if place.Limits[i].Key == "reply" {
			place.Limits[i].Pause = []string{"suspend", "call_hearing"}
			place.Limits[i].Resume = []string{"continue", "hold_hearing"}
			place.Limits[i].LongestPause = ""
		}
	}
	d := newDesk(t, "2024-03-01 10:00")
	var err error
	d.Service, err = proposal.New(memory.New(), workflow.WithDefinition(proposal.Kind, place), workflow.WithUse(proposal.Kind, "", "two_reasons"),
		workflow.WithAction(workflow.Describe(bare{"call_hearing"}, "", "")), workflow.WithAction(workflow.Describe(bare{"hold_hearing"}, "", "")),
		workflow.WithNow(func() time.Time { return d.now }))
	require.NoError(t, err)
	p := d.assigned()
	d.do(clerkOf("market"), p.ID, proposal.Accept{})
	due := func(p *proposal.Proposal) calendar.Date { return clockOf(t, p, "reply", "market").Due }

	d.set("2024-03-11 10:00")
	d.do(anOffice, p.ID, proposal.Suspend{Unit: "market", Reason: "等待提案者补充材料"})
	d.set("2024-03-12 10:00")
	d.do(anOffice, p.ID, bare{"call_hearing"})
	d.set("2024-03-14 10:00")
	p = d.do(clerkOf("market"), p.ID, proposal.Continue{})
	require.Zero(t, due(p), "the hearing has not been held")
	d.set("2024-03-21 10:00")
	p = d.do(anOffice, p.ID, bare{"hold_hearing"})
	require.Equal(t, date(t, "2024-06-11"), due(p), "ten days were paused, not thirteen and not three")
	require.Empty(t, clockOf(t, p, "reply", "market").Held)
}

// The due date of three months needs no notice, the warning five working days
// before it does: it and all alarms after it wait for the notice, and come once
// the clocks have been recounted.
func TestAlarmsThatWaitedForANoticeComeAfterARecount(t *testing.T) {
	ctx := context.Background()
	place := proposal.Nine()
	place.Name = "workday_warning"
	for i := range place.Limits {
		if place.Limits[i].Key == "reply" {
			place.Limits[i].Warnings = []lifecycle.Warning{{Key: "red", Before: "5 workdays"}}
		}
	}
	week, err := calendar.New(calendar.Spec{Name: "test", Notices: []calendar.Notice{{Year: 2024}}})
	require.NoError(t, err)
	st := memory.New()
	d := &desk{t: t}
	d.set("2024-11-29 10:00")
	open := func(cal *calendar.Calendar) {
		d.Service, err = proposal.New(st, workflow.WithDefinition(proposal.Kind, place), workflow.WithUse(proposal.Kind, "", "workday_warning"),
			workflow.WithCalendar("", cal), workflow.WithNow(func() time.Time { return d.now }))
		require.NoError(t, err)
	}
	open(week)
	p := d.assigned()
	waiting := clockOf(t, p, "reply", "market")
	require.Equal(t, date(t, "2025-02-28"), waiting.Due)
	require.Zero(t, waiting.Next)
	require.Equal(t, "unknown_year", waiting.Why)

	later, err := week.With(calendar.Notice{Year: 2025})
	require.NoError(t, err)
	open(later)
	moved, err := d.Recount(ctx, anAdmin, "yinchuan")
	require.NoError(t, err)
	i := slices.IndexFunc(moved, func(m clock.Moved) bool { return m.Limit == "reply" })
	require.GreaterOrEqual(t, i, 0)
	require.Equal(t, waiting.Due, moved[i].From)
	require.Equal(t, waiting.Due, moved[i].To, "the due date has stayed")
	require.Equal(t, date(t, "2025-02-21"), moved[i].Alarm, "five working days before Friday 28 February")
	require.Equal(t, "test#2", moved[i].Under)

	d.set("2025-03-01 10:00")
	crossed, err := d.Sweep(ctx, d.now)
	require.NoError(t, err)
	var kinds []calendar.AlarmKind
	for _, x := range crossed {
		if x.Limit == "reply" {
			kinds = append(kinds, x.Alarm.Kind)
		}
	}
	require.Equal(t, []calendar.AlarmKind{calendar.WarningAlarm, calendar.OverdueAlarm}, kinds)
}

// bare is an action that only fires its event.
type bare struct{ event string }

func (b bare) Event() string                               { return b.event }
func (bare) Apply(*proposal.Act, *proposal.Proposal) error { return nil }

func TestAnExtensionNeedsTheRoleAndKeepsTheCap(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, "2024-01-31 10:00")
	p := d.assigned()
	x := clock.Extend{Limit: "reply", Of: "market", By: calendar.Months(1), Reason: "需要现场调研"}
	_, err := d.Extend(ctx, clerkOf("market"), p.ID, x)
	require.ErrorIs(t, err, workflow.ErrDenied)
	p, err = d.Extend(ctx, anOffice, p.ID, x)
	require.NoError(t, err)
	require.Equal(t, date(t, "2024-05-30"), clockOf(t, p, "reply", "market").Due)

	x.By = calendar.Months(3)
	_, err = d.Extend(ctx, anOffice, p.ID, x)
	var refused *workflow.RefusedError
	require.ErrorAs(t, err, &refused)
	require.True(t, refused.Has("beyond_cap"))
	after, err := d.Get(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, p.Revision, after.Revision)
}

func TestACrossingIsJournalledOnce(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, "2024-01-31 10:00")
	p := d.assigned()
	d.set("2024-05-02 06:00")
	crossed, err := d.Sweep(ctx, d.now)
	require.NoError(t, err)
	var reply []string
	for _, x := range crossed {
		require.Equal(t, p.ID, x.ID)
		if x.Limit == "reply" {
			reply = append(reply, string(x.Alarm.Kind)+x.Alarm.Colour+" "+x.Alarm.On.String())
		}
	}
	require.Equal(t, []string{"warningblue 2024-03-31", "warningyellow 2024-04-15", "warningred 2024-04-23", "overdue 2024-05-01"}, reply)

	before, err := d.History(ctx, p.ID)
	require.NoError(t, err)
	crossed, err = d.Sweep(ctx, d.now.Add(time.Hour))
	require.NoError(t, err)
	require.Empty(t, crossed)
	after, err := d.History(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, before, after)

	broken, err := d.Verify(ctx, p.ID)
	require.NoError(t, err)
	require.Empty(t, broken)
}

func TestAnInvitationExpires(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, "2024-03-04 10:00")
	p, err := d.Open(ctx, aMember, proposal.Draft{Title: "联名"})
	require.NoError(t, err)
	d.do(aMember, p.ID, proposal.Invite{ID: "m-2"})
	_, err = d.Do(ctx, aMember, p.ID, proposal.Submit{})
	require.ErrorIs(t, err, workflow.ErrRefused)

	d.set("2024-03-06 00:01")
	_, err = d.Sweep(ctx, d.now)
	require.NoError(t, err)
	p, err = d.Get(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, "expired", p.Track("cosign", "m-2"))
	d.do(aMember, p.ID, proposal.Submit{})
}

func TestANewNoticeMovesOpenClocksOnlyWhenAsked(t *testing.T) {
	ctx := context.Background()
	week, err := calendar.New(calendar.Spec{Name: "test", Notices: []calendar.Notice{{Year: 2024}}})
	require.NoError(t, err)
	st := memory.New()
	now := time.Date(2024, 3, 1, 2, 0, 0, 0, time.UTC)
	open := func(cal *calendar.Calendar) *proposal.Service {
		svc, err := proposal.New(st,
			workflow.WithCalendar("", cal), workflow.WithNow(func() time.Time { return now }))
		require.NoError(t, err)
		return svc
	}
	d := &desk{Service: open(week), t: t}
	p := d.assigned()
	for _, unit := range []string{"banking", "market"} {
		d.do(clerkOf(unit), p.ID, proposal.Accept{})
		d.do(clerkOf(unit), p.ID, proposal.Reply{Text: "已办"})
		p = d.do(chiefOf(unit), p.ID, proposal.IssueReply{Unit: unit})
	}
	require.Equal(t, "replied", p.State)
	require.Equal(t, date(t, "2024-03-22"), clockOf(t, p, "opinion", "").Due, "15 working days after 1 March")
	met := clockOf(t, p, "reply", "market")

	off := calendar.Notice{Year: 2024, Days: []calendar.ListedDay{{Date: date(t, "2024-03-21"), Name: "新假", Kind: calendar.Off}}}
	later, err := week.With(off)
	require.NoError(t, err)
	d.Service = open(later)
	same, err := d.Get(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, p.Clocks, same.Clocks, "a notice moves nothing by itself")

	_, err = d.Recount(ctx, anOffice, "yinchuan")
	require.ErrorIs(t, err, workflow.ErrDenied)
	moved, err := d.Recount(ctx, anAdmin, "yinchuan")
	require.NoError(t, err)
	require.Len(t, moved, 1)
	require.Equal(t, "opinion", moved[0].Limit)
	require.Equal(t, date(t, "2024-03-25"), moved[0].To)
	require.NotEmpty(t, moved[0].Trace)

	after, err := d.Get(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, met, clockOf(t, after, "reply", "market"), "a met clock never moves")
	history, err := d.History(ctx, p.ID)
	require.NoError(t, err)
	last := history[len(history)-1]
	require.Equal(t, "recount", last.Event)
	require.Contains(t, string(last.Note), "2024-03-25")

	moved, err = d.Recount(ctx, anAdmin, "yinchuan")
	require.NoError(t, err)
	require.Empty(t, moved)
}

func TestAYearWithoutANoticeHoldsNothingUp(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, "2026-12-20 10:00") // the notice for 2027 has not come
	p := d.assigned()
	require.Equal(t, date(t, "2027-03-20"), clockOf(t, p, "reply", "market").Due, "months need no notice")
	d.do(clerkOf("market"), p.ID, proposal.Accept{})
	d.do(clerkOf("banking"), p.ID, proposal.Accept{})
	d.do(clerkOf("banking"), p.ID, proposal.Reply{Text: "意见"})
	d.do(chiefOf("banking"), p.ID, proposal.IssueReply{Unit: "banking"})
	d.do(clerkOf("market"), p.ID, proposal.Reply{Text: "答复"})
	p = d.do(chiefOf("market"), p.ID, proposal.IssueReply{Unit: "market"})
	clock := clockOf(t, p, "opinion", "")
	require.Zero(t, clock.Due)
	require.Equal(t, "unknown_year", clock.Why)
	timings, err := d.Readings(p, d.now)
	require.NoError(t, err)
	require.Len(t, timings, len(p.Clocks))

	_, err = d.Open(ctx, aMember, proposal.Draft{Title: "另一件"})
	require.NoError(t, err)
	q, err := d.Open(ctx, aMember, proposal.Draft{Title: "邀请"})
	require.NoError(t, err)
	d.do(aMember, q.ID, proposal.Invite{ID: "m-2"})
	_, err = d.DueWithin(ctx, d.now, 30)
	require.ErrorIs(t, err, calendar.ErrUnknownYear, "a list that looks into 2027 says that it cannot")
}

// A unit does not stop its own clock: it asks, and the office grants, for so long at
// the most as the limit says.
func TestAUnitDoesNotStopItsOwnClock(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, "2024-03-01 10:00")
	p := d.assigned()
	d.do(clerkOf("market"), p.ID, proposal.Accept{})
	for _, definition := range []lifecycle.Definition{proposal.Nine(), proposal.Seven()} {
		for _, track := range definition.Tracks {
			for _, tr := range track.Transitions {
				if tr.Event == "suspend" {
					require.Equal(t, []string{"office"}, tr.Roles, definition.Name)
				}
			}
		}
	}
	d.set("2024-03-11 10:00")
	_, err := d.Do(ctx, clerkOf("market"), p.ID, proposal.Suspend{Reason: "待听证"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	granted := func(by calendar.Length) error {
		if _, err := d.AskTime(ctx, clerkOf("market"), p.ID, clock.Ask{Limit: "reply", Of: "market", Pause: true, By: by, Reason: "待听证", Papers: []string{"函1号"}}); err != nil {
			return err
		}
		_, err := d.AnswerTime(ctx, anOffice, p.ID, clock.Answer{Limit: "reply", Of: "market", Grant: true})
		return err
	}
	require.Equal(t, "beyond_pause", reasons(t, granted(calendar.Months(4))))
	require.NoError(t, granted(calendar.Days(10)))
	p, err = d.Get(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, date(t, "2024-06-11"), clockOf(t, p, "reply", "market").Due, "ten days later than 1 June")
}
