package main

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// describe answers with the description of the API.
func (a *api) describe(w http.ResponseWriter, _ *http.Request, _ proposal.Actor) error {
	write(w, jsonType, http.StatusOK, description(a.service))
	return nil
}

// printDescription prints what openapi.json holds.
func printDescription(out io.Writer) error {
	service, err := newService(memory.New(), secondProgram)
	if err != nil {
		return err
	}
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	return e.Encode(description(service))
}

// description describes the API in OpenAPI. Each action has a path, whose schema is
// made from what the action says of its fields: one that a definition of yours brings is
// there without a line here.
func description(service *proposal.Service) *openapi3.T {
	d := &openapi3.T{
		OpenAPI: "3.0.3",
		Info: &openapi3.Info{Title: "fleet", Version: "1", Description: "Proposals (提案): opened, handled and read by JSON. " +
			"Errors are problem details (RFC 9457). An Idempotency-Key makes asking twice one effect; an ETag is the revision of a case, for If-Match and If-None-Match."},
		Paths: openapi3.NewPaths(),
		Components: &openapi3.Components{
			Schemas: openapi3.Schemas{},
			SecuritySchemes: openapi3.SecuritySchemes{
				"token": {Value: openapi3.NewSecurityScheme().WithType("http").WithScheme("bearer")},
			},
		},
		Security: openapi3.SecurityRequirements{{}, {"token": {}}}, // without one: the public
	}
	for name, s := range answers() {
		d.Components.Schemas[name] = s.NewRef()
	}
	for _, a := range service.Actions(city) {
		if _, err := service.Decode(a.Event, nil); inner(err) || a.Event == workflow.Opening {
			continue
		}
		path := "/v1/cases/{id}/acts/" + a.Event
		if d.Paths.Value(path) == nil {
			d.AddOperation(path, http.MethodPost, act(a.Event, a.Label.ZH+" "+a.Label.EN, "200", a.Fields, caseID(), ifMatch()))
		}
	}
	opening, _ := service.Action(workflow.Opening, city)
	d.AddOperation("/v1/cases", http.MethodPost, act("open", "发起提案 open a proposal", "201", opening.Fields))
	read := func(path, id, summary, schema string, parameters ...*openapi3.Parameter) *openapi3.Operation {
		o := operation(id, summary, "200", schema, parameters...)
		d.AddOperation(path, http.MethodGet, o)
		return o
	}
	shown := read("/v1/cases/{id}", "show", "查看 a case, as much as the reader may see", "Case", caseID(),
		openapi3.NewHeaderParameter("If-None-Match").WithSchema(openapi3.NewStringSchema()))
	shown.AddResponse(http.StatusNotModified, openapi3.NewResponse().WithDescription("it has not changed"))
	read("/v1/cases/{id}/history", "history", "办理过程 the history of a case", "History", caseID())
	read("/v1/cases/{id}/choices", "choices", "可办事项 what the reader may do next", "Choices", caseID())
	read("/v1/lists", "lists", "工作清单 the lists of the reader's desk", "Lists")
	read("/v1/lists/{key}", "list", "清单中的件 a page of a list", "Page", openapi3.NewPathParameter("key").WithSchema(openapi3.NewStringSchema()),
		after(), atMost())
	read("/v1/feed", "feed", "总账 the entries of all cases, in order", "Feed", after(), atMost())
	return d
}

// inner reports that an action is done as a part of another only.
func inner(err error) bool {
	p := problemOf(err)
	return err != nil && p.Field == "event"
}

func caseID() *openapi3.Parameter {
	return openapi3.NewPathParameter("id").WithSchema(openapi3.NewStringSchema())
}

func ifMatch() *openapi3.Parameter {
	return openapi3.NewHeaderParameter("If-Match").WithSchema(openapi3.NewStringSchema()).
		WithDescription("the ETag that was looked at; the act is refused with 412 when the case has changed since")
}

func after() *openapi3.Parameter {
	return openapi3.NewQueryParameter("after").WithSchema(openapi3.NewStringSchema()).WithDescription("where the page before ended")
}

func atMost() *openapi3.Parameter {
	return openapi3.NewQueryParameter("max").WithSchema(openapi3.NewIntegerSchema().WithMin(1))
}

// act is the operation that does an action.
func act(id, summary, status string, fields []form.Field, parameters ...*openapi3.Parameter) *openapi3.Operation {
	parameters = append(parameters,
		openapi3.NewHeaderParameter("Idempotency-Key").WithRequired(true).WithSchema(openapi3.NewStringSchema().WithMinLength(1)),
		openapi3.NewQueryParameter("at").WithSchema(openapi3.NewDateTimeSchema()).WithDescription("when it happened; without it: now"))
	o := operation(id, strings.TrimSpace(summary), status, "Case", parameters...)
	o.RequestBody = &openapi3.RequestBodyRef{Value: openapi3.NewRequestBody().WithJSONSchema(object(fields))}
	return o
}

