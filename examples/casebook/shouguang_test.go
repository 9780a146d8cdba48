package casebook

import (
	"fmt"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/rubric"
)

// shouguangSheet weighs the six things the inspection looks at. The article names
// them; points and thresholds are an illustration.
const shouguangSheet = `{"name":"room","version":1,"title":{"zh":"协商议事室台账检查"},"full":"100","criteria":[
 {"key":"platform","label":{"zh":"平台建设"},"points":"10","fact":"rules_on_wall","rule":{"steps":{"table":[{"min":"1","points":"5"},{"min":"3","points":"10"}]}}},
 {"key":"activities","label":{"zh":"活动开展"},"points":"20","fact":"activities","rule":{"steps":{"table":[{"min":"1","points":"10"},{"min":"2","points":"20"}]}}},
 {"key":"topics","label":{"zh":"议题"},"points":"10","fact":"on_topic","rule":{"rate":{"no_base":"zero"}}},
 {"key":"structure","label":{"zh":"人员结构"},"points":"20","fact":"four_parties","rule":{"rate":{"no_base":"zero"}}},
 {"key":"process","label":{"zh":"程序"},"points":"20","fact":"minutes","rule":{"rate":{"no_base":"zero"}}},
 {"key":"results","label":{"zh":"成果运用"},"points":"20","fact":"items_done","rule":{"rate":{"no_base":"zero"}}}],
 "bands":[{"key":"excellent","min":"90"},{"key":"good","min":"75","max":"90"},{"key":"fair","min":"60","max":"75"},{"key":"poor","max":"60"}]}`

// 寿光 Shouguang inspects the consultation rooms of 有事好商量 by their ledgers:
// building of the platform, activities, topics, structure, process, use of the
// results. Here the ledger is not kept beside the work: it is what was done.
//
// The three rooms are an illustration.
func Example_shouguang() {
	b := open("2023-04-03")
	office := consult.Actor{ID: "office", Body: "shouguang", Roles: []string{"office"}}
	lit, err := b.consults.Suggest(b.ctx, office, topic.Suggest{Title: "背街小巷亮灯", Source: topic.Source{Kind: topic.FromResidents}})
	b.check(err)
	b.topic(lit, office, topic.Nominate{}, topic.Screen{Met: []string{rules.SmallCut, rules.Ready}}, topic.Select{})
	parties := []activity.Participant{
		{ID: "m", Kind: rules.Member}, {ID: "d", Kind: rules.Department}, {ID: "i", Kind: rules.Interested}, {ID: "r", Kind: rules.Resident},
	}
	for _, room := range []struct {
		name       string
		wall, held int
		present    int // how many of the four parties
		done       bool
	}{
		{"圣城街道议事室", 3, 2, 4, true}, {"洛城街道议事室", 3, 2, 3, true}, {"新村议事室", 1, 1, 2, false},
	} {
		e := platform.Establish{Name: room.name, Kind: rules.KindRoom, Tier: platform.Town, Unit: room.name}
		for n := range room.wall {
			e.Wall = append(e.Wall, fmt.Sprintf("制度%d", n+1))
		}
		p := b.establish(office, e)
		clerk := consult.Actor{ID: "clerk", Body: "shouguang", Unit: room.name}
		for n := range room.held {
			a := b.plan(office, activity.Plan{Title: fmt.Sprintf("%s（第%d次）", lit.Title, n+1), Form: rules.FormPlatform, Platform: p.ID, Topics: []string{lit.ID}, On: date("2023-04-03")})
			b.consult(a, office, activity.Notify{}, activity.Hold{Joined: parties[:room.present]}, activity.FileMinutes{Text: "纪要"},
				activity.Conclude{Items: []checklist.Task{{What: "安装路灯", Owner: checklist.Owner{Name: "村委会"}, Due: date("2023-05-31")}}})
			if room.done {
				b.consult(a, clerk, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}})
				b.consult(a, office, activity.ConfirmItem{Item: "i1"})
			}
		}
	}

	rubric, err := rubric.Parse([]byte(shouguangSheet))
	b.check(err)
	sheet, err := evaluate.Compile(rubric)
	if b.check(err); err != nil {
		return
	}
	b.check(b.consults.Platforms.Each(b.ctx, func(p *platform.Platform) error {
		ledger, err := b.consults.Ledger(b.ctx, p.ID, date("2023-12-31"))
		if err != nil {
			return err
		}
		outcome, err := sheet.Score(ledger.Card("rules_on_wall", "activities", "on_topic", "four_parties", "minutes", "items_done"))
		if err != nil {
			return err
		}
		fmt.Printf("%s: %s %s\n", p.Name, outcome.Total, outcome.Band)
		for _, line := range outcome.Ledger {
			if line.Criterion == "structure" || line.Criterion == "results" {
				fmt.Printf("  %s %s\n", line.Criterion, line.Points)
			}
		}
		_, err = b.consults.Platforms.Do(b.ctx, office, p.ID, platform.Inspect{Found: "查阅台账、座谈", Score: outcome.Total.String()})
		return err
	}))
	b.on("2024-01-05")
	round := appraise(b, "shouguang", "协商议事室检查", shouguangSheet, "rules_on_wall", "activities", "on_topic", "four_parties", "minutes", "items_done")
	for i, s := range round.Subjects {
		o := round.Last().Outcomes[i]
		fmt.Printf("  %s: %s %s\n", s.Name, o.Total, o.Band)
	}
	// Output:
	// 圣城街道议事室: 100 excellent
	//   structure 20
	//   results 20
	// 洛城街道议事室: 80 good
	//   structure 0
	//   results 20
	// 新村议事室: 45 poor
	//   structure 0
	//   results 0
	// 协商议事室检查: published, 3 scored
	//   圣城街道议事室: 100 excellent
	//   洛城街道议事室: 80 good
	//   新村议事室: 45 poor
}
