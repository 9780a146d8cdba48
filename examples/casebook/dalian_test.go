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
// Places, days and findings are an illustration.
func Example_dalian() {
	b := open("2022-09-05")
	member := proposal.Actor{ID: "member", Body: "dalian", Roles: []string{"member"}}
	office := proposal.Actor{ID: "office", Body: "dalian", Roles: []string{"office", "committee"}}
	p := b.draft(member, proposal.Draft{Title: "关于海洋牧场建设的提案", Category: proposal.Economic, Timing: proposal.Plenary})
	for _, site := range []struct{ day, place, found string }{
		{"2022-09-06", "长海县", "苗种依赖外购"}, {"2022-10-11", "旅顺口区", "养殖用海审批慢"}, {"2022-11-08", "庄河市", "冷链不足"},
	} {
		b.on(site.day)
		p = b.propose(p, member, proposal.Research{Topic: "海洋牧场", Place: site.place, Found: site.found})
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
		activity.Speak{By: "member", Text: "建好海洋牧场"}, activity.Raise{Opinions: []activity.Opinion{{By: "member", Text: "建设冷链基地"}}})
	second := b.draft(member, proposal.Draft{Title: "关于冷链基地的提案", Category: proposal.Economic})
	a = b.consult(a, office, activity.Link{Opinion: "o1", Proposal: second.ID}, activity.Link{Proposal: p.ID})
	fmt.Println("plenary:", a.State, "with", len(a.Statements), "speech")
	for _, id := range []string{p.ID, second.ID} {
		found, err := b.consults.OfProposal(b.ctx, id)
		b.check(err)
		fmt.Println("found by its proposal:", len(found) == 1 && found[0].ID == a.ID)
	}
	// Output:
	// 3 pieces of research, cultivation
	//   针对苗种依赖外购（长海县）提出对策
	//   针对养殖用海审批慢（旅顺口区）提出对策
	//   针对冷链不足（庄河市）提出对策
	// proposal: submitted
	// plenary: held with 1 speech
	// found by its proposal: true
	// found by its proposal: true
}
