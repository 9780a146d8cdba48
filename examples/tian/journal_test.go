package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEveryEntryAndRecordIsExported(t *testing.T) {
	db := filepath.Join(t.TempDir(), "tian.db")
	require.Equal(t, exitAnswered, tian(t, "", "import", "--in", sample, "--db", db).code)
	r := tian(t, "", "export", "--journal", "--db", db)
	require.Equal(t, exitAnswered, r.code, r.err)
	count := map[string]int{}
	for line := range strings.Lines(r.out) {
		var l struct {
			Line, Kind, ID, Hash string
			Data                 []byte
		}
		require.NoError(t, json.Unmarshal([]byte(line), &l))
		require.Equal(t, "proposal", l.Kind)
		require.NotEmpty(t, l.ID)
		require.Len(t, l.Hash, 64)
		require.True(t, json.Valid(l.Data))
		count[l.Line]++
	}
	audit := answers[struct{ Cases, Entries int }](t, "", "audit", "--db", db)
	require.Equal(t, map[string]int{"entry": audit.Entries, "record": audit.Cases}, count)
	refuses(t, "journal", "", "export", "--journal", "--out", "-", "--db", db)
}
