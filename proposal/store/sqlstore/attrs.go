package sqlstore

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/store"
)

// A record's row holds its attributes as well, as a JSON array of [name,
// value] in order. It is what Load returns, and what a commit compares with,
// so that rows of the index are written only when they change.

func encodeAttrs(index []store.Attr) string {
	size := len("[]")
	for _, a := range index {
		size += len(a.Name) + len(a.Value) + len(`["",""],`) + 10 // for escapes
	}
	b := append(make([]byte, 0, size), '[')
	for i, a := range index {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendQuoted(append(b, '['), a.Name)
		b = appendQuoted(append(b, ','), a.Value)
		b = append(b, ']')
	}
	return string(append(b, ']'))
}

// appendQuoted appends a text as JSON.
func appendQuoted(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

func decodeAttrs(text string) ([]store.Attr, error) {
	if text == "[]" {
		return nil, nil
	}
	if index, ok := scanAttrs(text); ok {
		return index, nil
	}
	var pairs [][2]string // as somebody else wrote it
	if err := json.Unmarshal([]byte(text), &pairs); err != nil {
		return nil, fmt.Errorf("attributes of the record's row: %w", err)
	}
	index := make([]store.Attr, len(pairs))
	for i, p := range pairs {
		index[i] = store.Attr{Name: p[0], Value: p[1]}
	}
	return index, nil
}

// scanAttrs reads attributes as encodeAttrs writes them, and reports whether they
// are. All of them share one text.
func scanAttrs(text string) ([]store.Attr, bool) {
	n := strings.Count(text, `["`)
	ends := make([]int, 0, 2*n) // of the names and values, without escapes
	var plain strings.Builder
	plain.Grow(len(text))
	for rest := text; ; {
		for _, before := range []string{`["`, `,"`} {
			var ok bool
			if len(ends) == 0 {
				before = `[["`
			}
			if rest, ok = strings.CutPrefix(rest, before); !ok {
				return nil, false
			}
			if rest, ok = unquote(&plain, rest); !ok {
				return nil, false
			}
			ends = append(ends, plain.Len())
		}
		if rest == "]]" {
			break
		}
		var ok bool
		if rest, ok = strings.CutPrefix(rest, "],"); !ok {
			return nil, false
		}
	}
	index := make([]store.Attr, len(ends)/2)
	all, from := plain.String(), 0
	for i := range index {
		name, value := ends[2*i], ends[2*i+1]
		index[i] = store.Attr{Name: all[from:name], Value: all[name:value]}
		from = value
	}
	return index, utf8.ValidString(all)
}

// unquote writes what stands before the next quotation mark into b, without
// escapes, and returns what stands behind it.
func unquote(b *strings.Builder, rest string) (behind string, ok bool) {
	for from, i := 0, 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '"':
			b.WriteString(rest[from:i])
			return rest[i+1:], true
		case c < ' ':
			return "", false
		case c != '\\':
			continue
		}
		b.WriteString(rest[from:i])
		escape := rest[i:]
		switch {
		case strings.HasPrefix(escape, `\"`), strings.HasPrefix(escape, `\\`):
			b.WriteByte(escape[1])
			i++
		case strings.HasPrefix(escape, `\u00`) && len(escape) >= len(`\u0000`):
			c, err := strconv.ParseUint(escape[4:6], 16, 8)
			if err != nil || c >= utf8.RuneSelf {
				return "", false
			}
			b.WriteByte(byte(c))
			i += 5
		default:
			return "", false
		}
		from = i + 1
	}
	return "", false
}

// sorted returns the attributes ordered, each once: themselves, if they are.
func sorted(index []store.Attr) []store.Attr {
	for i := 1; i < len(index); i++ {
		if store.CompareAttrs(index[i-1], index[i]) >= 0 {
			return store.SortIndex(index)
		}
	}
	return index
}

// diffAttrs returns what is only in the first and what is only in the second
// of two sorted lists.
func diffAttrs(have, want []store.Attr) (gone, come []store.Attr) {
	for len(have) > 0 && len(want) > 0 {
		switch c := store.CompareAttrs(have[0], want[0]); {
		case c == 0:
			have, want = have[1:], want[1:]
		case c < 0:
			gone, have = append(gone, have[0]), have[1:]
		default:
			come, want = append(come, want[0]), want[1:]
		}
	}
	return append(gone, have...), append(come, want...)
}
