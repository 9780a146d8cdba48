package proposal_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
)

// What the guards that look at the proposal alone let pass, and what they hold against it.
func TestGuardsHoldWhatTheySay(t *testing.T) {
	t.Parallel()
	by := func(kind proposal.ProposerKind) proposal.Proposal {
		return proposal.Proposal{Proposer: proposal.Proposer{Kind: kind}}
	}
	suggesting := func(c proposal.Category, suggestions ...string) proposal.Proposal {
		return proposal.Proposal{Category: c, Text: proposal.Text{Suggestions: suggestions}}
	}
	for _, c := range []struct {
		guard, argument string
		action          proposal.Action
		p               proposal.Proposal
		codes           []string
	}{
		{"complete", "", nil, suggesting(proposal.Economic, "建停车场"), nil},
		{"complete", "", nil, suggesting(proposal.Economic, " ", "建停车场"), nil},
		{"complete", "", nil, suggesting("", "建停车场"), []string{"no_category"}},
		{"complete", "", nil, suggesting(proposal.Economic), []string{"no_suggestion"}},
		{"complete", "", nil, suggesting(proposal.Economic, " \t"), []string{"no_suggestion"}},
		{"complete", "", nil, suggesting(""), []string{"no_category", "no_suggestion"}},
		{"timing", string(proposal.Plenary), nil, proposal.Proposal{Timing: proposal.Plenary}, nil},
		{"timing", string(proposal.Plenary), nil, proposal.Proposal{Timing: proposal.Ordinary}, []string{"other_timing"}},
		{"by", "member,party", nil, by(proposal.Party), nil},
		{"by", "member,party", nil, by(proposal.Sector), []string{"other_proposer"}},
		{"numbered", "", nil, proposal.Proposal{}, nil}, // it is only asked what may be done
		{"numbered", "", proposal.File{Number: "7"}, proposal.Proposal{}, nil},
		{"numbered", "", &proposal.File{Number: "7"}, proposal.Proposal{}, nil},
		{"numbered", "", proposal.File{}, proposal.Proposal{Number: "7"}, nil},
		{"numbered", "", proposal.File{}, proposal.Proposal{}, []string{"no_number"}},
		{"numbered", "", proposal.File{Number: "第 号"}, proposal.Proposal{}, []string{"no_number"}},
		{"numbered", "", proposal.Close{}, proposal.Proposal{}, []string{"no_number"}}, // gives none
		{"cosigners", "0", nil, by(proposal.Member), nil},
		{"cosigners", "1", nil, by(proposal.Member), []string{"too_few_cosigners"}},
		{"cosigners", "1,member", nil, by(proposal.Member), []string{"too_few_cosigners"}},
		{"cosigners", "1,member", nil, by(proposal.Party), nil},
		{"cosigners", "many", nil, by(proposal.Member), []string{"guard_argument"}},
		{"all_answered", "", nil, proposal.Proposal{}, []string{"no_part"}},
		{"holds_none", "", nil, proposal.Proposal{}, nil},
		{"holds_none", "", nil, proposal.Proposal{Absorbed: []string{"p-2"}}, []string{"holds_others"}},
	} {
		act := &proposal.Act{Rules: proposal.DefaultRules()}
		act.Argument, act.Action = c.argument, c.action
		var codes []string
		for _, b := range proposal.Guards()[c.guard](act, &c.p) {
			codes = append(codes, b.Code)
			require.NotEmpty(t, b.ZH)
			require.NotEmpty(t, b.EN)
		}
		require.Equal(t, c.codes, codes, "%s:%s of %+v by %T", c.guard, c.argument, c.p.Text, c.action)
	}
}

