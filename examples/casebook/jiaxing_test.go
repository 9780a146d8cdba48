package casebook

import (
	"fmt"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/evaluate/points"
)

// 嘉兴 Jiaxing: the standing committee consults on manufacturing (专题协商), resting on
// a survey of 1753 firms with 1553 valid returns; a vice-mayor answers on the
// spot. How many came back at all is not printed: that rate stays undefined and
// says why.
//
// Days and opinions are an illustration.
func Example_jiaxing() {
	b := open("2023-08-01")
	office := consult.Actor{ID: "office", Body: "jiaxing", Roles: []string{"office"}}
	a := b.plan(office, activity.Plan{Title: "加快推进我市制造业强市战略", Form: rules.FormThematic, On: date("2023-09-08")})
	a = b.consult(a, office,
		activity.AddSurvey{Survey: survey.Survey{Title: "企业问卷", Sent: survey.Count(1753), Valid: survey.Count(1553), Source: "人民政协报"}},
		activity.Investigate{Found: "走访企业、问卷调查"}, activity.Notify{}, activity.SendMaterials{Files: []string{"调研报告"}})
	survey := a.Surveys[0]
	usable, err := survey.UsableRate()
	b.check(err)
	percent, err := usable.Percent(1, points.HalfUp)
	b.check(err)
	fmt.Printf("valid of sent: %d/%d = %s %%\n", usable.Count, usable.Base, percent)
	_, err = survey.ReturnRate()
	fmt.Println("returned of sent:", err)

	b.on("2023-09-08")
	a = b.consult(a, office, activity.Hold{Joined: append(group(rules.Member, "常委甲", "委员乙"), group(rules.Leader, "副市长")...)},
		activity.Speak{By: "常委甲", Text: "调研情况"},
		activity.Raise{Opinions: []activity.Opinion{{By: "常委甲", Text: "培育链主企业"}, {By: "委员乙", Text: "降低用能成本"}}},
		activity.Respond{By: "副市长", To: []string{"s1", "o1", "o2"}, Text: "认真研究并吸纳", OnSpot: true},
		activity.FileMinutes{Text: "纪要"}, activity.Conclude{Outcomes: []outcome.Outcome{
			{Kind: rules.OutcomeReport, Title: "专题协商报告", To: []string{"市委", "市政府"}}}})
	r := a.Responses[0]
	fmt.Printf("%s answers %v on the spot: %v\n", r.By, r.To, r.OnSpot)
	for _, c := range a.Clocks {
		fmt.Println(c.Limit, "due", c.Due, "met", c.Stopped)
	}
	fmt.Println(a.State, a.Outcomes[0].Kind, "to", a.Outcomes[0].To)
	// Output:
	// valid of sent: 1553/1753 = 88.6 %
	// returned of sent: evaluate: returned over sent (how many were returned is not known) is undefined: missing_input
	// 副市长 answers [s1 o1 o2] on the spot: true
	// notice due 2023-08-18 met 2023-08-01
	// materials due 2023-08-25 met 2023-08-01
	// minutes due 2023-09-19 met 2023-09-08
	// concluded report to [市委 市政府]
}
