package proposal_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// leg is a step and where it leads: state, stage, and the parts by unit.
type leg struct {
	step
	want string
}

// walk does the legs and holds each against where it should lead.
func (h *house) walk(id string, legs ...leg) *proposal.Proposal {
	h.t.Helper()
	var p *proposal.Proposal
	for i, l := range legs {
		p = h.take(id, l.step)
		at := p.State + " " + p.Stage
		for _, part := range p.Parts {
			at += fmt.Sprintf(" %s:%s", part.Unit, p.PartState(part.Unit))
		}
		require.Equal(h.t, l.want, at, "leg %d, %T", i, l.do)
	}
	return p
}

func TestOneUnitHandles(t *testing.T) {
	h := newHouse(t)
	p := h.walk(h.draft().ID, []leg{
		{step{member, proposal.Research{Topic: "小店", Place: "中和街道"}}, "draft cultivation"},
		{step{member, proposal.Submit{}}, "submitted submission"},
		{step{committee, proposal.Receive{}}, "reviewing review"},
		{step{committee, proposal.Return{Text: "补充"}}, "returned review"},
		{step{member, proposal.Revise{Title: "新题", Category: proposal.PartyBuilding}}, "returned review"},
		{step{member, proposal.Submit{}}, "submitted submission"},
		{step{committee, proposal.File{Number: "1"}}, "filed filing"},
		{step{office, proposal.Assign{Lead: "market"}}, "assigned assignment market:assigned"},
		{step{clerk("market"), proposal.Accept{}}, "handling handling market:accepted"},
		{step{clerk("market"), proposal.Reply{Text: "一稿"}}, "handling handling market:checking"},
		{step{chief("market"), proposal.ReturnReply{Unit: "market", Reason: "数据"}}, "handling handling market:accepted"},
		{step{clerk("market"), proposal.Reply{Text: "二稿", Class: "b"}}, "handling handling market:checking"},
		{step{chief("market"), proposal.IssueReply{Unit: "market"}}, "replied reply market:answered"},
		{step{member, proposal.GiveOpinion{Result: "basically_satisfied", Attitude: "satisfied"}}, "feedback feedback market:answered"},
		{step{committee, proposal.Close{}}, "closed feedback market:answered"},
		{step{office, proposal.Reopen{Units: []string{"market"}, Reason: "未落实"}}, "handling handling market:accepted"},
		{step{clerk("market"), proposal.Reply{Text: "三稿", Class: "a"}}, "handling handling market:checking"},
		{step{chief("market"), proposal.IssueReply{Unit: "market"}}, "replied reply market:answered"},
		{step{committee, proposal.Close{}}, "closed feedback market:answered"},
	}...)
	require.Equal(t, proposal.Sole, p.Mode)
	part := p.Part("market")
	require.Len(t, part.Replies, 3)
	require.Equal(t, "数据", part.Replies[0].Returned)
	require.True(t, part.Replies[0].Issued.IsZero())
	require.Equal(t, []string{"market-clerk", "market-chief", "b", "classes@1"},
		[]string{part.Replies[1].By, part.Replies[1].Issuer, part.Replies[1].Class, part.Replies[1].Scheme})
	require.Equal(t, proposal.Opinion{
		Unit: "market", Reply: 2, Scale: "opinion3@1", Result: "basically_satisfied", Attitude: "satisfied",
		Counts: proposal.Mostly, At: p.Opinions[0].At, By: "m-1",
	}, p.Opinions[0])
	require.Equal(t, "categories@2", p.Scheme)
	h.sound()
}

