package workflow

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/tian-go/tian/proposal/store"
)

// Opening is the event of the action that a case begins with.
const Opening = "open"

// Open begins a case in a body, with action's data as its first; the action's
// event is [Opening]. The actor needs one of the roles by which the body's
// definition opens. The new case gets a new ID, the same for the same command.
func (e *Engine[C]) Open(ctx context.Context, actor Actor, body string, action Action[C], options ...DoOption) (C, error) {
	var none C
	d := e.doing(options)
	if action == nil {
		return none, Invalid("action", "empty", "there is no action to open a case with")
	}
	data, err := encode(action)
	if err != nil {
		return none, err
	}
	if event := action.Event(); event != Opening {
		return none, Invalid("action", "not_opening", "a case begins with an action whose event is %q, and that of %T is %q", Opening, action, event)
	}
	id := e.newID()
	if d.command != "" {
		id = uuid.NewSHA1(uuid.NameSpaceOID, []byte(e.kind+"\n"+body+"\n"+d.command)).String()
	}
	p, err := e.planOpen(actor, body, id, action, data, d)
	if err == nil {
		if err = e.store.Commit(ctx, p.changes...); err == nil {
			return e.committed(ctx, []*plan[C]{p})[0], nil
		}
		err = e.commitError(err, Opening, p)
	}
	if d.command != "" && known(err) {
		if c, done, again := e.repeated(ctx, actor, id, d.command, Opening, data); done || again != nil {
			return c, again
		}
	}
	return none, err
}

func (e *Engine[C]) planOpen(actor Actor, body, id string, action Action[C], data json.RawMessage, d doing) (*plan[C], error) {
	if err := checkWord("body", body, store.MaxKey); err != nil {
		return nil, err
	}
	if _, ok := e.tree.Body(body); e.tree != nil && !ok {
		return nil, Invalid("body", "unknown", "there is no body %q", body)
	}
	machine := e.MachineFor(body)
	c := e.fresh()
	h := c.Head()
	*h = Header{
		ID: id, Body: body, State: machine.Initial(), Opened: d.at, Changed: d.at,
		Definition: Pin{machine.Name(), machine.Version(), machine.Fingerprint()},
	}
	roles := e.granted(actor, body)
	role := firstOf(machine.Opens(), roles)
	switch {
	case actor.ID == "":
		return nil, &DeniedError{actor.ID, Opening, id, noActor()}
	case role == "" && actor.Body != body:
		return nil, &DeniedError{actor.ID, Opening, id, otherBody()}
	case role == "":
		return nil, &DeniedError{actor.ID, Opening, id, Block("no_role", "没有发起的权限", "no role that may open a case")}
	}
	act, err := e.act(actor, roles, d, Opening, action, machine, h)
	if err != nil {
		return nil, err
	}
	act.Role = role
	moves := []Move{{Event: Opening, To: h.State}}
	return e.finish(c, act, role, action, data, moves)
}
