package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// browser starts Chromium, or skips where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		ctx, stop := chromedp.NewExecAllocator(t.Context(), chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
			chromedp.NoFirstRun, chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("accept-lang", "zh-CN"))
		t.Cleanup(stop)
		ctx, stop = chromedp.NewContext(ctx)
		t.Cleanup(stop)
		require.NoError(t, chromedp.Do(ctx))
		return ctx
	}
	t.Skip("no chromium: apt-get install -y --no-install-recommends chromium fonts-noto-cjk")
	return nil
}

// seat is a person at a browser with cookies of its own.
type seat struct {
	t    *testing.T
	ctx  context.Context
	site string
}

func sit(browser context.Context, t *testing.T, site, account string) seat {
	t.Helper()
	ctx, stop := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(stop)
	require.NoError(t, chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)))
	s := seat{t, ctx, site}
	if account != "" {
		s.open("/signin")
		require.EqualValues(t, http.StatusOK, s.press(`button[value="`+account+`"]`))
	}
	return s
}

// patient limits what a slow machine may take.
func (s seat) patient() (context.Context, context.CancelFunc) {
	return context.WithTimeout(s.ctx, 2*time.Minute)
}

func (s seat) open(path string) int64 {
	s.t.Helper()
	return s.response(chromedp.Navigate(s.site + path))
}

func (s seat) press(selector string) int64 {
	s.t.Helper()
	return s.response(chromedp.Click(selector, chromedp.NodeVisible))
}

func (s seat) response(steps ...chromedp.Action[chromedp.Void]) int64 {
	s.t.Helper()
	ctx, stop := s.patient()
	defer stop()
	answer, err := chromedp.RunResponse(ctx, steps...)
	require.NoError(s.t, err)
	return answer.Status
}

func (s seat) do(steps ...chromedp.Action[chromedp.Void]) {
	s.t.Helper()
	ctx, stop := s.patient()
	defer stop()
	require.NoError(s.t, chromedp.Do(ctx, steps...))
}

func (s seat) main() string {
	s.t.Helper()
	ctx, stop := s.patient()
	defer stop()
	text, err := chromedp.Run(ctx, chromedp.Text("main"))
	require.NoError(s.t, err)
	return text
}

func evaluated[T any](s seat, script string) T {
	s.t.Helper()
	ctx, stop := s.patient()
	defer stop()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	require.NoError(s.t, err, script)
	return v
}

// act fills the form of an event on the page of a case, and sends it.
func (s seat) act(event string, fields ...string) int64 {
	s.t.Helper()
	form := `form[action$="/` + event + `"]`
	s.do(chromedp.Click("details:has(> "+form+") > summary", chromedp.NodeVisible))
	for i := 0; i < len(fields); i += 2 {
		s.do(chromedp.SetValue(form+` [name="`+fields[i]+`"]`, fields[i+1]))
	}
	return s.press(form + " button.do")
}

// tries sends what a form would send, from a page that has no such form.
func (s seat) tries(path string) int64 {
	s.t.Helper()
	return evaluated[int64](s, fmt.Sprintf("fetch(%q, {method: 'POST', body: new URLSearchParams({command: 'stranger'})}).then(r => r.status)", path))
}

// picture keeps what the page looks like, on a desktop and a phone, where somebody
// wants to look.
func (s seat) picture(name string) {
	s.t.Helper()
	for _, screen := range []struct {
		suffix        string
		width, height int64
	}{{"", 1280, 900}, {"-phone", 390, 844}} {
		s.do(chromedp.EmulateViewport(screen.width, screen.height))
		wide := evaluated[int64](s, "document.documentElement.scrollWidth")
		require.LessOrEqual(s.t, wide, screen.width, "%s is not to be scrolled sideways", name)
		if folder := os.Getenv("TIAN_DESK_PICTURES"); folder != "" {
			ctx, stop := s.patient()
			png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
			stop()
			require.NoError(s.t, err)
			require.NoError(s.t, os.WriteFile(filepath.Join(folder, name+screen.suffix+".png"), png, 0o600))
		}
	}
	s.do(chromedp.EmulateViewport(1280, 900))
	require.Empty(s.t, evaluated[[]string](s, unreadable), "%s: for those who do not see, or see badly", name)
}

// unreadable lists controls without a name, pages without one heading of the first
// order, and text with too little contrast (WCAG 2 AA).
const unreadable = `(() => {
	const bad = [];
	for (const c of document.querySelectorAll('main input:not([type=hidden]), main select, main textarea, main button'))
		if (!(c.labels && c.labels.length) && !c.getAttribute('aria-label') && !c.textContent.trim()) bad.push('no label: ' + c.name);
	if (document.querySelectorAll('h1').length !== 1) bad.push('headings of the first order: ' + document.querySelectorAll('h1').length);
	const rgb = s => { const n = s.match(/[\d.]+/g).map(Number); return n.length > 3 && n[3] === 0 ? null : n.slice(0, 3); };
	const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
	for (const e of document.querySelectorAll('body *')) {
		if (e.closest('svg') || !e.checkVisibility() || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
		let under = null;
		for (let at = e; at && !under; at = at.parentElement) under = rgb(getComputedStyle(at).backgroundColor);
		const [a, b] = [light(rgb(getComputedStyle(e).color)), light(under || [255, 255, 255])];
		const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (ratio < 4.5) bad.push(ratio.toFixed(2) + ': ' + e.textContent.trim().slice(0, 20));
	}
	return bad;
})()`

