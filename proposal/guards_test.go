package proposal_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/erasure"
)

// What the guards that look at the proposal alone let pass, and what they hold against it.
func TestGuardsHoldWhatTheySay(t *testing.T) {
	t.Parallel()
	by := func(kind proposal.ProposerKind) proposal.Proposal {
		return proposal.Proposal{Proposer: proposal.Proposer{Kind: kind}}
	}
	timed := func(kind proposal.ProposerKind, timing proposal.Timing) proposal.Proposal {
		return proposal.Proposal{Proposer: proposal.Proposer{Kind: kind}, Timing: timing}
	}
	suggesting := func(c proposal.Category, suggestions ...string) proposal.Proposal {
		return proposal.Proposal{Category: c, Text: proposal.Text{Suggestions: suggestions}}
	}
	supervised := func(visits ...int) (p proposal.Proposal) {
		for _, n := range visits {
			p.Supervisions = append(p.Supervisions, proposal.Supervision{Visits: make([]proposal.Visit, n)})
		}
		return p
	}
	nominated := proposal.Proposal{Nominations: []proposal.Nomination{{Title: "优秀提案", Year: 2024}}}
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
		{"cosigners_answered", "", nil, by(proposal.Joint), nil},
		{"cosigners_answered", "", nil, *cosigned(), []string{"cosigner_open", "cosigner_open"}}, // a member and an organisation
		{"plenary_only", "sector,group", nil, timed(proposal.Sector, proposal.Plenary), nil},
		{"plenary_only", "sector,group", nil, timed(proposal.Sector, proposal.Ordinary), []string{"plenary_only"}},
		{"plenary_only", "sector,group", nil, timed(proposal.Party, proposal.Ordinary), nil},
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
		{"consulted_on", "", nil, proposal.Proposal{}, []string{"not_consulted"}},
		{"consulted_on", "", nil, proposal.Proposal{Candidacy: &proposal.Candidacy{}}, []string{"not_consulted"}},
		{"consulted_on", "", nil, proposal.Proposal{Candidacy: &proposal.Candidacy{Asked: make([]proposal.Asked, 1)}}, nil},
		{"led", "", nil, proposal.Proposal{}, nil}, // it is only asked what may be done
		{"led", "", proposal.MarkKey{}, proposal.Proposal{}, []string{"no_leader"}},
		{"led", "", proposal.MarkKey{Leader: " "}, proposal.Proposal{}, []string{"no_leader"}},
		{"led", "", proposal.MarkKey{Leader: "张某"}, proposal.Proposal{}, nil},
		{"led", "", proposal.Close{}, proposal.Proposal{}, []string{"unknown_action"}},
		{"visited", "", nil, supervised(), []string{"not_visited"}},
		{"visited", "", nil, supervised(0), []string{"not_visited"}},
		{"visited", "", nil, supervised(1), nil},
		{"visited", "", nil, supervised(1, 0), []string{"not_visited"}}, // the one before was
		{"nominated", "", nil, nominated, nil},                          // it is only asked what may be done
		{"nominated", "", proposal.GiveHonour{Title: "优秀提案", Year: 2024}, nominated, nil},
		{"nominated", "", proposal.GiveHonour{Title: "优秀提案", Year: 2024}, proposal.Proposal{}, []string{"not_nominated"}},
		{"nominated", "", proposal.Close{}, nominated, []string{"unknown_action"}},
		{"all_answered", "", nil, proposal.Proposal{}, []string{"no_part"}},
		{"holds_none", "", nil, proposal.Proposal{}, nil},
		{"holds_none", "", nil, proposal.Proposal{Absorbed: []string{"p-2"}}, []string{"holds_others"}},
	} {
		act := &proposal.Act{Rules: proposal.DefaultRules()}
		act.Argument, act.Action = c.argument, c.action
		require.Equal(t, c.codes, blockersOf(t, c.guard, act, &c.p), "%s:%s of %+v by %T", c.guard, c.argument, c.p.Text, c.action)
	}
}

