package evaluate_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/evaluate/rubric"
)

// randomSheet draws a rubric of everything the slow scorer knows, with few
// distinct marks, so that ties and equal extremes are common.
func randomSheet(rng *rand.Rand) rubric.Rubric {
	r := rubric.Rubric{Name: "random", Version: 1}
	groups := 1 + rng.IntN(3)
	for g := range groups {
		gr := rubric.Group{
			Key: fmt.Sprintf("g%d", g), Share: points.Points(1+rng.IntN(9)) * points.One / points.Points(1+rng.IntN(3)),
			Aggregate: pick(rng, "", rubric.Mean, rubric.Mean, rubric.Median, rubric.ModeGrade, rubric.Summed),
			Missing: pick(rng, "", rubric.MissingVoid, rubric.MissingZero, rubric.MissingProvisional,
				rubric.MissingRedistribute, rubric.MissingRedistribute, rubric.MissingRedistribute),
			Blank: pick(rng, rubric.Abstain, rubric.DontKnow),
		}
		if rng.IntN(2) == 0 {
			gr.Drop = &rubric.Drop{Highest: rng.IntN(3), Lowest: rng.IntN(3), By: pick(rng, "", rubric.DropByCriterion, rubric.DropByTotal)}
		}
		r.Groups = append(r.Groups, gr)
	}
	for i := range groups + rng.IntN(4) {
		r.Criteria = append(r.Criteria, randomJudged(rng, i, groups))
	}
	facts := len(r.Criteria)
	for i := range rng.IntN(4) {
		r.Criteria = append(r.Criteria, randomFactual(rng, facts+i))
	}
	for _, c := range r.Criteria {
		r.Full += c.Points
	}
	if rng.IntN(2) == 0 {
		limit := points.Points(rng.IntN(8)) * points.One
		r.Bonus = &rubric.Section{Cap: &limit, Items: []rubric.Criterion{events("plus", "", 1, 3)}}
		r.Penalty = &rubric.Section{Items: []rubric.Criterion{events("minus", "", -2, -1)}}
	}
	places := rng.IntN(5)
	r.Round = rubric.Round{
		Step: pick(rng, "", rubric.RoundTotal, rubric.RoundLine), Places: &places,
		Rule: pick(rng, points.HalfUp, points.HalfEven, points.Truncate),
	}
	return r
}

func pick[T any](rng *rand.Rand, from ...T) T { return from[rng.IntN(len(from))] }

// randomJudged draws a criterion for ballots; the first groups criteria see to
// it that every group judges something.
func randomJudged(rng *rand.Rand, i, groups int) rubric.Criterion {
	c := rubric.Criterion{Key: fmt.Sprintf("c%d", i), Points: points.Points(5+rng.IntN(20)) * points.One}
	for g := range groups {
		if g == i || i >= groups && rng.IntN(2) == 0 {
			c.Groups = append(c.Groups, fmt.Sprintf("g%d", g))
		}
	}
	if len(c.Groups) == 0 {
		c.Groups = []string{"g0"}
	}
	switch rng.IntN(3) {
	case 0:
		c.Rule.Direct = &rubric.Direct{OutOf: 10 * points.One}
		c.Direction = pick(rng, "", rubric.Benefit, rubric.Cost)
	case 1:
		c.Rule.Grade = &rubric.Grade{}
		for k, key := range []string{"good", "fair", "poor"} {
			p := c.Points * points.Points(2-k) / 2
			c.Rule.Grade.Levels = append(c.Rule.Grade.Levels, rubric.Level{Key: key, Points: &p})
		}
	default:
		c.Rule.Rate = &rubric.Tallied{
			Count: pick(rng, "", rubric.CountStrict, rubric.CountLenient, rubric.CountCoefficients),
			Choices: []rubric.Choice{
				{Key: "good", Coefficient: points.One}, {Key: "fair", Coefficient: 7 * points.One / 10}, {Key: "poor"},
			},
		}
	}
	return c
}

