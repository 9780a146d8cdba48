package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/tian-go/tian/proposal/store"
)

// In returns the store as it is in a transaction of the host's: what is
// committed here is written into tx, beside the host's own rows, and comes true
// when the host commits it. The transaction is on the store's own database and
// comes from any pool of the same driver; what yields an *sql.Tx, such as GORM,
// will do. It must see what others have committed (READ COMMITTED), and the
// host must not go on with other rows of the store's tables locked.
//
// Each commit is under a savepoint. When it fails, as with a conflict, nothing
// of it is in tx, and the host may go on; nothing is tried again, since only the
// host can begin anew. It has to after a deadlock, of which the database makes
// one of the transactions the victim: the error matches [store.ErrConflict] too.
// The feed shows entries once tx has been committed. The store returned is for the
// goroutine that has tx, and ends with it.
//
// SQLite has one writer: whoever has the transaction keeps all others from
// writing until its end. Elsewhere only acts on the same cases wait.
//
// A function of the host's that takes part in each commit ([Config.Also]) takes
// part in these too, in tx.
func (s *Store) In(tx *sql.Tx) store.Store {
	in := inside{Store: s, tx: transactionOf{tx: tx}}
	if s.also != nil {
		in.also = func(ctx context.Context, changes []store.Change) error { return s.also(ctx, tx, changes) }
	}
	return in
}

// InConn is In for a transaction of another driver's. A store with a function of
// the host's in its commits refuses to write there, since that function writes
// through database/sql.
func (s *Store) InConn(tx Conn) store.Store {
	in := inside{Store: s, tx: tx}
	if s.also != nil {
		in.also = func(context.Context, []store.Change) error { return errAlso }
	}
	return in
}

var errAlso = errors.New("a host's function takes part in each commit of this store, and cannot in a transaction of another driver than database/sql")

type inside struct {
	*Store
	tx   Conn
	also func(ctx context.Context, changes []store.Change) error // nil: none
}

func (s inside) Load(ctx context.Context, kind, id string) (store.Record, store.Line, error) {
	return s.load(ctx, s.tx.Query, kind, id)
}

func (s inside) History(ctx context.Context, kind, id string, after uint64, limit int) ([]store.Line, error) {
	return s.history(ctx, s.tx.Query, kind, id, after, limit)
}

func (s inside) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	return s.find(ctx, s.tx.Query, q)
}

func (s inside) Count(ctx context.Context, q store.Query, by string) (map[string]int64, error) {
	return s.count(ctx, s.tx.Query, q, by)
}

func (s inside) Commit(ctx context.Context, changes ...store.Change) error {
	if err := store.Check(changes...); err != nil {
		return err
	}
	if s.closed.Load() {
		return store.ErrClosed
	}
	if err := ctx.Err(); err != nil || len(changes) == 0 {
		return err
	}
	const savepoint = "tian_commit"
	writes := ready(changes)
	if _, err := s.tx.Exec(ctx, "SAVEPOINT "+savepoint); err != nil {
		return s.fail(ctx, "savepoint", err)
	}
	err := s.writeAll(ctx, s.tx, writes)
	taken := err != nil && s.dialect.Classify(err) == Unique
	if err == nil && s.also != nil {
		err = s.also(ctx, changesOf(writes))
	}
	if err == nil {
		_, err = s.tx.Exec(ctx, "RELEASE SAVEPOINT "+savepoint)
	}
	if err == nil {
		return nil
	}
	if s.dialect.Classify(err) == Retry { // a deadlock may have ended the whole transaction
		return s.fail(ctx, "commit", fmt.Errorf("%w: the transaction has to begin anew: %w", store.ErrConflict, err))
	}
	back := context.WithoutCancel(ctx)
	if _, undo := s.tx.Exec(back, "ROLLBACK TO SAVEPOINT "+savepoint); undo != nil {
		return s.fail(ctx, "commit", errors.Join(err, fmt.Errorf("rollback to savepoint: %w", undo)))
	}
	if refused := (*store.RecordError)(nil); errors.As(err, &refused) {
		return err
	}
	if errors.Is(err, errOther) || s.dialect.Classify(err) == Unique {
		if reason, failed := s.reason(ctx, s.tx, writes); failed == nil && reason != nil {
			return reason
		}
	}
	if taken || errors.Is(err, errOther) { // and the transaction's snapshot does not show it
		err = fmt.Errorf("%w: %w", store.ErrConflict, err)
	}
	return s.fail(ctx, "commit", err)
}
