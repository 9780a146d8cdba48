package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/tian-go/tian/proposal/store/mysql"
	"github.com/tian-go/tian/proposal/store/sqlite"
)

// openForLists opens the library at a place of its own: a new SQLite file, a
// schema or a database.
func openForLists(ctx context.Context, dsn string) (*engine, error) {
	scheme, _, isURL := strings.Cut(dsn, "://")
	switch {
	case isURL && (scheme == "postgres" || scheme == "postgresql"):
		return openPostgres(ctx, dsn, "tian")
	case isURL && scheme == "mysql":
		name, err := mysql.DSN(dsn)
		if err != nil {
			return nil, fmt.Errorf("--db: %w", err)
		}
		return openMySQL(ctx, name, "tian")
	case strings.Contains(dsn, "@tcp(") || strings.Contains(dsn, "@unix("):
		return openMySQL(ctx, dsn, "tian")
	case isURL:
		return nil, fmt.Errorf("--db: there is no database %s://: an SQLite file, postgres:// and mysql:// are known", scheme)
	case dsn == "":
		return openSQLite(ctx, "tian")
	}
	return openNewFile(ctx, dsn)
}

// openNewFile makes an SQLite file, and removes it with what SQLite puts beside it.
func openNewFile(ctx context.Context, file string) (*engine, error) {
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("--db: %s is there already, and lists removes the file that it makes", file)
	}
	e := &engine{name: "sqlite", places: []string{file, file + "-wal", file + "-shm"}}
	e.remove = func(context.Context) error {
		var err error
		for _, name := range e.places {
			if removed := os.Remove(name); !errors.Is(removed, fs.ErrNotExist) {
				err = errors.Join(err, removed)
			}
		}
		return err
	}
	return opened(ctx, e, func() error {
		return e.add(ctx, "tian", nil, func() (rival, error) { return libraryOn(sqlite.Open(ctx, file)) })
	})
}
