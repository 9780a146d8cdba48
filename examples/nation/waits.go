package main

import (
	"cmp"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
)

// wait is how long the proposers of one proposal waited for the first reply of
// the unit that took longest.
type wait struct {
	id, body, number, title, unit string
	days                          int // from the assignment
}

const mostWaits = 10

// waits are the longest, the longest first.
type waits []wait

// add keeps the wait of a proposal if it is among the longest.
func (w *waits) add(p *proposal.Proposal, zone *time.Location) {
	longest := wait{id: p.ID, body: p.Body, number: p.Number, title: p.Title, days: -1}
	for i := range p.Parts {
		part := &p.Parts[i]
		if !part.Role.Required() || len(part.Replies) == 0 || part.Replies[0].Issued.IsZero() {
			continue
		}
		from, err := calendar.DateOf(part.Assigned, zone)
		to, errTo := calendar.DateOf(part.Replies[0].Issued, zone)
		if err == nil && errTo == nil && to.Sub(from) > longest.days {
			longest.days, longest.unit = to.Sub(from), part.Unit
		}
	}
	if longest.days < 0 {
		return
	}
	at, _ := slices.BinarySearchFunc(*w, longest, func(a, b wait) int {
		return cmp.Or(cmp.Compare(b.days, a.days), cmp.Compare(a.id, b.id))
	})
	if at < mostWaits {
		*w = slices.Insert(*w, at, longest)
		*w = (*w)[:min(len(*w), mostWaits)]
	}
}
