package consult

import (
	"fmt"
	"slices"

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
	rate := func(count, base int, of string) evaluate.Fact {
		return evaluate.FactRate(rates.Rate{Count: int64(count), Base: int64(base), Of: of})
	}
	number := func(n int) evaluate.Fact { return evaluate.FactNumber(points.Points(n) * points.One) }
	facts := map[string]evaluate.Fact{
		"convenor": evaluate.FactBool(p.Convenor != "" || p.Unit != ""),
		"members":  number(len(p.Members)), "rules_on_wall": number(len(p.Wall)),
		"duties": number(duties), "inspections": number(inspections),
		"quota":     rate(l.Compliance.Due-l.Compliance.Short, l.Compliance.Due, "due"),
		"small_cut": rate(l.SmallCut, l.Topics, "topics"),
	}
	satisfied := rates.Rate{Of: "returned", Rule: "satisfied_or_basically"}
	for _, r := range l.held() {
		satisfied.Count += r.Satisfied.Count
		satisfied.Base += r.Satisfied.Base
	}
	facts["satisfaction"] = evaluate.FactRate(satisfied)
	for _, m := range measures() {
		count, base := 0, 0
		for _, r := range l.held() {
			n, of := m.of(r)
			count, base = count+n, base+of
		}
		if facts[m.key] = number(count); m.base != "" {
			facts[m.key] = rate(count, base, m.base)
		}
	}
	return facts
}

// Behind returns the IDs of the activities behind a fact, in the order of the ledger:
// those in its base, or of a number those that count; none of a fact about the
// platform itself.
func (l *Ledger) Behind(fact string) []string {
	var ids []string
	for _, m := range measures() {
		for _, r := range l.held() {
			if count, base := m.of(r); m.key == fact && count+base > 0 {
				ids = append(ids, r.ID)
			}
		}
	}
	if fact != "satisfaction" && fact != "quota" {
		return ids
	}
	for _, r := range l.held() {
		if fact == "quota" || r.Satisfied.Base > 0 {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// held are the rows of activities that were held.
func (l *Ledger) held() []LedgerRow {
	return slices.DeleteFunc(slices.Clone(l.Rows), func(r LedgerRow) bool { return !r.Held })
}

// measure is a fact that is counted from what was held.
type measure struct {
	key, base string // base "": a number
	of        func(LedgerRow) (count, base int)
}

func measures() []measure {
	one := func(yes bool) (n int) {
		tally(&n, yes)
		return n
	}
	held := func(key string, is func(LedgerRow) bool) measure {
		return measure{key, "held", func(r LedgerRow) (int, int) { return one(is(r)), 1 }}
	}
	return []measure{
		{"activities", "", func(LedgerRow) (int, int) { return 1, 0 }},
		held("on_topic", func(r LedgerRow) bool { return r.OnTopic }),
		held("four_parties", func(r LedgerRow) bool {
			return r.Present[rules.Member] > 0 && r.Present[rules.Department] > 0 && r.Present[rules.Interested] > 0 && r.Present[rules.Resident] > 0
		}),
		held("noticed", func(r LedgerRow) bool { return !r.Backfilled }),
		held("minutes", func(r LedgerRow) bool { return !r.MinutesOn.IsZero() && !r.MinutesLate }),
		held("outcomes", func(r LedgerRow) bool { return len(r.Outcomes) > 0 || r.Items > 0 }),
		held("published", func(r LedgerRow) bool { return r.Published }),
		{"answered", "opinions", func(r LedgerRow) (int, int) { return r.Answered, r.Opinions }},
		{"items_done", "items", func(r LedgerRow) (int, int) { return r.Confirmed, r.Items }},
		{"items_in_time", "items", func(r LedgerRow) (int, int) { return r.InTime, r.Items }},
		{"items_overdue", "", func(r LedgerRow) (int, int) { return r.Overdue, 0 }},
		{"matters", "", func(r LedgerRow) (int, int) { return r.Matters, 0 }},
		{"followed_up", "with items", func(r LedgerRow) (int, int) { return one(r.Items > 0 && r.FollowUps > 0), one(r.Items > 0) }},
	}
}

// covers reports whether a day is in the ledger's year, and not after its day.
func (l *Ledger) covers(d calendar.Date) bool { return d.Year() == l.On.Year() && !d.After(l.On) }

func tally(n *int, yes bool) {
	if yes {
		*n++
	}
}
