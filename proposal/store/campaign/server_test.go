//go:build unix

package campaign

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// server is a database server of the test's own.
type server struct {
	t       *testing.T
	driver  string
	command []string
	stop    syscall.Signal // ends it at once, without a checkpoint
	account *account
	port    int
	dsn     func(addr string) string // "" for the server's own address
	process *exec.Cmd
	exited  chan struct{}
	log     *os.File
}

// account is the user that servers run as: neither will run as root.
type account struct {
	uid, gid int
	lower    bool // than the test's own
}

func serverAccount(t *testing.T, name string) *account {
	t.Helper()
	if os.Getuid() != 0 {
		return &account{uid: os.Getuid(), gid: os.Getgid()}
	}
	for _, name := range []string{name, "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.Atoi(u.Uid)
		require.NoError(t, err)
		gid, err := strconv.Atoi(u.Gid)
		require.NoError(t, err)
		return &account{uid: uid, gid: gid, lower: true}
	}
	t.Skipf("skipped: the test runs as root, and there is no user %s or nobody to run the server as", name)
	return nil
}

func (a *account) run(command ...string) *exec.Cmd {
	c := exec.Command(command[0], command[1:]...) // found by binary
	c.SysProcAttr = &syscall.SysProcAttr{}
	if a.lower {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)} // from the user database
	}
	c.Dir = "/"
	return c
}

// directory makes one that the account owns, with a name short enough for a
// socket in it.
func (a *account) directory(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "tian-server-") //nolint:usetesting // named after the test it would be too long
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	require.NoError(t, os.Chown(dir, a.uid, a.gid))
	return dir
}

// binary finds a program on the PATH or in one of the directories, or the test
// is skipped.
func binary(t *testing.T, name string, directories ...string) string {
	t.Helper()
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	for _, pattern := range directories {
		found, err := filepath.Glob(filepath.Join(pattern, name))
		require.NoError(t, err)
		if len(found) > 0 {
			return found[len(found)-1]
		}
	}
	t.Skipf("skipped: %s is not installed, so no server can be started for this test", name)
	return ""
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { require.NoError(t, l.Close()) }()
	_, port, err := net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	n, err := strconv.Atoi(port)
	require.NoError(t, err)
	return n
}

// postgresDirectories are those in which PostgreSQL's programs may be, the one
// that is asked for first.
func postgresDirectories() []string {
	directories := []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin"}
	if config, err := exec.LookPath("pg_config"); err == nil {
		if out, err := exec.Command(config, "--bindir").Output(); err == nil { // found on the PATH
			directories = append(directories, strings.TrimSpace(string(out)))
		}
	}
	return directories
}

func startPostgres(t *testing.T) *server {
	t.Helper()
	directories := postgresDirectories()
	initdb, postgres := binary(t, "initdb", directories...), binary(t, "postgres", directories...)
	a := serverAccount(t, "postgres")
	data := filepath.Join(a.directory(t), "data")
	prepare(t, a.run(initdb, "-D", data, "-U", "root", "-A", "trust", "-E", "UTF8", "--no-sync"))
	s := &server{t: t, driver: "pgx", account: a, port: freePort(t), stop: syscall.SIGQUIT} // immediate shutdown
	s.dsn = func(addr string) string {
		return "postgres://root@" + s.address(addr) + "/postgres?sslmode=disable&connect_timeout=5"
	}
	s.command = []string{postgres, "-D", data, "-p", strconv.Itoa(s.port), "-c", "listen_addresses=127.0.0.1",
		"-c", "unix_socket_directories=", "-c", "max_connections=60"}
	s.begin()
	return s
}

// startMariaDB starts one with the binary log on: see package mysql about who
// may see a commit before it is on the disk.
func startMariaDB(t *testing.T) *server {
	t.Helper()
	directories := []string{"/usr/sbin", "/usr/libexec", "/usr/local/bin", "/opt/homebrew/bin"}
	install, mariadbd := binary(t, "mariadb-install-db", directories...), binary(t, "mariadbd", directories...)
	a := serverAccount(t, "mysql")
	dir := a.directory(t)
	data := filepath.Join(dir, "data")
	prepare(t, a.run(install, "--no-defaults", "--datadir="+data, "--skip-test-db", "--auth-root-authentication-method=normal"))
	initial := filepath.Join(dir, "init.sql")
	require.NoError(t, os.WriteFile(initial, []byte("CREATE USER IF NOT EXISTS 'tian'@'%';\nGRANT ALL ON *.* TO 'tian'@'%';\n"), 0o644)) // read by the server's user
	s := &server{t: t, driver: "mysql", account: a, port: freePort(t), stop: syscall.SIGKILL}
	s.dsn = func(addr string) string { return "tian@tcp(" + s.address(addr) + ")/mysql?timeout=5s" }
	s.command = []string{mariadbd, "--no-defaults", "--datadir=" + data, "--port=" + strconv.Itoa(s.port), "--bind-address=127.0.0.1",
		"--socket=" + filepath.Join(dir, "sock"), "--pid-file=" + filepath.Join(dir, "pid"), "--init-file=" + initial,
		"--skip-name-resolve", "--innodb-buffer-pool-size=64M", "--log-bin=" + filepath.Join(data, "bin"), "--sync-binlog=1", "--server-id=1"}
	s.begin()
	return s
}

func prepare(t *testing.T, c *exec.Cmd) {
	t.Helper()
	out, err := c.CombinedOutput()
	require.NoError(t, err, "%s: %s", c, out)
}

func (s *server) address(other string) string {
	if other != "" {
		return other
	}
	return fmt.Sprintf("127.0.0.1:%d", s.port)
}

// begin starts the server for the first time, and ends it with the test.
func (s *server) begin() {
	s.t.Helper()
	var err error
	s.log, err = os.CreateTemp(s.t.TempDir(), "log")
	require.NoError(s.t, err)
	s.start()
	s.t.Cleanup(func() {
		s.halt()
		require.NoError(s.t, s.log.Close())
	})
}

// start starts the server and waits until it answers.
func (s *server) start() {
	s.t.Helper()
	s.process = s.account.run(s.command...)
	s.process.Stdout, s.process.Stderr = s.log, s.log
	require.NoError(s.t, s.process.Start())
	exited := make(chan struct{})
	s.exited = exited
	go func(c *exec.Cmd) {
		_ = c.Wait() // it is ended by a signal
		close(exited)
	}(s.process)
	db, err := sql.Open(s.driver, s.dsn(""))
	require.NoError(s.t, err)
	defer func() { require.NoError(s.t, db.Close()) }()
	for deadline := time.Now().Add(time.Minute); ; {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		err := db.PingContext(ctx)
		cancel()
		if err == nil {
			return
		}
		select {
		case <-exited:
			s.t.Fatalf("the server ended: %s", s.lastWords())
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("the server does not answer after a minute: %v\n%s", err, s.lastWords())
		}
	}
}

// halt stops the server at once.
func (s *server) halt() {
	s.t.Helper()
	_ = s.process.Process.Signal(s.stop) // it may have ended
	select {
	case <-s.exited:
	case <-time.After(time.Minute):
		s.t.Fatalf("the server does not stop: %s", s.lastWords())
	}
}

func (s *server) lastWords() string {
	text, err := os.ReadFile(s.log.Name())
	if err != nil {
		return err.Error()
	}
	return string(bytes.TrimSpace(text[max(0, len(text)-2000):]))
}
