// Command embed is a small but whole web application with users, tables and pages
// of its own, into which the library is built: what a host has to write, and no
// more. It runs on an SQLite file or on PostgreSQL, with GORM.
//
//	go run ./examples/embed --db app.db
//	curl -H 'Authorization: Bearer member' localhost:8080/lists/mine
//
// Where to find what:
//
//	host.go         the host's tables: users, delegations, receipts, boards, notices
//	database.go     the store and GORM on one database, and what follows each commit
//	transaction.go  the host's rows and acts in one transaction, and why it may begin anew
//	definition.go   a definition, an action and a list of the host's own
//	login.go        who asks: the host's users as actors, and in whose name (代办)
//	acts.go         acts from JSON bodies, done or only tried; what somebody may do next
//	page.go         the same as a page, with forms drawn from descriptions
//	read.go         what each may see: a case, its history, lists with counts and pages
//	bulk.go         many cases in one call, opening included
//	rules.go        rules that an office adopts from a day on
//	relay.go        the feed handed on to the host's notices, once each
//	admin.go        migrations planned and done, lists rebuilt, the feed for other systems
package main

import (
	"context"
	"errors"
	"flag"
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"
)

func main() {
	name := flag.String("db", "app.db", "an SQLite file, or postgres://…")
	address := flag.String("addr", "localhost:8080", "where to listen")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := serve(ctx, *name, *address)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

// serve runs the application until ctx ends.
func serve(ctx context.Context, name, address string) (err error) {
	a, err := open(ctx, name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	if err := a.firstUsers(ctx); err != nil {
		return err
	}
	go a.every(ctx, time.Second, a.handOn) // the feed → notices
	go a.every(ctx, time.Minute, a.sweep)  // limits whose day has come
	server := &http.Server{Addr: address, Handler: a.routes(), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Shutdown(context.WithoutCancel(ctx)) // ListenAndServe says what went wrong
	}()
	log.Printf("ask it: curl -H 'Authorization: Bearer member' http://%s/lists/mine", address)
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// every does something again and again; a mistake is told and does not end it.
func (a *app) every(ctx context.Context, pause time.Duration, do func(context.Context) error) {
	for {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			log.Print(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

func (a *app) sweep(ctx context.Context) error {
	_, err := a.svc.Sweep(ctx, time.Now())
	return err
}

func (a *app) routes() http.Handler {
	mux := http.NewServeMux()
	for pattern, answer := range map[string]handler{
		"POST /proposals":              a.submit,
		"GET /proposals/{id}":          a.show,
		"GET /proposals/{id}/history":  a.history,
		"GET /proposals/{id}/choices":  a.choices,
		"POST /proposals/{id}/{event}": a.act,
		"GET /lists":                   a.lists,
		"GET /lists/{key}":             a.list,
		"POST /bulk":                   a.bulk,
		"GET /notices":                 a.notices,
		"GET /public":                  a.public,
		"GET /admin/migration":         a.administer(a.planMigration),
		"POST /admin/migration":        a.administer(a.migrate),
		"GET /admin/rules":             a.administer(a.holds),
		"POST /admin/rules":            a.administer(a.adopt),
		"POST /admin/reindex":          a.administer(a.reindex),
		"GET /admin/feed":              a.administer(a.feed),
	} {
		mux.Handle(pattern, a.handled(answer))
	}
	mux.HandleFunc("GET /proposals/{id}/page", a.page)
	return http.NewCrossOriginProtection().Handler(mux) // no other site sends forms in a user's name
}