func TestALeadWithCoUnitsHandles(t *testing.T) {
	h := newHouse(t)
	p := h.to("filed", "1")
	h.walk(p.ID, []leg{
		{step{office, proposal.Assign{Lead: "market", Co: []string{"banking"}}}, "assigned assignment market:assigned banking:assigned"},
		{step{clerk("banking"), proposal.Accept{}}, "handling handling market:assigned banking:accepted"},
		{step{clerk("market"), proposal.Accept{More: []string{"commerce"}}}, "handling handling market:accepted banking:accepted"},
		{step{office, proposal.AddUnits{Units: []string{"commerce"}}}, "handling handling market:accepted banking:accepted commerce:assigned"},
	}...)
	_, err := h.Do(context.Background(), clerk("market"), p.ID, proposal.Reply{Text: "抢答"})
	require.Equal(t, "co_unit_open co_unit_open", reasons(t, err), "co-units give their opinion to the lead first")
	p = h.walk(p.ID, []leg{
		{step{clerk("banking"), proposal.Reply{Text: "意见"}}, "handling handling market:accepted banking:checking commerce:assigned"},
		{step{chief("banking"), proposal.IssueReply{Unit: "banking"}}, "handling handling market:accepted banking:answered commerce:assigned"},
		{step{clerk("commerce"), proposal.Object{Reason: "无关"}}, "handling handling market:accepted banking:answered commerce:objecting"},
		{step{office, proposal.ApproveObjection{Unit: "commerce"}}, "handling handling market:accepted banking:answered commerce:released"},
		{step{clerk("market"), proposal.Reply{Text: "答复", Class: "a"}}, "handling handling market:checking banking:answered commerce:released"},
		{step{office, proposal.AddUnits{Units: []string{"tax"}}}, "handling handling market:checking banking:answered commerce:released tax:assigned"},
	}...)
	_, err = h.Do(context.Background(), chief("market"), p.ID, proposal.IssueReply{Unit: "market"})
	require.Equal(t, "co_unit_open", reasons(t, err), "one that was added since as well")
	p = h.walk(p.ID, []leg{
		{step{clerk("tax"), proposal.Accept{}}, "handling handling market:checking banking:answered commerce:released tax:accepted"},
		{step{clerk("tax"), proposal.Reply{Text: "意见"}}, "handling handling market:checking banking:answered commerce:released tax:checking"},
		{step{office, proposal.IssueReply{Unit: "tax"}}, "handling handling market:checking banking:answered commerce:released tax:answered"},
		{step{chief("market"), proposal.IssueReply{Unit: "market"}}, "replied reply market:answered banking:answered commerce:released tax:answered"},
		{step{member, proposal.GiveOpinion{Result: "satisfied"}}, "feedback feedback market:answered banking:answered commerce:released tax:answered"},
	}...)
	require.Equal(t, proposal.Led, p.Mode)
	require.Len(t, p.Opinions, 1, "of the units that answer the proposer")

	// whom it is found by: not by a unit that was relieved
	for value, found := range map[string]int{"market": 1, "banking": 1, "commerce": 0, "tax": 1} {
		list, err := h.Find(context.Background(), "", 0, store.Match{Attr: "unit", Op: store.Is, Values: []string{value}})
		require.NoError(t, err)
		require.Len(t, list, found, value)
	}
	h.sound()
}

func TestUnitsHandleSeparately(t *testing.T) {
	h := newHouse(t)
	p := h.to("filed", "1")
	p = h.walk(p.ID, []leg{
		{step{office, proposal.Assign{Separate: []string{"market", "banking"}}}, "assigned assignment market:assigned banking:assigned"},
		{step{clerk("market"), proposal.Accept{}}, "handling handling market:accepted banking:assigned"},
		{step{clerk("market"), proposal.Reply{Text: "答"}}, "handling handling market:checking banking:assigned"},
		{step{chief("market"), proposal.IssueReply{Unit: "market"}}, "handling handling market:answered banking:assigned"},
		{step{office, proposal.AddUnits{Units: []string{"tax"}}}, "handling handling market:answered banking:assigned tax:assigned"},
		{step{clerk("tax"), proposal.Accept{}}, "handling handling market:answered banking:assigned tax:accepted"},
		{step{clerk("tax"), proposal.Reply{Text: "答"}}, "handling handling market:answered banking:assigned tax:checking"},
		{step{chief("tax"), proposal.IssueReply{Unit: "tax"}}, "handling handling market:answered banking:assigned tax:answered"},
		{step{clerk("banking"), proposal.Object{Reason: "无关"}}, "handling handling market:answered banking:objecting tax:answered"},
		{step{office, proposal.RefuseObjection{Unit: "banking", Text: "职责所在"}}, "handling handling market:answered banking:assigned tax:answered"},
		{step{clerk("banking"), proposal.Object{Reason: "确实无关"}}, "handling handling market:answered banking:objecting tax:answered"},
		{step{office, proposal.ApproveObjection{Unit: "banking"}}, "replied reply market:answered banking:released tax:answered"},
		{step{member, proposal.GiveOpinion{Unit: "tax", Result: "satisfied"}}, "replied reply market:answered banking:released tax:answered"},
		{step{member, proposal.GiveOpinion{Unit: "market", Result: "satisfied"}}, "feedback feedback market:answered banking:released tax:answered"},
	}...)
	require.Equal(t, proposal.Separate, p.Mode)
	require.Equal(t, proposal.EachOwn, p.Part("tax").Role)
	objections := p.Part("banking").Objections
	require.Len(t, objections, 2)
	require.Equal(t, []bool{false, true}, []bool{*objections[0].Approved, *objections[1].Approved})
	h.sound()
}

