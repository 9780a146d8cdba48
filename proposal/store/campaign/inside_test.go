//go:build unix

package campaign

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/sqlstore"
	"github.com/tian-go/tian/proposal/workflow"
)

var (
	xiushanMember    = proposal.Actor{ID: "m-1", Body: "xiushan", Roles: []string{"member"}}
	xiushanCommittee = proposal.Actor{ID: "c-1", Body: "xiushan", Roles: []string{"committee"}}
)

// pool opens a host's own pool on the database at a place.
func (p place) pool(t *testing.T) *sql.DB {
	t.Helper()
	db, err := p.openPool()
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

func (p place) openPool() (*sql.DB, error) {
	name, dsn := map[string]string{"sqlite": "sqlite", "postgres": "pgx", "mysql": "mysql"}[p.Engine], p.DSN
	if p.Engine == "sqlite" {
		dsn = "file:" + p.DSN + "?_txlock=immediate&_busy_timeout=10000"
	}
	return sql.Open(name, dsn)
}

// letters is the name of a table of the host's own.
func (p place) letters() string {
	if p.Schema != "" {
		return p.Schema + ".letters"
	}
	return "letters"
}

// The host's rows and the library's come true together, or neither does; the
// observers hear of it when the host says that it has committed; and after a
// refusal the host goes on.
func TestActsInAHostsTransaction(t *testing.T) {
	t.Parallel()
	for name, empty := range engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			at := empty(t)
			st := mustOpen(t, at)
			heard := 0
			svc, err := proposal.New(st, workflow.WithObserver(func(context.Context, []workflow.Entry) { heard++ }))
			require.NoError(t, err)
			inner, ok := store.As[*sqlstore.Store](st)
			require.True(t, ok)
			db := at.pool(t)
			_, err = db.ExecContext(ctx, "CREATE TABLE "+at.letters()+" (id INT PRIMARY KEY, note VARCHAR(40))")
			require.NoError(t, err)
			count := func() (letters int, cases int64) {
				require.NoError(t, db.QueryRowContext(ctx, "SELECT count(*) FROM "+at.letters()).Scan(&letters))
				cases, err := svc.All().Count(ctx, workflow.Query{})
				require.NoError(t, err)
				return letters, cases
			}
			for _, commit := range []bool{false, true} {
				tx, err := db.BeginTx(ctx, nil)
				require.NoError(t, err)
				_, err = tx.ExecContext(ctx, "INSERT INTO "+at.letters()+" VALUES (1, 'with the proposal')")
				require.NoError(t, err)
				here := svc.On(inner.In(tx))
				p, err := here.Open(ctx, xiushanMember, proposal.Draft{Title: "关于小店的提案", Category: proposal.Economic,
					Text: proposal.Text{Background: "小店多。", Suggestions: []string{"设立专项。"}}})
				require.NoError(t, err)
				_, err = here.Do(ctx, xiushanCommittee, p.ID, proposal.Receive{})
				require.ErrorIs(t, err, workflow.ErrRefused)
				p, err = here.Do(ctx, xiushanMember, p.ID, proposal.Submit{})
				require.NoError(t, err)
				require.Equal(t, "submitted", p.State)
				require.Zero(t, heard)
				if !commit {
					require.NoError(t, tx.Rollback())
					letters, cases := count()
					require.Zero(t, letters)
					require.Zero(t, cases)
					continue
				}
				require.NoError(t, tx.Commit())
				here.Committed(ctx)
				here.Committed(ctx)
				require.Equal(t, 2, heard)
				letters, cases := count()
				require.Equal(t, 1, letters)
				require.EqualValues(t, 1, cases)
				breaks, err := svc.Verify(ctx, p.ID)
				require.NoError(t, err)
				require.Empty(t, breaks)
			}
		})
	}
}

// Many acts in many transactions that overlap lose nothing, and the feed has
// every entry once.
func TestManyHostsTransactionsOverlap(t *testing.T) {
	t.Parallel()
	for name, empty := range engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			at := empty(t)
			st := mustOpen(t, at)
			svc, err := proposal.New(st)
			require.NoError(t, err)
			inner, _ := store.As[*sqlstore.Store](st)
			db := at.pool(t)
			const hosts, each = 4, 5
			errs := make(chan error, hosts*each)
			for range hosts * each {
				go func() {
					err := inOwnTransaction(ctx, db, svc, inner)
					for errors.Is(err, workflow.ErrConflict) { // only the host can begin anew
						err = inOwnTransaction(ctx, db, svc, inner)
					}
					errs <- err
				}()
			}
			for range hosts * each {
				require.NoError(t, <-errs)
			}
			report, err := svc.Audit(ctx, nil)
			require.NoError(t, err)
			require.Empty(t, report.Broken)
			require.Empty(t, report.Gaps)
			require.Equal(t, hosts*each, report.Cases)
			require.Equal(t, 2*hosts*each, report.Entries)
		})
	}
}

func inOwnTransaction(ctx context.Context, db *sql.DB, svc *proposal.Service, st *sqlstore.Store) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	p, err := svc.On(st.In(tx)).Open(ctx, xiushanMember, proposal.Draft{Title: "关于小店的提案"})
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = svc.Do(ctx, xiushanMember, p.ID, proposal.Revise{Title: "关于小店的提案（修改）"})
	return err
}
