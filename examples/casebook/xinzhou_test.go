package casebook

import (
	"fmt"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/consult/rules"
)

// 武汉新洲 Xinzhou: a standing committee on one theme, a formal recommendation (建议案) on
// the district's cultural centre, led by the district head (领办人); more than 40
// opinions. The source prints the number of opinions, not the opinions.
//
// The meeting is entered after the fact, as an office would: with what the
// source tells. The forty opinions, what became of each, the vote and the later
// checklist are an illustration: every opinion gets an answer that says whether it is
// taken up, and why not.
func Example_xinzhou() {
	b := open("2023-06-01")
	office := consult.Actor{ID: "office", Body: "xinzhou", Roles: []string{"office"}}
	a := b.plan(office, activity.Plan{Title: "加快推进区文化中心建设的建议案", Form: rules.FormPlenary})
	_, err := b.consults.Activities.Do(b.ctx, office, a.ID, activity.Backfill{Outcomes: []outcome.Outcome{{Kind: rules.OutcomeRecommendation, Title: a.Title}}})
	fmt.Println("without a lead:", err)
	a = b.consult(a, office, activity.Backfill{
		Outcomes: []outcome.Outcome{{Kind: rules.OutcomeRecommendation, Title: a.Title, Lead: "区长"}},
		Joined:   group(rules.Member, "委员"),
		Account:  printed.Account{Date: "近日", Parties: []string{"委员", "区长"}, Figures: printed.ParseFigures("40余条"), Answered: []string{"区长"}, Source: "人民政协报"},
	})
	f := a.Account.Figures[0]
	fmt.Printf("%s: %s, lead: %s\n", a.State, a.Outcomes[0].Kind, a.Outcomes[0].Lead)
	fmt.Printf("opinions: %s %d as printed, %d recorded here\n", f.Bound, f.N, len(a.Opinions))
	var opinions []activity.Opinion
	for n := range f.N {
		opinions = append(opinions, activity.Opinion{Text: fmt.Sprintf("第%d条意见", n+1)})
	}
	a = b.consult(a, office, activity.Raise{Opinions: opinions}, activity.FileMinutes{Text: "纪要"}, activity.Conclude{Items: []checklist.Task{
		{What: "明确选址", Owner: checklist.Owner{Name: a.Outcomes[0].Lead}, Due: date("2023-09-30")},
	}}, activity.VoteOutcome{Outcome: "c1", Vote: outcome.Vote{Eligible: 50, Present: 47, For: 46, Abstained: 1}},
		activity.SendOutcome{Outcome: "c1", To: []string{"区委", "区政府"}})
	xinzhouAnswers(b, a, office)
	items, err := b.consults.Items(b.ctx, consult.ItemsAsked{Body: "xinzhou", Owner: "区长", Awaited: true})
	b.check(err)
	fmt.Printf("the lead's open items: %d, due %s\n", len(items), items[0].Due)
	late, err := b.consults.Overdue(b.ctx, "xinzhou", date("2023-10-09"))
	b.check(err)
	fmt.Printf("on 9 October: %s %s is %d days late\n", late[0].Owner.Name, late[0].What, late[0].Late(date("2023-10-09")))
	figures, err := b.consults.RollUp(b.ctx, "xinzhou", date("2023-12-31"))
	b.check(err)
	fmt.Printf("held in 2023: %d, without a date: %d (%s)\n", figures[0].Held, figures[0].Undated, a.Account.Date)
	a, err = b.consults.Activities.Get(b.ctx, a.ID)
	b.check(err)
	became := a.Adoption(date("2023-07-31"))
	fmt.Printf("of %d opinions %d were given to units: %d taken up, %d in part, %d not\n", became.Opinions, became.Given, became.TakenUp, became.InPart, became.Not)
	// Output:
	// without a lead: workflow: invalid: outcomes[0].lead: a formal recommendation has a named lead (empty)
	// recorded: recommendation, lead: 区长
	// opinions: at_least 40 as printed, 0 recorded here
	// the lead's open items: 1, due 2023-09-30
	// on 9 October: 区长 明确选址 is 9 days late
	// held in 2023: 0, without a date: 1 (近日)
	// of 40 opinions 40 were given to units: 24 taken up, 8 in part, 8 not
}

// xinzhouAnswers gives every opinion to a department, which says what it makes of it.
func xinzhouAnswers(b *book, a *activity.Activity, office consult.Actor) {
	units := []string{"区文旅局", "区规划分局"}
	takes := []activity.Taken{activity.TakenUp, activity.TakenUp, activity.TakenInPart, activity.NotTaken, activity.TakenUp}
	for i, o := range a.Opinions {
		unit := units[i%len(units)]
		a = b.consult(a, office, activity.AskUnit{Opinion: o.ID, Unit: unit, Due: date("2023-06-30")})
		a = b.consult(a, consult.Actor{ID: "clerk", Body: "xinzhou", Unit: unit}, activity.AnswerOpinion{Opinion: o.ID, Taken: takes[i%len(takes)], Text: "说明"})
	}
}
