package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/ledger/sheet"
)

// fits requires that no line is wider than the screen.
func fits(t *testing.T, what, out string) {
	t.Helper()
	for line := range strings.Lines(out) {
		width := (&runewidth.Condition{}).StringWidth(strings.TrimRight(line, "\n"))
		require.LessOrEqual(t, width, screen, "%s: %s", what, line)
	}
}

func TestWhatPeopleReadFitsTheScreen(t *testing.T) {
	db := imported(t)
	for _, lang := range []string{"zh", "en"} {
		for _, args := range [][]string{
			{"show", "2016-079"}, {"list"}, {"find", "建议"}, {"stats"}, {"audit"}, {"overdue"}, {"due"},
			{"import", "--in", sample}, {"import", "--in", sample, "--dry-run"},
		} {
			r := tian(t, "", append(args, "--db", db, "--lang", lang)...)
			require.Equal(t, exitAnswered, r.code, "%v: %s", args, r.err)
			fits(t, strings.Join(args, " "), r.out)
		}
		for _, args := range [][]string{
			{}, {"import"}, {"list"}, {"find"}, {"overdue"}, {"export"}, {"report"}, {"heads"}, {"due"}, {"show"}, {"stats"}, {"audit"}, {"demo"}, {"version"},
			{"lifecycle"}, {"lifecycle", "lint"}, {"lifecycle", "draw"}, {"lifecycle", "walk"}, {"measure"}, {"play"}, {"score"}, {"verify"},
		} {
			r := tian(t, "", append(args, "--help", "--lang", lang)...)
			require.Equal(t, exitAnswered, r.code)
			require.Contains(t, r.out, map[string]string{"zh": "示例：", "en": "Examples:"}[lang], "%v", args)
			fits(t, strings.Join(args, " ")+" --help", r.out)
		}
	}
}

func TestTheLanguageIsThatOfTheFlagTheVariableOrTheLocale(t *testing.T) {
	for _, c := range []struct {
		flag, variable, locale, want string
	}{
		{"zh", "en", "en_GB.UTF-8", "zh"}, {"en", "zh", "zh_CN.UTF-8", "en"}, {"", "zh", "en_GB.UTF-8", "zh"},
		{"", "", "zh_CN.GB18030", "zh"}, {"", "", "de_DE.UTF-8", "en"}, {"", "", "", "en"},
	} {
		t.Setenv("TIAN_LANG", c.variable)
		t.Setenv("LC_ALL", c.locale)
		t.Setenv("LC_MESSAGES", "")
		t.Setenv("LANG", "")
		var args []string
		if c.flag != "" {
			args = []string{"--lang", c.flag}
		}
		got, err := languageOf(args)
		require.NoError(t, err)
		require.Equal(t, c.want, got, "%+v", c)
	}
	refuses(t, "neither zh nor en", "", "list", "--lang", "fr")
}

func TestRefusalsAreSaidInTheLanguageAsked(t *testing.T) {
	db := filepath.Join(t.TempDir(), "a.db")
	zh := tian(t, "案由,层级\n,县级\n甲,星级\n乙,\n", "import", "--in", "-", "--db", db, "--lang", "zh")
	require.Equal(t, exitAnswered, zh.code)
	require.Contains(t, zh.out, "共3行：录入1，原有0，未录入2")
	require.Contains(t, zh.out, "“星级”不是可识别的值")
	require.NotContains(t, zh.out, "is none of")
	r := tian(t, "备注\n甲\n", "import", "--in", "-", "--db", db, "--lang", "zh")
	require.Equal(t, "tian: 标准输入：第1行：没有“案由”（题目、标题、title）一列\n", r.err)
	show := tian(t, "", "show", tian1(t, db), "--db", db, "--lang", "zh").out
	require.Contains(t, show, "已提交")
	require.Contains(t, show, "(UTC+8)")
	require.NotContains(t, show, "submitted")
}

