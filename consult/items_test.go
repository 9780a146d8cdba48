package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

func TestAnItemIsItsOwnersToDoAndNotToConfirm(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	named := task("2024-04-30")
	named.Owner = checklist.Owner{Name: "张主任"} // a person without an account
	a := w.concluded(task("2024-04-30"), named)
	other := consult.Actor{ID: "x", Body: "county", Unit: "other-bureau"}
	require.ErrorIs(t, w.try(other, a, activity.BeginItem{Item: "i1"}), workflow.ErrDenied)
	require.ErrorIs(t, w.try(bureau, a, activity.BeginItem{Item: "i2"}), workflow.ErrDenied)
	w.do(bureau, a, activity.BeginItem{Item: "i1"}, activity.ReportItem{Item: "i1", Text: "已进场"})
	w.do(convenor, a, activity.FinishItem{Item: "i2", Evidence: []string{"会议记录"}}) // on behalf of one without an account
	w.invalid(bureau, a, activity.FinishItem{Item: "i1"}, "evidence", "empty")
	w.invalid(bureau, a, activity.GiveUpItem{Item: "i1"}, "reason", "empty")
	w.do(bureau, a, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}})
	require.ErrorIs(t, w.try(bureau, a, activity.ConfirmItem{Item: "i1"}), workflow.ErrDenied)
	both := consult.Actor{ID: "y", Body: "county", Unit: "bureau", Roles: []string{"office"}}
	w.refused(both, a, activity.ConfirmItem{Item: "i1"}, "own_item")
	w.do(office, a, activity.ReturnItem{Item: "i1", Reason: "只清了一半"})
	a = w.do(bureau, a, activity.FinishItem{Item: "i1", Evidence: []string{"照片二"}})
	a = w.do(office, a, activity.ConfirmItem{Item: "i1"})
	require.Equal(t, checklist.Confirmed, a.ItemState("i1"))
	require.Len(t, a.Item("i1").Reopened, 1)
	w.refused(convenor, a, activity.BeginItem{Item: "i9"}, "no_instance")
	require.ErrorIs(t, w.try(bureau, a, activity.BeginItem{Item: "i9"}), workflow.ErrDenied)
}

// A6: whoever hands an item on has a part in it as well, and somebody else decides on it.
func TestWhoHandsAnItemOnDoesNotDecideOnIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.concluded(task("2024-04-30"))
	w.do(office, a, activity.HandItem{Item: "i1", To: checklist.Owner{Unit: "other-bureau"}, Reason: "职责调整"})
	w.do(consult.Actor{ID: "x", Body: "county", Unit: "other-bureau"}, a, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}})
	w.refused(office, a, activity.ConfirmItem{Item: "i1"}, "handed_on")
	a = w.do(consult.Actor{ID: "second", Body: "county", Roles: []string{"office"}}, a, activity.ConfirmItem{Item: "i1"})
	require.Equal(t, checklist.Confirmed, a.ItemState("i1"))
}

// TestAnItemsClockIsItsDueDate: an extension moves both, and who owes the item
// neither extends it nor loses its history by handing it on.
func TestAnItemsClockIsItsDueDate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.concluded(task("2024-04-30"), task("2024-05-31"))
	due := func(of string) calendar.Date {
		for _, c := range a.Clocks {
			if c.Limit == "item" && c.Of == of {
				return c.Due
			}
		}
		return calendar.Date{}
	}
	require.Equal(t, a.Item("i1").Due, due("i1"))
	require.Equal(t, a.Item("i2").Due, due("i2"))
	both := consult.Actor{ID: "y", Body: "county", Unit: "bureau", Roles: []string{"office"}}
	w.refused(both, a, activity.ExtendItem{Item: "i1", To: date("2024-06-30"), Reason: "雨季"}, "own_item")
	w.invalid(office, a, activity.ExtendItem{Item: "i1", To: date("2024-04-30"), Reason: "雨季"}, "to", "not_later")
	w.invalid(office, a, activity.ExtendItem{Item: "i1", To: date("2024-06-30")}, "reason", "empty")
	a = w.do(office, a, activity.ExtendItem{Item: "i1", To: date("2024-06-30"), Reason: "雨季"},
		activity.HandItem{Item: "i1", To: checklist.Owner{Unit: "roads"}, Reason: "职能调整"})
	require.Equal(t, "2024-06-30", a.Item("i1").Due.String())
	require.Equal(t, a.Item("i1").Due, due("i1"))
	require.Equal(t, a.Item("i2").Due, due("i2"), "the other item's clock stays")
	require.Equal(t, "bureau", a.Item("i1").Owners[0].From.Key())
	require.ErrorIs(t, w.try(bureau, a, activity.BeginItem{Item: "i1"}), workflow.ErrDenied, "it is no longer theirs")

	roads := consult.Actor{ID: "z", Body: "county", Unit: "roads"}
	w.on("2024-06-30").do(roads, a, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}})
	a = w.on("2024-07-10").do(office, a, activity.ReturnItem{Item: "i1", Reason: "返工"})
	require.Equal(t, 10, a.Item("i1").Late(date("2024-07-10")), "returned after its due day it is late at once")
	overdue, err := w.svc.Activities.Overdue(w.ctx, w.now)
	require.NoError(t, err)
	require.Len(t, overdue, 2, "the engine's clocks say the same")
	require.Equal(t, []string{"i2", "i1"}, []string{overdue[0].Of, overdue[1].Of})
}

