package form

import "strings"

// At returns the field to which names lead, joined by dots, such as
// text.suggestions.
func At(fields []Field, names string) (Field, bool) {
	first, rest, deeper := strings.Cut(names, ".")
	for _, f := range fields {
		switch {
		case f.Name != first:
		case !deeper || f.Type == Open:
			return f, true
		default:
			return At(f.Fields, rest)
		}
	}
	return Field{}, false
}
