package letter_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/report/internal/browser"
	"github.com/tian-go/tian/proposal/report/letter"
	"github.com/tian-go/tian/proposal/workflow"
)

func opened(t testing.TB, ship func() ([]byte, error)) *letter.Template {
	t.Helper()
	data, err := ship()
	require.NoError(t, err)
	tmpl, err := letter.Open(data)
	require.NoError(t, err)
	return tmpl
}

func date(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	require.NoError(t, err)
	return d
}

// sample is a proposal of a member with a lead that replied, a co-unit, and one
// that was relieved.
func sample(t testing.TB) *proposal.Proposal {
	t.Helper()
	paragraph := "近年来，我市小店经济发展较快，登记在册的个体工商户达到12.6万户，带动就业31万余人，已经成为稳就业、保民生的重要力量。我局高度重视您提出的建议，会同有关部门认真研究，现已落实以下工作。"
	return &proposal.Proposal{
		Header: workflow.Header{
			ID: "p-1", State: "handling", Tracks: map[string]string{"part/市农业农村局": "released"},
			Clocks: []workflow.Clock{
				{Limit: "reply", Of: "市市场监督管理局", Due: date(t, "2024-07-26")}, {Limit: "objection", Of: "市市场监督管理局", Due: date(t, "2024-05-06")},
				{Limit: "co_opinion", Of: "市商务局", Due: date(t, "2024-07-06")},
			},
		},
		Title: "关于支持小店经济高质量发展的提案", Number: "14", Session: "11-1", Proposer: proposal.Proposer{Kind: proposal.Member, ID: "m-17", Name: "张三"},
		Text: proposal.Text{Background: "小店多，就业多。", Analysis: "融资难，引流难。", Suggestions: []string{"设立专项资金。", "开展数字化培训。"}},
		Parts: []proposal.Part{
			{Unit: "市市场监督管理局", Role: proposal.Lead, Replies: []proposal.Answer{{
				Document: "某市监提〔2024〕6号", Signer: "王五", Responsible: "李四", Class: "a", Scheme: "classes@1", Issued: time.Date(2024, 6, 18, 20, 0, 0, 0, time.UTC),
				Text: "一、完善政策支持\n" + paragraph + "\n" + strings.Repeat(paragraph, 2) + "\n二、优化经营环境\n" + strings.Repeat(paragraph, 3) + "\n三、下一步打算\n" + paragraph,
			}}},
			{Unit: "市商务局", Role: proposal.Co}, {Unit: "市农业农村局", Role: proposal.Co},
		},
	}
}

func office(t testing.TB) letter.Office {
	t.Helper()
	return letter.Office{
		Conference: "市政协", Sender: "某市政协提案委员会", Document: "某政协提〔2024〕3号", Date: calendar.Date{}, Zone: time.FixedZone("CST", 8*3600),
		Contact: "赵六", Phone: "000-00000000", Copies: "市政协提案委员会，市政府办公室", Rules: proposal.DefaultRules(),
	}
}

// read returns the parts of a document, each well-formed.
func read(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		content, err := io.ReadAll(r)
		require.NoError(t, err)
		d := xml.NewDecoder(bytes.NewReader(content))
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err, f.Name)
		}
		parts[f.Name] = string(content)
	}
	return parts
}

// said is the text of a document, a line a paragraph.
func said(document string) string {
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(document))
	in := false
	for {
		token, err := d.Token()
		if err != nil {
			return b.String()
		}
		switch token := token.(type) {
		case xml.StartElement:
			in = token.Name.Local == "t"
			if token.Name.Local == "br" || token.Name.Local == "tab" {
				b.WriteString("\n")
			}
		case xml.EndElement:
			in = false
			if token.Name.Local == "p" {
				b.WriteString("\n")
			}
		case xml.CharData:
			if in {
				b.Write(token)
			}
		}
	}
}