// The guards that look at the parts of units, from how each part stands.
func TestGuardsOfPartsHoldWhatTheySay(t *testing.T) {
	t.Parallel()
	lead, co, separate := proposal.Part{Unit: "lead", Role: proposal.Lead}, proposal.Part{Unit: "co", Role: proposal.Co}, proposal.Part{Unit: "other", Role: proposal.EachOwn}
	objecting := proposal.Part{Unit: "lead", Role: proposal.Lead, Objections: []proposal.Objection{{}}}
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
		{"no_open_part", "", stand(of("objecting"), objecting), []string{"objection_open"}},
	} {
		act := &proposal.Act{Rules: proposal.DefaultRules()}
		act.Instance = c.unit
		require.Equal(t, c.codes, blockersOf(t, c.guard, act, &c.p), "%s of %s with %v", c.guard, c.unit, c.p.Tracks)
	}
	p := proposal.Proposal{}
	for state, codes := range map[string]int{"": 0, "none": 0, "open": 1} {
		p.Tracks = map[string]string{"supervision": state}
		require.Len(t, proposal.Guards()["not_supervised"](&proposal.Act{}, &p), codes, state)
	}
}

// The guards that look at replies, at what they promise and at opinions on them.
func TestGuardsOfRepliesHoldWhatTheySay(t *testing.T) {
	t.Parallel()
	rules := proposal.DefaultRules()
	draft := func(by string) []proposal.Answer { return []proposal.Answer{{Text: "拟办。", By: by}} }
	lead := proposal.Part{Unit: "lead", Role: proposal.Lead, Replies: draft("d-1")}
	with := func(signatures ...proposal.Signature) proposal.Part {
		return proposal.Part{Unit: "with", Role: proposal.With, Signatures: signatures}
	}
	signed := with(proposal.Signature{Lead: "lead", Reply: 1})
	together := func(lead, state string, parts ...proposal.Part) *proposal.Proposal {
		return tracked(proposal.Proposal{Parts: parts}, map[string]string{"part/lead": lead, "part/with": state})
	}
	judged := func(opinions ...proposal.Opinion) *proposal.Proposal {
		return &proposal.Proposal{Opinions: opinions, Parts: []proposal.Part{{Unit: "lead", Role: proposal.Lead, Replies: make([]proposal.Answer, 2)}}}
	}
	again := func(times int) *proposal.Proposal {
		replies := slices.Repeat([]proposal.Answer{{Issued: time.Date(2024, 3, 4, 1, 0, 0, 0, time.UTC)}}, times+1)
		return &proposal.Proposal{Parts: []proposal.Part{{Unit: "lead", Replies: replies}}}
	}
	promises := func(state string) *proposal.Proposal {
		made := []proposal.Answer{{Promises: []proposal.Promise{{ID: "lead#1"}}}}
		return tracked(proposal.Proposal{Parts: []proposal.Part{{Unit: "lead", Replies: made}}}, map[string]string{"promise/lead#1": state})
	}
	for _, c := range []struct {
		guard, argument, unit string
		do                    proposal.Action
		p                     *proposal.Proposal
		codes                 []string
	}{
		{"countersigned", "", "lead", nil, together("checking", "accepted", lead, with()), []string{"not_countersigned"}},
		{"countersigned", "", "lead", nil, together("checking", "accepted", lead, signed), nil},
		{"countersigned", "", "lead", nil, together("checking", "suspended", lead, signed), []string{"not_countersigned"}},
		{"countersigned", "", "lead", nil, together("checking", "released", lead, with()), nil},
		{"countersigned", "", "with", nil, together("checking", "accepted", lead, with()), nil}, // asked of whoever sends it
		{"countersigned", "", "", nil, together("released", "accepted", lead, with()), nil},     // there is no draft to sign
		{"reply_has", "text", "lead", nil, together("checking", "accepted", lead), nil},
		{"reply_has", "text", "with", nil, together("checking", "accepted", lead, with()), []string{"reply_lacks"}},
		{"reply_has", "text", "nobody", nil, together("checking", "accepted", lead), []string{"reply_lacks"}},
		{"reply_has", "text,signer", "lead", proposal.Reply{Text: "已办。"}, together("accepted", "accepted"), []string{"reply_lacks"}},
		{"reply_has", "text,signer", "lead", proposal.Reply{Text: "已办。", Signer: "王某"}, together("accepted", "accepted"), nil},
		{"reply_has", "text", "lead", proposal.Reply{}, together("checking", "accepted", lead), []string{"reply_lacks"}}, // not what was drafted before
		{"no_open_promise", "", "", nil, &proposal.Proposal{}, nil},
		{"no_open_promise", "", "", nil, promises(""), nil}, // a draft promises nothing yet
		{"no_open_promise", "", "", nil, promises("open"), []string{"promise_open"}},
		{"no_open_promise", "", "", nil, promises("kept"), nil},
		{"no_open_promise", "", "", nil, promises("dropped"), nil},
		{"opinion_stands", "", "", nil, judged(), []string{"no_opinion_stands"}},
		{"opinion_stands", "", "", nil, judged(proposal.Opinion{Unit: "lead", Reply: 2, Stands: true}), nil},
		{"opinion_stands", "", "", nil, judged(proposal.Opinion{Unit: "lead", Reply: 2}), []string{"no_opinion_stands"}},
		{"opinion_stands", "", "", nil, judged(proposal.Opinion{Unit: "lead", Reply: 1, Stands: true}), []string{"no_opinion_stands"}},
		{"redone_at_most", "1", "", nil, again(5), nil}, // it is only asked what may be done
		{"redone_at_most", "1", "", proposal.Close{}, again(0), []string{"unknown_action"}},
		{"redone_at_most", "1", "", proposal.Reopen{Units: []string{"lead"}}, again(0), nil},
		{"redone_at_most", "1", "", proposal.Reopen{Units: []string{"lead", "nobody"}}, again(1), []string{"redone"}},
		{"redone_at_most", "2", "", proposal.Reopen{Units: []string{"lead"}}, again(1), nil},
		{"redone_at_most", "2", "", proposal.Reopen{Units: []string{"lead"}}, again(3), []string{"redone"}},
		{"redone_at_most", "once", "", nil, judged(), []string{"guard_argument"}},
		{"opinions_in", "", "", nil, judged(), []string{"no_opinion"}},
		{"opinions_in", "", "", nil, judged(proposal.Opinion{Unit: "lead", Reply: 2}), nil},
	} {
		act := &proposal.Act{Rules: rules}
		act.Argument, act.Instance, act.Action = c.argument, c.unit, c.do
		if c.do != nil {
			act.Event = c.do.Event()
		}
		require.Equal(t, c.codes, blockersOf(t, c.guard, act, c.p), "%s:%s of %q with %v by %T %+v", c.guard, c.argument, c.unit, c.p.Tracks, c.do, c.do)
	}

	// It names whose opinion is missing where each is asked, and not where one is enough.
	p := judged()
	p.Proposer.ID = "m-1"
	for asked, named := range map[string]bool{"": false, proposal.AskedFirst: true, proposal.AskedAll: true} {
		act := &proposal.Act{Rules: proposal.Rules{Hearing: proposal.Hearing{Asked: asked}}}
		missing := proposal.Guards()["opinions_in"](act, p)
		require.Len(t, missing, 1)
		require.Equal(t, named, strings.Contains(missing[0].ZH, "m-1"), asked)
		require.Equal(t, named, strings.Contains(missing[0].EN, "m-1"), asked)
	}
}