func operation(id, summary, status, schema string, parameters ...*openapi3.Parameter) *openapi3.Operation {
	o := openapi3.NewOperation()
	o.OperationID, o.Summary = id, summary
	for _, p := range parameters {
		o.AddParameter(p)
	}
	n, _ := strconv.Atoi(status) // one of ours
	o.Responses = openapi3.NewResponses()
	o.Responses.Delete("default")
	response := openapi3.NewResponse().WithDescription(http.StatusText(n)).WithJSONSchemaRef(openapi3.NewSchemaRef("#/components/schemas/"+schema, nil))
	if schema == "Case" {
		response.Headers = openapi3.Headers{"ETag": {Value: &openapi3.Header{Parameter: openapi3.Parameter{Schema: openapi3.NewStringSchema().NewRef()}}}}
	}
	o.AddResponse(n, response)
	content := openapi3.Content{"application/problem+json": openapi3.NewMediaType().WithSchemaRef(openapi3.NewSchemaRef("#/components/schemas/Problem", nil))}
	o.Responses.Set("default", &openapi3.ResponseRef{Value: openapi3.NewResponse().WithDescription("a problem").WithContent(content)})
	return o
}

// object is the schema of fields, and of no others.
func object(fields []form.Field) *openapi3.Schema {
	s := openapi3.NewObjectSchema().WithoutAdditionalProperties()
	for _, f := range fields {
		s.WithProperty(f.Name, schemaOf(f))
		if f.Required {
			s.Required = append(s.Required, f.Name)
		}
	}
	slices.Sort(s.Required)
	return s
}

// schemaOf is the schema of one field.
func schemaOf(f form.Field) *openapi3.Schema {
	var s *openapi3.Schema
	switch f.Type {
	case form.Date:
		s = openapi3.NewStringSchema().WithFormat("date")
	case form.Time:
		s = openapi3.NewDateTimeSchema()
	case form.Number:
		s = openapi3.NewIntegerSchema()
	case form.Flag:
		s = openapi3.NewBoolSchema()
	case form.Object:
		s = object(f.Fields)
	case form.Open:
		s = openapi3.NewSchema() // any JSON
	default:
		s = openapi3.NewStringSchema()
		if f.Max > 0 {
			s.WithMaxLength(int64(f.Max))
		}
	}
	if f.List {
		s = openapi3.NewArraySchema().WithItems(s)
	}
	s.Description = strings.TrimSpace(f.Label.ZH + " " + f.Label.EN)
	if len(f.Values) > 0 { // what a body's rules name, which another's may not: no enum
		keys := make([]string, len(f.Values))
		for i, v := range f.Values {
			keys[i] = v.Key
		}
		s.Description += ": " + strings.Join(keys, ", ")
	}
	return s
}

// answers are the schemas of what the server answers.
func answers() map[string]*openapi3.Schema {
	text, whole := openapi3.NewStringSchema, openapi3.NewIntegerSchema
	label := func() *openapi3.Schema {
		return openapi3.NewObjectSchema().WithProperty("zh", text()).WithProperty("en", text())
	}
	with := func(required []string, properties map[string]*openapi3.Schema) *openapi3.Schema {
		s := openapi3.NewObjectSchema().WithProperties(properties)
		s.Required = required
		return s
	}
	aCase := with([]string{"id", "body", "definition", "state", "stage", "opened", "seq", "revision", "proposal"}, map[string]*openapi3.Schema{
		"id": text(), "body": text(), "state": text(), "stage": text(), "opened": openapi3.NewDateTimeSchema(),
		"seq": whole(), "revision": whole(), "proposal": openapi3.NewObjectSchema(),
		"definition": with([]string{"name", "version"}, map[string]*openapi3.Schema{"name": text(), "version": whole()}),
	})
	entry := with([]string{"kind", "id", "seq", "at", "event"}, map[string]*openapi3.Schema{
		"kind": text(), "id": text(), "seq": whole(), "at": openapi3.NewDateTimeSchema(), "actor": text(), "event": text(),
	})
	fed := with([]string{"position", "kind", "id", "seq", "entry", "hash"}, map[string]*openapi3.Schema{
		"position": whole(), "kind": text(), "id": text(), "seq": whole(), "entry": entry, "hash": text(),
	})
	return map[string]*openapi3.Schema{
		"Case":    aCase,
		"History": openapi3.NewArraySchema().WithItems(entry),
		"Choices": openapi3.NewArraySchema().WithItems(with([]string{"event"}, map[string]*openapi3.Schema{"event": text(), "label": label()})),
		"Lists": openapi3.NewArraySchema().WithItems(with([]string{"key", "label", "count"},
			map[string]*openapi3.Schema{"key": text(), "label": label(), "count": whole()})),
		"Page": with([]string{"cases"}, map[string]*openapi3.Schema{"cases": openapi3.NewArraySchema().WithItems(aCase), "next": text()}),
		"Feed": with([]string{"entries", "cursor"}, map[string]*openapi3.Schema{"entries": openapi3.NewArraySchema().WithItems(fed), "cursor": text()}),
		"Problem": with([]string{"type", "title", "status", "code"}, map[string]*openapi3.Schema{
			"type": text(), "title": text(), "status": whole(), "detail": text(), "detail_zh": text(), "instance": text(), "code": text(), "field": text(),
			"blockers": openapi3.NewArraySchema().WithItems(with([]string{"code"}, map[string]*openapi3.Schema{"code": text(), "zh": text(), "en": text()})),
		}),
	}
}
