package report_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/report"
	"github.com/tian-go/tian/proposal/report/internal/browser"
)

// opened opens a page in Chromium, or skips where there is none.
func opened(t *testing.T, page string) *browser.Page {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	require.NoError(t, os.WriteFile(file, []byte(page), 0o600))
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	t.Cleanup(cancel)
	p, err := browser.Open(ctx, file)
	if errors.Is(err, browser.ErrMissing) {
		t.Skip(err)
	}
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.Close()) })
	return p
}

func TestABrowserShowsThePageAndReadsItOut(t *testing.T) {
	p := opened(t, html(t, gathered(t, year(t), report.Chinese)))
	text, err := p.Text()
	require.NoError(t, err)
	require.Contains(t, text, "秀山县政协2024年度提案工作统计报告")
	require.Contains(t, text, "立案率75.00%")

	heard, err := p.Heard()
	require.NoError(t, err)
	for _, s := range []string{
		"banner", "navigation 目录", "main", "heading 秀山县政协2024年度提案工作统计报告", "region 总体情况", "heading 总体情况",
		"table 提案总体情况", "columnheader 数量", "rowheader 立案", "cell 75.00%", "link 超期清单", "table 各单位承办情况",
	} {
		require.Contains(t, heard, s)
	}
	all := strings.Join(heard, "\n")
	require.Contains(t, all, "各环节现有提案数 培育 0 → 征集 0 → 审查 3", "the drawing is told in words")

	pdf, err := p.PDF()
	require.NoError(t, err)
	box := regexp.MustCompile(`/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]`).FindSubmatch(pdf)
	require.NotNil(t, box)
	require.Regexp(t, "^59[45]", string(box[1]), "A4 is 595 points wide")
	require.Regexp(t, "^84[12]", string(box[2]))
}
