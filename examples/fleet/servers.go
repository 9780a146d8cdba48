//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// pair is a primary and its standby, started by the run from the programs
// installed. A commit returns when both have it.
type pair struct {
	directory        string
	uid, gid         uint32
	lower            bool // than whoever runs this
	primary, standby *server
}

// server is one PostgreSQL.
type server struct {
	port    string
	process *exec.Cmd
	exited  chan struct{}
	log     bytes.Buffer
}

const superuser = "fleet"

func (s *server) dsn() string {
	return "postgres://" + superuser + "@127.0.0.1:" + s.port + "/postgres?sslmode=disable&connect_timeout=5"
}

// dsn names both, and asks for the one that can be written to.
func (p *pair) dsn() string {
	return "postgres://" + superuser + "@127.0.0.1:" + p.primary.port + ",127.0.0.1:" + p.standby.port +
		"/postgres?sslmode=disable&connect_timeout=5&target_session_attrs=read-write"
}

// startPair starts both.
func startPair(ctx context.Context) (p *pair, err error) {
	p = &pair{}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.close())
		}
	}()
	if err := p.account(); err != nil {
		return p, err
	}
	if p.directory, err = os.MkdirTemp("", "fleet-"); err != nil {
		return p, err
	}
	if err := os.Chown(p.directory, int(p.uid), int(p.gid)); err != nil {
		return p, err
	}
	first, second := filepath.Join(p.directory, "primary"), filepath.Join(p.directory, "standby")
	if err := p.run(ctx, "initdb", "-D", first, "-U", superuser, "-A", "trust", "-E", "UTF8", "--no-sync"); err != nil {
		return p, err
	}
	if p.primary, err = p.start(ctx, first); err != nil {
		return p, err
	}
	copyOf := "host=127.0.0.1 port=" + p.primary.port + " user=" + superuser + " application_name=standby"
	if err := p.run(ctx, "pg_basebackup", "-D", second, "-d", copyOf, "-R", "-X", "stream", "--no-sync", "-c", "fast"); err != nil {
		return p, err
	}
	if p.standby, err = p.start(ctx, second); err != nil {
		return p, err
	}
	return p, p.synchronise(ctx)
}

// synchronise has the primary wait for the standby in each commit.
func (p *pair) synchronise(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, p.primary.dsn())
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	for _, text := range []string{"ALTER SYSTEM SET synchronous_standby_names = 'standby'", "SELECT pg_reload_conf()"} {
		if _, err := conn.Exec(ctx, text); err != nil {
			return err
		}
	}
	for deadline := time.Now().Add(time.Minute); ; {
		var state string
		if err := conn.QueryRow(ctx, "SELECT sync_state FROM pg_stat_replication").Scan(&state); err == nil && state == "sync" {
			return nil
		}
		if time.Now().After(deadline) {
			p.standby.halt()
			return fmt.Errorf("the standby does not follow: %s", p.standby.lastWords())
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// promote loses the primary, and has the standby take its place.
func (p *pair) promote(ctx context.Context) error {
	p.primary.halt()
	conn, err := pgx.Connect(ctx, p.standby.dsn())
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	_, err = conn.Exec(ctx, "SELECT pg_promote()")
	return err
}

// account finds the user that servers run as: they will not run as root.
func (p *pair) account() error {
	if os.Getuid() != 0 {
		p.uid, p.gid = uint32(os.Getuid()), uint32(os.Getgid()) //nolint:gosec // the system's own
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		gid, errGroup := strconv.ParseUint(u.Gid, 10, 32)
		p.uid, p.gid, p.lower = uint32(uid), uint32(gid), true
		return errors.Join(err, errGroup)
	}
	return errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as")
}

// command makes a program of PostgreSQL's, found on the PATH or where packages put it.
func (p *pair) command(ctx context.Context, name string, args ...string) (*exec.Cmd, error) {
	path, err := exec.LookPath(name)
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin"} {
		if found, _ := filepath.Glob(filepath.Join(pattern, name)); err != nil && len(found) > 0 { // the pattern is well-formed
			path, err = found[len(found)-1], nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s of PostgreSQL is not installed; install it, or name a server with --postgres", name)
	}
	c := exec.CommandContext(ctx, path, args...) //nolint:gosec // PostgreSQL's
	c.Dir = "/"
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is for the run, which ends them last
	if p.lower {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: p.uid, Gid: p.gid}
	}
	return c, nil
}

func (p *pair) run(ctx context.Context, name string, args ...string) error {
	c, err := p.command(ctx, name, args...)
	if err != nil {
		return err
	}
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}

// start starts a server on a directory and waits until it answers.
func (p *pair) start(ctx context.Context, data string) (*server, error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	c, err := p.command(context.WithoutCancel(ctx), "postgres", "-D", data, "-p", port, "-c", "listen_addresses=127.0.0.1",
		"-c", "unix_socket_directories=", "-c", "max_connections=200", "-c", "shared_buffers=128MB", "-c", "synchronous_standby_names=")
	if err != nil {
		return nil, err
	}
	if filepath.Base(data) == "primary" { // its own file says which standby it waits for
		c.Args = c.Args[:len(c.Args)-2]
	}
	s := &server{port: port, process: c, exited: make(chan struct{})}
	c.Stdout, c.Stderr = &s.log, &s.log
	if err := c.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = c.Wait() // it is ended by a signal
		close(s.exited)
	}()
	for deadline := time.Now().Add(time.Minute); ; {
		conn, err := pgx.Connect(ctx, s.dsn())
		if err == nil {
			return s, conn.Close(ctx)
		}
		select {
		case <-s.exited:
			return nil, fmt.Errorf("PostgreSQL ended: %s", s.lastWords())
		case <-time.After(50 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			s.halt()
			return nil, fmt.Errorf("PostgreSQL does not answer after a minute: %w: %s", err, s.lastWords())
		}
	}
}

// halt ends a server at once, without a checkpoint.
func (s *server) halt() {
	_ = s.process.Process.Signal(syscall.SIGQUIT) // it may have ended
	<-s.exited
}

// lastWords are what a server that has ended wrote last.
func (s *server) lastWords() string {
	text := bytes.TrimSpace(s.log.Bytes())
	return string(text[max(0, len(text)-2000):])
}

// close ends both and removes what they kept.
func (p *pair) close() error {
	for _, s := range []*server{p.primary, p.standby} {
		if s != nil {
			s.halt()
		}
	}
	if p.directory == "" {
		return nil
	}
	return os.RemoveAll(p.directory)
}