// A proposal whose lead was relieved is assigned anew: to a unit that was
// relieved before, to one that was a co-unit, with the co-units that are left.
func TestAProposalIsAssignedAnew(t *testing.T) {
	h := newHouse(t)
	p := h.to("filed", "1")
	p = h.walk(p.ID, []leg{
		{step{office, proposal.Assign{Lead: "market", Co: []string{"banking", "tax"}}}, "assigned assignment market:assigned banking:assigned tax:assigned"},
		{step{clerk("banking"), proposal.Accept{}}, "handling handling market:assigned banking:accepted tax:assigned"},
		{step{clerk("market"), proposal.Object{Reason: "无关", Suggested: "banking"}}, "handling handling market:objecting banking:accepted tax:assigned"},
		{step{office, proposal.ApproveObjection{Unit: "market"}}, "filed filing market:released banking:accepted tax:assigned"},
		{step{office, proposal.Assign{Lead: "banking", Co: []string{"market", "tax"}}}, "assigned assignment market:assigned banking:assigned tax:assigned"},
	}...)
	require.Equal(t, proposal.Led, p.Mode)
	require.Equal(t, []proposal.PartRole{proposal.Co, proposal.Lead, proposal.Co}, []proposal.PartRole{p.Parts[0].Role, p.Parts[1].Role, p.Parts[2].Role})
	require.Equal(t, []string{"co_opinion market", "co_opinion tax", "reply banking"}, running(p, "reply", "co_opinion"))

	p = h.walk(p.ID, []leg{
		{step{clerk("banking"), proposal.Object{Reason: "也无关"}}, "assigned assignment market:assigned banking:objecting tax:assigned"},
		{step{office, proposal.ApproveObjection{Unit: "banking", To: []string{"market"}}}, "assigned assignment market:assigned banking:released tax:assigned"},
	}...)
	require.Equal(t, proposal.Lead, p.Part("market").Role)
	list, err := h.Find(context.Background(), "", 0, store.Match{Attr: "lead", Op: store.Is, Values: []string{"banking"}})
	require.NoError(t, err)
	require.Empty(t, list)
	for _, r := range proposal.Relations() {
		if r.Name == "unit" {
			require.True(t, r.Holds(clerk("market"), p, ""))
			require.False(t, r.Holds(clerk("banking"), p, ""), "one that was relieved has no more to do with it")
			require.True(t, r.Holds(clerk("banking"), p, "banking"), "but with the part that it had")
		}
	}
	s := h.to("objecting", "3")
	s = h.take(s.ID, step{office, proposal.ApproveObjection{Unit: "market"}})
	require.Equal(t, "filed", s.State)
	_, err = h.Do(context.Background(), office, s.ID, proposal.Assign{Separate: []string{"market", "market"}})
	require.Equal(t, "separate[1] duplicate", reasons(t, err))

	// co-units that are left stay, named again or not
	r := h.to("filed", "4")
	r = h.walk(r.ID, []leg{
		{step{office, proposal.Assign{Lead: "market", Co: []string{"banking"}}}, "assigned assignment market:assigned banking:assigned"},
		{step{clerk("market"), proposal.Object{Reason: "无关"}}, "assigned assignment market:objecting banking:assigned"},
		{step{office, proposal.ApproveObjection{Unit: "market"}}, "filed filing market:released banking:assigned"},
		{step{office, proposal.Assign{Lead: "tax"}}, "assigned assignment market:released banking:assigned tax:assigned"},
	}...)
	require.Equal(t, proposal.Led, r.Mode)

	// a co-unit that has told the lead its opinion has not answered the proposer
	q := h.to("filed", "2")
	q = h.walk(q.ID, []leg{
		{step{office, proposal.Assign{Lead: "market", Co: []string{"banking"}}}, "assigned assignment market:assigned banking:assigned"},
		{step{clerk("banking"), proposal.Accept{}}, "handling handling market:assigned banking:accepted"},
		{step{clerk("banking"), proposal.Reply{Text: "意见"}}, "handling handling market:assigned banking:checking"},
		{step{chief("banking"), proposal.IssueReply{Unit: "banking"}}, "handling handling market:assigned banking:answered"},
		{step{clerk("market"), proposal.Object{Reason: "无关"}}, "handling handling market:objecting banking:answered"},
		{step{office, proposal.ApproveObjection{Unit: "market", To: []string{"banking"}}}, "handling handling market:released banking:assigned"},
		{step{clerk("banking"), proposal.Accept{}}, "handling handling market:released banking:accepted"},
		{step{clerk("banking"), proposal.Reply{Text: "答复"}}, "handling handling market:released banking:checking"},
		{step{chief("banking"), proposal.IssueReply{Unit: "banking"}}, "replied reply market:released banking:answered"},
	}...)
	require.Len(t, q.Part("banking").Replies, 2)
	h.sound()
}

