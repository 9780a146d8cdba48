package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// fetched returns the metrics as Prometheus fetches them.
func fetched(t *testing.T, told *telemetry) string {
	t.Helper()
	w := httptest.NewRecorder()
	told.scrape.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	require.Equal(t, http.StatusOK, w.Code)
	return w.Body.String()
}

func TestActsAreCountedAfterTheirCommit(t *testing.T) {
	s := newSite(t)
	at := s.opened()
	s.ask("xiushan.member", http.MethodPost, at+"/acts/recall", "{}", "Idempotency-Key", "1") // refused
	text := fetched(t, s.api.told)
	require.Contains(t, text, `tian_acts_total{event="open",kind="proposal"} 1`)
	require.NotContains(t, text, `event="recall"`)
	require.Contains(t, text, `status="422"`)
}

// What the dashboard asks for is what a process tells.
func TestTheDashboardShowsWhatThereIs(t *testing.T) {
	s := newSite(t)
	s.opened()
	told := s.api.told
	ctx, end := told.reacting(t.Context(), reaction{Event: "submit"})
	end(nil)
	told.relayed(ctx, 3)
	told.failed(ctx, "relay", errors.New("the stream is away"))
	require.NoError(t, told.watch(func() (int64, int64, error) { return 5, 7, nil }))
	text := fetched(t, told)
	require.Contains(t, text, "tian_jobs_waiting 5")
	require.Contains(t, text, "tian_feed_arrivals 7")

	data, err := os.ReadFile("dashboard.json")
	require.NoError(t, err)
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	require.NoError(t, json.Unmarshal(data, &board))
	require.Len(t, board.Panels, 8)
	for _, p := range board.Panels {
		require.Len(t, p.Targets, 1, p.Title)
		names := regexp.MustCompile(`tian_\w+`).FindAllString(p.Targets[0].Expr, -1)
		require.NotEmpty(t, names, p.Title)
		for _, name := range names {
			require.Regexp(t, `(?m)^`+name+`[{ ]`, text, p.Title)
		}
		for _, label := range regexp.MustCompile(`by \(([^)]*)\)`).FindAllStringSubmatch(p.Targets[0].Expr, -1) {
			for _, l := range regexp.MustCompile(`\w+`).FindAllString(label[1], -1) {
				require.Contains(t, text, l+`="`, p.Title)
			}
		}
	}
}

// A request, the act that it commits and the reaction that follows are one trace.
func TestATraceGoesFromTheRequestToTheReaction(t *testing.T) {
	var spans bytes.Buffer
	told, err := newTelemetry("test", slog.New(slog.DiscardHandler), &spans)
	require.NoError(t, err)
	var handedOn map[string]string
	h := told.requested("POST /v1/cases", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { handedOn = traceOf(r.Context()) }))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/cases", nil))
	require.NotEmpty(t, handedOn)
	_, end := told.reacting(t.Context(), reaction{Event: "submit", Trace: handedOn})
	end(nil)
	require.NoError(t, told.close(t.Context()))
	traces := map[string]int{}
	for d := json.NewDecoder(&spans); ; {
		var span struct {
			Name        string
			SpanContext struct{ TraceID string }
		}
		err := d.Decode(&span)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		traces[span.SpanContext.TraceID]++
	}
	require.Len(t, traces, 1)
	for _, n := range traces {
		require.Equal(t, 2, n)
	}
}
