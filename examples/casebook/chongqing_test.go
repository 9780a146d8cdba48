package casebook

import (
	"fmt"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// 重庆 Chongqing runs the same platform in 38 districts and counties, and adds up for
// the city. Figures the city printed in 2021 (473 platforms, 521 sessions, 489
// matters, of 14 pilot districts) are kept as printed with the year of the city, beside what is
// counted, and no platform is made up for them.
//
// The 38 districts are the municipality's; what they held here is an
// illustration: district n has n%3+1 platforms, with one consultation each.
func Example_chongqing() {
	bodies := []workflow.Body{{ID: "chongqing"}}
	for n := range 38 {
		bodies = append(bodies, workflow.Body{ID: fmt.Sprintf("district-%02d", n+1), Parent: "chongqing"})
	}
	tree, err := workflow.NewTree(bodies...)
	if err != nil {
		fmt.Println(err)
		return
	}
	b := open("2023-05-01", workflow.WithTree(tree))
	for i, district := range bodies[1:] {
		n := i + 1
		office := consult.Actor{ID: "office", Body: district.ID, Roles: []string{"office"}}
		for range n%3 + 1 {
			p := b.establish(office, platform.Establish{Name: "渝事好商量", Kind: rules.KindPlatform, Tier: platform.County, Unit: "office"})
			a := b.plan(office, activity.Plan{Title: "居民议题", Form: rules.FormPlatform, Platform: p.ID, On: date("2023-05-01")})
			b.consult(a, office, activity.Notify{}, activity.Hold{Joined: append(group(rules.Member, "委员"), group(rules.Resident, "甲", "乙")...)},
				activity.FileMinutes{Text: "纪要"},
				activity.Conclude{Items: []checklist.Task{{What: "解决问题", Owner: checklist.Owner{Unit: "bureau"}, Due: date("2023-06-30"), Practical: true}}})
		}
	}
	figures, err := b.consults.RollUp(b.ctx, "chongqing", date("2023-12-31"))
	b.check(err)
	sum := consult.Figures{}
	for _, f := range figures[1:] {
		sum.Platforms += f.Platforms
		sum.Held += f.Held
		sum.Overdue += f.Overdue
	}
	city := figures[0]
	fmt.Printf("districts: %d\n", len(figures)-1)
	fmt.Printf("city:      %d platforms, %d held, %d attendances (%d of members), %d overdue\n", city.Platforms, city.Held, city.People, city.Members, city.Overdue)
	fmt.Printf("added up:  %d platforms, %d held, %d overdue\n", sum.Platforms, sum.Held, sum.Overdue)
	for _, f := range figures[1:4] {
		fmt.Printf("%s: %d platforms, %d held\n", f.Body, f.Platforms, f.Held)
	}

	office := consult.Actor{ID: "office", Body: "chongqing", Roles: []string{"office"}}
	p, err := b.consults.DraftPlan(b.ctx, office, plan.Draft{Year: 2021, Title: "2021年全市协商工作"})
	b.check(err)
	p, err = b.consults.Plans.Do(b.ctx, office, p.ID, plan.Quote{Account: printed.Account{
		Date: "截至2021-08-07", Figures: printed.ParseFigures("473个平台;521场次;解决基层民生问题489件;5170人次;委员 1780人次"), Source: "人民政协报",
	}})
	b.check(err)
	for _, f := range p.Accounts[0].Figures {
		fmt.Printf("printed %s: %s %d %s\n", p.Accounts[0].Date, f.What, f.N, f.Unit)
	}
	// Output:
	// districts: 38
	// city:      77 platforms, 77 held, 231 attendances (77 of members), 77 overdue
	// added up:  77 platforms, 77 held, 77 overdue
	// district-01: 2 platforms, 2 held
	// district-02: 3 platforms, 3 held
	// district-03: 1 platforms, 1 held
	// printed 截至2021-08-07: 平台 473 个
	// printed 截至2021-08-07:  521 场次
	// printed 截至2021-08-07: 解决基层民生问题 489 件
	// printed 截至2021-08-07:  5170 人次
	// printed 截至2021-08-07: 委员 1780 人次
}