func docx(t testing.TB, tmpl *letter.Template, f letter.Fields) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, tmpl.DOCX(&b, f))
	return said(read(t, b.Bytes())["word/document.xml"])
}

func TestTheReplyIsFilledFromTheProposal(t *testing.T) {
	t.Parallel()
	f, err := letter.ReplyFields(sample(t), "市市场监督管理局", office(t))
	require.NoError(t, err)
	text := docx(t, opened(t, letter.Reply), f)
	for _, line := range []string{
		"答复类别：A", "市市场监督管理局", "某市监提〔2024〕6号", "签发人：王五", "对市政协十一届一次会议第14号提案的答复", "张三委员：",
		"您提出的《关于支持小店经济高质量发展的提案》收悉。现答复如下：", "一、完善政策支持", "二、优化经营环境", "2024年6月19日", "联系人：李四", "联系电话：000-00000000", "抄送：市政协提案委员会，市政府办公室",
	} {
		require.Contains(t, "\n"+text, "\n"+line+"\n", "the day is that of the body's zone")
	}
	require.NotContains(t, text, "{{")
	require.Equal(t, 2, strings.Count(text, "市市场监督管理局\n"), "on the letterhead and below the letter")
}

func TestANoticeGoesToEachUnit(t *testing.T) {
	t.Parallel()
	tmpl, p, o := opened(t, letter.Assignment), sample(t), office(t)
	o.Date = date(t, "2024-04-26")
	lead, err := letter.AssignmentFields(p, "市市场监督管理局", o)
	require.NoError(t, err)
	text := docx(t, tmpl, lead)
	for _, line := range []string{
		"某市政协提案委员会", "某政协提〔2024〕3号", "关于交办市政协十一届一次会议第14号提案的通知", "市市场监督管理局：", "办理方式：主办（汇总会办意见后答复提案者）", "会办单位：市商务局",
		"答复期限：2024年7月26日前", "2024年4月26日", "1．设立专项资金。", "2．开展数字化培训。",
	} {
		require.Contains(t, text, line)
	}
	require.Contains(t, text, "请于2024年5月6日前书面说明理由")
	co, err := letter.AssignmentFields(p, "市商务局", o)
	require.NoError(t, err)
	text = docx(t, tmpl, co)
	require.Contains(t, text, "会办（请将会办意见送主办单位）")
	require.Contains(t, text, "主办单位：市市场监督管理局")
	require.Contains(t, text, "答复期限：2024年7月6日前")
	require.NotContains(t, text, "申退期限", "a line without a value is left out")
	require.NotContains(t, text, "农业农村局", "one that was relieved is not named")

	_, err = letter.AssignmentFields(p, "市农业农村局", o)
	require.ErrorIs(t, err, workflow.ErrInvalid)
	_, err = letter.ReplyFields(p, "市商务局", o)
	require.ErrorIs(t, err, workflow.ErrInvalid)
	_, err = letter.ReplyFields(p, "无此单位", o)
	require.ErrorIs(t, err, workflow.ErrInvalid)
}

func TestWhoIsAddressed(t *testing.T) {
	t.Parallel()
	for kind, want := range map[proposal.ProposerKind][2]string{proposal.Member: {"张三委员", "您"}, proposal.Party: {"张三", "贵单位"}} {
		p := sample(t)
		p.Proposer.Kind = kind
		f, err := letter.ReplyFields(p, "市市场监督管理局", office(t))
		require.NoError(t, err)
		require.Equal(t, want, [2]string{f["to"], f["you"]})
	}
	p := sample(t)
	p.Cosigners, p.Tracks = []proposal.Cosign{{ID: "m-2"}}, map[string]string{"cosign/m-2": "consented"}
	f, err := letter.ReplyFields(p, "市市场监督管理局", office(t))
	require.NoError(t, err)
	require.Equal(t, "张三等委员", f["to"])
	require.Equal(t, "你们", f["you"])
}

