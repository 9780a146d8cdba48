package workflow

import (
	"bytes"
	"context"
)

// repeated reports whether the command has been done to every case of the deeds
// already, and returns the cases as they are now. The same command for something
// else, or given by someone else, is an error.
func (e *Engine[C, R]) repeated(ctx context.Context, actor Actor, given doing, deeds []deed[C, R]) ([]C, bool, error) {
	cases := make([]C, len(deeds))
	for i, d := range deeds {
		c, done, err := e.repeatedOne(ctx, actor, given, d)
		if err != nil || !done {
			return nil, false, err
		}
		cases[i] = c
	}
	return cases, true, nil
}

func (e *Engine[C, R]) repeatedOne(ctx context.Context, actor Actor, given doing, d deed[C, R]) (C, bool, error) {
	var none C
	entries, err := e.History(ctx, d.caseID())
	if err != nil {
		return none, false, err
	}
	for _, entry := range entries {
		if entry.Command != given.key() {
			continue
		}
		if entry.Actor != actor.ID || entry.For != actor.For || entry.Body != actor.Body || entry.Unit != actor.Unit {
			return none, false, Invalid("command", "reused", "指令号%q已由%q用于%[4]s的第%[3]d条",
				"command %q was given by %q, for entry %d of %s", given.command, entry.Actor, entry.Seq, entry.ID)
		}
		erased := len(entry.ErasedBy) > 0 // then nobody can tell what was asked for
		if entry.Event != d.event() || !erased && !bytes.Equal(entry.Action, d.data()) {
			return none, false, Invalid("command", "reused", "指令号%q已用于%[3]s的%[2]s（第%[4]d条）",
				"command %q was given for %s of %s, entry %d", given.command, entry.Event, entry.ID, entry.Seq)
		}
		c, err := e.Get(ctx, entry.ID)
		return c, err == nil, err
	}
	return none, false, nil
}
