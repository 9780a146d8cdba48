package proposal_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

func numbering(forms ...proposal.NumberForm) workflow.Option {
	rules := proposal.DefaultRules()
	rules.Numbers = forms
	return workflow.WithRules("", rules)
}

// Fifty who file at once get the numbers from 1 to 50: none twice, none left out.
func TestNumbersGivenAtOnceLeaveNoGap(t *testing.T) {
	h := newHouse(t, numbering(proposal.NumberForm{Format: "{seq}"}))
	ids := make([]string, 50)
	for i := range ids {
		ids[i] = h.to("reviewing", "").ID
	}
	race(len(ids), func(i int) {
		if _, err := h.FileNext(context.Background(), committee, ids[i]); err != nil {
			t.Error(err)
		}
	})
	var given []int
	for _, id := range ids {
		n, err := strconv.Atoi(h.take(id).Number)
		require.NoError(t, err)
		given = append(given, n)
	}
	slices.Sort(given)
	for i, n := range given {
		require.Equal(t, i+1, n)
	}
	h.sound()
}

// Forms of one sequence count together, also beside numbers given by hand; a
// refused filing and a case withdrawn since leave no gap.
func TestNumbersOfSeveralForms(t *testing.T) {
	h := newHouse(t, numbering(
		proposal.NumberForm{Kinds: []proposal.ProposerKind{proposal.Party}, Format: "{session}-{seq:3}党", Sequence: "all"},
		proposal.NumberForm{Format: "{session}-{seq:3}", Sequence: "all"},
	))
	ctx := context.Background()
	party := person("p-1", "jiusan", "party")
	open := func(who proposal.Actor, kind proposal.ProposerKind, session string) string {
		p, err := h.Open(ctx, who, proposal.Draft{Title: "x", Session: session, Proposer: proposal.Proposer{Kind: kind}})
		require.NoError(t, err)
		return h.take(p.ID, step{who, proposal.Submit{}}).ID
	}
	next := func(id string) string {
		p, err := h.FileNext(ctx, committee, id)
		require.NoError(t, err)
		return p.Number
	}
	first := open(member, proposal.Member, "15-3")
	require.Equal(t, "15-3-001", next(first))
	require.Equal(t, "15-3-002党", next(open(party, proposal.Party, "十五届三次会议")))
	_, err := h.FileNext(ctx, office, open(member, proposal.Member, "15-3"))
	require.ErrorIs(t, err, workflow.ErrDenied)

	_, err = h.Do(ctx, committee, open(member, proposal.Member, "15-3"), proposal.File{Number: "15-3-2"})
	require.Equal(t, "taken", reasons(t, err), "002 is taken by 002党")
	_, err = h.Do(ctx, committee, open(member, proposal.Member, "15-3"), proposal.File{Number: "第１５-3-002号"})
	require.Equal(t, "taken", reasons(t, err), "in any spelling")
	h.take(open(member, proposal.Member, "15-3"), step{committee, proposal.File{Number: "15-3-003"}})
	h.take(first, step{member, proposal.Withdraw{Text: "已解决"}})
	require.Equal(t, "15-3-004党", next(open(party, proposal.Party, "15-3")))
	require.Equal(t, "15-4-001", next(open(member, proposal.Member, "15-4")), "every session counts from 1")

	voided := h.take(first)
	require.Equal(t, []string{"15-3-001", "withdraw", "已解决"}, []string{voided.Number, voided.Review.Outcome, voided.Review.Text}, "a voided number stays explained")
}

// The same command twice gives one number, and who has a number keeps it.
func TestANumberIsGivenOnce(t *testing.T) {
	h := newHouse(t, numbering(proposal.NumberForm{Format: "{seq}"}))
	ctx := context.Background()
	into, p := h.to("reviewing", ""), h.to("reviewing", "")
	for range 2 {
		filed, err := h.FileNext(ctx, committee, p.ID, workflow.Command("file"))
		require.NoError(t, err)
		require.Equal(t, "1", filed.Number)
	}
	_, err := h.Merge(ctx, committee, into.ID, []string{p.ID})
	require.NoError(t, err)
	_, err = h.Unmerge(ctx, committee, p.ID)
	require.NoError(t, err)
	_, err = h.FileNext(ctx, committee, p.ID)
	require.Equal(t, "wrong_state", reasons(t, err))
	require.Equal(t, "1", h.take(p.ID).Number)
}

func TestNumbersThatCannotBeGiven(t *testing.T) {
	ctx := context.Background()
	for name, c := range map[string]struct {
		form   proposal.NumberForm
		draft  proposal.Draft
		reason string
	}{
		"no form":    {proposal.NumberForm{Kinds: []proposal.ProposerKind{proposal.Party}, Format: "{seq}"}, proposal.Draft{Session: "15-3"}, "number no_form"},
		"no term":    {proposal.NumberForm{Format: "{seq}"}, proposal.Draft{}, "session empty"},
		"no session": {proposal.NumberForm{Format: "{session}-{seq}"}, proposal.Draft{Year: 2024}, "session empty"},
		"no year":    {proposal.NumberForm{Format: "{year}{seq:4}"}, proposal.Draft{Session: "15-3"}, "year empty"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, numbering(c.form))
			c.draft.Title = "x"
			p, err := h.Open(ctx, member, c.draft)
			require.NoError(t, err)
			h.take(p.ID, step{member, proposal.Submit{}})
			_, err = h.FileNext(ctx, committee, p.ID)
			require.Equal(t, c.reason, reasons(t, err))
		})
	}
	for format, field := range map[string]string{
		"": "format", "第号": "format", "{seq": "format", "{seq:0}": "format", "{seq:x}": "format", "{seq}{seq}": "format", "2024{seq}": "format", "{term}{seq}": "format",
	} {
		_, err := proposal.New(memory.New(), numbering(proposal.NumberForm{Format: format}))
		require.ErrorContains(t, err, "numbers[0]."+field, format)
	}
	for field, form := range map[string]proposal.NumberForm{
		"kinds[0]": {Kinds: []proposal.ProposerKind{"nobody"}, Format: "{seq}"}, "timing": {Timing: "later", Format: "{seq}"}, "sequence": {Format: "{seq}", Sequence: "a\nb"},
	} {
		_, err := proposal.New(memory.New(), numbering(form))
		require.ErrorContains(t, err, "numbers[0]."+field)
	}
}

func ExampleService_FileNext() {
	ctx := context.Background()
	rules := proposal.DefaultRules()
	rules.Numbers = []proposal.NumberForm{{Format: "{year}{seq:4}"}}
	svc, err := proposal.New(memory.New(), workflow.WithRules("", rules))
	if err != nil {
		fmt.Println(err)
		return
	}
	member := proposal.Actor{ID: "m-1", Body: "xiushan", Roles: []string{"member"}}
	committee := proposal.Actor{ID: "c-1", Body: "xiushan", Roles: []string{"committee"}}
	for range 2 {
		p, err := svc.Open(ctx, member, proposal.Draft{Title: "关于支持小店经济的提案", Year: 2024})
		if err == nil {
			_, err = svc.Do(ctx, member, p.ID, proposal.Submit{})
		}
		if err == nil {
			p, err = svc.FileNext(ctx, committee, p.ID)
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(p.Number)
	}
	// Output:
	// 20240001
	// 20240002
}
