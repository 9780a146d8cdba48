package proposal_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
)

func together(h *house) *proposal.Proposal { return h.to("together", "1") }

// Several units lead and give one answer: it goes out once all have signed that
// very draft, and all handle it again when the proposer is not satisfied.
func TestSeveralLeadsGiveOneAnswer(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := together(h)
	require.Equal(t, proposal.Jointly, p.Mode)
	refuse := func(who proposal.Actor, do proposal.Action, want string) {
		t.Helper()
		before := h.everything()
		_, err := h.Do(ctx, who, p.ID, do)
		require.Equal(t, want, reasons(t, err))
		require.Equal(t, before, h.everything())
	}
	issue := proposal.IssueReply{Unit: "market"}
	refuse(chief("market"), issue, "not_countersigned")
	refuse(clerk("banking"), proposal.Reply{Text: "另行答复。"}, "unit mode")
	h.take(p.ID, step{clerk("banking"), proposal.Countersign{}}, step{chief("market"), proposal.ReturnReply{Unit: "market", Reason: "数据不准"}})
	refuse(clerk("banking"), proposal.Countersign{}, "unit no_draft")
	h.take(p.ID, reply("market")[0])
	refuse(chief("market"), issue, "not_countersigned") // it signed another draft
	p = h.take(p.ID, step{clerk("banking"), proposal.Countersign{}}, step{chief("market"), issue})
	require.Equal(t, "replied", p.State)
	require.Equal(t, "answered", p.PartState("banking"))

	p = h.take(p.ID, step{member, proposal.GiveOpinion{Result: "dissatisfied"}})
	require.Equal(t, "handling", p.State)
	require.Equal(t, []string{"accepted", "accepted"}, []string{p.PartState("market"), p.PartState("banking")})
	h.take(p.ID, reply("market")[0])
	refuse(chief("market"), issue, "not_countersigned")
	p = h.take(p.ID, step{clerk("banking"), proposal.Countersign{}}, step{chief("market"), issue},
		step{member, proposal.GiveOpinion{Result: "satisfied"}}, step{committee, proposal.Close{}})
	require.Equal(t, "closed", p.State)
	p = h.take(p.ID, step{office, proposal.Reopen{Units: []string{"market", "banking"}, Reason: "未落实"}})
	require.Equal(t, "accepted", p.PartState("banking"))
	h.sound()
}

// A unit that answers with a lead and cannot is relieved, and the answer goes out
// without it.
func TestAUnitThatAnswersWithTheLeadCanBeRelieved(t *testing.T) {
	h := newHouse(t)
	p := together(h)
	p = h.take(p.ID, step{office, proposal.Transfer{Unit: "banking", Reason: "机构撤并"}}, step{chief("market"), proposal.IssueReply{Unit: "market"}})
	require.Equal(t, "replied", p.State)
	_, err := h.Do(context.Background(), office, h.to("filed", "2").ID, proposal.Assign{With: []string{"banking"}})
	require.Equal(t, "lead empty", reasons(t, err))
	_, err = h.Do(context.Background(), office, h.to("filed", "3").ID, proposal.Assign{Lead: "market", Co: []string{"banking"}, With: []string{"banking"}})
	require.Equal(t, "with[0] duplicate", reasons(t, err))
}

// What a unit has signed is one draft of one lead, once: who comes in the lead's place
// asks again.
func TestASignatureIsOfOneDraftOfOneLead(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.take(together(h).ID, step{clerk("banking"), proposal.Countersign{}})
	_, err := h.Do(ctx, clerk("banking"), p.ID, proposal.Countersign{})
	require.Equal(t, "unit signed", reasons(t, err))
	h.take(p.ID, step{clerk("market"), proposal.RecallReply{}}, step{office, proposal.Transfer{Unit: "market", To: []string{"commerce"}, Reason: "机构撤并"}},
		step{clerk("commerce"), proposal.Accept{}}, reply("commerce")[0])
	_, err = h.Do(ctx, chief("commerce"), p.ID, proposal.IssueReply{Unit: "commerce"})
	require.Equal(t, "not_countersigned", reasons(t, err))
	p = h.take(p.ID, step{clerk("banking"), proposal.Countersign{}}, step{chief("commerce"), proposal.IssueReply{Unit: "commerce"}})
	require.Equal(t, "replied", p.State)
}

