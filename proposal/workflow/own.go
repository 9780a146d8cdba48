package workflow

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// ownAct is the deed of an act of the engine's own: one that is an event of no
// definition, such as a migration, and goes into the journal like any other.
type ownAct[C Case, R any] struct {
	engine *Engine[C, R]
	id     string
	name   string
	json   json.RawMessage
	permit func(C) (roles []string, of string, err error) // who may; nil: the system itself
	change func(*Act[R], C) (note any, err error)         // writes the header, and act.moves
	read   func(context.Context) error                    // what the change needs beside the case; nil: nothing
	unheld bool                                           // it is done on a record that its last entry did not leave
}

// errNothing says that an act of the engine's own has nothing to do on a case.
var errNothing = errors.New("workflow: nothing to do")

func administrators[C Case](C) ([]string, string, error) { return []string{Administrator}, "", nil }

// do does an act of the engine's own, whose data goes into the journal.
func (o *ownAct[C, R]) do(ctx context.Context, actor Actor, data any, options []DoOption) (C, error) {
	var none C
	d, err := o.engine.doing(options)
	if err != nil {
		return none, err
	}
	if o.json, err = encode(data); err != nil {
		return none, err
	}
	cases, err := o.engine.act(ctx, actor, d, o)
	if err != nil {
		return none, err
	}
	return cases[0], nil
}

func (o *ownAct[C, R]) event() string         { return o.name }
func (o *ownAct[C, R]) data() json.RawMessage { return o.json }
func (o *ownAct[C, R]) caseID() string        { return o.id }

func (o *ownAct[C, R]) load(ctx context.Context, d doing) (C, error) {
	return o.engine.current(ctx, o.id, d, !o.unheld)
}

func (o *ownAct[C, R]) gather(ctx context.Context) error {
	if o.read == nil {
		return nil
	}
	return o.read(ctx)
}

func (o *ownAct[C, R]) authorise(act *Act[R], c C) (asked, error) {
	if o.permit == nil {
		act.Role = lifecycle.System
		return asked{}, nil
	}
	wanted, of, err := o.permit(c)
	if err != nil {
		return asked{}, err
	}
	roles, reason := o.engine.roles(act.Actor, c, of, act.offices)
	role := firstOf(wanted, roles)
	if reason.Code == "" && role == "" {
		reason = Block(lifecycle.BlockNoRole, fmt.Sprintf("没有进行 %s 的权限", o.name), fmt.Sprintf("no role that may %s", o.name))
	}
	if reason.Code != "" {
		return asked{}, &DeniedError{act.Actor.ID, o.name, c.Head().ID, reason}
	}
	act.Roles, act.Role = roles, role
	return asked{}, nil
}

func (o *ownAct[C, R]) apply(act *Act[R], c C) (any, error) { return o.change(act, c) }
