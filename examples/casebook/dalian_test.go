package casebook

import (
	"fmt"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal"
)

// 大连 Dalian: members' field research feeds proposals and plenary speeches. The
// research is recorded where the proposal grows, in cultivation, and what is said
// at the plenary can become a further proposal.
//
// The article's research is on 数字化赋能装备制造业, digital means for the makers of
// equipment. Places, days and findings are an illustration.
func Example_dalian() {
	b := open("2022-09-05")
	member := proposal.Actor{ID: "member", Body: "dalian", Roles: []string{"member"}}
	office := proposal.Actor{ID: "office", Body: "dalian", Roles: []string{"office", "committee"}}
	p := b.draft(member, proposal.Draft{Title: "关于以数字化赋能我市装备制造业的提案", Category: proposal.Economic, Timing: proposal.Plenary})
	for _, site := range []struct{ day, place, found string }{
		{"2022-09-06", "金普新区", "中小企业上云成本高"}, {"2022-10-11", "旅顺口区", "工业数据各自为政"}, {"2022-11-08", "庄河市", "数字化人才不足"},
	} {
		b.on(site.day)
		p = b.propose(p, member, proposal.Research{Topic: "数字化赋能装备制造业", Place: site.place, Found: site.found})
	}
	fmt.Printf("%d pieces of research, %s\n", len(p.Research), p.Stage)
	var suggestions []string
	for _, r := range p.Research {
		suggestions = append(suggestions, "针对"+r.Found+"（"+r.Place+"）提出对策")
	}
	p = b.propose(p, member, proposal.Revise{Title: p.Title, Category: proposal.Economic, Text: proposal.Text{Suggestions: suggestions}}, proposal.Submit{})
	for _, s := range p.Text.Suggestions {
		fmt.Println(" ", s)
	}
	fmt.Println("proposal:", p.State)

	a := b.plan(office, activity.Plan{Title: "全体会议大会发言", Form: rules.FormPlenary, On: date("2023-01-05")})
	a = b.consult(a, office, activity.Investigate{Found: p.Research[0].Found, Place: p.Research[0].Place},
		activity.Notify{}, activity.SendMaterials{Files: []string{"发言材料"}})
	b.on("2023-01-05")
	a = b.consult(a, office, activity.Hold{Joined: group(rules.Member, "member")},
		activity.Speak{By: "member", Text: "以数字化赋能装备制造业"}, activity.Raise{Opinions: []activity.Opinion{{By: "member", Text: "建设工业互联网公共平台"}}})
	second := b.draft(member, proposal.Draft{Title: "关于工业互联网公共平台的提案", Category: proposal.Economic})
	a = b.consult(a, office, activity.Link{Opinion: "o1", Proposal: second.ID}, activity.Link{Proposal: p.ID})
	fmt.Println("plenary:", a.State, "with", len(a.Statements), "speech")
	for _, id := range []string{p.ID, second.ID} {
		found, err := b.consults.OfProposal(b.ctx, id)
		b.check(err)
		fmt.Println("found by its proposal:", len(found) == 1 && found[0].ID == a.ID)
	}
	// Output:
	// 3 pieces of research, cultivation
	//   针对中小企业上云成本高（金普新区）提出对策
	//   针对工业数据各自为政（旅顺口区）提出对策
	//   针对数字化人才不足（庄河市）提出对策
	// proposal: submitted
	// plenary: held with 1 speech
	// found by its proposal: true
	// found by its proposal: true
}
