package proposal_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// fill has somebody add evaluations until there is no room, and returns how many went in.
func fill(t *testing.T, h *house, who proposal.Actor, id string) int {
	t.Helper()
	for n := 0; ; n++ {
		_, err := h.Do(context.Background(), who, id, proposal.Evaluate{Text: strings.Repeat("满", 100_000)})
		if err != nil {
			require.ErrorIs(t, err, workflow.ErrRefused)
			require.Equal(t, "no_room", reasons(t, err))
			return n
		}
		require.Less(t, n, 30)
	}
}

// A20: whoever fills a case with all that they may say leaves room for those who handle
// it, these for those who run it, and everybody for a sweep.
func TestA20NobodyFillsACaseForTheOthers(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.to("handling", "1")
	require.Equal(t, 17, fill(t, h, member, p.ID))
	require.Zero(t, fill(t, h, member, p.ID))
	h.take(p.ID, reply("market")[0])
	require.Positive(t, fill(t, h, clerk("market"), p.ID))
	require.Positive(t, fill(t, h, committee, p.ID))
	crossed, err := h.Sweep(ctx, time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	require.NotEmpty(t, crossed, "a sweep finds room in a case that is full for all")
	_, err = h.Do(ctx, office, p.ID, proposal.Urge{Unit: "market", Text: "请尽快办理"})
	require.NoError(t, err, "what is short fits where what is long does not")
	h.sound()
}

// How much room there is, is data.
func TestTheRoomOfACaseIsSetByAnOption(t *testing.T) {
	h := newHouse(t, workflow.WithRoom(workflow.Room{All: 1 << 20, Handlers: 2 << 20}))
	p := h.to("handling", "1")
	require.Equal(t, 3, fill(t, h, member, p.ID))
	require.Equal(t, 3, fill(t, h, clerk("market"), p.ID))
	for _, r := range []workflow.Room{{All: -1}, {All: 9 << 20}, {All: 8 << 20}, {Handlers: 1}, {Runners: 1 << 40}} {
		_, err := proposal.New(memory.New(), workflow.WithRoom(r))
		require.ErrorIs(t, err, workflow.ErrInvalid, "%+v", r)
	}
}