// The guards that look at who acts: nobody decides on what is their own, and an office
// assigns to its own units.
func TestGuardsOfWhoActsHoldWhatTheySay(t *testing.T) {
	t.Parallel()
	merged := func(kind proposal.ProposerKind, id string) *proposal.Proposal {
		return &proposal.Proposal{MergedProposers: []proposal.MergedProposer{{Proposer: proposal.Proposer{Kind: kind, ID: id}}}}
	}
	marked := func(allowed bool) *proposal.Proposal {
		return &proposal.Proposal{Passages: []proposal.Passage{{Words: "住址", By: "x", Allowed: allowed}}}
	}
	drafting := &proposal.Proposal{Parts: []proposal.Part{{Unit: "market", Replies: []proposal.Answer{{By: "x"}}}, {Unit: "parks"}}}
	objecting := &proposal.Proposal{Parts: []proposal.Part{{Unit: "market", Objections: []proposal.Objection{{By: "x"}}}, {Unit: "parks"}}}
	erasing := &proposal.Proposal{Requests: erasure.Requests{Erasures: []proposal.Erasure{{By: "x"}}}}
	cosigned := tracked(proposal.Proposal{}, map[string]string{"cosign/x": "consented", "cosign/y": "invited"})
	x, y, office := person("x", ""), person("y", ""), person("o-1", "gov-office")
	deputy := person("y", "")
	deputy.For = "x"
	for _, c := range []struct {
		guard string
		who   proposal.Actor
		do    proposal.Action
		unit  string
		p     *proposal.Proposal
		codes []string
	}{
		{"no_conflict", x, proposal.File{}, "", &proposal.Proposal{Proposer: proposal.Proposer{Kind: proposal.Member, ID: "x"}}, []string{"own_proposal"}},
		{"no_conflict", x, proposal.File{}, "", &proposal.Proposal{Proposer: proposal.Proposer{Kind: proposal.Party, ID: "x"}}, nil},
		{"no_conflict", x, proposal.File{}, "", cosigned, []string{"own_proposal"}},
		{"no_conflict", y, proposal.File{}, "", cosigned, nil},
		{"no_conflict", deputy, proposal.File{}, "", cosigned, []string{"own_proposal"}},
		{"no_conflict", x, proposal.File{}, "", merged(proposal.Member, "x"), []string{"own_proposal"}},
		{"no_conflict", y, proposal.File{}, "", merged(proposal.Member, "x"), nil},
		{"no_conflict", x, proposal.File{}, "", merged(proposal.Party, "x"), nil}, // the people of an organisation are not meant
		{"no_conflict", x, proposal.File{}, "", &proposal.Proposal{Recused: []proposal.Recusal{{Who: "x"}}}, []string{"recused"}},
		{"no_conflict", y, proposal.File{}, "", &proposal.Proposal{Recused: []proposal.Recusal{{Who: "x"}}}, nil},

		{"own_units", office, nil, "", &proposal.Proposal{}, nil}, // it is only asked what may be done
		{"own_units", office, proposal.Close{}, "", &proposal.Proposal{}, []string{"unknown_action"}},
		{"own_units", office, proposal.Assign{Lead: "market"}, "", &proposal.Proposal{}, nil},
		{"own_units", office, proposal.Assign{Lead: "youth"}, "", &proposal.Proposal{}, []string{"other_office"}},
		{"own_units", office, proposal.Assign{Separate: []string{"market", "youth"}}, "", &proposal.Proposal{}, []string{"other_office"}},
		{"own_units", office, proposal.Assign{Lead: "nobody"}, "", &proposal.Proposal{}, []string{"other_office"}},
		{"own_units", x, proposal.Assign{Lead: "nobody"}, "", &proposal.Proposal{}, []string{"other_office"}}, // neither has an office

		{"four_eyes", x, proposal.IssueReply{}, "market", drafting, []string{"same_person"}},
		{"four_eyes", y, proposal.IssueReply{}, "market", drafting, nil},
		{"four_eyes", x, proposal.IssueReply{}, "parks", drafting, nil}, // nobody has drafted one
		{"four_eyes", x, proposal.IssueReply{}, "nobody", drafting, []string{"two_sides_unknown"}},
		{"four_eyes", x, proposal.Follow{Unit: "market", Class: "A"}, "", drafting, []string{"same_person"}},
		{"four_eyes", x, proposal.Follow{Unit: "market"}, "", drafting, nil}, // the class stays
		{"four_eyes", y, proposal.Follow{Unit: "market", Class: "A"}, "", drafting, nil},
		{"four_eyes", x, proposal.PublishReply{Unit: "market"}, "", drafting, []string{"same_person"}},
		{"four_eyes", x, proposal.WithholdReply{Unit: "market"}, "", drafting, []string{"same_person"}},
		{"four_eyes", y, proposal.PublishReply{Unit: "market"}, "", drafting, nil},
		{"four_eyes", x, proposal.PublishReply{Unit: "nobody"}, "", drafting, nil},
		{"four_eyes", x, proposal.Erase{}, "", erasing, []string{"same_person"}},
		{"four_eyes", x, proposal.RefuseErasure{}, "", erasing, []string{"same_person"}},
		{"four_eyes", y, proposal.Erase{}, "", erasing, nil},
		{"four_eyes", x, proposal.Erase{}, "", &proposal.Proposal{}, nil}, // nobody has asked for it
		{"four_eyes", x, proposal.ApproveObjection{}, "market", objecting, []string{"same_person"}},
		{"four_eyes", x, proposal.RefuseObjection{}, "market", objecting, []string{"same_person"}},
		{"four_eyes", x, proposal.ApproveObjection{}, "nobody", objecting, nil},
		{"four_eyes", y, proposal.ApproveObjection{}, "market", objecting, nil},
		{"four_eyes", x, proposal.ApproveObjection{}, "parks", objecting, nil}, // nor objected
		{"four_eyes", x, proposal.Publish{}, "", &proposal.Proposal{EnteredBy: "x"}, []string{"same_person"}},
		{"four_eyes", y, proposal.Publish{}, "", &proposal.Proposal{EnteredBy: "x"}, nil},
		{"four_eyes", x, proposal.Withhold{}, "", &proposal.Proposal{EnteredBy: "x"}, []string{"same_person"}},
		{"four_eyes", x, proposal.Publish{}, "", &proposal.Proposal{Proposer: proposal.Proposer{ID: "x"}}, []string{"same_person"}},
		{"four_eyes", x, proposal.Publish{}, "", cosigned, []string{"same_person"}},
		{"four_eyes", y, proposal.Publish{}, "", cosigned, nil},
		{"four_eyes", x, proposal.AllowPassage{Words: "住址"}, "", marked(false), []string{"same_person"}},
		{"four_eyes", y, proposal.AllowPassage{Words: "住址"}, "", marked(false), nil},
		{"four_eyes", x, proposal.AllowPassage{Words: "住址"}, "", marked(true), nil}, // it was let pass before
		{"four_eyes", x, proposal.AllowPassage{Words: "电话"}, "", marked(false), nil},
	} {
		act := &proposal.Act{Rules: listedUnits()}
		act.Actor, act.Action, act.Instance = c.who, c.do, c.unit
		if c.do != nil {
			act.Event = c.do.Event()
		}
		require.Equal(t, c.codes, blockersOf(t, c.guard, act, c.p), "%s: %T %+v of %q by %s", c.guard, c.do, c.do, c.unit, c.who.ID)
	}
}

