package appraisal_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/appraisal"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/proposal/workflow"
)

func TestARoundFromAnnouncementToArchive(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	w.shown()
	r := w.do(market, appraisal.File{Ground: "fact", Reason: "有10件已面商，未登记", Papers: []string{"面商记录"}})
	// market: 40 - 10 + 0.7 × 52 + 0.3 × 60; schools: 40 + 0.7 × 50 + 0.3 × 58.
	require.Equal(t, "84.4", r.Last().Outcomes[0].Total.String())
	require.Equal(t, "92.4", r.Last().Outcomes[1].Total.String())

	_, err := w.try(workflow.Actor{ID: "o-1", Body: "b", Roles: []string{"committee"}}, appraisal.Decide{Appeal: "a1", Answer: "不成立"})
	refused(t, err, "scorer")
	w.do(committee, appraisal.Decide{Appeal: "a1", Upheld: true, Answer: "经核实，成立", Facts: contact(100)})
	w.on("2025-01-20")
	_, err = w.try(committee, appraisal.Confirm{Text: "同意"})
	refused(t, err, "not_rescored")
	r = w.do(office, appraisal.Rescore{})
	require.Len(t, r.Scorings, 2)
	require.Equal(t, "84.4", r.Scorings[0].Outcomes[0].Total.String(), "the first version is kept")
	require.Equal(t, "94.4", r.Last().Outcomes[0].Total.String())
	require.Equal(t, []string{"advanced"}, r.Last().Places[0].Awards)
	require.Equal(t, []string{"a1"}, r.Last().Appeals)

	w.do(committee, appraisal.Confirm{Text: "同意"})
	w.do(office, appraisal.Publish{})
	w.on("2025-01-25")
	_, err = w.try(office, appraisal.Archive{})
	refused(t, err, "too_early")
	w.on("2025-01-26")
	require.Equal(t, "archived", w.do(office, appraisal.Archive{}).State)
}

func TestCardsAreSealedUntilAllAreInOrTheDayHasCome(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	w.do(m1, appraisal.HandIn{Subject: "market", Marks: mark(54)})
	require.Empty(t, w.seen(office).Cards, "not even the organiser")
	entries, err := w.svc.As(office).History(t.Context(), w.id)
	require.NoError(t, err)
	for _, e := range entries {
		require.Empty(t, e.Action, "nor in the history")
	}
	require.Len(t, w.seen(m1).Cards, 1)
	require.Empty(t, w.seen(m2).Cards)
	_, err = w.svc.As(workflow.Actor{ID: "x", Body: "b"}).Get(t.Context(), w.id)
	require.ErrorIs(t, err, workflow.ErrNotFound)
	_, err = w.try(office, appraisal.Close{})
	refused(t, err, "sealed")

	r := w.do(m1, appraisal.HandIn{Subject: "market", Marks: mark(30)})
	require.Len(t, r.Cards, 2, "the one replaced is kept")
	require.Len(t, r.CardOf(0).Ballots, 1)
	r = w.do(m1, appraisal.TakeBack{Subject: "market"})
	require.Empty(t, r.CardOf(0).Ballots)

	r = w.do(office, appraisal.Remind{})
	require.Len(t, r.Evaluators[0].Reminded, 1)
	w.on("2025-01-21")
	_, err = w.try(m1, appraisal.HandIn{Subject: "market", Marks: mark(54)})
	refused(t, err, "too_late")
	r = w.do(office, appraisal.Close{})
	require.Equal(t, "2025-01-21", r.Opened.String())
	_, err = w.try(m1, appraisal.TakeBack{Subject: "market"})
	require.ErrorIs(t, err, workflow.ErrRefused, "never after")
}

