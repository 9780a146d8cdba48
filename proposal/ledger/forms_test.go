package ledger_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/ledger/sheet"
	"github.com/tian-go/tian/proposal/workflow"
)

// read reads a ledger that must be one.
func read(t *testing.T, data []byte) ledger.Ledger {
	t.Helper()
	l, err := ledger.Read(data)
	require.NoError(t, err)
	return l
}

// cell is a cell of a workbook with a number format of its own.
type cell struct {
	value  any
	format string
}

// book writes a workbook: sheets by name, each with its rows.
func book(t testing.TB, sheets ...[][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, rows := range sheets {
		name := "Sheet" + string(rune('1'+i))
		_, err := f.NewSheet(name)
		require.NoError(t, err)
		for y, row := range rows {
			for x, value := range row {
				at, err := excelize.CoordinatesToCellName(x+1, y+1)
				require.NoError(t, err)
				if c, styled := value.(cell); styled {
					style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &c.format})
					require.NoError(t, err)
					require.NoError(t, f.SetCellStyle(name, at, at, style))
					value = c.value
				}
				require.NoError(t, f.SetCellValue(name, at, value))
			}
		}
	}
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	return b.Bytes()
}

func TestEncodingsAreDetected(t *testing.T) {
	text := "提案号,案由,主办单位\n14,关于完善我市社保服务体系的建议,市人社局\n15,关于改善人行道的建议,市住建局\n"
	ascii := "number,title,lead_unit\n14,关于完善我市社保服务体系的建议,市人社局\n15,关于改善人行道的建议,市住建局\n"
	encode := func(e interface{ String(string) (string, error) }, s string) string {
		out, err := e.String(s)
		require.NoError(t, err)
		return out
	}
	for name, data := range map[string]string{
		"UTF-8":                    text,
		"UTF-8 with a mark":        "\xef\xbb\xbf" + text,
		"GBK":                      encode(simplifiedchinese.GBK.NewEncoder(), text),
		"GB18030":                  encode(simplifiedchinese.GB18030.NewEncoder(), text),
		"GBK under ASCII headers":  encode(simplifiedchinese.GBK.NewEncoder(), ascii),
		"UTF-16 as Excel saves it": encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), strings.ReplaceAll(text, ",", "\t")),
		"UTF-16 without a mark":    encode(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder(), text),
		"semicolons":               strings.ReplaceAll(text, ",", ";"),
		"bars":                     strings.ReplaceAll(text, ",", "|"),
		"line ends of an old Mac":  strings.ReplaceAll(text, "\n", "\r"),
		"a Mac's and in GBK":       encode(simplifiedchinese.GBK.NewEncoder(), strings.ReplaceAll(text, "\n", "\r")),
		"line ends of every kind":  strings.Replace(strings.Replace(text, "\n", "\r\n", 1), "建议,市人社局\n", "建议,市人社局\r", 1),
		"two marks":                "\xef\xbb\xbf\xef\xbb\xbf" + text,
		"a mark before GBK":        "\xef\xbb\xbf" + encode(simplifiedchinese.GBK.NewEncoder(), text),
		"a title with commas":      "一览表，2022,制表：甲,乙,丙,丁\n" + strings.ReplaceAll(text, ",", "\t"),
		"sep= as Excel has it":     "sep=;\n" + strings.ReplaceAll(text, ",", ";"),
	} {
		l := read(t, []byte(data))
		require.Empty(t, l.Refused, name)
		require.Len(t, l.Rows, 2, name)
		require.Equal(t, []string{"14", "关于完善我市社保服务体系的建议", "市人社局"}, []string{l.Rows[0].Number, l.Rows[0].Title, l.Rows[0].LeadUnit}, name)
	}
}

