package report_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/report"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/workflow"
)

// element is a part of a page.
type element struct {
	Name     string
	Attrs    map[string]string
	Children []*element
	Text     string
}

func (e *element) find(name string) (all []*element) {
	for _, c := range e.Children {
		if c.Name == name {
			all = append(all, c)
		}
		all = append(all, c.find(name)...)
	}
	return all
}

// tree reads a page, which must be well-formed but for the elements that HTML
// leaves open.
func tree(t *testing.T, pageText string) *element {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(pageText))
	d.Strict, d.AutoClose, d.Entity = false, []string{"meta"}, xml.HTMLEntity
	root := &element{}
	open := []*element{root}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			require.Len(t, open, 1, "everything is closed")
			return root
		}
		require.NoError(t, err)
		top := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{Name: token.Name.Local, Attrs: map[string]string{}}
			for _, a := range token.Attr {
				e.Attrs[a.Name.Local] = a.Value
			}
			top.Children = append(top.Children, e)
			open = append(open, e)
		case xml.EndElement:
			require.Equal(t, top.Name, token.Name.Local)
			open = open[:len(open)-1]
		case xml.CharData:
			top.Text += string(token)
		}
	}
}

func html(t *testing.T, r *report.Report) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, r.HTML(&b))
	return b.String()
}

func TestThePageSaysWhatWasCounted(t *testing.T) {
	t.Parallel()
	d := year(t)
	zh, en := html(t, gathered(t, d, report.Chinese)), html(t, gathered(t, d, report.English))
	for _, s := range []string{
		"秀山县政协2024年度提案工作统计报告", "共收到提案12件，立案9件，立案率75.00%；交办9件，办复8件，办复率88.89%；已反馈意见8件，满意率（含基本满意，以已反馈为基数）87.50%。",
		"内容空泛、没有具体建议", "社会建设", "A类：已经解决或采纳", "categories@2", "市市场监管局", "二次办理", "关于第10个问题的提案", "并案与立案并列", "办理中与提案者沟通", "其中面商",
		"答复中的承诺事项", "逾期未落实",
	} {
		require.Contains(t, zh, s)
	}
	for _, s := range []string{
		"Xiushan County CPPCC", "12 proposals were received and 9 filed, a filing rate of 75.00%", "social development", "A: solved or adopted", "handled again", "of these, face to face", "Promises made in replies", "merged proposals count beside the filed",
	} {
		require.Contains(t, en, s)
	}
	for _, other := range []string{"总体情况", "占比", "单位："} {
		require.NotContains(t, en, other, "the English page has no Chinese of its own")
	}
}

func TestThePageStandsByItself(t *testing.T) {
	t.Parallel()
	page := html(t, gathered(t, year(t), report.Chinese))
	require.NotRegexp(t, `(?i)(https?:|src=|url\(|@import|<script|<link)`, page)
	root := tree(t, page)
	for _, landmark := range []string{"header", "nav", "main", "h1"} {
		require.Len(t, root.find(landmark), 1, landmark)
	}
	require.Equal(t, "zh-CN", root.find("html")[0].Attrs["lang"])
	ids := map[string]bool{}
	var walk func(e *element)
	walk = func(e *element) {
		if id := e.Attrs["id"]; id != "" {
			require.False(t, ids[id], "the id %s is there once", id)
			ids[id] = true
		}
		for _, c := range e.Children {
			walk(c)
		}
	}
	walk(root)
	for _, a := range root.find("a") {
		require.True(t, ids[strings.TrimPrefix(a.Attrs["href"], "#")], a.Attrs["href"])
	}
	for _, s := range append(root.find("section"), root.find("svg")...) {
		for id := range strings.FieldsSeq(s.Attrs["aria-labelledby"]) {
			require.True(t, ids[id], id)
		}
		require.NotEmpty(t, s.Attrs["aria-labelledby"])
	}
	require.NotEmpty(t, root.find("svg"))
	for _, table := range root.find("table") {
		require.NotEmpty(t, table.find("caption")[0].Text)
		for _, th := range table.find("th") {
			require.Contains(t, []string{"col", "row"}, th.Attrs["scope"])
		}
		columns := len(table.find("thead")[0].find("th"))
		for _, tr := range table.find("tbody")[0].find("tr") {
			require.Len(t, tr.Children, columns)
		}
	}
}

