package proposal_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// pinyin are other keys for every state of the nine stages.
var pinyin = map[string]string{
	"draft": "caogao", "seconding": "fuyi", "submitted": "yitijiao", "reviewing": "shenchazhong", "returned": "tuihuixiugai", "merged": "bingan",
	"referred": "zhuansong", "refused": "buyulian", "withdrawn": "chean", "settled": "huijianjiejue", "filed": "lian",
	"assigned": "yijiaoban", "handling": "banlizhong", "replied": "yidafu", "feedback": "yifankui", "closed": "banjie",
	"invited": "yiyaoqing", "consented": "tongyi", "declined": "xiejue", "expired": "guoqi",
	"none": "wu", "holding": "hanbingan", "accepted": "yijieshou", "objecting": "shenqingtuihui", "suspended": "zhongzhi",
	"checking": "dafushenhe", "answered": "yidafujian", "released": "yituihui", "open": "dubanzhong",
	"ordinary": "yiban", "candidate": "beixuan", "nominated": "yituijian", "key": "zhongdian", "evaluated": "yipingjia", "followed": "yihuifang",
	"undecided": "weijueding", "published": "gongkai", "withheld": "bugongkai", "kept": "yiluoshi", "dropped": "weiluoshi", "honoured": "shoubiaozhang",
	"asked": "yiqingqiu",
}

// inPinyin returns the nine stages with every state under its other key, which
// says by "is" what it means.
func inPinyin(t *testing.T) lifecycle.Definition {
	t.Helper()
	d := named(proposal.Nine(), "pinyin")
	key := func(k string) string {
		require.Contains(t, pinyin, k)
		return pinyin[k]
	}
	keys := func(list []string) {
		for i := range list {
			list[i] = key(list[i])
		}
	}
	line := func(initial *string, states []lifecycle.State, transitions []lifecycle.Transition) {
		*initial = key(*initial)
		for i := range states {
			states[i].Is, states[i].Key = states[i].Key, key(states[i].Key)
			if states[i].Like != "" {
				states[i].Like = key(states[i].Like)
			}
		}
		for i := range transitions {
			keys(transitions[i].From)
			transitions[i].To = key(transitions[i].To)
			keys(transitions[i].While)
		}
	}
	line(&d.Initial, d.States, d.Transitions)
	for i := range d.Tracks {
		line(&d.Tracks[i].Initial, d.Tracks[i].States, d.Tracks[i].Transitions)
	}
	for i := range d.Limits {
		keys(d.Limits[i].In)
	}
	return d
}

// A place may give states any keys. Everything that can be done to a proposal
// comes to the same there.
func TestStatesUnderOtherKeysChangeNothing(t *testing.T) {
	d := inPinyin(t)
	for _, e := range every {
		plain := newHouse(t)
		own := newHouse(t, workflow.WithDefinition(proposal.Kind, d), workflow.WithUse(proposal.Kind, "", "pinyin"))
		want, got := plain.to(e.situation, "2024-001"), own.to(e.situation, "2024-001")
		want, got = plain.take(want.ID, e.step), own.take(got.ID, e.step)
		what := fmt.Sprintf("%T when %s", e.do, e.situation)
		require.Equal(t, pinyin[want.State], got.State, what)
		require.Equal(t, want.Stage, got.Stage, what)
		tracks := maps.Clone(want.Tracks)
		for k, v := range tracks {
			tracks[k] = pinyin[v]
		}
		require.Equal(t, tracks, got.Tracks, what)
		require.Equal(t, want.Clocks, got.Clocks, what)
		require.Equal(t, want.Means(), got.Means(), what)
		require.Equal(t, want.WasFiled(), got.WasFiled(), what)
		own.sound()
	}
}

// An own state of the main line that is like another has all that the other has,
// on the main line and on every track, for everybody.
func TestAnOwnStateLikeHandlingLosesNoAction(t *testing.T) {
	ctx := context.Background()
	d := named(proposal.Nine(), "inspected")
	d.States = append(d.States, lifecycle.State{Key: "inspection", Like: "handling"})
	d.Transitions = append(d.Transitions, lifecycle.Transition{Event: "look", From: []string{"handling"}, To: "inspection", Roles: []string{"committee"}})
	h := newHouse(t, workflow.WithDefinition(proposal.Kind, d), workflow.WithUse(proposal.Kind, "", "inspected"))
	p := h.to("handling", "1")
	can := func(who proposal.Actor) (events []string) {
		choices, err := h.Choices(ctx, who, p.ID)
		require.NoError(t, err)
		for _, c := range choices {
			if c.Allowed && c.Event != "look" {
				events = append(events, c.Event+"/"+c.Instance)
			}
		}
		return events
	}
	people := []proposal.Actor{member, committee, office, leader, evaluator, clerk("market"), chief("market")}
	before := make([][]string, len(people))
	for i, who := range people {
		before[i] = can(who)
	}
	require.NotEmpty(t, slices.Concat(before...))
	p = h.take(p.ID, step{committee, look{}})
	require.Equal(t, []string{"inspection", "handling", "handling"}, []string{p.State, p.Stage, p.Means()})
	for i, who := range people {
		require.Equal(t, before[i], can(who), who.ID)
	}
	p = h.take(p.ID, reply("market")...)
	require.Equal(t, "replied", p.State, "it moves on by itself from there")
}
