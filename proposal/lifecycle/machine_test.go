package lifecycle_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
)

func codes(blockers []lifecycle.Blocker) []string {
	var list []string
	for _, b := range blockers {
		list = append(list, b.Code)
	}
	return list
}

func TestFireMovesAndRecords(t *testing.T) {
	m := machine(t, sound())
	for _, c := range []struct{ state, event, to string }{
		{"draft", "submit", "in_hand"},
		{"in_hand", "note", "in_hand"}, // looplab calls this an error; here the event happened and nothing moved
		{"closed", "note", "in_hand"},  // out of a final state
		{"in_hand", "close", "closed"},
	} {
		to, err := m.Fire(t.Context(), c.state, c.event)
		require.NoError(t, err)
		require.Equal(t, c.to, to, "%+v", c)
	}
}

func TestFireRefusesAndNamesTheReason(t *testing.T) {
	m := machine(t, sound())
	for name, c := range map[string]struct {
		m                  *lifecycle.Machine
		state, event, code string
		zh, en             string
	}{
		"wrong state":       {m, "draft", "close", lifecycle.BlockWrongState, "当前状态“草稿”不能进行“close”", `"close" does not lead on from the state "Draft"`},
		"wrong, with label": {m, "closed", "submit", lifecycle.BlockWrongState, "当前状态“办结”不能进行“提交”", `"Submit" does not lead on from the state "Closed"`},
		"unknown state":     {m, "nowhere", "submit", lifecycle.BlockWrongState, "当前状态“nowhere”不能进行“提交”", `"Submit" does not lead on from the state "nowhere"`},
		"no state":          {m, "", "submit", lifecycle.BlockWrongState, "当前状态“”不能进行“提交”", `"Submit" does not lead on from the state ""`},
		"unknown event":     {m, "draft", "fly", lifecycle.BlockUnknownEvent, "没有事项“fly”", `there is no event "fly"`},
		"a track's event":   {m, "draft", "supervise", lifecycle.BlockUnknownEvent, "事项“supervise”属于并行线 supervision，不在主线上", `"supervise" is an event of the track supervision, not of the main line`},
		"main's on a track": {m.Track("part"), "given", "submit", lifecycle.BlockUnknownEvent, "没有事项“submit”", `there is no event "submit"`},
		"state of the main": {m.Track("part"), "draft", "answer", lifecycle.BlockWrongState, "当前状态“draft”不能进行“answer”", `"answer" does not lead on from the state "draft"`},
	} {
		t.Run(name, func(t *testing.T) {
			to, err := c.m.Fire(t.Context(), c.state, c.event)
			require.Equal(t, c.state, to, "nothing moves")
			require.ErrorIs(t, err, lifecycle.ErrRefused)
			var refused *lifecycle.RefusedError
			require.ErrorAs(t, err, &refused)
			require.Equal(t, c.state, refused.State)
			require.Equal(t, c.event, refused.Event)
			require.Equal(t, []lifecycle.Blocker{{Code: c.code, Label: lifecycle.Label{ZH: c.zh, EN: c.en}}}, refused.Blockers)
			require.Contains(t, err.Error(), c.code)
			require.False(t, c.m.Can(c.state, c.event))
			_, ok := c.m.Transition(c.state, c.event)
			require.False(t, ok)
		})
	}
}

func TestEndedContextIsRefusedAndJamsNothing(t *testing.T) {
	m := machine(t, sound())
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	expired, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	for range 50 {
		for ctx, want := range map[context.Context]error{cancelled: context.Canceled, expired: context.DeadlineExceeded} {
			to, err := m.Fire(ctx, "draft", "submit")
			require.ErrorIs(t, err, want)
			require.ErrorContains(t, err, "submit in state draft")
			require.Equal(t, "draft", to)
		}
		to, err := m.Fire(t.Context(), "draft", "submit")
		require.NoError(t, err, "a cancelled transition was left pending in the pool")
		require.Equal(t, "in_hand", to)
	}
}

// endsLater is a context that ends just after Fire has looked at it.
type endsLater struct {
	context.Context
	looks int
}

func (c *endsLater) Err() error {
	if c.looks++; c.looks == 1 {
		return nil
	}
	return context.Canceled
}

func (c *endsLater) Done() <-chan struct{} {
	done := make(chan struct{})
	close(done)
	return done
}

func TestContextThatEndsDuringFireJamsNothing(t *testing.T) {
	m := machine(t, sound())
	for range 50 {
		ctx := &endsLater{Context: t.Context()}
		to, err := m.Fire(ctx, "draft", "submit")
		require.NoError(t, err, "looplab was given a context that can end")
		require.Equal(t, "in_hand", to)
		_, err = m.Fire(t.Context(), "draft", "submit")
		require.NoError(t, err)
	}
}

func TestAllowedIsSortedAndTheCallersOwn(t *testing.T) {
	d := sound()
	d.Transitions = append(d.Transitions, lifecycle.Transition{Event: "abandon", From: []string{"in_hand"}, To: "closed", Roles: []string{"office"}})
	m := machine(t, d)
	require.Equal(t, []string{"abandon", "close", "note"}, m.Allowed("in_hand"))
	m.Allowed("in_hand")[0] = "spoilt"
	require.Equal(t, []string{"abandon", "close", "note"}, m.Allowed("in_hand"))
	require.Empty(t, m.Allowed("nowhere"))
	require.Equal(t, []string{"answer", "press"}, m.Track("part").Allowed("given"))
	require.Equal(t, []string{"answer"}, m.Track("part").Allowed("pressed"), "from given, which it is like")
	require.Empty(t, m.Track("part").Allowed("done"))
}

