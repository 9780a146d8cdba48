package sqlstore

import (
	"slices"
	"testing"
	"testing/quick"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
)

func TestAttributesOfARowComeBack(t *testing.T) {
	property := func(names, values []byte) bool {
		index := sortAttrs(pairs(names, values))
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

func TestSpoiltAttributesAreAnError(t *testing.T) {
	for _, text := range []string{"", "{}", "[1]", "null x"} {
		_, err := decodeAttrs(text)
		require.ErrorContains(t, err, "attributes of the record's row", text)
	}
}

// Taking away what is gone and adding what has come leads from one to the other.
func TestTheDifferenceLeadsFromOneToTheOther(t *testing.T) {
	property := func(a, b, c, d []byte) bool {
		have, want := sortAttrs(pairs(a, b)), sortAttrs(pairs(c, d))
		gone, come := diffAttrs(have, want)
		got := slices.DeleteFunc(slices.Clone(have), func(x store.Attr) bool { return slices.Contains(gone, x) })
		for _, x := range come {
			if slices.Contains(have, x) {
				return false // a row that is there already
			}
		}
		return slices.Equal(sortAttrs(append(got, come...)), want) && len(have)-len(gone)+len(come) == len(want)
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
		back, err := decodeAttrs(encodeAttrs(index))
		if err != nil || len(back) != len(index) {
			t.Fatalf("%q was read as %q and written as %q: %v", text, index, encodeAttrs(index), err)
		}
	})
}