func randomFactual(rng *rand.Rand, i int) rubric.Criterion {
	c := rubric.Criterion{Key: fmt.Sprintf("c%d", i), Fact: fmt.Sprintf("f%d", i), Points: points.Points(5+rng.IntN(20)) * points.One}
	started := pick(rng, "", rubric.StartedProRata, rubric.StartedWhole, rubric.StartedDropped)
	switch rng.IntN(4) {
	case 0:
		c.Rule.Shortfall = &rubric.Shortfall{PerPoint: points.Points(1+rng.IntN(8)) * points.One / 4, Started: started}
	case 1:
		c.Rule.Lateness = &rubric.Lateness{PerUnit: points.One / 2, Unit: 3 * points.One, Grace: points.One, Started: started}
	case 2:
		c.Rule.Steps = &rubric.Steps{Table: []rubric.Step{
			{Min: 90 * points.One, Points: c.Points}, {Min: 60 * points.One, Points: c.Points / 2},
		}}
	default:
		c = events(c.Key, "full", -3, -1)
		c.Points = 12 * points.One
	}
	return c
}

// events is a criterion with two kinds of events.
func events(key, start string, each ...int64) rubric.Criterion {
	rule := &rubric.PerEvent{Start: start}
	for i, e := range each {
		limit := points.Points(7) * points.One
		ev := rubric.Event{Key: fmt.Sprintf("e%d", i), Each: points.Points(e) * points.One / 2}
		if i == 0 {
			ev.Free, ev.Cap = 1, &limit
		}
		rule.Events = append(rule.Events, ev)
	}
	return rubric.Criterion{Key: key, Fact: "f_" + key, Rule: rubric.Rule{PerEvent: rule}}
}

// randomCard draws a card for the rubric; missing marks of every kind occur.
func randomCard(rng *rand.Rand, r rubric.Rubric, id string) evaluate.Card {
	card := evaluate.Card{ID: id, Subject: id, Facts: map[string]evaluate.Fact{}}
	gaps := rng.IntN(3) == 0
	for _, g := range r.Groups {
		for b := range rng.IntN(8) {
			ballot := evaluate.Ballot{ID: fmt.Sprintf("%s-%s-%d", id, g.Key, b), Group: g.Key, Marks: map[string]evaluate.Mark{}}
			for _, c := range r.Criteria {
				for _, key := range c.Groups {
					if key == g.Key && (!gaps || rng.IntN(8) > 0) {
						ballot.Marks[c.Key] = randomMark(rng, c, gaps)
					}
				}
			}
			card.Ballots = append(card.Ballots, ballot)
		}
	}
	all := r.Criteria
	if r.Bonus != nil {
		all = append(append(append([]rubric.Criterion(nil), all...), r.Bonus.Items...), r.Penalty.Items...)
	}
	for _, c := range all {
		if c.Fact != "" && rng.IntN(6) > 0 {
			card.Facts[c.Fact] = randomFact(rng, c)
		}
	}
	return card
}

func randomMark(rng *rand.Rand, c rubric.Criterion, gaps bool) evaluate.Mark {
	if gaps && rng.IntN(5) == 0 {
		return evaluate.MarkMissing(pick(rng, rubric.Abstain, rubric.DontKnow, rubric.Recused, rubric.NotDue))
	}
	if c.Rule.Direct != nil {
		return evaluate.MarkPoints(points.Points(rng.IntN(21)) * points.One / 2)
	}
	return evaluate.MarkGrade(pick(rng, "good", "fair", "poor"))
}

func randomFact(rng *rand.Rand, c rubric.Criterion) evaluate.Fact {
	switch {
	case c.Rule.PerEvent != nil:
		return evaluate.FactTally(map[string]int64{"e0": rng.Int64N(12), "e1": rng.Int64N(5)})
	case c.Rule.Lateness != nil:
		return evaluate.FactNumber(points.Points(rng.IntN(40)-5) * points.One / 2)
	}
	base := 1 + rng.Int64N(60)
	return evaluate.FactRate(rates.Rate{Count: base - min(base, rng.Int64N(1+base/4)), Base: base})
}
