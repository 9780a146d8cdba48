package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/faulty"
	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/sqlstore"
	"github.com/tian-go/tian/proposal/store/storetest"
)

func open(t testing.TB, schema string) (storetest.ClosingStore, error) {
	return postgres.Open(context.Background(), dsn(t), postgres.WithSchema(schema), postgres.WithMigration())
}

func TestKeepsThePromisesOfTheSeam(t *testing.T) { conform(t, open) }

// The dialect alone, as the relatives of PostgreSQL use it with drivers of their own.
func TestDialectKeepsThePromisesOfTheSeam(t *testing.T) {
	conform(t, func(t testing.TB, schema string) (storetest.ClosingStore, error) {
		tables, err := sqlstore.NewTables(schema, "other_")
		if err != nil {
			return nil, err
		}
		db, err := sql.Open("pgx", dsn(t))
		if err != nil {
			return nil, err
		}
		s, err := sqlstore.New(context.Background(), sqlstore.Config{
			Dialect: postgres.Dialect{}, DB: db, Tables: tables, Migrate: true, Own: true,
		})
		if err != nil {
			return nil, errors.Join(err, db.Close())
		}
		return s, nil
	})
}

// A host that speaks pgx, without database/sql.
func TestTransactionsOfPgxKeepThePromisesOfTheSeam(t *testing.T) {
	dsn(t)
	storetest.RunDurable(t, storetest.Durable{
		Place: func(t testing.TB) string {
			_, schema := newSchema(t)
			return schema
		},
		Open: open,
		Begin: func(t testing.TB, _ string, s store.Store) storetest.Transaction {
			ctx := context.Background()
			conn, err := pgx.Connect(ctx, dsn(t))
			if err != nil {
				t.Fatal(err)
			}
			tx, err := conn.Begin(ctx)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				_ = tx.Rollback(ctx) // an error when it has ended
				if err := conn.Close(ctx); err != nil {
					t.Error(err)
				}
			})
			inner, ok := store.As[*sqlstore.Store](s)
			if !ok {
				t.Fatalf("%T stands on no store of this package", s)
			}
			return storetest.Transaction{Store: postgres.In(inner, tx),
				Commit: func() error { return tx.Commit(ctx) }, Rollback: func() error { return tx.Rollback(ctx) }}
		},
	})
}

func TestGroupedCommitsKeepThePromisesOfTheSeam(t *testing.T) {
	conform(t, func(t testing.TB, schema string) (storetest.ClosingStore, error) {
		s, err := open(t, schema)
		return groupcommit.New(s), err
	})
}

func TestWithoutFaultsAFaultyStoreKeepsThePromisesOfTheSeam(t *testing.T) {
	conform(t, func(t testing.TB, schema string) (storetest.ClosingStore, error) {
		s, err := open(t, schema)
		return faulty.New(s, nil), err
	})
}

func conform(t *testing.T, open func(t testing.TB, schema string) (storetest.ClosingStore, error)) {
	t.Helper()
	dsn(t)
	storetest.RunDurable(t, storetest.Durable{
		Place: func(t testing.TB) string {
			_, schema := newSchema(t)
			return schema
		},
		Open:   open,
		Begin:  begin,
		Linger: linger,
	})
}

// linger makes the commits to the tables in a schema wait, each at its end.
func linger(t testing.TB, schema string) {
	t.Helper()
	db, err := sql.Open("pgx", dsn(t))
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, db)
	execute(t, db, `CREATE FUNCTION `+schema+`.linger() RETURNS trigger LANGUAGE plpgsql AS
		$$ BEGIN PERFORM pg_sleep(random() * 0.005); RETURN NULL; END $$`)
	execute(t, db, `DO $$ DECLARE entries text; BEGIN
		SELECT tablename INTO entries FROM pg_tables WHERE schemaname = '`+schema+`' AND tablename LIKE '%entries';
		EXECUTE format('CREATE CONSTRAINT TRIGGER linger AFTER INSERT ON `+schema+`.%I
			DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION `+schema+`.linger()', entries);
		END $$`)
}

// begin begins a transaction of a host's, on a pool of its own.
func begin(t testing.TB, _ string, s store.Store) storetest.Transaction {
	t.Helper()
	here, ok := store.As[*sqlstore.Store](s)
	if !ok {
		t.Fatalf("%T stands on no store of this package", s)
	}
	db, err := sql.Open("pgx", dsn(t))
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = tx.Rollback() // an error when it has ended
		closeStore(t, db)
	})
	return storetest.Transaction{Store: here.In(tx), Commit: tx.Commit, Rollback: tx.Rollback}
}
