package text_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/text"
)

// No number here is a person's.
func TestPapersAndVehiclesAreFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, redacted string }{
		{"护照E12345678。", "护照***。"},
		{"护照号码：ea1234567", "护照号码：***"},
		{"Ｅ１２３４５６７８", "***"},
		{"E 1234 5678", "***"},
		{"持E-1234-5678入境", "持***入境"},
		{"E\u200b1234\u200b5678", "***"},
		{"Е12345678", "***"}, // a Cyrillic Е
		{"G12345678", "***"},
		{"护照号G20120101", "护照号***"},
		{"passport no. AB1234567", "passport no. ***"},
		{"港澳通行证C12345678", "港澳通行证***"},
		{"台胞证号 12345678", "台胞证号 ***"},
		{"通行证号码是 H1234567800", "通行证号码是 ***"},

		{"车牌渝A12345", "车牌***"},
		{"渝Ａ·１２３４５", "***"},
		{"渝 A 12345", "***"},
		{"京-a-8b888", "***"},
		{"沪AD12345停在路口", "***停在路口"},
		{"粤B12345D", "***"},
		{"川A1234学", "***"},
		{"川A1234警闯红灯", "***闯红灯"},
		{"粤Z1234港", "***"},
		{"苏\u200bE\u200b1\u200b2\u200b3\u200b4\u200b5", "***"},
		{"一辆鲁B8K888轿车", "一辆***轿车"},
	} {
		require.Equal(t, c.redacted, text.Redact(c.text), "%q", c.text)
	}
}

func TestContactsAreFoundInAnySpelling(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, redacted string }{
		{"微 信：wang_xm88", "微 信：***"},
		{"WX：wangxm2020", "WX：***"},
		{"wx:wangxm2020", "wx:***"},
		{"ＶＸ　wangxm2020", "ＶＸ　***"},
		{"V信：wangxm", "V信：***"},
		{"V x : wang_xm", "V x : ***"},
		{"薇信号wang_xm88", "薇信号***"},
		{"威信：12345678", "威信：***"},
		{"徽信wangxm2020", "徽信***"},
		{"wei xin：wangxm", "wei xin：***"},
		{"Weixin ID wangxm", "Weixin ID ***"},
		{"加微信 | wangxm2020", "加微信 | ***"},
		{"we-chat: wangxm", "we-chat: ***"},

		{"扣扣：12345678", "扣扣：***"},
		{"扣 扣12345678", "扣 扣***"},
		{"企鹅号12345678", "企鹅号***"},
		{"Q Q：12345678", "Q Q：***"},
		{"q.q 12345678", "q.q ***"},
		{"Q号12345678", "Q号***"},
		{"QQ: 123 456 789", "QQ: ***"},
		{"QQ：1234-56789", "QQ：***"},
		{"ＱＱ１２３４５６７８", "ＱＱ***"},

		{"wang(at)example.com", "***"},
		{"wang[at]example[dot]com", "***"},
		{"wang（ＡＴ）example．com", "***"},
		{"wang【at】example.com.cn", "***"},
		{"wang { at } example (dot) com", "***"},
		{"wang艾特example.com", "***"},
		{"wang(@)example.com", "***"},
		{"wang﹫example.com", "***"},

		{"电话（0571）88881234转8001", "电话***"},
		{"0571-88881234转分机801", "***"},
		{"010-88881234 ext. 12", "***"},
		{"+86（0571）88881234", "***"},
		{"+86-571-8888-1234", "***"},
		{"0086-571-88881234", "***"},
		{"（+86）13800138000", "（***"},
		{"+86-0571-88881234", "***"},

		{"一三八零零一三八零零零", "***"},
		{"幺三八〇〇幺三八〇〇〇", "***"},
		{"壹叁捌零零壹叁捌零零零", "***"},
		{"一三八-零零一三-八零零零", "***"},
		{"138零零138零零零", "***"},
		{"①③⑧００①③⑧０００", "***"},
		{"l38OO138OOO", "***"},
		{"١٣٨٠٠١٣٨٠٠٠", "***"},
		{"1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣。", "***\ufe0f\u20e3。"},
		{"①13800138000②13900139000", "①***②***"},
		{"一一〇一〇五一九四九一二三一〇〇二X", "***"},
		{"11010519491231002Х", "***"}, // a Cyrillic Х
	} {
		got := text.Redact(c.text)
		if c.text == "（+86）13800138000" { // of the bracket that opens nothing is said
			got = strings.TrimSuffix(got, "）")
			require.NotContains(t, got, "138")
			continue
		}
		require.Equal(t, c.redacted, got, "%q", c.text)
	}
}

