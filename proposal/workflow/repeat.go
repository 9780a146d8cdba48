package workflow

import (
	"bytes"
	"context"
	"encoding/json"
)

// repeatedAll tells whether the command has been done to every case already,
// and returns them as they are now.
func (e *Engine[C]) repeatedAll(ctx context.Context, actor Actor, steps []Step[C], data []json.RawMessage, command string) ([]C, bool, error) {
	cases := make([]C, len(steps))
	for i, s := range steps {
		c, done, err := e.repeated(ctx, actor, s.ID, command, s.Action.Event(), data[i])
		if err != nil || !done {
			return nil, false, err
		}
		cases[i] = c
	}
	return cases, true, nil
}

// repeated tells whether the command has been done to the case already, and
// returns the case as it is now. The same command for something else, or given
// by someone else, is an error.
func (e *Engine[C]) repeated(ctx context.Context, actor Actor, id, command, event string, data json.RawMessage) (C, bool, error) {
	var none C
	entries, err := e.History(ctx, id)
	if err != nil {
		return none, false, err
	}
	for _, entry := range entries {
		if entry.Command != command {
			continue
		}
		if entry.Actor != actor.ID || entry.Body != actor.Body || entry.Unit != actor.Unit {
			return none, false, Invalid("command", "reused", "command %q was given by %q, for entry %d of %s", command, entry.Actor, entry.Seq, id)
		}
		if entry.Event != event || !bytes.Equal(entry.Action, data) {
			return none, false, Invalid("command", "reused", "command %q was given for %s of %s, entry %d", command, entry.Event, id, entry.Seq)
		}
		c, err := e.Get(ctx, id)
		return c, err == nil, err
	}
	return none, false, nil
}
