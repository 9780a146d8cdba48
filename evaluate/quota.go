package evaluate

import (
	"cmp"
	"fmt"
	"slices"
)

// Quota (名额) gives an award to the top of a league: "前 20 %" or "前三名".
type Quota struct {
	Key   string `json:"key"`
	Label Label  `json:"label,omitzero"`
	// Share of those ranked, or Count of them: exactly one is set.
	Share *Ratio `json:"share,omitempty"`
	Count int    `json:"count,omitempty"`
	// Round makes a share whole: half_up, half_even or truncate (the default,
	// which never gives more than the share).
	Round Rounding `json:"round,omitempty"`
	// Ties says what happens to equals across the edge; absent is include.
	Ties QuotaTie `json:"ties,omitempty"`
	// Bottom counts from the last place (后三名).
	Bottom bool `json:"bottom,omitempty"`
}

// QuotaTie says what happens to equals on both sides of a quota's edge.
type QuotaTie string

// The rules at the edge.
const (
	QuotaInclude QuotaTie = "include" // all of them are in, over the quota
	QuotaExclude QuotaTie = "exclude" // none of them is in, under the quota
	QuotaLot     QuotaTie = "lot"     // a recorded lot decides
)

func (q Quota) check() error {
	switch {
	case q.Key == "":
		return fmt.Errorf("%w: a quota has no key", ErrInvalid)
	case (q.Share == nil) == (q.Count == 0), q.Count < 0:
		return fmt.Errorf("%w: quota %s needs either a share or a count above 0", ErrInvalid, q.Key)
	case q.Share != nil && (q.Share.Den <= 0 || q.Share.Num < 0 || q.Share.Num > q.Share.Den):
		return fmt.Errorf("%w: quota %s: %s is not a share between 0 and 1", ErrInvalid, q.Key, q.Share)
	case q.Round != "" && !q.Round.Valid():
		return fmt.Errorf("%w: quota %s: rounding rule %s", ErrInvalid, q.Key, quoteShort(string(q.Round)))
	case q.Ties != "" && q.Ties != QuotaInclude && q.Ties != QuotaExclude && q.Ties != QuotaLot:
		return fmt.Errorf("%w: quota %s: tie rule %s", ErrInvalid, q.Key, quoteShort(string(q.Ties)))
	}
	return nil
}

// seats is how many of n the quota holds.
func (q Quota) seats(n int) int {
	if q.Share == nil {
		return min(q.Count, n)
	}
	rule := q.Round
	if rule == "" {
		rule = Truncate
	}
	k, _ := mulDiv(uint64(n), uint64(q.Share.Num), uint64(q.Share.Den), rule) //nolint:gosec // checked: none is negative
	return int(k)                                                             //nolint:gosec // at most n
}

// award gives the quota to the best of cs, which is sorted best first.
func (q Quota) award(cs []contender, better func(a, b contender) int, lots map[string]int64, places []Place) error {
	k := q.seats(len(cs))
	if q.Bottom {
		cs = slices.Clone(cs)
		slices.Reverse(cs)
	}
	winners := cs[:k]
	if k > 0 && k < len(cs) && better(cs[k-1], cs[k]) == 0 {
		from, to := k-1, k+1
		for from > 0 && better(cs[from-1], cs[k]) == 0 {
			from--
		}
		for to < len(cs) && better(cs[to], cs[k]) == 0 {
			to++
		}
		switch q.Ties {
		case "", QuotaInclude:
			winners = cs[:to]
		case QuotaExclude:
			winners = cs[:from]
		case QuotaLot:
			edge := slices.Clone(cs[from:to])
			slices.SortFunc(edge, func(a, b contender) int { return cmp.Compare(lots[a.card], lots[b.card]) })
			for i, c := range edge {
				if _, ok := lots[c.card]; !ok || i > 0 && lots[edge[i-1].card] == lots[c.card] {
					return fmt.Errorf("%w: quota %s: card %s is equal to others at the edge and has no lot of its own", ErrInvalid, q.Key, c.card)
				}
			}
			winners = append(slices.Clone(cs[:from]), edge[:k-from]...)
		}
	}
	for _, c := range winners {
		places[c.index].Awards = append(places[c.index].Awards, q.Key)
	}
	return nil
}
