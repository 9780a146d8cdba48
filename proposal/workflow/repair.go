package workflow

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/store"
)

// Repair puts right what an audit finds wrong with what is derived, and returns it:
// what a case is found by is written anew from its record, a name that an entry claimed
// is kept for its case again, and a name that is kept for a case whose history is whole
// and does not claim it is free again. Nothing else is touched: a record, an entry or
// the order of the feed cannot be derived from anything, and stays a finding of
// [Engine.Audit].
//
// A name that two cases claim stays with the one that has it. One that is kept for a case
// that is not there is freed only where the feed has no gap: else it may be that of a case
// which was removed. Adoptions and refusals are repaired with it. It may run while others
// write, and be broken off and begun again.
func (e *Engine[C, R]) Repair(ctx context.Context) (mended []Break, err error) {
	edited, err := e.misindexed(ctx)
	if err != nil {
		return nil, fmt.Errorf("workflow: repair: %w", err)
	}
	found := newAudit(e)
	gaps, err := audited(ctx, e.store, []looking{found})
	if err != nil {
		return nil, fmt.Errorf("workflow: repair: %w", err)
	}
	for _, b := range found.report.Broken {
		now := false
		switch {
		case b.Reason == BreakIndex:
			has, is := edited[b.ID]
			now, err = e.repairIndex(ctx, b.ID, has, is)
		case b.Reason == BreakClaim && b.Seq > 0:
			now, err = e.repairClaims(ctx, b)
		}
		if err != nil {
			return mended, fmt.Errorf("workflow: repair of %s: %w", b.ID, err)
		}
		if now {
			mended = append(mended, b)
		}
	}
	freed, err := e.freeClaims(ctx, len(gaps) == 0)
	if mended = append(mended, freed...); err != nil {
		return mended, fmt.Errorf("workflow: repair: %w", err)
	}
	if e.adoptions != nil {
		more, err := e.adoptions.Repair(ctx)
		if mended = append(mended, more...); err != nil {
			return mended, err
		}
	}
	if e.refusals != nil {
		more, err := e.refusals.Repair(ctx)
		return append(mended, more...), err
	}
	return mended, nil
}

// repairIndex writes anew what a case is found by.
func (e *Engine[C, R]) repairIndex(ctx context.Context, id string, has []store.Attr, edited bool) (bool, error) {
	r, _, err := e.load(ctx, id)
	if errors.Is(err, ErrNotFound) { // the index alone has it
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return e.reindex(ctx, r, has, edited)
}

// repairClaims has the names that an entry claimed kept for its case, and reports
// whether one of them was not.
func (e *Engine[C, R]) repairClaims(ctx context.Context, b Break) (mended bool, err error) {
	stored, err := e.store.History(ctx, e.vocabulary.Kind, b.ID, b.Seq-1, 1)
	if err != nil {
		return false, err //nolint:wrapcheck // Repair says where
	}
	for _, claim := range claimedIn(stored) {
		now, err := e.reclaim(ctx, b.ID, claim.name)
		if err != nil {
			return mended, err
		}
		mended = mended || now
	}
	return mended, nil
}

// reclaim has a name kept for a case that claimed it, unless another has claimed it too.
func (e *Engine[C, R]) reclaim(ctx context.Context, id, name string) (bool, error) {
	kept, _, err := e.store.Load(ctx, e.claimKind(), claimID(name))
	switch {
	case errors.Is(err, ErrNotFound):
		kept = store.Record{Kind: e.claimKind(), ID: claimID(name)}
	case err != nil:
		return false, err //nolint:wrapcheck // the store names the record
	case string(kept.Data) == string(claimOf(id, name)):
		return false, nil
	default:
		holder, _, _ := strings.Cut(string(kept.Data), "\n")
		foreign, err := e.foreign(ctx, kept.ID, holder)
		if err != nil || !foreign {
			return false, err
		}
	}
	kept.Data = claimOf(id, name)
	return e.claimed(ctx, kept)
}

// freeClaims frees the names that are kept for cases that did not claim them, and
// returns what is mended by it; missing says whether also for cases that are not there.
func (e *Engine[C, R]) freeClaims(ctx context.Context, missing bool) (mended []Break, err error) {
	for r, err := range store.AllRecords(ctx, e.store.Find, store.Query{Kind: e.claimKind()}) {
		if err != nil {
			return mended, err //nolint:wrapcheck // Repair says where
		}
		if free(r) {
			continue
		}
		id, _, _ := strings.Cut(string(r.Data), "\n")
		foreign, err := e.foreign(ctx, r.ID, id)
		if err != nil {
			return mended, err
		}
		if !foreign {
			continue
		}
		whole, there, err := e.wholeHistory(ctx, id)
		if err != nil {
			return mended, err
		}
		if there && !whole || !there && !missing {
			continue
		}
		r.Data = []byte(freed)
		now, err := e.claimed(ctx, r)
		if err != nil {
			return mended, err
		}
		if now {
			mended = append(mended, Break{ID: id, Reason: BreakClaim})
		}
	}
	return mended, nil
}

// wholeHistory reports whether the journal of a case is whole, and whether there is one.
func (e *Engine[C, R]) wholeHistory(ctx context.Context, id string) (whole, there bool, err error) {
	if checkID(id) != nil {
		return false, false, nil //nolint:nilerr // what is no ID has no history
	}
	breaks, stored, err := e.inspect(ctx, id, store.Record{})
	broken := slices.ContainsFunc(breaks, func(b Break) bool {
		return b.Reason != BreakClaim && b.Reason != BreakIndex && b.Reason != BreakNoRecord
	})
	return !broken, len(stored) > 0, err
}

// claimed writes a claim, and reports whether nobody else did meanwhile.
func (e *Engine[C, R]) claimed(ctx context.Context, r store.Record) (bool, error) {
	err := e.store.Commit(ctx, store.Change{Record: r})
	if errors.Is(err, ErrConflict) {
		return false, nil
	}
	return err == nil, err //nolint:wrapcheck // the store names the record
}

// freed is the content of a claim that is free again: no store deletes a record.
const freed = "\n"

func free(r store.Record) bool { return string(r.Data) == freed }

// takeFreed has changes claim anew a name that is there and free, and reports whether
// it is.
func (e *Engine[C, R]) takeFreed(ctx context.Context, changes []store.Change, claim string) bool {
	kept, _, err := e.store.Load(ctx, e.claimKind(), claim)
	if err != nil || !free(kept) {
		return false
	}
	for i := range changes {
		r := &changes[i].Record
		if r.Kind == e.claimKind() && r.ID == claim && r.Revision == 0 {
			r.Revision = kept.Revision
			return true
		}
	}
	return false
}
