package casebook

import (
	"fmt"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// jiulongpoSheet scores what was due and done, and practical matters. The article has no
// sheet: points are an illustration.
const jiulongpoSheet = `{"name":"quota","version":1,"title":{"zh":"协商任务完成情况"},"full":"100","criteria":[
 {"key":"quota","label":{"zh":"年度任务"},"points":"60","fact":"quota","rule":{"rate":{"no_base":"full"}}},
 {"key":"matters","label":{"zh":"为民办实事"},"points":"40","fact":"matters","rule":{"steps":{"table":[{"min":"1","points":"20"},{"min":"12","points":"40"}]}}}]}`

// 九龙坡 Jiulongpo has 14 member stations in its towns and 7 platforms of 渝事好商量.
// Every station holds at least 4 consultations a year; 35 have been held, and
// 240 practical matters and more have been done for residents.
//
// The article prints the totals. How they spread over stations and platforms, and
// the days, are an illustration.
func Example_jiulongpo() {
	own := rules.Default()
	for i := range own.Kinds {
		if own.Kinds[i].Key == rules.KindStation {
			own.Kinds[i].Quota = rules.Quota{N: 4, Per: rules.PerYear}
		}
	}
	b := open("2023-01-03", workflow.WithRules("jiulongpo", own))
	office := consult.Actor{ID: "office", Body: "jiulongpo", Roles: []string{"office"}}
	convenor := consult.Actor{ID: "convenor", Body: "jiulongpo", Roles: []string{"member"}}
	var held []*activity.Activity
	for i := range 21 {
		e := platform.Establish{Name: fmt.Sprintf("委员工作站%02d", i+1), Kind: rules.KindStation, Tier: platform.Town, Convenor: convenor.ID, Since: date("2023-01-01")}
		activities := 2
		if i >= 14 {
			e.Name, e.Kind, activities = fmt.Sprintf("渝事好商量%d", i-13), rules.KindPlatform, 1
		}
		p := b.establish(office, e)
		for n := range activities {
			held = append(held, b.plan(convenor, activity.Plan{
				Title: "小切口议题", Form: rules.FormMicro, Platform: p.ID, On: date([]string{"2023-03-15", "2023-06-14"}[n]),
			}))
		}
	}
	for i, a := range held {
		matters := 7
		if i%7 == 0 {
			matters = 6
		}
		jiulongpoMeeting(b, a, convenor, office, matters)
	}

	for _, day := range []string{"2023-06-30", "2023-12-31"} {
		figures, err := b.consults.RollUp(b.ctx, "jiulongpo", date(day))
		b.check(err)
		f := figures[0]
		fmt.Printf("%s: %d platforms, %d under a quota, %d held, %d due from stations, %d short, %d practical matters\n",
			day, f.Platforms, f.Bound, f.Held, f.Due, f.Short, f.Matters)
	}
	report, err := b.consults.Compliance(b.ctx, "jiulongpo", date("2023-12-31"))
	b.check(err)
	for _, c := range report[:2] {
		fmt.Printf("%s: %d of %d, short by %d\n", c.Name, c.Held, c.Asks, c.Short)
	}
	b.on("2024-01-05")
	round := appraise(b, "jiulongpo", "协商任务完成情况考评", jiulongpoSheet, "quota", "matters")
	totals := make(map[string]int)
	for i, s := range round.Subjects {
		totals[s.League+" "+round.Last().Outcomes[i].Total.String()]++
	}
	fmt.Println(totals)
	// Output:
	// 2023-06-30: 21 platforms, 14 under a quota, 35 held, 28 due from stations, 0 short, 240 practical matters
	// 2023-12-31: 21 platforms, 14 under a quota, 35 held, 56 due from stations, 28 short, 240 practical matters
	// 委员工作站01: 2 of 4, short by 2
	// 委员工作站02: 2 of 4, short by 2
	// 协商任务完成情况考评: published, 21 scored
	// map[platform 80:7 station 70:14]
}

// jiulongpoMeeting holds one activity on its day, with so many practical
// matters, all of which get done and confirmed.
func jiulongpoMeeting(b *book, a *activity.Activity, convenor, office consult.Actor, matters int) {
	notice, err := a.On.AddDays(-7)
	b.check(err)
	b.on(notice.String())
	b.consult(a, convenor, activity.Notify{})
	b.on(a.On.String())
	var tasks []checklist.Task
	var does []workflow.Action[*activity.Activity, rules.Rules]
	var confirms []workflow.Action[*activity.Activity, rules.Rules]
	for n := range matters {
		tasks = append(tasks, checklist.Task{What: "为居民办一件实事", Owner: checklist.Owner{Name: "街道办"}, Due: date("2023-12-31"), Practical: true})
		item := fmt.Sprintf("i%d", n+1)
		does = append(does, activity.FinishItem{Item: item, Evidence: []string{"现场照片"}})
		confirms = append(confirms, activity.ConfirmItem{Item: item})
	}
	b.consult(a, convenor, activity.Hold{Joined: append(group(rules.Member, "委员"), group(rules.Resident, "居民甲", "居民乙")...)},
		activity.FileMinutes{Text: "纪要"}, activity.Conclude{Items: tasks})
	b.consult(a, convenor, does...)
	b.consult(a, office, confirms...)
}
