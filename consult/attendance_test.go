package consult_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// invited is an activity of 8 March to which members m1 to m3 are invited, noticed.
func (w *world) invited() *activity.Activity {
	w.Helper()
	a := w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-08")})
	return w.do(convenor, a, activity.Invite{Participants: []activity.Participant{
		{ID: "m1", Kind: rules.Member}, {ID: "m2", Kind: rules.Member}, {ID: "m3", Kind: rules.Member},
	}}, activity.Notify{})
}

func TestSubstitutesAndAbsence(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.invited()
	require.Equal(t, []string{"m1", "m2", "m3"}, a.Notices[0].To)
	w.on("2024-03-08")
	stands := func(id, whom string) activity.Participant {
		return activity.Participant{ID: id, Kind: rules.Member, For: whom}
	}
	for _, bad := range []activity.Hold{
		{Attended: []string{"m1"}, Joined: []activity.Participant{stands("s", "m1")}},                    // who came
		{Attended: []string{"m1"}, Joined: []activity.Participant{stands("s", "nobody")}},                // who was not invited
		{Attended: []string{"m1"}, Joined: []activity.Participant{stands("s", "m2"), stands("r", "m2")}}, // who has one
	} {
		w.invalid(convenor, a, bad, "joined", "stands_in_for_nobody")
	}
	w.invalid(convenor, a, activity.Hold{Attended: []string{"m1"}, Absent: []activity.Absence{{ID: "m1", Reason: "病假"}}}, "absent[0].id", "unknown")
	w.invalid(convenor, a, activity.Hold{Attended: []string{"m1"}, Absent: []activity.Absence{{ID: "m3"}}}, "absent[0].reason", "empty")
	a = w.do(convenor, a, activity.Hold{Attended: []string{"m1"}, Joined: []activity.Participant{stands("s", "m2")},
		Absent: []activity.Absence{{ID: "m3", Reason: "病假", Leave: true}}})
	require.Equal(t, "m2", a.Participant("s").For)
	require.True(t, a.Participant("m3").Leave)
	require.Equal(t, map[string]int{rules.Member: 2}, a.Present())

	a = w.do(convenor, a, activity.Speak{By: "m1", Text: "一", Minutes: 8}, activity.Speak{By: "s", Text: "二"}, activity.Speak{By: "m1", Text: "三", Minutes: 4})
	require.Equal(t, []activity.Spoke{{By: "m1", Times: 2, Minutes: 12}, {By: "s", Times: 1}}, a.Speakers())
	w.invalid(convenor, a, activity.Speak{By: "m1", Text: "四", Topic: "t9"}, "topic", "unknown")
	w.invalid(convenor, a, activity.Speak{By: "m1", Text: "四", Minutes: -1}, "minutes", "out_of_range")

	w.on("2024-03-12")
	w.invalid(convenor, a, activity.SitAgain{Mode: "dream", Attended: []string{"m1"}}, "mode", "unknown")
	w.invalid(convenor, a, activity.SitAgain{Mode: activity.ByVideo}, "attended", "empty")
	w.invalid(convenor, a, activity.SitAgain{Mode: activity.ByVideo, On: date("2024-03-07"), Attended: []string{"m1"}}, "on", "too_early")
	a = w.do(convenor, a, activity.SitAgain{Mode: activity.ByVideo, Attended: []string{"m1", "m3"}, Joined: []activity.Participant{{ID: "e", Kind: rules.Expert}}})
	require.Equal(t, []string{"m1", "m3", "e"}, a.Sittings[0].Attended)
	require.Equal(t, map[string]int{rules.Member: 3, rules.Expert: 1}, a.Present())
	require.Equal(t, "2024-03-08", a.On.String(), "it stays one activity, of its first day")
}

