package proposal_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// fullRules are rules that say something in every field.
func fullRules() proposal.Rules {
	r := proposal.DefaultRules()
	r.Hearing = proposal.Hearing{Asked: proposal.AskedAll, Makes: proposal.MakesWorst, Redo: 2}
	r.Plenaries = []proposal.PlenaryTime{{
		Session: "五届三次", Opens: time.Date(2024, 1, 10, 0, 0, 0, 0, time.UTC),
		Closes: time.Date(2024, 1, 15, 4, 0, 0, 0, time.UTC), Ends: time.Date(2024, 1, 18, 4, 0, 0, 0, time.UTC),
	}}
	r.Numbers = []proposal.NumberForm{{Format: "{session}第{seq}号"}}
	return r
}

// What is adopted is what is gone by: rules keep every field on their way through
// JSON and the store.
func TestRulesOfProposalsAreAdoptedWhole(t *testing.T) {
	ctx := context.Background()
	at := time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
	for name, want := range map[string]proposal.Rules{"default": proposal.DefaultRules(), "full": fullRules()} {
		svc, err := proposal.New(memory.New(), workflow.WithNow(func() time.Time { return at }))
		require.NoError(t, err)
		data, err := json.Marshal(want)
		require.NoError(t, err)
		a, err := svc.Adopt(ctx, admin, "xiushan", workflow.Adopt{Title: "提案工作条例", Rules: data})
		require.NoError(t, err, name)
		got, err := svc.RulesAt(ctx, "xiushan", a.Holds)
		require.NoError(t, err)
		require.Equal(t, want, got, name)
	}
}

func TestRulesThatLoseACodeInUseAreNotAdopted(t *testing.T) {
	ctx := context.Background()
	svc, err := proposal.New(memory.New())
	require.NoError(t, err)
	for name, spoil := range map[string]func(r *proposal.Rules){
		"rules.categories lost": func(r *proposal.Rules) { r.Categories = r.Categories[1:] },
		"rules.classes edited":  func(r *proposal.Rules) { r.Classes[0].Terms[0].Letter = "Z" },
		"rules.opinions lost":   func(r *proposal.Rules) { r.Opinions[0][0].Version = 2 },
		"rules.refusals lost":   func(r *proposal.Rules) { r.Refusals = nil },
	} {
		r := proposal.DefaultRules()
		spoil(&r)
		data, err := json.Marshal(r)
		require.NoError(t, err)
		_, err = svc.Adopt(ctx, admin, "xiushan", workflow.Adopt{Rules: data})
		var invalid *workflow.InvalidError
		require.ErrorAs(t, err, &invalid, name)
		require.Equal(t, name, invalid.Field+" "+invalid.Code)
	}
	more := proposal.DefaultRules()
	more.Classes = append(more.Classes, proposal.Scheme{Name: "classes", Version: 2, Terms: append(proposal.CommonClasses().Terms,
		proposal.Term{Key: "d", Letter: "D", As: proposal.Reference})})
	data, err := json.Marshal(more)
	require.NoError(t, err)
	_, err = svc.Adopt(ctx, admin, "xiushan", workflow.Adopt{Rules: data})
	require.NoError(t, err)
}

// The office changes the classes of its answers from a day on, without a program:
// a reply of the day before is coded by the old ones, also when it is entered later.
func TestAnOfficeChangesItsClassesFromADayOn(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.to("handling", "7")
	rules := proposal.DefaultRules()
	rules.Classes = append(rules.Classes, proposal.Scheme{
		Name: "classes", Version: 2, From: map[string]string{"a": "yes", "b": "yes", "c": "no"},
		Terms: []proposal.Term{{Key: "yes", As: proposal.Settled}, {Key: "no", As: proposal.Reference}},
	})
	data, err := json.Marshal(rules)
	require.NoError(t, err)
	a, err := h.Adopt(ctx, admin, p.Body, workflow.Adopt{Rules: data})
	require.NoError(t, err)
	reply := func(class string, at time.Time) error {
		_, err := h.Do(ctx, clerk("market"), p.ID, proposal.Reply{Class: class, Text: "已办"}, workflow.Happened(at))
		return err
	}
	var invalid *workflow.InvalidError
	require.ErrorAs(t, reply("yes", a.Holds.Add(-time.Second)), &invalid)
	require.ErrorAs(t, reply("a", a.Holds), &invalid)
	require.NoError(t, reply("yes", a.Holds))
}
