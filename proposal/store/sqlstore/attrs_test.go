package sqlstore

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/quick"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
)

func TestAttributesOfARowComeBack(t *testing.T) {
	property := func(names, values []byte) bool {
		index := store.SortIndex(pairs(names, values))
		back, err := decodeAttrs(encodeAttrs(index))
		return err == nil && slices.Equal(back, index)
	}
	require.NoError(t, quick.Check(property, nil))

	index := []store.Attr{{Name: "<&>", Value: "\u2028'\"\\\n"}, {Name: "提案", Value: "😀"}}
	back, err := decodeAttrs(encodeAttrs(index))
	require.NoError(t, err)
	require.Equal(t, index, back)
	require.Equal(t, `[["a","<b>"]]`, encodeAttrs([]store.Attr{{Name: "a", Value: "<b>"}}))
}

// What is read fast is what encoding/json reads.
func TestAttributesAreReadAsJSON(t *testing.T) {
	read := 0
	property := func(names, values []string) bool {
		var index []store.Attr
		for i := range min(len(names), len(values)) {
			index = append(index, store.Attr{Name: strings.ToValidUTF8(names[i], ""), Value: strings.ToValidUTF8(values[i], "") + "\x1f\"\\\n"})
		}
		text := encodeAttrs(index)
		var pairs [][2]string
		if err := json.Unmarshal([]byte(text), &pairs); err != nil || len(pairs) != len(index) {
			return false
		}
		for i, p := range pairs {
			if p != [2]string{index[i].Name, index[i].Value} {
				return false
			}
		}
		fast, ok := scanAttrs(text)
		if ok {
			read++
		}
		return ok == (len(index) > 0) && slices.Equal(fast, index)
	}
	require.NoError(t, quick.Check(property, nil))
	require.Positive(t, read)

	for _, slow := range []string{`[ ["a","b"] ]`, `[["a","\u63d0"]]`, `[["a","\n"]]`} {
		_, ok := scanAttrs(slow)
		require.False(t, ok, slow)
		_, err := decodeAttrs(slow)
		require.NoError(t, err, slow)
	}
}

func TestSpoiltAttributesAreAnError(t *testing.T) {
	for _, text := range []string{"", "{}", "[1]", "null x"} {
		_, err := decodeAttrs(text)
		require.ErrorContains(t, err, "attributes of the record's row", text)
	}
}

// Taking away what is gone and adding what has come leads from one to the other.
func TestTheDifferenceLeadsFromOneToTheOther(t *testing.T) {
	property := func(a, b, c, d []byte) bool {
		have, want := store.SortIndex(pairs(a, b)), store.SortIndex(pairs(c, d))
		gone, come := diffAttrs(have, want)
		got := slices.DeleteFunc(slices.Clone(have), func(x store.Attr) bool { return slices.Contains(gone, x) })
		for _, x := range come {
			if slices.Contains(have, x) {
				return false // a row that is there already
			}
		}
		return slices.Equal(store.SortIndex(append(got, come...)), want) && len(have)-len(gone)+len(come) == len(want)
	}
	require.NoError(t, quick.Check(property, &quick.Config{MaxCount: 2000}))
}

// pairs makes attributes of few names and values, so that some are the same.
func pairs(names, values []byte) []store.Attr {
	var index []store.Attr
	for i := range min(len(names), len(values)) {
		index = append(index, store.Attr{Name: string('a' + rune(names[i]%4)), Value: string('a' + rune(values[i]%4))})
	}
	return index
}

func FuzzDecodeAttrs(f *testing.F) {
	f.Add(`[["state","filed"],["unit","商务厅"]]`)
	f.Add(`[]`)
	f.Add(`[["a"]]`)
	f.Fuzz(func(t *testing.T, text string) {
		index, err := decodeAttrs(text)
		if err != nil {
			return
		}
		var pairs [][2]string
		if err := json.Unmarshal([]byte(text), &pairs); err != nil || len(pairs) != len(index) {
			t.Fatalf("%q was read as %q: %v", text, index, err)
		}
		for i, p := range pairs {
			if p != [2]string{index[i].Name, index[i].Value} {
				t.Fatalf("%q was read as %q", text, index)
			}
		}
		back, err := decodeAttrs(encodeAttrs(index))
		if err != nil || len(back) != len(index) {
			t.Fatalf("%q was read as %q and written as %q: %v", text, index, encodeAttrs(index), err)
		}
	})
}
