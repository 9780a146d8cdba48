package evaluate_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/tian-go/tian/evaluate"
)

// randomSheet draws a rubric of everything the slow scorer knows, with few
// distinct marks, so that ties and equal extremes are common.
func randomSheet(rng *rand.Rand) evaluate.Rubric {
	r := evaluate.Rubric{Name: "random", Version: 1}
	groups := 1 + rng.IntN(3)
	for g := range groups {
		gr := evaluate.Group{
			Key: fmt.Sprintf("g%d", g), Share: evaluate.Points(1+rng.IntN(9)) * evaluate.Point / evaluate.Points(1+rng.IntN(3)),
			Aggregate: pick(rng, "", evaluate.Mean, evaluate.Mean, evaluate.Median, evaluate.ModeGrade, evaluate.Summed),
			Missing: pick(rng, "", evaluate.MissingVoid, evaluate.MissingZero, evaluate.MissingProvisional,
				evaluate.MissingRedistribute, evaluate.MissingRedistribute, evaluate.MissingRedistribute),
			Blank: pick(rng, evaluate.Abstain, evaluate.DontKnow),
		}
		if rng.IntN(2) == 0 {
			gr.Drop = &evaluate.Drop{Highest: rng.IntN(3), Lowest: rng.IntN(3), By: pick(rng, "", evaluate.DropByCriterion, evaluate.DropByTotal)}
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
		limit := evaluate.Points(rng.IntN(8)) * evaluate.Point
		r.Bonus = &evaluate.Section{Cap: &limit, Items: []evaluate.Criterion{events("plus", "", 1, 3)}}
		r.Penalty = &evaluate.Section{Items: []evaluate.Criterion{events("minus", "", -2, -1)}}
	}
	places := rng.IntN(5)
	r.Round = evaluate.Round{
		Step: pick(rng, "", evaluate.RoundTotal, evaluate.RoundLine), Places: &places,
		Rule: pick(rng, evaluate.HalfUp, evaluate.HalfEven, evaluate.Truncate),
	}
	return r
}

func pick[T any](rng *rand.Rand, from ...T) T { return from[rng.IntN(len(from))] }

// randomJudged draws a criterion for ballots; the first groups criteria see to
// it that every group judges something.
func randomJudged(rng *rand.Rand, i, groups int) evaluate.Criterion {
	c := evaluate.Criterion{Key: fmt.Sprintf("c%d", i), Points: evaluate.Points(5+rng.IntN(20)) * evaluate.Point}
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
		c.Rule.Direct = &evaluate.Direct{OutOf: 10 * evaluate.Point}
		c.Direction = pick(rng, "", evaluate.Benefit, evaluate.Cost)
	case 1:
		c.Rule.Grade = &evaluate.Grade{}
		for k, key := range []string{"good", "fair", "poor"} {
			p := c.Points * evaluate.Points(2-k) / 2
			c.Rule.Grade.Levels = append(c.Rule.Grade.Levels, evaluate.Level{Key: key, Points: &p})
		}
	default:
		c.Rule.Rate = &evaluate.Tallied{
			Count: pick(rng, "", evaluate.CountStrict, evaluate.CountLenient, evaluate.CountCoefficients),
			Choices: []evaluate.Choice{
				{Key: "good", Coefficient: evaluate.Point}, {Key: "fair", Coefficient: 7 * evaluate.Point / 10}, {Key: "poor"},
			},
		}
	}
	return c
}

func randomFactual(rng *rand.Rand, i int) evaluate.Criterion {
	c := evaluate.Criterion{Key: fmt.Sprintf("c%d", i), Fact: fmt.Sprintf("f%d", i), Points: evaluate.Points(5+rng.IntN(20)) * evaluate.Point}
	started := pick(rng, "", evaluate.StartedProRata, evaluate.StartedWhole, evaluate.StartedDropped)
	switch rng.IntN(4) {
	case 0:
		c.Rule.Shortfall = &evaluate.Shortfall{PerPoint: evaluate.Points(1+rng.IntN(8)) * evaluate.Point / 4, Started: started}
	case 1:
		c.Rule.Lateness = &evaluate.Lateness{PerUnit: evaluate.Point / 2, Unit: 3 * evaluate.Point, Grace: evaluate.Point, Started: started}
	case 2:
		c.Rule.Steps = &evaluate.Steps{Table: []evaluate.Step{
			{Min: 90 * evaluate.Point, Points: c.Points}, {Min: 60 * evaluate.Point, Points: c.Points / 2},
		}}
	default:
		c = events(c.Key, "full", -3, -1)
		c.Points = 12 * evaluate.Point
	}
	return c
}

// events is a criterion with two kinds of events.
func events(key, start string, each ...int64) evaluate.Criterion {
	rule := &evaluate.PerEvent{Start: start}
	for i, e := range each {
		limit := evaluate.Points(7) * evaluate.Point
		ev := evaluate.Event{Key: fmt.Sprintf("e%d", i), Each: evaluate.Points(e) * evaluate.Point / 2}
		if i == 0 {
			ev.Free, ev.Cap = 1, &limit
		}
		rule.Events = append(rule.Events, ev)
	}
	return evaluate.Criterion{Key: key, Fact: "f_" + key, Rule: evaluate.Rule{PerEvent: rule}}
}

// randomCard draws a card for the rubric; missing marks of every kind occur.
func randomCard(rng *rand.Rand, r evaluate.Rubric, id string) evaluate.Card {
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
		all = append(append(append([]evaluate.Criterion(nil), all...), r.Bonus.Items...), r.Penalty.Items...)
	}
	for _, c := range all {
		if c.Fact != "" && rng.IntN(6) > 0 {
			card.Facts[c.Fact] = randomFact(rng, c)
		}
	}
	return card
}

func randomMark(rng *rand.Rand, c evaluate.Criterion, gaps bool) evaluate.Mark {
	if gaps && rng.IntN(5) == 0 {
		return evaluate.MarkMissing(pick(rng, evaluate.Abstain, evaluate.DontKnow, evaluate.Recused, evaluate.NotDue))
	}
	if c.Rule.Direct != nil {
		return evaluate.MarkPoints(evaluate.Points(rng.IntN(21)) * evaluate.Point / 2)
	}
	return evaluate.MarkGrade(pick(rng, "good", "fair", "poor"))
}

func randomFact(rng *rand.Rand, c evaluate.Criterion) evaluate.Fact {
	switch {
	case c.Rule.PerEvent != nil:
		return evaluate.FactTally(map[string]int64{"e0": rng.Int64N(12), "e1": rng.Int64N(5)})
	case c.Rule.Lateness != nil:
		return evaluate.FactNumber(evaluate.Points(rng.IntN(40)-5) * evaluate.Point / 2)
	}
	base := 1 + rng.Int64N(60)
	return evaluate.FactRate(evaluate.Rate{Count: base - min(base, rng.Int64N(1+base/4)), Base: base})
}
