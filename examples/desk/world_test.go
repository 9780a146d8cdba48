package main

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// site starts the desk on a file of its own, on a day of which every calendar is
// known, and returns its address.
func site(t *testing.T) (string, *desk) {
	t.Helper()
	ctx := context.Background()
	today := time.Date(2026, time.June, 15, 2, 0, 0, 0, time.UTC)
	d, err := open(ctx, filepath.Join(t.TempDir(), "desk.db"), func() time.Time { return today })
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.close()) })
	require.NoError(t, d.fill(ctx))
	server := httptest.NewServer(d.routes())
	t.Cleanup(server.Close)
	return server.URL, d
}

// client is a browser without JavaScript.
type client struct {
	t    *testing.T
	http *http.Client
	site string
}

func newClient(t *testing.T, site, account string) client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	c := client{t, &http.Client{Jar: jar}, site}
	if account != "" {
		status, _ := c.post("/signin", url.Values{"account": {account}})
		require.Equal(t, http.StatusOK, status)
	}
	return c
}

func (c client) do(r *http.Request) (int, string) {
	c.t.Helper()
	answer, err := c.http.Do(r)
	require.NoError(c.t, err)
	page, err := io.ReadAll(answer.Body)
	require.NoError(c.t, err)
	require.NoError(c.t, answer.Body.Close())
	return answer.StatusCode, string(page)
}

func (c client) get(path string) (int, string) {
	c.t.Helper()
	r, err := http.NewRequest(http.MethodGet, c.site+path, nil)
	require.NoError(c.t, err)
	return c.do(r)
}

func (c client) post(path string, form url.Values) (int, string) {
	c.t.Helper()
	r, err := http.NewRequest(http.MethodPost, c.site+path, strings.NewReader(form.Encode()))
	require.NoError(c.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.do(r)
}