// tian1 returns the ID of the first case of a database.
func tian1(t *testing.T, db string) string {
	t.Helper()
	return answers[page](t, "", "list", "--db", db).Cases[0].ID
}

func TestAScriptCanTrustTheExitCode(t *testing.T) {
	db := filepath.Join(t.TempDir(), "a.db")
	for name, c := range map[string]struct {
		code int
		in   string
		args []string
	}{
		"all rows refused":          {exitBroken, "案由,层级\n,县级\n甲,星级\n", []string{"import", "--in", "-", "--db", db}},
		"all refused, a dry run":    {exitBroken, "案由,层级\n,县级\n", []string{"import", "--in", "-", "--dry-run"}},
		"some rows refused":         {exitAnswered, "案由,层级\n甲,\n乙,星级\n", []string{"import", "--in", "-", "--db", db}},
		"a file without rows":       {exitAnswered, "案由\n", []string{"import", "--in", "-", "--db", db}},
		"a lint that finds":         {exitBroken, small, []string{"lifecycle", "lint", "--in", "-"}},
		"a lint of several":         {exitBroken, "[" + small + "]", []string{"lifecycle", "lint", "--in", "-", "--json"}},
		"a card that is bad":        {exitBroken, `[{"id":"x"}, 7]`, []string{"score", "--rubric", "-", "--in", "-"}},
		"a group without a command": {exitUnusable, "", []string{"lifecycle"}},
		"a version":                 {exitAnswered, "", []string{"version"}},
		"a completion":              {exitAnswered, "", []string{"completion", "bash"}},
	} {
		if name == "a card that is bad" {
			file := filepath.Join(t.TempDir(), "rubric.json")
			require.NoError(t, os.WriteFile(file, []byte(exampleRubric), 0o600))
			c.args[2] = file
		}
		r := tian(t, c.in, c.args...)
		require.Equal(t, c.code, r.code, "%s: %s", name, r.err)
	}
}

func TestAVariableNamesTheDatabase(t *testing.T) {
	db := filepath.Join(t.TempDir(), "a.db")
	t.Setenv("TIAN_DB", db)
	require.Equal(t, exitAnswered, tian(t, "案由\n甲\n", "import", "--in", "-").code)
	require.Len(t, answers[page](t, "", "list").Cases, 1)
	require.Equal(t, exitAnswered, tian(t, "案由\n甲\n", "stats", "--in", "-").code, "a file that is named goes before it")
}

func TestAGBKLedgerWithAMapAndRejectsIsImported(t *testing.T) {
	dir := t.TempDir()
	text, err := simplifiedchinese.GBK.NewEncoder().String("某县提案台账,,\n事由,案号,答复日期\n关于某事的建议,014,2022年6月22日\n关于另一件事的建议,015,昨天\n")
	require.NoError(t, err)
	in, db := filepath.Join(dir, "in.csv"), filepath.Join(dir, "a.db")
	mapping, bad := filepath.Join(dir, "map.json"), filepath.Join(dir, "bad.csv")
	require.NoError(t, os.WriteFile(in, []byte(text), 0o600))
	require.NoError(t, os.WriteFile(mapping, []byte(`{"columns":{"title":["事由"]}}`), 0o600))

	dry := tian(t, "", "import", "--in", in, "--map", mapping, "--dry-run", "--lang", "zh")
	require.Equal(t, exitAnswered, dry.code, dry.err)
	require.Contains(t, dry.out, "表头在第2行")
	require.Contains(t, dry.out, "事由      案由")
	r := tian(t, "", "import", "--in", in, "--map", mapping, "--rejects", bad, "--db", db, "--json")
	var report ledger.Report
	require.NoError(t, json.Unmarshal([]byte(r.out), &report), r.err)
	require.Equal(t, []int{2, 1, 4}, []int{report.Rows, report.Imported, report.Refused[0].Line})

	rejected, err := os.ReadFile(bad)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(bad, bytes.ReplaceAll(rejected, []byte("昨天"), []byte("2022-06-23")), 0o600))
	again := answers[ledger.Report](t, "", "import", "--in", bad, "--map", mapping, "--db", db)
	require.Equal(t, 1, again.Imported)
	require.Equal(t, "014", answers[page](t, "", "list", "--number", "第14号", "--db", db).Cases[0].Number)
}

