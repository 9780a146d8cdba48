package workflow

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tian-go/tian/proposal/store"
)

// Break is a place where a history is not what was written.
type Break struct {
	ID     string `json:"id"`
	Seq    uint64 `json:"seq"` // of the entry; 0 for the record
	Reason string `json:"reason"`
}

// The reasons of a Break.
const (
	BreakChanged    = "changed"      // the entry is not the one its hash was taken over
	BreakUnreadable = "unreadable"   // the entry or the record is not what this engine writes
	BreakMissing    = "missing"      // one or more entries before this one, or after it, are gone
	BreakForeign    = "foreign"      // the entry does not follow from the one before: inserted, reordered, or another case's
	BreakRecord     = "record"       // the record is not the one its last entry left
	BreakNoRecord   = "no_record"    // a journal whose record is gone
	BreakAlgorithm  = "no_algorithm" // sealed with an algorithm that this engine was not given, or with an older one after the present one
)

// Verify reads the whole history of a case and its record, and returns every
// break: an entry changed, removed, reordered or inserted, or a record that is
// not what its last entry left. It may run while others write. What it cannot
// see is a record and a journal rolled back together to an earlier state, or
// written anew from the start by someone who can compute the hash: keep the last
// hashes elsewhere, or seal with a key, where that is to be feared. Nor does it
// look at the attributes that a case is found by, which are made anew from the
// record with every act.
func (e *Engine[C, R]) Verify(ctx context.Context, id string) ([]Break, error) {
	r, err := e.loadRecord(ctx, id)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return nil, err
	}
	breaks, entries, again := e.inspect(ctx, id, r)
	if err != nil && again == nil && entries == 0 {
		return nil, err
	}
	return breaks, again
}

// inspect holds the journal of a case against r, its record as it was read just
// before, the zero Record when there was none. What looks like a break may be a
// write between the two reads: then it reads again, until nothing has moved.
func (e *Engine[C, R]) inspect(ctx context.Context, id string, r store.Record) (breaks []Break, entries int, err error) {
	for attempt := 1; ; attempt++ {
		stored, err := e.store.History(ctx, e.vocabulary.Kind, id, 0, 0)
		if err != nil {
			return nil, 0, fmt.Errorf("workflow: history of %s: %w", id, err)
		}
		breaks = e.breaks(id, stored)
		switch {
		case r.Revision != 0:
			breaks = append(breaks, e.recordBreaks(r, stored)...)
		case len(stored) > 0:
			breaks = append(breaks, Break{ID: id, Reason: BreakNoRecord})
		}
		if len(breaks) == 0 || attempt == attempts {
			return breaks, len(stored), nil
		}
		now, err := e.loadRecord(ctx, id)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return nil, 0, err
		}
		if now.Revision == r.Revision && bytes.Equal(now.Data, r.Data) {
			return breaks, len(stored), nil
		}
		r = now
	}
}

// breaks follows the chain through a journal.
func (e *Engine[C, R]) breaks(id string, stored []store.Line) []Break {
	var breaks []Break
	next, prev, present := uint64(1), "", false
	for _, s := range stored {
		reason, algorithm := e.breakOf(id, s, next, prev)
		if reason == "" && present && algorithm != e.sealer.name {
			reason = BreakAlgorithm
		}
		if reason != "" {
			breaks = append(breaks, Break{ID: id, Seq: s.Seq, Reason: reason})
		}
		present = present || algorithm == e.sealer.name
		next, prev = s.Seq+1, s.Hash
	}
	return breaks
}

// breakOf returns what is wrong with an entry, "" for nothing, and the algorithm
// it says it is sealed with.
func (e *Engine[C, R]) breakOf(id string, s store.Line, next uint64, prev string) (reason, algorithm string) {
	var entry Entry
	if err := json.Unmarshal(s.Data, &entry); err != nil {
		return BreakUnreadable, ""
	}
	algorithm = entry.Algorithm
	seal, ok := e.sealers[algorithm]
	switch {
	case !ok:
		return BreakAlgorithm, algorithm
	case seal.sum(s.Data) != s.Hash:
		return BreakChanged, algorithm
	case s.Seq > next:
		return BreakMissing, algorithm
	case entry.ID != id, entry.Kind != e.vocabulary.Kind, entry.Seq != s.Seq, entry.Command != s.Command, s.Seq != next, entry.Prev != prev:
		return BreakForeign, algorithm
	}
	return "", algorithm
}

