package consult_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

func TestEveryFieldBelongsToAPart(t *testing.T) {
	t.Parallel()
	vocabularytest.Reading(t, platform.Vocabulary())
	vocabularytest.Reading(t, topic.Vocabulary())
	vocabularytest.Reading(t, activity.Vocabulary())
	vocabularytest.Reading(t, plan.Vocabulary())
}

// readWorld is a station with topics and activities in several states.
func readWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	suspended := w.platform("2024-01-01", rules.Quota{})
	_, err := w.svc.Platforms.Do(w.ctx, office, suspended.ID, platform.Suspend{Reason: "装修"})
	require.NoError(t, err)
	w.topic("停车", topic.Nominate{}, topic.Screen{Met: []string{rules.SmallCut, rules.Ready}}, topic.Select{})
	w.topic("养老", topic.Decline{Reason: "过大"})
	_, err = w.svc.Suggest(w.ctx, stranger, topic.Suggest{Title: "亮灯", Platform: w.station.ID, Source: topic.Source{Kind: topic.FromMember, ID: stranger.ID}})
	require.NoError(t, err)
	w.do(convenor, w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-08")}),
		activity.Invite{Participants: []activity.Participant{{ID: stranger.ID, Kind: rules.Member}}})
	mine := task("2024-04-30")
	mine.Owner = checklist.Owner{Account: "zhang"}
	a := w.concluded(task("2024-04-20"), mine)
	w.do(bureau, a, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}})
	w.do(office, w.concluded(), activity.Publish{Title: "公开", Text: "已办理。"})
	w.do(office, w.concluded(), activity.Withhold{Reason: "涉及隐私"})
	return w
}

// Whether an actor sees a case and which cases he sees is one rule.
func TestMayAndWhichAgree(t *testing.T) {
	t.Parallel()
	w := readWorld(t)
	agree(t, w.svc.Platforms, 2)
	agree(t, w.svc.Topics, 3)
	agree(t, w.svc.Activities, 4)
}

func agree[C workflow.Case](t *testing.T, e *workflow.Engine[C, rules.Rules], cases int) {
	t.Helper()
	ctx := context.Background()
	var all []string
	require.NoError(t, e.Each(ctx, func(c C) error { all = append(all, c.Head().ID); return nil }))
	require.Len(t, all, cases)
	rnd := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same actors every time
	pick := func(of ...string) string { return of[rnd.IntN(len(of))] }
	seen, denied := make(map[string]bool), 0
	for range 200 {
		a := consult.Actor{ID: pick("", "convenor", "stranger", "resident", "m", "zhang", "bureau", "x"), Body: pick("county", "county", "other", ""), Unit: pick("", "", "bureau", "convenor")}
		for range rnd.IntN(3) {
			a.Roles = append(a.Roles, pick("member", "committee", "office", "supervisor", "media", "administrator", "convenor", "owner", "public", "system", "anyone"))
		}
		if rnd.IntN(3) == 0 {
			a.Grants = []workflow.Grant{{Role: pick("committee", "office", "member"), Body: pick("county", "other")}}
		}
		reader := e.As(a)
		var may, which []string
		for _, id := range all {
			parts, err := reader.Sees(ctx, id)
			require.NoError(t, err)
			_, err = reader.Get(ctx, id)
			if len(parts) > 0 {
				require.NoError(t, err)
				may, seen[id] = append(may, id), true
				continue
			}
			denied++
			require.ErrorIs(t, err, workflow.ErrNotFound)
		}
		require.NoError(t, reader.Each(ctx, workflow.Query{}, func(c C) error { which = append(which, c.Head().ID); return nil }))
		require.Equal(t, may, which, "%+v", a)
		n, err := reader.Count(ctx, workflow.Query{})
		require.NoError(t, err)
		require.EqualValues(t, len(may), n, "%+v", a)
		for _, l := range e.Lists() {
			q := workflow.Query{List: l.Key, Body: "county", Key: pick("", "convenor", "bureau", "zhang")}
			require.NoError(t, reader.Each(ctx, q, func(c C) error {
				require.Contains(t, may, c.Head().ID, "%s of %+v", l.Key, a)
				return nil
			}))
		}
	}
	require.Len(t, seen, cases, "each is seen by somebody")
	require.NotZero(t, denied)
}

// The public reads what was published; an owner reads their own items.
func TestEachSeesTheirOwn(t *testing.T) {
	t.Parallel()
	w := readWorld(t)
	public := w.svc.Activities.As(consult.Actor{})
	n := 0
	require.NoError(t, public.Each(w.ctx, workflow.Query{}, func(a *activity.Activity) error {
		n++
		got, err := json.Marshal(a)
		require.NoError(t, err)
		require.JSONEq(t, fmt.Sprintf(`{"title":"","form":"","publication":{"title":"公开","text":"已办理。","at":%q,"by":"office"}}`,
			a.Publication.At.Format(time.RFC3339Nano)), string(got))
		return nil
	}))
	require.Equal(t, 1, n)
	found, err := public.Count(w.ctx, workflow.Query{Where: []store.Match{{Attr: "convenor", Op: store.Prefix, Values: []string{""}}}})
	require.NoError(t, err)
	require.Zero(t, found)

	zhang := w.svc.Activities.As(consult.Actor{ID: "zhang", Body: "county"})
	var items []string
	require.NoError(t, zhang.Each(w.ctx, workflow.Query{List: "my_items", Body: "county", Key: "zhang"}, func(a *activity.Activity) error {
		require.Empty(t, a.Opinions)
		for _, i := range a.Items {
			items = append(items, i.ID)
		}
		return nil
	}))
	require.Equal(t, []string{"i2"}, items)
}

// The lists hold what waits for somebody, and no more.
func TestListsHoldWhatWaits(t *testing.T) {
	t.Parallel()
	w := readWorld(t)
	length := func(read func(q workflow.Query) (int64, error), list, key string) int64 {
		n, err := read(workflow.Query{List: list, Body: "county", Key: key})
		require.NoError(t, err, list)
		return n
	}
	activities := func(q workflow.Query) (int64, error) { return w.svc.Activities.All().Count(w.ctx, q) }
	topics := func(q workflow.Query) (int64, error) { return w.svc.Topics.All().Count(w.ctx, q) }
	platforms := func(q workflow.Query) (int64, error) { return w.svc.Platforms.All().Count(w.ctx, q) }
	for _, c := range []struct {
		read      func(q workflow.Query) (int64, error)
		list, key string
		want      int64
	}{
		{activities, "mine", "convenor", 4}, {activities, "mine", "stranger", 0}, {activities, "to_answer", "stranger", 1}, {activities, "to_answer", "m", 0},
		{activities, "my_items", "zhang", 1}, {activities, "our_items", "bureau", 0}, {activities, "to_hold", "", 1}, {activities, "to_confirm", "", 1},
		{topics, "mine", "stranger", 1}, {topics, "to_nominate", "", 1}, {topics, "to_screen", "", 0}, {topics, "to_schedule", "", 1},
		{platforms, "mine", "convenor", 2}, {platforms, "in_service", "", 1}, {platforms, "paused", "", 1},
	} {
		require.Equal(t, c.want, length(c.read, c.list, c.key), "%s of %q", c.list, c.key)
	}
}
