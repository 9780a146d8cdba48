package main

import (
	"bytes"
	"flag"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write openapi.json anew")

// The file is what the actions say of themselves, now.
func TestTheDescriptionIsThatOfTheActions(t *testing.T) {
	var now bytes.Buffer
	require.NoError(t, printDescription(&now))
	if *update {
		require.NoError(t, os.WriteFile("openapi.json", now.Bytes(), 0o644)) //nolint:gosec // a file of the repository
	}
	file, err := os.ReadFile("openapi.json")
	require.NoError(t, err)
	require.Equal(t, string(file), now.String(), "go test ./examples/fleet -run Description -update")
}

// described holds requests and answers against the file.
type described struct {
	*site
	router routers.Router
}

func newDescribed(t *testing.T) *described {
	t.Helper()
	d, err := openapi3.NewLoader().LoadFromFile("openapi.json")
	require.NoError(t, err)
	require.NoError(t, d.Validate(t.Context()))
	router, err := gorillamux.NewRouter(d)
	require.NoError(t, err)
	return &described{newSite(t), router}
}

// hold asks the server, and reports whether the request is as described. The answer
// has to be, in any case.
func (d *described) hold(token, method, path string, body any, headers ...string) (status int, asDescribed error) {
	d.t.Helper()
	r := d.request(token, method, path, body, headers...)
	route, parameters, err := d.router.FindRoute(r)
	require.NoError(d.t, err, path)
	input := &openapi3filter.RequestValidationInput{Request: r, PathParams: parameters, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true}}
	asDescribed = openapi3filter.ValidateRequest(d.t.Context(), input)
	answer := d.ask(token, method, path, body, headers...)
	data := answer.Body.Bytes()
	require.NoError(d.t, openapi3filter.ValidateResponse(d.t.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: answer.Code, Header: answer.Header(), Body: io.NopCloser(bytes.NewReader(data)),
		Options: input.Options,
	}), "%s %s: %d %s", method, path, answer.Code, data)
	return answer.Code, asDescribed
}

// A whole way, and everything that is read of it, is as described.
func TestTheServerAnswersAsDescribed(t *testing.T) {
	d := newDescribed(t)
	at := d.opened()
	for i, s := range way(0)[1:] {
		if s.action.Event() == (archive{}).Event() {
			break // cases begin under the first definition here
		}
		status, asDescribed := d.hold("xiushan."+s.as, http.MethodPost, at+"/acts/"+s.action.Event(), s.action, "Idempotency-Key", string(rune('a'+i)))
		require.NoError(t, asDescribed)
		require.Equal(t, http.StatusOK, status, s.action.Event())
	}
	for _, path := range []string{at, at + "/history", at + "/choices", "/v1/lists", "/v1/lists/to_close", "/v1/lists/done?max=1", "/v1/feed", "/v1/feed?max=2"} {
		for token, wanted := range map[string]bool{"chongqing.administrator": strings.HasPrefix(path, "/v1/feed"), "xiushan.committee": !strings.HasPrefix(path, "/v1/feed"), "": false} {
			status, asDescribed := d.hold(token, http.MethodGet, path, "")
			require.NoError(t, asDescribed)
			if wanted {
				require.Equal(t, http.StatusOK, status, path)
			}
		}
	}
}

// What the description forbids, the server refuses, for each action: a field that
// there is not, and the wrong kind of value.
func TestWhatIsNotAsDescribedIsRefused(t *testing.T) {
	d := newDescribed(t)
	at := d.opened()
	seen := 0
	for _, a := range d.api.service.Actions(city) {
		path := at + "/acts/" + a.Event
		if a.Event == "open" {
			path = "/v1/cases"
		}
		if _, _, err := d.router.FindRoute(d.request("", http.MethodPost, path, "{}")); err != nil {
			_, err := d.api.service.Decode(a.Event, nil)
			require.ErrorContains(t, err, "part of something else", a.Event)
			continue
		}
		seen++
		bodies := []string{`{"no_such_field":1}`, `[]`, `"text"`}
		for _, f := range a.Fields {
			if f.Type != "open" {
				bodies = append(bodies, `{"`+f.Name+`":{"no_such_field":[{}]}}`)
			}
		}
		for _, body := range bodies {
			status, asDescribed := d.hold("xiushan.member", http.MethodPost, path, body, "Idempotency-Key", body)
			require.Error(t, asDescribed, "%s %s", a.Event, body)
			require.Equal(t, http.StatusBadRequest, status, "%s %s", a.Event, body)
		}
	}
	require.Greater(t, seen, 50)
	lines, err := d.feed.Feed(t.Context(), 0, 0)
	require.NoError(t, err)
	require.Len(t, lines, 1)
}

// Each route of the server is described, and there are no others.
func TestEachRouteIsDescribed(t *testing.T) {
	d := newDescribed(t)
	for pattern := range d.api.routes() {
		method, path, _ := strings.Cut(pattern, " ")
		path = strings.NewReplacer("{id}", "1", "{event}", "submit", "{key}", "mine").Replace(path)
		_, _, err := d.router.FindRoute(d.request("", method, path, ""))
		if path == "/v1/openapi.json" {
			require.Error(t, err, "it describes the rest")
			continue
		}
		require.NoError(t, err, pattern)
	}
}
