package postgres_test

import (
	"context"
	"database/sql"
	"testing"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/sqlstore"
	"github.com/tian-go/tian/proposal/store/storetest"
)

func TestKeepsThePromisesOfTheSeam(t *testing.T) {
	dsn(t)
	conform(t, func(t testing.TB, schema string) store.Store {
		s, err := postgres.Open(context.Background(), dsn(t), postgres.WithSchema(schema), postgres.WithMigration())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { closeStore(t, s) })
		return s
	})
}

// The dialect alone, as the relatives of PostgreSQL use it with drivers of their own.
func TestDialectKeepsThePromisesOfTheSeam(t *testing.T) {
	dsn(t)
	conform(t, func(t testing.TB, schema string) store.Store {
		ctx := context.Background()
		db, err := sql.Open("pgx", dsn(t))
		if err != nil {
			t.Fatal(err)
		}
		tables, err := sqlstore.NewTables(schema, "other_")
		if err != nil {
			t.Fatal(err)
		}
		if err := sqlstore.Migrate(ctx, db, postgres.Dialect{}, tables); err != nil {
			t.Fatal(err)
		}
		s, err := sqlstore.New(ctx, sqlstore.Config{Dialect: postgres.Dialect{}, DB: db, Tables: tables, Own: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { closeStore(t, s) })
		return s
	})
}

func conform(t *testing.T, open func(t testing.TB, schema string) store.Store) {
	var where places
	empty := func(t testing.TB) store.Store {
		_, schema := newSchema(t)
		return where.put(open(t, schema), schema)
	}
	beside := func(t testing.TB, s store.Store) store.Store {
		schema := where.of(t, s)
		return where.put(open(t, schema), schema)
	}
	storetest.Run(t, empty, storetest.Capabilities{
		Parallel: true,
		Beside:   beside,
		Reopen: func(t testing.TB, s store.Store) store.Store {
			closeStore(t, s)
			return beside(t, s)
		},
		Slow: func(t testing.TB) store.Store {
			admin, schema := newSchema(t)
			s := where.put(open(t, schema), schema)
			execute(t, admin, `CREATE FUNCTION `+schema+`.linger() RETURNS trigger LANGUAGE plpgsql AS
				$$ BEGIN PERFORM pg_sleep(random() * 0.005); RETURN NULL; END $$`)
			execute(t, admin, `DO $$ DECLARE entries text; BEGIN
				SELECT tablename INTO entries FROM pg_tables WHERE schemaname = '`+schema+`' AND tablename LIKE '%entries';
				EXECUTE format('CREATE CONSTRAINT TRIGGER linger AFTER INSERT ON `+schema+`.%I
					DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION `+schema+`.linger()', entries);
				END $$`)
			return s
		},
	})
}
