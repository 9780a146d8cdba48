package proposal_test

import (
	"context"
	"fmt"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// Reasons for not filing, answer classes and opinion scales of one's own are
// terms of schemes. In this city 部分解决 is an A of its own, and proposers are
// asked twice: of the result (办理结果) and of the attitude (办理态度).
func Example_ownRules() {
	term := func(key, letter, as, zh, en string) proposal.Term {
		return proposal.Term{Key: key, Letter: letter, As: as, Label: lifecycle.Label{ZH: zh, EN: en}}
	}
	rules := proposal.DefaultRules()

	refusals := proposal.NationalRefusals()
	refusals.Version = 2
	refusals.Terms = append(refusals.Terms, term("not_local", "", "", "不属本级职权", "not for this level"))
	rules.Refusals = append(rules.Refusals, refusals)

	rules.Classes = proposal.Versions{{Name: "city-classes", Version: 1, Terms: []proposal.Term{
		term("a1", "A", proposal.Settled, "已经解决", "solved"),
		term("a2", "A", proposal.Settled, "部分解决", "solved in part"),
		term("b", "B", proposal.Planned, "列入计划", "planned"),
		term("d", "D", proposal.Reference, "留作参考", "for reference"),
	}}}
	rules.Opinions = []proposal.Versions{{{Name: "city-opinions", Version: 1, Terms: []proposal.Term{
		term("satisfied", "", proposal.Satisfied, "满意", "satisfied"),
		term("understanding", "", proposal.Mostly, "理解", "understanding"),
		term("dissatisfied", "", proposal.Dissatisfied, "不满意", "dissatisfied"),
		term("silent", "", "", "未反馈", "no answer"),
	}}}}
	svc, err := proposal.New(memory.New(), workflow.WithRules("city", rules))
	if err != nil {
		fmt.Println(err)
		return
	}

	ctx := context.Background()
	actor := func(id, unit string, roles ...string) proposal.Actor {
		return proposal.Actor{ID: id, Body: "city", Unit: unit, Roles: roles}
	}
	member, committee, office := actor("m", "", "member"), actor("c", "", "committee"), actor("o", "", "office")
	clerk, chief := actor("k", "bureau"), actor("h", "bureau")
	way := func(steps ...any) *proposal.Proposal {
		p, err := svc.Open(ctx, member, proposal.Draft{Title: "关于支持小店经济的提案"})
		for i := 0; i+1 < len(steps) && err == nil; i += 2 {
			p, err = svc.Do(ctx, steps[i].(proposal.Actor), p.ID, steps[i+1].(proposal.Action)) //nolint:forcetypeassert // an example
		}
		if err != nil {
			fmt.Println(err)
		}
		return p
	}

	p := way(member, proposal.Submit{}, committee, proposal.Refuse{Reason: "not_local"})
	fmt.Println(p.State, p.Review.Reason, p.Review.Scheme)

	p = way(member, proposal.Submit{}, committee, proposal.File{Number: "1"}, office, proposal.Assign{Lead: "bureau"},
		clerk, proposal.Accept{}, clerk, proposal.Reply{Text: "已建成。", Class: "a2"}, chief, proposal.IssueReply{Unit: "bureau"},
		member, proposal.GiveOpinion{Result: "understanding", Attitude: "satisfied"})
	answer, opinion := p.Part("bureau").Reply(), p.Opinions[0]
	fmt.Println(answer.Class, answer.Scheme)
	fmt.Println(opinion.Result, opinion.Attitude, opinion.Scale, "counts as", opinion.Counts)
	// Output:
	// refused not_local refusals@2
	// a2 city-classes@1
	// understanding satisfied city-opinions@1 counts as basically_satisfied
}
