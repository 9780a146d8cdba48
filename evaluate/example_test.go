package evaluate_test

import (
	"errors"
	"fmt"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// panelSheet takes one mark out of 100 from each of a panel.
func panelSheet() *evaluate.Sheet {
	return must(evaluate.Compile(rubric.Rubric{
		Name: "panel", Version: 1, Full: 100 * points.One,
		Groups:    []rubric.Group{{Key: "panel", Label: rubric.Label{Zh: "评审组"}}},
		Criteria:  []rubric.Criterion{{Key: "mark", Points: 100 * points.One, Groups: []string{"panel"}}},
		FollowUps: []rubric.FollowUp{{Key: "talk", Label: rubric.Label{Zh: "约谈"}, Below: 60 * points.One, Running: 2}},
	}))
}

// panelCard has one ballot for each mark, by the evaluators li, wang and zhao.
func panelCard(id string, marks ...points.Points) evaluate.Card {
	card := evaluate.Card{ID: id, Subject: id}
	for i, name := range []string{"li", "wang", "zhao"}[:len(marks)] {
		card.Ballots = append(card.Ballots, evaluate.Ballot{
			ID: fmt.Sprint(id, "-", name), Group: "panel", Evaluator: name,
			Marks: map[string]evaluate.Mark{"mark": evaluate.MarkPoints(marks[i] * points.One)},
		})
	}
	return card
}

// A sheet printed as "90 and above, 75–89" leaves 89.5 without a band, and its
// parts do not add up: both are told at once.
func ExampleCompile() {
	ninety, eightyNine, seventyFive := 90*points.One, 89*points.One, 75*points.One
	_, err := evaluate.Compile(rubric.Rubric{
		Name: "printed", Version: 1, Full: 100 * points.One,
		Criteria: []rubric.Criterion{{Key: "mark", Points: 95 * points.One, Fact: "mark"}},
		Bands:    []rubric.Band{{Key: "excellent", Min: &ninety}, {Key: "good", Min: &seventyFive, Max: &eightyNine}},
	})
	var problems problem.List
	if errors.As(err, &problems) {
		for _, p := range problems {
			fmt.Println(p)
		}
	}
	// Output:
	// full: parts add up to 95, the whole says 100 (sum)
	// bands[1]: totals from 89 to below 90 lie in neither good nor excellent (band_gap)
}

func ExampleExplain() {
	sheet := panelSheet()
	a, b := must(sheet.Score(panelCard("a", 90, 80))), must(sheet.Score(panelCard("b", 70, 75)))
	e := must(evaluate.Explain(a, b))
	fmt.Println(e.Diff)
	for _, d := range e.Differences {
		fmt.Println(d.Criterion, d.A, d.NoteA, "|", d.B, d.NoteB)
	}
	// Output:
	// 12.5
	// mark 85 mean of 2 marks: 170/2 | 72.5 mean of 2 marks: 145/2
}

func ExampleMutual_Score() {
	m := evaluate.Mutual{Quality: panelSheet(), Handling: panelSheet()}
	card := evaluate.MutualCard{Quality: panelCard("2024-7", 88), Handling: panelCard("2024-7", 61)}
	card.Quality.Decided = true
	o := must(m.Score(card))
	fmt.Println(o.Quality.Status, o.Quality.Reasons[0].Code)
	card.Handling.Decided = true
	o = must(m.Score(card))
	fmt.Println(o.Quality.Total, o.Handling.Total)
	// Output:
	// undefined sealed
	// 88 61
}

func ExampleSheet_LeaveOneOut() {
	cards := []evaluate.Card{panelCard("a", 90, 90, 60), panelCard("b", 81, 81, 81)}
	for _, o := range must(panelSheet().LeaveOneOut(cards, evaluate.Ranking{}, evaluate.LeaveEvaluator)) {
		for _, c := range o.Changes {
			if c.Before.Rank != c.After.Rank {
				fmt.Println("without", o.Left, c.Card, "goes from", c.Before.Rank, "to", c.After.Rank)
			}
		}
	}
	// Output:
	// without zhao a goes from 2 to 1
	// without zhao b goes from 1 to 2
}

func ExampleSheet_FollowUps() {
	sheet := panelSheet()
	lastYear, thisYear := must(sheet.Score(panelCard("2023", 58))), must(sheet.Score(panelCard("2024", 55)))
	lastYear.Subject, thisYear.Subject = "unit", "unit"
	fmt.Println(must(sheet.FollowUps(thisYear)), must(sheet.FollowUps(lastYear, thisYear)))
	// Output: [] [talk]
}

func ExampleSheet_BallotTotals() {
	for _, b := range must(panelSheet().BallotTotals(panelCard("a", 90, 85), "panel")) {
		fmt.Println(b.Evaluator, b.Points)
	}
	// Output:
	// li 90
	// wang 85
}