// running returns the running clocks of the limits, with their units, sorted.
func running(p *proposal.Proposal, limits ...string) (clocks []string) {
	for _, limit := range limits {
		for _, c := range p.Clocks {
			if c.Limit == limit && c.Running() {
				clocks = append(clocks, c.Limit+" "+c.Of)
			}
		}
	}
	slices.Sort(clocks)
	return clocks
}

func TestCoSigning(t *testing.T) {
	h := newHouse(t)
	p := h.draft()
	require.Equal(t, proposal.Member, p.Proposer.Kind)
	p = h.take(p.ID, step{member, proposal.Invite{ID: another.ID, Name: "李四"}}, step{member, proposal.Invite{ID: third.ID}},
		step{another, proposal.Consent{}}, step{third, proposal.Decline{}})
	require.Equal(t, proposal.Joint, p.Proposer.Kind)
	require.Equal(t, 1, p.Consented())
	require.False(t, p.Cosigners[0].Answered.IsZero())

	// whoever consented is a co-signer, whoever declined is not
	h.take(p.ID, step{another, proposal.Research{Topic: "x"}})
	_, err := h.Do(context.Background(), third, p.ID, proposal.Research{Topic: "x"})
	require.Equal(t, "no_role", reasons(t, err))
	_, err = h.Do(context.Background(), third, p.ID, proposal.Consent{})
	require.Equal(t, "wrong_state", reasons(t, err))
	for _, signer := range []string{member.ID, another.ID} {
		found, err := h.Find(context.Background(), "", 0, store.Match{Attr: "proposer", Op: store.Is, Values: []string{signer}})
		require.NoError(t, err)
		require.Len(t, found, 1)
	}
	p = h.take(p.ID, then(filed("1"), []step{{office, proposal.Assign{Lead: "market"}}, {clerk("market"), proposal.Accept{}}}, reply("market"),
		[]step{{another, proposal.GiveOpinion{Result: "satisfied"}}})...)
	require.Equal(t, "feedback", p.State, "a co-signer's opinion is one of the proposers'")
}