// What is to be published has no contact data and no marked words but those that were
// allowed. Words that no text may have are refused as such, before anybody looks in.
func TestRedactedHoldsWhatItSays(t *testing.T) {
	t.Parallel()
	const hotline = "13812345678"
	said := func(words string, allowed bool) proposal.Passage {
		return proposal.Passage{Words: words, Allowed: allowed}
	}
	for _, c := range []struct {
		text     string
		passages []proposal.Passage
		codes    []string
	}{
		{"支持小店。", nil, nil},
		{"致电" + hotline, nil, []string{"contact_data"}},
		{"致电" + hotline, []proposal.Passage{said(hotline, true)}, nil},
		{"致电" + hotline, []proposal.Passage{said("小店", true)}, []string{"contact_data"}},
		{"致电" + hotline, []proposal.Passage{said(hotline, false)}, []string{"contact_data", "marked_passage"}},
		{"致电" + hotline, []proposal.Passage{said(hotline, true), said(hotline, false)}, []string{"contact_data", "marked_passage"}},
		{"支持小店。", []proposal.Passage{said("小店", false)}, []string{"marked_passage"}},
		{"支持小店。", []proposal.Passage{said("小店", false), said("小店", true)}, nil},
		{"致电\x00" + hotline, nil, nil},
	} {
		act := &proposal.Act{}
		act.Action = proposal.Publish{Text: c.text}
		require.Equal(t, c.codes, blockersOf(t, "redacted", act, &proposal.Proposal{Passages: c.passages}), "%q with %+v", c.text, c.passages)
	}
}

// blockersOf returns the codes of what a guard holds against an act, and sees that each
// is told in both languages.
func blockersOf(t *testing.T, guard string, act *proposal.Act, p *proposal.Proposal) (codes []string) {
	t.Helper()
	for _, b := range proposal.Guards()[guard](act, p) {
		codes = append(codes, b.Code)
		require.NotEmpty(t, b.ZH)
		require.NotEmpty(t, b.EN)
	}
	return codes
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