// The guards that look at the parts of units, from how each part stands.
func TestGuardsOfPartsHoldWhatTheySay(t *testing.T) {
	t.Parallel()
	lead, co, separate := proposal.Part{Unit: "lead", Role: proposal.Lead}, proposal.Part{Unit: "co", Role: proposal.Co}, proposal.Part{Unit: "other", Role: proposal.EachOwn}
	stand := func(states map[string]string, parts ...proposal.Part) proposal.Proposal {
		p := proposal.Proposal{Parts: parts}
		p.Tracks = make(map[string]string)
		for unit, state := range states {
			p.Tracks["part/"+unit] = state
		}
		return p
	}
	of := func(state string) map[string]string { return map[string]string{"lead": state} }
	for _, c := range []struct {
		guard, unit string
		p           proposal.Proposal
		codes       []string
	}{
		{"part_accepted", "", stand(of("given"), lead), []string{"not_accepted"}},
		{"part_accepted", "", stand(of("released"), lead), []string{"not_accepted"}},
		{"part_accepted", "", stand(of("accepted"), lead), nil},
		{"part_accepted", "", stand(of("checking"), lead), nil},
		{"part_accepted", "", stand(of("suspended"), lead), nil},
		{"part_accepted", "", stand(of("answered"), lead), nil},
		{"no_part", "", stand(nil), nil},
		{"no_part", "", stand(of("released"), lead), nil},
		{"no_part", "", stand(of("accepted"), lead), []string{"has_part"}},
		{"no_part", "", stand(map[string]string{"co": "accepted"}, co), nil}, // no part that is required
		{"all_answered", "", stand(of("answered"), lead), nil},
		{"all_answered", "", stand(of("released"), lead), []string{"no_part"}},
		{"all_answered", "", stand(map[string]string{"lead": "answered", "other": "accepted"}, lead, separate), []string{"not_answered"}},
		{"all_answered", "", stand(map[string]string{"lead": "answered", "co": "accepted"}, lead, co), nil},
		{"part_open", "", stand(of("accepted"), lead), nil},
		{"part_open", "", stand(of("answered"), lead), []string{"all_answered"}},
		{"part_open", "", stand(nil), []string{"all_answered"}},
		{"co_units_answered", "lead", stand(map[string]string{"lead": "accepted", "co": "accepted"}, lead, co), []string{"co_unit_open"}},
		{"co_units_answered", "lead", stand(map[string]string{"lead": "accepted", "co": "answered"}, lead, co), nil},
		{"co_units_answered", "lead", stand(map[string]string{"lead": "accepted", "co": "released"}, lead, co), nil},
		{"co_units_answered", "co", stand(map[string]string{"lead": "accepted", "co": "accepted"}, lead, co), nil},
		{"co_units_answered", "nobody", stand(map[string]string{"co": "accepted"}, co), nil},
		{"no_open_part", "", stand(map[string]string{"lead": "answered", "co": "released"}, lead, co), nil},
		{"no_open_part", "", stand(map[string]string{"lead": "answered", "co": "accepted"}, lead, co), []string{"part_open"}},
	} {
		act := &proposal.Act{Rules: proposal.DefaultRules()}
		act.Instance = c.unit
		var codes []string
		for _, b := range proposal.Guards()[c.guard](act, &c.p) {
			codes = append(codes, b.Code)
		}
		require.Equal(t, c.codes, codes, "%s of %s with %v", c.guard, c.unit, c.p.Tracks)
	}
	p := proposal.Proposal{}
	for state, codes := range map[string]int{"": 0, "none": 0, "open": 1} {
		p.Tracks = map[string]string{"supervision": state}
		require.Len(t, proposal.Guards()["not_supervised"](&proposal.Act{}, &p), codes, state)
	}
}

// A guard that looks at what an action would do blocks one that does not tell it, and
// lets a mere question pass.
func TestAGuardBlocksAnActionThatItCannotLookInto(t *testing.T) {
	t.Parallel()
	act := &proposal.Act{}
	act.Event = proposal.Follow{}.Event()
	require.Empty(t, proposal.Guards()["four_eyes"](act, &proposal.Proposal{}))
	act.Action = proposal.Follow{}
	require.Empty(t, proposal.Guards()["four_eyes"](act, &proposal.Proposal{}))
	act.Action = proposal.Close{}
	blockers := proposal.Guards()["four_eyes"](act, &proposal.Proposal{})
	require.Len(t, blockers, 1)
	require.Equal(t, "unknown_action", blockers[0].Code)
	require.Contains(t, blockers[0].EN, "proposal.Close")
}
