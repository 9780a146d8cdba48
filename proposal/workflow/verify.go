package workflow

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal/store"
)

// Verify reads the whole history of a case and its record, and returns every
// break: an entry changed, removed, reordered or inserted, or a record that is
// not what its last entry left. It may run while others write. What it cannot
// see is a record and a journal rolled back together to an earlier state, or
// written anew from the start by someone who can compute the hash: keep the last
// hashes elsewhere, or seal with a key, where that is to be feared. Of a history
// that is whole it also looks at what the case is found by and at the names that
// it claimed: for that the engine needs the options of the one that writes, as its
// lists, bodies and rules. Where this engine does not have the definition of a case, it cannot
// say what the case is found by, and passes over it; where it does not know the
// body, over who sees the case from above.
func (e *Engine[C, R]) Verify(ctx context.Context, id string) ([]Break, error) {
	r, _, err := e.loadRecord(ctx, id)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return nil, err
	}
	breaks, stored, again := e.inspect(ctx, id, r)
	if err != nil && again == nil && len(stored) == 0 {
		return nil, err
	}
	return breaks, again
}

// inspect holds the journal of a case against r, its record as it was read just
// before, the zero Record when there was none. What looks like a break may be a
// write between the two reads: then it reads again, until nothing has moved.
func (e *Engine[C, R]) inspect(ctx context.Context, id string, r store.Record) (breaks []Break, stored []store.Line, err error) {
	for attempt := 1; ; attempt++ {
		stored, err = e.store.History(ctx, e.vocabulary.Kind, id, 0, 0)
		if err != nil {
			return nil, nil, fmt.Errorf("workflow: history of %s: %w", id, err)
		}
		breaks, _ = e.chain(id, stored)
		switch {
		case r.Revision != 0:
			var last store.Line
			if len(stored) > 0 {
				last = stored[len(stored)-1]
			}
			if b := e.recordBreak(r, last); b.Reason != "" && !slices.Contains(breaks, b) {
				breaks = append(breaks, b)
			}
		case len(stored) > 0:
			breaks = append(breaks, Break{ID: id, Reason: BreakNoRecord})
		}
		if len(breaks) == 0 && r.Revision != 0 {
			if breaks, err = e.foundBreaks(ctx, r, stored); err != nil {
				return nil, nil, err
			}
		}
		if len(breaks) == 0 || attempt == attempts {
			return breaks, stored, nil
		}
		now, _, err := e.loadRecord(ctx, id)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return nil, nil, err
		}
		if now.Revision == r.Revision && bytes.Equal(now.Data, r.Data) && slices.Equal(store.SortIndex(now.Index), store.SortIndex(r.Index)) {
			return breaks, stored, nil
		}
		r = now
	}
}

// chain follows the chain through a journal, and what it has to hold.
func (e *Engine[C, R]) chain(id string, stored []store.Line) (breaks []Break, contents *contents) {
	next, prev, present := uint64(1), "", false
	contents = newContents()
	for _, s := range stored {
		reason, algorithm := e.breakOf(id, s, next, prev, contents)
		if reason == "" && present && algorithm != e.sealer.name {
			reason = BreakAlgorithm
		}
		if reason != "" {
			breaks = append(breaks, Break{ID: id, Seq: s.Seq, Reason: reason})
		}
		present = present || algorithm == e.sealer.name
		next, prev = s.Seq+1, s.Hash
	}
	for _, seq := range contents.wrong() {
		breaks = append(breaks, Break{ID: id, Seq: seq, Reason: BreakContent})
	}
	slices.SortStableFunc(breaks, func(a, b Break) int { return cmp.Compare(a.Seq, b.Seq) })
	return breaks, contents
}

// breakOf returns what is wrong with an entry, "" for nothing, and the algorithm
// it says it is sealed with. What it says about contents goes into contents.
func (e *Engine[C, R]) breakOf(id string, s store.Line, next uint64, prev string, contents *contents) (reason, algorithm string) {
	var entry Entry
	said, content, ok := parts(s.Data)
	if !ok || json.Unmarshal(said, &entry) != nil {
		return BreakUnreadable, ""
	}
	algorithm = entry.Algorithm
	seal, ok := e.sealers[algorithm]
	switch {
	case !ok:
		return BreakAlgorithm, algorithm
	case seal.sum(said) != s.Hash:
		return BreakChanged, algorithm
	case s.Seq > next:
		return BreakMissing, algorithm
	case entry.ID != id, entry.Kind != e.vocabulary.Kind, entry.Seq != s.Seq, entry.Command != s.Command, s.Seq != next, entry.Prev != prev:
		return BreakForeign, algorithm
	}
	if !contents.follows(entry, seal, content) {
		return BreakContent, algorithm
	}
	return "", algorithm
}

// recordBreak holds a record against the last entry of its journal; the zero
// Break says that it is the one the entry left.
func (e *Engine[C, R]) recordBreak(r store.Record, last store.Line) Break {
	_, header, _, ok := unwrap(r.Data)
	var h struct {
		Seq uint64 `json:"seq"`
	}
	if !ok || json.Unmarshal(header, &h) != nil {
		return Break{ID: r.ID, Reason: BreakUnreadable}
	}
	return e.breakOfRecord(r, last, h.Seq)
}

// breakOfRecord is recordBreak of a record whose header says that its journal
// ends at seq.
func (e *Engine[C, R]) breakOfRecord(r store.Record, last store.Line, seq uint64) Break {
	if last.Seq < seq || last.Seq == 0 {
		return Break{ID: r.ID, Seq: last.Seq, Reason: BreakMissing}
	}
	said, told, whole := parts(last.Data)
	end, ok := endOf(said)
	if !whole || !ok {
		return Break{ID: r.ID, Seq: last.Seq, Reason: BreakUnreadable}
	}
	seal, ok := e.sealers[end.algorithm]
	hash, header, data, _ := unwrap(r.Data)
	switch {
	case !ok:
		return Break{ID: r.ID, Seq: last.Seq, Reason: BreakAlgorithm}
	case seal.sum(said) != last.Hash:
		return Break{ID: r.ID, Seq: last.Seq, Reason: BreakChanged}
	case seal.sum(told) != end.content: // of the last entry nothing has been erased
		return Break{ID: r.ID, Seq: last.Seq, Reason: BreakContent}
	case string(hash) != last.Hash, seq != last.Seq, seal.digest(header, data) != end.digest:
		return Break{ID: r.ID, Reason: BreakRecord}
	}
	return Break{}
}

// ending is what stands at the end of the sealed part of an entry.
type ending struct{ content, digest, algorithm string }

// endOf returns the end of a sealed part. It is asked before every act, and does
// not read the rest: whether that was edited is told by the hash.
func endOf(said []byte) (end ending, ok bool) {
	value := func(key string) string {
		_, after, there := bytes.Cut(said[max(bytes.LastIndex(said, []byte(key)), 0):], []byte(key))
		text, _, closed := bytes.Cut(after, []byte{'"'})
		ok = ok && there && closed
		return string(text)
	}
	ok = true
	end = ending{value(`"content":"`), value(`"digest":"`), value(`"algorithm":"`)}
	return end, ok
}
