package mysql_test

import (
	"testing"

	driver "github.com/go-sql-driver/mysql"
	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store/mysql"
)

func TestAURLNamesTheSameDatabaseToTheDriver(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]driver.Config{
		"mysql://user:word@host/db?timeout=1s": {User: "user", Passwd: "word", Addr: "host:3306", DBName: "db"},
		"mysql://root@127.0.0.1:3307/tian":     {User: "root", Addr: "127.0.0.1:3307", DBName: "tian"},
		"mysql://[::1]/tian":                   {Addr: "[::1]:3306", DBName: "tian"},
		"mysql://u:p%40ss%3A%2F@h:/a%20b":      {User: "u", Passwd: "p@ss:/", Addr: "h:3306", DBName: "a b"},
	} {
		dsn, err := mysql.DSN(url)
		require.NoError(t, err, url)
		got, err := driver.ParseDSN(dsn)
		require.NoError(t, err, dsn)
		require.Equal(t, want, driver.Config{User: got.User, Passwd: got.Passwd, Addr: got.Addr, DBName: got.DBName}, url)
		require.Equal(t, "tcp", got.Net)
	}
}

func TestWhatIsNoURLOfADatabaseIsRefusedWithoutItsPassword(t *testing.T) {
	t.Parallel()
	for _, url := range []string{
		"", "mysql://", "mysql://host", "mysql://user:secret@host/", "mysql://user:secret@host/a/b", "postgres://user:secret@host/db",
		"mysql://user:secret@/db", "mysql://user:sec%zzret@host/db", "user:secret@tcp(host:3306)/db",
	} {
		_, err := mysql.DSN(url)
		require.ErrorContains(t, err, "mysql://user:password@host:port/database", url)
		require.NotContains(t, err.Error(), "sec", url)
	}
}
