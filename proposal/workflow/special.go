package workflow

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// Administrator is the role that may move a running case to other rules: to
// another version of its definition, or to a calendar's new dates.
const Administrator = "administrator"

// special is an act of the engine's own: one that is an event of no definition,
// such as a migration, and goes into the journal like any other.
type special[C Case] struct {
	event  string
	data   any                                            // goes into the journal as the action
	permit func(C) (roles []string, of string, err error) // who may; nil: the system itself
	change func(*Act, C) (moves []Move, note any, err error)
}

// errNothing says that an act of the engine's own has nothing to do on a case.
var errNothing = errors.New("workflow: nothing to do")

func administrators[C Case](C) ([]string, string, error) { return []string{Administrator}, "", nil }

// special does such an act, again when it loses a race.
func (e *Engine[C]) special(ctx context.Context, actor Actor, id string, options []DoOption, s special[C]) (C, error) {
	var none C
	d := e.doing(options)
	data, err := encode(s.data)
	if err != nil {
		return none, err
	}
	for attempt := 1; ; attempt++ {
		c, err := e.specialOnce(ctx, actor, id, data, d, s)
		if err == nil {
			return c, nil
		}
		if d.command != "" && known(err) {
			if c, done, again := e.repeated(ctx, actor, id, d.command, s.event, data); done || again != nil {
				return c, again
			}
		}
		if !errors.Is(err, ErrConflict) || d.pinned || attempt == attempts || ctx.Err() != nil {
			return none, err
		}
	}
}

func (e *Engine[C]) specialOnce(ctx context.Context, actor Actor, id string, data json.RawMessage, d doing, s special[C]) (C, error) {
	var none C
	c, err := e.current(ctx, id, d)
	if err != nil {
		return none, err
	}
	h := c.Head()
	machine, err := e.machineOf(h)
	if err != nil {
		return none, err
	}
	act, err := e.act(actor, nil, d, s.event, nil, machine, h)
	if err != nil {
		return none, err
	}
	role := lifecycle.System
	if s.permit != nil {
		if role, err = e.permit(act, c, s); err != nil {
			return none, err
		}
	}
	moves, note, err := s.change(act, c)
	if err != nil {
		return none, err
	}
	var noted json.RawMessage
	if note != nil {
		if noted, err = json.Marshal(note); err != nil {
			return none, fmt.Errorf("workflow: %s of %s: %w", s.event, id, err)
		}
	}
	p, err := e.journal(c, act, role, data, noted, moves)
	if err != nil {
		return none, err
	}
	if err := e.store.Commit(ctx, p.changes...); err != nil {
		return none, e.commitError(err, s.event, p)
	}
	return e.committed(ctx, []*plan[C]{p})[0], nil
}

// permit returns the role by which the actor may.
func (e *Engine[C]) permit(act *Act, c C, s special[C]) (string, error) {
	id := c.Head().ID
	wanted, of, err := s.permit(c)
	if err != nil {
		return "", err
	}
	roles, reason := e.roles(act.Actor, c, of)
	role := firstOf(wanted, roles)
	if reason.Code == "" && role == "" {
		reason = Block(lifecycle.BlockNoRole, fmt.Sprintf("没有进行 %s 的权限", s.event), fmt.Sprintf("no role that may %s", s.event))
	}
	if reason.Code != "" {
		return "", &DeniedError{act.Actor.ID, s.event, id, reason}
	}
	act.Roles, act.Role = roles, role
	return role, nil
}
