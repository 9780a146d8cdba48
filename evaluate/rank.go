package evaluate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// TieRule says what rank equals share.
type TieRule string

// The tie rules, on totals 90, 80, 80, 70.
const (
	TieCompetition TieRule = "competition" // 1 2 2 4 (并列, the next rank is skipped)
	TieDense       TieRule = "dense"       // 1 2 2 3
	TieAverage     TieRule = "average"     // 1 2.5 2.5 4
	TieHighest     TieRule = "highest"     // 1 3 3 4: the number not ranked below
	// TieLot orders equals by a recorded lot (抽签): 1 2 3 4. A tie without lots
	// is an error, never settled by the order of the input.
	TieLot TieRule = "lot"
)

// RankKey is one thing to rank by: "total", "base", "bonus", "penalty", or the
// path of a criterion. Higher is better unless Ascending.
type RankKey struct {
	By        string `json:"by"`
	Ascending bool   `json:"ascending,omitempty"`
}

// Ranking says how outcomes are put in order.
type Ranking struct {
	// Keys are compared in turn; absent is the total alone.
	Keys []RankKey `json:"keys,omitempty"`
	// Ties is what equals share; absent is competition.
	Ties TieRule `json:"ties,omitempty"`
	// ByLeague ranks each league (组别) by itself.
	ByLeague bool `json:"by_league,omitempty"`
	// Provisional lets provisional outcomes be ranked beside final ones.
	Provisional bool `json:"provisional,omitempty"`
	// Lots are the recorded lots by card, lower first.
	Lots map[string]int64 `json:"lots,omitempty"`
	// Quotas are given from the top of each league.
	Quotas []Quota `json:"quotas,omitempty"`
}

// Place is where an outcome stands.
type Place struct {
	Card    string `json:"card"`
	Subject string `json:"subject"`
	League  string `json:"league,omitempty"`
	// Rank is 1 for the best; an average rank may end in .5. 0 is unranked,
	// because there is no total to rank.
	Rank Points `json:"rank"`
	// Tied is how many stand equal, itself included.
	Tied int `json:"tied,omitempty"`
	// Awards lists the quotas the outcome is in.
	Awards []string `json:"awards,omitempty"`
}

// Rank gives the place of every outcome, in their order, and sets Outcome.Rank.
// Outcomes that are not final (or, when allowed, provisional) stay unranked.
// On an error nothing is changed.
func (r Ranking) Rank(outcomes []Outcome) ([]Place, error) {
	if err := r.check(outcomes); err != nil {
		return nil, err
	}
	places := make([]Place, len(outcomes))
	leagues := map[string][]contender{}
	var names []string
	for i := range outcomes {
		o := &outcomes[i]
		places[i] = Place{Card: o.Card, Subject: o.Subject, League: o.League}
		if o.Status != Final && (!r.Provisional || o.Status != Provisional) {
			continue
		}
		c := contender{index: i, card: o.Card}
		for _, k := range r.keys() {
			v, err := k.value(o)
			if err != nil {
				return nil, err
			}
			c.keys = append(c.keys, v)
		}
		league := ""
		if r.ByLeague {
			league = o.League
		}
		if _, ok := leagues[league]; !ok {
			names = append(names, league)
		}
		leagues[league] = append(leagues[league], c)
	}
	for _, name := range names {
		if err := r.league(leagues[name], places); err != nil {
			return nil, err
		}
	}
	for i := range places {
		outcomes[i].Rank = places[i].Rank
	}
	return places, nil
}

// contender is one outcome with its keys, each turned so that higher is better.
type contender struct {
	index int
	card  string
	keys  []Points
}

func (r Ranking) keys() []RankKey {
	if len(r.Keys) == 0 {
		return []RankKey{{By: "total"}}
	}
	return r.Keys
}

