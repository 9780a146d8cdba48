package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// databases makes an empty database of each kind, and returns its name.
var databases = map[string]func(t *testing.T) string{
	"sqlite":   func(t *testing.T) string { t.Helper(); return filepath.Join(t.TempDir(), "app.db") },
	"postgres": newSchema,
}

var schemas atomic.Int64

// newSchema makes a schema and returns an address that leads into it.
func newSchema(t *testing.T) string {
	t.Helper()
	dsn := os.Getenv("TIAN_POSTGRES_DSN")
	if dsn == "" {
		t.Skip("TIAN_POSTGRES_DSN is not set")
	}
	schema := fmt.Sprintf("tian_embed_%d_%d", os.Getpid(), schemas.Add(1))
	administer := func(text string) {
		db, err := sql.Open("pgx", dsn)
		require.NoError(t, err)
		defer func() { require.NoError(t, db.Close()) }()
		_, err = db.Exec(text)
		require.NoError(t, err)
	}
	administer("CREATE SCHEMA " + schema)
	t.Cleanup(func() { administer("DROP SCHEMA " + schema + " CASCADE") })
	u, err := url.Parse(dsn)
	require.NoError(t, err)
	query := u.Query()
	query.Set("search_path", schema)
	u.RawQuery = query.Encode()
	return u.String()
}

func onEach(t *testing.T, f func(t *testing.T, name string)) {
	t.Helper()
	for engine, empty := range databases {
		t.Run(engine, func(t *testing.T) { f(t, empty(t)) })
	}
}

// site is the application, asked over HTTP.
type site struct {
	*app
	t   *testing.T
	url string
}

func newSite(t *testing.T, name string) *site {
	t.Helper()
	a, err := open(context.Background(), name)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, a.close()) })
	require.NoError(t, a.firstUsers(context.Background()))
	server := httptest.NewServer(a.routes())
	t.Cleanup(server.Close)
	return &site{a, t, server.URL}
}

// ask sends a request as a user, with headers as "Name: value", requires the status
// and reads the answer.
func (s *site) ask(want int, token, method, path, body string, into any, headers ...string) {
	s.t.Helper()
	r, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	require.NoError(s.t, err)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(r)
	require.NoError(s.t, err)
	defer func() { require.NoError(s.t, answer.Body.Close()) }()
	var text bytes.Buffer
	_, err = text.ReadFrom(answer.Body)
	require.NoError(s.t, err)
	require.Equal(s.t, want, answer.StatusCode, "%s %s: %s", method, path, text.String())
	if page, isText := into.(*string); isText {
		*page = text.String()
	} else if into != nil {
		require.NoError(s.t, json.Unmarshal(text.Bytes(), into), text.String())
	}
}

const draft = `{"title":"关于支持小店经济的提案","category":"economic","text":{"background":"小店多。","suggestions":["设立专项。"]}}`

// submitted submits a proposal of the member's and returns its ID.
func (s *site) submitted(key string) seen {
	s.t.Helper()
	var p seen
	s.ask(200, "member", "POST", "/proposals", `{"channel":"网上","pages":3,"draft":`+draft+`}`, &p, "Idempotency-Key: "+key)
	return p
}

// do does an act.
func (s *site) do(token, id, event, data string, headers ...string) {
	s.t.Helper()
	s.ask(200, token, "POST", "/proposals/"+id+"/"+event, data, new(seen), headers...)
}

// rows counts the host's rows.
func (s *site) rows(table any) (n int64) {
	s.t.Helper()
	require.NoError(s.t, s.db.Model(table).Count(&n).Error)
	return n
}