func TestAnInterruptedImportSaysHowToGoOn(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	db := filepath.Join(t.TempDir(), "a.db")
	require.Equal(t, exitAnswered, tian(t, "案由\n", "import", "--in", "-", "--db", db).code)
	var out, errs bytes.Buffer
	c := &console{in: strings.NewReader("案由\n甲\n"), out: &out, err: &errs, lang: "en"}
	st, err := open(context.Background(), db, true)
	require.NoError(t, err)
	r, err := ledger.Open(c.in, ledger.Map{}, sheet.Limits{})
	require.NoError(t, err)
	err = c.importInto(ctx, st, r, "")
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorContains(t, err, "give the same command again to go on")
	require.NoError(t, st.Close())
}

func TestWhatIsExportedIsInAlready(t *testing.T) {
	db := imported(t)
	for _, name := range []string{"out.csv", "out.xlsx"} {
		out := filepath.Join(t.TempDir(), name)
		for _, lang := range []string{"zh", "en"} {
			require.Equal(t, exitAnswered, tian(t, "", "export", "--db", db, "--out", out, "--lang", lang).code)
			again := answers[ledger.Report](t, "", "import", "--in", out, "--db", db)
			require.Equal(t, []int{224, 0, 224}, []int{again.Rows, again.Imported, again.Already})
		}
	}
	refuses(t, "--out", "", "export", "--db", db)
	refuses(t, ".csv or .xlsx", "", "export", "--db", db, "--out", "x.pdf")
}

func TestWhatIsDueIsListed(t *testing.T) {
	db := filepath.Join(t.TempDir(), "a.db")
	require.Equal(t, exitAnswered, tian(t, "", "demo", "--db", db).code)
	require.Empty(t, answers[[]awaited](t, "", "overdue", "--db", db), "all is answered")
	require.Empty(t, answers[[]awaited](t, "", "due", "--db", db, "--at", "2021-05-20"))
	require.Len(t, answers[page](t, "", "list", "--db", db, "--stage", "立案", "--max", "1000").Cases, 60)
	first := answers[page](t, "", "list", "--db", db, "--max", "10")
	require.Len(t, first.Cases, 10)
	second := answers[page](t, "", "list", "--db", db, "--max", "10", "--after", first.Next)
	require.NotEqual(t, first.Cases[0].ID, second.Cases[0].ID)
	require.Equal(t, exitBroken, tian(t, "", "find", "没有这样的题目", "--db", db).code)
}

func TestWhatIsOverdueIsListedTheLongestFirst(t *testing.T) {
	db := filepath.Join(t.TempDir(), "a.db")
	ctx := context.Background()
	st, err := open(ctx, db, true)
	require.NoError(t, err)
	svc, err := ledger.Service(st)
	require.NoError(t, err)
	began, err := noon("2021-01-05")
	require.NoError(t, err)
	p, err := svc.Open(ctx, illustrator(), proposal.Draft{Title: illustratedTitle}, began)
	require.NoError(t, err)
	for _, s := range illustratedWay() {
		if s.action.Event() == "supervise" {
			break
		}
		at, err := noon(s.day)
		require.NoError(t, err)
		_, err = svc.Do(ctx, s.actor, p.ID, s.action, at)
		require.NoError(t, err)
	}
	require.NoError(t, st.Close())
	late := answers[[]awaited](t, "", "overdue", "--db", db, "--at", "2021-07-01")
	require.Len(t, late, 3)
	require.Equal(t, []string{"2021-05-12", "2021-06-01"}, []string{late[0].Due.String(), late[2].Due.String()})
	require.Equal(t, illustratedTitle, late[0].Title)
	require.Len(t, answers[[]awaited](t, "", "due", "--db", db, "--at", "2021-05-28", "--within", "3"), 1)
	people := tian(t, "", "overdue", "--db", db, "--at", "2021-07-01", "--lang", "zh")
	require.Contains(t, people.out, "会办意见")
	fits(t, "overdue", people.out)
}

