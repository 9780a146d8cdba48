package calendar

import (
	"fmt"
	"time"
)

// fact is a listed day with the place it comes from.
type fact struct {
	ListedDay
	notice int    // index into spec.Notices, -1 when not from a notice
	layer  string // name of the layer, "" when not from a layer
}

// week counts working days by the weekend rule alone, in closed form. Day
// numbers are those of Date: day 1 is a Monday.
type week struct {
	off    [7]bool // by time.Weekday
	per    int     // working days in a week
	before [7]int  // working days among the first r days of a week
	pos    [7]int  // position, 1 to 7, of the k-th working day, k from 0
}

func newWeek(weekend []time.Weekday) (week, error) {
	var w week
	for _, d := range weekend {
		if d < time.Sunday || d > time.Saturday {
			return week{}, invalid(CodeInvalidCalendar,
				fmt.Sprintf("%d不是星期几", int(d)), fmt.Sprintf("%d is not a day of the week", int(d)))
		}
		w.off[d] = true
	}
	for r := 1; r <= 7; r++ {
		if r < 7 {
			w.before[r] = w.before[r-1]
		}
		if !w.off[r%7] {
			w.pos[w.per] = r
			w.per++
			if r < 7 {
				w.before[r]++
			}
		}
	}
	if w.per == 0 {
		return week{}, invalid(CodeInvalidCalendar, "每周没有工作日", "the weekend leaves no working day")
	}
	return w, nil
}

// through counts the working days from day 1 to day n.
func (w *week) through(n int) int { return n/7*w.per + w.before[n%7] }

// nth returns the number of the k-th working day, k from 1.
func (w *week) nth(k int) int { return (k-1)/w.per*7 + w.pos[(k-1)%w.per] }

// changes are the listed days that differ from the weekend rule, prepared for
// binary search. Between two changes the weekend rule holds, shifted by a
// constant, so that a count and its inverse take one search each, whatever
// the distance.
type changes struct {
	day  []int32 // day numbers, ascending
	rank []int32 // working days from day 1 to that day, all changes applied
}

func newChanges(w week, listed []fact) changes {
	var c changes
	shift := 0
	for _, f := range listed {
		switch off := w.off[f.Date.Weekday()]; {
		case f.Kind == Work && off:
			shift++
		case f.Kind == Off && !off:
			shift--
		default:
			continue
		}
		c.day = append(c.day, f.Date.n)
		c.rank = append(c.rank, int32(w.through(int(f.Date.n))+shift)) //nolint:gosec // at most maxDay
	}
	return c
}

// upTo returns how many elements of the ascending list are at most x.
func upTo(list []int32, x int) int {
	lo, hi := 0, len(list)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if int(list[mid]) <= x {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
