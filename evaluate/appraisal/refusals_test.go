package appraisal_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/appraisal"
	"github.com/tian-go/tian/evaluate/ranking"
	"github.com/tian-go/tian/proposal/store/dryrun"
	"github.com/tian-go/tian/proposal/workflow"
)

// What is wrong in itself names the field, and leaves the round as it was.
func TestWhatARoundRefusesChangesNothing(t *testing.T) {
	t.Parallel()
	invite := func(e appraisal.Evaluator) appraisal.Invite {
		return appraisal.Invite{Evaluators: []appraisal.Evaluator{e}}
	}
	stranger := workflow.Actor{ID: "x", Body: "b"}
	w := begin(t, announcement(t))
	w.do(m1, appraisal.Recuse{Subject: "schools", Reason: "interest"})
	for name, c := range map[string]struct {
		by          workflow.Actor
		do          workflow.Action[*appraisal.Round, appraisal.Rules]
		field, code string
	}{
		"nobody invited":                     {office, appraisal.Invite{}, "evaluators", "empty"},
		"an evaluator without a key":         {office, invite(appraisal.Evaluator{Group: "members"}), "evaluators[0].key", "empty"},
		"an evaluator in two groups":         {office, invite(appraisal.Evaluator{Key: "m-1", Group: "self"}), "evaluators[0].key", "duplicate"},
		"an account named as a unit":         {office, appraisal.Invite{Evaluators: []appraisal.Evaluator{{Key: "m-9", Group: "members"}, {Key: "m-9", Group: "members"}}}, "evaluators[1].key", "duplicate"},
		"no such group":                      {office, invite(appraisal.Evaluator{Key: "m-9", Group: "press"}), "evaluators[0].group", "unknown"},
		"judges nobody":                      {office, invite(appraisal.Evaluator{Key: "m-9", Group: "members", Judges: []string{"water"}}), "evaluators[0].judges[0]", "unknown"},
		"a recusal from nobody":              {m2, appraisal.Recuse{Subject: "water", Reason: "interest"}, "subject", "unknown"},
		"a recusal for no reason":            {m2, appraisal.Recuse{Subject: "market", Reason: "whim"}, "reason", "unknown"},
		"a recusal of another":               {m2, appraisal.Recuse{Evaluator: "m-1", Subject: "market", Reason: "interest"}, "evaluator", "other"},
		"a recusal of no evaluator":          {office, appraisal.Recuse{Evaluator: "x", Subject: "market", Reason: "interest"}, "evaluator", "unknown"},
		"a second recusal":                   {m1, appraisal.Recuse{Subject: "schools", Reason: "interest"}, "subject", "duplicate"},
		"a card on nobody":                   {m2, appraisal.HandIn{Subject: "water", Marks: mark(50)}, "subject", "unknown"},
		"a card on whom one is not to judge": {m1, appraisal.HandIn{Subject: "schools", Marks: mark(50)}, "subject", "not_judged"},
		"a card with too many points":        {m2, appraisal.HandIn{Subject: "market", Marks: mark(61)}, "marks", "unusable"},
		"a card that is not there":           {m2, appraisal.TakeBack{Subject: "market"}, "subject", "no_card"},
		"no facts":                           {office, appraisal.Supply{Subject: "market"}, "facts", "empty"},
		"facts about nobody":                 {office, appraisal.Supply{Subject: "water", Facts: contact(9)}, "subject", "unknown"},
		"a fact without a key":               {office, appraisal.Supply{Subject: "market", Facts: []appraisal.Drawn{{Value: contact(9)[0].Value}}}, "facts[0].key", "empty"},
		"a fact twice":                       {office, appraisal.Supply{Subject: "market", Facts: append(contact(9), contact(9)...)}, "facts[1].key", "duplicate"},
		"a source of two lines":              {office, appraisal.Supply{Subject: "market", Facts: []appraisal.Drawn{{Key: "contact", Value: contact(9)[0].Value, Source: "台\n账"}}}, "facts[0].source", "control_character"},
		"a fact of the wrong kind":           {office, appraisal.Supply{Subject: "market", Facts: []appraisal.Drawn{{Key: "contact", Value: evaluate.FactText("many")}}}, "facts", "unusable"},
	} {
		before := w.everything()
		_, err := w.try(c.by, c.do)
		var invalid *workflow.InvalidError
		require.ErrorAs(t, err, &invalid, name)
		require.Equal(t, [2]string{c.field, c.code}, [2]string{invalid.Field, invalid.Code}, "%s: %s", name, invalid.EN)
		require.Equal(t, before, w.everything(), name)
	}
	for _, do := range []workflow.Action[*appraisal.Round, appraisal.Rules]{
		appraisal.HandIn{Subject: "market", Marks: mark(50)}, appraisal.TakeBack{Subject: "market"}, appraisal.Recuse{Subject: "market", Reason: "interest"},
	} {
		_, err := w.try(stranger, do)
		require.ErrorIs(t, err, workflow.ErrDenied, do.Event())
	}
}

