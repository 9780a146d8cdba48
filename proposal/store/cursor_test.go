package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
)

// written is a store with so many entries, whose seals begin with a word.
func written(t *testing.T, n int, seal string) *memory.Store {
	t.Helper()
	st := memory.New()
	for i := range n {
		require.NoError(t, st.Commit(context.Background(), store.Change{Record: store.Record{Kind: "case", ID: fmt.Sprint(i)},
			Entries: []store.Line{{Seq: 1, Hash: fmt.Sprint(seal, i)}}}))
	}
	return st
}

// A reader that follows the feed meets every entry once, whatever its pages.
func TestAReaderThatFollowsMeetsEveryEntryOnce(t *testing.T) {
	ctx := context.Background()
	st := written(t, 25, "a")
	for _, limit := range []int{1, 3, 24, 25, 26, 0, store.MaxLimit} {
		var c store.Cursor
		var met []string
		for {
			lines, next, err := store.Follow(ctx, st, c, limit)
			require.NoError(t, err)
			if len(lines) == 0 {
				require.Equal(t, c, next)
				break
			}
			for _, l := range lines {
				met = append(met, l.ID)
			}
			text, err := json.Marshal(next)
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(text, &c)) // as a reader keeps it
			require.Equal(t, next, c)
		}
		require.Len(t, met, 25)
		for i, id := range met {
			require.Equal(t, fmt.Sprint(i), id)
		}
	}
}

// A database restored from a backup is told from the one that was read, whether
// it ends before the reader or has gone on by itself.
func TestAReaderIsToldThatADatabaseWasRestored(t *testing.T) {
	ctx := context.Background()
	_, c, err := store.Follow(ctx, written(t, 10, "a"), store.Cursor{}, 8)
	require.NoError(t, err)
	require.EqualValues(t, 8, c.Position)
	for name, restored := range map[string]struct {
		st    store.Store
		other bool
	}{
		"behind": {written(t, 5, "a"), false}, "empty": {memory.New(), false},
		"as far, with other entries": {written(t, 8, "b"), true}, "further": {written(t, 20, "b"), true},
	} {
		lines, at, err := store.Follow(ctx, restored.st, c, 8)
		var rewound *store.RewoundError
		require.ErrorAs(t, err, &rewound, name)
		require.ErrorIs(t, err, store.ErrRewound)
		require.Equal(t, restored.other, rewound.Other, name)
		require.Empty(t, lines)
		require.Equal(t, c, at, "the reader stays where it is")
	}
	lines, _, err := store.Follow(ctx, written(t, 8, "a"), c, 8)
	require.NoError(t, err, "a backup of just then")
	require.Empty(t, lines)
}

func TestATextThatIsNoCursorIsRefused(t *testing.T) {
	for _, text := range []string{"x", "1", "0-6b86b273ff34fce19d6b804eff5a3f57", "1-6b86", "-1-6b86b273ff34fce19d6b804eff5a3f57",
		"1-6B86b273ff34fce19d6b804eff5a3f57", "1-6b86b273ff34fce19d6b804eff5a3f57 ", "9999999999999999999-6b86b273ff34fce19d6b804eff5a3f57"} {
		was := store.Cursor{Position: 3, Mark: "m"}
		require.ErrorIs(t, was.UnmarshalText([]byte(text)), store.ErrInvalid, text)
		require.Equal(t, store.Cursor{Position: 3, Mark: "m"}, was)
	}
	_, _, err := store.Follow(context.Background(), memory.New(), store.Cursor{Position: 1}, 1)
	require.ErrorIs(t, err, store.ErrRewound)
}

func FuzzCursor(f *testing.F) {
	f.Add("17-6b86b273ff34fce19d6b804eff5a3f57")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		var c store.Cursor
		if c.UnmarshalText([]byte(text)) != nil {
			return
		}
		back, err := c.MarshalText()
		require.NoError(t, err)
		var again store.Cursor
		require.NoError(t, again.UnmarshalText(back))
		require.Equal(t, c, again)
	})
}
