package workflow

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/store"
)

// claimed is a name with the entry that claimed it.
type claimed struct {
	seq  uint64
	name string
}

// claimedIn returns the names that the entries of a journal claimed. Entries that
// cannot be read are breaks already.
func claimedIn(stored []store.Line) (names []claimed) {
	for _, s := range stored {
		if !bytes.Contains(s.Data, []byte(`"claims":`)) {
			continue
		}
		if entry, err := DecodeEntry(s); err == nil {
			for _, name := range entry.Claims {
				names = append(names, claimed{s.Seq, name})
			}
		}
	}
	return names
}

// foundBreaks looks at what a case whose history is whole is found by, and at the
// names that are kept for it.
func (e *Engine[C, R]) foundBreaks(ctx context.Context, r store.Record, stored []store.Line) (breaks []Break, err error) {
	c, err := e.openKnown(r)
	newer := errors.Is(err, ErrNewer) // by what else it is found, this program cannot say
	if newer {
		c, err = e.open(r)
	}
	if err != nil {
		return []Break{{ID: r.ID, Reason: BreakUnreadable}}, nil //nolint:nilerr // that is the finding
	}
	if !newer && c.Head().machine != nil && !slices.Equal(e.computed(c, e.attributes(c)), e.computed(c, r.Index)) {
		breaks = append(breaks, Break{ID: r.ID, Reason: BreakIndex})
	}
	for _, claim := range claimedIn(stored) {
		kept, _, err := e.store.Load(ctx, e.claimKind(), claimID(claim.name))
		switch {
		case err != nil && !errors.Is(err, ErrNotFound):
			return nil, err //nolint:wrapcheck // the store names the record
		case err != nil, !bytes.Equal(kept.Data, claimOf(r.ID, claim.name)):
			breaks = append(breaks, Break{ID: r.ID, Seq: claim.seq, Reason: BreakClaim})
		}
	}
	return breaks, nil
}

// computed returns the attributes of a case that this engine can compute, in
// order. Whose bodies lie above a body that it was not told of, it cannot say.
func (e *Engine[C, R]) computed(c C, index []store.Attr) []store.Attr {
	index = store.SortIndex(index)
	if _, told := e.tree.Body(c.Head().Body); told {
		return index
	}
	return slices.DeleteFunc(index, func(a store.Attr) bool { return a.Name == seer && strings.HasPrefix(a.Value, "grant\x1f") })
}
