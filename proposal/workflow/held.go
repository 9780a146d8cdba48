package workflow

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/store"
)

// held holds a record against the entry that came with it, the last of its
// journal. What was edited behind the engine's back is not acted on, and so never
// sealed over: it stays a finding of [Engine.Verify] until somebody sees to it.
func (e *Engine[C, R]) held(r store.Record, last store.Line, h *Header) error {
	if b := e.breakOfRecord(r, last, h.Seq); b.Reason != "" {
		return fmt.Errorf("%w: %s %s: %s", ErrBroken, r.Kind, r.ID, b.Reason)
	}
	return nil
}

// acceptance is the note of an Accept: both versions.
type acceptance struct {
	Expected string `json:"expected"` // the digest that the last entry left
	Found    string `json:"found"`    // that of the record
	Record   string `json:"record"`   // as it was found
}

// Accept takes a record that is not the one its last entry left, as it is found,
// after somebody has looked at it: the history says who did, why, what was
// expected and what was found, and the case can be acted on again. The actor
// needs the role [Administrator]. One that is as it was left is refused. Whoever
// would rather have it as it was puts the bytes back in the database: then
// nothing is to be accepted.
func (e *Engine[C, R]) Accept(ctx context.Context, actor Actor, id, reason string, options ...DoOption) (C, error) {
	own := &ownAct[C, R]{
		engine: e, id: id, name: Accepted, permit: administrators[C], unheld: true,
		change: func(act *Act[R], c C) (any, error) { return e.accept(ctx, act, c, reason) },
	}
	return own.do(ctx, actor, map[string]string{"reason": reason}, options)
}

func (e *Engine[C, R]) accept(ctx context.Context, act *Act[R], c C, reason string) (any, error) {
	h := c.Head()
	switch n := utf8.RuneCountInString(reason); {
	case strings.TrimSpace(reason) == "":
		return nil, Invalid("reason", "empty", "认可记录须有理由", "accepting a record needs a reason")
	case n > maxReason:
		return nil, Invalid("reason", "too_long", "%d字，超过%d字", "%d characters, more than %d", n, maxReason)
	}
	r, last, err := e.load(ctx, h.ID)
	if err != nil {
		return nil, err
	}
	if last.Seq == 0 || e.recordBreak(r, last) == (Break{}) {
		return nil, &RefusedError{h.ID, act.Event, h.State, []Blocker{
			Block("not_broken", "记录与留痕相符，无须认可", "the record is as its last entry left it"),
		}}
	}
	entry, err := DecodeEntry(last)
	if err != nil {
		return nil, err
	}
	record, err := e.write(c, nil)
	if err != nil {
		return nil, err
	}
	h.Hash, h.Seq = last.Hash, last.Seq // the chain goes on from the journal, whatever the record says
	return acceptance{Expected: entry.Digest, Found: e.sealer.sum(record.sealed()), Record: string(r.Data)}, nil
}
