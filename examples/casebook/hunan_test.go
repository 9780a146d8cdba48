package casebook

import (
	"fmt"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal"
)

// 湖南 Hunan meets on the handling of a key proposal on smart logistics: its
// proposer is a party committee (九三学社湖南省委会), filed in January, and the
// departments answer in the meeting. The consultation and the proposal refer to
// each other by ID.
//
// Days, number and the opinions are an illustration.
func Example_hunan() {
	b := open("2023-01-16")
	party := proposal.Actor{ID: "secretary", Body: "hunan", Unit: "九三学社湖南省委会", Roles: []string{"party"}}
	committee := proposal.Actor{ID: "committee", Body: "hunan", Roles: []string{"committee", "office"}}
	units := []string{"省发改委", "省商务厅", "省交通运输厅"}
	p := b.draft(party, proposal.Draft{Title: "关于国内大循环背景下推进我省智慧物流发展的建议", Category: proposal.Economic,
		Proposer: proposal.Proposer{Kind: proposal.Party, ID: party.Unit, Name: party.Unit}})
	p = b.propose(p, party, proposal.Submit{})
	p = b.propose(p, committee, proposal.File{Number: "0012"}, proposal.MarkKey{Leader: "省政协副主席"}, proposal.Assign{Lead: units[0], Co: units[1:]})
	fmt.Printf("%s: %s proposal of %s, collective: %v\n", p.Number, p.State, p.Proposer.Name, p.Proposer.Kind.Collective())

	b.on("2023-05-04")
	a := b.plan(committee, activity.Plan{Title: "重点提案办理协商会", Form: rules.FormHandling, Proposals: []string{p.ID}, On: date("2023-05-31")})
	for _, c := range a.Clocks {
		fmt.Println(c.Limit, "by", c.Due)
	}
	a = b.consult(a, committee, activity.Notify{}, activity.SendMaterials{Files: []string{"提案办理情况"}},
		activity.Invite{Participants: append(group(rules.Department, units...), activity.Participant{ID: "proposer", Name: party.Unit, Kind: rules.Member})})
	b.on("2023-05-31")
	a = b.consult(a, committee, activity.Hold{Attended: append([]string{"proposer"}, units...)},
		activity.Raise{Opinions: []activity.Opinion{{By: "proposer", Text: "推广物流标准化"}, {By: "proposer", Text: "培育供应链试点"}}})
	for _, u := range units {
		a = b.consult(a, committee, activity.Respond{By: u, To: []string{"o1", "o2"}, Text: "深化推广物流标准化及供应链试点经验", OnSpot: true})
	}
	found, err := b.consults.OfProposal(b.ctx, p.ID)
	b.check(err)
	fmt.Printf("%d consultation serves the proposal: %s, %d opinions, %d answers on the spot, all answered: %v\n",
		len(found), found[0].Title, len(a.Opinions), len(a.Responses), a.Answered("o1") && a.Answered("o2"))
	a = b.consult(a, committee, activity.FileMinutes{Text: "纪要"},
		activity.Conclude{Outcomes: []outcome.Outcome{{Kind: rules.OutcomeMinutes, Title: "协商纪要", To: units}}})
	fmt.Println("the meeting:", a.State, "/ the proposal:", p.State)
	// Output:
	// 0012: assigned proposal of 九三学社湖南省委会, collective: true
	// notice by 2023-05-10
	// materials by 2023-05-17
	// 1 consultation serves the proposal: 重点提案办理协商会, 2 opinions, 3 answers on the spot, all answered: true
	// the meeting: concluded / the proposal: assigned
}