func TestWhatPeopleWroteIsNoMarkup(t *testing.T) {
	t.Parallel()
	f, err := statistics.New(statistics.Options{})
	require.NoError(t, err)
	evil := `<script>alert(1)</script>"'&=SUM(A1)`
	f.Add(&proposal.Proposal{
		Header: workflow.Header{ID: "p-1", State: "handling", Stage: evil}, Number: "1", Category: proposal.Category(evil), Scheme: "x@1",
		Parts: []proposal.Part{{Unit: "=HYPERLINK(\"http://x\")", Role: proposal.Lead}},
	})
	r := &report.Report{Body: evil, Figures: f}
	page := html(t, r)
	require.NotContains(t, page, "<script")
	tree(t, page)
	var b bytes.Buffer
	require.NoError(t, r.XLSX(&b))
	x, err := excelize.OpenReader(&b)
	require.NoError(t, err)
	defer func() { require.NoError(t, x.Close()) }()
	for _, sheet := range x.GetSheetList() {
		rows, err := x.GetRows(sheet)
		require.NoError(t, err)
		for i, row := range rows {
			for j := range row {
				at, err := excelize.CoordinatesToCellName(j+1, i+1)
				require.NoError(t, err)
				formula, err := x.GetCellFormula(sheet, at)
				require.NoError(t, err)
				require.Empty(t, formula)
			}
		}
	}
}

// Every percentage on the page is its count over its base, counted here anew.
func TestEveryPercentageFollowsFromItsRow(t *testing.T) {
	t.Parallel()
	checked := 0
	for _, l := range []report.Language{report.Chinese, report.English} {
		for _, table := range tree(t, html(t, gathered(t, year(t), l))).find("table") {
			columns := map[string]int{}
			for i, th := range table.find("thead")[0].find("th") {
				columns[th.Text] = i
			}
			count, base, share := columns[pick(l, "数量", "count")], columns[pick(l, "基数", "base")], columns[pick(l, "占比", "share")]
			if l == report.English && columns["base count"] != 0 {
				base = columns["base count"]
			}
			if share == 0 {
				continue
			}
			for _, tr := range table.find("tbody")[0].find("tr") {
				if tr.Children[share].Text == "–" {
					continue
				}
				n, err := strconv.ParseInt(tr.Children[count].Text, 10, 64)
				require.NoError(t, err)
				of, err := strconv.ParseInt(tr.Children[base].Text, 10, 64)
				require.NoError(t, err)
				want, err := rates.Rate{Count: n, Base: of}.Percent(2, points.HalfUp)
				require.NoError(t, err)
				require.Equal(t, want+"%", tr.Children[share].Text)
				checked++
			}
		}
	}
	require.Greater(t, checked, 40)
}

func pick(l report.Language, zh, en string) string {
	if l == report.English {
		return en
	}
	return zh
}

