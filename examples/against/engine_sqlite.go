package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	gormsqlite "github.com/libtnb/sqlite"

	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/store/sqlite"
)

// openSQLite has a file for each way, in a folder that is removed. It has all ways
// unless some are named.
func openSQLite(ctx context.Context, only ...string) (*engine, error) {
	dir, err := os.MkdirTemp("", "against")
	if err != nil {
		return nil, fmt.Errorf("sqlite: %w", err)
	}
	e := &engine{name: "sqlite", places: []string{dir}, remove: func(context.Context) error { return os.RemoveAll(dir) }}
	return opened(ctx, e, func() error {
		if err := e.addSQLite(ctx, dir, only); err != nil {
			return err
		}
		db, err := openSQLiteFile(filepath.Join(dir, handWritten+".db"))
		if err != nil {
			return err
		}
		defer func() { _ = db.Close() }()
		e.settings, err = askEach(ctx, db, "version", "SELECT sqlite_version()",
			"journal_mode", "PRAGMA journal_mode", "synchronous (2 is FULL)", "PRAGMA synchronous")
		return err
	})
}

func (e *engine) addSQLite(ctx context.Context, dir string, only []string) error {
	for _, o := range chosen(only, []opening{
		{"tian", func(file string) (rival, error) { return libraryOn(sqlite.Open(ctx, file)) }},
		{"tian+groupcommit", func(file string) (rival, error) {
			st, err := sqlite.Open(ctx, file)
			if err != nil {
				return nil, err
			}
			return newLibrary(groupcommit.New(st))
		}},
		{handWritten, func(file string) (rival, error) {
			db, err := openSQLiteFile(file)
			if err != nil {
				return nil, err
			}
			return newHandSQL(ctx, db, "integer PRIMARY KEY", "")
		}},
		{"gorm", func(file string) (rival, error) {
			db, err := openSQLiteFile(file)
			if err != nil {
				return nil, err
			}
			return newORM(ctx, gormsqlite.New(gormsqlite.Config{Conn: db}))
		}},
	}) {
		file := filepath.Join(dir, o.name+".db")
		if err := e.add(ctx, o.name, roomOfSQLite(file), func() (rival, error) { return o.open(file) }); err != nil {
			return err
		}
	}
	return nil
}

// openSQLiteFile opens a file as package sqlite does for its writer: a log
// beside the file, every commit synced, one writer at a time.
func openSQLiteFile(file string) (*sql.DB, error) {
	uri := url.URL{Scheme: "file", Path: filepath.ToSlash(file), RawQuery: "_txlock=immediate&_journal_mode=WAL&_synchronous=FULL&_busy_timeout=10000"}
	db, err := sql.Open("sqlite", uri.String())
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", file, err)
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

func roomOfSQLite(file string) *room {
	with := func(do func(*sql.DB) error) error {
		db, err := openSQLiteFile(file)
		if err != nil {
			return err
		}
		return errors.Join(do(db), db.Close())
	}
	return &room{
		compact: func(ctx context.Context) error {
			return with(func(db *sql.DB) error {
				_, err := db.ExecContext(ctx, "VACUUM")
				return err
			})
		},
		size: func(ctx context.Context) (size int64, err error) {
			err = with(func(db *sql.DB) error {
				return db.QueryRowContext(ctx, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").Scan(&size)
			})
			return size, err
		},
	}
}
