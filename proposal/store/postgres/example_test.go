package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"os"
	"time"

	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// The schema is brought up to date apart, by a role that may create tables.
func ExampleMigrate() { //nolint:testableexamples // needs a server
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	db, err := sql.Open("pgx", os.Getenv("TIAN_POSTGRES_OWNER_DSN"))
	if err != nil {
		log.Print(err)
		return
	}
	if err := postgres.Migrate(ctx, db, postgres.WithSchema("cases")); err != nil {
		log.Print(err)
	}
}

// A service opens the tables that are there, with a role that owns nothing.
func ExampleOpen() { //nolint:testableexamples // needs a server
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	db, err := postgres.Open(ctx, os.Getenv("TIAN_POSTGRES_DSN"), postgres.WithSchema("cases"))
	if errors.Is(err, sqlstore.ErrSchema) {
		log.Print("run the migration of this release first: ", err)
		return
	} else if err != nil {
		log.Print(err)
		return
	}
	s := groupcommit.New(db) // callers that arrive together share a transaction
	defer func() {
		if err := s.Close(); err != nil {
			log.Print(err)
		}
	}()
}

// gauss is the dialect of a relative with a driver of its own: the one error
// code that differs, and for the rest [postgres.Dialect].
type gauss struct{ postgres.Dialect }

func (gauss) Name() string { return "gauss" }

// Classify also takes GaussDB's code for a lock that was not granted in time,
// LOCK_WAIT_TIMEOUT in its manual's table of errors that may be tried again.
func (d gauss) Classify(err error) sqlstore.Fault {
	var e interface{ SQLState() string }
	if errors.As(err, &e) && e.SQLState() == "YY003" {
		return sqlstore.Retry
	}
	return d.Dialect.Classify(err)
}

// A relative's driver is handed over as a pool; the dialect is one's own.
func ExampleDialect() { //nolint:testableexamples // needs a server
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	db, err := sql.Open("opengauss", os.Getenv("OPENGAUSS_DSN"))
	if err != nil {
		log.Print(err)
		return
	}
	tables, err := sqlstore.NewTables("cases", "")
	if err != nil {
		log.Print(err)
		return
	}
	if err := sqlstore.Migrate(ctx, db, gauss{}, tables); err != nil {
		log.Print(err)
		return
	}
	s, err := sqlstore.New(ctx, sqlstore.Config{Dialect: gauss{}, DB: db, Tables: tables, Own: true})
	if err != nil {
		log.Print(err)
		return
	}
	log.Print(s.Close())
}
