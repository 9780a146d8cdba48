package heads

import (
	"context"
	"fmt"

	"github.com/tian-go/tian/proposal/store"
)

// Feed is what heads are collected from. A [store.Store] is one.
type Feed interface {
	Feed(ctx context.Context, after uint64, limit int) ([]store.Line, error)
}

// Collect reads the feed page by page, and returns the day with the last entry of
// every journal in it, of whatever kind. It holds one head a case, and may run
// while others write: what is written meanwhile may be in it or not.
func Collect(ctx context.Context, date string, from Feed) (Day, error) {
	last := make(map[[2]string]Head)
	for l, err := range store.AllLines(ctx, from.Feed, 0) {
		if err != nil {
			return Day{}, fmt.Errorf("heads: feed: %w", err)
		}
		if key := [2]string{l.Kind, l.ID}; l.Seq > last[key].Seq {
			last[key] = Head{Kind: l.Kind, ID: l.ID, Seq: l.Seq, Hash: l.Hash}
		}
	}
	all := make([]Head, 0, len(last))
	for _, h := range last {
		all = append(all, h)
	}
	return New(date, all)
}

// History is what journals are read from. A [store.Store] is one.
type History interface {
	History(ctx context.Context, kind, id string, after uint64, limit int) ([]store.Line, error)
}

// Journals returns the journals of a store, for [Day.Compare].
func Journals(ctx context.Context, from History) Journal {
	return func(kind, id string, seq uint64) (uint64, string, error) {
		lines, err := from.History(ctx, kind, id, seq-1, 1)
		if err != nil {
			return 0, "", err //nolint:wrapcheck // Compare names the case
		}
		if len(lines) == 1 && lines[0].Seq == seq {
			return seq, lines[0].Hash, nil
		}
		// the entry is not there: what is left before it, and after it
		if lines, err = from.History(ctx, kind, id, 0, 0); err != nil || len(lines) == 0 {
			return 0, "", err //nolint:wrapcheck // likewise
		}
		return lines[len(lines)-1].Seq, "", nil
	}
}