// made makes a template with this body.
func made(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name, text string) {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = io.WriteString(w, text)
		require.NoError(t, err)
	}
	put("word/document.xml", `<w:document xmlns:w="w"><w:body>`+body+`</w:body></w:document>`)
	for i := 0; i+1 < len(more); i += 2 {
		put(more[i], more[i+1])
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

// Word cuts fields into runs as it likes.
func TestAFieldIsFoundHoweverWordCutIt(t *testing.T) {
	t.Parallel()
	f := letter.Fields{"proposal": `关于A&B<"提案">`, "number": "14", "body": "第一段\n第二段"}
	for name, c := range map[string]struct{ body, want string }{
		"whole":            {`<w:p><w:r><w:t>《{{案由}}》</w:t></w:r></w:p>`, "《关于A&B<\"提案\">》\n"},
		"English, spaced":  {`<w:p><w:r><w:t>{{ proposal }}</w:t></w:r></w:p>`, "关于A&B<\"提案\">\n"},
		"in four runs":     {`<w:p><w:r><w:t>第{</w:t></w:r><w:r><w:t>{案</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>号}</w:t></w:r><w:r><w:t>}号</w:t></w:r></w:p>`, "第14号\n"},
		"two in a line":    {`<w:p><w:r><w:t>{{案号}}{{案号}}-{{案</w:t></w:r><w:r><w:t>号}}</w:t></w:r></w:p>`, "1414-14\n"},
		"over paragraphs":  {`<w:p><w:r><w:t>{{案</w:t></w:r></w:p><w:p><w:r><w:t>号}}</w:t></w:r></w:p>`, "{{案\n号}}\n"},
		"alone: as many":   {`<w:p><w:pPr><w:jc/></w:pPr><w:r><w:t>{{正文}}</w:t></w:r></w:p>`, "第一段\n第二段\n"},
		"not alone: break": {`<w:p><w:r><w:t>文：{{正文}}</w:t></w:r></w:p>`, "文：第一段\n第二段\n"},
		"without a value":  {`<w:p><w:r><w:t>抄送：{{抄送}}</w:t></w:r></w:p><w:p><w:r><w:t>完</w:t></w:r></w:p>`, "完\n"},
		"some have one":    {`<w:p><w:r><w:t>{{案号}}{{抄送}}</w:t></w:r></w:p>`, "14\n"},
		"in a cell":        {`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>抄送：{{抄送}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`, "\n"},
		"with entities":    {`<w:p><w:r><w:t>a&amp;b {{案号}} &lt;</w:t></w:r></w:p>`, "a&b 14 <\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tmpl, err := letter.Open(made(t, c.body))
			require.NoError(t, err)
			require.Equal(t, c.want, docx(t, tmpl, f))
			var page bytes.Buffer
			require.NoError(t, tmpl.HTML(&page, f))
			require.NotContains(t, page.String(), `<"提案">`)
		})
	}
}

func TestWhatIsNoFieldStaysAsItIs(t *testing.T) {
	t.Parallel()
	body := `<w:p w:rsidR="00A1"><w:pPr><w:keepNext/></w:pPr><w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t xml:space="preserve"> 甲 </w:t></w:r></w:p><!-- 注 --><w:p/>`
	data := made(t, body, "word/media/image1.png", "\x00\x01", "word/header1.xml", `<w:hdr xmlns:w="w"><w:p><w:r><w:t>{{案号}}</w:t></w:r></w:p></w:hdr>`)
	tmpl, err := letter.Open(data)
	require.NoError(t, err)
	require.Equal(t, []string{"number"}, tmpl.Fields())
	var b bytes.Buffer
	require.NoError(t, tmpl.DOCX(&b, letter.Fields{"number": "9"}))
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	require.NoError(t, err)
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		content, err := io.ReadAll(r)
		require.NoError(t, err)
		switch f.Name {
		case "word/document.xml":
			require.Equal(t, `<w:document xmlns:w="w"><w:body>`+body+`</w:body></w:document>`, string(content))
		case "word/media/image1.png":
			require.Equal(t, "\x00\x01", string(content))
		case "word/header1.xml":
			require.Contains(t, string(content), "<w:t>9</w:t>")
		}
	}
}

