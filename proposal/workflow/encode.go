package workflow

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// encode returns an action's data as it goes into the journal. It refuses text
// that is not UTF-8, which JSON would otherwise mend in silence, and names the
// field that holds it.
func encode(action any) (json.RawMessage, error) {
	if err := fits(action); err != nil {
		return nil, err
	}
	data, err := json.Marshal(action)
	if err != nil {
		return nil, Invalid("action", "unencodable", "%T不能写成JSON：%v", "%T: %v", action, err)
	}
	if string(data) == "null" {
		return nil, Invalid("action", "empty", "%T为空，不是操作", "a nil %T is no action", action)
	}
	if at := mended(data); at >= 0 {
		return nil, Invalid(placeOf(data, at), "not_utf8", "%T含有不是UTF-8的文字", "%T holds text that is not valid UTF-8", action)
	}
	return data, nil
}

// mended returns where in data the first byte is that is no character, or that
// the encoder has put \ufffd for; -1 when there is none. The encoder writes the
// character U+FFFD itself as it is.
func mended(data []byte) int {
	if !utf8.Valid(data) {
		for i := 0; ; {
			r, size := utf8.DecodeRune(data[i:])
			if r == utf8.RuneError && size <= 1 {
				return i
			}
			i += size
		}
	}
	escape := []byte(`\ufffd`)
	for i := 0; ; {
		j := bytes.Index(data[i:], escape)
		if j < 0 {
			return -1
		}
		i += j
		slashes := 0
		for i-1-slashes >= 0 && data[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return i
		}
		i += len(escape)
	}
}

// placeOf returns the path of the value that stands at an offset of data, such
// as text.suggestions[2]; "action" for the whole of it.
func placeOf(data []byte, offset int) string {
	path, _ := walk(json.NewDecoder(bytes.NewReader(data)), "", int64(offset))
	if path == "" {
		return "action"
	}
	return strings.TrimPrefix(path, ".")
}

// walk reads one value and reports whether the offset is in it, and where.
func walk(d *json.Decoder, path string, offset int64) (string, bool) {
	t, err := d.Token()
	if err != nil {
		return path, true
	}
	switch t {
	case json.Delim('{'):
		for d.More() {
			key, err := d.Token()
			if err != nil || d.InputOffset() > offset {
				return path, true
			}
			if at, found := walk(d, fmt.Sprintf("%s.%v", path, key), offset); found {
				return at, true
			}
		}
		_, err = d.Token()
	case json.Delim('['):
		for i := 0; d.More(); i++ {
			if at, found := walk(d, fmt.Sprintf("%s[%d]", path, i), offset); found {
				return at, true
			}
		}
		_, err = d.Token()
	}
	return path, err != nil || d.InputOffset() > offset
}

// checkWord refuses what is not a text of at most limit bytes that every
// database keeps; it may be empty.
func checkWord(field, s string, limit int) error {
	switch {
	case len(s) > limit:
		return Invalid(field, "too_long", "%d字节，超过%d字节", "%d bytes, more than %d", len(s), limit)
	case !utf8.ValidString(s):
		return Invalid(field, "not_utf8", "%q不是UTF-8", "%q is not valid UTF-8", s)
	case strings.IndexByte(s, 0) >= 0:
		return Invalid(field, "control_character", "%q含有NUL字节", "%q holds a NUL byte", s)
	}
	return nil
}
