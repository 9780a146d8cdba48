//go:build unix

package campaign

import (
	"context"
	"database/sql"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A standby that has confirmed every commit takes the place of a primary that is
// lost, under callers who go on through it all. The connection string names both
// servers and asks for the one that can be written to.
func TestPromotedStandby(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	basebackup := binary(t, "pg_basebackup", postgresDirectories()...)
	promotions := times(1, 8)
	for n := range promotions {
		primary := startPostgres(t)
		s, p := primary.standby(t, basebackup)
		st := mustOpen(t, p)
		callers := newCallers(st, 8, 20)
		reader := follow(st)
		time.Sleep(500 * time.Millisecond)
		primary.halt()
		promote(t, s)
		time.Sleep(500 * time.Millisecond)
		acknowledged := callers.finish(t)
		require.NoError(t, settle(ctx, st))
		f, err := inspect(ctx, st, acknowledged)
		require.NoError(t, err)
		read := reader.finish(t, f.entries)
		t.Logf("promotion %d: acknowledged %d, errors told %d, repeated by command %d, entries met by a reader of the feed %d of %d, %v",
			n+1, len(acknowledged), callers.errors.Load(), callers.repeated.Load(), read, f.entries, f)
		report(t, f.counted("a standby promoted", "postgres", 1, len(acknowledged)))
		require.Positive(t, callers.errors.Load(), "nobody noticed")
		require.Equal(t, 2*len(acknowledged), f.entries, "effects that nobody asked for")
		require.Equal(t, f.entries, read)
	}
}

// standby starts a server that copies this one and confirms each of its commits,
// and returns the place that both are.
func (s *server) standby(t *testing.T, basebackup string) (*server, place) {
	t.Helper()
	ctx := context.Background()
	data := filepath.Join(s.account.directory(t), "data")
	copyOf := "host=127.0.0.1 port=" + strconv.Itoa(s.port) + " user=root application_name=standby"
	prepare(t, s.account.run(basebackup, "-D", data, "-d", copyOf, "-R", "-X", "stream", "--no-sync", "-c", "fast"))
	b := &server{t: t, driver: "pgx", account: s.account, port: freePort(t), stop: s.stop}
	b.dsn = func(addr string) string {
		return "postgres://root@" + b.address(addr) + "/postgres?sslmode=disable&connect_timeout=5"
	}
	b.command = []string{s.command[0], "-D", data, "-p", strconv.Itoa(b.port), "-c", "listen_addresses=127.0.0.1",
		"-c", "unix_socket_directories=", "-c", "max_connections=60", "-c", "synchronous_standby_names="}
	b.begin()

	db, err := sql.Open("pgx", s.dsn(""))
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	for _, text := range []string{"ALTER SYSTEM SET synchronous_standby_names = 'standby'", "SELECT pg_reload_conf()"} {
		_, err = db.ExecContext(ctx, text)
		require.NoError(t, err)
	}
	require.Eventually(t, func() bool {
		var state string
		return db.QueryRowContext(ctx, "SELECT sync_state FROM pg_stat_replication").Scan(&state) == nil && state == "sync"
	}, time.Minute, 50*time.Millisecond, "the standby does not follow: %s", b.lastWords())
	both := "postgres://root@" + s.address("") + "," + b.address("") + "/postgres?sslmode=disable&connect_timeout=5&target_session_attrs=read-write"
	return b, place{Engine: "postgres", DSN: both, Schema: "public"}
}

func promote(t *testing.T, standby *server) {
	t.Helper()
	db, err := sql.Open(standby.driver, standby.dsn(""))
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	var done bool
	require.NoError(t, db.QueryRowContext(context.Background(), "SELECT pg_promote()").Scan(&done))
	require.True(t, done)
}