// recordBreaks holds a record against its last entry.
func (e *Engine[C, R]) recordBreaks(r store.Record, stored []store.Line) []Break {
	var env struct {
		Hash   string          `json:"hash"`
		Header json.RawMessage `json:"header"`
		Data   json.RawMessage `json:"data"`
	}
	var h Header
	if json.Unmarshal(r.Data, &env) != nil || json.Unmarshal(env.Header, &h) != nil ||
		!bytes.Equal(wrap(env.Hash, env.Header, env.Data), r.Data) {
		return []Break{{ID: r.ID, Reason: BreakUnreadable}}
	}
	if len(stored) == 0 {
		return []Break{{ID: r.ID, Reason: BreakMissing}}
	}
	last := stored[len(stored)-1]
	if last.Seq < h.Seq {
		return []Break{{ID: r.ID, Seq: last.Seq, Reason: BreakMissing}}
	}
	var entry Entry
	if json.Unmarshal(last.Data, &entry) != nil {
		return nil // said of the entry already
	}
	seal, ok := e.sealers[entry.Algorithm]
	if ok && (env.Hash != last.Hash || h.Seq != last.Seq || seal.digest(env.Header, env.Data) != entry.Digest) {
		return []Break{{ID: r.ID, Reason: BreakRecord}}
	}
	return nil
}

// Report is what an audit of a whole store found.
type Report struct {
	Cases   int     `json:"cases"`
	Entries int     `json:"entries"`
	Broken  []Break `json:"broken"`
	Gaps    []Gap   `json:"gaps,omitempty"`
}

// Gap is a run of positions that the feed does not have. The shipped stores
// number entries without a gap, so that there one means that entries were
// removed, were it all of a case; a store of your own may leave positions out.
type Gap struct {
	From uint64 `json:"from"`
	To   uint64 `json:"to"`
}

// Audit verifies every case of the store, and looks through the feed for
// journals whose record is gone and for gaps. The last case, removed whole,
// leaves none: keep the last hash elsewhere. progress, if not nil, is called after each
// case with the number of cases verified.
func (e *Engine[C, R]) Audit(ctx context.Context, progress func(cases int)) (Report, error) {
	report := Report{Broken: []Break{}}
	seen := make(map[string]bool)
	for after := ""; ; {
		records, err := e.store.Find(ctx, store.Query{Kind: e.vocabulary.Kind, After: after})
		if err != nil {
			return report, fmt.Errorf("workflow: audit: %w", err)
		}
		for _, r := range records {
			breaks, entries, err := e.inspect(ctx, r.ID, r)
			if err != nil {
				return report, fmt.Errorf("workflow: audit: %w", err)
			}
			report.Broken = append(report.Broken, breaks...)
			report.Cases++
			report.Entries += entries
			seen[r.ID] = true
			if progress != nil {
				progress(report.Cases)
			}
		}
		if len(records) < store.DefaultLimit {
			break
		}
		after = records[len(records)-1].ID
	}
	err := e.auditFeed(ctx, seen, &report)
	return report, err
}

// auditFeed reports the entries of this kind whose record is gone, and gaps. A case that
// was opened while the audit ran is looked up before it is reported.
func (e *Engine[C, R]) auditFeed(ctx context.Context, seen map[string]bool, report *Report) error {
	for after := uint64(0); ; {
		entries, err := e.store.Feed(ctx, after, 0)
		if err != nil {
			return fmt.Errorf("workflow: audit: %w", err)
		}
		for _, s := range entries {
			if s.Position > after+1 {
				report.Gaps = append(report.Gaps, Gap{From: after + 1, To: s.Position - 1})
			}
			after = s.Position
			if s.Kind != e.vocabulary.Kind || seen[s.ID] {
				continue
			}
			seen[s.ID] = true
			breaks, err := e.Verify(ctx, s.ID)
			if err != nil {
				return fmt.Errorf("workflow: audit: %w", err)
			}
			report.Broken = append(report.Broken, breaks...)
		}
		if len(entries) < store.DefaultLimit {
			return nil
		}
	}
}
