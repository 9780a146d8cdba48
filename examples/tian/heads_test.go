package main

import (
	"crypto/ed25519"
	"crypto/x509"
	"database/sql"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/heads"
)

// keyFiles writes a pair of keys as openssl does.
func keyFiles(t *testing.T) (private, public string) {
	t.Helper()
	pub, key, err := ed25519.GenerateKey(nil)
	require.NoError(t, err)
	write := func(name, kind string, der []byte, err error) string {
		require.NoError(t, err)
		file := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
		return file
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	private = write("key.pem", "PRIVATE KEY", der, err)
	der, err = x509.MarshalPKIXPublicKey(pub)
	return private, write("public.pem", "PUBLIC KEY", der, err)
}

// edit runs statements on an SQLite file behind the library's back.
func edit(t *testing.T, file string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	require.NoError(t, err)
	for _, s := range statements {
		done, err := db.Exec(s)
		require.NoError(t, err, s)
		n, err := done.RowsAffected()
		require.NoError(t, err)
		require.NotZero(t, n, s)
	}
	require.NoError(t, db.Close())
}

func TestKeptHeadsFindWhatAnAuditCannot(t *testing.T) {
	dir := t.TempDir()
	db, file := filepath.Join(dir, "tian.db"), filepath.Join(dir, "kept.json")
	private, public := keyFiles(t)
	require.Equal(t, exitAnswered, tian(t, "", "import", "--in", sample, "--db", db).code)
	kept := answers[keptHeads](t, "", "heads", "--db", db, "--out", file, "--key", private, "--date", "2026-03-01")
	require.Equal(t, "2026-03-01", kept.Date)
	require.Equal(t, 224, kept.Cases)
	require.Equal(t, "ed25519", kept.Signed)
	require.Len(t, kept.Root, 64)
	sound := answers[checkedHeads](t, "", "heads", "--db", db, "--check", file, "--public", public)
	require.True(t, sound.Checked)
	require.Empty(t, sound.Changes)
	require.Contains(t, tian(t, "", "heads", "--lang", "en", "--db", db, "--check", file).out, "0 changed since; signature not checked")
	require.Contains(t, tian(t, "", "heads", "--lang", "zh", "--db", db, "--check", file).out, "不符0件；未验签")

	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	day, err := heads.Read(raw, heads.Hash{})
	require.NoError(t, err)
	gone, back, other := day.Heads[len(day.Heads)-1], heads.Head{}, heads.Head{}
	for _, h := range day.Heads {
		if h.ID != gone.ID && h.Seq > 1 {
			back, other = h, back
		}
	}
	require.NotEmpty(t, other.ID)
	edit(t, db,
		"DELETE FROM tian_entries WHERE id = '"+gone.ID+"'", "DELETE FROM tian_records WHERE id = '"+gone.ID+"'",
		"DELETE FROM tian_entries WHERE id = '"+back.ID+"' AND seq > 1",
		"UPDATE tian_entries SET hash = 'ab' WHERE id = '"+other.ID+"' AND seq = (SELECT max(seq) FROM tian_entries WHERE id = '"+other.ID+"')",
	)
	r := tian(t, "", "heads", "--db", db, "--check", file, "--public", public, "--json")
	require.Equal(t, exitBroken, r.code, r.err)
	require.Equal(t, 3, strings.Count(r.out, `"reason"`), r.out)
	people := tian(t, "", "heads", "--lang", "zh", "--db", db, "--check", file, "--public", public)
	require.Equal(t, exitBroken, people.code)
	for id, words := range map[string]string{gone.ID: "整件消失", back.ID: "被回退", other.ID: "被改写"} {
		require.Regexp(t, id+`.*`+words, people.out)
	}
}

func TestHeadsThatCannotBeUsedAreRefused(t *testing.T) {
	dir := t.TempDir()
	db, file, unsigned := filepath.Join(dir, "tian.db"), filepath.Join(dir, "kept.json"), filepath.Join(dir, "unsigned.json")
	private, public := keyFiles(t)
	_, stranger := keyFiles(t)
	require.Equal(t, exitAnswered, tian(t, "", "import", "--in", sample, "--db", db).code)
	require.Equal(t, exitAnswered, tian(t, "", "heads", "--db", db, "--out", file, "--key", private).code)
	require.Equal(t, exitAnswered, tian(t, "", "heads", "--db", db, "--out", unsigned).code)
	raw, err := os.ReadFile(unsigned)
	require.NoError(t, err)
	edited := filepath.Join(dir, "edited.json")
	require.NoError(t, os.WriteFile(edited, []byte(strings.Replace(string(raw), `"seq": 1`, `"seq": 2`, 1)), 0o600))

	refuses(t, "file exists", "", "heads", "--db", db, "--out", file)
	refuses(t, "give either --out or --check", "", "heads", "--db", db)
	refuses(t, "go with --out", "", "heads", "--db", db, "--check", file, "--key", private)
	refuses(t, "the signature does not fit", "", "heads", "--db", db, "--check", file, "--public", stranger)
	refuses(t, "not signed", "", "heads", "--db", db, "--check", unsigned, "--public", public)
	refuses(t, "do not lead to their root", "", "heads", "--db", db, "--check", edited)
	refuses(t, "no PEM", "", "heads", "--db", db, "--check", file, "--public", unsigned)
	refuses(t, "--key "+public, "", "heads", "--db", db, "--out", file, "--key", public)
	refuses(t, "date", "", "heads", "--db", db, "--out", file+"2", "--date", "today")
}
