package main

import (
	"net/http"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
)

// api answers requests of those who speak another language than Go.
type api struct {
	service *proposal.Service
	feed    store.Store
	told    *telemetry
}

// handler answers a request of somebody who has logged in, or of the public.
type handler func(w http.ResponseWriter, r *http.Request, who proposal.Actor) error

// routes are all paths of the API, each with what openapi.go says of it.
func (a *api) routes() map[string]handler {
	return map[string]handler{
		"POST /v1/cases":                   a.open,
		"GET /v1/cases/{id}":               a.show,
		"GET /v1/cases/{id}/history":       a.history,
		"GET /v1/cases/{id}/choices":       a.choices,
		"POST /v1/cases/{id}/acts/{event}": a.act,
		"GET /v1/lists":                    a.lists,
		"GET /v1/lists/{key}":              a.list,
		"GET /v1/feed":                     a.entries,
		"GET /v1/openapi.json":             a.describe,
	}
}

// handler answers everything below /v1.
func (a *api) handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, h := range a.routes() {
		mux.Handle(pattern, a.told.requested(pattern, a.handled(h)))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { refuse(w, r, errNoSuchPath) })
	return mux
}

// handled says who asks, and what an error means.
func (a *api) handled(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, known := login(r)
		err := errNoLogin
		if known {
			err = h(w, r, who)
		}
		if err == nil {
			return
		}
		if p := refuse(w, r, err); p.Status >= http.StatusInternalServerError {
			a.told.failed(r.Context(), "api", err)
		}
	})
}
