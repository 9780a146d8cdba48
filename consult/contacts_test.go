package consult_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/internal/check"
)

// TestContactsAreFound: forms as people write them. The ID number is the example
// of GB 11643; no number here is a person's.
func TestContactsAreFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, redacted string }{
		{"请联系13800138000。", "请联系***。"},
		{"手机：138-0013-8000、138 0013 8000", "手机：***、***"},
		{"１３８００１３８０００", "***"},
		{"+86 13800138000", "***"},
		{"（8613800138000）", "（***）"},
		{"电话023-68781234转", "电话***转"},
		{"(023)68781234", "***"},
		{"0750-3271234", "***"},
		{"电话：68781234", "电话：***"},
		{"13800138000 13900139000", "*** ***"},
		{"身份证11010519491231002X", "身份证***"},
		{"身份证11010519491231002x，", "身份证***，"},
		{"110105491231002", "***"},
		{"110105 19491231 0021", "***"},
		{"邮箱wang.xm@example.com.cn", "邮箱***"},
		{"wang＠example．com", "***"},
		{"编号1与13800138000", "编号1与***"},
	} {
		require.Equal(t, c.redacted, activity.Redact(c.text), c.text)
	}
}

// TestPublicNumbersStay: case numbers, sums, years and hotlines are no contacts.
func TestPublicNumbersStay(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"拨打12345热线", "第20210123号提案", "2024年3月8日至2024-03-15", "投资1234567890元", "惠及群众500000人",
		"渝协发〔2021〕38号", "涉及68781234平方米", "1753户、1553份", "邮编400050", "15%～20%", "23868781234567890123",
		"110105199913320021", "会议定于8:00-12:00召开", "a@b",
	} {
		require.Empty(t, activity.FindContacts(text), text)
		require.Equal(t, text, activity.Redact(text))
	}
}

// FuzzRedact: what has been redacted once holds no contact, places are of the
// text, and nothing else is touched.
func FuzzRedact(f *testing.F) {
	for _, s := range []string{"请联系13800138000，wang@example.com", "１３８－００１３－８０００", "(023)68781234 110105 19491231 0021", "\xff138\u200000138000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, c := range activity.FindContacts(text) {
			if c.Start < 0 || c.End > len(text) || c.Start >= c.End {
				t.Fatalf("%q: %+v is no place in it", text, c)
			}
			end = max(end, c.End)
		}
		redacted := activity.Redact(text)
		if left := activity.FindContacts(redacted); len(left) > 0 {
			t.Fatalf("%q still holds %v", redacted, left)
		}
		if utf8.ValidString(text) && !utf8.ValidString(redacted) {
			t.Fatalf("%q is not UTF-8", redacted)
		}
		if !strings.HasSuffix(redacted, text[end:]) {
			t.Fatalf("%q does not end like %q", redacted, text)
		}
	})
}

// TestLongRunsOfDigitsCostLittle: a text made to be slow is read as any other.
func TestLongRunsOfDigitsCostLittle(t *testing.T) {
	t.Parallel()
	require.Empty(t, activity.FindContacts(strings.Repeat("9 ", check.MaxText/2)))
	require.Empty(t, activity.FindContacts(strings.Repeat("9", check.MaxText)))
}
