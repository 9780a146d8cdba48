package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
)

// site is the API on a store in memory.
type site struct {
	t       *testing.T
	handler http.Handler
	feed    store.Store
	api     *api
}

func newSite(t *testing.T) *site {
	t.Helper()
	told, err := newTelemetry("test", slog.New(slog.DiscardHandler), nil)
	require.NoError(t, err)
	st := memory.New()
	service, err := newService(st, secondProgram, told.observe)
	require.NoError(t, err)
	a := &api{service, st, told}
	return &site{t, a.handler(), st, a}
}

// request makes one; headers come in pairs.
func (s *site) request(token, method, path string, body any, headers ...string) *http.Request {
	s.t.Helper()
	data, err := json.Marshal(body)
	require.NoError(s.t, err)
	if text, is := body.(string); is {
		data = []byte(text)
	}
	r := httptest.NewRequestWithContext(s.t.Context(), method, path, bytes.NewReader(data))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func (s *site) ask(token, method, path string, body any, headers ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, s.request(token, method, path, body, headers...))
	return w
}

func read[T any](t *testing.T, r *httptest.ResponseRecorder) (answer T) {
	t.Helper()
	require.NoError(t, json.Unmarshal(r.Body.Bytes(), &answer), "%s", r.Body)
	return answer
}

func (s *site) opened() string {
	s.t.Helper()
	r := s.ask("xiushan.member", http.MethodPost, "/v1/cases", way(0)[0].action, "Idempotency-Key", "open")
	require.Equal(s.t, http.StatusCreated, r.Code)
	return r.Header().Get("Location")
}

func TestAskingTwiceIsOneEffect(t *testing.T) {
	s := newSite(t)
	first := s.opened()
	require.Equal(t, first, s.opened(), "the same case")
	require.True(t, strings.HasPrefix(first, "/v1/cases/xiushan."), first)
	for range 2 {
		r := s.ask("xiushan.member", http.MethodPost, first+"/acts/submit", "{}", "Idempotency-Key", "submit")
		require.Equal(t, http.StatusOK, r.Code)
		require.Equal(t, `"2"`, r.Header().Get("ETag"))
	}
	r := s.ask("xiushan.member", http.MethodPost, first+"/acts/recall", "{}", "Idempotency-Key", "submit")
	require.Equal(t, http.StatusUnprocessableEntity, r.Code, "the key of another act")
	r = s.ask("xiushan.member", http.MethodPost, first+"/acts/recall", "{}")
	require.Equal(t, "Idempotency-Key", read[problem](t, r).Field)
}

func TestAnActOnWhatHasChangedIsRefused(t *testing.T) {
	s := newSite(t)
	at := s.opened()
	r := s.ask("xiushan.member", http.MethodPost, at+"/acts/submit", "{}", "Idempotency-Key", "1", "If-Match", `"7"`)
	require.Equal(t, http.StatusPreconditionFailed, r.Code)
	r = s.ask("xiushan.member", http.MethodPost, at+"/acts/submit", "{}", "Idempotency-Key", "2", "If-Match", `7`)
	require.Equal(t, http.StatusBadRequest, r.Code)
	r = s.ask("xiushan.member", http.MethodPost, at+"/acts/submit", "{}", "Idempotency-Key", "3", "If-Match", `"1"`)
	require.Equal(t, http.StatusOK, r.Code)
	r = s.ask("xiushan.member", http.MethodGet, at, "", "If-None-Match", `"2"`)
	require.Equal(t, http.StatusNotModified, r.Code)
	r = s.ask("xiushan.member", http.MethodGet, at, "", "If-None-Match", `"1"`)
	require.Equal(t, http.StatusOK, r.Code)
}

func TestErrorsAreProblemDetails(t *testing.T) {
	s := newSite(t)
	at := s.opened()
	for name, c := range map[string]struct {
		token, method, path string
		status              int
		code                string
	}{
		"a token of nobody":      {"xiushan.king", http.MethodGet, at, http.StatusUnauthorized, "no_login"},
		"a draft of another":     {"", http.MethodGet, at, http.StatusNotFound, "not_found"},
		"no such path":           {"", http.MethodGet, "/v2", http.StatusNotFound, "no_such_path"},
		"no such action":         {"xiushan.member", http.MethodPost, at + "/acts/applaud", http.StatusBadRequest, "invalid"},
		"not for them":           {"wanzhou.member", http.MethodPost, at + "/acts/submit", http.StatusForbidden, "denied"},
		"not now":                {"xiushan.member", http.MethodPost, at + "/acts/recall", http.StatusUnprocessableEntity, "refused"},
		"no such list":           {"xiushan.member", http.MethodGet, "/v1/lists/favourites", http.StatusBadRequest, "invalid"},
		"no number":              {"xiushan.member", http.MethodGet, "/v1/lists/mine?max=-1", http.StatusBadRequest, "invalid"},
		"the feed of a district": {"xiushan.administrator", http.MethodGet, "/v1/feed", http.StatusForbidden, "denied"},
		"no cursor":              {"chongqing.administrator", http.MethodGet, "/v1/feed?after=7", http.StatusBadRequest, "invalid"},
		"a cursor of another feed": {
			"chongqing.administrator", http.MethodGet, "/v1/feed?after=7-6b86b273ff34fce19d6b804eff5a3f57", http.StatusGone, "rewound",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := s.ask(c.token, c.method, c.path, "{}", "Idempotency-Key", name)
			require.Equal(t, c.status, r.Code)
			require.Equal(t, "application/problem+json", r.Header().Get("Content-Type"))
			p := read[problem](t, r)
			require.Equal(t, c.code, p.Code)
			require.Equal(t, c.status, p.Status)
			require.NotEmpty(t, p.Detail)
			require.NotEmpty(t, p.Chinese)
		})
	}
	lines, err := s.feed.Feed(t.Context(), 0, 0)
	require.NoError(t, err)
	require.Len(t, lines, 1, "nothing has changed")
}

func TestWhatIsReadIsWhatTheReaderMaySee(t *testing.T) {
	s := newSite(t)
	at := s.opened()
	mine := read[listed](t, s.ask("xiushan.member", http.MethodGet, "/v1/lists/mine", ""))
	require.Len(t, mine.Cases, 1)
	require.Empty(t, read[listed](t, s.ask("wanzhou.member", http.MethodGet, "/v1/lists/mine", "")).Cases)
	for _, l := range read[[]counted](t, s.ask("xiushan.member", http.MethodGet, "/v1/lists", "")) {
		if l.Key == "mine" {
			require.EqualValues(t, 1, l.Count)
		}
	}
	feed := read[fed](t, s.ask("chongqing.administrator", http.MethodGet, "/v1/feed", ""))
	require.Len(t, feed.Entries, 1)
	require.Equal(t, at, "/v1/cases/"+feed.Entries[0].ID)
	feed = read[fed](t, s.ask("chongqing.administrator", http.MethodGet, "/v1/feed?after="+feed.Cursor, ""))
	require.Empty(t, feed.Entries)
}
