//go:build unix

package campaign

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/mysql"
	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// also opens a store whose commits a host's function takes part in.
func (p place) also(ctx context.Context, f sqlstore.Also) (*sqlstore.Store, error) {
	switch p.Engine {
	case "postgres":
		return postgres.Open(ctx, p.DSN, postgres.WithSchema(p.Schema), postgres.WithMigration(), postgres.WithAlso(f))
	case "mysql":
		return mysql.Open(ctx, p.DSN, mysql.WithMigration(), mysql.WithAlso(f))
	}
	return sqlite.Open(ctx, p.DSN, sqlite.WithAlso(f))
}

// A host's rows are written in the library's own commit, or neither is there.
func TestAHostsFunctionTakesPartInEachCommit(t *testing.T) {
	t.Parallel()
	for name, empty := range engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			at := empty(t)
			no := errors.New("the host says no")
			refuse := false
			st, err := at.also(ctx, func(ctx context.Context, tx *sql.Tx, changes []store.Change) error {
				for _, c := range changes {
					if _, err := tx.ExecContext(ctx, "INSERT INTO "+at.letters()+" VALUES ("+c.Record.ID+", 'with the case')"); err != nil {
						return err
					}
				}
				if refuse {
					return no
				}
				return nil
			})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, st.Close()) })
			db := at.pool(t)
			_, err = db.ExecContext(ctx, "CREATE TABLE "+at.letters()+" (id INT PRIMARY KEY, note VARCHAR(40))")
			require.NoError(t, err)
			cases := func(ids ...string) (changes []store.Change) {
				for _, id := range ids {
					changes = append(changes, store.Change{Record: store.Record{Kind: "case", ID: id}, Entries: []store.Line{{Seq: 1}}})
				}
				return changes
			}
			require.NoError(t, st.Commit(ctx, cases("1", "2")...))
			refuse = true
			require.ErrorIs(t, st.Commit(ctx, cases("3")...), no)
			letters := 0
			require.NoError(t, db.QueryRowContext(ctx, "SELECT count(*) FROM "+at.letters()).Scan(&letters))
			require.Equal(t, 2, letters)
			found, err := st.Find(ctx, store.Query{Kind: "case"})
			require.NoError(t, err)
			require.Len(t, found, 2)

			// In a transaction of the host's it takes part as well.
			refuse = false
			tx, err := db.BeginTx(ctx, nil)
			require.NoError(t, err)
			require.NoError(t, st.In(tx).Commit(ctx, cases("4")...))
			refuse = true
			require.ErrorIs(t, st.In(tx).Commit(ctx, cases("5")...), no)
			require.NoError(t, tx.Commit())
			require.NoError(t, db.QueryRowContext(ctx, "SELECT count(*) FROM "+at.letters()).Scan(&letters))
			require.Equal(t, 3, letters)
			found, err = st.Find(ctx, store.Query{Kind: "case"})
			require.NoError(t, err)
			require.Len(t, found, 3)
		})
	}
}