func TestNobodyScoresThemselvesUnlessTheGroupDoes(t *testing.T) {
	t.Parallel()
	a := announcement(t)
	a.Evaluators = append(a.Evaluators, appraisal.Evaluator{Key: "schools", Group: "members"})
	w := begin(t, announcement(t))
	_, err := w.try(office, appraisal.Invite{Evaluators: a.Evaluators[4:]})
	require.ErrorContains(t, err, "two groups")
	_, err = w.try(office, appraisal.Invite{Evaluators: []appraisal.Evaluator{{Key: "market2", Group: "nobody"}}})
	require.ErrorContains(t, err, "no group")
	_, err = w.try(schools, appraisal.HandIn{Subject: "market", Marks: mark(1)})
	require.ErrorContains(t, err, "does not score")
	asked := workflow.Actor{ID: "m-1", Unit: "market", Body: "b"}
	_, err = w.try(asked, appraisal.HandIn{Subject: "market", Marks: mark(60)})
	require.ErrorContains(t, err, "does not score", "a member who works for the unit")
}

func TestARecusedEvaluatorsCardNoLongerCounts(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	w.filled()
	_, err := w.try(m1, appraisal.Recuse{Evaluator: "m-2", Subject: "market", Reason: "interest"})
	require.ErrorContains(t, err, "not others")
	_, err = w.try(m1, appraisal.Recuse{Subject: "market", Reason: "no_such"})
	require.ErrorContains(t, err, "no_such")
	r := w.do(m1, appraisal.Recuse{Subject: "market", Reason: "interest"})
	require.Len(t, r.CardOf(0).Ballots, 2)
	missing, err := r.Missing()
	require.NoError(t, err)
	require.Empty(t, missing, "nothing more is asked of them")
	_, err = w.try(m1, appraisal.HandIn{Subject: "market", Marks: mark(54)})
	require.ErrorContains(t, err, "does not score")
}

func TestWhoIsScoredSeesTheirOwnFirst(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	w.shown()
	r, err := w.svc.Get(t.Context(), w.id)
	require.NoError(t, err)
	seen := w.seen(market)
	require.Len(t, seen.Scorings[0].Outcomes, 1)
	require.Equal(t, "market", seen.Scorings[0].Outcomes[0].Subject)
	require.Len(t, seen.Cards, 1, "its own card only")
	require.Empty(t, w.seen(m1).Scorings)
	require.Len(t, r.Scorings[0].Outcomes, 2, "the round itself is as it was")

	w.on("2025-01-14")
	w.do(committee, appraisal.Confirm{Text: "同意"})
	w.do(office, appraisal.Publish{})
	seen = w.seen(market)
	require.Len(t, seen.Scorings[0].Outcomes, 2)
	require.Empty(t, seen.Scorings[0].Outcomes[1].Ledger)
}

func TestAMissingFactHoldsTheOutcomeBack(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	w.filled()
	w.do(office, appraisal.Supply{Subject: "schools", Facts: contact(100)})
	w.do(office, appraisal.Close{})
	w.do(office, appraisal.Score{})
	_, err := w.try(office, appraisal.Show{})
	refused(t, err, "not_final")
	w.do(office, appraisal.Resume{Reason: "补报面商率"})
	w.do(office, appraisal.Supply{Subject: "market", Facts: contact(100)})
	w.do(office, appraisal.Score{})
	w.do(office, appraisal.Show{})
}

func TestAppealsComeInTime(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	w.shown()
	_, err := w.try(m1, appraisal.File{Ground: "fact", Reason: "不实"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	w.on("2025-01-14")
	_, err = w.try(market, appraisal.File{Ground: "fact", Reason: "不实"})
	refused(t, err, "too_late")
}

func TestACardIsStruckByAnAppeal(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	w.shown()
	w.do(market, appraisal.File{Ground: "conflict", Reason: "评分人与本单位有诉讼"})
	_, err := w.try(committee, appraisal.Decide{Appeal: "a1", Upheld: true, Answer: "成立", Struck: []string{"c4"}})
	require.ErrorContains(t, err, "c4", "a card on another")
	w.do(committee, appraisal.Decide{Appeal: "a1", Upheld: true, Answer: "成立", Struck: []string{"c2"}})
	r := w.do(office, appraisal.Rescore{})
	require.Equal(t, "85.8", r.Last().Outcomes[0].Total.String()) // 30 + 0.7 × 54 + 0.3 × 60
}

// The rows of an account are all that a unit needs: they add up to its total, and
// say what they were made from.
func TestAnAccountAddsUp(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	w.shown()
	r, err := w.svc.Get(t.Context(), w.id)
	require.NoError(t, err)
	a, err := r.Account("market", -1)
	require.NoError(t, err)
	var sum points.Points
	for _, row := range a.Rows {
		p, err := points.Parse(row.Points)
		require.NoError(t, err)
		sum += p
	}
	require.Equal(t, a.Total, sum.String())
	data, err := a.CSV("zh")
	require.NoError(t, err)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"基本分", "面商率", "40", "按未达比例扣分", `{"count":90,"base":100}`, "p-7; p-9", "30"}, rows[1])
	require.Equal(t, []string{"合计", "确定", "", "", "", "", "84.4"}, rows[len(rows)-1])
	_, err = r.Account("nobody", -1)
	require.ErrorIs(t, err, workflow.ErrInvalid)
}

