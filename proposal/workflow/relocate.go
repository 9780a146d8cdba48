package workflow

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// Relocation moves cases to another body, as when districts are merged or divided
// (区划调整).
type Relocation struct {
	Cases  []string `json:"cases"` // those that go together, at most a hundred
	To     string   `json:"to"`
	Reason string   `json:"reason"`
}

// mostRelocated is how many cases go together: the journal of each names all.
const mostRelocated = 100

// Relocate moves cases to another body, as one act: all of them or none. Each takes
// its history and its data with it, numbers included, and stays pinned to its
// definition. From then on those act on it, and find it, who are somebody in the new
// body; its rules hold, and running clocks are counted by its calendar. The old body
// keeps a trace: the case is found by the attribute "left", its header says when and
// why it went, and a lifecycle.Sight with "left" says who there still sees what.
//
// The actor needs the role [Administrator] in both bodies. What the vocabulary has
// against it, such as rules of the new body that do not know a code in use, is a
// blocker. It returns the cases in their order.
func (e *Engine[C, R]) Relocate(ctx context.Context, actor Actor, r Relocation, options ...DoOption) ([]C, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	if err := checkWord("to", r.To, store.MaxKey); err != nil {
		return nil, err
	}
	if err := e.tree.known("to", r.To); err != nil {
		return nil, err
	}
	d, err := e.doing(options)
	if err != nil {
		return nil, err
	}
	data, err := encode(r)
	if err != nil {
		return nil, err
	}
	deeds := make([]deed[C, R], len(r.Cases))
	for i, id := range r.Cases {
		deeds[i] = &ownAct[C, R]{
			engine: e, id: id, name: Relocated, json: data, permit: administrators[C],
			change: func(act *Act[R], c C) (any, error) { return e.relocate(act, c, r) },
		}
	}
	return e.act(ctx, actor, d, deeds...)
}

func (r Relocation) check() error {
	switch n := utf8.RuneCountInString(r.Reason); {
	case len(r.Cases) == 0:
		return Invalid("cases", "empty", "没有指明哪些件", "no case is named")
	case len(r.Cases) > mostRelocated:
		return Invalid("cases", "too_many", "一次%d件，超过%d件", "%d cases at once, more than %d", len(r.Cases), mostRelocated)
	case r.To == "":
		return Invalid("to", "empty", "没有指明移交给哪一级政协", "no body is named to move to")
	case strings.TrimSpace(r.Reason) == "":
		return Invalid("reason", "empty", "移交须有理由", "a move to another body needs a reason")
	case n > maxReason:
		return Invalid("reason", "too_long", "%d字，超过%d字", "%d characters, more than %d", n, maxReason)
	}
	for i, id := range r.Cases {
		if slices.Contains(r.Cases[:i], id) {
			return Invalid(fmt.Sprintf("cases[%d]", i), "duplicate", "%s重复", "%s is there twice", id)
		}
	}
	return nil
}

// departure is the note of a relocation.
type departure struct {
	From  string        `json:"from"`
	Moved []clock.Moved `json:"moved,omitempty"` // due dates that the calendar of the new body moves
}

func (e *Engine[C, R]) relocate(act *Act[R], c C, r Relocation) (any, error) {
	h := c.Head()
	from := h.Body
	if from == r.To {
		return nil, &RefusedError{h.ID, act.Event, h.State, []Blocker{Block("same_body",
			fmt.Sprintf("本件已属%s", from), fmt.Sprintf("the case is of %q already", from))}}
	}
	if !slices.Contains(e.granted(act.Actor, r.To), Administrator) {
		return nil, &DeniedError{act.Actor.ID, act.Event, h.ID, Block("no_role_there",
			fmt.Sprintf("在%s没有接收的权限", r.To), fmt.Sprintf("no role in %q that may receive it", r.To))}
	}
	before := act.Rules
	if err := e.situate(act, r.To); err != nil {
		return nil, err
	}
	if e.vocabulary.Relocate != nil {
		if blockers := e.vocabulary.Relocate(act, c, before, r); len(blockers) > 0 {
			return nil, &RefusedError{h.ID, act.Event, h.State, blockers}
		}
	}
	h.Body = r.To
	h.Stays = append(h.Stays, Stay{Body: from, Until: act.At, By: act.Actor.ID, Reason: r.Reason})
	fired, err := e.autos(act, c)
	if err != nil {
		return nil, err
	}
	act.moves = fired
	note := departure{From: from, Moved: e.recount(act, c)}
	return note, e.tick(act, c, fired)
}
