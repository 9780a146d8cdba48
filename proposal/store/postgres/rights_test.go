package postgres_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// grants is what the package's comment says that a service needs.
const grants = `
	GRANT USAGE ON SCHEMA %[1]s TO %[2]s;
	GRANT SELECT ON %[1]s.tian_schema TO %[2]s;
	GRANT SELECT, INSERT, UPDATE ON %[1]s.tian_records TO %[2]s;
	GRANT SELECT, INSERT ON %[1]s.tian_entries TO %[2]s;
	GRANT SELECT, INSERT, DELETE ON %[1]s.tian_attrs TO %[2]s;
	GRANT SELECT, INSERT, DELETE ON %[1]s.tian_arrivals TO %[2]s;
	GRANT SELECT, INSERT ON %[1]s.tian_feed TO %[2]s;
	GRANT SELECT, UPDATE ON %[1]s.tian_last TO %[2]s`

func TestARoleThatOwnsNothingIsEnoughForAService(t *testing.T) {
	ctx := context.Background()
	admin, schema := newSchema(t)
	require.NoError(t, postgres.Migrate(ctx, admin, postgres.WithSchema(schema)))
	role := fmt.Sprintf("tian_service_%d", os.Getpid())
	execute(t, admin, "CREATE ROLE "+role+" LOGIN PASSWORD 'tian-test'")
	t.Cleanup(func() { execute(t, admin, "DROP OWNED BY "+role+"; DROP ROLE "+role) })
	execute(t, admin, fmt.Sprintf(grants, schema, role))

	service := as(t, role)
	probe, err := sql.Open("pgx", service)
	require.NoError(t, err)
	defer closeStore(t, probe)
	if err := probe.Ping(); err != nil {
		t.Skipf("the server's pg_hba.conf does not let a role with a password in: %v", err)
	}

	for name, open := range map[string]func() (*sqlstore.Store, error){
		"one round trip": func() (*sqlstore.Store, error) {
			return postgres.Open(ctx, service, postgres.WithSchema(schema))
		},
		"asked to migrate what is current": func() (*sqlstore.Store, error) {
			return postgres.Open(ctx, service, postgres.WithSchema(schema), postgres.WithMigration())
		},
		"any driver": func() (*sqlstore.Store, error) {
			tables, err := sqlstore.NewTables(schema, "")
			require.NoError(t, err)
			return sqlstore.New(ctx, sqlstore.Config{Dialect: postgres.Dialect{}, DB: probe, Tables: tables})
		},
	} {
		s, err := open()
		require.NoError(t, err, name)
		for i := range uint64(3) {
			require.NoError(t, s.Commit(ctx, store.Change{
				Record:  store.Record{Kind: "case", ID: name, Revision: i, Index: []store.Attr{{Name: "i", Value: fmt.Sprint(i)}}},
				Entries: []store.Line{{Seq: i + 1, Command: fmt.Sprint(i)}},
			}), name)
		}
		found, err := s.Find(ctx, store.Query{Kind: "case", Where: []store.Match{{Attr: "i", Op: store.Is, Values: []string{"2"}}}})
		require.NoError(t, err, name)
		require.NotEmpty(t, found, name)
		h, err := s.History(ctx, "case", name, 0, 0)
		require.NoError(t, err, name)
		require.Len(t, h, 3, name)
		_, err = s.Feed(ctx, 0, 0)
		require.NoError(t, err, name)
		closeStore(t, s)
	}

	// It can do no more than that.
	for _, forbidden := range []string{
		"UPDATE %s.tian_entries SET body = ''", "DELETE FROM %s.tian_entries", "DELETE FROM %s.tian_records",
		"TRUNCATE %s.tian_entries", "CREATE TABLE %s.more (a int)", "DROP TABLE %s.tian_feed", "UPDATE %s.tian_schema SET version = 9",
	} {
		_, err := probe.Exec(fmt.Sprintf(forbidden, schema))
		require.Error(t, err, forbidden)
		var refusal interface{ SQLState() string }
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, "42501", refusal.SQLState(), forbidden) // insufficient_privilege
	}
	// To replace what lines hold, it needs one right more, and can still change no seal.
	s, err := postgres.Open(ctx, service, postgres.WithSchema(schema))
	require.NoError(t, err)
	erase := store.Change{Record: store.Record{Kind: "case", ID: "any driver", Revision: 3},
		Entries: []store.Line{{Seq: 4}}, Replaced: []store.Line{{Seq: 1, Data: []byte("less")}}}
	require.ErrorContains(t, s.Commit(ctx, erase), "permission denied")
	execute(t, admin, fmt.Sprintf("GRANT UPDATE (body) ON %s.tian_entries TO %s", schema, role))
	require.NoError(t, s.Commit(ctx, erase))
	h, err := s.History(ctx, "case", "any driver", 0, 0)
	require.NoError(t, err)
	require.Equal(t, "less", string(h[0].Data))
	closeStore(t, s)
	_, err = probe.Exec(fmt.Sprintf("UPDATE %s.tian_entries SET hash = ''", schema))
	require.ErrorContains(t, err, "permission denied")

	_, err = postgres.Open(ctx, service, postgres.WithSchema(schema), postgres.WithPrefix("more_"), postgres.WithMigration())
	require.ErrorContains(t, err, "permission denied")
}

// as returns a connection string for another role.
func as(t *testing.T, role string) string {
	t.Helper()
	config, err := pgx.ParseConfig(dsn(t))
	require.NoError(t, err)
	u := url.URL{Scheme: "postgres", User: url.UserPassword(role, "tian-test"),
		Host: fmt.Sprintf("%s:%d", config.Host, config.Port), Path: "/" + config.Database}
	return u.String()
}