func TestMixedEncodingsAreToldOrRead(t *testing.T) {
	gbk := func(s string) string {
		out, err := simplifiedchinese.GBK.NewEncoder().String(s)
		require.NoError(t, err)
		return out
	}
	l := read(t, []byte("案由,来源\n第一件提案,甲\n"+gbk("第二件提案,乙\n")+"第三件提案,丙\n"))
	require.Len(t, l.Rows, 2)
	require.Equal(t, "title_not_utf8", l.Refused[0].Code)
	require.Equal(t, 3, l.Refused[0].Line)
	l = read(t, []byte(gbk("案由,来源\n第一件提案,甲\n第二件提案,乙\n")+"第三件提案,丙\n"+"\xff\xff,丁\n"))
	require.Len(t, l.Rows, 3)
	require.Equal(t, "第三件提案", l.Rows[2].Title)
	require.Equal(t, 5, l.Refused[0].Line)
}

// The rows at the beginning may hold no Chinese at all: the first that does tells
// the encoding.
func TestAnEncodingMayShowLate(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("9,关于人行道的建议\n")
	require.NoError(t, err)
	l := read(t, []byte("number,title\n"+strings.Repeat("1,a proposal in English\n", 5000)+gbk))
	require.Equal(t, "关于人行道的建议", l.Rows[len(l.Rows)-1].Title)
	require.Len(t, l.Refused, 4999, "all but the first are there twice")
}

// A row of a CSV file may lack the cells that no header stands above, and have
// empty ones more.
func TestEmptyColumnsDoNotMatter(t *testing.T) {
	l := read(t, []byte("案号,,案由,,主办单位,,\n1,,甲,,A局,,\n2,,乙,,B局\n3,,丙,,C局,,,,\n4,,丁\n5,,戊,,D局,,,x\n"))
	require.Len(t, l.Rows, 3)
	require.Equal(t, []string{"row_fields", "row_fields"}, []string{l.Refused[0].Code, l.Refused[1].Code})
}

// Under a merged cell, names that are not known stand beside those that are.
func TestHeadersOverTwoRows(t *testing.T) {
	l := read(t, []byte("案号,案由,承办单位,,满意度,\n,,主办,会办,时效,结果\n1,甲,A局,B局,不满意,满意\n"))
	require.Equal(t, []string{"A局", "B局", "满意"}, append(append([]string{l.Rows[0].LeadUnit}, l.Rows[0].CoUnits...), l.Rows[0].Opinion))
	require.Equal(t, []string{"满意度 时效"}, l.Ignored)
	l = read(t, []byte("案号,案由,重点提案\n5,,重点提案\n6,乙,\n"))
	require.Equal(t, "title_empty", l.Refused[0].Code, "a row without a title is no header")
	require.Len(t, l.Rows, 1)
}

func TestWorkbooksAreReadAsOfficesKeepThem(t *testing.T) {
	day := time.Date(2022, 11, 3, 0, 0, 0, 0, time.UTC)
	data := book(t,
		[][]any{
			{"某某市政协提案办理台账"},
			{},
			{"案号", "案由", "承办单位", "", "交办时间", "答复时间"},
			{"", "", "主办", "会办", "", ""},
			{"022", "关于某事的建议", "市教育局", "市委统战部（侨办、台办）,市文广局，市规划局", cell{44868, "m/d/yy"}, cell{day.AddDate(0, 0, 7), "yyyy\"年\"m\"月\"d\"日\""}},
			{cell{7, "000"}, "关于另一件事的建议", "市住建局"},
			{"二、会办件"},
			{"题目", "提案号", "会办单位"},
			{"第三件", "9", "市水利局"},
		},
		[][]any{{"说明"}, {"本页没有表"}},
		[][]any{{"标题"}, {"第四件"}})
	r, err := ledger.Open(bytes.NewReader(data), ledger.Map{}, sheet.Limits{})
	require.NoError(t, err)
	var rows []ledger.Row
	for {
		row, refused, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		require.Nil(t, refused)
		rows = append(rows, row)
	}
	require.NoError(t, r.Close())
	require.Len(t, rows, 4)
	require.Equal(t, "022", rows[0].Number)
	require.Equal(t, "007", rows[1].Number, "as it is shown")
	require.Equal(t, []string{"市委统战部（侨办、台办）", "市文广局", "市规划局"}, rows[0].CoUnits)
	require.Equal(t, day, rows[0].Assigned)
	require.Equal(t, day.AddDate(0, 0, 7), rows[0].Replied)
	require.Equal(t, []any{"第三件", "9", []string{"市水利局"}, 9}, []any{rows[2].Title, rows[2].Number, rows[2].CoUnits, rows[2].Line})
	require.Equal(t, []any{"第四件", "Sheet3"}, []any{rows[3].Title, rows[3].Sheet})
	require.Len(t, r.Tables(), 3)
	require.Equal(t, ledger.Column{Header: "会办", Means: "co_units", Filled: 1, Sample: "市委统战部（侨办、台办）,市文广局，市规划局"}, r.Tables()[0].Columns[3])
}

