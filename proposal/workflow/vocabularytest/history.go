package vocabularytest

import (
	"context"
	"testing"

	"github.com/tian-go/tian/proposal/workflow"
)

// Histories holds the cases of an engine to their journals: an audit finds nothing
// broken, and each history leads on the main line from state to state, from the
// beginning to where the case is. It returns how many cases and entries there are.
func Histories[C workflow.Case, R any](t testing.TB, e *workflow.Engine[C, R]) (cases, entries int) {
	t.Helper()
	ctx := context.Background()
	report, err := e.Audit(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range report.Broken {
		t.Errorf("%+v", b)
	}
	if err := e.Each(ctx, func(c C) error {
		history, err := e.History(ctx, c.Head().ID)
		if err != nil {
			return err
		}
		state := ""
		for _, entry := range history {
			for _, m := range entry.Moves {
				if m.Line != "" {
					continue
				}
				if m.From != state {
					t.Errorf("entry %d of %s leads from %q, and the one before to %q", entry.Seq, c.Head().ID, m.From, state)
				}
				state = m.To
			}
		}
		if state != c.Head().State {
			t.Errorf("the history of %s leads to %q, and it is in %q", c.Head().ID, state, c.Head().State)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return report.Cases, report.Entries
}
