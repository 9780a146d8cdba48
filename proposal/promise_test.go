package proposal_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// What a reply of class B promises has a day, an owner and, in the end, evidence.
// A limit watches the day, also when the case has been closed before, as the shipped
// lifecycles let it be; a place may have it watched earlier, and the case wait for it.
func TestAPromiseIsWatchedUntilItIsKept(t *testing.T) {
	watched := named(proposal.Nine(), "watched")
	i := slices.IndexFunc(watched.Limits, func(l lifecycle.Limit) bool { return l.Key == "promise" })
	watched.Limits[i].Length = "7 days"
	for i := range watched.Transitions {
		if watched.Transitions[i].Event == "close" {
			watched.Transitions[i].Guards = append(watched.Transitions[i].Guards, "no_open_promise")
		}
	}
	h := newHouse(t, workflow.WithDefinition(proposal.Kind, watched), workflow.WithUse(proposal.Kind, "", "watched"))
	ctx := context.Background()
	p := h.to("promised", "1")
	require.Equal(t, "2024-09-23", dueOf(p, "promise"), "seven days before the day promised")
	require.Equal(t, "open", p.Track("promise", "market#1"))
	_, err := h.Do(ctx, committee, p.ID, proposal.Close{})
	require.Equal(t, "promise_open", reasons(t, err))
	for _, who := range []proposal.Actor{clerk("banking"), member, nobody} {
		_, err = h.Do(ctx, who, p.ID, proposal.KeepPromise{Promise: "market#1", Evidence: []string{"验收单"}})
		require.ErrorIs(t, err, workflow.ErrDenied)
	}
	_, err = h.Do(ctx, clerk("market"), p.ID, proposal.KeepPromise{Promise: "market#1"})
	require.Equal(t, "evidence empty", reasons(t, err))
	p = h.take(p.ID, step{clerk("market"), proposal.KeepPromise{Promise: "market#1", Evidence: []string{"验收单"}}}, step{committee, proposal.Close{}})
	require.Empty(t, dueOf(p, "promise"))
	promise := p.Part("market").Reply().Promises[0]
	require.Equal(t, []string{"market#1", "拓宽人行道", "2024-09-30", "市政科"}, []string{promise.ID, promise.What, promise.By.String(), promise.Owner})
	require.Equal(t, []string{"验收单"}, promise.Evidence)
	require.False(t, promise.Settled.IsZero())
	h.sound()

	shipped := newHouse(t)
	p = shipped.take(shipped.to("promised", "1").ID, step{committee, proposal.Close{}})
	require.Equal(t, "2024-09-30", dueOf(p, "promise"), "a closed case is watched on")
	p = shipped.take(p.ID, step{office, proposal.DropPromise{Promise: "market#1", Reason: "规划调整"}})
	require.Empty(t, dueOf(p, "promise"))
}

// A draft promises nothing yet; one written anew has promises of its own.
func TestADraftPromisesNothingYet(t *testing.T) {
	h := newHouse(t)
	draft := func(what string) step {
		return step{clerk("market"), proposal.Reply{Text: "拟办。", Promises: []proposal.Undertaking{{What: what, By: day("2024-09-30"), Owner: "市政科"}}}}
	}
	p := h.take(h.to("handling", "1").ID, draft("拓宽"), step{chief("market"), proposal.ReturnReply{Unit: "market", Reason: "改"}}, draft("改道"))
	require.Empty(t, p.Track("promise", "market#1"))
	p = h.take(p.ID, step{chief("market"), proposal.IssueReply{Unit: "market"}})
	require.Empty(t, p.Track("promise", "market#1"))
	require.Equal(t, "open", p.Track("promise", "market#2"))
	_, err := h.Do(context.Background(), office, p.ID, proposal.DropPromise{Promise: "market#1", Reason: "x"})
	require.ErrorIs(t, err, workflow.ErrRefused)
}

func TestPromisesThatSayTooLittle(t *testing.T) {
	whole := proposal.Undertaking{What: "拓宽", By: day("2024-09-30"), Owner: "市政科"}
	for field, spoil := range map[string]func(*proposal.Undertaking){
		"promises[1].what empty":      func(u *proposal.Undertaking) { u.What = " " },
		"promises[1].owner empty":     func(u *proposal.Undertaking) { u.Owner = "" },
		"promises[1].by out_of_range": func(u *proposal.Undertaking) { u.By = calendar.Date{} },
	} {
		h := newHouse(t)
		p := h.to("handling", "1")
		bad := whole
		spoil(&bad)
		_, err := h.Do(context.Background(), clerk("market"), p.ID, proposal.Reply{Text: "x", Promises: []proposal.Undertaking{whole, bad}})
		require.Equal(t, field, reasons(t, err))
	}
	h := newHouse(t)
	past := whole
	past.By = day("2024-03-03")
	_, err := h.Do(context.Background(), clerk("market"), h.to("handling", "1").ID, proposal.Reply{Text: "x", Promises: []proposal.Undertaking{past}})
	require.Equal(t, "promises[0].by out_of_range", reasons(t, err))
}
