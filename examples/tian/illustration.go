package main

import (
	"context"
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/workflow"
)

// What is known of the one proposal that is walked through all nine stages, and
// what is not.
const (
	illustratedBody  = "illustration/宁夏回族自治区"
	illustratedTitle = "小店经济"
	illustratedLead  = "自治区市场监管厅"
	illustratedCo1   = "宁夏银保监局"
	illustratedCo2   = "自治区地方金融监管局"

	illustrationSource = "the source article (人民政协报)"
	illustrationNote   = "文章载明：议题、重点督办、主办单位和两家协办单位、各单位均已答复、实地调研、第三方评估人员参与；" +
		"示意：提案者、案号、日期、文字、评价和意见。" +
		" Printed: the topic, its supervision as a key proposal, the lead and both co-units, that each replied, the visit, " +
		"the third-party evaluator. Made up: the proposer, number, dates, texts, evaluation and opinion."
	madeUp = "【示意 made up】"
)

// openIllustration opens a case that says it is an illustration.
type openIllustration struct {
	proposal.Draft
	Note   string `json:"note"`
	Source string `json:"source"`
}

// Apply fills the draft and marks the case.
func (a openIllustration) Apply(act *proposal.Act, p *proposal.Proposal) error {
	if err := a.Draft.Apply(act, p); err != nil {
		return err
	}
	if err := p.SetExtra(ledger.ExtraSource, a.Source); err != nil {
		return err
	}
	return p.SetExtra(ledger.ExtraIllustration, a.Note)
}

// illustratedStep is one act on the way.
type illustratedStep struct {
	actor  proposal.Actor
	day    string
	action proposal.Action
}

// illustratedWay is every act after the opening, each by someone of their own.
func illustratedWay() []illustratedStep {
	at := func(id, unit string, roles ...string) proposal.Actor {
		return proposal.Actor{ID: "示意-" + id, Body: illustratedBody, Unit: unit, Roles: roles}
	}
	member, committee, office := illustrator(), at("提案委", "", "committee"), at("交办室", "", "office")
	leader, evaluator := at("督办领导", "", "leader"), at("第三方评估", "", "evaluator")
	clerk := func(unit string) proposal.Actor { return at("经办-"+unit, unit) }
	chief := func(unit string) proposal.Actor { return at("签发-"+unit, unit) }
	way := []illustratedStep{
		{member, "2021-01-08", proposal.Research{Topic: illustratedTitle, Found: madeUp + "走访小店，了解融资与登记中的困难"}},
		{member, "2021-01-20", proposal.Submit{}},
		{committee, "2021-01-25", proposal.Receive{}},
		{committee, "2021-02-01", proposal.File{Number: "示意-001"}},
		{committee, "2021-02-03", proposal.MarkKey{Leader: madeUp + "督办领导", Tier: "重点提案"}},
		{office, "2021-03-01", proposal.Assign{Lead: illustratedLead, Co: []string{illustratedCo1, illustratedCo2}}},
	}
	for _, unit := range []string{illustratedLead, illustratedCo1, illustratedCo2} {
		way = append(way, illustratedStep{clerk(unit), "2021-03-04", proposal.Accept{}})
	}
	way = append(way,
		illustratedStep{leader, "2021-04-12", proposal.Supervise{Form: "实地调研"}},
		illustratedStep{committee, "2021-04-15", proposal.VisitSite{
			Who: []string{illustratedLead, illustratedCo1, illustratedCo2, "第三方评估人员"}, Found: madeUp + "听取各单位办理情况",
		}})
	for _, r := range []struct{ unit, drafted, issued string }{
		{illustratedCo1, "2021-04-20", "2021-04-21"}, {illustratedCo2, "2021-04-21", "2021-04-22"},
		{illustratedLead, "2021-04-28", "2021-04-29"},
	} {
		way = append(way,
			illustratedStep{clerk(r.unit), r.drafted, proposal.Reply{Text: madeUp + "答复内容"}},
			illustratedStep{chief(r.unit), r.issued, proposal.IssueReply{Unit: r.unit}})
	}
	return append(way,
		illustratedStep{leader, "2021-05-08", proposal.Conclude{Result: madeUp + "各单位均已答复"}},
		illustratedStep{evaluator, "2021-05-10", proposal.Evaluate{Text: madeUp + "第三方评估意见"}},
		illustratedStep{member, "2021-05-12", proposal.GiveOpinion{Result: "satisfied", Text: madeUp + "提案者意见"}},
		illustratedStep{committee, "2021-05-20", proposal.Close{}})
}

func illustrator() proposal.Actor {
	return proposal.Actor{ID: "示意-委员", Body: illustratedBody, Roles: []string{"member"}}
}

// illustrate walks the proposal through all nine stages. Done again, it finds
// every act done and changes nothing.
func illustrate(ctx context.Context, svc *proposal.Service) (*proposal.Proposal, error) {
	command := func(n int) workflow.DoOption { return workflow.Command(fmt.Sprintf("illustration:%02d", n)) }
	opened, err := noon("2021-01-05")
	if err != nil {
		return nil, err
	}
	p, err := svc.Engine.Open(ctx, illustrator(), illustratedBody, openIllustration{
		Draft:  proposal.Draft{Title: illustratedTitle, Text: proposal.Text{Suggestions: []string{madeUp + "具体建议"}}},
		Source: illustrationSource, Note: illustrationNote,
	}, command(0), opened)
	if err != nil {
		return nil, fmt.Errorf("illustration: %w", err)
	}
	for i, s := range illustratedWay() {
		at, err := noon(s.day)
		if err != nil {
			return nil, err
		}
		if p, err = svc.Do(ctx, s.actor, p.ID, s.action, command(i+1), at); err != nil {
			return nil, fmt.Errorf("illustration: %s: %w", s.action.Event(), err)
		}
	}
	return p, nil
}

// noon dates an act: a day is all that an illustration says.
func noon(day string) (workflow.DoOption, error) {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return nil, fmt.Errorf("illustration: %w", err)
	}
	return workflow.Happened(at.Add(12 * time.Hour)), nil
}
