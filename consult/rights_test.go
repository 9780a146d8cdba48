package consult_test

import (
	"flag"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

var update = flag.Bool("update", false, "write the tables of rights anew")

// Whatever anybody tries in whatever state, nothing outside the tables, which are
// read in review, succeeds or is seen.
func TestNothingOutsideTheTablesIsDoneOrSeen(t *testing.T) {
	t.Parallel()
	var definitions []lifecycle.Definition
	definitions = append(append(append(definitions, platform.Vocabulary().Definitions...), topic.Vocabulary().Definitions...), activity.Vocabulary().Definitions...)
	definitions = append(definitions, plan.Vocabulary().Definitions...)
	rights := vocabularytest.Checked(t, "testdata", *update, definitions...)
	w := readWorld(t)
	within(t, w, rights, w.svc.Platforms, platform.Vocabulary())
	within(t, w, rights, w.svc.Topics, topic.Vocabulary())
	within(t, w, rights, w.svc.Activities, activity.Vocabulary())
	p, err := w.svc.DraftPlan(w.ctx, office, plan.Draft{Year: 2024, Title: "2024年度协商计划"})
	require.NoError(t, err)
	_, err = w.svc.EnterPlan(w.ctx, office, p.ID, plan.Enter{Slots: []plan.Slot{{Topic: w.chosen("亮灯").ID, Title: "亮灯", Form: rules.FormPlatform}}})
	require.NoError(t, err)
	w.onPlan(office, p, plan.Circulate{To: []string{"各专委会"}})
	within(t, w, rights, w.svc.Plans, plan.Vocabulary())
}

func within[C workflow.Case](t *testing.T, w *world, rights vocabularytest.Rights, e *workflow.Engine[C, rules.Rules], v workflow.Vocabulary[C, rules.Rules]) {
	t.Helper()
	rnd := rand.New(rand.NewPCG(7, 2)) //nolint:gosec // the same actors every time
	pick := func(of ...string) string { return of[rnd.IntN(len(of))] }
	actors := []workflow.Actor{office, convenor, stranger, bureau}
	for range 40 {
		a := consult.Actor{ID: pick("", "convenor", "stranger", "resident", "m", "zhang", "bureau"), Body: pick("county", "county", "other", ""), Unit: pick("", "", "bureau", "convenor")}
		for range rnd.IntN(3) {
			a.Roles = append(a.Roles, pick("member", "committee", "office", "supervisor", "media", "administrator", "convenor", "owner", "invitee", "public", "system"))
		}
		if rnd.IntN(3) == 0 {
			a.Grants = []workflow.Grant{{Role: pick("committee", "office", "convenor"), Body: pick("county", "other")}}
		}
		if rnd.IntN(4) == 0 {
			a.For = pick("convenor", "zhang")
		}
		actors = append(actors, a)
	}
	inside, outside := vocabularytest.Inside(t, rights, w.store, e, v, actors, func(above, body string) bool { return above == body })
	require.Positive(t, inside)
	require.Greater(t, outside, inside)
}
