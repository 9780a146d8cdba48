//go:build unix

package campaign

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// manyProposals opens proposals of several people and bodies, and takes each some
// way; their titles are their names.
func manyProposals(t *testing.T, svc *proposal.Service) (ids map[string]string) {
	t.Helper()
	ctx := context.Background()
	as := func(id, body, unit string, roles ...string) proposal.Actor {
		return proposal.Actor{ID: id, Body: body, Unit: unit, Roles: roles}
	}
	ids = make(map[string]string)
	n := 0
	for _, body := range []string{"xiushan", "jiulongpo"} {
		for _, who := range []proposal.Actor{as("m-1", body, "", "member"), as("m-2", body, "", "member"), as("p-1", body, "12", "party")} {
			for way := range 4 {
				n++
				draft := proposal.Draft{Title: fmt.Sprint("case ", n), Category: proposal.Economic}
				if who.Unit != "" {
					draft.Proposer = proposal.Proposer{Kind: proposal.Party, ID: "12"}
				}
				p, err := svc.Open(ctx, who, draft)
				do := func(by proposal.Actor, action proposal.Action) {
					if err == nil {
						_, err = svc.Do(ctx, by, p.ID, action)
					}
				}
				if way > 0 {
					do(who, proposal.Submit{})
				}
				if way > 1 {
					do(as("c-1", body, "", "committee"), proposal.File{Number: fmt.Sprint(n)})
					do(as("o-1", body, "", "office"), proposal.Assign{Lead: "market", Co: []string{"banking"}})
				}
				if way > 2 {
					do(as("c-1", body, "", "committee"), proposal.Publish{Title: "公开", Text: "已交办。"})
				}
				require.NoError(t, err)
				ids[p.ID] = draft.Title
			}
		}
	}
	return ids
}

// Whether an actor sees a case and which cases he sees is one rule, which each
// engine evaluates in its own way: the answers are those of the memory, by ID, page,
// count, list, history, choices and figures, and what is denied is not told from what is not there.
func TestMayAndWhichAgree(t *testing.T) {
	t.Parallel()
	tree, err := workflow.NewTree(workflow.Body{ID: "chongqing"}, workflow.Body{ID: "xiushan", Parent: "chongqing"}, workflow.Body{ID: "jiulongpo", Parent: "chongqing"})
	require.NoError(t, err)
	answers := func(t *testing.T, st store.Store) (all []string) {
		t.Helper()
		svc, err := proposal.New(st, workflow.WithTree(tree))
		require.NoError(t, err)
		ids := manyProposals(t, svc)
		rnd := rand.New(rand.NewPCG(11, 4)) // the same actors every time
		pick := func(of ...string) string { return of[rnd.IntN(len(of))] }
		for range times(12, 400) {
			a := proposal.Actor{ID: pick("", "m-1", "m-2", "12", "x"), Body: pick("xiushan", "jiulongpo", "chongqing", ""), Unit: pick("", "", "market", "banking", "12", "m-1")}
			for range rnd.IntN(3) {
				a.Roles = append(a.Roles, pick("member", "committee", "office", "administrator", "proposer", "unit", "public"))
			}
			if rnd.IntN(3) == 0 {
				a.Grants = []workflow.Grant{{Role: pick("committee", "office", "proposer"), Body: pick("xiushan", "chongqing")}}
			}
			all = append(all, seenBy(t, svc, a, ids))
		}
		return all
	}
	want := answers(t, memory.New())
	require.Contains(t, strings.Join(want, "\n"), "case 2 ")
	for name, empty := range engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, want, answers(t, mustOpen(t, empty(t))))
		})
	}
}

// toldOf returns what a reader is told of a case that he sees: how much of its
// history, and what he may do next.
func toldOf(t *testing.T, reader workflow.Reader[*proposal.Proposal, proposal.Rules], id string) string {
	t.Helper()
	words := "no history"
	history, err := reader.History(context.Background(), id)
	if err == nil {
		words = fmt.Sprint(len(history))
		for _, e := range history {
			words += " " + e.Event + ":" + e.Actor
		}
	} else {
		require.ErrorIs(t, err, workflow.ErrDenied)
	}
	choices, err := reader.Choices(context.Background(), id)
	require.NoError(t, err)
	for _, c := range choices {
		words += fmt.Sprint(" ", c.Event, c.Instance, c.Allowed)
	}
	return words
}

// figuresSeen returns the figures of what a reader sees, which are counted of no
// more than that.
func figuresSeen(t *testing.T, reader workflow.Reader[*proposal.Proposal, proposal.Rules]) string {
	t.Helper()
	var seen proposal.Tally
	require.NoError(t, reader.Each(context.Background(), workflow.Query{}, func(p *proposal.Proposal) error {
		seen.Add(p)
		return nil
	}))
	words, err := json.Marshal(&seen)
	require.NoError(t, err)
	return string(words)
}

// seenBy returns what an actor sees, in words; that his answers agree it requires.
func seenBy(t *testing.T, svc *proposal.Service, a proposal.Actor, ids map[string]string) string {
	t.Helper()
	ctx := context.Background()
	reader := svc.As(a)
	may := make(map[string]bool)
	for id := range ids {
		_, err := reader.Get(ctx, id)
		if err == nil {
			may[id] = true
			continue
		}
		require.ErrorIs(t, err, workflow.ErrNotFound)
		_, missing := reader.Get(ctx, "no-such-case")
		require.Equal(t, strings.ReplaceAll(missing.Error(), "no-such-case", id), err.Error())
		_, err = reader.History(ctx, id)
		require.ErrorIs(t, err, workflow.ErrNotFound)
	}
	which := make(map[string]bool)
	words := fmt.Sprintf("%+v:", a)
	q := workflow.Query{Order: "opened", Max: 5}
	for {
		page, err := reader.Page(ctx, q)
		require.NoError(t, err)
		for _, p := range page.Cases {
			which[p.ID] = true
		}
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	require.Equal(t, may, which, words)
	for n := range len(ids) {
		for id := range may {
			if title := fmt.Sprint("case ", n+1); ids[id] == title {
				words += " " + title + " " + toldOf(t, reader, id)
			}
		}
	}
	n, err := reader.Count(ctx, workflow.Query{})
	require.NoError(t, err)
	require.EqualValues(t, len(may), n, words)
	for _, attr := range []string{"state", "category", "number", "unit"} { // of which some are not for everybody
		values, err := reader.CountBy(ctx, workflow.Query{}, attr)
		require.NoError(t, err)
		words += fmt.Sprint(values)
	}
	words += figuresSeen(t, reader)
	for _, l := range svc.Lists() {
		for _, body := range []string{"xiushan", "jiulongpo"} {
			list := workflow.Query{List: l.Key, Body: body, Key: map[workflow.Keeper]string{workflow.OfPerson: "m-1", workflow.OfUnit: "market"}[l.For]}
			listed := int64(0)
			require.NoError(t, reader.Each(ctx, list, func(p *proposal.Proposal) error {
				require.True(t, may[p.ID], "%s has %s of %s", l.Key, p.ID, words)
				listed++
				return nil
			}))
			n, err := reader.Count(ctx, list)
			require.NoError(t, err)
			require.Equal(t, listed, n, l.Key)
			words += fmt.Sprintf(" %s:%d", l.Key, n)
		}
	}
	return words
}