func TestHeadingsOfTheTextGetTheirStyle(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	require.NoError(t, opened(t, letter.Reply).DOCX(&b, letter.Fields{"body": "一、完善政策支持\n一、这是一句话。\n十二、下一步\n正文"}))
	document := read(t, b.Bytes())["word/document.xml"]
	require.Equal(t, 2, strings.Count(document, `<w:pStyle w:val="Heading"/>`))
	require.Contains(t, document, `<w:pStyle w:val="Heading"/></w:pPr><w:r><w:t>一、完善政策支持</w:t>`)
}

// A template that a word processor has saved anew still has its fields.
func TestATemplateSavedByAWordProcessorIsFilled(t *testing.T) {
	dir := t.TempDir()
	shipped, err := letter.Reply()
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "office.docx"), shipped, 0o600))
	again := filepath.Join(dir, "again")
	convert(t, dir, "odt")
	convertTo(t, again, "docx", filepath.Join(dir, "office.odt"))
	saved, err := os.ReadFile(filepath.Join(again, "office.docx"))
	require.NoError(t, err)
	require.NotEqual(t, shipped, saved)
	tmpl, err := letter.Open(saved)
	require.NoError(t, err)
	require.ElementsMatch(t, opened(t, letter.Reply).Fields(), tmpl.Fields())
	f, err := letter.ReplyFields(sample(t), "市市场监督管理局", office(t))
	require.NoError(t, err)
	text := docx(t, tmpl, f)
	require.Contains(t, text, "对市政协十一届一次会议第14号提案的答复")
	require.NotContains(t, text, "{{")
}