func TestItemsAreFoundByOwnerAndDueDate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	water := task("2024-04-15")
	water.Owner = checklist.Owner{Unit: "water"}
	person := task("2024-04-10")
	person.Owner = checklist.Owner{Name: "李科长"}
	first := w.concluded(task("2024-04-30"), water)
	second := w.concluded(task("2024-04-20"), person)
	w.on("2024-04-21")
	w.do(bureau, second, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}}) // a day late, but done

	names := func(items []consult.ItemAt, err error) []string {
		require.NoError(t, err)
		found := []string{}
		for _, i := range items {
			found = append(found, i.Owner.Key()+" "+i.Due.String())
		}
		return found
	}
	items := func(asked consult.ItemsAsked) []string { return names(w.svc.Items(w.ctx, asked)) }
	require.Equal(t, []string{"李科长 2024-04-10", "water 2024-04-15"}, names(w.svc.Overdue(w.ctx, "county", date("2024-04-21"))))
	require.Equal(t, []string{"李科长 2024-04-10"}, names(w.svc.Overdue(w.ctx, "county", date("2024-04-15"))), "the due day itself is in time")
	require.Equal(t, []string{"bureau 2024-04-20", "bureau 2024-04-30"}, items(consult.ItemsAsked{Owner: "bureau"}))
	require.Equal(t, []string{"bureau 2024-04-30"}, items(consult.ItemsAsked{Owner: "bureau", Awaited: true}))
	require.Equal(t, []string{"李科长 2024-04-10"}, items(consult.ItemsAsked{Owner: "李科长", DueBy: date("2024-04-10")}))
	require.Empty(t, items(consult.ItemsAsked{Owner: "water", DueBy: date("2024-04-14")}))
	require.Empty(t, items(consult.ItemsAsked{Body: "other"}))
	require.Len(t, items(consult.ItemsAsked{Platform: w.station.ID}), 4)
	require.Equal(t, 1, second.Item("i1").Late(date("2024-04-21")))
	require.Equal(t, 0, first.Item("i1").Late(date("2024-04-30")))
}

// TestOpinionsAndProposalsFindEachOther: by ID, both ways.
func TestOpinionsAndProposalsFindEachOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.concluded(task("2024-04-30"))
	w.do(convenor, a, activity.Link{Opinion: "o1", Proposal: "proposal-7"}, activity.Link{Proposal: "proposal-8"})
	w.invalid(convenor, a, activity.Link{Opinion: "o1", Proposal: "proposal-7"}, "proposal", "duplicate")
	w.invalid(convenor, a, activity.Link{Opinion: "o2", Proposal: "proposal-7"}, "opinion", "unknown")
	for _, id := range []string{"proposal-7", "proposal-8"} {
		found, err := w.svc.OfProposal(w.ctx, id)
		require.NoError(t, err)
		require.Len(t, found, 1)
		require.Equal(t, a.ID, found[0].ID)
	}
	found, err := w.svc.OfProposal(w.ctx, "proposal-9")
	require.NoError(t, err)
	require.Empty(t, found)
	require.Equal(t, a.ID+"#o1", activity.OpinionRef(a.ID, "o1"))
}

func TestAFormalRecommendationHasANamedLead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.concluded()
	w.invalid(convenor, a, activity.Issue{Outcome: outcome.Outcome{Kind: rules.OutcomeRecommendation, Title: "建议案"}}, "outcome[0].lead", "empty")
	a = w.do(convenor, a, activity.Issue{Outcome: outcome.Outcome{Kind: rules.OutcomeRecommendation, Title: "建议案", Lead: "区长"}},
		activity.Issue{Outcome: outcome.Outcome{Kind: rules.OutcomeReport, Title: "报告", To: []string{"市委", "市政府"}}})
	require.Equal(t, []string{"c1", "c2"}, []string{a.Outcomes[0].ID, a.Outcomes[1].ID})
	w.invalid(convenor, a, activity.Issue{Outcome: outcome.Outcome{Kind: "poem", Title: "诗"}}, "outcome[0].kind", "unknown")
}

func TestInvitationsAreAnsweredByTheInvited(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.do(convenor, w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-08")}), activity.Invite{Participants: []activity.Participant{
		{ID: stranger.ID, Kind: rules.Member}, {ID: "王大爷", Kind: rules.Resident},
	}})
	require.ErrorIs(t, w.try(stranger, a, activity.Consent{Participant: "王大爷"}), workflow.ErrDenied)
	w.do(stranger, a, activity.Refuse{Reason: "出差"})
	a = w.do(convenor, a, activity.Consent{Participant: "王大爷"})
	require.Equal(t, "declined", a.Track("invitation", stranger.ID))
	require.Equal(t, "consented", a.Track("invitation", "王大爷"))
	require.Equal(t, "出差", a.Participant(stranger.ID).Declined)
	a = w.do(stranger, a, activity.Consent{})
	require.Empty(t, a.Participant(stranger.ID).Declined)
	w.invalid(convenor, a, activity.Invite{Participants: []activity.Participant{{ID: "王大爷", Kind: rules.Resident}}}, "participants[0].id", "duplicate")
	w.invalid(convenor, a, activity.Invite{Participants: []activity.Participant{{ID: "q", Kind: "ghost"}}}, "participants[0].kind", "unknown")
}
