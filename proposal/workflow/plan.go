package workflow

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/tian-go/tian/proposal/store"
)

// plan is an act that has passed every step but the commit.
type plan[C Case] struct {
	c       C
	changes []store.Change
	entry   Entry
}

func (e *Engine[C]) planAll(ctx context.Context, actor Actor, steps []Step[C], data []json.RawMessage, d doing) ([]*plan[C], error) {
	plans := make([]*plan[C], len(steps))
	for i, s := range steps {
		at := d
		at.pinned = d.pinned && i == 0
		c, err := e.current(ctx, s.ID, at)
		if err != nil {
			return nil, err
		}
		if plans[i], err = e.plan(actor, c, s.Action, data[i], d); err != nil {
			return nil, err
		}
	}
	return plans, nil
}

// current loads a case, at the revision asked for if one was.
func (e *Engine[C]) current(ctx context.Context, id string, d doing) (C, error) {
	c, err := e.Get(ctx, id)
	if err == nil && d.pinned && c.Head().Revision != d.revision {
		var none C
		return none, fmt.Errorf("%w: %s is at revision %d, not %d", ErrConflict, id, c.Head().Revision, d.revision)
	}
	return c, err
}

// plan takes a loaded case through authorise, guard, apply, move and journal.
func (e *Engine[C]) plan(actor Actor, c C, action Action[C], data json.RawMessage, d doing) (*plan[C], error) {
	h := c.Head()
	main, err := e.machineOf(h)
	if err != nil {
		return nil, err
	}
	event := action.Event()
	act, err := e.act(actor, nil, d, event, action, main, h)
	if err != nil {
		return nil, err
	}
	move, role, err := e.check(act, c, event, instanceOf(actor, action))
	if err != nil {
		return nil, err
	}
	return e.finish(c, act, role, action, data, []Move{move})
}
