package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/text"
)

// Forms as people write them. The ID number is the example of GB 11643, the card
// that of the issuers' documentation; no number here is a person's.
func TestContactsAreFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, redacted string }{
		{"请联系13800138000。", "请联系***。"},
		{"手机：138-0013-8000、138 0013 8000", "手机：***、***"},
		{"１３８００１３８０００", "***"},
		{"+86 13800138000", "***"},
		{"+86-138-0013-8000", "***"},
		{"008613800138000", "***"},
		{"（8613800138000）", "（***）"},
		{"电话023-68781234转", "电话***转"},
		{"023-6878-1234", "***"},
		{"023.68781234", "***"},
		{"(023)68781234", "***"},
		{"（0750）3271234", "***"},
		{"0750-3271234", "***"},
		{"+86 23 6878 1234", "***"},
		{"电话：68781234", "电话：***"},
		{"联系方式 6878-1234", "联系方式 ***"},
		{"Tel: 6878 1234", "Tel: ***"},
		{"13800138000 13900139000", "*** ***"},
		{"13800138000/13900139000", "***/***"},
		{"编号1与13800138000", "编号1与***"},
		{"2017.6.22 13800138000", "2017.6.22 ***"},

		{"身份证11010519491231002X", "身份证***"},
		{"身份证11010519491231002x，", "身份证***，"},
		{"110105491231002", "***"},
		{"110105 19491231 0021", "***"},
		{"１１０１０５１９４９１２３１００２Ｘ", "***"},
		{"110105-19491231-002X", "***"},

		{"卡号6222 0212 3456 7890 128", "卡号***"},
		{"6222021234567890128", "***"},
		{"4111-1111-1111-1111", "***"},

		{"邮箱wang.xm@example.com.cn", "邮箱***"},
		{"wang＠example．com", "***"},
		{"wang @ example.com", "***"},
		{"wang ＠ example . com", "***"},
		{"wang_xm@example.com。", "***。"},
		{"12345678@qq.com", "***"},

		{"QQ：12345678", "QQ：***"},
		{"qq号 123456789", "qq号 ***"},
		{"QQ号码是12345678。", "QQ号码是***。"},
		{"微信号：wang_xm88", "微信号：***"},
		{"加微信wangxm2020", "加微信***"},
		{"微信：wangxiaoming", "微信：***"},
		{"WeChat ID: wangxm", "WeChat ID: ***"},
	} {
		require.Equal(t, c.redacted, text.Redact(c.text), "%q", c.text)
	}
}

// S42: numbers grouped by other signs.
func TestS42NumbersGroupedByAnySignAreFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, redacted string }{
		{"138.1234.5678", "***"},
		{"138．1234．5678", "***"},
		{"138/1234/5678", "***"},
		{"138／1234／5678", "***"},
		{"138\t1234\t5678", "***"},
		{"138_1234_5678", "***"},
		{"138＿1234＿5678", "***"},
		{"138\n1234\n5678", "***"},
		{"138\r\n1234\r\n5678", "***"},
		{"138·1234·5678", "***"},
		{"138•1234•5678", "***"},
		{"138—1234—5678", "***"},
		{"138–1234–5678", "***"},
		{"138~1234~5678", "***"},
		{"138～1234～5678", "***"},
		{"138 - 1234 - 5678", "***"},
		{"138\u20031234\u30005678", "***"},
		{"138\u200b1234\u200b5678", "***"},
		{"1\u200d3\ufeff8\u00ad12345678", "***"},
		{"138\x011234\x015678", "***"},
		{"138\u20281234\v5678", "***"},
		{"1 3 8 1 2 3 4 5 6 7 8", "***"},
		{"1380-0138-000", "***"},
		{"13800-138000", "***"},
		{"(138)1234-5678", "***"},
		{"110105.19491231.0021", "***"},
		{"110105.1949.12.31.002X", "***"},
		{"110105\u200b19491231\u200b002X", "***"},
		{"6222.0212.3456.7890.128", "***"},
	} {
		require.Equal(t, c.redacted, text.Redact(c.text), "%q", c.text)
	}
}

