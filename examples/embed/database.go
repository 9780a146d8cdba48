package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	gormsqlite "github.com/libtnb/sqlite"
	gormpostgres "gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/relay"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// app is the application: the host's tables by GORM, and the library on the same
// database.
type app struct {
	db    *gorm.DB
	store *sqlstore.Store
	svc   *proposal.Service
	post  *relay.Relay
}

// open opens the database of that name and brings its tables up to date. Where the
// application may not make tables, somebody who may runs what
// "tian schema" prints.
func open(ctx context.Context, name string) (*app, error) {
	a := new(app)
	var err error
	if a.db, err = openHost(name); err != nil {
		return nil, err
	}
	if err := a.db.WithContext(ctx).AutoMigrate(tables()...); err != nil {
		return nil, errors.Join(fmt.Errorf("the host's tables: %w", err), a.close())
	}
	if isPostgres(name) {
		a.store, err = postgres.Open(ctx, name, postgres.WithMigration(), postgres.WithAlso(a.board))
	} else {
		a.store, err = sqlite.Open(ctx, name, sqlite.WithAlso(a.board))
	}
	if err == nil {
		a.post = relay.New(a.store, "notices", 0)
		a.svc, err = newService(a.store)
	}
	if err != nil {
		return nil, errors.Join(err, a.close())
	}
	return a, nil
}

func (a *app) close() error {
	var err error
	if a.store != nil {
		err = a.store.Close()
	}
	pool, noPool := a.db.DB()
	if noPool != nil {
		return errors.Join(err, noPool)
	}
	return errors.Join(err, pool.Close())
}

func isPostgres(name string) bool { return strings.HasPrefix(name, "postgres") }

// openHost opens the host's own pool, with GORM on it.
func openHost(name string) (*gorm.DB, error) {
	config := &gorm.Config{Logger: logger.Discard}
	if isPostgres(name) {
		pool, err := sql.Open("pgx", name)
		if err != nil {
			return nil, err
		}
		return gorm.Open(gormpostgres.New(gormpostgres.Config{Conn: pool}), config)
	}
	// A transaction that will write takes SQLite's one write lock at once, and waits
	// for it.
	path := filepath.ToSlash(name)
	if filepath.VolumeName(name) != "" {
		path = "/" + path // a drive's letter is no scheme
	}
	file := (&url.URL{Path: path}).EscapedPath()
	pool, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate&_journal_mode=WAL&_busy_timeout=10000")
	if err != nil {
		return nil, err
	}
	return gorm.Open(gormsqlite.New(gormsqlite.Config{Conn: pool}), config)
}

// in returns GORM on a transaction that is somebody else's.
func (a *app) in(ctx context.Context, tx *sql.Tx) *gorm.DB {
	g := a.db.Session(&gorm.Session{NewDB: true, Context: ctx, SkipDefaultTransaction: true})
	g.Statement.ConnPool = tx
	return g
}

// board writes the host's rows in each commit of the library's, whoever began the
// transaction: both are there afterwards, or neither is.
func (a *app) board(ctx context.Context, tx *sql.Tx, changes []store.Change) error {
	for _, c := range changes {
		if c.Record.Kind != proposal.Kind {
			continue
		}
		row := Board{ProposalID: c.Record.ID, Revision: c.Record.Revision + 1}
		for _, attr := range c.Record.Index {
			if attr.Name == "state" {
				row.State = attr.Value
			}
		}
		if err := a.in(ctx, tx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
			return fmt.Errorf("the board: %w", err)
		}
	}
	return nil
}
