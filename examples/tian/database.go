package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/mysql"
	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// database is a store that is closed after use.
type database interface {
	store.Store
	io.Closer
}

// databaseFlag gives a command the flag --db, whose default is TIAN_DB.
func databaseFlag(cmd *cobra.Command, standard string) *string {
	if name := os.Getenv("TIAN_DB"); name != "" {
		standard = name
	}
	return cmd.Flags().String("db", standard, "the database: an SQLite file, postgres://… or mysql://user:password@host:port/name")
}

// open opens the database of that name. An SQLite file that is not there is
// made only when create is set; the tables of a server too.
func open(ctx context.Context, name string, create bool) (database, error) {
	scheme, _, isURL := strings.Cut(name, "://")
	switch {
	case name == "":
		return nil, said("没有 --db：指明 SQLite 文件，或 postgres://… 或 mysql://…", "--db is missing: name an SQLite file, or postgres://… or mysql://…")
	case isURL && (scheme == "postgres" || scheme == "postgresql"):
		var options []postgres.Option
		if create {
			options = append(options, postgres.WithMigration())
		}
		return opened(postgres.Open(ctx, name, options...))
	case isURL && scheme == "mysql":
		dsn, err := mysql.DSN(name)
		if err != nil {
			return nil, fmt.Errorf("--db: %w", err)
		}
		var options []mysql.Option
		if create {
			options = append(options, mysql.WithMigration())
		}
		return opened(mysql.Open(ctx, dsn, options...))
	case isURL && scheme != "file":
		return nil, said("--db：不能用数据库“%s”，可用 SQLite 文件、postgres:// 和 mysql://",
			"--db: there is no database %q: an SQLite file, postgres:// and mysql:// are known", scheme+"://")
	}
	if create {
		return opened(sqlite.Open(ctx, name))
	}
	switch _, err := os.Stat(filePath(name)); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, said("--db：没有文件 %s", "--db: there is no file %s", name)
	case err != nil:
		return nil, fmt.Errorf("--db: %w", err)
	}
	db, err := sqlite.Open(ctx, name, sqlite.WithoutMigration())
	switch {
	case errors.Is(err, sqlstore.ErrSchema):
		err = fmt.Errorf("%w; the file was left as it was: tian import and tian demo bring a file up to date", err)
	case err != nil && strings.Contains(err.Error(), "readonly"): // a text of SQLite's
		err = fmt.Errorf("%w; to read a file that nobody writes to, name it file:PATH?immutable=1", err)
	}
	return opened(db, err)
}

// filePath returns the path of an SQLite file named by path or by URI.
func filePath(name string) string {
	uri, is := strings.CutPrefix(name, "file:")
	if !is {
		return name
	}
	path, _, _ := strings.Cut(uri, "?")
	if rest, authority := strings.CutPrefix(path, "//"); authority { // empty, or localhost
		_, path, _ = strings.Cut(rest, "/")
		path = "/" + path
	}
	if plain, err := url.PathUnescape(path); err == nil {
		return plain
	}
	return path
}

// opened keeps a store that is nil from becoming a database that is not.
func opened[S database](st S, err error) (database, error) {
	if err != nil {
		return nil, fmt.Errorf("--db: %w", err)
	}
	return st, nil
}

// withDatabase opens a database, does something with it, and closes it.
func withDatabase(ctx context.Context, name string, create bool, do func(database) error) error {
	db, err := open(ctx, name, create)
	if err != nil {
		return err
	}
	return errors.Join(do(db), db.Close())
}
