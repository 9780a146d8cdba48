package consult

import (
	"fmt"

	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/calendar"
)

// Card is the ledger as a rubric of package evaluate inspects it, with the facts
// that are named: a sheet refuses a card with facts that it does not read. One
// that the ledger does not have is left out.
func (l *Ledger) Card(facts ...string) evaluate.Card {
	all := l.Facts()
	card := evaluate.Card{
		ID: fmt.Sprintf("%s/%d", l.ID, l.On.Year()), Subject: l.ID, League: l.Platform.Kind, Facts: make(map[string]evaluate.Fact),
	}
	for _, key := range facts {
		if fact, ok := all[key]; ok {
			card.Facts[key] = fact
		}
	}
	return card
}

// Facts are what the ledger tells about its platform:
//
//	convenor        yes or no   it has a convenor or a unit that runs it
//	members, rules_on_wall, duties, inspections          numbers
//	activities      number      held
//	quota           rate        what was due and done, over what was due
//	on_topic        rate        activities on a chosen topic, over those held
//	small_cut       rate        topics with a small cut, over those consulted on
//	four_parties    rate        with members, departments, interested parties and residents, over those held
//	noticed         rate        planned and noticed here rather than entered after the fact, over those held
//	minutes         rate        with minutes that are not late, over those held
//	answered        rate        opinions with a response, over opinions
//	outcomes        rate        with an outcome or a checklist, over those held
//	items_done, items_in_time  rates  over the items
//	items_overdue, matters     numbers
//	followed_up     rate        over those with items
//	published       rate        over those held
//	satisfaction    rate        satisfied, over forms returned
func (l *Ledger) Facts() map[string]evaluate.Fact {
	p := l.Platform
	duties, inspections := 0, 0
	for _, d := range p.Duties {
		tally(&duties, l.covers(d.On))
	}
	for _, i := range p.Inspections {
		tally(&inspections, l.covers(i.On))
	}
	held, topic, parties, noticed, minutes, outcomes, published := 0, 0, 0, 0, 0, 0, 0
	opinions, answered, items, done, inTime, overdue, matters, listed, followed := 0, 0, 0, 0, 0, 0, 0, 0, 0
	satisfied := rates.Rate{Of: "returned", Rule: "satisfied_or_basically"}
	for _, r := range l.Rows {
		if !r.Held {
			continue
		}
		held++
		tally(&topic, r.OnTopic)
		tally(&parties, r.Present[rules.Member] > 0 && r.Present[rules.Department] > 0 && r.Present[rules.Interested] > 0 && r.Present[rules.Resident] > 0)
		tally(&noticed, !r.Backfilled)
		tally(&minutes, !r.MinutesOn.IsZero() && !r.MinutesLate)
		tally(&outcomes, len(r.Outcomes) > 0 || r.Items > 0)
		tally(&published, r.Published)
		tally(&listed, r.Items > 0)
		tally(&followed, r.Items > 0 && r.FollowUps > 0)
		opinions += r.Opinions
		answered += r.Answered
		items += r.Items
		done += r.Confirmed
		inTime += r.InTime
		overdue += r.Overdue
		matters += r.Matters
		satisfied.Count += r.Satisfied.Count
		satisfied.Base += r.Satisfied.Base
	}
	rate := func(count, base int, of string) evaluate.Fact {
		return evaluate.FactRate(rates.Rate{Count: int64(count), Base: int64(base), Of: of})
	}
	number := func(n int) evaluate.Fact { return evaluate.FactNumber(points.Points(n) * points.One) }
	return map[string]evaluate.Fact{
		"convenor": evaluate.FactBool(p.Convenor != "" || p.Unit != ""),
		"members":  number(len(p.Members)), "rules_on_wall": number(len(p.Wall)),
		"duties": number(duties), "inspections": number(inspections),
		"activities": number(held), "quota": rate(l.Compliance.Due-l.Compliance.Short, l.Compliance.Due, "due"),
		"on_topic": rate(topic, held, "held"), "small_cut": rate(l.SmallCut, l.Topics, "topics"),
		"four_parties": rate(parties, held, "held"), "noticed": rate(noticed, held, "held"),
		"minutes": rate(minutes, held, "held"), "answered": rate(answered, opinions, "opinions"),
		"outcomes": rate(outcomes, held, "held"), "items_done": rate(done, items, "items"),
		"items_in_time": rate(inTime, items, "items"), "items_overdue": number(overdue), "matters": number(matters),
		"followed_up": rate(followed, listed, "with items"), "published": rate(published, held, "held"),
		"satisfaction": evaluate.FactRate(satisfied),
	}
}

// covers reports whether a day is in the ledger's year, and not after its day.
func (l *Ledger) covers(d calendar.Date) bool { return d.Year() == l.On.Year() && !d.After(l.On) }

func tally(n *int, yes bool) {
	if yes {
		*n++
	}
}
