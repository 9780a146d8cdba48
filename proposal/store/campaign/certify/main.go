// Command certify holds a database to every promise of a store and prints a
// certificate: which hold, which do not, and why.
//
//	go run ./proposal/store/campaign/certify --db FILE.db
//	go run ./proposal/store/campaign/certify --db 'postgres://root@127.0.0.1:5432/test?sslmode=disable' --json
//	go run ./proposal/store/campaign/certify --db 'root@tcp(127.0.0.1:3306)/test'
//
// It makes schemas or databases of its own on the server, or files beside the one
// named, and removes them. It exits with 0 when every promise holds that was
// tested, with 1 when one is broken, with 2 when it could not find out.
//
// For a database under a driver of your own, write a command like this one: see
// package proposal/store/storetest/certify.
package main

import (
	"context"
	"os"
	"os/signal"
	"time"

	"github.com/tian-go/tian/proposal/store/storetest/certify"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := certify.Run(ctx, os.Args[1:], os.Stdout, os.Stderr, time.Now(), //nolint:forbidigo // a certificate has the day on which it was made
		postgresEngine(), mysqlEngine(), sqliteEngine())
	stop()
	os.Exit(code)
}
