package casebook

import (
	"fmt"

	"github.com/tian-go/tian/proposal"
)

// 宁夏 Ningxia supervises a key proposal on the small-shop economy: members and a
// third-party evaluation team visit, the lead unit (自治区市场监管厅) and two co-units
// (宁夏银保监局, 自治区地方金融监管局) each reply. While the supervision is open the
// proposal counts in 督办.
//
// Days, number and words are an illustration.
func Example_ningxia() {
	b := open("2023-03-01")
	member := proposal.Actor{ID: "member", Body: "ningxia", Roles: []string{"member"}}
	committee := proposal.Actor{ID: "committee", Body: "ningxia", Roles: []string{"committee", "office"}}
	team := proposal.Actor{ID: "team", Body: "ningxia", Roles: []string{"evaluator"}}
	units := []string{"自治区市场监管厅", "宁夏银保监局", "自治区地方金融监管局"}
	clerk := func(unit, who string) proposal.Actor {
		return proposal.Actor{ID: unit + who, Body: "ningxia", Unit: unit}
	}

	p := b.draft(member, proposal.Draft{Title: "关于支持小店经济的提案", Category: proposal.Economic})
	p = b.propose(p, member, proposal.Submit{})
	p = b.propose(p, committee, proposal.File{Number: "2023-007"}, proposal.MarkKey{Leader: "政协副主席", Tier: "重点督办"},
		proposal.Assign{Lead: units[0], Co: units[1:]})
	for _, u := range units {
		p = b.propose(p, clerk(u, "经办"), proposal.Accept{})
	}
	p = b.propose(p, committee, proposal.Supervise{Leader: p.Key.Leader, Form: "督办调研"})
	fmt.Println("supervised:", p.State, "counts in", p.Stage)
	p = b.propose(p, team, proposal.VisitSite{Place: "小店一条街", Who: []string{"委员", "第三方评价团队"}, Found: "融资难、证照繁"},
		proposal.Evaluate{Text: "办理务实，回应到位"})

	early := proposal.Reply{Text: "……", Class: "a"}
	_, err := b.proposals.Do(b.ctx, clerk(units[0], "经办"), p.ID, early)
	fmt.Println("the lead before its co-units:", err != nil)
	for _, u := range []string{units[1], units[2], units[0]} {
		p = b.propose(p, clerk(u, "经办"), proposal.Reply{Text: "……", Class: "a"})
		p = b.propose(p, clerk(u, "负责人"), proposal.IssueReply{Unit: u})
		fmt.Println(u, p.Part(u).Role, p.PartState(u))
	}
	fmt.Println("all answered:", p.State, "counts in", p.Stage)
	p = b.propose(p, committee, proposal.Conclude{Result: "督办结束"})
	fmt.Println("concluded:", p.State, "counts in", p.Stage)
	fmt.Printf("%d supervision, %d visit, evaluated by: %s\n", len(p.Supervisions), len(p.Supervisions[0].Visits), p.Evaluations[0].Role)
	// Output:
	// supervised: handling counts in supervision
	// the lead before its co-units: true
	// 宁夏银保监局 co answered
	// 自治区地方金融监管局 co answered
	// 自治区市场监管厅 lead answered
	// all answered: replied counts in reply
	// concluded: replied counts in reply
	// 1 supervision, 1 visit, evaluated by: evaluator
}
