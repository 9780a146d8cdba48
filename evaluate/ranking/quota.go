package ranking

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
)

// Quota (名额) gives an award to the top of a league: "前 20 %" or "前三名".
type Quota struct {
	Key   string `json:"key"`
	Label Label  `json:"label,omitzero"`
	// Share of those ranked, or Count of them: exactly one is set.
	Share *points.Ratio `json:"share,omitempty"`
	Count int           `json:"count,omitempty"`
	// Round makes a share whole: half_up, half_even or truncate (the default,
	// which never gives more than the share).
	Round points.Rounding `json:"round,omitempty"`
	// Ties says what happens to equals across the edge; absent is include.
	Ties Edge `json:"ties,omitempty"`
	// Least is the lowest first mark that gets the award (最低标准): where too few
	// reach it, seats stay empty. It has no meaning with Bottom.
	Least *points.Points `json:"least,omitempty"`
	// Bottom counts from the last place (后三名).
	Bottom bool `json:"bottom,omitempty"`
}

// Label is what people read beside a key.
type Label struct {
	Zh string `json:"zh"`
	En string `json:"en,omitempty"`
}

// Edge says what happens to equals on both sides of a quota's edge.
type Edge string

// The rules at the edge.
const (
	Include  Edge = "include" // all of them are in, over the quota
	Exclude  Edge = "exclude" // none of them is in, under the quota
	DrawLots Edge = "lot"     // a recorded lot decides
)

func (q Quota) check() error {
	switch {
	case q.Key == "":
		return fmt.Errorf("%w: a quota has no key", points.ErrInvalid)
	case (q.Share == nil) == (q.Count == 0), q.Count < 0:
		return fmt.Errorf("%w: quota %s needs either a share or a count above 0", points.ErrInvalid, q.Key)
	case q.Least != nil && q.Bottom:
		return fmt.Errorf("%w: quota %s counts from the bottom and has a least mark", points.ErrInvalid, q.Key)
	case q.Share != nil && (q.Share.Den <= 0 || q.Share.Num < 0 || q.Share.Num > q.Share.Den):
		return fmt.Errorf("%w: quota %s: %s is not a share between 0 and 1", points.ErrInvalid, q.Key, q.Share)
	case q.Round != "" && !q.Round.Valid():
		return fmt.Errorf("%w: quota %s: rounding rule %s", points.ErrInvalid, q.Key, quote.Short(string(q.Round)))
	case q.Ties != "" && q.Ties != Include && q.Ties != Exclude && q.Ties != DrawLots:
		return fmt.Errorf("%w: quota %s: tie rule %s", points.ErrInvalid, q.Key, quote.Short(string(q.Ties)))
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
		rule = points.Truncate
	}
	k, err := q.Share.Of(int64(n), rule)
	if err != nil {
		return 0 // a checked share of a number of contenders always fits
	}
	return int(k)
}

// open reports whether a contender may get the award at all.
func (q Quota) open(c Contender) bool {
	return !c.Barred && (q.Least == nil || len(c.Marks) > 0 && c.Marks[0] >= *q.Least)
}

// winners gives those of a sorted league who are in the quota.
func (q Quota) winners(l league) ([]int, error) {
	order, k := slices.Clone(l.order), q.seats(len(l.order))
	if q.Bottom {
		slices.Reverse(order)
	} else {
		order = slices.DeleteFunc(order, func(c int) bool { return !q.open(l.all[c]) })
		k = min(k, len(order))
	}
	if k == 0 || k == len(order) || l.better(order[k-1], order[k]) != 0 {
		return order[:k], nil
	}
	from, to := k-1, k+1
	for from > 0 && l.better(order[from-1], order[k]) == 0 {
		from--
	}
	for to < len(order) && l.better(order[to], order[k]) == 0 {
		to++
	}
	switch q.Ties {
	case Exclude:
		return order[:from], nil
	case DrawLots:
		edge := slices.Clone(order[from:to])
		slices.SortFunc(edge, func(a, b int) int { return cmp.Compare(l.lot(a), l.lot(b)) })
		for i, c := range edge {
			if _, ok := l.rules.Lots[l.all[c].Name]; !ok || i > 0 && l.lot(edge[i-1]) == l.lot(c) {
				return nil, fmt.Errorf("%w: quota %s: %s is equal to others at the edge and has no lot of its own",
					points.ErrInvalid, q.Key, quote.Short(l.all[c].Name))
			}
		}
		return append(slices.Clone(order[:from]), edge[:k-from]...), nil
	case "", Include:
	}
	return order[:to], nil
}
