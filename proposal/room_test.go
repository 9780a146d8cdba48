package proposal_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// fill has somebody add evaluations until there is no room for them, for that reason,
// and returns how many went in.
func fill(t *testing.T, h *house, who proposal.Actor, id, reason string) int {
	t.Helper()
	for n := 0; ; n++ {
		_, err := h.Do(context.Background(), who, id, proposal.Evaluate{Text: strings.Repeat("满", 100_000)})
		if err != nil {
			require.ErrorIs(t, err, workflow.ErrRefused)
			require.Equal(t, reason, reasons(t, err))
			return n
		}
		require.Less(t, n, 30)
	}
}

// warned returns the codes of what whoever may evaluate is warned of.
func warned(t *testing.T, h *house, who proposal.Actor, id string) []string {
	t.Helper()
	choices, err := h.Choices(context.Background(), who, id)
	require.NoError(t, err)
	i := slices.IndexFunc(choices, func(c workflow.Choice) bool { return c.Event == "evaluate" })
	require.GreaterOrEqual(t, i, 0)
	codes := []string{}
	for _, w := range choices[i].Warnings {
		codes = append(codes, w.Code)
	}
	return codes
}

// A20: whoever fills a case with all that they may say leaves room for those who handle
// it, these for those who run it, and everybody for a sweep; and one account leaves room
// for the next.
func TestA20NobodyFillsACaseForTheOthers(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.to("handling", "1")
	require.Empty(t, warned(t, h, member, p.ID))
	require.Equal(t, 3, fill(t, h, member, p.ID, "share_used"))
	require.Equal(t, []string{"little_room"}, warned(t, h, member, p.ID))
	require.Zero(t, fill(t, h, member, p.ID, "share_used"))
	for n := range 4 {
		require.Equal(t, 3, fill(t, h, person(fmt.Sprintf("e-%d", n), "", "evaluator"), p.ID, "share_used"), "evaluator %d", n)
	}
	require.Equal(t, 2, fill(t, h, person("e-4", "", "evaluator"), p.ID, "no_room"))
	h.take(p.ID, reply("market")[0])
	require.Equal(t, 3, fill(t, h, clerk("market"), p.ID, "share_used"))
	require.Empty(t, warned(t, h, committee, p.ID))
	require.Positive(t, fill(t, h, committee, p.ID, "no_room"))
	require.Equal(t, []string{"little_room"}, warned(t, h, committee, p.ID))
	crossed, err := h.Sweep(ctx, time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	require.NotEmpty(t, crossed, "a sweep finds room in a case that is full for all")
	_, err = h.Do(ctx, office, p.ID, proposal.Urge{Unit: "market", Text: "请尽快办理"})
	require.NoError(t, err, "what is short fits where what is long does not")
	h.sound()
}

// What an account takes out of a case is its own to fill again, and a draft that is
// written ten times is counted as long as it is.
func TestAShareCountsWhatStands(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.draft()
	written := func(length int) {
		t.Helper()
		var err error
		p, err = h.Do(ctx, member, p.ID, proposal.Revise{Title: p.Title, Category: p.Category, Text: proposal.Text{Background: strings.Repeat("长", length), Analysis: "分析", Suggestions: []string{"建议"}}})
		require.NoError(t, err)
	}
	written(10)
	short := p.Added[0]
	for range 10 {
		written(100_000)
	}
	require.Equal(t, []string{member.ID}, p.Acted)
	require.InDelta(t, 300_000, p.Added[0]-short, 1000)
	written(10)
	require.Less(t, p.Added[0], 2000)
}

// How much room there is, is data.
func TestTheRoomOfACaseIsSetByAnOption(t *testing.T) {
	h := newHouse(t, workflow.WithRoom(workflow.Room{All: 1 << 20, Handlers: 2 << 20, Share: 350_000}))
	p := h.to("handling", "1")
	require.Equal(t, 1, fill(t, h, member, p.ID, "share_used"))
	require.Equal(t, 1, fill(t, h, person("e-0", "", "evaluator"), p.ID, "share_used"))
	require.Equal(t, 1, fill(t, h, person("e-1", "", "evaluator"), p.ID, "no_room share_used"), "every reason is told")
	require.Equal(t, 1, fill(t, h, clerk("market"), p.ID, "share_used"))
	for _, r := range []workflow.Room{{All: -1}, {All: 9 << 20}, {All: 8 << 20}, {Handlers: 1}, {Runners: 1 << 40}, {Share: -1}, {Share: 9 << 20}} {
		_, err := proposal.New(memory.New(), workflow.WithRoom(r))
		require.ErrorIs(t, err, workflow.ErrInvalid, "%+v", r)
	}
}
