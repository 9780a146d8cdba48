package proposal_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// everywhere administers both districts.
var everywhere = proposal.Actor{ID: "a-9", Body: "chongqing", Grants: []workflow.Grant{{Role: workflow.Administrator, Body: "chongqing"}}}

func toJiulongpo(ids ...string) workflow.Relocation {
	return workflow.Relocation{Cases: ids, To: "jiulongpo", Reason: "区划调整"}
}

// S85: bodies merge and cases go on elsewhere, with number, history and an explained
// trace; from then on the new body acts and sees, the old one sees where it went.
func TestS85ACaseMovesToAnotherBody(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	p := h.to("handling", "7")
	before, err := h.History(ctx, p.ID)
	require.NoError(t, err)
	moved, err := h.Relocate(ctx, everywhere, toJiulongpo(p.ID))
	require.NoError(t, err)
	require.Equal(t, moved[0], h.take(p.ID))
	p = moved[0]
	require.Equal(t, []string{"jiulongpo", "7", "xiushan", "handling"}, []string{p.Body, p.Number, p.NumberedIn, p.State})
	require.Equal(t, []workflow.Stay{{Body: "xiushan", Until: p.Changed, By: "a-9", Reason: "区划调整"}}, p.Stays)

	after, err := h.History(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, before, after[:len(before)])
	require.Equal(t, workflow.Relocated, after[len(before)].Event)
	require.JSONEq(t, `{"from":"xiushan"}`, string(after[len(before)].Note))
	breaks, err := h.Verify(ctx, p.ID)
	require.NoError(t, err)
	require.Empty(t, breaks)

	for _, of := range []proposal.Actor{office, clerk("market"), member} {
		_, err = h.Do(ctx, of, p.ID, proposal.Urge{})
		require.ErrorIs(t, err, workflow.ErrDenied)
	}
	_, err = h.Do(ctx, neighbour, p.ID, proposal.Urge{})
	require.NoError(t, err)

	of := func(a proposal.Actor, attr string, want ...string) {
		t.Helper()
		page, err := h.As(a).Page(ctx, workflow.Query{Where: []store.Match{{Attr: attr, Op: store.Is, Values: []string{"xiushan"}}}})
		require.NoError(t, err)
		var ids []string
		for _, p := range page.Cases {
			ids = append(ids, p.ID)
		}
		require.Equal(t, want, ids)
	}
	of(neighbour, "left", p.ID)
	of(committee, "left", p.ID)
	of(committee, "body")
	of(evaluator, "left")
	trace, err := h.As(committee).Get(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"关于支持小店经济的提案", "7"}, []string{trace.Title, trace.Number})
	require.Equal(t, "区划调整", trace.Stays[0].Reason)
	require.Empty(t, trace.Text)
	require.Empty(t, trace.Parts)

	tallies, err := h.Figures(ctx, nil)
	require.NoError(t, err)
	kept, err := h.Tallies(ctx)
	require.NoError(t, err)
	require.Equal(t, tallies, kept)
	require.Equal(t, []int64{0, 1, 1, 0}, []int64{tallies["xiushan"].Received, tallies["xiushan"].Left, tallies["jiulongpo"].Filed, tallies["jiulongpo"].Left})

	back, err := h.Relocate(ctx, everywhere, workflow.Relocation{Cases: []string{p.ID}, To: "xiushan", Reason: "更正"})
	require.NoError(t, err)
	require.Empty(t, back[0].NumberedIn)
	require.Equal(t, []string{"jiulongpo"}, back[0].Left())
	require.Len(t, back[0].Stays, 2)
}

// A number stays the old body's: it is not given there again, and does not stand in
// the way of the new body's own.
func TestANumberGoesAlongAndStaysTakenWhereItWasGiven(t *testing.T) {
	rules := proposal.DefaultRules()
	rules.Numbers = []proposal.NumberForm{{Format: "{seq}"}}
	h := newHouse(t, workflow.WithRules("", rules))
	ctx := context.Background()
	next := func(who proposal.Actor, p *proposal.Proposal) string {
		t.Helper()
		p, err := h.FileNext(ctx, who, p.ID)
		require.NoError(t, err)
		return p.Number
	}
	var gone []string
	for _, want := range []string{"1", "2", "3"} {
		p := h.to("reviewing", "")
		require.Equal(t, want, next(committee, p))
		gone = append(gone, p.ID)
	}
	_, err := h.Relocate(ctx, everywhere, toJiulongpo(gone...))
	require.NoError(t, err)
	require.Equal(t, "4", next(committee, h.to("reviewing", "")))
	there := h.to("reviewing", "")
	_, err = h.Relocate(ctx, everywhere, toJiulongpo(there.ID))
	require.NoError(t, err)
	require.Equal(t, "1", next(neighbour, there))
}

