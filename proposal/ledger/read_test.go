package ledger_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/store/memory"
)

var header = strings.Join(ledger.Columns(), ",") + "\n"

// csvRow writes a row with the given columns filled.
func csvRow(filled ...string) string {
	fields := make([]string, len(ledger.Columns()))
	for pair := range slices.Chunk(filled, 2) {
		fields[slices.Index(ledger.Columns(), pair[0])] = pair[1]
	}
	return strings.Join(fields, ",") + "\n"
}

func TestTheSampleIsReadAsPrinted(t *testing.T) {
	l, err := ledger.Read(ledger.Sample())
	require.NoError(t, err)
	require.Equal(t, 239, l.Size())
	require.Len(t, l.Rows, 224, "rows with a title")
	for _, r := range l.Refused {
		require.Equal(t, "title_empty", r.Code)
	}
	first := l.Rows[0]
	require.Equal(t, 2, first.Line)
	require.Equal(t, "小店经济", first.Title)
	require.Equal(t, []string{"宁夏银保监局", "自治区地方金融监管局"}, first.CoUnits)
	require.True(t, first.Key)
	require.Equal(t, "provincial/宁夏回族自治区", first.Body())
	require.Contains(t, first.Source, "the source article")
	for _, r := range l.Rows {
		if r.Place == "达州市达川区" {
			require.Equal(t, "028", r.Number, "numbers keep their leading zeros")
		}
	}
}

func TestABadRowIsToldByItsLineAndTheOthersAreRead(t *testing.T) {
	good := csvRow("title", "好的提案", "place", "甲县")
	for name, c := range map[string]struct {
		row  string
		code string
		line int // of the refusal; the good row before is on line 2
	}{
		"no title":                    {csvRow("place", "乙县"), "title_empty", 3},
		"a blank title":               {csvRow("title", "   ", "place", "乙县"), "title_empty", 3},
		"not UTF-8":                   {csvRow("title", "\xc4\xe3\xba\xc3"), "title_not_utf8", 3},
		"not UTF-8 elsewhere":         {csvRow("title", "t", "source", "\xff"), "source_not_utf8", 3},
		"a date that is none":         {csvRow("title", "t", "replied", "2022-02-30"), "replied_malformed", 3},
		"a date of another form":      {csvRow("title", "t", "submitted", "3.2.2022"), "submitted_malformed", 3},
		"a date nobody lives to see":  {csvRow("title", "t", "submitted", "2222-02-03"), "submitted_malformed", 3},
		"a reply before the proposal": {csvRow("title", "t", "submitted", "2022-06-30", "replied", "2022-01-20"), "dates_contradict", 3},
		"a year that is none":         {csvRow("title", "t", "year", "22"), "year_malformed", 3},
		"an unknown level":            {csvRow("title", "t", "level", "galactic"), "level_unknown", 3},
		"a very long title":           {csvRow("title", strings.Repeat("长", 201)), "title_too_long", 3},
		"an unknown kind of proposer": {csvRow("title", "t", "proposer_kind", "king"), "proposer_kind_unknown", 3},
		"an unknown key mark":         {csvRow("title", "t", "key", "maybe"), "key_unknown", 3},
		"too few fields":              {"只有一列\n", "row_fields", 3},
		"too many fields":             {strings.TrimSuffix(csvRow("title", "t"), "\n") + ",more\n", "row_fields", 3},
		"a stray quotation mark":      {"甲县,county,,,,say \"hi\" to me,,,,,,,,,,,,,,,\n", "row_quote", 3},
		"a quotation that never ends": {"甲县,county,,,,\"endless,,,,,,,,,,,,\n", "row_quote", 3},
		"text after a quotation":      {"甲县,county,,,,\"a\"b,,,,,,,,,,,,\n", "row_quote", 3},
		"a title over two lines":      {csvRow("title", "\"one\ntwo\""), "title_control_character", 3},
		"a NUL byte":                  {csvRow("title", "t", "lead_unit", "a\x00b"), "lead_unit_control_character", 3},
		"a very long unit":            {csvRow("title", "t", "co_units", "短;"+strings.Repeat("长", 40)), "unit_too_long", 3},
		"a very long number":          {csvRow("title", "t", "number", strings.Repeat("9", 65)), "number_too_long", 3},
		"the same row again":          {good, "row_duplicate", 3},
		"after a blank line":          {"\n" + csvRow("place", "乙县"), "title_empty", 4},
		"with Windows line ends":      {strings.ReplaceAll("\n"+csvRow("place", "乙县"), "\n", "\r\n"), "title_empty", 4},
		"after a field of three lines": {csvRow("title", "行内换行", "source", "\"a\nb\nc\"") + csvRow("place", "乙县"),
			"title_empty", 6},
	} {
		t.Run(name, func(t *testing.T) {
			last := csvRow("title", "最后一件", "place", "丙县")
			for _, end := range []string{last, strings.TrimSuffix(last, "\n")} {
				l, err := ledger.Read([]byte(header + good + c.row + end))
				require.NoError(t, err)
				require.Len(t, l.Refused, 1)
				require.Equal(t, c.code, l.Refused[0].Code)
				require.Equal(t, c.line, l.Refused[0].Line)
				require.NotEmpty(t, l.Refused[0].Message)
				require.Equal(t, "最后一件", l.Rows[len(l.Rows)-1].Title, "the row after it is read")
			}
		})
	}
}

