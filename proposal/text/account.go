package text

import (
	"regexp"
	"slices"
	"strings"
)

// emails finds addresses, with up to three blanks around the @.
func (t reading) emails() []Contact {
	const longestName, longestHost, mostBlanks = 64, 253, 3
	var found []Contact
	for at := strings.IndexByte(t.plain, '@'); at >= 0; at = next(t.plain, at, '@') {
		end := at
		for n := 0; n < mostBlanks && end > 0 && t.plain[end-1] == ' '; n++ {
			end--
		}
		start := end
		for start > 0 && end-start < longestName && isOfName(t.plain[start-1]) {
			start--
		}
		host := at + 1
		for n := 0; n < mostBlanks && host < len(t.plain) && t.plain[host] == ' '; n++ {
			host++
		}
		last := hostEnd(t.plain[host:min(len(t.plain), host+longestHost)])
		if start < end && last > 0 {
			found = append(found, Contact{Email, start, host + last})
		}
	}
	return found
}

// next returns where c stands after at, -1 for nowhere.
func next(s string, at int, c byte) int {
	i := strings.IndexByte(s[at+1:], c)
	if i < 0 {
		return -1
	}
	return at + 1 + i
}

// hostEnd returns how far s is the name of a host, of two words or more, with
// blanks around both sides of a dot or around none; 0 if it is none.
func hostEnd(s string) int {
	end, words := 0, 0
	for i := 0; ; {
		begin := i
		for i < len(s) && (isLetter(s[i]) || isDigit(s[i]) || s[i] == '-') {
			i++
		}
		if i == begin {
			break
		}
		end, words = i, words+1
		switch {
		case strings.HasPrefix(s[i:], "."):
			i++
		case strings.HasPrefix(s[i:], " . "):
			i += len(" . ")
		default:
			i = len(s)
		}
	}
	if words < 2 {
		return 0
	}
	return end
}

// How people write the words, with signs in between that keep a filter from finding them.
var (
	accountWord = regexp.MustCompile(`(?i)(?:[微威薇徽v][ ._*-]{0,2}[信x]|w[ ._*-]{0,2}[信x]|wei[ ._*-]{0,2}xin|we[ ._*-]?chat)|` +
		`q[ ._*-]{0,2}q|[扣抠叩][ ._*-]{0,2}[扣抠叩]|企鹅|q(?:号|:)`)
	atSign  = regexp.MustCompile(`(?i) {0,2}[(\[{<] {0,2}(?:at|a|@|艾特|圈a) {0,2}[)\]}>] {0,2}|艾特`)
	dotSign = regexp.MustCompile(`(?i) {0,2}[(\[{<] {0,2}(?:dot|\.|点) {0,2}[)\]}>] {0,2}`)
)

// accounts finds what follows the words QQ and 微信.
func (t reading) accounts() []Contact {
	var found []Contact
	lower := strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, t.plain)
	for _, at := range accountWord.FindAllStringIndex(lower, -1) {
		if at[0] > 0 && isASCIIWord(lower[at[0]]) && isASCIIWord(lower[at[0]-1]) {
			continue // within another word
		}
		kind := WeChat
		if word := lower[at[0]:at[1]]; word[0] == 'q' || strings.ContainsAny(word, "扣抠叩企") {
			kind = QQ
		}
		if start, end, ok := account(lower, at[1], kind); ok {
			found = append(found, Contact{kind, start, end})
		}
	}
	return found
}

// account finds an account behind the word for its kind, which ends at from.
func account(s string, from int, kind Kind) (start, end int, ok bool) {
	start, said := introduced(s, from)
	end = start
	for end < len(s) && (isASCIIWord(s[end]) || s[end] == '_' || s[end] == '-') {
		end++
	}
	for end > start && s[end-1] == '-' {
		end--
	}
	name := s[start:end]
	if start == end || end < len(s) && s[end] == '@' {
		return 0, 0, false
	}
	if strings.Trim(name, "0123456789-_") == "" {
		first, _, _ := strings.Cut(strings.ReplaceAll(name, "_", "-"), "-")
		name, end = grouped(s, start, start+len(first))
		return start, end, name != "" && name[0] != '0' && len(name) >= 5 && len(name) <= 11 && !counts(s[end:])
	}
	if from > 0 && start == from && isLetter(s[from-1]) { // the word goes on: wxapp
		return 0, 0, false
	}
	if kind == QQ || len(name) < 6 || len(name) > 20 || !isLetter(name[0]) {
		return 0, 0, false
	}
	return start, end, said || strings.ContainsAny(name, "0123456789_")
}

// grouped returns the digits from start on, in groups of three or more with one sign
// between them, and where they end.
func grouped(s string, start, end int) (digits string, last int) {
	const most, least = 11, 3 // digits of a number, of a group
	digits, last = s[start:end], end
	for len(digits) >= least && last+1 < len(s) && strings.IndexByte(" -._", s[last]) >= 0 {
		next := last + 1
		for next < len(s) && next <= last+most && isDigit(s[next]) {
			next++
		}
		group := s[last+1 : next]
		if len(group) < least || len(digits)+len(group) > most || next < len(s) && isASCIIWord(s[next]) {
			break
		}
		digits, last = digits+group, next
	}
	return digits, last
}

// introduced skips what people write between the word and the account, and
// reports whether it says that an account follows.
func introduced(s string, from int) (at int, said bool) {
	const most = 8 // words and signs
	for range most {
		rest := s[from:]
		skipped := false
		for _, w := range []string{"号码", "号", "账号", "帐号", "群", "id", "是", "为", ":", "=", "(", "[", "“", "「", " ", "-", "加", "搜", "|", ">"} {
			if strings.HasPrefix(rest, w) && (w != "id" || !strings.HasPrefix(rest, "id-") && len(rest) > 2 && !isASCIIWord(rest[2])) {
				from += len(w)
				said = said || !slices.Contains([]string{" ", "群", "-", "加", "搜", "|", ">"}, w)
				skipped = true
				break
			}
		}
		if !skipped {
			break
		}
	}
	return from, said
}

// counts reports whether what follows a number makes it one of things: 人, 万元.
func counts(after string) bool {
	after = strings.TrimPrefix(after, "多")
	after = strings.TrimPrefix(after, "余")
	for _, unit := range []string{
		"元", "万", "亿", "人", "名", "个", "次", "件", "条", "户", "份", "年", "吨", "亩", "辆", "台", "套", "家", "只", "株", "篇", "字", "岁",
		"美元", "平方", "立方", "公里", "千米", "米", "公顷", "千瓦", "%", "‰", "℃",
	} {
		if strings.HasPrefix(after, unit) {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool     { return c >= '0' && c <= '9' }
func isLetter(c byte) bool    { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isASCIIWord(c byte) bool { return isDigit(c) || isLetter(c) }
func isOfName(c byte) bool    { return isASCIIWord(c) || strings.IndexByte("._%+-", c) >= 0 }
