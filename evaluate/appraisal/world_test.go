package appraisal_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/appraisal"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/ranking"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

const sheet = `{"name":"handling","version":1,"title":{"zh":"办理质量考评"},"full":100,
"groups":[{"key":"members","label":{"zh":"委员"},"kind":"member","share":70},{"key":"self","label":{"zh":"自评"},"kind":"self","share":30}],
"criteria":[
 {"key":"contact","label":{"zh":"面商率"},"points":40,"fact":"contact","rule":{"shortfall":{"target":100,"per_point":1}},"required":true},
 {"key":"quality","label":{"zh":"办理质量"},"points":60,"groups":["members","self"]}]}`

// world is a service whose day the test chooses, and one round on it.
type world struct {
	t     *testing.T
	now   time.Time
	store *memory.Store
	svc   *appraisal.Service
	id    string
}

var (
	office    = workflow.Actor{ID: "o-1", Body: "b", Roles: []string{"office"}}
	committee = workflow.Actor{ID: "c-1", Body: "b", Roles: []string{"committee"}}
	m1        = workflow.Actor{ID: "m-1", Body: "b"}
	m2        = workflow.Actor{ID: "m-2", Body: "b"}
	market    = workflow.Actor{ID: "k-1", Unit: "market", Body: "b"}
	schools   = workflow.Actor{ID: "s-1", Unit: "schools", Body: "b"}
)

func day(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	require.NoError(t, err)
	return d
}

func announcement(t *testing.T) appraisal.Announce {
	t.Helper()
	return appraisal.Announce{
		Title: "2024年度办理质量考评", From: day(t, "2024-01-01"), To: day(t, "2024-12-31"), Until: day(t, "2025-01-20"),
		Rubric:   json.RawMessage(sheet),
		Ranking:  evaluate.Ranking{Rules: ranking.Rules{Quotas: []ranking.Quota{{Key: "advanced", Count: 1}}}},
		Subjects: []appraisal.Subject{{Key: "market", Unit: true, Name: "市场监管局"}, {Key: "schools", Unit: true, Name: "教育局"}},
		Evaluators: []appraisal.Evaluator{
			{Key: "m-1", Group: "members"}, {Key: "m-2", Group: "members"}, {Key: "market", Unit: true, Group: "self"}, {Key: "schools", Unit: true, Group: "self"},
		},
	}
}

func begin(t *testing.T, a appraisal.Announce) *world {
	t.Helper()
	w := &world{t: t, store: memory.New()}
	w.on("2025-01-06")
	var err error
	w.svc, err = appraisal.New(w.store, workflow.WithNow(func() time.Time { return w.now }))
	require.NoError(t, err)
	r, err := w.svc.Announce(context.Background(), office, a)
	require.NoError(t, err)
	w.id = r.ID
	return w
}

func (w *world) on(d string) {
	at, err := time.Parse(time.DateOnly, d)
	require.NoError(w.t, err)
	w.now = at.Add(9 * time.Hour)
}

func (w *world) try(a workflow.Actor, do workflow.Action[*appraisal.Round, appraisal.Rules]) (*appraisal.Round, error) {
	return w.svc.Do(context.Background(), a, w.id, do)
}

func (w *world) do(a workflow.Actor, do workflow.Action[*appraisal.Round, appraisal.Rules]) *appraisal.Round {
	w.t.Helper()
	r, err := w.try(a, do)
	require.NoError(w.t, err)
	return r
}

// seen is the round as an actor sees it.
func (w *world) seen(a workflow.Actor) *appraisal.Round {
	w.t.Helper()
	r, err := w.svc.As(a).Get(context.Background(), w.id)
	require.NoError(w.t, err)
	return r
}

func mark(n int64) map[string]evaluate.Mark {
	return map[string]evaluate.Mark{"quality": evaluate.MarkPoints(points.Points(n) * points.One)}
}

func contact(count int64, cases ...string) []appraisal.Drawn {
	return []appraisal.Drawn{{Key: "contact", Value: evaluate.FactRate(rates.Rate{Count: count, Base: 100}), Cases: cases, Source: "台账"}}
}

// filled hands in every card: market 54 and 50 and itself 60, schools 50 and 50 and itself 58.
func (w *world) filled() {
	w.t.Helper()
	w.do(m1, appraisal.HandIn{Subject: "market", Marks: mark(54)})
	w.do(m2, appraisal.HandIn{Subject: "market", Marks: mark(50)})
	w.do(market, appraisal.HandIn{Subject: "market", Marks: mark(60)})
	w.do(m1, appraisal.HandIn{Subject: "schools", Marks: mark(50)})
	w.do(m2, appraisal.HandIn{Subject: "schools", Marks: mark(50)})
	w.do(schools, appraisal.HandIn{Subject: "schools", Marks: mark(58)})
}

// shown goes on to the day on which the outcome is shown.
func (w *world) shown() {
	w.t.Helper()
	w.filled()
	w.do(office, appraisal.Supply{Subject: "market", Facts: contact(90, "p-7", "p-9")})
	w.do(office, appraisal.Supply{Subject: "schools", Facts: contact(100)})
	w.do(office, appraisal.Close{})
	w.do(office, appraisal.Score{})
	w.do(office, appraisal.Show{})
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	var r *workflow.RefusedError
	require.ErrorAs(t, err, &r)
	require.True(t, r.Has(code), "%v", r.Blockers)
}
