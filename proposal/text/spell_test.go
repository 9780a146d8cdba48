package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/text"
)

func TestOneSpelling(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ given, spelled, narrow, folded string }{
		{"关于⼈⾏道", "关于人行道", "关于人行道", "关于人行道"},
		{"⽂旅局", "文旅局", "文旅局", "文旅局"},
		{"⻓江⺠生", "长江民生", "长江民生", "长江民生"},
		{"\uf9b5\ufa0e\U0002f800", "例﨎丽", "例﨎丽", "例﨎丽"},
		{"市场监管局\u200b", "市场监管局", "市场监管局", "市场监管局"},
		{"\ufeffＡ１（甲）　 乙\t\n丙 ", "Ａ１（甲） 乙 丙", "A1(甲) 乙 丙", "a1(甲) 乙 丙"},
		{"葛\U000e0100城", "葛\U000e0100城", "葛城", "葛城"},
		{"a\ufe0f", "a", "a", "a"},
		{"Org-1", "Org-1", "Org-1", "org-1"},
		{"a  b ", "a b", "a b", "a b"},
		{" \u200b\u3164\t", "", "", ""},
		{"", "", "", ""},
	} {
		require.Equal(t, c.spelled, text.Spell(c.given), "%q", c.given)
		require.Equal(t, c.narrow, text.Narrow(c.given), "%q", c.given)
		require.Equal(t, c.folded, text.Fold(c.given), "%q", c.given)
	}
}

// A form of a form is that form, and the coarser are the same for what the finer
// make the same.
func FuzzSpelling(f *testing.F) {
	for _, s := range []string{"关于⼈⾏道", "Ａ　 b\u200b", "葛\U000e0100", "\xff", "\U000e0100葛\u202e İ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		spelled, narrow, folded := text.Spell(s), text.Narrow(s), text.Fold(s)
		if text.Spell(spelled) != spelled || text.Narrow(narrow) != narrow || text.Fold(folded) != folded {
			t.Fatalf("%q is not settled", s)
		}
		if text.Narrow(spelled) != narrow || text.Fold(narrow) != folded {
			t.Fatalf("%q: a coarser form differs", s)
		}
		if utf8.RuneCountInString(folded) > utf8.RuneCountInString(s) {
			t.Fatalf("%q grows", s)
		}
	})
}

func TestNumbersOfCases(t *testing.T) {
	t.Parallel()
	for key, spellings := range map[string][]string{
		"14": {"14", "第14号", "14号", "提案第14号", "第14号提案", "１４", "第１４号", " 14 ", "1\u200b4", "014", "14\u00ad", "案号14", "第 14 号", "No.14", "no14", "№14", "14#", "＃14", "（14）", "第14件", "14.0", "'14", "提字第14号", "编号：14"},
		"22": {"022", "22", "000022"},
		"0":  {"0", "000"},
		// what S38 has
		"20240123": {"20240123", "２０２４０１２３", "20240123\u200b", "2024\u00ad0123", "第20240123号"},
		"00000123": {"00000123"},
		"2024-001": {"2024-001", "2024－001", "2024–001", "第2024-001号"},
		"一":        {"一号", "一号提案", "第一号"},
		"a-7":      {"A-7", "ａ-７"},
		"":         {"", " ", "\u200b", "第号", "提案", "号"},
	} {
		for _, s := range spellings {
			_, got := text.Number(s)
			require.Equal(t, key, got, "%q", s)
		}
	}
	for given, printed := range map[string]string{"022": "022", "第14号": "第14号", "１４": "14", "2024-001 \u200b": "2024-001"} {
		got, _ := text.Number(given)
		require.Equal(t, printed, got)
	}
}

func TestSessions(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"十一届一次会议", "市政协十一届一次会议", "慈溪市政协十一届第一次会议", "慈溪市政协第十一届第1次会议", "11-1", "１１－１", "11—1", "11.1",
		"第十一届第1次", "第11届一次", "政协第十一届慈溪市委员会第一次会议", "中国人民政治协商会议慈溪市第十一届委员会第一次会议", "十一届一次全会", "十一届 一次 会议", "⼗⼀届一次会议",
		"（十一届一次会议）", "十一届一次会议（2017年）", "十一届政协一次会议", "十一届市政协第一次会议", "2017年十一届一次会议", "11_1", "十一届第一次全会期间", "十一届一次大会提案",
	} {
		got, ok := text.ParseSession(s)
		require.True(t, ok, s)
		require.Equal(t, text.Session{Term: 11, Plenary: 1}, got, s)
		require.Equal(t, "11-1", text.SessionKey(s))
		require.Equal(t, "十一届一次会议", got.String())
	}
	for _, s := range []string{"", "2024", "十一届", "第一次会议", "0-1", "11-0", "100-1", "十十届一次会议", "15-4/1", "二十一十届一次", strings.Repeat("届", 1000)} {
		_, ok := text.ParseSession(s)
		require.False(t, ok, s)
		require.Equal(t, text.Fold(s), text.SessionKey(s))
	}
	require.Equal(t, "0届100次会议", text.Session{Plenary: 100}.String())
	for term := 1; term <= 99; term++ {
		s := text.Session{Term: term, Plenary: 100 - term}
		got, ok := text.ParseSession(s.String())
		require.True(t, ok, s)
		require.Equal(t, s, got)
		got, ok = text.ParseSession(s.Key())
		require.True(t, ok, s)
		require.Equal(t, s, got)
	}
}

func TestNumbersOfDocuments(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"慈教提（2017）6号", "慈教提〔2017〕6号", "慈教提﹝2017﹞6号", "慈教提[2017]6号", "慈教提【2017】6号", "慈教提(2017)06号", "慈教提 ［２０１７］ 第６号"} {
		require.Equal(t, "慈教提〔2017〕6号", text.Document(s), s)
	}
	for _, s := range []string{"", "无文号", "(2017)", "慈教提2017-6"} {
		require.Equal(t, s, text.Document(s))
	}
}

func TestUnitsOfOneCell(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string][]string{
		"市委统战部（侨办、台办）,市文广局,市规划局":    {"市委统战部（侨办、台办）", "市文广局", "市规划局"},
		"甲;乙；丙,丁，戊、己\n庚\r\n辛":       {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"},
		"市文旅局(⽂物局,⽂化馆) 、 ⽂旅局\u200b": {"市文旅局(文物局,文化馆)", "文旅局"},
		"甲（乙（丙、丁）、戊）、己":             {"甲（乙（丙、丁）、戊）", "己"},
		"甲（乙、丙":         {"甲（乙", "丙"},
		"甲（乙（丙、丁）、戊":    {"甲（乙（丙、丁）", "戊"},
		"甲）、乙":          {"甲）", "乙"},
		" ;；,\u200b、\n": nil,
		"":              nil,
	} {
		require.Equal(t, want, text.Units(cell), cell)
	}
}
