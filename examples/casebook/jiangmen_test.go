package casebook

import (
	"errors"
	"fmt"
	"slices"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/workflow"
)

// 江门 Jiangmen: 委员议事厅, filmed with media, seats four parties (members,
// departments, interested parties, residents); topics of the year; a checklist
// that is published, 37 items so far; followed up by supervision and by media
// revisits; results reported to the city regularly.
//
// The seven topics and the 37 are the article's. How the items spread over the four
// that were held, their owners and days are an illustration.
func Example_jiangmen() {
	b := open("2022-01-10")
	office := consult.Actor{ID: "office", Body: "jiangmen", Roles: []string{"office"}}
	media := consult.Actor{ID: "tv", Body: "jiangmen", Roles: []string{"media"}}
	forum := b.establish(office, platform.Establish{Name: "委员议事厅", Kind: rules.KindForum, Tier: platform.Prefecture, Unit: "联络工作部"})
	var topics []*topic.Topic
	for i, title := range []string{"园位：如何让公园更贴心", "城区车位", "幼儿学位", "养老床位", "推进美丽乡村建设", "防范治理电信网络诈骗", "守护校园食品安全"} {
		t, err := b.consults.Suggest(b.ctx, office, topic.Suggest{Title: title, Source: topic.Source{Kind: topic.FromResidents}, Platform: forum.ID})
		if b.check(err); err != nil {
			return
		}
		topics = append(topics, b.topic(t, office, topic.Nominate{}, topic.Screen{Met: []string{rules.SmallCut, rules.Ready}}, topic.Select{},
			topic.Schedule{Slot: topic.Slot{Year: 2022 + i/4, Quarter: i%4 + 1, Form: rules.FormPlatform, Platform: forum.ID, Lead: "联络工作部"}}))
	}
	for _, year := range []int{2022, 2023} {
		plan, err := b.consults.YearPlan(b.ctx, "jiangmen", year)
		b.check(err)
		fmt.Printf("plan of %d: %d topics\n", year, len(plan))
	}

	members, departments := group(rules.Member, "委员"), group(rules.Department, "职能部门")
	four := slices.Concat(members, departments, group(rules.Interested, "利益相关方"), group(rules.Resident, "群众"))
	for i, day := range []string{"2022-03-15", "2022-05-17", "2022-08-16", "2022-11-15"} {
		a := b.plan(office, activity.Plan{Title: topics[i].Title, Form: rules.FormPlatform, Platform: forum.ID, Topics: []string{topics[i].ID}, On: date(day)})
		a = b.consult(a, office, activity.Notify{})
		b.on(day)
		if i == 0 {
			_, err := b.consults.Activities.Do(b.ctx, office, a.ID, activity.Hold{Joined: slices.Concat(members, departments)})
			var refused *workflow.RefusedError
			if errors.As(err, &refused) {
				for _, blocker := range refused.Blockers {
					fmt.Println("refused:", blocker.ZH)
				}
			}
		}
		var tasks []checklist.Task
		for n := range []int{10, 9, 9, 9}[i] {
			tasks = append(tasks, checklist.Task{What: fmt.Sprintf("第%d项", n+1), Owner: checklist.Owner{Unit: "职能部门"}, Due: date("2023-06-30"), Practical: true})
		}
		a = b.consult(a, office, activity.Hold{Joined: four}, activity.FileMinutes{Text: "纪要"}, activity.Conclude{Items: tasks},
			activity.Publish{Title: a.Title + "协商清单", Checklist: true})
		a = b.consult(a, media, activity.Follow{Kind: rules.MediaRevisit, Found: "回访报道"})
		a = b.consult(a, office, activity.Follow{Kind: rules.Supervision, Items: []string{"i1"}, Found: "督办到位"},
			activity.Issue{Outcome: outcome.Outcome{Kind: rules.OutcomeReport, Title: "议事成果", To: []string{"市委", "市政府"}}})
		department := consult.Actor{ID: "clerk", Body: "jiangmen", Unit: "职能部门"}
		b.consult(a, department, activity.FinishItem{Item: "i1", Evidence: []string{"验收单"}})
		b.consult(a, office, activity.ConfirmItem{Item: "i1"})
	}

	ledger, err := b.consults.Ledger(b.ctx, forum.ID, date("2022-12-31"))
	b.check(err)
	published, items, done, follows := 0, 0, 0, 0
	for _, r := range ledger.Rows {
		if r.Published {
			published++
		}
		items += r.Items
		done += r.Confirmed
		follows += r.FollowUps
	}
	fmt.Printf("held %d, published %d checklists with %d items, %d confirmed; %d follow-ups; on planned topics: %d\n",
		len(ledger.Rows), published, items, done, follows, ledger.Topics)
	mine, err := b.consults.Items(b.ctx, consult.ItemsAsked{Body: "jiangmen", Owner: "职能部门", DueBy: date("2023-06-30")})
	b.check(err)
	fmt.Printf("awaited from the department by 30 June: %d\n", len(mine))
	// Output:
	// plan of 2022: 4 topics
	// plan of 2023: 3 topics
	// refused: 参加人员中没有利益相关方
	// refused: 参加人员中没有群众
	// held 4, published 4 checklists with 37 items, 4 confirmed; 8 follow-ups; on planned topics: 4
	// awaited from the department by 30 June: 33
}