func (r Ranking) check(outcomes []Outcome) error {
	switch r.Ties {
	case "", TieCompetition, TieDense, TieAverage, TieHighest, TieLot:
	default:
		return fmt.Errorf("%w: tie rule %s", ErrInvalid, quoteShort(string(r.Ties)))
	}
	cards := make(map[string]bool, len(outcomes))
	for i := range outcomes {
		if cards[outcomes[i].Card] {
			return fmt.Errorf("%w: card %s is in the ranking twice", ErrInvalid, outcomes[i].Card)
		}
		cards[outcomes[i].Card] = true
	}
	seen := map[string]bool{}
	for _, q := range r.Quotas {
		if err := q.check(); err != nil {
			return err
		}
		if seen[q.Key] {
			return fmt.Errorf("%w: quota %s appears twice", ErrInvalid, q.Key)
		}
		seen[q.Key] = true
	}
	return nil
}

func (k RankKey) value(o *Outcome) (Points, error) {
	var v Points
	switch k.By {
	case "total":
		v = o.Total
	case SectionBase:
		v = o.Base
	case SectionBonus:
		v = o.Bonus
	case SectionPenalty:
		v = o.Penalty
	default:
		if !slices.ContainsFunc(o.Ledger, func(l Line) bool { return within(l.Criterion, k.By) }) {
			return 0, fmt.Errorf("%w: card %s has no criterion %s to rank by", ErrInvalid, o.Card, quoteShort(k.By))
		}
		var err error
		if v, err = o.Subtotal(k.By); err != nil {
			return 0, err
		}
	}
	if k.Ascending {
		v = -v
	}
	return v, nil
}

// league ranks one league and hands out its quotas.
func (r Ranking) league(cs []contender, places []Place) error {
	better := func(a, b contender) int { return slices.Compare(b.keys, a.keys) }
	if r.Ties == TieLot {
		if err := r.needLots(cs, better); err != nil {
			return err
		}
		byKeys := better
		better = func(a, b contender) int {
			return cmp.Or(byKeys(a, b), cmp.Compare(r.Lots[a.card], r.Lots[b.card]))
		}
	}
	// Equals keep a fixed order, so that the input's order decides nothing.
	slices.SortFunc(cs, func(a, b contender) int { return cmp.Or(better(a, b), strings.Compare(a.card, b.card)) })
	groups := 0
	for i := 0; i < len(cs); {
		j := i + 1
		for j < len(cs) && better(cs[i], cs[j]) == 0 {
			j++
		}
		groups++
		rank := r.rank(i, j, groups)
		for _, c := range cs[i:j] {
			places[c.index].Rank, places[c.index].Tied = rank, j-i
		}
		i = j
	}
	for _, q := range r.Quotas {
		if err := q.award(cs, better, r.Lots, places); err != nil {
			return err
		}
	}
	return nil
}

// rank of those in places i to j-1, the group-th group.
func (r Ranking) rank(i, j, group int) Points {
	switch r.Ties {
	case TieDense:
		return Points(group) * Point
	case TieAverage:
		return Points(i+1+j) * Point / 2
	case TieHighest:
		return Points(j) * Point
	case "", TieCompetition, TieLot:
	}
	return Points(i+1) * Point
}

// needLots reports a tie that has no lots, or equal ones.
func (r Ranking) needLots(cs []contender, better func(a, b contender) int) error {
	sorted := slices.Clone(cs)
	slices.SortFunc(sorted, func(a, b contender) int {
		return cmp.Or(better(a, b), cmp.Compare(r.Lots[a.card], r.Lots[b.card]), strings.Compare(a.card, b.card))
	})
	for i := 1; i < len(sorted); i++ {
		a, b := sorted[i-1].card, sorted[i].card
		if better(sorted[i-1], sorted[i]) != 0 {
			continue
		}
		lotA, okA := r.Lots[a]
		lotB, okB := r.Lots[b]
		if !okA || !okB || lotA == lotB {
			return fmt.Errorf("%w: cards %s and %s are equal; the tie rule needs a different lot for each", ErrInvalid, a, b)
		}
	}
	return nil
}
