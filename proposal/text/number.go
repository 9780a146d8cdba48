package text

import (
	"regexp"
	"strings"
)

// Number reads the number of a case (案号). printed is how it is kept: as it was
// given, in one width. key is what no other case of the session may have: 14,
// 第14号, 提案第14号, No.14, （14） and １４ are one, and so are 022 and 22. 一号 is
// another: it is what the proposal is called that comes first in importance. A key
// of "" is no number at all.
func Number(s string) (printed, key string) {
	printed = Narrow(s)
	key = strings.ToLower(strings.ReplaceAll(printed, " ", ""))
	key = strings.Map(dash, key)
	if bare, bracketed := strings.CutPrefix(key, "("); bracketed && strings.HasSuffix(bare, ")") {
		key = strings.TrimSuffix(bare, ")")
	}
	for _, prefix := range []string{"'", "政协", "提案", "案", "编号:", "编号", "号", "提字", "第", "no.", "no", "№", "#"} {
		if rest := strings.TrimPrefix(key, prefix); prefix[0] != 'n' || startsWithDigit(rest) {
			key = rest
		}
	}
	for _, suffix := range []string{"提案", "案", "件", "号", "#"} {
		key = strings.TrimSuffix(key, suffix)
	}
	if whole, fraction, cut := strings.Cut(key, "."); cut && isDigits(whole) && fraction != "" && strings.Trim(fraction, "0") == "" {
		key = whole // 14.0, as a spreadsheet makes of it
	}
	if len(key) <= longestCount && isDigits(key) {
		if key = strings.TrimLeft(key, "0"); key == "" {
			key = "0"
		}
	}
	return printed, key
}

// longestCount is how many digits a number has that is a mere count. Longer ones
// begin with a date, and every digit of them tells.
const longestCount = 6

func startsWithDigit(s string) bool { return s != "" && isDigit(s[0]) }

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// dash returns a hyphen for a dash of any other length.
func dash(r rune) rune {
	if r >= 0x2010 && r <= 0x2015 || r == 0x2212 || r == 0xFE63 {
		return '-'
	}
	return r
}

var document = regexp.MustCompile(`^(.*?) ?[(\[{〔﹝【〖] ?(\d{4}) ?[)\]}〕﹞】〗] ?第? ?0*(\d+) ?号$`)

// Document writes the number of a document (文号) as GB/T 9704 has it, with the
// year in 〔〕 and the count without 第 or leading zeros: 慈教提〔2017〕6号. What is
// no such number is spelled only.
func Document(s string) string {
	found := document.FindStringSubmatch(Narrow(s))
	if found == nil {
		return Spell(s)
	}
	return found[1] + "〔" + found[2] + "〕" + found[3] + "号"
}