func TestANumberGivenTwiceInASessionIsTold(t *testing.T) {
	l, err := ledger.Read([]byte(header +
		csvRow("title", "a", "place", "甲县", "session", "一次会议", "number", "7") +
		csvRow("title", "b", "place", "甲县", "session", "二次会议", "number", "7") +
		csvRow("title", "c", "place", "乙县", "session", "一次会议", "number", "7") +
		csvRow("title", "d", "place", "甲县", "session", "一次会议", "number", "7")))
	require.NoError(t, err)
	require.Len(t, l.Rows, 3)
	require.Len(t, l.Refused, 1)
	refused := l.Refused[0]
	require.Equal(t, []any{5, "number_duplicate", "number 7 of this place and session is on line 2"}, []any{refused.Line, refused.Code, refused.Message})
	require.Equal(t, "案号7在同一政协、同一届次已见于第2行", refused.In("zh"))
}

// F14: the list has 14, the letters of the units 第14号.
func TestF14OneNumberInSeveralSpellingsIsTold(t *testing.T) {
	l, err := ledger.Read([]byte(header +
		csvRow("title", "a", "place", "甲县", "session", "十一届一次会议", "number", "14") +
		csvRow("title", "b", "place", "甲县", "session", "11-1", "number", "第14号") +
		csvRow("title", "c", "place", "甲县", "session", "市政协十一届一次会议", "number", "014号")))
	require.NoError(t, err)
	require.Len(t, l.Rows, 1)
	require.Len(t, l.Refused, 2)
	for _, r := range l.Refused {
		require.Equal(t, "number_duplicate", r.Code)
	}
}

func TestAFileThatIsNoLedgerIsAnErrorThatNamesThePlace(t *testing.T) {
	for want, data := range map[string]string{
		"line 1: the file is empty":           "",
		`line 1: the column "title" (案由, 题`:   "a,b\n1,2\n",
		`line 1: the column "key" is there `:  strings.Replace(header, ",key", ",key,key", 1),
		`line 2: the column "title" (案由, 题目)`: "\n备注\n",
		"line 1: the header is malformed":     "pl\"ace,level\n",
	} {
		_, err := ledger.Read([]byte(data))
		require.ErrorContains(t, err, want)
	}
}

func TestAByteOrderMarkAndTheOrderOfColumnsDoNotMatter(t *testing.T) {
	names := ledger.Columns()
	names[0], names[5] = names[5], names[0]
	l, err := ledger.Read([]byte("\xef\xbb\xbf" + strings.Join(names, ",") + "\r\n提案,county,,,,某县" + strings.Repeat(",", len(names)-6) + "\r\n"))
	require.NoError(t, err)
	require.Equal(t, "提案", l.Rows[0].Title)
	require.Equal(t, "county/某县", l.Rows[0].Body())
	empty, err := ledger.Read([]byte(header))
	require.NoError(t, err)
	require.Zero(t, empty.Size())
}

func TestARowIsNamedByItsContent(t *testing.T) {
	read := func(rows string) ledger.Ledger {
		l, err := ledger.Read([]byte(header + rows))
		require.NoError(t, err)
		return l
	}
	a, b := csvRow("title", "a"), csvRow("title", "b")
	require.Equal(t, read(a).Rows[0].ID(), read(b + a).Rows[1].ID(), "on another line")
	require.NotEqual(t, read(a).Rows[0].ID(), read(b).Rows[0].ID())
	shifted := read(csvRow("place", "ab", "title", "x") + csvRow("level", "", "place", "a", "session", "b", "title", "x"))
	require.NotEqual(t, shifted.Rows[0].ID(), shifted.Rows[1].ID(), "fields do not run into each other")
}

// Whatever is read is accounted for, and every row that Read accepts goes in
// whole.
func FuzzRead(f *testing.F) {
	f.Add([]byte(header + csvRow("title", "a", "lead_unit", "u", "co_units", "v;w;u", "answer_class", "A", "opinion", "不满意")))
	f.Add([]byte(header + "\"a\nb\",,,,,\"t\"x,,,,,,,,,,,,,,,\n,,,,,t,,,,,;;,,,,,,,,,,\n"))
	f.Add([]byte("\xef\xbb\xbf" + header + csvRow("title", "提案", "co_units", "甲;乙", "opinion", "理解", "replied", "2022-01-02", "submitted", "2023-01-02")))
	f.Add([]byte(header + csvRow("title", strings.Repeat("长", 201), "number", "1") + csvRow("title", "b", "proposer_kind", "king", "number", "1")))
	f.Add(ledger.Sample()[:4000])
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := ledger.Read(data)
		if err != nil {
			return
		}
		line := 1
		for _, r := range l.Refused {
			require.Greater(t, r.Line, line)
			require.NotEmpty(t, r.Code)
			line = r.Line
		}
		if l.Size() > 20 {
			return
		}
		st := memory.New()
		report, err := ledger.Import(context.Background(), st, l, nil)
		require.NoError(t, err)
		require.Equal(t, report.Rows, report.Imported+len(report.Refused))
		require.Len(t, report.Refused, len(l.Refused), "what is read goes in: %v", report.Refused)
		svc, err := ledger.Service(st)
		require.NoError(t, err)
		cases := 0
		require.NoError(t, svc.Each(context.Background(), func(*proposal.Proposal) error { cases++; return nil }))
		require.Equal(t, report.Imported, cases)
	})
}