func TestScrutinyShowsWhatAMeanHides(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	r, err := w.svc.Get(t.Context(), w.id)
	require.NoError(t, err)
	_, err = r.Scrutinise(1)
	require.ErrorIs(t, err, workflow.ErrInvalid, "the cards are sealed")
	w.shown()
	r, err = w.svc.Get(t.Context(), w.id)
	require.NoError(t, err)
	s, err := r.Scrutinise(1)
	require.NoError(t, err)
	require.Equal(t, "members", s.Groups[0].Group)
	require.Len(t, s.Groups[0].Outliers, 2, "each of two is 2 points off the other")
	require.NotEmpty(t, s.Without)
	require.True(t, s.Groups[0].Alpha.Defined())
}

func TestABadAnnouncementOpensNothing(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	for field, change := range map[string]func(*appraisal.Announce){
		"title":           func(a *appraisal.Announce) { a.Title = "" },
		"to":              func(a *appraisal.Announce) { a.To = day(t, "2023-12-31") },
		"until":           func(a *appraisal.Announce) { a.Until = day(t, "2025-01-05") },
		"rubric":          func(a *appraisal.Announce) { a.Rubric = []byte(`{"name":"x","version":1,"full":10}`) },
		"subjects":        func(a *appraisal.Announce) { a.Subjects = nil },
		"subjects[1].key": func(a *appraisal.Announce) { a.Subjects[1].Key = "market" },
		"ranking":         func(a *appraisal.Announce) { a.Ranking.Quotas[0].Key = "" },
	} {
		a := announcement(t)
		change(&a)
		_, err := w.svc.Announce(t.Context(), office, a)
		var invalid *workflow.InvalidError
		require.ErrorAs(t, err, &invalid, field)
		require.Equal(t, field, invalid.Field)
	}
}

func TestASheetThatChangesLeavesARoundThatBegan(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	old, err := w.svc.Get(t.Context(), w.id)
	require.NoError(t, err)
	a := announcement(t)
	a.Rubric = []byte(strings.Replace(sheet, `"version":1`, `"version":2`, 1))
	next, err := w.svc.Announce(t.Context(), office, a)
	require.NoError(t, err)
	require.Equal(t, 1, old.Version)
	zh, en := appraisal.Compare(old, next)
	require.Contains(t, zh, "不可直接比较")
	require.Contains(t, en, "do not compare")
	zh, _ = appraisal.Compare(old, old)
	require.Empty(t, zh)
}

func TestARoundIsCancelledWithAReason(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	_, err := w.try(committee, appraisal.Cancel{})
	require.ErrorIs(t, err, workflow.ErrInvalid)
	require.Equal(t, "并入年终考评", w.do(committee, appraisal.Cancel{Reason: "并入年终考评"}).Cancelled)
}