// Page and spreadsheet have the same tables, cell for cell.
func TestTheSpreadsheetHasTheTablesOfThePage(t *testing.T) {
	t.Parallel()
	r := gathered(t, year(t), report.Chinese)
	var b bytes.Buffer
	require.NoError(t, r.XLSX(&b))
	x, err := excelize.OpenReader(&b)
	require.NoError(t, err)
	defer func() { require.NoError(t, x.Close()) }()
	var all []string
	for _, sheet := range x.GetSheetList() {
		rows, err := x.GetRows(sheet)
		require.NoError(t, err)
		for _, row := range rows {
			all = append(all, strings.TrimRight(strings.Join(row, "|"), "|"))
		}
	}
	for _, table := range tree(t, html(t, r)).find("table") {
		require.Contains(t, all, table.find("caption")[0].Text)
		for _, tr := range table.find("tr") {
			line := make([]string, len(tr.Children))
			for i, c := range tr.Children {
				line[i] = strings.TrimPrefix(c.Text, "+")
			}
			require.Contains(t, all, strings.Join(line, "|"))
		}
	}
	require.NotContains(t, x.GetSheetList(), "Sheet1")
	rows, err := x.GetRows("数字背后的提案")
	require.NoError(t, err)
	require.Greater(t, len(rows), 30)
	overdue, err := x.GetRows("超期清单")
	require.NoError(t, err)
	require.Equal(t, []string{"8", "关于第10个问题的提案", "市教育局", "答复", "2024-04-20", "225"}, overdue[len(overdue)-4])
	for _, promise := range overdue[len(overdue)-3 : len(overdue)-1] { // one of each answer
		require.Equal(t, []string{"4", "关于第6个问题的提案", "市教育局", "承诺落实", "2024-05-05", "210"}, promise)
	}
	require.Equal(t, []string{"4", "关于第6个问题的提案", "提案者", "提案者意见", "2024-05-13", "202"}, overdue[len(overdue)-1])
}

func TestTwoPeriodsStandBesideEachOther(t *testing.T) {
	t.Parallel()
	d := year(t)
	o := report.Options{At: d.now, Take: func(p *proposal.Proposal) bool { return p.Category == proposal.Social }, Last: func(p *proposal.Proposal) bool { return p.Category == proposal.Economic }}
	r, err := report.Gather(context.Background(), d.Service, o)
	require.NoError(t, err)
	page := html(t, r)
	require.Contains(t, page, "上期")
	require.Regexp(t, `<td class="n">(\+|&#43;)2</td>`, page, "5 came in, and 3 before")
}

func TestGatherRefusesWhatItCannotSay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	_, err := report.Gather(context.Background(), d.Service, report.Options{Language: "fr", At: d.now})
	require.ErrorIs(t, err, workflow.ErrInvalid)
	_, err = report.Gather(context.Background(), d.Service, report.Options{Merging: "x", At: d.now})
	require.ErrorIs(t, err, workflow.ErrInvalid)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = report.Gather(ctx, d.Service, report.Options{At: d.now})
	require.ErrorIs(t, err, context.Canceled)
}

func TestAnEmptyYearHasAReport(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	r, err := report.Gather(context.Background(), d.Service, report.Options{At: d.now})
	require.NoError(t, err)
	page := html(t, r)
	require.Contains(t, page, "共收到提案0件，立案0件，立案率–")
	tree(t, page)
}

// A report of the whole store, as a page.
// Who of the members took part is printed where it is said how many there are.
func TestMembersWhoTookPartArePrinted(t *testing.T) {
	t.Parallel()
	d := year(t)
	without, err := report.Gather(context.Background(), d.Service, report.Options{At: d.now})
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, without.HTML(&b))
	require.NotContains(t, b.String(), "参与率")
	r, err := report.Gather(context.Background(), d.Service, report.Options{At: d.now, Members: 400})
	require.NoError(t, err)
	took := r.Figures.Members()
	require.NotEmpty(t, took)
	b.Reset()
	require.NoError(t, r.HTML(&b))
	require.Contains(t, b.String(), fmt.Sprintf("400名委员中，%d名提出或联名提出提案", len(took)))
	require.Contains(t, b.String(), took[0].ID)
	_, err = report.Gather(context.Background(), d.Service, report.Options{At: d.now, Members: -1})
	require.ErrorContains(t, err, "members")
}

func ExampleGather() {
	d := newDesk(&testing.T{})
	r, err := report.Gather(context.Background(), d.Service, report.Options{Body: "秀山县政协", Period: "2024年度", At: d.now})
	if err != nil {
		fmt.Println(err)
		return
	}
	file, err := os.CreateTemp("", "*.html")
	if err != nil {
		fmt.Println(err)
		return
	}
	err = errors.Join(r.HTML(file), file.Close(), os.Remove(file.Name()))
	fmt.Println(r.Title(), r.Figures.Total(statistics.Received), err)
	// Output: 秀山县政协2024年度提案工作统计报告 0 <nil>
}
