package heads_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/heads"
)

func kept(t testing.TB) []byte {
	t.Helper()
	d, err := heads.New("2026-03-01", []heads.Head{{Kind: "proposal", ID: "1", Seq: 3, Hash: "aa"}, {Kind: "topic", ID: "1", Seq: 2, Hash: "bb"}})
	require.NoError(t, err)
	k, err := heads.Keep(d, heads.Hash{}, heads.Ed25519(key()))
	require.NoError(t, err)
	file, err := json.Marshal(k)
	require.NoError(t, err)
	return file
}

func TestAKeptDayIsReadBackAndAnEditedOneIsNot(t *testing.T) {
	file := string(kept(t))
	k, err := heads.Read([]byte(file), heads.Hash{})
	require.NoError(t, err)
	require.Len(t, k.Heads, 2)
	require.NotNil(t, k.Signed)
	for _, edit := range [][2]string{
		{`"seq":3`, `"seq":2`},
		{`"aa"`, `"ab"`},
		{`{"kind":"topic","id":"1","seq":2,"hash":"bb"}`, `{"kind":"topic","id":"2","seq":2,"hash":"bb"}`},
		{`"date":"2026-03-01","heads"`, `"date":"2026-03-02","heads"`},
		{`"hash":"sha256"`, `"hash":"sm3"`},
		{`"count":2`, `"count":1`},
		{`{`, ``},
	} {
		edited := strings.Replace(file, edit[0], edit[1], 1)
		require.NotEqual(t, file, edited)
		_, err := heads.Read([]byte(edited), heads.Hash{})
		require.ErrorIs(t, err, heads.ErrInvalid, edit[1])
	}
}

// Whatever is read is written and read again as the same.
func FuzzRead(f *testing.F) {
	f.Add(kept(f))
	f.Add([]byte(`{"date":"2026-03-01","heads":[],"hash":"sha256","root":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}`))
	f.Fuzz(func(t *testing.T, file []byte) {
		k, err := heads.Read(file, heads.Hash{})
		if err != nil {
			require.ErrorIs(t, err, heads.ErrInvalid)
			return
		}
		written, err := json.Marshal(k)
		require.NoError(t, err)
		again, err := heads.Read(written, heads.Hash{})
		require.NoError(t, err)
		require.Equal(t, k, again)
	})
}