// A cell merged over several rows counts in each of them, in the header too.
func TestMergedCellsOfAWorkbookCountInEachRow(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(book(t, [][]any{
		{"某市政协提案办理台账"},
		{"届次", "案号", "案由", "承办单位", "", "交办时间"},
		{"", "", "", "主办", "会办"},
		{"十一届一次会议", 202401230001, "甲", "A局", "B局", cell{44868, "m/d/yy"}},
		{"", 14, "乙", "", "", ""},
		{"", "", "", "", "", ""},
		{"", 14, "丙", "", "", ""},
		{"", "", "#REF!"},
	})))
	require.NoError(t, err)
	for _, merged := range [][2]string{{"A1", "F1"}, {"A2", "A3"}, {"B2", "B3"}, {"C2", "C3"}, {"D2", "E2"}, {"F2", "F3"}, {"A4", "A6"}, {"D4", "D5"}, {"F4", "F5"}} {
		require.NoError(t, f.MergeCell("Sheet1", merged[0], merged[1]))
	}
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	l := read(t, b.Bytes())
	require.Len(t, l.Rows, 3)
	require.Equal(t, []any{"202401230001", "A局", []string{"B局"}}, []any{l.Rows[0].Number, l.Rows[0].LeadUnit, l.Rows[0].CoUnits})
	require.Equal(t, []any{"十一届一次会议", "14", "A局", l.Rows[0].Assigned}, []any{l.Rows[1].Session, l.Rows[1].Number, l.Rows[1].LeadUnit, l.Rows[1].Assigned})
	require.Equal(t, []string{"", "14", "丙"}, []string{l.Rows[2].Session, l.Rows[2].Number, l.Rows[2].Title}, "the merged cells are over")
	require.Equal(t, "title_error_value", l.Refused[0].Code)
}

func TestTablesOfPagesAreRead(t *testing.T) {
	page := `<html><head><meta charset="gb2312"></head><body><table border=1>
<tr><td colspan=3>某某县政协提案一览表</td></tr>
<tr><th rowspan=2>案由</th><th colspan=2>承办单位</th></tr><tr><th>主办</th><th>协办</th></tr>
<tr><td>关于A&amp;B的建议</td><td>县教育局</td><td>甲局<br>乙局</td></tr>
<tr><td>第二件<td>县水利局<td></tr></table></body></html>`
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(page)
	require.NoError(t, err)
	for _, data := range []string{page, gbk} {
		l := read(t, []byte(data))
		require.Empty(t, l.Refused)
		require.Len(t, l.Rows, 2)
		require.Equal(t, "关于A&B的建议", l.Rows[0].Title)
		require.Equal(t, []string{"县教育局", "甲局", "乙局"}, append([]string{l.Rows[0].LeadUnit}, l.Rows[0].CoUnits...))
		require.Equal(t, "县水利局", l.Rows[1].LeadUnit)
	}
}

