package appraisal_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/appraisal"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/ranking"
	"github.com/tian-go/tian/evaluate/rubric"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

// told is a round in which every text names a person, as far as it has come.
func told(t *testing.T) *world {
	t.Helper()
	n := 0
	says := func() string {
		n++
		return fmt.Sprintf("张小明说%d", n)
	}
	a := announcement(t)
	a.Title = says()
	for i := range a.Subjects {
		a.Subjects[i].Name, a.Subjects[i].League = says(), "各局"
	}
	half, least := points.Ratio{Num: 1, Den: 2}, 10*points.One
	a.Ranking = evaluate.Ranking{ByLeague: true, Keys: []evaluate.RankKey{{By: "total"}}, Rules: ranking.Rules{Ties: ranking.Dense, Quotas: []ranking.Quota{{
		Key: "advanced", Label: ranking.Label{Zh: "先进单位", En: "advanced"}, Share: &half, Round: points.HalfUp, Ties: ranking.Include, Least: &least,
	}}}}
	a.Evaluators = append(a.Evaluators, appraisal.Evaluator{Key: "m-3", Group: "members", Judges: []string{"market", "schools"}})
	w := begin(t, a)
	w.do(office, appraisal.Recuse{Evaluator: "m-3", Subject: "market", Reason: "interest", Text: says()})
	w.do(office, appraisal.Recuse{Evaluator: "m-3", Subject: "schools", Reason: "interest", Text: says()})
	w.do(m1, appraisal.HandIn{Subject: "market", Missing: rubric.Abstain})
	w.filled()
	w.do(office, appraisal.Supply{Subject: "schools", Facts: []appraisal.Drawn{{Key: "contact", Value: evaluate.FactMissing(rubric.NotDue), Source: says()}}})
	drawn := contact(90, "p1")
	drawn[0].Source = says()
	w.do(office, appraisal.Supply{Subject: "market", Facts: drawn})
	w.do(office, appraisal.Supply{Subject: "schools", Facts: drawn})
	w.do(office, appraisal.Close{})
	w.do(office, appraisal.Score{})
	w.do(office, appraisal.Resume{Reason: says()})
	w.do(office, appraisal.Score{})
	w.do(office, appraisal.Show{})
	w.do(market, appraisal.File{Ground: "fact", Reason: says(), Papers: []string{says()}})
	drawn[0].Source = says()
	r := w.seen(committee)
	w.do(committee, appraisal.Decide{Appeal: r.Appeals[0].ID, Upheld: true, Answer: says(), Facts: drawn, Struck: []string{r.Cards[2].Ballot.ID}})
	w.do(office, appraisal.Rescore{})
	w.on("2025-01-20")
	w.do(committee, appraisal.Confirm{Text: says()})
	return w
}

// kept is all that the store holds of the round.
func (w *world) kept() string {
	w.t.Helper()
	r, _, err := w.store.Load(w.t.Context(), appraisal.Kind, w.id)
	require.NoError(w.t, err)
	all := fmt.Sprintf("%s\n%v", r.Data, r.Index)
	lines, err := w.store.History(w.t.Context(), appraisal.Kind, w.id, 0, 0)
	require.NoError(w.t, err)
	for _, l := range lines {
		all += fmt.Sprintf("\n%s %s", l.Command, l.Data)
	}
	return all
}

// What people wrote in a round is erased wherever it stands; what it was scored by and
// what came of it stay, and the history verifies.
func TestPersonalDataIsErasedFromARound(t *testing.T) {
	t.Parallel()
	second := workflow.Actor{ID: "c-2", Body: "b", Roles: []string{"committee"}}
	for name, c := range map[string]struct {
		erase       appraisal.Erase
		gone, stays []string
	}{
		"words":    {appraisal.Erase{Words: []string{"张小明"}}, []string{"张小明"}, []string{"说1", "说2", "说12"}},
		"people":   {appraisal.Erase{People: true}, []string{"说2\"", "说3\""}, []string{"说1\"", "说4\""}},
		"all said": {appraisal.Erase{Texts: true, People: true}, []string{"张小明", "说"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := told(t)
			before := w.seen(committee)
			all := w.kept()
			for _, text := range append(c.gone, c.stays...) {
				require.Contains(t, all, text)
			}
			w.do(market, appraisal.AskErasure{Reason: "应本人请求"})
			c.erase.Reason = "个人信息保护法第四十七条"
			w.do(second, c.erase)
			all = w.kept()
			for _, text := range c.gone {
				require.NotContains(t, all, text)
			}
			for _, text := range c.stays {
				require.Contains(t, all, text)
			}
			after := w.seen(committee)
			require.True(t, after.Erasures[0].Erased)
			require.Equal(t, before.Scorings, after.Scorings)
			require.Equal(t, before.Cards, after.Cards)
			require.JSONEq(t, string(before.Rubric), string(after.Rubric))
			vocabularytest.Histories(t, w.svc.Engine)
			w.do(office, appraisal.Publish{})
		})
	}
}

// Of what people did, all stays but what they said: keys, leagues, marks, figures, the
// sheet, in the history as in the round.
func TestAllStaysButWhatWasSaid(t *testing.T) {
	t.Parallel()
	w := told(t)
	said := regexp.MustCompile(`"张小明说\d+"`)
	without := func(data []byte) string { return said.ReplaceAllString(string(data), `"***"`) }
	before, err := w.svc.History(t.Context(), w.id)
	require.NoError(t, err)
	round, err := json.Marshal(w.seen(committee))
	require.NoError(t, err)
	w.do(market, appraisal.AskErasure{Reason: "应本人请求"})
	w.do(workflow.Actor{ID: "c-2", Body: "b", Roles: []string{"committee"}}, appraisal.Erase{Reason: "依法", Texts: true, People: true})
	after, err := w.svc.History(t.Context(), w.id)
	require.NoError(t, err)
	for i := range before {
		require.JSONEq(t, without(before[i].Action), string(after[i].Action), before[i].Event)
	}
	left := w.seen(committee)
	left.Erasures = nil
	now, err := json.Marshal(left)
	require.NoError(t, err)
	require.JSONEq(t, without(round), string(now))
}

// Whoever asked does not decide, and a request may be refused.
func TestWhoAskedForAnErasureDoesNotDecide(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	w.do(committee, appraisal.AskErasure{Reason: "应本人请求"})
	_, err := w.try(committee, appraisal.Erase{Reason: "依法", Texts: true})
	require.ErrorContains(t, err, "same_person")
	_, err = w.try(office, appraisal.RefuseErasure{Text: "依法保存"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	second := workflow.Actor{ID: "c-2", Body: "b", Roles: []string{"committee"}}
	require.Equal(t, "依法保存", w.do(second, appraisal.RefuseErasure{Text: "依法保存"}).Erasures[0].Text)
	require.Equal(t, "2024年度办理质量考评", w.seen(office).Title)
	require.Empty(t, w.seen(m1).Erasures)
}
