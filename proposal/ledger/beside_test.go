package ledger_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/ledger/sheet"
	"github.com/tian-go/tian/proposal/workflow"
)

// caseOf imports a row and returns the case.
func caseOf(t *testing.T, l ledger.Ledger) *proposal.Proposal {
	t.Helper()
	require.Empty(t, l.Refused)
	report, svc, _ := takenFrom(t, l)
	require.Empty(t, report.Refused)
	var only *proposal.Proposal
	require.NoError(t, svc.All().Each(context.Background(), workflow.Query{}, func(p *proposal.Proposal) error { only = p; return nil }))
	require.NotNil(t, only)
	return only
}

// What a ledger prints of the reply and of the attitude is where the library has it.
func TestWhatStandsBesideTheOpinionIsKept(t *testing.T) {
	p := caseOf(t, read(t, []byte("案由,提案号,主办单位,答复类别,满意度,态度满意度,大会/平时,是否公开,答复文号,签发人,落实时限\n"+
		"关于甲的建议,7,甲局,A,满意,不满意,大会,摘要公开,甲局函[2023]第005号,\"张三\n局长\",长期\n")))
	require.Equal(t, proposal.Plenary, p.Timing)
	reply := p.Parts[0].Reply()
	require.Equal(t, []string{"甲局函〔2023〕5号", "张三 局长"}, []string{reply.Document, reply.Signer})
	require.Equal(t, []string{"satisfied", "dissatisfied"}, []string{p.Opinions[0].Result, p.Opinions[0].Attitude})
	for key, want := range map[string]string{ledger.ExtraPublished: "摘要公开", ledger.ExtraPromised: "长期"} {
		var got string
		_, err := p.GetExtra(key, &got)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	require.Nil(t, p.Publication, "what a ledger says publishes nothing")

	p = caseOf(t, read(t, []byte("案由,分办单位,文号,满意度/态度,满意度/结果\n关于乙的建议,甲局、乙局,甲函〔2023〕6号,好,满意\n")))
	require.Empty(t, p.Parts[0].Reply().Document, "whose it is is not printed")
	require.Empty(t, p.Opinions[0].Attitude, "a word that is on no scale")
	require.Equal(t, []string{"甲函〔2023〕6号", "好"}, []string{ledger.RowOf(p).Document, ledger.RowOf(p).Attitude})
	require.Empty(t, p.Timing, "it does not say")

	l := read(t, []byte("案由,大会/平时\n甲,某时\n"))
	require.Equal(t, "timing_unknown", l.Refused[0].Code)
}

// What waits for its review stays in it, and what was settled in session is settled.
func TestOutcomesThatAreNoneYetOrWithoutHandling(t *testing.T) {
	for word, want := range map[string]string{"待审": "reviewing", "待立案": "reviewing", "会间解决": "settled"} {
		p := caseOf(t, read(t, []byte("案由,案号,立案情况\n甲,7,"+word+"\n")))
		require.Equal(t, want, p.State, word)
		require.Empty(t, p.Number, word)
		l := read(t, []byte("案由,立案情况,主办单位\n甲,"+word+",甲局\n"))
		require.Equal(t, "outcome_contradicts", l.Refused[0].Code, word)
	}
}

// Blanks, 和 and the like part units where each ends as one does, and never elsewhere.
func TestUnitsAreToldApartByWordsBetweenThem(t *testing.T) {
	for cell, want := range map[string]string{
		"市教育局 市财政局":               "市教育局|市财政局",
		"市教育局　市财政局  市水利局":         "市教育局|市财政局|市水利局",
		"市教育局和市财政局":               "市教育局|市财政局",
		"市教育局与渝北区政府":              "市教育局|渝北区政府",
		"市农业农村局以及县供销社":            "市农业农村局|县供销社",
		"市教育局·市财政局":               "市教育局|市财政局",
		"市教育局+市财政局＋市水利局":          "市教育局|市财政局|市水利局",
		"市教育局、市财政局和市水利局":          "市教育局|市财政局|市水利局",
		"市人力资源和社会保障局":             "市人力资源和社会保障局",
		"市教育局和市人力资源和社会保障局":        "市教育局|市人力资源和社会保障局",
		"市人力资源和社会保障局和市财政局":        "市人力资源和社会保障局|市财政局",
		"市发展和改革委员会 市住房和城乡建设局":     "市发展和改革委员会|市住房和城乡建设局",
		"和平区教育局":                  "和平区教育局",
		"呼和浩特市教育局":                "呼和浩特市教育局",
		"市 教育局":                   "市 教育局",
		"市教育局 张三":                 "市教育局 张三",
		"市委统战部（侨办 台办）":            "市委统战部（侨办 台办）",
		"市委统战部（侨办和台办） 市文广局":       "市委统战部（侨办和台办）|市文广局",
		"市政府办（教育局 财政局）和市水利局（河长办）": "市政府办（教育局 财政局）|市水利局（河长办）",
		"甲局（未完 乙局":                "甲局（未完 乙局",
	} {
		l := read(t, []byte("案由,会办单位\n甲,"+cell+"\n"))
		require.Empty(t, l.Refused, cell)
		require.Equal(t, strings.Split(want, "|"), l.Rows[0].CoUnits, cell)
	}
	l := read(t, []byte("案由,联名人\n甲,张局 李和局\n"))
	require.Equal(t, []string{"张局 李和局"}, l.Rows[0].Cosigners, "names of people are never cut so")

	own, err := ledger.DecodeMap([]byte(`{"between":["兼"],"unit_ends":["馆"]}`))
	require.NoError(t, err)
	r, err := ledger.Open(strings.NewReader("案由,会办单位\n甲,文化馆兼图书馆\n"), ledger.DefaultMap().With(own), sheet.Limits{})
	require.NoError(t, err)
	row, _, err := r.Next()
	require.NoError(t, err)
	require.Equal(t, []string{"文化馆", "图书馆"}, row.CoUnits)
	for _, bad := range []string{`{"between":[""]}`, `{"unit_ends":[""]}`} {
		_, err := ledger.DecodeMap([]byte(bad))
		require.ErrorIs(t, err, workflow.ErrInvalid)
	}
}

// A row of which every cell is empty is none.
func TestEmptyRowsAreSkipped(t *testing.T) {
	for _, data := range []string{
		"案号,案由,主办单位\n,,\n1,甲,甲局\n,,\n , ,　\n2,乙,乙局\n,,\n",
		"<table><tr><td>案号<td>案由<td>主办单位<tr><td><td><td><tr><td>1<td>甲<td>甲局<tr><td>&nbsp;<td><td><tr><td>2<td>乙<td>乙局</table>",
	} {
		l := read(t, []byte(data))
		require.Empty(t, l.Refused, data)
		require.Len(t, l.Rows, 2, data)
	}
}
