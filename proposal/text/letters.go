package text

import (
	"strings"
	"unicode"
)

// plainly writes as ASCII what looks like it: full-width characters, letters of other
// scripts, digits of any script, the dots and dashes that separate.
func plainly(r rune) rune {
	switch r {
	case '\u00a0', '\u1680', '\u202f', '\u205f', '\u3000':
		return ' '
	case '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return '\n'
	case '·', '•', '‧', '∙', '⋅', '・', '･', '●', '—', '–', '−', '﹣', '〜', '∼', '~', '～':
		return '-'
	case '【', '〔', '﹝', '［':
		return '['
	case '】', '〕', '﹞', '］':
		return ']'
	case '﹫':
		return '@'
	case '﹒':
		return '.'
	case 'Ⅹ':
		return 'X'
	}
	switch {
	case r < 0x80:
		return r
	case r >= 0x2000 && r <= 0x200A:
		return ' '
	case r >= 0x2010 && r <= 0x2015:
		return '-'
	case r >= 0x1D7CE && r <= 0x1D7FF: // mathematical digits
		return '0' + (r-0x1D7CE)%10
	}
	if latin, ok := looksLike(r); ok {
		return latin
	}
	if n, ok := digitOf(r); ok {
		return '0' + n
	}
	return half(r)
}

// looksLike returns the Latin letter that a Cyrillic or Greek one looks like.
func looksLike(r rune) (rune, bool) {
	const others, latin = "АВЕКМНОРСТУХЅІЈавекмнорстухѕіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXSIJabekmhopctyxsijABEZHIKMNOPTYX"
	if r < 0x370 || r > 0x4FF {
		return 0, false
	}
	n := 0
	for _, o := range others {
		if o == r {
			return rune(latin[n]), true
		}
		n++
	}
	return 0, false
}

// digitOf returns what a decimal digit of another script stands for: each script has
// its ten in a row.
func digitOf(r rune) (rune, bool) {
	if !unicode.IsDigit(r) {
		return 0, false
	}
	n := rune(0)
	for n < 9 && unicode.IsDigit(r-n-1) {
		n++
	}
	return n, true
}

// numerally writes as digits what is said for them: 一三八, 幺, 壹, ①, and the letters
// that look like 0 and 1.
func numerally(r rune) rune {
	const chinese, formal = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
	switch r {
	case 'o', 'O', '○', '◯', 'Ｏ', '⓪':
		return '0'
	case 'l', 'I', '|', '幺', '弌':
		return '1'
	case '两', '貳', '弍':
		return '2'
	case '參', '弎':
		return '3'
	case '陸':
		return '6'
	case '⁰':
		return '0'
	case '¹':
		return '1'
	case '²', '³':
		return r - '²' + '2'
	}
	switch {
	case r >= '①' && r <= '⑨':
		return r - '①' + '1'
	case r >= '❶' && r <= '❾':
		return r - '❶' + '1'
	case r >= '⁴' && r <= '⁹':
		return r - '⁴' + '4'
	case r >= '₀' && r <= '₉':
		return r - '₀' + '0'
	}
	for _, figures := range []string{chinese, formal} {
		if at := strings.IndexRune(figures, r); at >= 0 && r >= 0x3000 {
			return '0' + rune(at/len("一")) //nolint:gosec // at most nine
		}
	}
	return r
}
