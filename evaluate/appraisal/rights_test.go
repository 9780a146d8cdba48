package appraisal_test

import (
	"flag"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/appraisal"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

var update = flag.Bool("update", false, "write the tables of rights anew")

// Whatever anybody tries on a round, nothing outside the tables, which are read in
// review, succeeds or is seen.
func TestNothingOutsideTheTablesIsDoneOrSeen(t *testing.T) {
	v := appraisal.Vocabulary()
	rights := vocabularytest.Checked(t, "testdata", *update, v.Definitions...)
	for name, to := range map[string]func(w *world){
		"announced": func(*world) {},
		"filled":    (*world).filled,
		"shown":     (*world).shown,
		"appealed": func(w *world) {
			w.shown()
			w.do(market, appraisal.File{Ground: "fact", Reason: "有10件已面商", Papers: []string{"面商记录"}})
		},
		"published": func(w *world) {
			w.shown()
			w.on("2025-01-20")
			w.do(committee, appraisal.Confirm{Text: "同意"})
			w.do(office, appraisal.Publish{})
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t, announcement(t))
			to(w)
			rnd := rand.New(rand.NewPCG(9, 2)) //nolint:gosec // the same actors every time
			pick := func(of ...string) string { return of[rnd.IntN(len(of))] }
			actors := []workflow.Actor{office, committee, m1, m2, market, schools}
			for range 40 {
				a := workflow.Actor{ID: pick("", "m-1", "m-2", "market", "x"), Body: pick("b", "b", "other", ""), Unit: pick("", "", "market", "schools", "m-1")}
				for range rnd.IntN(3) {
					a.Roles = append(a.Roles, pick("office", "committee", "administrator", "evaluator", "subject", "public", "system"))
				}
				if rnd.IntN(4) == 0 {
					a.Grants = []workflow.Grant{{Role: pick("office", "committee", "evaluator"), Body: pick("b", "other")}}
				}
				actors = append(actors, a)
			}
			inside, outside := vocabularytest.Inside(t, rights, w.store, w.svc.Engine, v, actors, func(above, body string) bool { return above == body })
			require.Positive(t, inside)
			require.Greater(t, outside, inside)
		})
	}
}
