package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// An Option changes how [Open], [New] and [Migrate] set a store up.
type Option interface{ apply(*settings) }

type option func(*settings)

func (o option) apply(s *settings) { o(s) }

type settings struct {
	schema, prefix string
	migrate        bool
	connections    int
	patience       time.Duration
	also           sqlstore.Also
}

// WithSchema keeps the tables in a schema of the database; without it they are
// where the role's search_path leads. The schema must exist.
func WithSchema(schema string) Option { return option(func(s *settings) { s.schema = schema }) }

// WithPrefix begins the tables' names with another prefix than "tian_".
func WithPrefix(prefix string) Option { return option(func(s *settings) { s.prefix = prefix }) }

// WithMigration makes Open and New run [Migrate] first. The role must then have
// the right to create tables.
func WithMigration() Option { return option(func(s *settings) { s.migrate = true }) }

// WithConnections sets how many connections Open makes at the most; without it ten.
func WithConnections(n int) Option { return option(func(s *settings) { s.connections = max(n, 1) }) }

// WithPatience sets how long a commit waits for others; without it ten seconds.
func WithPatience(d time.Duration) Option { return option(func(s *settings) { s.patience = d }) }

// WithAlso has a function of the host's write its own rows in each commit of the
// store; see [sqlstore.Also]. Commits then take more round trips than one.
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
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("postgres: connection string: %w", err)
	}
	for name, value := range map[string]string{
		"application_name":                    "tian",
		"lock_timeout":                        strconv.FormatInt(max(s.patience.Milliseconds(), 1), 10),
		"idle_in_transaction_session_timeout": "30000",
		"enable_seqscan":                      "off",
		"plan_cache_mode":                     "force_generic_plan",
		"jit":                                 "off",
	} {
		if _, given := config.RuntimeParams[name]; !given {
			config.RuntimeParams[name] = value
		}
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(s.connections)
	db.SetMaxIdleConns(s.connections)
	db.SetConnMaxLifetime(30 * time.Minute)
	st, err := open(ctx, db, s, true)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return st, nil
}

// New returns a store on a pool of the caller's own, which is of the driver
// pgx (github.com/jackc/pgx/v5/stdlib). It changes no setting of the
// connections, and Close does not close them.
func New(ctx context.Context, db *sql.DB, opts ...Option) (*sqlstore.Store, error) {
	return open(ctx, db, newSettings(opts), false)
}

func open(ctx context.Context, db *sql.DB, s settings, own bool) (*sqlstore.Store, error) {
	tables, err := sqlstore.NewTables(s.schema, s.prefix)
	if err != nil {
		return nil, err
	}
	return sqlstore.New(ctx, sqlstore.Config{Dialect: newPipelined(tables), DB: db, Tables: tables,
		Patience: s.patience, Also: s.also, Migrate: s.migrate, Own: own})
}

// Scripts returns the versions of the schema as SQL, to be reviewed and run by
// whoever may make tables; see [sqlstore.Scripts]. Of the options only those of the
// tables' names matter.
func Scripts(opts ...Option) ([]sqlstore.Script, error) {
	s := newSettings(opts)
	tables, err := sqlstore.NewTables(s.schema, s.prefix)
	if err != nil {
		return nil, err
	}
	return sqlstore.Scripts(Dialect{}, tables)
}

// Migrate brings the schema up to date; see [sqlstore.Migrate]. Only the
// options WithSchema and WithPrefix matter to it.
func Migrate(ctx context.Context, db *sql.DB, opts ...Option) error {
	s := newSettings(opts)
	tables, err := sqlstore.NewTables(s.schema, s.prefix)
	if err != nil {
		return err
	}
	return sqlstore.Migrate(ctx, db, Dialect{}, tables)
}
