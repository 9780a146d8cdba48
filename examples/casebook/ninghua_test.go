package casebook

import (
	"fmt"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// 宁化 Ninghua: a counterpart consultation (对口协商) on smart parking, between members,
// firms and departments. The place asks that all three are there.
//
// That rule, the days and who owns what are an illustration.
func Example_ninghua() {
	own := rules.Default()
	for i := range own.Forms {
		if own.Forms[i].Key == rules.FormCounterpart {
			own.Forms[i].Composition = []string{"parties:member,interested,department"}
		}
	}
	b := open("2023-03-06", workflow.WithRules("ninghua", own))
	office := consult.Actor{ID: "office", Body: "ninghua", Roles: []string{"office"}}
	a := b.plan(office, activity.Plan{Title: "加快发展智慧停车系统", Form: rules.FormCounterpart, On: date("2023-03-28")})
	a = b.consult(a, office, activity.Notify{}, activity.SendMaterials{Files: []string{"停车调研"}})
	b.on("2023-03-28")
	_, err := b.consults.Activities.Do(b.ctx, office, a.ID, activity.Hold{Joined: group(rules.Member, "委员甲", "委员乙")})
	fmt.Println("members alone:", workflow.Code(err))
	parties := append(group(rules.Member, "委员甲", "委员乙"), group(rules.Interested, "停车企业")...)
	a = b.consult(a, office, activity.Hold{Joined: append(parties, group(rules.Department, "交警大队", "城管局")...)},
		activity.Raise{Opinions: []activity.Opinion{
			{By: "委员甲", Text: "扩建、新建停车场"}, {By: "停车企业", Text: "互联网+停车"}, {By: "委员乙", Text: "车位共享"},
		}},
		activity.FileMinutes{Text: "纪要"}, activity.Conclude{Items: []checklist.Task{
			{What: "新建停车场", Owner: checklist.Owner{Unit: "城管局"}, Due: date("2023-12-31"), Practical: true, From: []string{"o1"}},
			{What: "接入停车平台", Owner: checklist.Owner{Unit: "交警大队"}, Due: date("2023-06-30"), From: []string{"o2"}},
			{What: "机关车位错时开放", Owner: checklist.Owner{Name: "机关事务中心"}, Due: date("2023-05-31"), From: []string{"o3"}},
		}})
	fmt.Println(a.State, "present:", a.Present())
	items, err := b.consults.Items(b.ctx, consult.ItemsAsked{Body: "ninghua", Awaited: true})
	b.check(err)
	for _, i := range items {
		fmt.Println(i.Due, i.Owner.Key(), i.What, "from", a.Opinion(i.From[0]).Text)
	}
	// Output:
	// members alone: refused
	// concluded present: map[department:2 interested:1 member:2]
	// 2023-05-31 机关事务中心 机关车位错时开放 from 车位共享
	// 2023-06-30 交警大队 接入停车平台 from 互联网+停车
	// 2023-12-31 城管局 新建停车场 from 扩建、新建停车场
}
