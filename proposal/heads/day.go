package heads

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrInvalid is wrapped by every error about heads that cannot be kept.
var ErrInvalid = errors.New("heads: invalid")

// ErrNotFound says that a day holds no head of a case.
var ErrNotFound = errors.New("heads: not found")

// Head is the last entry of a case's journal.
type Head struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
	Seq  uint64 `json:"seq"`  // from 1
	Hash string `json:"hash"` // of the entry, as the journal has it
}

// Day is the heads of all cases at the end of a day, in order of kind and id.
type Day struct {
	Date  string `json:"date"` // YYYY-MM-DD
	Heads []Head `json:"heads"`
}

// New returns the day with a copy of the heads, in order. A date that is none, a
// head without kind, id, seq or hash, and a case named twice are refused with
// [ErrInvalid].
func New(date string, heads []Head) (Day, error) {
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return Day{}, fmt.Errorf("%w: date %q", ErrInvalid, date)
	}
	d := Day{Date: date, Heads: append([]Head{}, heads...)}
	for _, h := range heads {
		if h.Kind == "" || h.ID == "" || h.Seq == 0 || h.Hash == "" {
			return Day{}, fmt.Errorf("%w: head of %q %q lacks its kind, id, seq or hash", ErrInvalid, h.Kind, h.ID)
		}
	}
	slices.SortFunc(d.Heads, order)
	for i := 1; i < len(d.Heads); i++ {
		if order(d.Heads[i-1], d.Heads[i]) == 0 {
			return Day{}, fmt.Errorf("%w: %s %s stands twice", ErrInvalid, d.Heads[i].Kind, d.Heads[i].ID)
		}
	}
	return d, nil
}

func order(a, b Head) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
}

// find returns the place of a case in the day.
func (d Day) find(kind, id string) (int, bool) {
	return slices.BinarySearchFunc(d.Heads, Head{Kind: kind, ID: id}, order)
}
