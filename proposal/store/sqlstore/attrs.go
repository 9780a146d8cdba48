package sqlstore

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/store"
)

// A record's row holds its attributes as well, as a JSON array of [name,
// value] in order. It is what Load returns, and what a commit compares with,
// so that rows of the index are written only when they change.

func encodeAttrs(index []store.Attr) string {
	if len(index) == 0 {
		return "[]"
	}
	pairs := make([][2]string, len(index))
	for i, a := range index {
		pairs[i] = [2]string{a.Name, a.Value}
	}
	var text strings.Builder
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(pairs); err != nil {
		panic(err) // strings always encode
	}
	return strings.TrimSuffix(text.String(), "\n")
}

func decodeAttrs(text string) ([]store.Attr, error) {
	if text == "[]" {
		return nil, nil
	}
	var pairs [][2]string
	if err := json.Unmarshal([]byte(text), &pairs); err != nil {
		return nil, fmt.Errorf("attributes of the record's row: %w", err)
	}
	index := make([]store.Attr, len(pairs))
	for i, p := range pairs {
		index[i] = store.Attr{Name: p[0], Value: p[1]}
	}
	return index, nil
}

// sortAttrs returns the attributes in order, each once.
func sortAttrs(index []store.Attr) []store.Attr {
	sorted := slices.Clone(index)
	slices.SortFunc(sorted, compareAttrs)
	return slices.Compact(sorted)
}

func compareAttrs(a, b store.Attr) int {
	if c := strings.Compare(a.Name, b.Name); c != 0 {
		return c
	}
	return strings.Compare(a.Value, b.Value)
}

// diffAttrs returns what is only in the first and what is only in the second
// of two sorted lists.
func diffAttrs(have, want []store.Attr) (gone, come []store.Attr) {
	for len(have) > 0 && len(want) > 0 {
		switch c := compareAttrs(have[0], want[0]); {
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
