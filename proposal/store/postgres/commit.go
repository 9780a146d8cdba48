package postgres

import (
	"context"
	"database/sql"
	_ "embed"
	"strings"

	"github.com/tian-go/tian/proposal/store/sqlstore"
)

//go:embed commit.sql
var commitText string

// single is the Dialect of a store whose commits are one statement.
type single struct {
	Dialect
	text string
}

func newSingle(t sqlstore.Tables) single {
	_, text, _ := strings.Cut(commitText, "\nWITH ") // without the remarks on top
	return single{text: "WITH " + strings.NewReplacer("{records}", t.Records, "{entries}", t.Entries,
		"{attrs}", t.Attrs, "{feed}", t.Feed).Replace(text)}
}

// CommitWrites implements [sqlstore.Committer].
func (s single) CommitWrites(ctx context.Context, db *sql.DB, _ sqlstore.Tables, writes []sqlstore.Write) (bool, error) {
	n := len(writes)
	kinds, ids, attrs := make([]string, n), make([]string, n), make([]string, n)
	revisions, lasts, seqs := make([]int64, n), make([]int64, n), make([]int64, n)
	bodies := make([][]byte, n)
	for i, w := range writes {
		kinds[i], ids[i], attrs[i], bodies[i] = w.Record.Kind, w.Record.ID, w.Attrs, notNil(w.Record.Data)
		revisions[i], lasts[i], seqs[i] = int64(w.Record.Revision), w.Last(), w.Next() //nolint:gosec // checked before
	}
	entries := sqlstore.Entries(writes)
	m := len(entries)
	eKinds, eIDs, eHashes := make([]string, m), make([]string, m), make([]string, m)
	eSeqs, eCommands, eBodies := make([]int64, m), make([]*string, m), make([][]byte, m)
	for i, e := range entries {
		eKinds[i], eIDs[i], eHashes[i], eBodies[i] = e.Kind, e.ID, e.Hash, notNil(e.Data)
		eSeqs[i] = int64(e.Seq) //nolint:gosec // checked before
		if e.Command != "" {
			eCommands[i] = &entries[i].Command
		}
	}
	result, err := db.ExecContext(ctx, s.text, kinds, ids, revisions, lasts, seqs, attrs, bodies,
		eKinds, eIDs, eSeqs, eCommands, eBodies, eHashes)
	if err != nil {
		return false, err
	}
	rows, err := result.RowsAffected()
	return rows == 1, err
}

func notNil(body []byte) []byte {
	if body == nil {
		return []byte{}
	}
	return body
}