// Pages as programs write them: tags that are not closed, space that only lays out,
// tables in tables, everything on one line, and Microsoft's XML under the same name.
func TestPagesOfEveryMake(t *testing.T) {
	head, row := "<tr><td>案号<td>案 由<br><td>协办<br>单位", "<tr><td> 7 <td>\n 关于甲\n   的建议&nbsp;\n <td>乙局<br/>丙局"
	for name, page := range map[string]string{
		"not closed":   "<table>" + head + row + "</table>",
		"on two lines": "<HTML><TABLE>" + strings.ToUpper("<tr><td colspan=3>x</td></tr>") + head + "\n" + row + "</TABLE></HTML>",
		"laid out":     "<table><tr><td><table>" + head + row + "</table></td></tr></table>",
		"a table inside": "<table><tr><td>案号</td><td>案由</td><td>协办单位</td></tr>" +
			"<tr><td>7</td><td><table><tr><td>关于甲的建议</td></tr></table></td><td><div>乙局</div><div>丙局</div></td></tr></table>",
		"Microsoft's XML": `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">` +
			`<Worksheet ss:Name="提案"><Table><Row/><Row><Cell><Data>案号</Data></Cell><Cell/><Cell><Data>案由</Data></Cell><Cell ss:MergeAcross="1"><Data>承办单位</Data></Cell></Row>` +
			`<Row><Cell ss:Index="4"><Data>主办</Data></Cell><Cell><Data>协办</Data></Cell></Row>` +
			`<Row><Cell><Data ss:Type="Number">7</Data></Cell><Cell ss:Index="3"><Data>关于甲的建议</Data></Cell><Cell ss:Index="5"><Data>乙局；丙局</Data></Cell></Row></Table></Worksheet></Workbook>`,
	} {
		l := read(t, []byte(page))
		require.Empty(t, l.Refused, name)
		require.Len(t, l.Rows, 1, name)
		r := l.Rows[0]
		require.Equal(t, []string{"7", "关于甲的建议", "乙局", "丙局"}, append([]string{r.Number, r.Title}, r.CoUnits...), name)
	}
}

// A page of 20 MB on one line is read whole.
func TestALongLineOfAPageIsReadToItsEnd(t *testing.T) {
	var page strings.Builder
	page.WriteString("<table><tr><td>案号<td>案由<td>来源")
	filler := strings.Repeat("源", 3000)
	const rows = 2200
	for i := range rows {
		fmt.Fprintf(&page, "<tr><td>%d<td>第%d件<td>%s", i+1, i+1, filler)
	}
	l := read(t, []byte(page.String()))
	require.Empty(t, l.Refused)
	require.Len(t, l.Rows, rows)
	_, err := ledger.Read([]byte("<table><tr><td>案由<tr><td>" + strings.Repeat("x", 3<<20)))
	require.ErrorIs(t, err, workflow.ErrInvalid)
}

func TestTheOutcomeOfTheReviewIsRead(t *testing.T) {
	for word, want := range map[string]string{
		"立案": "filed", "并案": "reviewing", "不予立案": "refused", "不立案转意见": "referred", "不立案退回": "returned", "撤案": "withdrawn",
	} {
		l := read(t, []byte("案由,审查意见,案号\n关于某事的建议,"+word+",14\n"))
		require.Empty(t, l.Refused, word)
		_, svc, _ := takenFrom(t, l)
		p, _ := only(t, svc)
		require.Equal(t, want, p.State, word)
		require.Equal(t, word == "立案", p.Number == "14", "only what is filed has a number")
	}
	l := read(t, []byte("案由,审查意见,主办单位\n关于某事的建议,不予立案,市教育局\n关于某事的建议,再议,\n"))
	require.Equal(t, []string{"outcome_contradicts", "outcome_unknown"}, []string{l.Refused[0].Code, l.Refused[1].Code})
}

func TestLeadCoAndSeparateUnitsAtOnce(t *testing.T) {
	l := read(t, []byte("案由,主办单位,协办单位,分办单位\n提案,甲局,乙局,丙局、丁局\n提案二,\"戊局\n己局\",,\n"))
	require.Empty(t, l.Refused)
	require.Equal(t, []string{"丙局", "丁局"}, l.Rows[0].SeparateUnits)
	require.Equal(t, []string{"戊局", "己局"}, l.Rows[1].SeparateUnits, "several that lead answer each for itself")
	report, _, _ := takenFrom(t, l)
	require.Equal(t, 2, report.Imported)
}

