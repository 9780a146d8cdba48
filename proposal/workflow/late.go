package workflow

import (
	"fmt"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
)

// tooLate is the blocker of what comes after its day.
const tooLate = "too_late"

// late finds the limits whose day has passed for an event that they close: those
// that refuse it, and those that only say so.
func (e *Engine[C, R]) late(act *Act[R], h *Header, event, of string) (refused, said []Blocker, keys []string) {
	for _, clock := range h.Clocks {
		l, ok := e.limitOf(h.Definition, clock.Limit)
		closed := clock.Running() || !clock.Lapsed && l.Late == lifecycle.LateRefuse
		if !ok || !closed || !l.ClosedTo(event) || l.Each != "" && act.machine.TrackOf(event) == l.Each && clock.Of != of {
			continue
		}
		at, today := act.At, act.today
		if l.Judged == lifecycle.JudgedRecorded {
			at = act.recorded
			day, err := calendar.DateOf(at, act.zone)
			if err != nil {
				continue // not reached: the engine's own time has a date
			}
			today = day
		}
		if !clock.past(at, today) {
			continue
		}
		due := clock.Due.String()
		if !clock.DueAt.IsZero() {
			due = clock.DueAt.In(act.zone).Format("2006-01-02 15:04")
		}
		b := Block(tooLate,
			fmt.Sprintf("“%s”已于%s到期", l.Label.In("zh", l.Key), due),
			fmt.Sprintf("%q was due on %s", l.Label.In("en", l.Key), due))
		switch l.Late {
		case lifecycle.LateRefuse:
			refused = append(refused, b)
		case lifecycle.LateMark:
			said, keys = append(said, b), append(keys, clock.Limit)
		default:
			said = append(said, b)
		}
	}
	return refused, said, keys
}
