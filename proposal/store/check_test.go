package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
)

func TestCheckNamesTheRecordAndTheFault(t *testing.T) {
	record := func(r store.Record) store.Change { return store.Change{Record: r} }
	entries := func(e ...store.Line) store.Change {
		return store.Change{Record: store.Record{Kind: "case", ID: "a"}, Entries: e}
	}
	for says, changes := range map[string][]store.Change{
		"store: invalid: kind is empty:  a":                                      {record(store.Record{ID: "a"})},
		"store: invalid: id is empty: case ":                                     {record(store.Record{Kind: "case"})},
		"store: invalid: id has 129 bytes, more than 128":                        {record(store.Record{Kind: "case", ID: strings.Repeat("x", 129)})},
		"store: invalid: id holds a NUL byte":                                    {record(store.Record{Kind: "case", ID: "a\x00"})},
		"store: invalid: id is not valid UTF-8":                                  {record(store.Record{Kind: "case", ID: "\xff"})},
		"store: invalid: attribute name is empty: case a":                        {record(store.Record{Kind: "case", ID: "a", Index: []store.Attr{{Value: "v"}}})},
		"store: invalid: attribute title has 1025 bytes, more than 1024: case a": {record(store.Record{Kind: "case", ID: "a", Index: []store.Attr{{Name: "title", Value: strings.Repeat("x", 1025)}}})},
		"store: invalid: body has 8388609 bytes, more than 8388608: case a":      {record(store.Record{Kind: "case", ID: "a", Data: make([]byte, store.MaxBody+1)})},
		"store: invalid: entry 0 has 8388609 bytes, more than 8388608: case a":   {entries(store.Line{Seq: 1, Data: make([]byte, store.MaxBody+1)})},
		"store: invalid: revision 9223372036854775808 is more than":              {record(store.Record{Kind: "case", ID: "a", Revision: 1 << 63})},
		"store: invalid: entry 0 has seq 0 out of order: case a":                 {entries(store.Line{})},
		"store: invalid: entry 1 has seq 3 out of order: case a":                 {entries(store.Line{Seq: 1}, store.Line{Seq: 3})},
		"store: invalid: entry 1 has seq 1 out of order: case a":                 {entries(store.Line{Seq: 1}, store.Line{Seq: 1})},
		"store: invalid: entry 0 belongs to case b: case a":                      {entries(store.Line{Seq: 1, Kind: "case", ID: "b"})},
		"store: invalid: entries 0 and 1 have the same command c: case a":        {entries(store.Line{Seq: 1, Command: "c"}, store.Line{Seq: 2, Command: "c"})},
		"store: invalid: hash has 129 bytes, more than 128: case a":              {entries(store.Line{Seq: 1, Hash: strings.Repeat("x", 129)})},
		"store: invalid: changed twice in one commit: case a":                    {entries(), entries()},
	} {
		err := store.Check(changes...)
		require.ErrorIs(t, err, store.ErrInvalid, says)
		require.ErrorContains(t, err, says)
		var refused *store.RecordError
		require.ErrorAs(t, err, &refused)
		require.Equal(t, changes[0].Record.ID, refused.ID)
	}
	require.NoError(t, store.Check())
	require.NoError(t, store.Check(entries(store.Line{Seq: 7}, store.Line{Seq: 8, Kind: "case", ID: "a", Command: "c"}),
		record(store.Record{Kind: "topic", ID: "a", Revision: store.MaxNumber, Index: []store.Attr{{Name: "n"}}})))
}

func TestCheckQueryNamesTheCondition(t *testing.T) {
	where := func(m ...store.Match) store.Query { return store.Query{Kind: "case", Where: m} }
	for says, q := range map[string]store.Query{
		"kind is empty":                               {},
		"after holds a NUL byte":                      {Kind: "case", After: store.Place{ID: "\x00"}},
		"attribute name is empty":                     where(store.Match{Op: store.Is, Values: []string{"a"}}),
		"state: no value to compare with":             where(store.Match{Attr: "state", Op: store.Is}),
		"due: below takes one value, not 2":           where(store.Match{Attr: "due", Op: store.Below, Values: []string{"a", "b"}}),
		`due: unknown comparison "above"`:             where(store.Match{Attr: "due", Op: "above", Values: []string{"a"}}),
		"value of due is not valid UTF-8":             where(store.Match{Attr: "due", Op: store.Is, Values: []string{"\xff"}}),
		"id: more than 1000 values to compare with":   where(store.Match{Attr: "id", Op: store.Is, Values: make([]string, 1001)}),
		"more: more than 1000 values to compare with": where(store.Match{Attr: "id", Op: store.Is, Values: make([]string, 1000)}, store.Match{Attr: "more", Op: store.Is, Values: []string{""}}),
	} {
		err := store.CheckQuery(q)
		require.ErrorIs(t, err, store.ErrInvalid, says)
		require.ErrorContains(t, err, says)
	}
}

func TestEntriesContinueTheJournal(t *testing.T) {
	for _, c := range []struct {
		seqs []uint64
		last uint64
		ok   bool
	}{
		{nil, 5, true},
		{[]uint64{1}, 0, true},
		{[]uint64{6, 7}, 5, true},
		{[]uint64{5}, 5, false},
		{[]uint64{7}, 5, false},
	} {
		change := store.Change{Record: store.Record{Kind: "case", ID: "a"}}
		for _, seq := range c.seqs {
			change.Entries = append(change.Entries, store.Line{Seq: seq})
		}
		err := store.CheckSeq(change, c.last)
		require.Equal(t, c.ok, err == nil, "%v after %d: %v", c.seqs, c.last, err)
		require.Equal(t, !c.ok, errors.Is(err, store.ErrInvalid))
	}
}

func TestARecordThatExistsIsAConflict(t *testing.T) {
	exists := fmt.Errorf("engine: %w", &store.RecordError{Kind: "case", ID: "a", Err: store.ErrExists})
	require.ErrorIs(t, exists, store.ErrExists)
	require.ErrorIs(t, exists, store.ErrConflict)
	conflict := &store.RecordError{Kind: "case", ID: "a", Err: store.ErrConflict}
	require.NotErrorIs(t, conflict, store.ErrExists)
	duplicate := &store.RecordError{Kind: "case", ID: "a", Command: "c", Err: store.ErrDuplicate}
	require.NotErrorIs(t, duplicate, store.ErrConflict)
	require.EqualError(t, duplicate, "store: duplicate command: case a, command c")
}

func TestLimitsAreCutToSize(t *testing.T) {
	for limit, want := range map[int]int{-1: 100, 0: 100, 1: 1, 10000: 10000, 10001: 10000} {
		require.Equal(t, want, store.Limit(limit))
	}
}