// An export or a report that is cut off leaves the file of before, and nothing of
// its own.
func TestWhatIsCutOffLeavesTheFileOfBefore(t *testing.T) {
	db, dir := imported(t), t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, args := range [][]string{{"export", "a.csv"}, {"export", "a.xlsx"}, {"report", "a.html"}, {"report", "a.xlsx"}} {
		out := filepath.Join(dir, args[1])
		require.NoError(t, os.WriteFile(out, []byte("of before"), 0o600))
		var said, errs bytes.Buffer
		require.Equal(t, exitUnusable, run(ctx, []string{args[0], "--db", db, "--out", out}, nil, &said, &errs), args)
		kept, err := os.ReadFile(out)
		require.NoError(t, err)
		require.Equal(t, "of before", string(kept), args)
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, left, 3)
}

// What cobra and the system say in English is said in Chinese to whom it is asked
// for; each is one line.
func TestErrorLinesAreInTheLanguageAsked(t *testing.T) {
	for want, args := range map[string][]string{
		"没有命令“xx”":              {"xx"},
		"--engine：没有“oracle”":   {"schema", "--engine", "oracle"},
		"--for：没有类别“dish”":      {"lifecycle", "lint", "--in", "-", "--for", "dish"},
		"--name：没有流程“eight”":    {"lifecycle", "draw", "--name", "eight"},
		"--format：“png”既不是":     {"lifecycle", "draw", "--format", "png"},
		"--out 与 --check 须给出其一": {"heads", "--db", "nix.db"},
		"没有选项 --bogus":          {"list", "--bogus"},
		"选项 --max 后面须有值":        {"list", "--max"},
		"选项 --max 的值“many”不合格":  {"list", "--max", "many"},
		"须有1个参数，给出了0个":          {"show"},
		"没有 --in：":              {"due"},
		"没有 --db：":              {"list"},
		"--db：没有文件 nix.db":      {"list", "--db", "nix.db"},
		"没有 --rubric：":          {"score"},
		"没有文件 nix.csv":          {"import", "--in", "nix.csv", "--db", "nix.db"},
		"标准输入：不能读取：不是完整的 JSON":  {"due", "--in", "-"},
		"须以 .html 或 .xlsx 结尾":   {"report", "--db", "nix.db", "--out", "x.doc"},
	} {
		r := tian(t, "x", append([]string{"--lang", "zh"}, args...)...)
		require.Equal(t, exitUnusable, r.code, args)
		require.Contains(t, r.err, want, args)
		require.Equal(t, 1, strings.Count(r.err, "\n"))
		english := tian(t, "x", append([]string{"--lang", "en"}, args...)...)
		require.NotContains(t, strings.ReplaceAll(english.err, "…", ""), want)
	}
	require.NoFileExists(t, "nix.db")
}

func TestTextsAreBrokenWhereTheyMayBe(t *testing.T) {
	long := strings.Repeat("提案工作，", 20) + "end of it"
	for _, line := range filled(long) {
		require.NotContains(t, "，。", string([]rune(line)[:1]), "no line begins with a sign that ends something")
	}
	require.Equal(t, "一二三四\n\n  {\"a\": 1}\nfive six", flowed("一二\n三四\n\n  {\"a\": 1}\nfive\nsix"))
	require.Equal(t, long, strings.Join(filled(long), ""))
}
