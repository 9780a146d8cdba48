//go:build unix

package campaign

import (
	"context"
	"database/sql"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store/mysql"
	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/sqlite"
)

// Whoever creates the tables dies before, and after, each statement of it. The
// next to open the store finishes the work, and the store is sound.
func TestCrashedMigrations(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres", "mysql"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			statements, _ := crashedMigration(t, engine, 0, "")
			require.Greater(t, statements, 5)
			point := 0
			for _, f := range []fault{crashBefore, crashAfter} {
				total := row{fault: string(f) + ", creating the tables", engine: engine}
				for k := 1; k <= statements; k++ {
					if point++; point%oneIn() != 0 {
						continue
					}
					_, r := crashedMigration(t, engine, k, f)
					total.add(r)
				}
				report(t, total)
			}
		})
	}
}

func crashedMigration(t *testing.T, engine string, k int, f fault) (statements int, r row) {
	t.Helper()
	ctx := context.Background()
	p := engines[engine](t)
	w := &world{t: t, place: p}
	var sab saboteur
	var err error
	migrate := func(db *sql.DB, m func(*sql.DB) error) {
		sab.arm(k, f, nil)
		err = m(db)
		var came bool
		if statements, came = sab.end(); came {
			r.faults++
		}
		_ = db.Close() // of the dead
	}
	if engine == "sqlite" {
		local := &inProcess{t: t, file: p.DSN}
		sab = local
		migrate(sql.OpenDB(local.connector("file:"+p.DSN+"?_txlock=immediate&_busy_timeout=5000")),
			func(db *sql.DB) error { return sqlite.Migrate(ctx, db) })
		p.DSN = local.copied
	} else {
		through, line := w.wired(p)
		sab = line
		migrate(w.host(through), func(db *sql.DB) error {
			if engine == "mysql" {
				return mysql.Migrate(ctx, db)
			}
			return postgres.Migrate(ctx, db, postgres.WithSchema(p.Schema))
		})
	}
	if k == 0 {
		require.NoError(t, err, "undisturbed")
	}
	st := mustOpen(t, p)
	a, _, err := acting(ctx, st, caseID(1), "first")
	require.NoError(t, err, "%s %d", f, k)
	found, err := inspect(ctx, st, []ack{a})
	require.NoError(t, err)
	r.add(found.counted("", "", 0, 1))
	return statements, r
}
