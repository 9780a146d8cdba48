package main

import (
	"html/template"
	"net/http"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// pageText draws a proposal and, for each thing that its reader may do now, a form
// from the description of the action. Nothing here knows which actions there are.
//
//nolint:gochecknoglobals // a constant
var pageText = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="zh"><meta charset="utf-8"><title>{{.Proposal.Title}}</title>
<h1>{{.Proposal.Title}}</h1>
<p>{{.Proposal.Number}} {{.Proposal.State}}</p>
{{range .Choices}}{{if .Allowed}}
<form method="post" action="/proposals/{{$.Proposal.ID}}/{{.Event}}">
<h2>{{.Label.In "zh" .Event}}{{with .Instance}}（{{.}}）{{end}}</h2>
{{range .Fields}}{{$name := .Name}}<label>{{.Label.In "zh" .Name}}
{{if .Values}}<select name="{{.Name}}"{{if .List}} multiple{{end}}>{{range .Values}}<option value="{{.Key}}">{{.Label.In "zh" .Key}}</option>{{end}}</select>
{{else if or .List (eq .Type "text") (eq .Type "object") (eq .Type "open")}}<textarea name="{{.Name}}"{{if .Required}} required{{end}}></textarea>
{{else if eq .Type "flag"}}<input type="checkbox" name="{{.Name}}" value="true">
{{else}}<input name="{{.Name}}"{{if eq .Type "date"}} type="date"{{else if eq .Type "number"}} type="number"{{end}}{{with .Max}} maxlength="{{.}}"{{end}}{{if .Required}} required{{end}}>
{{end}}</label>
{{end}}<button>{{.Label.In "zh" .Event}}</button>
</form>
{{end}}{{end}}</html>
`))

func (a *app) page(w http.ResponseWriter, r *http.Request) {
	who, err := a.login(r)
	if err != nil {
		refuse(w, err)
		return
	}
	var view struct {
		Proposal *proposal.Proposal
		Choices  []workflow.Choice
	}
	reader := a.svc.As(who)
	if view.Proposal, err = reader.Get(r.Context(), r.PathValue("id")); err == nil {
		view.Choices, err = reader.Choices(r.Context(), r.PathValue("id"))
	}
	if err != nil {
		refuse(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = pageText.Execute(w, view) // whoever asked is gone
}