func TestBlockersNameEveryReason(t *testing.T) {
	m := machine(t, sound())
	for _, c := range []struct {
		state, event string
		roles        []string
		want         []string
	}{
		{"draft", "submit", []string{"proposer"}, nil},
		{"draft", "submit", []string{"leader", "proposer"}, nil},
		{"draft", "submit", []string{"leader"}, []string{"no_role"}},
		{"draft", "submit", nil, []string{"no_role"}},
		{"closed", "submit", []string{"proposer"}, []string{"wrong_state"}},
		{"closed", "submit", []string{"leader"}, []string{"wrong_state", "no_role"}},
		{"draft", "fly", []string{"leader"}, []string{"unknown_event"}},
		{"in_hand", "close", []string{"office"}, []string{"no_role"}},
	} {
		require.Equal(t, c.want, codes(m.Blockers(c.state, c.event, c.roles)), "%+v", c)
	}
	require.Equal(t, lifecycle.Label{ZH: "没有进行“提交”的权限", EN: `none of the roles may fire "Submit"`}, m.Blockers("draft", "submit", nil)[0].Label)
}

// One event may have different roles in different states, as in the fire
// service's lifecycle among the public ones.
func TestRolesAreAskedOfTheState(t *testing.T) {
	d := sound()
	d.Transitions = append(d.Transitions, lifecycle.Transition{Event: "submit", From: []string{"closed"}, To: "in_hand", Roles: []string{"office"}})
	m := machine(t, d)
	require.Empty(t, m.Blockers("draft", "submit", []string{"proposer"}))
	require.Equal(t, []string{"no_role"}, codes(m.Blockers("closed", "submit", []string{"proposer"})))
	require.True(t, m.Permits("submit", []string{"proposer"}))
	require.True(t, m.Permits("submit", []string{"x", "office"}))
	require.False(t, m.Permits("submit", []string{"x"}))
	require.False(t, m.Permits("submit", nil))
	require.False(t, m.Permits("fly", []string{"office"}))
	require.False(t, m.Permits("answer", []string{"unit"}), "a track's event is its own")
	require.True(t, m.Track("part").Permits("answer", []string{"unit"}))
}

func TestTransitionStateAndTracks(t *testing.T) {
	d := sound()
	m := machine(t, d)
	got, ok := m.Transition("in_hand", "close")
	require.True(t, ok)
	require.Equal(t, d.Transitions[2], got)
	got, ok = m.Track("supervision").Transition("off", "supervise")
	require.True(t, ok)
	require.Equal(t, []string{"in_hand"}, got.While)

	state, ok := m.State("closed")
	require.True(t, ok)
	want := d.States[2]
	want.Is = "closed"
	require.Equal(t, want, state)
	_, ok = m.State("given")
	require.False(t, ok, "a track's state is its own")

	require.Nil(t, m.Track("x"))
	require.Nil(t, m.Track("part").Track("part"))
	require.True(t, m.Track("part").Each())
	require.False(t, m.Track("supervision").Each())
	require.False(t, m.Each())
	require.Equal(t, "given", m.Track("part").Initial())
	require.Equal(t, "sound", m.Track("part").Name())
	require.NotEqual(t, m.Fingerprint(), m.Track("part").Fingerprint())
	for event, track := range map[string]string{"answer": "part", "supervise": "supervision", "submit": "", "fly": ""} {
		require.Equal(t, track, m.TrackOf(event), event)
	}
}

func TestAutosKeepTheOrderOfTheDefinition(t *testing.T) {
	d := sound()
	auto := d.Transitions[2]
	auto.Event, auto.From, auto.To = "abandon", []string{"draft", "in_hand"}, "closed"
	d.Transitions = append(d.Transitions, auto)
	m := machine(t, d)
	events := func(state string) (list []string) {
		for _, a := range m.Autos(state) {
			list = append(list, a.Event)
		}
		return list
	}
	require.Equal(t, []string{"close", "abandon"}, events("in_hand"))
	require.Equal(t, []string{"abandon"}, events("draft"))
	require.Empty(t, events("closed"))
}

func TestReadsAllocateNothing(t *testing.T) {
	m := machine(t, sound())
	roles := []string{"leader", "proposer"}
	for name, f := range map[string]func(){
		"Can":        func() { m.Can("draft", "submit") },
		"Can not":    func() { m.Can("draft", "fly") },
		"Transition": func() { m.Transition("draft", "submit") },
		"Blockers":   func() { m.Blockers("draft", "submit", roles) },
		"Permits":    func() { m.Permits("submit", roles) },
		"Autos":      func() { m.Autos("in_hand") },
		"Stage":      func() { m.Stage("draft", nil) },
	} {
		require.Zero(t, testing.AllocsPerRun(100, f), name)
	}
}

// Under the race detector a pool forgets now and then, hence the wide margin.
func TestFireBuildsNoMachinePerCall(t *testing.T) {
	d := large()
	m := machine(t, d)
	build := testing.AllocsPerRun(100, func() { bare(d.Initial, d.Transitions) })
	fire := testing.AllocsPerRun(1000, func() {
		if _, err := m.Fire(t.Context(), "state.00", "event.00"); err != nil {
			t.Fatal(err)
		}
	})
	t.Logf("%v allocations to build, %v to fire", build, fire)
	require.Less(t, fire, build)
}