func TestAProposalGoesItsWayInBrowsers(t *testing.T) {
	b := browser(t)
	site, _ := site(t)
	at := map[string]seat{}
	for _, account := range []string{"m-017", "m-018", "c-01", "o-01", "k-11", "k-12"} {
		at[account] = sit(b, t, site, account)
	}
	member, stranger := at["m-017"], at["m-018"]
	require.EqualValues(t, http.StatusOK, member.open("/proposals/new"))
	member.picture("new")
	member.do(chromedp.SetValue(`[name="title"]`, "关于增设盲道的提案"), chromedp.SetValue(`[name="category"]`, "social"),
		chromedp.SetValue(`[name="text.background"]`, "盲道断断续续。"), chromedp.SetValue(`[name="text.suggestions"]`, "打通盲道"))
	require.EqualValues(t, http.StatusOK, member.press("main form button.do"))
	path := evaluated[string](member, "location.pathname")

	for _, step := range []struct {
		by, event string
		fields    []string
		then      string // the state as the page says it
	}{
		{"m-017", "submit", nil, "已提交"},
		{"c-01", "file", []string{"number", "20260021"}, "立案"},
		{"o-01", "assign", []string{"lead", market}, "交办"},
		{"k-11", "accept", nil, "办理中"},
		{"k-11", "reply", []string{"text", "年内打通。", "class", "a"}, "办理中"},
		{"k-12", "issue_reply", nil, "已答复"},
		{"m-017", "give_opinion", []string{"result", "dissatisfied", "text", "只修了一段。"}, "办理中"},
		{"k-11", "reply", []string{"text", "全线打通。", "class", "a"}, "办理中"},
		{"k-12", "issue_reply", nil, "已答复"},
		{"m-017", "give_opinion", []string{"result", "satisfied"}, "已反馈"},
	} {
		require.EqualValues(t, http.StatusNotFound, stranger.open(path), "to a stranger there is no such case")
		require.EqualValues(t, http.StatusNotFound, stranger.tries(path+"/"+step.event), step.event)
		who := at[step.by]
		require.EqualValues(t, http.StatusOK, who.open(path))
		require.EqualValues(t, http.StatusOK, who.act(step.event, step.fields...), "%s: %s", step.event, who.main())
		state := evaluated[string](who, "document.querySelector('h1 .state').textContent")
		require.Equal(t, step.then, state, step.event)
	}
	require.Contains(t, member.main(), "只修了一段。")
	member.picture("case")
}

func TestTwoBrowsersRaceOnOneButton(t *testing.T) {
	b := browser(t)
	site, d := site(t)
	path := "/proposals/" + number(t, d, "20260014")
	seats := [2]seat{sit(b, t, site, "o-01"), sit(b, t, site, "o-01")}
	form := `form[action$="/assign"]`
	for i, s := range seats {
		require.EqualValues(t, http.StatusOK, s.open(path))
		s.do(chromedp.Click("details:has(> "+form+") > summary", chromedp.NodeVisible), chromedp.SetValue(form+` [name="lead"]`, []string{market, housing}[i]))
	}
	var statuses [2]int64
	var both sync.WaitGroup
	for i, s := range seats {
		both.Add(1)
		go func() {
			defer both.Done()
			statuses[i] = s.press(form + " button.do")
		}()
	}
	both.Wait()
	require.ElementsMatch(t, []int64{http.StatusOK, http.StatusConflict}, statuses)
	late := seats[0]
	if statuses[1] == http.StatusConflict {
		late = seats[1]
	}
	told := late.main()
	require.Contains(t, told, "有人先办了一步")
	require.Contains(t, told, "赵强：交办", "who, and what")
	late.picture("race")
}

func TestThePagesLookRight(t *testing.T) {
	b := browser(t)
	site, d := site(t)
	public := sit(b, t, site, "")
	for name, path := range map[string]string{"signin": "/signin", "public": "/", "score": "/scores"} {
		require.EqualValues(t, http.StatusOK, public.open(path))
		public.picture(name)
	}
	committee := sit(b, t, site, "c-01")
	for name, path := range map[string]string{"inbox": "/", "search": "/search?q=%E5%AD%A6%E6%A0%A1", "supervised": "/proposals/" + number(t, d, "20260002"), "report": "/report"} {
		require.EqualValues(t, http.StatusOK, committee.open(path))
		if name != "report" { // which is held by tests of its own
			committee.picture(name)
		}
	}
	// Htmx looks while one types; without it there is a button.
	committee.open("/search")
	committee.do(chromedp.SendKeys("#find", "梅江河"), chromedp.WaitVisible(`#found a[href^="/proposals/"]`))
	bureau := sit(b, t, site, "k-11")
	bureau.open("/")
	bureau.picture("unit")
	bureau.press(`a[href^="/consultations/"]`)
	bureau.picture("consultation")
	bureau.do(chromedp.EmulateViewport(1280, 900))
	bureau.press(`button[name="lang"]`)
	bureau.picture("consultation-en")
	member := sit(b, t, site, "m-017")
	member.open("/proposals/" + number(t, d, "20260003"))
	member.picture("answered")
	require.Empty(t, evaluated[string](member, "getComputedStyle(document.querySelector('.side')).display === 'none' ? 'gone' : ''"))
}