// A supervision runs beside the handling, and a case under one counts there and
// nowhere else.
func TestSupervisionCountsBesideTheHandling(t *testing.T) {
	h := newHouse(t)
	h.to("handling", "0")
	p := h.to("assigned", "1")
	p = h.walk(p.ID, []leg{
		{step{leader, proposal.Supervise{Leader: "主席", Form: "调研"}}, "assigned supervision market:assigned"},
		{step{office, proposal.Urge{Unit: "market"}}, "assigned supervision market:assigned"},
		{step{clerk("market"), proposal.Accept{}}, "handling supervision market:accepted"},
		{step{evaluator, proposal.VisitSite{Place: "步行街", Who: []string{"第三方"}}}, "handling supervision market:accepted"},
	}...)
	inStage := func(stage string) int {
		list, err := h.Find(context.Background(), "", 0, store.Match{Attr: "stage", Op: store.Is, Values: []string{stage}})
		require.NoError(t, err)
		return len(list)
	}
	require.Equal(t, []int{1, 1}, []int{inStage("supervision"), inStage("handling")})
	p = h.walk(p.ID, []leg{
		{step{clerk("market"), proposal.Reply{Text: "x"}}, "handling supervision market:checking"},
		{step{chief("market"), proposal.IssueReply{Unit: "market"}}, "replied reply market:answered"},
		{step{committee, proposal.Conclude{Result: "落实"}}, "replied reply market:answered"},
		{step{committee, proposal.Supervise{}}, "replied reply market:answered"},
		{step{member, proposal.GiveOpinion{Result: "dissatisfied"}}, "handling supervision market:accepted"},
		{step{committee, proposal.Conclude{Result: "x"}}, "handling handling market:accepted"},
	}...)
	require.Len(t, p.Supervisions, 2)
	require.Equal(t, []string{"主席", "落实"}, []string{p.Supervisions[0].Leader, p.Supervisions[0].Result})
	require.Len(t, p.Supervisions[0].Visits, 1)
	require.Len(t, p.Urgings, 1)
	_, err := h.Do(context.Background(), leader, p.ID, proposal.VisitSite{})
	require.Equal(t, "wrong_state", reasons(t, err))
}

func TestWhatComesAfterTheReply(t *testing.T) {
	h := newHouse(t)
	p := h.to("closed", "1")
	p = h.take(p.ID,
		step{office, proposal.Follow{Unit: "market", Found: "已建成", Class: "a"}},
		step{office, proposal.Follow{Found: "运行良好"}},
		step{member, proposal.Evaluate{Text: "好"}},
		step{evaluator, proposal.Evaluate{Text: "优秀", Score: "95/100"}},
		step{committee, proposal.GiveHonour{Title: "优秀提案", Year: 2024}},
		step{committee, proposal.GiveHonour{Title: "好提案"}},
		step{office, proposal.Publish{Title: "公开题", Text: "公开文"}},
		step{committee, proposal.Withhold{Reason: "补正"}},
		step{committee, proposal.Publish{Title: "公开题", Text: "公开文"}},
	)
	answer := p.Part("market").Reply()
	require.Equal(t, "a", answer.Class)
	require.Len(t, answer.Raised, 1)
	require.Equal(t, []string{"b", "a", "o-1", "已建成"}, []string{answer.Raised[0].From, answer.Raised[0].To, answer.Raised[0].By, answer.Raised[0].Reason})
	require.Len(t, p.FollowUps, 2)
	require.Equal(t, []string{"proposer", "evaluator"}, []string{p.Evaluations[0].Role, p.Evaluations[1].Role}, "by what they were allowed")
	require.Len(t, p.Honours, 2)
	require.Equal(t, "公开文", p.Publication.Text)
	require.Equal(t, "closed", p.State, "nothing of this moves the proposal")
	for class, n := range map[string]int{"a": 1, "b": 0} {
		found, err := h.Find(context.Background(), "", 0, store.Match{Attr: "class", Op: store.Is, Values: []string{class}})
		require.NoError(t, err)
		require.Len(t, found, n)
	}
	h.sound()
}

func TestADraftOfAReplyIsNotFoundByItsClass(t *testing.T) {
	h := newHouse(t)
	p := h.to("drafted", "1")
	is := store.Match{Attr: "class", Op: store.Is, Values: []string{"b"}}
	found, err := h.Find(context.Background(), "", 0, is)
	require.NoError(t, err)
	require.Empty(t, found)
	h.take(p.ID, step{chief("market"), proposal.IssueReply{Unit: "market"}})
	found, err = h.Find(context.Background(), "", 0, is)
	require.NoError(t, err)
	require.Len(t, found, 1)
}