// everything is the round as the engine has it.
func (w *world) everything() string {
	w.t.Helper()
	r, err := w.svc.Get(w.t.Context(), w.id)
	require.NoError(w.t, err)
	data, err := json.Marshal(r)
	require.NoError(w.t, err)
	return string(data)
}

func TestAnAppealSaysWhatIsWrongAndItsDecisionWhatIsRight(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	w.shown()
	for name, c := range map[string]struct {
		do          appraisal.File
		field, code string
	}{
		"no such ground":         {appraisal.File{Ground: "mood", Reason: "不公"}, "ground", "unknown"},
		"no reason":              {appraisal.File{Ground: "fact"}, "reason", "empty"},
		"a paper without a name": {appraisal.File{Ground: "fact", Reason: "不符", Papers: []string{""}}, "papers[0]", "empty"},
	} {
		_, err := w.try(market, c.do)
		var invalid *workflow.InvalidError
		require.ErrorAs(t, err, &invalid, name)
		require.Equal(t, [2]string{c.field, c.code}, [2]string{invalid.Field, invalid.Code}, "%s: %s", name, invalid.EN)
	}
	w.do(market, appraisal.File{Ground: "fact", Reason: "有10件已面商，未登记"})
	w.do(schools, appraisal.File{Ground: "fact", Reason: "少计"})
	w.do(committee, appraisal.Decide{Appeal: "a2", Answer: "不成立"})
	for name, c := range map[string]struct {
		do          appraisal.Decide
		field, code string
	}{
		"no such appeal":             {appraisal.Decide{Appeal: "a9", Answer: "不成立"}, "appeal", "unknown"},
		"decided already":            {appraisal.Decide{Appeal: "a2", Answer: "不成立"}, "appeal", "decided"},
		"no answer":                  {appraisal.Decide{Appeal: "a1"}, "answer", "empty"},
		"upheld, and nothing wrong":  {appraisal.Decide{Appeal: "a1", Upheld: true, Answer: "成立"}, "upheld", "unclear"},
		"refused, and corrected":     {appraisal.Decide{Appeal: "a1", Answer: "不成立", Facts: contact(100)}, "upheld", "unclear"},
		"a card that does not count": {appraisal.Decide{Appeal: "a1", Upheld: true, Answer: "成立", Struck: []string{"c99"}}, "struck[0]", "unknown"},
	} {
		_, err := w.try(committee, c.do)
		var invalid *workflow.InvalidError
		require.ErrorAs(t, err, &invalid, name)
		require.Equal(t, [2]string{c.field, c.code}, [2]string{invalid.Field, invalid.Code}, "%s: %s", name, invalid.EN)
	}
}

// Who comes first of those with the same points is drawn by lot where the ranking says
// so, and there is no rank before.
func TestTiesAreBrokenByTheLotsThatWereDrawn(t *testing.T) {
	t.Parallel()
	a := announcement(t)
	a.Ranking = evaluate.Ranking{Rules: ranking.Rules{Ties: ranking.ByLot}}
	w := begin(t, a)
	for _, subject := range []string{"market", "schools"} {
		w.do(m1, appraisal.HandIn{Subject: subject, Marks: mark(50)})
		w.do(m2, appraisal.HandIn{Subject: subject, Marks: mark(50)})
		w.do(office, appraisal.Supply{Subject: subject, Facts: contact(100)})
	}
	w.do(market, appraisal.HandIn{Subject: "market", Marks: mark(50)})
	w.do(schools, appraisal.HandIn{Subject: "schools", Marks: mark(50)})
	w.do(office, appraisal.Close{})
	_, err := w.try(office, appraisal.Score{})
	var invalid *workflow.InvalidError
	require.ErrorAs(t, err, &invalid)
	require.Equal(t, "lots", invalid.Field)
	r := w.do(office, appraisal.Score{Lots: map[string]int64{"market": 2, "schools": 1}})
	require.Equal(t, "2", r.Last().Outcomes[0].Rank.String())
	require.Equal(t, "1", r.Last().Outcomes[1].Rank.String())
}

// On a store that keeps its commits to itself a round acts, and nothing is done.
func TestARoundActsOnTheHostsStore(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	before := w.everything()
	dry := dryrun.New(w.store)
	_, err := w.svc.On(dry).Do(t.Context(), m1, w.id, appraisal.HandIn{Subject: "market", Marks: mark(54)})
	require.NoError(t, err)
	require.Len(t, dry.Changes(), 1)
	require.Equal(t, before, w.everything())
}
