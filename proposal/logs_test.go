package proposal_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// However often the units are urged, the proposal does not grow: it holds the last
// times and how many came before, and its history all of them.
func TestAProposalHoldsTheLastUrgings(t *testing.T) {
	t.Parallel()
	const most, times = 20, 27
	h := newHouse(t)
	p := h.to("handling", "1")
	full := 0
	for i := range times {
		p = h.take(p.ID, step{office, proposal.Urge{Text: "请抓紧办理，第" + strconv.Itoa(1000+i) + "次"}})
		require.Len(t, p.Urgings, min(i+1, most))
		require.Equal(t, i+1, p.UrgedBefore+len(p.Urgings))
		require.Contains(t, p.Urgings[len(p.Urgings)-1].Text, strconv.Itoa(1000+i))
		r, _, err := h.store.Load(context.Background(), proposal.Kind, p.ID)
		require.NoError(t, err)
		switch {
		case i+1 == most:
			full = len(r.Data)
		case i+1 > most:
			require.InDelta(t, full, len(r.Data), 40, "urged %d times", i+1)
		}
	}
	seen, err := h.As(office).Get(context.Background(), p.ID)
	require.NoError(t, err)
	require.Equal(t, times-most, seen.UrgedBefore)
	history, err := h.History(context.Background(), p.ID)
	require.NoError(t, err)
	urged := 0
	for _, e := range history {
		if e.Event == "urge" {
			require.Contains(t, string(e.Action), strconv.Itoa(1000+urged))
			urged++
		}
	}
	require.Equal(t, times, urged)
	h.sound()
}

// What people log by hand is not forgotten, and so has an end.
func TestLogsHaveAnEnd(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		situation string
		step      step
		field     string
	}{
		{"handling", step{clerk("market"), proposal.LogContact{Form: proposal.ByPhone}}, "text"},
		{"supervised", step{leader, proposal.VisitSite{Place: "步行街"}}, "found"},
		{"closed", step{office, proposal.Follow{Found: "已建成"}}, "found"},
	} {
		t.Run(tc.step.do.Event(), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			p := h.to(tc.situation, "1")
			for range proposal.MaxList {
				_, err := h.Do(context.Background(), tc.step.who, p.ID, tc.step.do)
				require.NoError(t, err)
			}
			_, err := h.Do(context.Background(), tc.step.who, p.ID, tc.step.do)
			require.ErrorIs(t, err, workflow.ErrInvalid)
			require.ErrorContains(t, err, tc.field+": there were 200 ")
			require.ErrorContains(t, err, "too_many")
		})
	}
}
