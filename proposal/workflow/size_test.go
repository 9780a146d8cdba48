package workflow

import (
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
)

type sized struct {
	Title string `json:"title"`
	Inner struct {
		Lines []string `json:"lines"`
	} `json:"inner"`
	More map[string]any
	Next *sized
}

// What is longer than a record is refused by name, and costs no memory.
func TestSizeIsLookedAtBeforeEncoding(t *testing.T) {
	huge := strings.Repeat("x", 100<<20)
	round := &sized{Title: "x"}
	round.Next = round
	for place, action := range map[string]any{
		"title": sized{Title: huge},
		"inner.lines[1]": &sized{Inner: struct {
			Lines []string `json:"lines"`
		}{[]string{"a", huge}}},
		"More[0]":    sized{More: map[string]any{"k": []any{huge}}},
		"Next.title": sized{Next: &sized{Title: huge}},
		"action":     []byte(huge),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := encode(action)
		runtime.ReadMemStats(&after)
		require.Equal(t, "too_long", codeOf(t, err), place)
		require.Equal(t, place, fieldOf(t, err))
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20))
	}
	require.NoError(t, fits(sized{Title: strings.Repeat("x", store.MaxBody)}))
	require.NoError(t, fits(nil))
	require.NoError(t, fits(round), "the encoder refuses it")
	_, err := encode(round)
	require.ErrorIs(t, err, ErrInvalid)
}

func codeOf(t *testing.T, err error) string {
	t.Helper()
	var invalid *InvalidError
	require.ErrorAs(t, err, &invalid)
	return invalid.Code
}

func fieldOf(t *testing.T, err error) string {
	t.Helper()
	var invalid *InvalidError
	require.ErrorAs(t, err, &invalid)
	return invalid.Field
}