func TestEveryActionHasLabelsAndAnEvent(t *testing.T) {
	t.Parallel()
	events := map[string]bool{workflow.Opening: true}
	for _, tr := range appraisal.Lifecycle().Transitions {
		events[tr.Event] = true
	}
	for _, track := range appraisal.Lifecycle().Tracks {
		for _, tr := range track.Transitions {
			events[tr.Event] = true
		}
	}
	require.Len(t, appraisal.Actions(), len(events))
	for _, a := range appraisal.Actions() {
		require.True(t, events[a.Event], a.Event)
		require.NotEmpty(t, a.Label.ZH)
		require.NotEmpty(t, a.Label.EN)
		for _, f := range a.Fields {
			require.NotEmpty(t, f.Label.ZH, "%s.%s", a.Event, f.Name)
		}
	}
	v := appraisal.Vocabulary()
	require.Empty(t, v.Lint(appraisal.Lifecycle()))
}

// An account of a unit's ID is not the unit, and the other way round.
func TestAnAccountIsNotTheUnitOfItsID(t *testing.T) {
	t.Parallel()
	w := begin(t, announcement(t))
	for _, other := range []workflow.Actor{{ID: "market", Body: "b"}, {ID: "x", Unit: "m-1", Body: "b"}} {
		_, err := w.try(other, appraisal.HandIn{Subject: "market", Marks: mark(60)})
		require.ErrorIs(t, err, workflow.ErrDenied, "%+v", other)
		_, err = w.svc.As(other).Get(t.Context(), w.id)
		require.ErrorIs(t, err, workflow.ErrNotFound, "%+v", other)
	}
	a := announcement(t)
	a.Evaluators[2].Unit = false
	_, err := w.svc.Announce(t.Context(), office, a)
	require.ErrorContains(t, err, "an account and a unit")
}

// 双向评议: members judge the units and the units judge the members, a round each way,
// and neither sees what the other has marked before the cards are opened.
func TestRoundsBothWaysAreBackToBack(t *testing.T) {
	t.Parallel()
	there := announcement(t)
	there.Subjects = there.Subjects[:1]
	there.Rubric = []byte(`{"name":"handling","version":1,"title":{"zh":"办理质量评议"},"full":60,
"groups":[{"key":"members","label":{"zh":"委员"},"kind":"member","share":100}],
"criteria":[{"key":"quality","label":{"zh":"办理质量"},"points":60,"groups":["members"]}]}`)
	there.Ranking = evaluate.Ranking{}
	there.Evaluators = []appraisal.Evaluator{{Key: "m-1", Group: "members"}, {Key: "m-2", Group: "members"}}
	w := begin(t, there)
	back := there
	back.Title = "提案质量评议"
	back.Subjects = []appraisal.Subject{{Key: "m-1", Name: "委员甲"}, {Key: "m-2", Name: "委员乙"}}
	back.Rubric = []byte(strings.ReplaceAll(string(there.Rubric), "委员", "承办单位"))
	back.Evaluators = []appraisal.Evaluator{{Key: "market", Unit: true, Group: "members"}}
	second, err := w.svc.Announce(t.Context(), office, back)
	require.NoError(t, err)
	first := w.id
	in := func(id string) *world { w.id = id; return w }

	in(first).do(m1, appraisal.HandIn{Subject: "market", Marks: mark(20)})
	in(second.ID).do(market, appraisal.HandIn{Subject: "m-1", Marks: mark(55)})
	require.Empty(t, in(first).seen(market).Cards, "what it was given is sealed")
	require.Empty(t, in(second.ID).seen(m1).Cards)
	require.Empty(t, in(second.ID).seen(office).Cards)
	_, err = in(second.ID).try(m1, appraisal.HandIn{Subject: "m-2", Marks: mark(60)})
	require.Error(t, err, "members judge no members")

	in(first).do(m2, appraisal.HandIn{Subject: "market", Marks: mark(40)})
	in(second.ID).do(market, appraisal.HandIn{Subject: "m-2", Marks: mark(50)})
	totals := func(id string) (list []string) {
		in(id).do(office, appraisal.Close{})
		for _, o := range in(id).do(office, appraisal.Score{}).Last().Outcomes {
			list = append(list, o.Subject+" "+o.Total.String())
		}
		return list
	}
	require.Equal(t, []string{"market 30"}, totals(first))
	require.Equal(t, []string{"m-1 55", "m-2 50"}, totals(second.ID), "the two are not added")
}