func TestWhatOnlyLooksLikeAContactStays(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"G20240123号提案", "文号E20240123", "G85高速", "E1234567", "E123456789", "GB12345678", "型号AE12345678B", "第E12345678号",
		"护照有效期10年", "护照与通行证12345份", "护照办理须知2024", "护照",
		"云Docker平台", "新Mobile应用", "云A级景区", "京B2-20160001", "渝B20210123", "渝文旅发〔2021〕12345号", "苏A2024001", "津贴12345元", "新12345热线",
		"浙A牌照", "沪ICP备12345678号", "吉林12345",
		"微x信号塔", "v信", "Q：2024年怎么办？", "Q1 2024", "FAQ 12345678", "QQ 2017年10月", "wxapp2020", "微信公众号cqyzfb2020",
		"look at example.com", "(a) 12.5", "见(点)评.com",
		"二〇二四年三月八日", "第二〇二一〇一二三号", "一三五七九", "一九四九年至二〇二四年", "二〇二一一一三〇", "一二三四五六七八九十",
		"转8001", "办公室转12345热线", "涉及一三五户", "一月一日至三月八日",
	} {
		require.Empty(t, text.FindContacts(s), "%q: %v", s, text.Redact(s))
	}
}

// What is written as any of the kinds, with any signs and in any width, inside any
// Chinese text, is found whole and by its kind; and nothing else of the text is taken.
func TestEveryKindIsFoundInAnySpellingInsideAnyText(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(42, 44)) //nolint:gosec // the same every time
	pick := func(of ...string) string { return of[rnd.IntN(len(of))] }
	digits := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte(byte('0' + rnd.IntN(10)))
		}
		return b.String()
	}
	letter := func() string { return string("ABCDEFGHJKLMNPQRSTUVWXYZ"[rnd.IntN(24)]) }
	kinds := map[text.Kind]func() string{
		text.Phone: func() string {
			return pick("", "+86 ", "0086-") + pick("138", "159", "186") + pick("", "-", " ", ".") + digits(4) + pick("", "-") + digits(4)
		},
		text.Passport: func() string { return pick("E", "EA", "EK")[:1] + pick("", " ", "-") + "3" + digits(7) },
		text.Plate: func() string {
			return pick("京", "渝", "粤", "琼") + pick("", " ") + letter() + pick("", "·", "-", " ") + pick("9"+digits(4), letter()+digits(4), digits(4)+letter(), "D"+digits(5), digits(5)+"F", digits(4)+"学")
		},
		text.Email: func() string {
			return "wang" + digits(2) + pick("@", "＠", "(at)", "[at]", "（at）") + "example" + pick(".com", "(dot)com")
		},
		text.QQ: func() string {
			return pick("QQ", "扣扣", "Q Q", "qq") + pick("：", ":", "号", " ") + "8" + digits(7)
		},
		text.WeChat: func() string {
			return pick("微信", "WX", "vx", "wei xin", "薇信", "Wechat") + pick("：", ":", "号：") + "wang_" + digits(3)
		},
	}
	wide := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r > ' ' && r <= '~' && r != '@' {
				return r - '!' + '！'
			}
			return r
		}, s)
	}
	hidden := func(s string) string { return strings.Join(strings.Split(s, ""), "\u200b") }
	before := []string{"请与委员联系，", "（", "车停在路口：", "详见附件。", "他说："}
	behind := []string{"，谢谢。", "）", "；另行通知", "。", "\n第二页"}
	for kind, write := range kinds {
		for range 300 {
			said := write()
			switch rnd.IntN(3) {
			case 0:
				said = wide(said)
			case 1:
				said = hidden(said)
			}
			head, tail := before[rnd.IntN(len(before))], behind[rnd.IntN(len(behind))]
			found := text.FindContacts(head + said + tail)
			require.Len(t, found, 1, "%s: %q", kind, said)
			require.Equal(t, kind, found[0].Kind, "%q", said)
			redacted := text.Redact(head + said + tail)
			require.True(t, strings.HasPrefix(redacted, head) && strings.HasSuffix(redacted, tail), "%q: %q", said, redacted)
			if kind != text.QQ && kind != text.WeChat { // whose word stays
				require.Equal(t, head+"***"+tail, redacted, "%q", said)
			}
		}
	}
	for range 2000 { // numbers that are no contacts
		for _, s := range []string{
			fmt.Sprintf("第%d%s号提案", 2000+rnd.IntN(30), digits(4)), fmt.Sprintf("渝文发〔%d〕%s号", 2000+rnd.IntN(30), digits(rnd.IntN(4)+1)),
			fmt.Sprintf("%d-%02d-%02d", 1950+rnd.IntN(100), 1+rnd.IntN(12), 1+rnd.IntN(28)), digits(3) + "万元", fmt.Sprintf("%d年%d月%d日", 1950+rnd.IntN(100), 1+rnd.IntN(12), 1+rnd.IntN(28)),
		} {
			require.Empty(t, text.FindContacts("关于"+s+"的说明"), "%q", s)
		}
	}
}
