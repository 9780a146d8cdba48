package consult_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A place may write a definition that lets an action on an item, or on an
// invitation, in where there is none. It gets an error then, and no panic.
func TestAnActionOnWhatIsNotThereIsAnError(t *testing.T) {
	ctx := context.Background()
	due, err := calendar.NewDate(2024, time.December, 1)
	require.NoError(t, err)
	onItems := []workflow.Action[*activity.Activity, rules.Rules]{
		activity.BeginItem{Item: "i9"}, activity.ReportItem{Item: "i9", Text: "x"}, activity.FinishItem{Item: "i9", Evidence: []string{"x"}},
		activity.GiveUpItem{Item: "i9", Reason: "x"}, activity.ConfirmItem{Item: "i9"}, activity.ReturnItem{Item: "i9", Reason: "x"},
		activity.ExtendItem{Item: "i9", To: due, Reason: "x"}, activity.HandItem{Item: "i9", To: checklist.Owner{Unit: "u"}, Reason: "x"},
	}
	others := []workflow.Action[*activity.Activity, rules.Rules]{
		activity.Consent{}, activity.Refuse{}, activity.Reopen{Items: []string{"i9"}, Reason: "x"}, activity.Respond{To: []string{"o9"}, Text: "x"},
		activity.Link{Opinion: "o9", Proposal: "p"}, activity.Follow{}, activity.Hold{}, activity.Conclude{}, activity.Issue{}, activity.Notify{},
	}
	d := activity.Lifecycle()
	d.Name = "loose"
	for i := range d.Tracks { // what is on a track already goes to the main line
		kept := d.Tracks[i].Transitions[:0:0]
		for _, tr := range d.Tracks[i].Transitions {
			if tr.Event != "report_item" && tr.Event != "extend_item" && tr.Event != "hand_item" {
				kept = append(kept, tr)
			}
		}
		d.Tracks[i].Transitions = kept
	}
	for _, event := range []string{"report_item", "extend_item", "hand_item"} {
		d.Transitions = append(d.Transitions, lifecycle.Transition{Event: event, From: []string{"planned"}, To: "planned", Roles: []string{"office"}})
	}
	svc, err := consult.New(memory.New(), workflow.WithDefinition(activity.Kind, d), workflow.WithUse(activity.Kind, "", "loose"))
	require.NoError(t, err)
	office := consult.Actor{ID: "o-1", Body: "b", Roles: []string{"office"}}
	a, err := svc.Plan(ctx, office, activity.Plan{Title: "垃圾分类", Form: "thematic"})
	require.NoError(t, err)
	for _, action := range append(onItems, others...) {
		require.NotPanics(t, func() {
			_, err := svc.Activities.Do(ctx, office, a.ID, action)
			require.Error(t, err, "%T", action)
			require.NotEqual(t, "unavailable", workflow.Code(err), "%T", action)
		}, "%T", action)
	}
	// Applied by hand, as by a definition that has them all on its main line.
	for _, action := range onItems {
		require.NotPanics(t, func() {
			var invalid *workflow.InvalidError
			require.ErrorAs(t, action.Apply(&rules.Act{Rules: rules.Default()}, new(activity.Activity)), &invalid, "%T", action)
			require.Equal(t, []string{"item", "unknown"}, []string{invalid.Field, invalid.Code}, "%T", action)
		}, "%T", action)
	}
}
