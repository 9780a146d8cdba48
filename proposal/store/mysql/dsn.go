package mysql

import (
	"errors"
	"net/url"
	"strings"
)

// DSN writes a URL, mysql://user:password@host:port/database?parameter=value, as
// [Open] and the driver want it. The port may be missing, and is 3306 then.
func DSN(name string) (string, error) {
	u, err := url.Parse(name)
	if err != nil || u.Scheme != "mysql" || u.Hostname() == "" || len(u.Path) < 2 || strings.Contains(u.Path[1:], "/") {
		return "", errors.New("mysql: a database is named mysql://user:password@host:port/database (数据库地址的写法)") // the URL may hold a password
	}
	host := u.Host
	if u.Port() == "" {
		host = strings.TrimSuffix(host, ":") + ":3306"
	}
	dsn := "tcp(" + host + ")" + u.EscapedPath()
	if u.User != nil {
		password, _ := u.User.Password()
		dsn = u.User.Username() + ":" + password + "@" + dsn
	}
	if u.RawQuery != "" {
		dsn += "?" + u.RawQuery
	}
	return dsn, nil
}
