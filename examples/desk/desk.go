package main

import (
	"context"
	"embed"
	"errors"
	"html/template"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/sqlstore"
	"github.com/tian-go/tian/proposal/workflow"
)

// desk is the application.
type desk struct {
	store     *sqlstore.Store
	proposals *proposal.Service
	consults  *consult.Service
	rooms     []room
	sessions  *scs.SessionManager
	now       func() time.Time
	pages     map[string]*template.Template // by language
}

//go:embed pages static
var files embed.FS

// open opens the database and everything that stands on it.
func open(ctx context.Context, name string, now func() time.Time) (*desk, error) {
	d := &desk{now: now, sessions: scs.New(), pages: map[string]*template.Template{}}
	d.sessions.Lifetime = 12 * time.Hour // in memory; a host keeps them in its database
	d.sessions.Cookie.Name, d.sessions.Cookie.SameSite = "desk", http.SameSiteLaxMode
	for _, lang := range []string{"zh", "en"} {
		page, err := template.New("").Funcs(functions(lang)).ParseFS(files, "pages/*.html")
		if err != nil {
			return nil, err
		}
		d.pages[lang] = page
	}
	bodies, err := bodies()
	if err != nil {
		return nil, err
	}
	if d.store, err = sqlite.Open(ctx, name); err != nil {
		return nil, err
	}
	options := []workflow.Option{workflow.WithTree(bodies), workflow.WithNow(now)}
	d.proposals, err = ledger.Service(d.store, append(options, workflow.WithRules(home, localRules()))...)
	if err == nil {
		d.consults, err = consult.New(d.store, options...)
	}
	if err != nil {
		return nil, errors.Join(err, d.close())
	}
	d.rooms = []room{proposalsRoom(d.proposals), consultationsRoom(d.consults)}
	return d, nil
}

func (d *desk) close() error { return d.store.Close() }