// A part may hold several matters: a reply answers each of them once.
func TestEveryMatterOfAPartIsAnswered(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.take(h.to("handling", "1").ID, step{clerk("market"), proposal.Divide{Matters: []string{"规划", "资金", "人员"}}})
	require.Equal(t, 3, p.Matters())
	for want, said := range map[string][]proposal.MatterAnswer{
		"matters unanswered":          {{Matter: 1, Text: "已编制。"}, {Matter: 2, Text: "已列入预算。"}},
		"matters[1].matter duplicate": {{Matter: 1, Text: "已编制。"}, {Matter: 1, Text: "已编制。"}},
		"matters[0].matter unknown":   {{Matter: 4, Text: "无"}},
		"matters[0].text empty":       {{Matter: 1}},
		"matters[0].class unknown":    {{Matter: 1, Text: "已编制。", Class: "z"}},
	} {
		_, err := h.Do(ctx, clerk("market"), p.ID, proposal.Reply{Text: "答复", Matters: said})
		require.Equal(t, want, reasons(t, err))
	}
	p = h.take(p.ID, step{clerk("market"), proposal.Reply{Matters: []proposal.MatterAnswer{
		{Matter: 1, Text: "已编制。", Class: "a"}, {Matter: 2, Text: "已列入预算。", Class: "b"}, {Matter: 3, Text: "暂不能增编。", Class: "c"},
	}}}, step{chief("market"), proposal.IssueReply{Unit: "market"}})
	require.Equal(t, "replied", p.State)
	require.Equal(t, "classes@1", p.Part("market").Reply().Scheme)
	require.Len(t, p.Part("market").Reply().Matters, 3)
}

// A reply never goes out empty, and a place may ask for every part of a letter.
func TestAReplyHasWhatTheDefinitionAsksFor(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.to("handling", "1")
	_, err := h.Do(ctx, clerk("market"), p.ID, proposal.Reply{Text: " 　", Class: "a"})
	require.Equal(t, "reply_lacks", reasons(t, err))

	d := guarded(proposal.Nine(), "letters", "part", "issue_reply", "reply_has:document,signer,responsible,contact,text,class")
	h = newHouse(t, withDefault(d)...)
	p = h.take(h.to("handling", "1").ID, step{clerk("market"), proposal.Reply{Text: "已办理。"}})
	_, err = h.Do(ctx, chief("market"), p.ID, proposal.IssueReply{Unit: "market"})
	require.Equal(t, "reply_lacks reply_lacks reply_lacks reply_lacks reply_lacks", reasons(t, err))
	h.take(p.ID, step{clerk("market"), proposal.RecallReply{}}, step{clerk("market"), proposal.LogContact{Form: proposal.ByVisit}},
		step{clerk("market"), proposal.Reply{Text: "已办理。", Document: "秀市监函〔2024〕1号", Signer: "局长", Responsible: "科长", Class: "a"}},
		step{chief("market"), proposal.IssueReply{Unit: "market"}})
}

// Whoever answers with a lead has no time of its own: the lead's reply is theirs, and
// no clock is left of them when it has gone out.
func TestWhoeverAnswersWithTheLeadHasNoTimeOfTheirOwn(t *testing.T) {
	h := newHouse(t)
	p := together(h)
	for _, c := range p.Clocks {
		require.False(t, c.Of == "banking" && c.Limit != "objection", "%s", c.Limit)
	}
	p = h.take(p.ID, step{clerk("banking"), proposal.Countersign{}}, step{chief("market"), proposal.IssueReply{Unit: "market"}})
	for _, c := range p.Clocks {
		require.False(t, c.Of == "banking" && c.Running(), "%s", c.Limit)
	}
}