// What stands against a move is told, and nothing of it happens.
func TestWhatStandsAgainstAMoveIsTold(t *testing.T) {
	other := proposal.DefaultRules()
	other.Categories = proposal.Versions{{Name: "categories", Version: 2, Terms: []proposal.Term{{Key: "economic"}}}}
	h := newHouse(t, workflow.WithRules("jiulongpo", other))
	ctx := context.Background()
	into, source := h.to("filed", "1"), h.to("filed", "2")
	_, err := h.Merge(ctx, committee, into.ID, []string{source.ID})
	require.NoError(t, err)
	both := person("a-1", "", workflow.Administrator)
	both.Grants = everywhere.Grants
	for want, try := range map[string]struct {
		who proposal.Actor
		r   workflow.Relocation
	}{
		"denied":              {admin, toJiulongpo(into.ID)},
		"merged other_scheme": {both, toJiulongpo(source.ID)},
		"other_scheme":        {everywhere, toJiulongpo(source.ID, into.ID)},
		"same_body":           {everywhere, workflow.Relocation{Cases: []string{into.ID}, To: "xiushan", Reason: "x"}},
		"to unknown":          {everywhere, workflow.Relocation{Cases: []string{into.ID}, To: "mars", Reason: "x"}},
		"cases empty":         {everywhere, toJiulongpo()},
		"cases[1] duplicate":  {everywhere, toJiulongpo(into.ID, into.ID)},
		"cases too_many":      {everywhere, toJiulongpo(strings.Split(strings.Repeat("x ", 101), " ")...)},
		"reason empty":        {everywhere, workflow.Relocation{Cases: []string{into.ID}, To: "jiulongpo"}},
	} {
		before := h.everything()
		_, err := h.Relocate(ctx, try.who, try.r)
		if want == "denied" {
			require.ErrorIs(t, err, workflow.ErrDenied)
		} else {
			require.Equal(t, want, reasons(t, err))
		}
		require.Equal(t, before, h.everything())
	}
}

// Every code of a proposal means in the new body what it meant in the old one. What the
// old one no longer has is asked of the new one only.
func TestEveryCodeThatGoesAlongIsKnownThere(t *testing.T) {
	t.Parallel()
	rules := func(keys ...string) (r proposal.Rules) {
		for _, key := range keys {
			r.Categories = append(r.Categories, proposal.Scheme{Name: "categories", Version: 1, Terms: []proposal.Term{{Key: key}}})
		}
		return r
	}
	for _, c := range []struct {
		scheme        string
		before, after proposal.Rules
		codes         []string
	}{
		{"", rules("economic"), rules(), nil},
		{"categories@1", rules("economic"), rules("economic"), nil},
		{"categories@1", rules("economic"), rules("social"), []string{"other_scheme"}},
		{"categories@1", rules("economic"), rules(), []string{"unknown_scheme"}},
		{"categories@1", rules(), rules(), []string{"unknown_scheme"}},
		{"categories@1", rules(), rules("economic"), nil},
	} {
		p := &proposal.Proposal{Scheme: c.scheme}
		require.Equal(t, c.codes, againstMoving(p, c.before, c.after, toJiulongpo()), "%q from %v to %v", c.scheme, c.before.Categories, c.after.Categories)
	}
}

// What is merged moves together or not at all.
func TestWhatIsMergedMovesTogether(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		holds []string
		in    string
		with  []string
		codes []string
	}{
		{nil, "", nil, nil},
		{nil, "p-2", nil, []string{"merged"}},
		{nil, "p-2", []string{"p-2"}, nil},
		{[]string{"p-3", "p-4"}, "", nil, []string{"merged", "merged"}},
		{[]string{"p-3", "p-4"}, "", []string{"p-4"}, []string{"merged"}},
		{[]string{"p-3", "p-4"}, "", []string{"p-3", "p-4"}, nil},
	} {
		p := &proposal.Proposal{Absorbed: c.holds, MergedInto: c.in}
		require.Equal(t, c.codes, againstMoving(p, proposal.Rules{}, proposal.Rules{}, toJiulongpo(c.with...)), "%v", c)
	}
}

// againstMoving returns the codes of what stands against a proposal's moving from a body
// with one set of rules to one with another.
func againstMoving(p *proposal.Proposal, before, after proposal.Rules, r workflow.Relocation) (codes []string) {
	for _, b := range proposal.Vocabulary().Relocate(&proposal.Act{Rules: after}, p, before, r) {
		codes = append(codes, b.Code)
	}
	return codes
}

// However often a proposal moves, its number is that of the body that gave it; one
// without a number has none from anywhere.
func TestANumberIsOfTheBodyThatGaveIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ number, of, body, to, then string }{
		{"", "", "xiushan", "jiulongpo", ""},
		{"7", "", "xiushan", "jiulongpo", "xiushan"},
		{"7", "xiushan", "jiulongpo", "banan", "xiushan"},
		{"7", "xiushan", "jiulongpo", "xiushan", ""}, // home again
	} {
		p := &proposal.Proposal{Number: c.number, NumberedIn: c.of}
		p.Body = c.body
		require.Empty(t, againstMoving(p, proposal.Rules{}, proposal.Rules{}, workflow.Relocation{To: c.to}))
		require.Equal(t, c.then, p.NumberedIn, "from %s to %s", c.body, c.to)
	}
}

// A running clock goes on by the calendar of the new body, and the entry says which
// days moved.
func TestClocksAreCountedByTheCalendarOfTheNewBody(t *testing.T) {
	local, err := calendar.New(calendar.Spec{Name: "local", Notices: []calendar.Notice{{Year: 2024, Days: []calendar.ListedDay{{Date: day("2024-03-20"), Kind: calendar.Off}}}}})
	require.NoError(t, err)
	h := newHouse(t, workflow.WithCalendar("xiushan", china.Calendar()), workflow.WithCalendar("jiulongpo", local))
	p := h.draft()
	p = h.take(p.ID, step{member, proposal.Submit{}}, step{committee, proposal.File{Number: "1"}}, step{office, proposal.Assign{Lead: "market"}},
		step{clerk("market"), proposal.Accept{}})
	p = h.take(p.ID, reply("market")...)
	require.Equal(t, "2024-03-25", clockOf(t, p, "opinion", "").Due.String())
	moved, err := h.Relocate(context.Background(), everywhere, toJiulongpo(p.ID))
	require.NoError(t, err)
	require.Equal(t, "2024-03-26", clockOf(t, moved[0], "opinion", "").Due.String())
	history, err := h.History(context.Background(), p.ID)
	require.NoError(t, err)
	require.Contains(t, string(history[len(history)-1].Note), `"from":"2024-03-25","to":"2024-03-26"`)
}