// Composition rules with numbers, shares and a quorum, as data of a place.
func TestCompositionWithNumbersSharesAndAQuorum(t *testing.T) {
	t.Parallel()
	own := rules.Default()
	own.Forms[5].Composition = []string{"least:member=2,interested|resident=1", "share:resident=1/4", "quorum:1/2"}
	w := newWorld(t)
	var err error
	w.svc, err = consult.New(memory.New(), workflow.WithNow(func() time.Time { return w.now }), workflow.WithRules("county", own))
	require.NoError(t, err)
	a, err := w.svc.Plan(w.ctx, office, activity.Plan{Title: "停车", Form: rules.FormPlatform, On: date("2024-03-01")})
	require.NoError(t, err)
	a = w.do(office, a, activity.Invite{Participants: []activity.Participant{
		{ID: "m1", Kind: rules.Member}, {ID: "m2", Kind: rules.Member}, {ID: "r1", Kind: rules.Resident}, {ID: "r2", Kind: rules.Resident},
	}}, activity.Notify{})
	w.refused(office, a, activity.Hold{Attended: []string{"m1", "m2"}}, "too_few", "too_small_a_share", "no_quorum")
	w.refused(office, a, activity.Hold{Attended: []string{"m1", "r1"}}, "too_few", "no_quorum")
	w.do(office, a, activity.Hold{Attended: []string{"m1", "m2", "r1"}})

	for _, bad := range []string{"least:member=0", "least:ghost=1", "share:member=2/1", "share:ghost=1/2", "quorum:half", "least:member"} {
		spoiled := rules.Default()
		spoiled.Forms[0].Composition = []string{bad}
		_, err := consult.New(memory.New(), workflow.WithRules("county", spoiled))
		require.ErrorIs(t, err, workflow.ErrInvalid, bad)
	}
}

// An open call has places; when more register, lots decide.
func TestAnOpenCallGivesItsPlacesByLot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-29")})
	w.refused(stranger, a, activity.Register{Name: "李"}, "no_call")
	w.invalid(convenor, a, activity.OpenCall{Kind: rules.Resident, Places: 2, Until: date("2024-03-29")}, "until", "out_of_range")
	w.invalid(convenor, a, activity.OpenCall{Kind: rules.Resident, Until: date("2024-03-20")}, "places", "out_of_range")
	a = w.do(convenor, a, activity.OpenCall{Kind: rules.Resident, Places: 2, Until: date("2024-03-20")})
	w.invalid(stranger, a, activity.Register{ID: "other", Name: "张"}, "id", "other")
	a = w.do(stranger, a, activity.Register{Name: "李"})
	w.invalid(stranger, a, activity.Register{Name: "李"}, "id", "duplicate")
	a = w.do(convenor, a, activity.Register{ID: "王大爷", Name: "王"}, activity.Register{ID: "赵大妈", Name: "赵"})
	w.invalid(convenor, a, activity.DrawLots{}, "lots", "too_early")
	w.on("2024-03-21").refused(convenor, a, activity.Register{ID: "late", Name: "迟"}, "no_call")
	w.invalid(convenor, a, activity.DrawLots{}, "lots", "no_lot")
	w.invalid(convenor, a, activity.DrawLots{Lots: map[string]int64{stranger.ID: 3, "王大爷": 3, "赵大妈": 1}}, "lots", "no_lot")
	w.invalid(convenor, a, activity.DrawLots{Lots: map[string]int64{stranger.ID: 3, "王大爷": 2, "赵大妈": 1, "x": 0}}, "lots", "unknown")
	seen, err := w.svc.Activities.As(consult.Actor{ID: "other", Body: "county", Roles: []string{"member"}}).Get(w.ctx, a.ID)
	require.NoError(t, err)
	require.Equal(t, 2, seen.Call.Places)
	require.Empty(t, seen.Call.Registered, "who registered is not for everybody")
	a = w.do(convenor, a, activity.DrawLots{Lots: map[string]int64{stranger.ID: 3, "王大爷": 2, "赵大妈": 1}})
	require.Nil(t, a.Participant(stranger.ID))
	require.Equal(t, "invited", a.Track("invitation", "王大爷"))
	require.Equal(t, []bool{true, true, false}, []bool{a.Call.Registered[0].Chosen, a.Call.Registered[1].Chosen, a.Call.Registered[2].Chosen})
	w.invalid(convenor, a, activity.DrawLots{}, "lots", "no_call")
}
