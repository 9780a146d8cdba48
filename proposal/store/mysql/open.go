package mysql

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// An Option changes how [Open], [New] and [Migrate] set a store up.
type Option interface{ apply(*settings) }

type option func(*settings)

func (o option) apply(s *settings) { o(s) }

type settings struct {
	prefix      string
	migrate     bool
	connections int
	patience    time.Duration
	also        sqlstore.Also
}

// WithPrefix begins the tables' names with another prefix than "tian_".
func WithPrefix(prefix string) Option { return option(func(s *settings) { s.prefix = prefix }) }

// WithMigration makes Open and New run [Migrate] first. The user must then have
// the right to create tables.
func WithMigration() Option { return option(func(s *settings) { s.migrate = true }) }

// WithConnections sets how many connections Open makes at the most; without it ten.
func WithConnections(n int) Option { return option(func(s *settings) { s.connections = max(n, 1) }) }

// WithPatience sets how long a commit waits for others; without it ten
// seconds. Waits inside the server are counted in whole seconds.
func WithPatience(d time.Duration) Option { return option(func(s *settings) { s.patience = d }) }

// WithAlso has a function of the host's write its own rows in each commit of the
// store; see [sqlstore.Also].
func WithAlso(f sqlstore.Also) Option { return option(func(s *settings) { s.also = f }) }

func newSettings(opts []Option) settings {
	s := settings{connections: 10, patience: 10 * time.Second}
	for _, o := range opts {
		if o != nil {
			o.apply(&s)
		}
	}
	return s
}

// Open connects to a database whose tables exist; see the package's comment
// for what it sets. Closing the store closes the connections.
func Open(ctx context.Context, dsn string, opts ...Option) (*sqlstore.Store, error) {
	s := newSettings(opts)
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return nil, fmt.Errorf("mysql: connection string: %w", err)
	}
	if err := speaksUTF8(config); err != nil {
		return nil, err
	}
	config.InterpolateParams = true
	config.MaxAllowedPacket = 0        // as the server has it
	config.Logger = &mysql.NopLogger{} // what it would print comes back as an error as well
	if config.Timeout == 0 {
		config.Timeout = 10 * time.Second
	}
	base, err := mysql.NewConnector(config)
	if err != nil {
		return nil, fmt.Errorf("mysql: connection string: %w", err)
	}
	db := sql.OpenDB(connector{Connector: base, patience: s.patience})
	db.SetMaxOpenConns(s.connections)
	db.SetMaxIdleConns(s.connections)
	db.SetConnMaxLifetime(3 * time.Minute)
	st, err := open(ctx, db, s, committed{}, true)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return st, nil
}

// New returns a store on a pool of the caller's own. It changes no setting of
// the connections but the isolation of its transactions; the mode of the
// session must be strict. Close does not close the pool.
func New(ctx context.Context, db *sql.DB, opts ...Option) (*sqlstore.Store, error) {
	return open(ctx, db, newSettings(opts), Dialect{}, false)
}

func open(ctx context.Context, db *sql.DB, s settings, d sqlstore.Dialect, own bool) (*sqlstore.Store, error) {
	tables, err := sqlstore.NewTables("", s.prefix)
	if err != nil {
		return nil, err
	}
	var packet int64
	var tidb bool
	if err := db.QueryRowContext(ctx, "SELECT @@max_allowed_packet, 0 "+asTiDB("+ 1")).Scan(&packet, &tidb); err != nil {
		return nil, fmt.Errorf("mysql: connect: %w", err)
	}
	if packet < 2*store.MaxBody {
		return nil, fmt.Errorf("mysql: the server's max_allowed_packet is %d bytes, a store needs %d", packet, 2*store.MaxBody)
	}
	if tidb {
		if err := checkTiDB(ctx, db); err != nil {
			return nil, err
		}
		d = onTiDB{d}
	}
	st, err := sqlstore.New(ctx, sqlstore.Config{Dialect: d, DB: db, Tables: tables,
		Patience: s.patience, Also: s.also, Migrate: s.migrate, Own: own})
	if err != nil || !tidb {
		return st, err
	}
	if err := checkArrivals(ctx, db, tables); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	return st, nil
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

// Migrate brings the schema up to date; see [sqlstore.Migrate]. Only the option
// WithPrefix matters to it.
func Migrate(ctx context.Context, db *sql.DB, opts ...Option) error {
	tables, err := sqlstore.NewTables("", newSettings(opts).prefix)
	if err != nil {
		return err
	}
	return sqlstore.Migrate(ctx, db, Dialect{}, tables)
}

// connector makes connections whose session is set for a store.
type connector struct {
	driver.Connector
	patience time.Duration
}

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	exec, ok := conn.(driver.ExecerContext)
	if !ok {
		return nil, errors.Join(errors.New("mysql: the driver's connections cannot execute"), conn.Close())
	}
	for _, statement := range []string{
		"SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
		fmt.Sprintf("SET SESSION innodb_lock_wait_timeout = %d, sql_mode = concat(@@sql_mode, ',STRICT_ALL_TABLES') %s",
			max(int(c.patience.Seconds()), 1), tidbSettings()),
	} {
		if _, err := exec.ExecContext(ctx, statement, nil); err != nil {
			return nil, errors.Join(fmt.Errorf("mysql: %s: %w", statement, err), conn.Close())
		}
	}
	return conn, nil
}

// speaksUTF8 refuses a connection whose text is not UTF-8: parameters that are
// put into statements as UTF-8 would mean something else there.
func speaksUTF8(config *mysql.Config) error {
	_, query, _ := strings.Cut(config.FormatDSN(), "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return fmt.Errorf("mysql: connection string: %w", err)
	}
	names := strings.Split(values.Get("charset"), ",")
	for _, name := range append(names, values.Get("collation")) {
		family, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(name)), "_")
		switch family {
		case "", "utf8", "utf8mb3", "utf8mb4":
		default:
			return fmt.Errorf("mysql: connection string: the text of a connection is UTF-8 (utf8mb4), not %q (连接须使用utf8mb4)", name)
		}
	}
	return nil
}