// Case numbers, sums, days, tables and hotlines are no contacts.
func TestPublicNumbersStay(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"拨打12345热线", "第20210123号提案", "2024年3月8日至2024-03-15", "投资1234567890元", "惠及群众500000人",
		"渝协发〔2021〕38号", "涉及68781234平方米", "1753户、1553份", "邮编400050", "15%～20%", "23868781234567890123",
		"110105199913320021", "会议定于8:00-12:00召开", "a@b",

		"2017.6.22", "2024-11-01 2024-12-01", "2024-11-01—2024-12-01", "2017/6/22 2017/7/22 2017/8/22", "1999-12-31 100",
		"2024.03.08 15:30", "20240308 20240309", "2013.12.31-2014.12.31",
		"1 234 567.89", "13 812 345 678", "13812345678元", "13812345678.90", "￥13812345678", "1,381,234,567", "138万1234元5678",
		"13812345678平方米", "约13800138000人次",
		"慈教提（2017）6号", "国发[2016]77号", "〔2020〕138号", "第13812345678号", "专利号ZL201310123456.7",
		"第1条第2款第3项", "第十三条 1. 2. 3. 4. 5. 6. 7. 8. 9.",
		"12 34 56\n78 90 12\n34 56 78", "138\t245\t3021\n1123\t12\t8", "13 81 23 45 67 8", "35 44 1381 23",
		"3.14159265358979", "比例为0.13812345678", "110、119、120、122", "12380 12388 96110",
		"2016—2020年", "2021-2025 2026-2030", "8:30—12:00，14:00—17:30", "400-812-3456",
		"微信公众号cqyzfb2020", "微信群12345人", "QQ群、微信群", "QQ 2017年", "微信小程序", "通过QQ20000人次",
		"4111 1111 1111 1112", "6222021234567890129", "1234567812345670元", "0000 0000 0000 0000",
		"G85高速K138+1234", "ISBN 978-7-5366-1234-5", "北纬29.5630，东经106.5516", "91500000MA5U12345X",
	} {
		require.Empty(t, text.FindContacts(s), "%q", s)
		require.Equal(t, s, text.Redact(s))
	}
}

func TestEveryKindHasWords(t *testing.T) {
	t.Parallel()
	seen := map[text.Kind]bool{}
	for _, c := range text.FindContacts("13800138000，11010519491231002X，6222021234567890128，a@b.cn，QQ 12345678，微信号 abc_def，护照E12345678，渝A12345") {
		seen[c.Kind] = true
		zh, en := c.Kind.Words()
		require.NotEqual(t, zh, en)
	}
	require.Len(t, seen, 8)
	zh, en := text.Kind("other").Words()
	require.Equal(t, []string{"other", "other"}, []string{zh, en})
}

// What has been redacted holds no contact, places are of the text and in order,
// and nothing else is touched.
func FuzzRedact(f *testing.F) {
	for _, s := range []string{
		"请联系13800138000，wang@example.com", "１３８－００１３－８０００", "(023)68781234 110105 19491231 0021", "\xff138\u200000138000",
		"微信号：wang_xm88", "E 1234 5678 渝A·12345", "wang(at)example[dot]com", "一三八零零一三八零零零", "l38OO138OOO", "扣 扣123 456 789", "6222\u200b0212 3456 7890 128", "2017.6.22 1 234 567.89",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, c := range text.FindContacts(s) {
			if c.Start < end || c.End > len(s) || c.Start >= c.End {
				t.Fatalf("%q: %+v is no place in it", s, c)
			}
			end = c.End
		}
		redacted := text.Redact(s)
		if left := text.FindContacts(redacted); len(left) > 0 {
			t.Fatalf("%q still holds %v", redacted, left)
		}
		if utf8.ValidString(s) && !utf8.ValidString(redacted) {
			t.Fatalf("%q is not UTF-8", redacted)
		}
	})
}

// A text made to be slow costs no more than any other.
func TestHostileTextCostsLittle(t *testing.T) {
	t.Parallel()
	size := 1 << 17
	if testing.Short() {
		size = 1 << 16
	}
	for _, piece := range []string{"9", "9 ", "1", "1 3 8 ", "138.", "a", "a@", "@", "@ ", "a.", "qq", "微信", "微信号", "(", "2017.6.22-", "\u200b", "1\u200b", "13800138000 ", "一", "①", "渝", "渝A", "E", "E1", "E 1", "护照", "Q Q", "v ", "(at)", "(", "微", "1️⃣"} {
		found := text.FindContacts(strings.Repeat(piece, size/len(piece))) // by the square of its length, it would take hours
		require.LessOrEqual(t, len(found), size/len(piece), "%q", piece)
	}
}