func TestAMapAddsHeadersAndWords(t *testing.T) {
	own, err := ledger.DecodeMap([]byte(`{"columns":{"title":["事由"],"source":["备注"]},"words":{"key":{"yes":["★"],"no":["重点"]}}}`))
	require.NoError(t, err)
	r, err := ledger.Open(strings.NewReader("事由,备注,重点提案\n一,甲,★\n二,乙,重点\n"), ledger.DefaultMap().With(own), sheet.Limits{})
	require.NoError(t, err)
	first, _, err := r.Next()
	require.NoError(t, err)
	second, _, err := r.Next()
	require.NoError(t, err)
	require.Equal(t, []any{"一", "甲", true, false}, []any{first.Title, first.Source, first.Key, second.Key})
	for _, bad := range []string{
		``, `[]`, `{"colums":{}}`, `{"columns":{"titel":["事由"]}}`, `{"columns":{"title":[" "]}}`, `{"words":{"title":{}}}`,
		`{"words":{"key":{"maybe":[]}}}`, `{} {}`, `{"columns":{"title":["` + strings.Repeat("长", 100) + `"]}}`,
	} {
		_, err := ledger.DecodeMap([]byte(bad))
		require.ErrorIs(t, err, workflow.ErrInvalid, bad)
	}
}

func TestTheShippedMapNamesEachHeaderOnce(t *testing.T) {
	m := ledger.DefaultMap()
	seen := map[string]string{}
	for name, headers := range m.Columns {
		for _, h := range headers {
			require.Empty(t, seen[h], "%s stands for %s too", h, name)
			seen[h] = name
		}
	}
	require.Equal(t, "lead_unit", seen["承办单位"])
}

func TestWhatIsNotUnderstoodIsShown(t *testing.T) {
	r, err := ledger.Open(strings.NewReader("案由,层级,面商形式\n甲,星级,电话\n乙,县级,\n"), ledger.Map{}, sheet.Limits{})
	require.NoError(t, err)
	_, refused, err := r.Next()
	require.NoError(t, err)
	require.Equal(t, "level_unknown", refused.Code)
	require.Contains(t, refused.In("zh"), "星级")
	_, _, err = r.Next()
	require.NoError(t, err)
	require.Equal(t, []string{"面商形式"}, r.Ignored())
	require.Equal(t, []ledger.Column{
		{Header: "案由", Means: "title", Filled: 2, Sample: "甲"},
		{Header: "层级", Means: "level", Filled: 2, Sample: "星级", Words: []string{"星级"}},
		{Header: "面商形式", Filled: 1, Sample: "电话"},
	}, r.Tables()[0].Columns)
}

// bomb is a workbook with one part that unpacks to a great many bytes.
func bomb(t testing.TB, part string, begin string, n int) []byte {
	t.Helper()
	whole, err := zip.NewReader(bytes.NewReader(book(t, [][]any{{"案由"}, {"甲"}})), int64(len(book(t, [][]any{{"案由"}, {"甲"}}))))
	require.NoError(t, err)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range whole.File {
		if f.Name != part {
			require.NoError(t, w.Copy(f))
		}
	}
	p, err := w.Create(part)
	require.NoError(t, err)
	_, err = io.WriteString(p, begin)
	require.NoError(t, err)
	chunk := bytes.Repeat([]byte(" "), 1<<20)
	for range n {
		_, err = p.Write(chunk)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

// Files that hurt end in an error or a told row, and in little memory.
func TestFilesThatHurtAreToldInLittleMemory(t *testing.T) {
	wide := func(n int) string { return "案由" + strings.Repeat(",x", n) + "\n" }
	for name, c := range map[string]struct {
		data string
		err  string // of the file
		code string // of the one row refused
	}{
		"a header of a million columns": {wide(1_000_000) + "甲\n", "bytes", ""},
		"a header of many columns":      {wide(100_000) + "甲\n", "1000 columns", ""},
		"a row of a million columns":    {"案由,来源\n甲,乙\n" + wide(1_000_000), "", "row_too_long"},
		"a row of many columns":         {"案由,来源\n甲,乙\n" + wide(100_000), "", "row_too_wide"},
		"a row of 3 MB":                 {"案由\n" + strings.Repeat("长", 1<<20) + "\n甲\n", "", "row_too_long"},
		"a cell of 100 kB":              {"案由,来源\n甲," + strings.Repeat("x", 100_000) + "\n", "", "source_too_long"},
		"a quotation that never ends":   {"案由\n\"甲\n" + strings.Repeat("乙\n", 1), "", "row_quote"},
		"a workbook that is a bomb":     {string(bomb(t, "xl/styles.xml", "<styleSheet>", 64)), "too large", ""},
		"a cell that is a bomb":         {string(bomb(t, "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c t=\"str\"><v>", 64)), "too large", ""},
		"texts that are a bomb":         {string(bomb(t, "xl/sharedStrings.xml", "<sst><si><t>", 64)), "too large", ""},
		"a sheet that is cut off":       {string(bomb(t, "xl/worksheets/sheet1.xml", "<worksheet><sheetData>", 0)), "cut off", ""},
		"a workbook of the old form":    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", ".xls", ""},
		"a zip that is no workbook":     {"PK\x03\x04 and nothing", "workbook", ""},
		"a page without a table":        {"<html><body>" + strings.Repeat("x", 1<<16) + "</body></html>", "empty", ""},
	} {
		t.Run(name, func(t *testing.T) {
			data := []byte(c.data)
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			l, err := ledger.Read(data)
			runtime.ReadMemStats(&after)
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(64<<20), "bytes in all")
			if c.err != "" {
				require.ErrorIs(t, err, workflow.ErrInvalid)
				require.ErrorContains(t, err, c.err)
				return
			}
			require.NoError(t, err)
			require.Len(t, l.Refused, 1)
			require.Equal(t, c.code, l.Refused[0].Code)
		})
	}
}

// endless is a ledger of many rows that is nowhere held.
type endless struct {
	row   []byte
	left  int
	chunk []byte
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.chunk) == 0 {
		if e.left == 0 {
			return 0, io.EOF
		}
		e.left--
		e.chunk = e.row
	}
	n := copy(p, e.chunk)
	e.chunk = e.chunk[n:]
	return n, nil
}

