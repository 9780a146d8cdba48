package main

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// sent reads the form of an action: its JSON, and what the page knew when it was
// drawn.
func (d *desk) sent(r *http.Request, in room, event string) (data []byte, options []workflow.DoOption, err error) {
	if err := r.ParseForm(); err != nil {
		return nil, nil, workflow.Invalid("form", "malformed", "表单无法读取", "the form cannot be read")
	}
	v := d.visitor(r)
	if data, err = form.Read(in.fields(event, v.Body), r.PostForm, beijing()); err != nil {
		return nil, nil, err
	}
	// The same button pressed twice is one effect.
	options = append(options, workflow.Command(v.ID+"/"+r.PostFormValue("command")))
	// Who saw an older case than there is now is told, rather than surprised.
	if revision, err := strconv.ParseUint(r.PostFormValue("revision"), 10, 64); err == nil {
		options = append(options, workflow.IfRevision(revision))
	}
	return data, options, nil
}

// act does what a form of a case's page asks for.
func (d *desk) act(w http.ResponseWriter, r *http.Request, in room) {
	event := r.PathValue("event")
	data, options, err := d.sent(r, in, event)
	if err == nil {
		err = in.do(r.Context(), d.visitor(r), r.PathValue("id"), event, data, options...)
	}
	if err != nil {
		d.refuse(w, r, in, event, err)
		return
	}
	d.sessions.Put(r.Context(), "done", event)
	http.Redirect(w, r, "/"+in.Path()+"/"+r.PathValue("id"), http.StatusSeeOther) //nolint:gosec // a path of ours
}

// refuse shows the case as it is now, why the act was not done, and the form as it
// was filled in.
func (d *desk) refuse(w http.ResponseWriter, r *http.Request, in room, event string, err error) {
	page, noPage := d.casePage(r, in, event, r.PostForm)
	if noPage != nil {
		d.fail(w, r, noPage) // a stranger is not told that there is such a case
		return
	}
	page.Problem = &notDone{Explanation: workflow.Explain(err)}
	if errors.Is(err, workflow.ErrConflict) && len(page.Timeline) > 0 {
		last := page.Timeline[0]
		page.Problem.Since = nameOf(page.lang, last.Actor) + "：" + last.What
	}
	d.show(w, r, statusOf(err), "case", page)
}

// begin opens a case.
func (d *desk) begin(w http.ResponseWriter, r *http.Request, in room) {
	data, options, err := d.sent(r, in, workflow.Opening)
	var id string
	if err == nil {
		id, err = in.begin(r.Context(), d.visitor(r), data, options...)
	}
	if err != nil {
		d.show(w, r, statusOf(err), "new", d.newPage(r, in, r.PostForm, &notDone{Explanation: workflow.Explain(err)}))
		return
	}
	d.sessions.Put(r.Context(), "done", workflow.Opening)
	http.Redirect(w, r, "/"+in.Path()+"/"+id, http.StatusSeeOther) //nolint:gosec // a path of ours
}
