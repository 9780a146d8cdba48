package codec

import (
	"strconv"
	"strings"
)

// reader is JSON that is read from its beginning.
type reader struct {
	text string
	data []byte // the same
	at   int
}

// is steps over one byte, if it is there.
func (r *reader) is(c byte) bool {
	if r.at == len(r.text) || r.text[r.at] != c {
		return false
	}
	r.at++
	return true
}

// word steps over a word, if it is there.
func (r *reader) word(w string) bool {
	if !strings.HasPrefix(r.text[r.at:], w) {
		return false
	}
	r.at += len(w)
	return true
}

func (r *reader) null() bool { return r.word("null") }

// digits reads a whole number as it is written.
func (r *reader) digits() (string, bool) {
	from := r.at
	r.is('-')
	first := r.at
	for r.at < len(r.text) && r.text[r.at] >= '0' && r.text[r.at] <= '9' {
		r.at++
	}
	number := r.text[from:r.at]
	return number, r.at == first+1 || r.at > first && r.text[first] != '0'
}

// quoted reads a text between its quotation marks.
func (r *reader) quoted() (string, bool) {
	if !r.is('"') {
		return "", false
	}
	rest := r.text[r.at:]
	n := plain(rest)
	switch {
	case n == len(rest):
		return "", false
	case rest[n] == '"':
		r.at += n + 1
		return rest[:n], true
	}
	b := make([]byte, 0, 2*n+64)
	for {
		b = append(b, rest[:n]...)
		char, size := unescaped(rest[n:])
		if size == 0 {
			return "", false
		}
		b = append(b, char...)
		rest = rest[n+size:]
		if n = plain(rest); n < len(rest) && rest[n] == '"' {
			r.at = len(r.text) - len(rest) + n + 1
			return string(append(b, rest[:n]...)), true
		}
	}
}

// bare reads a text that has no escapes, as bytes of the data.
func (r *reader) bare() ([]byte, bool) {
	if !r.is('"') {
		return nil, false
	}
	n := plain(r.text[r.at:])
	if n == len(r.text)-r.at || r.text[r.at+n] != '"' {
		return nil, false
	}
	s := r.data[r.at : r.at+n : r.at+n]
	r.at += n + 1
	return s, true
}

// unescaped returns the character that an escape stands for, and the bytes that
// it has; 0 when it is none that would have been written.
func unescaped(s string) (char string, size int) {
	if len(s) < 2 || s[0] != '\\' {
		return "", 0
	}
	switch s[1] {
	case '"', '\\':
		return s[1:2], 2
	case 'b':
		return "\b", 2
	case 'f':
		return "\f", 2
	case 'n':
		return "\n", 2
	case 'r':
		return "\r", 2
	case 't':
		return "\t", 2
	case 'u':
		if len(s) < 6 {
			return "", 0
		}
		n, err := strconv.ParseUint(s[2:6], 16, 16)
		if err != nil || n >= 0xd800 && n < 0xe000 { // half of a character
			return "", 0
		}
		return string(rune(n)), 6
	}
	return "", 0
}

// skip steps over a value, without asking whether it is right.
func (r *reader) skip() bool {
	for depth := 0; r.at < len(r.text); {
		switch r.text[r.at] {
		case '"':
			if _, ok := r.quoted(); !ok {
				return false
			}
		case '{', '[':
			depth++
			r.at++
			continue
		case '}', ']':
			if depth--; depth < 0 {
				return false
			}
			r.at++
		case ',', ':':
			r.at++
			continue
		default:
			for r.at < len(r.text) && !strings.ContainsRune(",:{}[]\"", rune(r.text[r.at])) {
				r.at++
			}
		}
		if depth == 0 {
			return true
		}
	}
	return false
}
