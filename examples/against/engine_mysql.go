package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	driver "github.com/go-sql-driver/mysql"
	gormmysql "gorm.io/driver/mysql"

	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/store/mysql"
)

// openMySQL has a database for each way, which is removed. It has all ways
// unless some are named.
func openMySQL(ctx context.Context, dsn string, only ...string) (*engine, error) {
	config, err := driver.ParseDSN(dsn)
	if err != nil {
		return nil, fmt.Errorf("mysql: %w", err)
	}
	admin, err := sql.Open("mysql", config.FormatDSN())
	if err != nil {
		return nil, fmt.Errorf("mysql: %w", err)
	}
	e := &engine{name: "mysql"}
	e.remove = func(ctx context.Context) error {
		defer func() { _ = admin.Close() }()
		var errs []error
		for _, database := range e.places {
			if _, err := admin.ExecContext(ctx, "DROP DATABASE IF EXISTS "+database); err != nil {
				errs = append(errs, fmt.Errorf("remove database %s: %w", database, err))
			}
		}
		return errors.Join(errs...)
	}
	return opened(ctx, e, func() error {
		e.settings, err = askEach(ctx, admin, "version", "SELECT version()",
			"innodb_flush_log_at_trx_commit", "SELECT @@innodb_flush_log_at_trx_commit",
			"log_bin", "SELECT @@log_bin", "sync_binlog", "SELECT @@sync_binlog")
		if err != nil {
			return err
		}
		for _, o := range chosen(only, []opening{
			{"tian", func(database string) (rival, error) {
				return libraryOn(mysql.Open(ctx, inDatabase(config, database), mysql.WithMigration(), mysql.WithConnections(connections)))
			}},
			{"tian+groupcommit", func(database string) (rival, error) {
				st, err := mysql.Open(ctx, inDatabase(config, database), mysql.WithMigration(), mysql.WithConnections(connections))
				if err != nil {
					return nil, err
				}
				return newLibrary(groupcommit.New(st))
			}},
			{handWritten, func(database string) (rival, error) {
				db, err := openMySQLDatabase(config, database)
				if err != nil {
					return nil, err
				}
				return newHandSQL(ctx, db, "bigint AUTO_INCREMENT PRIMARY KEY", " FOR UPDATE")
			}},
			{"gorm", func(database string) (rival, error) {
				interpolating := config.Clone()
				interpolating.InterpolateParams = true // one round trip a statement instead of three
				db, err := openMySQLDatabase(interpolating, database)
				if err != nil {
					return nil, err
				}
				return newORM(ctx, gormmysql.New(gormmysql.Config{Conn: db}))
			}},
		}) {
			database := uniqueName()
			e.places = append(e.places, database) // before it is there: nothing is left when this is interrupted
			if _, err := admin.ExecContext(ctx, "CREATE DATABASE "+database); err != nil {
				return err
			}
			if err := e.add(ctx, o.name, roomOfDatabase(admin, database), func() (rival, error) { return o.open(database) }); err != nil {
				return err
			}
		}
		return nil
	})
}

func inDatabase(config *driver.Config, database string) string {
	own := config.Clone()
	own.DBName = database
	return own.FormatDSN()
}

func openMySQLDatabase(config *driver.Config, database string) (*sql.DB, error) {
	own := config.Clone()
	own.DBName, own.ParseTime = database, true
	db, err := sql.Open("mysql", own.FormatDSN())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// roomOfDatabase counts the pages of the tables and indexes, as the server's
// statistics have them.
func roomOfDatabase(db *sql.DB, database string) *room {
	each := func(ctx context.Context, statement string) error {
		tables, err := tablesOf(ctx, db, database)
		if err != nil {
			return err
		}
		for _, table := range tables {
			if _, err := db.ExecContext(ctx, statement+" "+database+"."+table); err != nil {
				return err
			}
		}
		return nil
	}
	return &room{
		compact: func(ctx context.Context) error { return each(ctx, "OPTIMIZE TABLE") },
		analyse: func(ctx context.Context) error { return each(ctx, "ANALYZE TABLE") },
		size: func(ctx context.Context) (size int64, err error) {
			err = db.QueryRowContext(ctx, `SELECT CAST(coalesce(sum(data_length + index_length), 0) AS SIGNED)
				FROM information_schema.tables WHERE table_schema = ?`, database).Scan(&size)
			return size, err
		},
	}
}

func tablesOf(ctx context.Context, db *sql.DB, database string) (tables []string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT table_name FROM information_schema.tables WHERE table_schema = ?`, database)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			return nil, err
		}
		tables = append(tables, table)
	}
	return tables, rows.Err()
}
