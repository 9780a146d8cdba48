package casebook

import (
	"fmt"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/consult/rules"
)

// 武汉新洲 Xinzhou: a standing committee on one theme, a formal recommendation (建议案) on
// the district's cultural centre, led by the district head (领办人); more than 40
// opinions. The source prints the number of opinions, not the opinions.
//
// The meeting is entered after the fact, as an office would: with what the
// source tells. The later checklist is an illustration.
func Example_xinzhou() {
	b := open("2023-06-01")
	office := consult.Actor{ID: "office", Body: "xinzhou", Roles: []string{"office"}}
	a := b.plan(office, activity.Plan{Title: "加快推进区文化中心建设的建议案", Form: rules.FormPlenary})
	_, err := b.consults.Activities.Do(b.ctx, office, a.ID, activity.Backfill{Outcomes: []activity.Outcome{{Kind: rules.OutcomeRecommendation, Title: a.Title}}})
	fmt.Println("without a lead:", err)
	a = b.consult(a, office, activity.Backfill{
		Outcomes: []activity.Outcome{{Kind: rules.OutcomeRecommendation, Title: a.Title, Lead: "区长"}},
		Account:  printed.Account{Date: "近日", Parties: []string{"委员", "区长"}, Figures: printed.ParseFigures("40余条"), Answered: []string{"区长"}, Source: "人民政协报"},
	})
	f := a.Account.Figures[0]
	fmt.Printf("%s: %s, lead: %s\n", a.State, a.Outcomes[0].Kind, a.Outcomes[0].Lead)
	fmt.Printf("opinions: %s %d as printed, %d recorded here\n", f.Bound, f.N, len(a.Opinions))
	a = b.consult(a, office, activity.FileMinutes{Text: "纪要"}, activity.Conclude{Items: []checklist.Task{
		{What: "明确选址", Owner: checklist.Owner{Name: a.Outcomes[0].Lead}, Due: date("2023-09-30")},
	}})
	items, err := b.consults.Items(b.ctx, consult.ItemsAsked{Body: "xinzhou", Owner: "区长", Awaited: true})
	b.check(err)
	fmt.Printf("the lead's open items: %d, due %s\n", len(items), items[0].Due)
	late, err := b.consults.Overdue(b.ctx, "xinzhou", date("2023-10-09"))
	b.check(err)
	fmt.Printf("on 9 October: %s %s is %d days late\n", late[0].Owner.Name, late[0].What, late[0].Late(date("2023-10-09")))
	figures, err := b.consults.RollUp(b.ctx, "xinzhou", date("2023-12-31"))
	b.check(err)
	fmt.Printf("held in 2023: %d, without a date: %d (%s)\n", figures[0].Held, figures[0].Undated, a.Account.Date)
	// Output:
	// without a lead: workflow: invalid: outcomes[0].lead: a formal recommendation has a named lead (empty)
	// recorded: recommendation, lead: 区长
	// opinions: at_least 40 as printed, 0 recorded here
	// the lead's open items: 1, due 2023-09-30
	// on 9 October: 区长 明确选址 is 9 days late
	// held in 2023: 0, without a date: 1 (近日)
}
