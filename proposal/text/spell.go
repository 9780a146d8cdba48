package text

import (
	"strings"
	"unicode"
)

// Spell writes the same what looks the same: an ideograph for a radical or a
// compatibility ideograph, nothing for what nobody sees, one space for white
// space of any length, none around. What people can tell apart stays apart.
func Spell(s string) string { return spell(s, false, nil) }

// Narrow is [Spell] with full-width letters, digits and signs as ASCII, and no
// choice between shapes of an ideograph. Two names are one when Narrow makes
// them one.
func Narrow(s string) string { return spell(s, true, nil) }

// Fold is [Narrow] in lower case. It is for finding: both what is kept and what
// is looked for are folded.
func Fold(s string) string { return spell(s, true, unicode.ToLower) }

func spell(s string, narrow bool, letter func(rune) rune) string {
	if isPlain(s, letter != nil) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var before rune
	blank := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			blank = b.Len() > 0
			continue
		}
		if isHidden(r) && (narrow || !isSelector(r) || !isIdeograph(before)) {
			continue
		}
		r = unified(r)
		if narrow {
			r = half(r)
		}
		if letter != nil {
			r = letter(r)
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// half returns the ASCII character for a full-width one.
func half(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

// isPlain reports whether s is ASCII that no form changes: most IDs are.
func isPlain(s string, lower bool) bool {
	for i := range len(s) {
		c := s[i]
		switch {
		case c < ' ' || c >= 0x7F,
			lower && c >= 'A' && c <= 'Z',
			c == ' ' && (i == 0 || i == len(s)-1 || s[i+1] == ' '):
			return false
		}
	}
	return true
}
