package appraisal_test

import (
	"context"
	"math/rand"
	"os"
	"testing"
	"testing/quick"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/appraisal"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

// Whatever anybody tries in whatever order: cards stay sealed until they are opened and
// do not change after, no scoring is lost, every account adds up, and what is refused
// changes nothing.
func TestRandomActs(t *testing.T) {
	t.Parallel()
	walks := 5
	if os.Getenv("TIAN_CAMPAIGN") == "large" {
		walks = 100
	}
	done := make(map[string]int)
	require.NoError(t, quick.Check(func(seed int64) bool {
		w := begin(t, announcement(t))
		r := rand.New(rand.NewSource(seed)) //nolint:gosec // a test that can be repeated
		for range 700 {
			if r.Intn(60) == 0 {
				w.now = w.now.Add(time.Duration(1+r.Intn(4)) * 24 * time.Hour)
			}
			w.walk(r, done)
		}
		cases, _ := vocabularytest.Histories(t, w.svc.Engine)
		require.Equal(t, 1, cases)
		return true
	}, &quick.Config{MaxCount: walks, Rand: rand.New(rand.NewSource(20250106))})) //nolint:gosec // as above
	for _, event := range []string{"hand_in", "supply", "close", "score", "show", "appeal", "decide", "confirm"} {
		require.NotZero(t, done[event], "the walks never get to %s: %v", event, done)
	}
}

func (w *world) walk(r *rand.Rand, done map[string]int) {
	was, err := w.svc.Get(context.Background(), w.id)
	require.NoError(w.t, err)
	people := []workflow.Actor{office, office, committee, m1, m2, market, schools, {ID: "x", Body: "b"}, {ID: "l", Body: "b", Roles: []string{"leader"}}}
	subject := []string{"market", "schools", "nobody"}[r.Intn(3)]
	actions := []workflow.Action[*appraisal.Round, appraisal.Rules]{
		appraisal.HandIn{Subject: subject, Marks: mark(int64(r.Intn(70)))}, appraisal.HandIn{Subject: subject, Marks: mark(50)}, appraisal.TakeBack{Subject: subject},
		appraisal.Supply{Subject: subject, Facts: contact(int64(90 + r.Intn(11)))}, appraisal.Supply{Subject: subject, Facts: contact(100)},
		appraisal.Recuse{Subject: subject, Reason: "interest"}, appraisal.Remind{}, appraisal.Close{}, appraisal.Score{}, appraisal.Resume{Reason: "补"},
		appraisal.Show{}, appraisal.File{Ground: "fact", Reason: "有误"}, appraisal.Decide{Appeal: "a1", Upheld: true, Answer: "成立", Facts: contact(100)},
		appraisal.Decide{Appeal: "a2", Answer: "不成立"}, appraisal.Rescore{}, appraisal.Confirm{Text: "同意"}, appraisal.Publish{}, appraisal.Archive{},
	}
	do := actions[r.Intn(len(actions))]
	if _, cancels := do.(appraisal.Recuse); cancels && r.Intn(6) > 0 {
		return // without evaluators little happens
	}
	now, err := w.try(people[r.Intn(len(people))], do)
	if err != nil {
		require.Contains(w.t, []string{"invalid", "refused", "denied"}, workflow.Code(err), "%T: %v", do, err)
		after, err := w.svc.Get(context.Background(), w.id)
		require.NoError(w.t, err)
		require.Equal(w.t, was, after, "%T was refused", do)
		return
	}
	done[do.Event()]++
	require.Equal(w.t, was.Revision+1, now.Revision)
	w.sound(was, now)
}

// sound requires what is true of a round at any time, and of every step.
func (w *world) sound(was, now *appraisal.Round) {
	if !was.Opened.IsZero() {
		require.Len(w.t, now.Cards, len(was.Cards), "no card comes in after they were opened")
		for i, c := range was.Cards {
			require.Equal(w.t, c.Ballot, now.Cards[i].Ballot)
			require.Equal(w.t, c.Withdrawn, now.Cards[i].Withdrawn)
		}
	}
	require.GreaterOrEqual(w.t, len(now.Scorings), len(was.Scorings))
	for i, s := range was.Scorings {
		require.Equal(w.t, s, now.Scorings[i], "a scoring is kept as it was")
	}
	counted := map[[2]string]int{}
	for i, s := range now.Subjects {
		for _, b := range now.CardOf(i).Ballots {
			counted[[2]string{s.Key, b.Evaluator}]++
		}
	}
	for of, n := range counted {
		require.Equal(w.t, 1, n, "%v counts once", of)
	}
	if now.Opened.IsZero() {
		require.Empty(w.t, w.seen(office).Cards, "sealed")
	}
	if now.Last() == nil {
		return
	}
	for i, s := range now.Subjects {
		account, err := now.Account(s.Key, -1)
		require.NoError(w.t, err)
		if !now.Last().Outcomes[i].Scored() {
			continue
		}
		var sum points.Points
		for _, row := range account.Rows {
			p, err := points.Parse(row.Points)
			require.NoError(w.t, err)
			sum += p
		}
		require.Equal(w.t, account.Total, sum.String(), "the rows add up")
	}
}
