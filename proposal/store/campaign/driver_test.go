//go:build unix

package campaign

import (
	"context"
	"database/sql/driver"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"modernc.org/sqlite"

	"testing"
)

// inProcess is the saboteur of SQLite, which has no wire: a driver in front of
// the driver. A crash keeps the files as they are at that moment, as the death
// of the process would, and the copy is what is opened next.
type inProcess struct {
	t    *testing.T
	file string

	mu     sync.Mutex
	at     int
	fault  fault
	cancel func()
	seen   int
	came   bool
	dead   bool
	copied string // the file as it was when the process died
}

var errDead = errors.New("the process is dead")

func (s *inProcess) arm(k int, f fault, cancel func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at, s.fault, s.cancel, s.seen, s.came = k, f, cancel, 0, false
}

func (s *inProcess) end() (seen int, came bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.dead && s.fault != contextEnds {
		s.die()
	}
	return s.seen, s.came
}

// die copies the file and its log, and lets nothing pass any more.
func (s *inProcess) die() {
	dir := s.t.TempDir()
	for _, suffix := range []string{"", "-wal"} {
		data, err := os.ReadFile(s.file + suffix)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, "tian.db"+suffix), data, 0o600)
		}
		if err != nil {
			s.t.Error(err)
		}
	}
	s.dead, s.copied = true, filepath.Join(dir, "tian.db")
}

// statement counts one, does it, and does the fault if it is its turn.
func (s *inProcess) statement(do func() error) error {
	s.mu.Lock()
	if s.dead {
		s.mu.Unlock()
		return errDead
	}
	s.seen++
	here := s.seen == s.at
	if here {
		s.came = true
		switch s.fault {
		case crashBefore:
			s.die()
			s.mu.Unlock()
			return errDead
		case contextEnds:
			s.cancel()
		case crashAfter:
		}
	}
	s.mu.Unlock()
	err := do()
	if here && s.fault == crashAfter {
		s.mu.Lock()
		s.die()
		s.mu.Unlock()
		return errDead
	}
	return err
}

// connector makes connections that ask the saboteur.
func (s *inProcess) connector(dsn string) driver.Connector { return connector{s, dsn} }

type connector struct {
	s   *inProcess
	dsn string
}

func (c connector) Driver() driver.Driver { return &sqlite.Driver{} }

func (c connector) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.Driver().Open(c.dsn)
	if err != nil {
		return nil, err
	}
	able, ok := conn.(ableConn)
	if !ok {
		return nil, errors.New("the driver's connections have changed")
	}
	return sabotagedConn{able, c.s}, nil
}

// ableConn is what the driver's connections can do.
type ableConn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.ExecerContext
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
	driver.Pinger
}

type sabotagedConn struct {
	ableConn
	s *inProcess
}

func (c sabotagedConn) PrepareContext(ctx context.Context, text string) (driver.Stmt, error) {
	stmt, err := c.ableConn.PrepareContext(ctx, text) // asks nothing of the database
	if err != nil {
		return nil, err
	}
	able, ok := stmt.(ableStmt)
	if !ok {
		return nil, errors.New("the driver's statements have changed")
	}
	return sabotagedStmt{able, c.s}, nil
}

func (c sabotagedConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (r driver.Result, err error) {
	err = c.s.statement(func() error { r, err = c.ableConn.ExecContext(ctx, text, args); return err })
	return r, err
}

func (c sabotagedConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (r driver.Rows, err error) {
	err = c.s.statement(func() error { r, err = c.ableConn.QueryContext(ctx, text, args); return err })
	return kept(r, err)
}

func (c sabotagedConn) BeginTx(ctx context.Context, o driver.TxOptions) (tx driver.Tx, err error) {
	err = c.s.statement(func() error { tx, err = c.ableConn.BeginTx(ctx, o); return err })
	if err != nil {
		return nil, err
	}
	return sabotagedTx{tx, c.s}, nil
}

type ableStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type sabotagedStmt struct {
	ableStmt
	s *inProcess
}

func (m sabotagedStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (r driver.Result, err error) {
	err = m.s.statement(func() error { r, err = m.ableStmt.ExecContext(ctx, args); return err })
	return r, err
}

func (m sabotagedStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (r driver.Rows, err error) {
	err = m.s.statement(func() error { r, err = m.ableStmt.QueryContext(ctx, args); return err })
	return kept(r, err)
}

// kept closes what a dead process will not read.
func kept(r driver.Rows, err error) (driver.Rows, error) {
	if err != nil && r != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, err
}

type sabotagedTx struct {
	driver.Tx
	s *inProcess
}

func (x sabotagedTx) Commit() error { return x.s.statement(x.Tx.Commit) }

// Rollback is done in any case: the connection has to be closed.
func (x sabotagedTx) Rollback() error {
	err := x.s.statement(func() error { return nil })
	return errors.Join(err, x.Tx.Rollback())
}
