package main

import (
	"log"
	"net/http"
	"strings"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

func (d *desk) visitor(r *http.Request) visitor {
	v := visitor{Lang: d.sessions.GetString(r.Context(), "lang")}
	if v.Lang == "" {
		v.Lang = "zh"
		if first, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ","); strings.HasPrefix(first, "en") {
			v.Lang = "en"
		}
	}
	v.person, v.In = personOf(d.sessions.GetString(r.Context(), "account"))
	return v
}

// frame is what every page has around it.
type frame struct {
	visitor
	Path  string // of this page, to come back to
	Opens []room // in which they may begin a case
	Data  any
}

// show draws a page. One that cannot be drawn is a mistake in a template.
func (d *desk) show(w http.ResponseWriter, r *http.Request, status int, page string, data any) {
	f := frame{visitor: d.visitor(r), Path: r.URL.RequestURI(), Data: data}
	for _, in := range d.rooms {
		if in.Opens(f.visitor) {
			f.Opens = append(f.Opens, in)
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if err := d.pages[f.Lang].ExecuteTemplate(w, page+".html", f); err != nil {
		log.Printf("%s: %v", page, err)
	}
}

// tell shows one sentence.
func (d *desk) tell(w http.ResponseWriter, r *http.Request, status int, what lifecycle.Label) {
	d.show(w, r, status, "told", what)
}

// statuses are those of the library's codes.
var statuses = map[string]int{ //nolint:gochecknoglobals // a table
	"not_found": http.StatusNotFound, "conflict": http.StatusConflict, "refused": http.StatusUnprocessableEntity,
	"denied": http.StatusForbidden, "invalid": http.StatusBadRequest,
}

// statusOf says an error to a browser; a fault of ours goes into the log.
func statusOf(err error) int {
	status, known := statuses[workflow.Code(err)]
	if !known {
		log.Print(err)
		return http.StatusInternalServerError
	}
	return status
}

// fail says what an error means.
func (d *desk) fail(w http.ResponseWriter, r *http.Request, err error) {
	d.tell(w, r, statusOf(err), workflow.Explain(err).Message)
}
