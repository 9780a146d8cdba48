package main

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
)

// number finds the case of a number.
func number(t *testing.T, d *desk, number string) string {
	t.Helper()
	found, err := d.proposals.Find(context.Background(), "", 0, store.Match{Attr: "number", Op: store.Is, Values: []string{number}})
	require.NoError(t, err)
	require.Len(t, found, 1)
	return found[0].ID
}

func TestThePagesOfTheDesk(t *testing.T) {
	site, d := site(t)
	member, committee, public := newClient(t, site, "m-017"), newClient(t, site, "c-01"), newClient(t, site, "")
	parking := number(t, d, "20260001")

	t.Run("each desk has its lists, in both languages", func(t *testing.T) {
		for _, p := range people() {
			c := newClient(t, site, p.ID)
			for lang, word := range map[string]string{"zh": "的待办", "en": ": inbox"} {
				status, page := c.post("/lang", url.Values{"lang": {lang}, "back": {"/"}})
				require.Equal(t, http.StatusOK, status)
				require.Contains(t, page, word)
				require.NotContains(t, page, "ZgotmplZ")
			}
			links := regexp.MustCompile(`href="(/(?:proposals|consultations)/[^"]+)"`).FindAllStringSubmatch(read1(c, "/"), -1)
			if p.ID != "m-018" {
				require.NotEmpty(t, links, p.ID)
			}
			for _, link := range links {
				status, page := c.get(link[1])
				require.Equal(t, http.StatusOK, status, link[1])
				require.Contains(t, page, "</html>", "the template came to its end")
			}
		}
	})
	t.Run("a reader sees what is theirs", func(t *testing.T) {
		_, page := public.get("/")
		require.Contains(t, page, "停车位错时共享")
		require.NotContains(t, page, "小店经济发展", "not published")
		_, page = public.get("/proposals/" + parking)
		require.Contains(t, page, "建议机关停车场夜间向居民开放")
		require.NotContains(t, page, "王丽")
		status, _ := public.get("/proposals/" + number(t, d, "20260003"))
		require.Equal(t, http.StatusNotFound, status)
	})
	t.Run("what may be done has a form, and what may not has its reasons", func(t *testing.T) {
		_, page := committee.get("/proposals/" + number(t, d, "20260014"))
		require.Contains(t, page, `/nominate_key">`)
		require.Regexp(t, `还不能办的\d+项`, page)
		_, page = member.get("/proposals/" + number(t, d, "20260003"))
		require.Regexp(t, `(?s)<select id="a\d+-result" name="result" required>.*<option value="dissatisfied">`, page)
		require.Contains(t, page, "自2026年", "the trace of a clock")
	})
	t.Run("bad input is told where it was typed, and is still there", func(t *testing.T) {
		status, page := committee.post("/proposals/"+number(t, d, "20260014")+"/mark_key", url.Values{"tier": {strings.Repeat("级", 9000)}})
		require.GreaterOrEqual(t, status, 400)
		require.Contains(t, page, `role="alert"`)
		status, page = member.post("/proposals/new", url.Values{"text.background": {"没有题目"}})
		require.Equal(t, http.StatusBadRequest, status)
		require.Contains(t, page, "没有题目</textarea>")
	})
	t.Run("search finds what the reader may see", func(t *testing.T) {
		_, page := committee.get("/search?q=" + url.QueryEscape("人行道"))
		require.Contains(t, page, "人行道")
		_, page = public.get("/search?q=" + url.QueryEscape("小店"))
		require.NotContains(t, page, "/proposals/", "nothing with a link")
		_, page = committee.get("/search?q=" + url.QueryEscape("消防通道"))
		require.Contains(t, page, "/consultations/")
	})
	t.Run("the annual report is for some", func(t *testing.T) {
		status, page := committee.get("/report")
		require.Equal(t, http.StatusOK, status)
		require.Contains(t, page, "统计报告")
		status, sheet := committee.get("/report.xlsx")
		require.Equal(t, http.StatusOK, status)
		require.True(t, strings.HasPrefix(sheet, "PK"))
		status, _ = member.get("/report")
		require.Equal(t, http.StatusForbidden, status)
	})
	// By hand: 15·(0.4·9+0.6·8.5)/10 = 13.05, 15.4, 17.4, 22.875, 7.7, 10; together 86.425, half up.
	t.Run("a sheet is scored", func(t *testing.T) {
		status, page := public.get("/scores")
		require.Equal(t, http.StatusOK, status)
		require.Contains(t, page, "<b>86.43</b>")
		require.Contains(t, page, "良好")
		_, page = public.get("/scores?sheet=proposal_quality&m.committee.1.topic=11")
		require.Contains(t, page, `role="alert"`, "more than there is to give")
		_, page = public.get("/scores?sheet=tongcheng_2019&f.plenary=full_time&f.own_proposals.submitted=1&f.own_proposals.filed=1&f.opinions.submitted=1")
		require.Contains(t, page, "<b>85</b>", "50 for the meetings, 10 and 15 for a proposal, 10 for an opinion")
		for _, name := range []string{"county_vote", "handling_120", "platform_inspection", "dazhu_2020"} {
			status, page = public.get("/scores?sheet=" + name)
			require.Equal(t, http.StatusOK, status, name)
			require.Contains(t, page, "</html>", name)
		}
	})
	t.Run("no other site acts in somebody's name", func(t *testing.T) {
		r, err := http.NewRequest(http.MethodPost, site+"/signout", nil)
		require.NoError(t, err)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		status, _ := member.do(r)
		require.Equal(t, http.StatusForbidden, status)
		_, page := member.post("/lang", url.Values{"lang": {"zh"}, "back": {"//evil.example/"}})
		require.Contains(t, page, "王丽的待办", "and none is gone to")
	})
	t.Run("what people type is text", func(t *testing.T) {
		_, page := member.post("/proposals/new", url.Values{"title": {`<script>alert(1)</script>`}, "command": {"x"}})
		require.Contains(t, page, "&lt;script&gt;alert(1)")
		require.NotContains(t, page, "<script>alert")
	})
}

func read1(c client, path string) string {
	_, page := c.get(path)
	return page
}

// Done again, on another day, the sample changes nothing.
func TestTheSampleIsFilledOnce(t *testing.T) {
	_, d := site(t)
	ctx := context.Background()
	before, err := d.proposals.Audit(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, before.Broken)
	later := d.now().Add(40 * time.Hour)
	d.now = func() time.Time { return later }
	require.NoError(t, d.fill(ctx))
	after, err := d.proposals.Audit(ctx, nil)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

// The command as README.md has it, but for the name of the file and the address.
func TestTheDeskIsServed(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := free.Addr().String()
	require.NoError(t, free.Close())
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, filepath.Join(t.TempDir(), "desk.db"), address) }()
	require.Eventually(t, func() bool {
		answer, err := http.Get("http://" + address) //nolint:gosec // our own
		return err == nil && answer.Body.Close() == nil && answer.StatusCode == http.StatusOK
	}, 2*time.Minute, 100*time.Millisecond)
	stop()
	require.NoError(t, <-ended)
}

// It is to be copied from, so it stays small: without tests, and without htmx.
func TestTheDeskIsSmall(t *testing.T) {
	lines := 0
	for _, pattern := range []string{"*.go", "pages/*.html", "static/*.css"} {
		names, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			lines += strings.Count(string(data), "\n")
		}
	}
	require.Less(t, lines, 2500)
}
