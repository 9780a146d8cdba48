package workflow

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// Opening is the event of the action that a case begins with.
const Opening = lifecycle.Opening

// Open begins a case in a body, with action's data as its first; the action's
// event is [Opening]. The actor needs one of the roles by which the body's
// definition opens: the one that holds on the moment at which the opening
// happened, to which the case stays pinned. The new case gets a new ID, the same for the same command.
func (e *Engine[C, R]) Open(ctx context.Context, actor Actor, body string, action Action[C, R], options ...DoOption) (C, error) {
	var none C
	d, err := e.doing(options)
	if err != nil {
		return none, err
	}
	if err := e.registered(action); err != nil {
		return none, err
	}
	if event := action.Event(); event != Opening {
		return none, Invalid("action", "not_opening", "一件须以事项%[1]q开始，%[2]T的事项是%[3]q",
			"a case begins with an action whose event is %[1]q, and that of %[2]T is %[3]q", Opening, action, event)
	}
	begins, err := e.opening(body, action, d.command)
	if err != nil {
		return none, err
	}
	cases, err := e.act(ctx, actor, d, begins)
	if err != nil {
		return none, err
	}
	return cases[0], nil
}

// opening returns the deed that begins a case, whose ID follows from the command,
// if there is one.
func (e *Engine[C, R]) opening(body string, action Action[C, R], command string) (*opening[C, R], error) {
	data, err := encode(action)
	if err != nil {
		return nil, err
	}
	id := e.idIn(body, e.newID())
	if command != "" {
		id = e.OpeningID(body, command)
	}
	return &opening[C, R]{e, id, body, action, data}, nil
}

// OpeningID returns the ID of the case that [Engine.Open] begins in a body by a
// command: whoever enters many finds out by reading which of them are in.
func (e *Engine[C, R]) OpeningID(body, command string) string {
	return e.idIn(body, uuid.NewSHA1(uuid.NameSpaceOID, []byte(e.vocabulary.Kind+"\n"+body+"\n"+command)).String())
}

// idIn returns the ID of a case of a body.
func (e *Engine[C, R]) idIn(body, id string) string {
	if e.idsByBody {
		return body + "." + id
	}
	return id
}

// opening is the deed with which a case begins.
type opening[C Case, R any] struct {
	engine   *Engine[C, R]
	id, body string
	action   Action[C, R]
	json     json.RawMessage
}

func (o *opening[C, R]) event() string         { return Opening }
func (o *opening[C, R]) data() json.RawMessage { return o.json }
func (o *opening[C, R]) caseID() string        { return o.id }

// load makes the empty case.
func (o *opening[C, R]) load(_ context.Context, d doing) (C, error) {
	e := o.engine
	var none C
	if err := checkWord("body", o.body, store.MaxKey); err != nil {
		return none, err
	}
	if err := checkID(o.id); err != nil {
		return none, err
	}
	if err := e.tree.known("body", o.body); err != nil {
		return none, err
	}
	machine, _, err := e.machineAt(o.body, d.at)
	if err != nil {
		return none, err
	}
	c := e.vocabulary.Fresh()
	*c.Head() = Header{
		ID: o.id, Body: o.body, State: machine.Initial(), Opened: d.at, Changed: d.at,
		Definition: Pin{machine.Name(), machine.Version(), machine.Fingerprint()}, machine: machine,
	}
	return c, nil
}

func (o *opening[C, R]) authorise(act *Act[R], c C) (asked, error) {
	h := c.Head()
	act.Action, act.Roles = o.action, o.engine.granted(act.Actor, h.Body)
	act.Role = firstOf(act.machine.Opens(), act.Roles)
	switch {
	case act.Actor.ID == "":
		return asked{}, &DeniedError{"", Opening, o.id, noActor()}
	case act.Role == "" && act.Actor.Body != h.Body:
		return asked{}, &DeniedError{act.Actor.ID, Opening, o.id, otherBody()}
	case act.Role == "":
		return asked{}, &DeniedError{act.Actor.ID, Opening, o.id,
			Block(lifecycle.BlockNoRole, "没有发起的权限", "no role that may open a case")}
	}
	return asked{move: &Move{Event: Opening, To: h.State}}, nil
}

func (o *opening[C, R]) gather(context.Context) error { return nil }

func (o *opening[C, R]) apply(act *Act[R], c C) (any, error) {
	return nil, o.action.Apply(act, c) //nolint:wrapcheck // an action's error is the caller's own
}
