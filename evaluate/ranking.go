package evaluate

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/ranking"
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
	// ByLeague ranks each league (组别) by itself.
	ByLeague bool `json:"by_league,omitempty"`
	// Provisional lets provisional outcomes be ranked beside final ones.
	Provisional bool `json:"provisional,omitempty"`
	// Rules say what equals share and who gets an award; their names are the ids
	// of cards.
	ranking.Rules
}

// Place is where an outcome stands. Rank 0 is unranked, because there is no total
// to rank.
type Place struct {
	Card    string `json:"card"`
	Subject string `json:"subject"`
	League  string `json:"league,omitempty"`
	ranking.Place
}

// Rank gives the place of every outcome, in their order, and sets Outcome.Rank.
// Outcomes that are not final (or, when allowed, provisional) stay unranked.
// An outcome held down by a veto is ranked and gets no award of the top. Totals of
// different sheets, or of two versions of one, do not rank in one league, nor
// does a subject stand in it twice. On an error nothing is changed.
func (r Ranking) Rank(outcomes []Outcome) ([]Place, error) {
	cards := make(map[string]bool, len(outcomes))
	places := make([]Place, len(outcomes))
	leagues := map[string]*Outcome{}
	subjects := map[[2]string]bool{}
	var contenders []ranking.Contender
	var index []int
	for i := range outcomes {
		o := &outcomes[i]
		if cards[o.Card] {
			return nil, fmt.Errorf("%w: card %s is in the ranking twice", points.ErrInvalid, quote.Short(o.Card))
		}
		cards[o.Card] = true
		places[i] = Place{Card: o.Card, Subject: o.Subject, League: o.League}
		if o.Status != Final && (!r.Provisional || o.Status != Provisional) {
			continue
		}
		c, err := r.contender(o)
		if err != nil {
			return nil, err
		}
		first := leagues[c.League]
		switch {
		case first == nil:
			leagues[c.League] = o
		case first.Hash != o.Hash:
			return nil, fmt.Errorf("%w: cards %s and %s were scored by different sheets: their totals do not compare",
				points.ErrInvalid, quote.Short(first.Card), quote.Short(o.Card))
		}
		subject := [2]string{c.League, o.Subject}
		if o.Subject != "" && subjects[subject] {
			return nil, fmt.Errorf("%w: subject %s stands in the ranking twice", points.ErrInvalid, quote.Short(o.Subject))
		}
		subjects[subject] = true
		contenders, index = append(contenders, c), append(index, i)
	}
	ranked, err := r.Rules.Rank(contenders)
	if err != nil {
		return nil, err
	}
	for k, i := range index {
		places[i].Place = ranked[k]
	}
	for i := range places {
		outcomes[i].Rank = places[i].Rank
	}
	return places, nil
}

// contender is an outcome with its keys, each turned so that higher is better.
func (r Ranking) contender(o *Outcome) (ranking.Contender, error) {
	c := ranking.Contender{Name: o.Card, Barred: len(o.Vetoes) > 0}
	if r.ByLeague {
		c.League = o.League
	}
	keys := r.Keys
	if len(keys) == 0 {
		keys = []RankKey{{By: "total"}}
	}
	for _, k := range keys {
		v, err := k.value(o)
		if err != nil {
			return ranking.Contender{}, err
		}
		c.Marks = append(c.Marks, v)
	}
	return c, nil
}

func (k RankKey) value(o *Outcome) (points.Points, error) {
	var v points.Points
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
			return 0, fmt.Errorf("%w: card %s has no criterion %s to rank by", points.ErrInvalid, o.Card, quote.Short(k.By))
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
