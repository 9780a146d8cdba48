package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// In returns a store as it is in a transaction of pgx that is the host's; see
// [sqlstore.Store.In], which does the same for one of database/sql.
func In(s *sqlstore.Store, tx pgx.Tx) store.Store { return s.InConn(conn{tx}) }

type conn struct{ tx pgx.Tx }

func (c conn) Query(ctx context.Context, text string, args ...any) (sqlstore.Rows, error) {
	found, err := c.tx.Query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	return rows{found}, nil
}

func (c conn) Exec(ctx context.Context, text string, args ...any) (rows int64, err error) {
	tag, err := c.tx.Exec(ctx, text, args...)
	return tag.RowsAffected(), err
}

type rows struct{ pgx.Rows }

func (r rows) Close() error {
	r.Rows.Close()
	return r.Err()
}