// A file larger than memory is read in little of it: 256 MB here, 1 GB with
// TIAN_LARGE.
func TestAFileIsReadInConstantMemory(t *testing.T) {
	size := 64 << 20
	if os.Getenv("TIAN_LARGE") != "" {
		size = 1 << 30
	}
	row := []byte("关于某事的建议," + strings.Repeat("来源", 2000) + "\n")
	in := io.MultiReader(strings.NewReader("案由,来源\n"), &endless{row: row, left: size / len(row)})
	r, err := ledger.Open(in, ledger.Map{}, sheet.Limits{})
	require.NoError(t, err)
	rows := 0
	var most uint64
	for {
		_, _, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if rows++; rows%1000 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
		}
	}
	require.Equal(t, size/len(row), rows)
	require.Less(t, most, uint64(64<<20))
}

func FuzzOpenWorkbook(f *testing.F) {
	f.Add(book(f, [][]any{{"案号", "案由"}, {"022", "甲"}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		readAll(t, append([]byte("PK\x03\x04"), bytes.TrimPrefix(data, []byte("PK\x03\x04"))...))
	})
}

func FuzzOpenPage(f *testing.F) {
	f.Add("<tr><td colspan=2>案由<td rowspan=3>来源</tr><tr><td>甲</table>")
	f.Fuzz(func(t *testing.T, page string) { readAll(t, []byte("<table>"+page)) })
}

func FuzzDecodeMap(f *testing.F) {
	f.Add([]byte(`{"columns":{"title":["事由"]},"words":{"key":{"yes":["★"]}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := ledger.DecodeMap(data)
		if err != nil {
			require.ErrorIs(t, err, workflow.ErrInvalid)
			return
		}
		_, _ = ledger.Open(strings.NewReader("案由\n甲\n"), ledger.DefaultMap().With(m), sheet.Limits{})
	})
}

// readAll reads whatever it is: each row is a row or told.
func readAll(t *testing.T, data []byte) {
	t.Helper()
	l, err := ledger.Read(data)
	if err != nil {
		return
	}
	for _, r := range l.Refused {
		require.NotEmpty(t, r.Code)
		require.NotEmpty(t, r.In("zh"))
	}
	require.False(t, slices.ContainsFunc(l.Rows, func(r ledger.Row) bool { return r.Title == "" }))
}