// 22 lines of 28 characters fill a page of the shipped layout, and one character
// more begins another.
func TestAPageHas22LinesOf28Characters(t *testing.T) {
	shipped, err := letter.Reply()
	require.NoError(t, err)
	parts := read(t, shipped)
	section := parts["word/document.xml"][strings.Index(parts["word/document.xml"], "<w:sectPr>"):strings.Index(parts["word/document.xml"], "</w:body>")]
	dir := t.TempDir()
	cases := map[string]struct{ characters, pages int }{"full": {22 * 28, 1}, "more": {22*28 + 1, 2}}
	for name, c := range cases {
		parts["word/document.xml"] = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>` +
			`<w:p><w:pPr><w:pStyle w:val="To"/><w:widowControl w:val="0"/></w:pPr><w:r><w:t>` + strings.Repeat("提", c.characters) + `</w:t></w:r></w:p>` + section + `</w:body></w:document>`
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for part, text := range parts {
			w, err := z.Create(part)
			require.NoError(t, err)
			_, err = io.WriteString(w, text)
			require.NoError(t, err)
		}
		require.NoError(t, z.Close())
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+".docx"), b.Bytes(), 0o600))
	}
	convert(t, dir, "pdf")
	for name, c := range cases {
		pdf, err := os.ReadFile(filepath.Join(dir, name+".pdf"))
		require.NoError(t, err)
		require.Len(t, regexp.MustCompile(`/Type ?/Page\b`).FindAll(pdf, -1), c.pages, "%d characters", c.characters)
	}
}

func TestATemplateThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"no file":       {nil, "unreadable"},
		"text":          {[]byte("{{案号}}"), "unreadable"},
		"another zip":   {made(t, "")[:30], "unreadable"},
		"broken XML":    {made(t, "<w:p"), "unreadable"},
		"unknown field": {made(t, `<w:p><w:r><w:t>{{按号}}</w:t></w:r></w:p>`), "unknown_field"},
		"too large":     {make([]byte, letter.MaxTemplate+1), "too_large"},
		"a bomb":        {made(t, "", "word/x.bin", strings.Repeat("0", letter.MaxUnpacked)), "too_large"},
	} {
		_, err := letter.Open(c.data)
		require.ErrorIs(t, err, workflow.ErrInvalid, name)
		require.ErrorContains(t, err, c.code, name)
	}
	tmpl := opened(t, letter.Reply)
	require.ErrorIs(t, tmpl.DOCX(io.Discard, letter.Fields{"naem": "x"}), workflow.ErrInvalid)
	require.ErrorIs(t, tmpl.HTML(io.Discard, letter.Fields{"naem": "x"}), workflow.ErrInvalid)
}

// A template that is deep, or has many fields, or whose values are long, is filled in
// memory that grows with it and no faster.
func TestTemplatesThatHurtAreFilledOrRefused(t *testing.T) {
	field := `<w:p><w:r><w:t>{{案号}}</w:t></w:r></w:p>`
	for name, body := range map[string]string{
		"deep":             strings.Repeat("<w:r>", 100_000) + strings.Repeat("</w:r>", 100_000),
		"many fields":      strings.Repeat(field, 20_000),
		"a field cut":      strings.Repeat(`<w:p><w:r><w:t>{{</w:t></w:r></w:p>`, 20_000),
		"one long text":    `<w:p><w:r><w:t>` + strings.Repeat("{", 1<<20) + `</w:t></w:r></w:p>`,
		"an entity of its": `<!DOCTYPE x [<!ENTITY a "b">]><w:p><w:r><w:t>&a;</w:t></w:r></w:p>`,
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		tmpl, err := letter.Open(made(t, body))
		if err != nil {
			require.ErrorIs(t, err, workflow.ErrInvalid, name)
			continue
		}
		require.NoError(t, tmpl.DOCX(io.Discard, letter.Fields{"number": strings.Repeat("长", 100)}), name)
		if err := tmpl.HTML(io.Discard, letter.Fields{"number": "14"}); err != nil {
			require.ErrorIs(t, err, workflow.ErrInvalid, name)
		}
		runtime.ReadMemStats(&after)
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(2<<30), name) // by the square of its size it would be hundreds of times as much
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(`<w:p><w:r><w:t>{{案号}}</w:t></w:r></w:p>`, "14\n15")
	f.Add(`<w:p><w:r><w:t>{{案</w:t></w:r><w:p><w:r><w:t>号}}{{正文}}</w:t></w:r></w:p>`, "<&>")
	f.Fuzz(func(t *testing.T, body, value string) {
		tmpl, err := letter.Open(made(t, body))
		if err != nil {
			require.ErrorIs(t, err, workflow.ErrInvalid)
			return
		}
		fields := letter.Fields{"number": value, "body": value}
		require.NoError(t, tmpl.DOCX(io.Discard, fields))
		if err := tmpl.HTML(io.Discard, fields); err != nil {
			require.ErrorIs(t, err, workflow.ErrInvalid)
		}
	})
}

// letters are both letters, filled.
func letters(t testing.TB) map[string]func(w io.Writer, html bool) error {
	t.Helper()
	o := office(t)
	reply, err := letter.ReplyFields(sample(t), "市市场监督管理局", o)
	require.NoError(t, err)
	o.Date = date(t, "2024-04-26")
	notice, err := letter.AssignmentFields(sample(t), "市市场监督管理局", o)
	require.NoError(t, err)
	write := func(tmpl *letter.Template, f letter.Fields) func(io.Writer, bool) error {
		return func(w io.Writer, html bool) error {
			if html {
				return tmpl.HTML(w, f)
			}
			return tmpl.DOCX(w, f)
		}
	}
	return map[string]func(io.Writer, bool) error{
		"reply": write(opened(t, letter.Reply), reply), "assignment": write(opened(t, letter.Assignment), notice),
	}
}

// keep leaves a file to be looked at where LETTERS names a folder.
func keep(t testing.TB, name string, data []byte) {
	t.Helper()
	if dir := os.Getenv("LETTERS"); dir != "" {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), data, 0o600))
	}
}

// convert has LibreOffice make another format of all .docx files of a folder.
func convert(t testing.TB, dir, format string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.docx"))
	require.NoError(t, err)
	convertTo(t, dir, format, files...)
}

func convertTo(t testing.TB, dir, format string, files ...string) {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no LibreOffice: apt-get install -y --no-install-recommends libreoffice-writer-nogui fonts-noto-cjk")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	args := append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", format, "--outdir", dir}, files...)
	out, err := exec.CommandContext(ctx, office, args...).CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func TestLibreOfficeOpensTheLetters(t *testing.T) {
	dir := t.TempDir()
	for name, write := range letters(t) {
		var b bytes.Buffer
		require.NoError(t, write(&b, false))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+".docx"), b.Bytes(), 0o600))
		keep(t, name+".docx", b.Bytes())
	}
	convert(t, dir, "txt:Text (encoded):UTF8")
	convert(t, dir, "pdf")
	for name, lines := range map[string][]string{
		"reply":      {"对市政协十一届一次会议第14号提案的答复", "张三委员：", "2024年6月19日"},
		"assignment": {"关于交办市政协十一届一次会议第14号提案的通知", "2024年7月26日前"},
	} {
		text, err := os.ReadFile(filepath.Join(dir, name+".txt"))
		require.NoError(t, err)
		for _, line := range lines {
			require.Contains(t, string(text), line)
		}
		pdf, err := os.ReadFile(filepath.Join(dir, name+".pdf"))
		require.NoError(t, err)
		keep(t, name+".pdf", pdf)
		require.Regexp(t, `/MediaBox ?\[0 0 59[45][0-9.]* 84[12]`, string(pdf), "A4")
	}
}

func TestABrowserShowsTheLetters(t *testing.T) {
	dir := t.TempDir()
	for name, write := range letters(t) {
		var b bytes.Buffer
		require.NoError(t, write(&b, true))
		require.NotRegexp(t, `(?i)(https?:|src=|url\(|<script|<link)`, b.String())
		file := filepath.Join(dir, name+".html")
		require.NoError(t, os.WriteFile(file, b.Bytes(), 0o600))
		keep(t, name+".html", b.Bytes())
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
		defer cancel()
		p, err := browser.Open(ctx, file)
		if errors.Is(err, browser.ErrMissing) {
			t.Skip(err)
		}
		require.NoError(t, err)
		text, err := p.Text()
		require.NoError(t, err)
		require.Contains(t, text, "市政协十一届一次会议第14号提案的")
		heard, err := p.Heard()
		require.NoError(t, err)
		require.Contains(t, heard, "main")
		pdf, err := p.PDF()
		require.NoError(t, err)
		keep(t, name+"-html.pdf", pdf)
		require.Regexp(t, `/MediaBox \[0 0 59[45]`, string(pdf))
		require.NoError(t, p.Close())
	}
}

// A reply from the template that ships; an office opens its own file instead.
func ExampleTemplate_DOCX() {
	data, err := letter.Reply()
	if err != nil {
		fmt.Println(err)
		return
	}
	template, err := letter.Open(data)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &proposal.Proposal{
		Title: "关于支持小店经济的提案", Number: "14", Session: "11-1", Proposer: proposal.Proposer{Kind: proposal.Member, Name: "张三"},
		Parts: []proposal.Part{{Unit: "市市场监管局", Role: proposal.Lead, Replies: []proposal.Answer{{Text: "已办理。"}}}},
	}
	fields, err := letter.ReplyFields(p, "市市场监管局", letter.Office{Conference: "市政协"})
	if err != nil {
		fmt.Println(err)
		return
	}
	var docx bytes.Buffer
	err = template.DOCX(&docx, fields)
	fmt.Println(fields["title"], fields["to"], docx.Len() > 0, err)
	// Output: 对市政协十一届一次会议第14号提案的答复 张三委员 true <nil>
}
