// Command desk is the library as a person sees it: a small server on an SQLite
// file, filled with the sample ledger and a few made-up cases.
//
//	go run ./examples/desk
//	open http://localhost:8080
//
// It is written to be copied from, and knows no rule of the field: what may be
// done, by whom, with which fields and until when, the library tells, and the
// pages draw it. Where to find what:
//
//	desk.go          the services on one store
//	people.go        who can sign in, and what lies on whose desk
//	place.go         the bodies, and the rules of the one whose desk this is
//	session.go       sign-in, language
//	page.go          what every page has around it, and how an error is told
//	cases.go         proposals and consultations as the pages see them, by one code
//	inbox.go         lists with counts and due dates; search
//	case.go          one case: what may be done and what not, clocks, timeline
//	act.go           an act from a form, and what is said when it is too late
//	form.go          forms drawn from the description of an action, and read back
//	words.go         labels from definitions
//	draw.go          the lifecycle, and the case's place in it
//	figures.go       the annual report
//	score.go         a scoring sheet filled in
//	sample*.go       what the file is filled with
//	pages, static    templates, style, and htmx, without which everything works too
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"
)

func main() {
	name := flag.String("db", "desk.db", "an SQLite file")
	address := flag.String("addr", "localhost:8080", "where to listen")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := serve(ctx, *name, *address)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

// serve runs the desk until ctx ends.
func serve(ctx context.Context, name, address string) (err error) {
	d, err := open(ctx, name, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	if err := d.fill(ctx); err != nil {
		return err
	}
	server := &http.Server{Addr: address, Handler: d.routes(), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Shutdown(context.WithoutCancel(ctx)) // ListenAndServe says what went wrong
	}()
	log.Printf("http://%s", address)
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func (d *desk) routes() http.Handler {
	mux := http.NewServeMux()
	for pattern, handle := range map[string]http.HandlerFunc{
		"GET /{$}": d.inbox, "GET /search": d.search, "GET /report": d.report, "GET /report.xlsx": d.report, "GET /scores": d.scores,
		"GET /signin": d.signInPage, "POST /signin": d.signIn, "POST /signout": d.signOut, "POST /lang": d.speak,
		"GET /static/": http.FileServerFS(files).ServeHTTP,
	} {
		mux.HandleFunc(pattern, handle)
	}
	for _, in := range d.rooms {
		for pattern, handle := range map[string]func(http.ResponseWriter, *http.Request, room){
			"GET /%s/lists/{list}": d.list, "GET /%s/new": d.newCase, "POST /%s/new": d.begin,
			"GET /%s/{id}": d.one, "POST /%s/{id}/{event}": d.act,
		} {
			mux.HandleFunc(fmt.Sprintf(pattern, in.Path()), func(w http.ResponseWriter, r *http.Request) { handle(w, r, in) })
		}
	}
	// No other site sends forms in a user's name, and no page runs what is not ours.
	safe := http.NewCrossOriginProtection().Handler(d.sessions.LoadAndSave(mux))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
		safe.ServeHTTP(w, r)
	})
}
