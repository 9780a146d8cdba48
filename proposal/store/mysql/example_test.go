package mysql_test

import (
	"context"
	"log"
	"os"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/mysql"
)

// A service on MariaDB or MySQL: the tables are made, or brought up to date, when the
// role may; what the connection needs is set by Open.
func ExampleOpen() { //nolint:testableexamples // needs a server
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	st, err := mysql.Open(ctx, os.Getenv("TIAN_MYSQL_DSN"), mysql.WithMigration(), mysql.WithPrefix("cppcc_"))
	if err != nil {
		log.Print(err)
		return
	}
	defer func() {
		if err := st.Close(); err != nil {
			log.Print(err)
		}
	}()
	svc, err := proposal.New(st)
	if err != nil {
		log.Print(err)
		return
	}
	_ = svc
}
