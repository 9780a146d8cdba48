package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// An Option changes how [Open] and [New] set a store up.
type Option interface{ apply(*settings) }

type option func(*settings)

func (o option) apply(s *settings) { o(s) }

type settings struct {
	prefix   string
	migrate  bool
	readers  int
	patience time.Duration
	also     sqlstore.Also
}

// WithPrefix begins the tables' names with another prefix than "tian_".
func WithPrefix(prefix string) Option { return option(func(s *settings) { s.prefix = prefix }) }

// WithoutMigration leaves the schema alone: Open then fails, with an error
// matching [sqlstore.ErrSchema], unless [Migrate] has been run, and leaves the
// file as it was.
func WithoutMigration() Option { return option(func(s *settings) { s.migrate = false }) }

// WithReaders sets how many reads Open lets go on at once; without it four.
func WithReaders(n int) Option { return option(func(s *settings) { s.readers = max(n, 1) }) }

// WithPatience sets how long a commit waits for other processes that write to
// the same file; without it ten seconds.
func WithPatience(d time.Duration) Option { return option(func(s *settings) { s.patience = d }) }

// WithAlso has a function of the host's write its own rows in each commit of the
// store; see [sqlstore.Also].
func WithAlso(f sqlstore.Also) Option { return option(func(s *settings) { s.also = f }) }

func newSettings(opts []Option) settings {
	s := settings{migrate: true, readers: 4, patience: 10 * time.Second}
	for _, o := range opts {
		if o != nil {
			o.apply(&s)
		}
	}
	return s
}

// Open opens the database file at path, creating it if need be, and brings its
// schema up to date. A path that begins with "file:" is an SQLite URI.
//
// The file is set to WAL, and every commit is synced to the disk before it
// returns (synchronous FULL). Commits queue for one connection; reads have
// connections of their own, go on meanwhile, and cannot write. A database in
// memory is refused: use package memory.
//
// A file that cannot be written, such as an archive on a read-only medium, is
// opened as "file:PATH?immutable=1" and [WithoutMigration], if nothing writes to
// it and its last store was closed: SQLite then looks at no lock and no log.
//
// The caller closes the store.
func Open(ctx context.Context, path string, opts ...Option) (*sqlstore.Store, error) {
	s := newSettings(opts)
	tables, err := sqlstore.NewTables("", s.prefix)
	if err != nil {
		return nil, err
	}
	write, read, err := pools(path, s)
	if err != nil {
		return nil, err
	}
	st, err := open(ctx, write, read, tables, s)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, errors.Join(err, read.Close(), write.Close()))
	}
	return st, nil
}

// pools returns the one connection that writes, and those that read.
func pools(path string, s settings) (write, read *sql.DB, err error) {
	dsn, err := newDSN(path)
	if err != nil {
		return nil, nil, err
	}
	// A wait inside SQLite does not heed contexts. It is kept short for the
	// writer, whose store goes on trying; readers hardly ever wait.
	write, err = sql.Open("sqlite", dsn+"_txlock=immediate&_journal_mode=WAL&_synchronous=FULL&_busy_timeout=100")
	if err != nil {
		return nil, nil, fmt.Errorf("sqlite: open %s: %w", path, err)
	}
	write.SetMaxOpenConns(1)
	read, err = sql.Open("sqlite", dsn+"_query_only=1&_busy_timeout="+strconv.FormatInt(s.patience.Milliseconds(), 10))
	if err != nil {
		return nil, nil, fmt.Errorf("sqlite: open %s: %w", path, errors.Join(err, write.Close()))
	}
	read.SetMaxOpenConns(s.readers)
	read.SetMaxIdleConns(s.readers)
	return write, read, nil
}

func open(ctx context.Context, write, read *sql.DB, tables sqlstore.Tables, s settings) (*sqlstore.Store, error) {
	if !s.migrate { // asked before anything is set: a file of another program stays as it is
		if err := sqlstore.CheckSchema(ctx, read, Dialect{}, tables); err != nil {
			return nil, err
		}
	}
	// The first process to come turns the file to WAL. For that moment it
	// needs the file alone, and SQLite does not wait for it.
	if err := untilFree(ctx, s.patience, func() error { return write.PingContext(ctx) }); err != nil {
		return nil, fmt.Errorf("sqlite: %w", err)
	}
	return sqlstore.New(ctx, sqlstore.Config{Dialect: immediate{}, DB: write, Read: read, Current: true,
		Tables: tables, Patience: s.patience, Also: s.also, Migrate: s.migrate, Own: true})
}

func untilFree(ctx context.Context, patience time.Duration, f func() error) error {
	start := time.Now()
	for {
		err := f()
		if err == nil || (Dialect{}).Classify(err) != sqlstore.Retry || time.Since(start) > patience {
			return err
		}
		select {
		case <-time.After(5 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// New returns a store on a pool of the caller's own, on the driver
// modernc.org/sqlite or another. It changes no setting of the connections: for
// a store that keeps what it has acknowledged they must have journal_mode WAL
// (or DELETE) and synchronous FULL, and a busy_timeout above zero. Close does
// not close the pool.
func New(ctx context.Context, db *sql.DB, opts ...Option) (*sqlstore.Store, error) {
	s := newSettings(opts)
	tables, err := sqlstore.NewTables("", s.prefix)
	if err != nil {
		return nil, err
	}
	return sqlstore.New(ctx, sqlstore.Config{Dialect: Dialect{}, DB: db, Tables: tables,
		Patience: s.patience, Also: s.also, Migrate: s.migrate})
}

// Scripts returns the versions of the schema as SQL, to be reviewed and run by
// whoever may make tables; see [sqlstore.Scripts]. Of the options only those of the
// tables' names matter.
func Scripts(opts ...Option) ([]sqlstore.Script, error) {
	s := newSettings(opts)
	tables, err := sqlstore.NewTables("", s.prefix)
	if err != nil {
		return nil, err
	}
	return sqlstore.Scripts(Dialect{}, tables)
}

// Migrate brings the schema up to date; see [sqlstore.Migrate]. Open and New
// do it unless told not to.
func Migrate(ctx context.Context, db *sql.DB, opts ...Option) error {
	tables, err := sqlstore.NewTables("", newSettings(opts).prefix)
	if err != nil {
		return err
	}
	return sqlstore.Migrate(ctx, db, Dialect{}, tables)
}

// newDSN returns the path as a URI whose query waits for more.
func newDSN(path string) (string, error) {
	name, query, _ := strings.Cut(path, "?")
	switch {
	case !strings.HasPrefix(path, "file:"):
		file := filepath.ToSlash(path)
		if filepath.VolumeName(path) != "" {
			file = "/" + file // a drive's letter is no scheme
		}
		name, query = "file:"+(&url.URL{Path: file}).EscapedPath(), ""
		if strings.HasPrefix(file, "//") {
			name = "file://" + name[len("file:"):] // two slashes would begin a host
		}
	case strings.Contains(query, "mode=memory"):
		path = ":memory:"
	}
	if path == "" || strings.Contains(path, ":memory:") {
		return "", errors.New("sqlite: a store needs a file; for one in memory use package memory")
	}
	if query != "" {
		query += "&"
	}
	return name + "?" + query, nil
}
