package workflow

import (
	"context"
	"slices"

	"github.com/tian-go/tian/proposal/calendar"
)

// Extend (延期) prolongs a clock.
type Extend struct {
	Limit  string          `json:"limit"`
	Of     string          `json:"of,omitempty"` // the instance, for a limit with Each
	By     calendar.Length `json:"by"`
	Reason string          `json:"reason"`
}

// Extend prolongs a running clock. The actor needs one of the roles that the
// limit names for it. An extension beyond the limit's cap, or longer than all
// extensions together may be, is refused with the blocker beyond_cap or
// beyond_extension.
func (e *Engine[C, R]) Extend(ctx context.Context, actor Actor, id string, x Extend, options ...DoOption) (C, error) {
	own := &ownAct[C, R]{
		engine: e, id: id, name: Extended,
		permit: func(c C) ([]string, string, error) {
			l, ok := e.limitOf(c.Head().Definition, x.Limit)
			if !ok {
				return nil, "", Invalid("limit", "unknown", "流程%s没有时限%q", "%s has no limit %q", c.Head().Definition, x.Limit)
			}
			return l.Extend, x.Of, nil
		},
		change: func(act *Act[R], c C) (any, error) { return nil, e.extend(act, c, x) },
	}
	return own.do(ctx, actor, x, options)
}

func (e *Engine[C, R]) extend(act *Act[R], c C, x Extend) error {
	h := c.Head()
	if x.Reason == "" {
		return Invalid("reason", "empty", "延期须有理由", "an extension needs a reason")
	}
	if err := x.By.Validate(); err != nil {
		return Invalid("by", calendar.Code(err), "%s", "%s", labelOf(err))
	}
	if x.By.Unit != "" && x.By.N == 0 {
		return Invalid("by", "empty", "延期%s等于没有延期", "an extension by %s prolongs nothing", x.By)
	}
	i := slices.IndexFunc(h.Clocks, func(c Clock) bool { return c.Limit == x.Limit && c.Of == x.Of })
	if i < 0 {
		return &RefusedError{h.ID, act.Event, h.State, []Blocker{Block("no_clock", "该时限没有起算", "no such clock has started")}}
	}
	l, _ := e.limitOf(h.Definition, x.Limit)
	extended, err := h.Clocks[i].counted(l).Extend(act.calendar, calendar.Extension{
		By: x.By, Reason: x.Reason, Approver: act.Actor.ID, On: act.today,
	})
	if err != nil {
		return &RefusedError{h.ID, act.Event, h.State, []Blocker{calendarBlocker(err)}}
	}
	h.Clocks[i].take(extended)
	h.Clocks[i].count(l, act.calendar)
	e.anchor(h, act.calendar, map[int]bool{})
	return nil
}
