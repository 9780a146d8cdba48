package codec

import (
	"encoding/json"
	"unicode/utf8"
)

// stands are the characters of ASCII that stand in a text of JSON as they are.
var stands = func() (stands [utf8.RuneSelf]bool) { //nolint:gochecknoglobals // a constant
	for c := range stands {
		stands[c] = c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&'
	}
	return stands
}()

// plain returns how many bytes of a text, from its beginning, encoding/json writes
// as they are: up to a character that it escapes, or to what is no UTF-8.
func plain(s string) int {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c < utf8.RuneSelf:
			if !stands[c] {
				return i
			}
			i++
		case c > 0xe0 && c < 0xf0 && c != 0xed && i+2 < len(s) && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80: // as Chinese has
			if c == 0xe2 && s[i+1] == 0x80 && s[i+2]&^1 == 0xa8 { // U+2028 and U+2029
				return i
			}
			i += 3
		default:
			_, size := utf8.DecodeRuneInString(s[i:])
			if size == 1 {
				return i
			}
			i += size
		}
	}
	return len(s)
}

const hex = "0123456789abcdef"

// appendText appends a text as encoding/json does.
func appendText(b []byte, s string) []byte {
	from, all := len(b), s
	b = append(b, '"')
	for {
		n := plain(s)
		b = append(b, s[:n]...)
		if s = s[n:]; s == "" {
			return append(b, '"')
		}
		size := 1
		switch c := s[0]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\b':
			b = append(b, '\\', 'b')
		case c == '\f':
			b = append(b, '\\', 'f')
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\r':
			b = append(b, '\\', 'r')
		case c == '\t':
			b = append(b, '\\', 't')
		case c < utf8.RuneSelf:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
		case len(s) >= 3 && (s[:3] == "\u2028" || s[:3] == "\u2029"):
			b = append(b, '\\', 'u', '2', '0', '2', hex[s[2]&0xf])
			size = 3
		default: // no UTF-8, which encoding/json mends
			mended, _ := json.Marshal(all) //nolint:errchkjson // a string never fails
			return append(b[:from], mended...)
		}
		s = s[size:]
	}
}
