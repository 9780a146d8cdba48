package main

import (
	"net/http"
	"strings"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

const perPage = 20

// inbox shows what lies on somebody's desk: their lists, each with its count and
// the first cases. To the public it shows what has been published.
func (d *desk) inbox(w http.ResponseWriter, r *http.Request) {
	v := d.visitor(r)
	var lists []listing
	for _, key := range v.Desk {
		path, list, _ := strings.Cut(key, "/")
		for _, in := range d.rooms {
			if in.Path() != path {
				continue
			}
			l, err := in.list(r.Context(), v, workflow.Query{List: list, Max: 5}, d.now())
			if err != nil {
				d.fail(w, r, err)
				return
			}
			lists = append(lists, l)
		}
	}
	if !v.In {
		l, err := d.rooms[0].list(r.Context(), v, workflow.Query{Max: perPage}, d.now())
		if err != nil {
			d.fail(w, r, err)
			return
		}
		lists = append(lists, l)
	}
	d.show(w, r, http.StatusOK, "inbox", lists)
}

// list shows one list, page by page.
func (d *desk) list(w http.ResponseWriter, r *http.Request, in room) {
	l, err := in.list(r.Context(), d.visitor(r), workflow.Query{List: r.PathValue("list"), Max: perPage, After: r.FormValue("after")}, d.now())
	if err != nil {
		d.fail(w, r, err)
		return
	}
	d.show(w, r, http.StatusOK, "list", l)
}

// search finds the cases that its reader may see by words of their title, by
// number, or by unit.
func (d *desk) search(w http.ResponseWriter, r *http.Request) {
	q := strings.TrimSpace(r.FormValue("q"))
	found := struct {
		Query string
		Found []listing
	}{Query: q}
	for _, in := range d.rooms {
		if q == "" {
			break
		}
		l, err := in.list(r.Context(), d.visitor(r), workflow.Query{
			Max: perPage, After: r.FormValue("after-" + in.Path()), Where: []store.Match{in.search(q)},
		}, d.now())
		if err != nil {
			d.fail(w, r, err)
			return
		}
		found.Found = append(found.Found, l)
	}
	d.show(w, r, http.StatusOK, "search", found)
}