func TestReviewCanBeReconsidered(t *testing.T) {
	for _, situation := range []string{"refused", "referred", "settled"} {
		h := newHouse(t)
		p := h.to(situation, "")
		require.Equal(t, "review", p.Stage)
		require.NotNil(t, p.Review)
		p = h.take(p.ID, step{committee, proposal.Reconsider{Text: "补充材料"}})
		require.Equal(t, "reviewing", p.State)
		require.Nil(t, p.Review)
		h.take(p.ID, step{committee, proposal.File{Number: "1"}})
	}
	h := newHouse(t)
	p := h.to("refused", "")
	require.Equal(t, []string{"refuse", "academic", "refusals@1", "c-1"}, []string{p.Review.Outcome, p.Review.Reason, p.Review.Scheme, p.Review.By})
	found, err := h.Find(context.Background(), "", 0, store.Match{Attr: "refusal", Op: store.Is, Values: []string{"academic"}})
	require.NoError(t, err)
	require.Len(t, found, 1)
	_, err = h.Do(context.Background(), committee, h.to("withdrawn", "").ID, proposal.Reconsider{})
	require.ErrorIs(t, err, workflow.ErrRefused, "what its proposer took back stays so")
}

// The seven stages are the nine without the first and the last.
func TestSevenStages(t *testing.T) {
	h := newHouse(t, workflow.WithUse(proposal.Kind, "xiushan", "seven"))
	p := h.draft()
	require.Equal(t, "seven", p.Definition.Name)
	p = h.walk(p.ID, []leg{
		{step{member, proposal.Submit{}}, "submitted submission"},
		{step{committee, proposal.Receive{}}, "reviewing review"},
		{step{committee, proposal.File{Number: "1"}}, "filed filing"},
		{step{office, proposal.Assign{Lead: "market"}}, "assigned assignment market:assigned"},
		{step{clerk("market"), proposal.Accept{}}, "handling handling market:accepted"},
		{step{committee, proposal.Supervise{}}, "handling supervision market:accepted"},
		{step{committee, proposal.Conclude{}}, "handling handling market:accepted"},
		{step{clerk("market"), proposal.Reply{Text: "x"}}, "handling handling market:checking"},
		{step{chief("market"), proposal.IssueReply{Unit: "market"}}, "replied reply market:answered"},
		{step{member, proposal.GiveOpinion{Result: "dissatisfied"}}, "handling handling market:accepted"},
		{step{clerk("market"), proposal.Reply{Text: "x"}}, "handling handling market:checking"},
		{step{chief("market"), proposal.IssueReply{Unit: "market"}}, "replied reply market:answered"},
		{step{member, proposal.GiveOpinion{Result: "satisfied"}}, "replied reply market:answered"},
		{step{committee, proposal.Close{}}, "closed reply market:answered"},
	}...)
	_, err := h.Do(context.Background(), member, p.ID, proposal.Research{Topic: "x"})
	require.Equal(t, "unknown_event", reasons(t, err), "there is no cultivation")

	var keys []string
	for _, s := range h.MachineFor("xiushan").Stages() {
		keys = append(keys, s.Key)
	}
	var nine []string
	for _, s := range proposal.Nine().Stages {
		nine = append(nine, s.Key)
	}
	require.Len(t, nine, 9)
	require.Equal(t, nine[1:8], keys)
	require.Equal(t, "nine", h.MachineFor("jiulongpo").Name(), "the neighbours keep theirs")
	h.sound()
}

// The shipped definitions, as the package promises them.
func TestShippedDefinitions(t *testing.T) {
	var stages []string
	for _, s := range proposal.Nine().Stages {
		stages = append(stages, s.Label.ZH+" "+s.Key)
	}
	require.Equal(t, "培育 cultivation → 征集 submission → 审查 review → 立案 filing → 交办 assignment → 办理 handling → 督办 supervision → 答复 reply → 反馈 feedback", strings.Join(stages, " → "))
	require.Equal(t, "seven", proposal.Seven().Name)
}
