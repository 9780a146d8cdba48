package consult_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// convene gives the station to another convenor and unit.
func (w *world) convene(account, unit string) {
	w.Helper()
	_, err := w.svc.Platforms.Do(w.ctx, office, w.station.ID, platform.Revise{Name: "站", Kind: rules.KindStation, Tier: platform.Town, Convenor: account, Unit: unit})
	require.NoError(w, err)
}

// A5: what is raised and planned at a platform is whoever's convenes it now.
func TestA5ARightFollowsTheOffice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	raised, err := w.svc.Suggest(w.ctx, stranger, topic.Suggest{Title: "亮灯", Platform: w.station.ID, Source: topic.Source{Kind: topic.FromMember, ID: stranger.ID}})
	require.NoError(t, err)
	planned := w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-08")})
	own := w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-09"), Convenor: "li"})
	next := consult.Actor{ID: "next", Body: "county", Roles: []string{"resident"}}
	unit := consult.Actor{ID: "clerk", Body: "county", Unit: "街道办"}
	elsewhere := consult.Actor{ID: "next", Body: "other"}

	mayConvene := func(a consult.Actor) [2]bool {
		t.Helper()
		_, topical := w.svc.Topics.Do(w.ctx, a, raised.ID, topic.Rename{Title: "亮灯"})
		_, active := w.svc.Activities.Do(w.ctx, a, planned.ID, activity.Replan{Title: "停车", On: date("2024-03-08"), Place: "村部"})
		for _, err := range []error{topical, active} {
			if err != nil {
				require.ErrorIs(t, err, workflow.ErrDenied)
			}
		}
		_, err := w.svc.Topics.As(a).Get(w.ctx, raised.ID)
		require.Equal(t, topical == nil, err == nil, "who may act on it sees it: %v", err)
		page, err := w.svc.Topics.As(a).Page(w.ctx, workflow.Query{})
		require.NoError(t, err)
		require.Equal(t, topical == nil, len(page.Cases) == 1)
		count, err := w.svc.Topics.As(a).Count(w.ctx, workflow.Query{})
		require.NoError(t, err)
		require.Equal(t, int64(len(page.Cases)), count)
		return [2]bool{topical == nil, active == nil}
	}
	yes, no := [2]bool{true, true}, [2]bool{}
	former := consult.Actor{ID: convenor.ID, Body: convenor.Body}
	require.Equal(t, [][2]bool{yes, no, no}, [][2]bool{mayConvene(former), mayConvene(next), mayConvene(unit)})
	w.convene("next", "")
	require.Equal(t, [][2]bool{no, yes, no, no}, [][2]bool{mayConvene(former), mayConvene(next), mayConvene(unit), mayConvene(elsewhere)})
	w.convene("", "街道办")
	require.Equal(t, [][2]bool{no, no, yes}, [][2]bool{mayConvene(former), mayConvene(next), mayConvene(unit)})
	require.Equal(t, yes, mayConvene(consult.Actor{ID: "deputy", Body: "county", For: "x", Unit: "街道办"}))

	w.do(consult.Actor{ID: "li", Body: "county"}, own, activity.Replan{Title: "自己的", On: date("2024-03-09")})
	require.ErrorIs(t, w.try(unit, own, activity.Replan{Title: "不是我的", On: date("2024-03-09")}), workflow.ErrDenied)
	w.do(unit, planned, activity.HandOver{Convenor: "li"})
	require.ErrorIs(t, w.try(unit, planned, activity.Replan{Title: "已交出", On: date("2024-03-08")}), workflow.ErrDenied)
}

// An office is that of the record as its last entry left it: who edits the platform in
// the database convenes nothing by that.
func TestAnEditedPlatformIsConvenedByNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	raised, err := w.svc.Suggest(w.ctx, stranger, topic.Suggest{Title: "亮灯", Platform: w.station.ID, Source: topic.Source{Kind: topic.FromMember, ID: stranger.ID}})
	require.NoError(t, err)
	record, _, err := w.store.Load(w.ctx, platform.Kind, w.station.ID)
	require.NoError(t, err)
	for i, a := range record.Index { // only what it is found by
		if a.Name == "convenor" {
			record.Index[i].Value = "thief"
		}
	}
	require.NoError(t, w.store.Commit(w.ctx, store.Change{Record: record}))
	thief := consult.Actor{ID: "thief", Body: "county"}
	_, err = w.svc.Topics.Do(w.ctx, thief, raised.ID, topic.Rename{Title: "路灯"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	held, err := w.svc.Topics.Offices(w.ctx, thief)
	require.NoError(t, err)
	require.Empty(t, held)

	record, _, err = w.store.Load(w.ctx, platform.Kind, w.station.ID)
	require.NoError(t, err)
	record.Data = bytes.ReplaceAll(record.Data, []byte(`"convenor":"convenor"`), []byte(`"convenor":"thief"`))
	require.NoError(t, w.store.Commit(w.ctx, store.Change{Record: record}))
	for _, a := range []consult.Actor{thief, {ID: convenor.ID, Body: "county"}} {
		_, err = w.svc.Topics.Do(w.ctx, a, raised.ID, topic.Rename{Title: "路灯"})
		require.ErrorIs(t, err, workflow.ErrDenied)
	}
	_, err = w.svc.Topics.Do(w.ctx, office, raised.ID, topic.Rename{Title: "路灯"})
	require.NoError(t, err, "others go on")
}

// However the convenors of some platforms change, at any time exactly those who convene
// one now have power over what was raised there.
func TestRightsFollowAnySuccessionOfConvenors(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rnd := rand.New(rand.NewPCG(5, 5)) //nolint:gosec // the same every time
	people := []string{"a", "b", "c", "d"}
	const platforms = 3
	now := make([]string, platforms)
	stations := make([]*platform.Platform, platforms)
	topics := make([]*topic.Topic, platforms)
	for i := range platforms {
		now[i] = people[rnd.IntN(len(people))]
		name := []string{"东", "西", "南"}[i]
		var err error
		stations[i], err = w.svc.Establish(w.ctx, office, platform.Establish{Name: name, Kind: rules.KindRoom, Tier: platform.Town, Convenor: now[i]})
		require.NoError(t, err)
		topics[i], err = w.svc.Suggest(w.ctx, stranger, topic.Suggest{Title: name, Platform: stations[i].ID, Source: topic.Source{Kind: topic.FromMember, ID: stranger.ID}})
		require.NoError(t, err)
	}
	for range 30 {
		i := rnd.IntN(platforms)
		now[i] = people[rnd.IntN(len(people))]
		_, err := w.svc.Platforms.Do(w.ctx, office, stations[i].ID, platform.Revise{Name: stations[i].Name, Kind: rules.KindRoom, Tier: platform.Town, Convenor: now[i]})
		require.NoError(t, err)
		for _, id := range people {
			for j := range platforms {
				_, err := w.svc.Topics.Do(w.ctx, consult.Actor{ID: id, Body: "county"}, topics[j].ID, topic.Rename{Title: "改名"})
				require.Equal(t, now[j] == id, err == nil, "%s on %d: %v", id, j, err)
			}
		}
	}
}
