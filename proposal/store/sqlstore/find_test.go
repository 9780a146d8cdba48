package sqlstore

import (
	"context"
	"database/sql"
	"io/fs"
	"strings"
	"testing"
	"testing/quick"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
)

func TestThePlaceAfterAPrefix(t *testing.T) {
	for prefix, want := range map[string]string{
		"":                      "",
		"a":                     "b",
		"关于":                    "关亏", // 于 is U+4E8E, 亏 U+4E8F
		"a\U0010FFFF":           "b",
		"\U0010FFFF":            "",
		"\uD7FF":                "\uE000",
		"\uFFFF":                "\U00010000",
		"\x7f":                  "\u0080",
		"b\U0010FFFF\U0010FFFF": "c",
	} {
		require.Equal(t, want, afterPrefix(prefix), "%q", prefix)
	}
}

// Whatever begins with a prefix is below the place after it, whatever is at or
// above the prefix and does not begin with it is not.
func TestThePlaceAfterAPrefixBoundsIt(t *testing.T) {
	property := func(prefix, text string) bool {
		prefix, text = strings.ToValidUTF8(prefix, ""), strings.ToValidUTF8(text, "")
		end := afterPrefix(prefix)
		if !utf8.ValidString(end) {
			return false
		}
		below := func(s string) bool { return end == "" || s < end }
		return below(prefix+text) && (text < prefix || strings.HasPrefix(text, prefix) == below(text))
	}
	require.NoError(t, quick.Check(property, &quick.Config{MaxCount: 5000}))
}

// oneRow is an answer of one row of numbers, or of none.
type oneRow []int

func (r *oneRow) Next() bool   { return len(*r) > 0 }
func (r *oneRow) Err() error   { return nil }
func (r *oneRow) Close() error { return nil }
func (r *oneRow) Scan(into ...any) error {
	for i := range into {
		*(into[i].(*int)) = (*r)[i] //nolint:forcetypeassert // the test's own
	}
	*r = nil
	return nil
}

// A text that few records contain is looked for in the index of its attribute,
// and not in every record; one that many contain is met in the order asked for,
// and so is one beside a condition that few answer.
func TestATextIsLookedForInTheIndexWhereFewContainIt(t *testing.T) {
	tables, err := NewTables("", "")
	require.NoError(t, err)
	s := &Store{dialect: standard{}, tables: tables}
	text := store.Match{Attr: "title", Op: store.Contains, Values: []string{"小店"}}
	body := store.Match{Attr: "body", Op: store.Is, Values: []string{"b"}}
	const driven = "(SELECT DISTINCT a.id FROM tian_attrs a WHERE a.kind = ? AND a.name = ? AND instr"
	for _, c := range []struct {
		where  []store.Match
		counts [][]int // answered in turn
		driven bool
	}{
		{[]store.Match{text}, [][]int{{3}}, true},
		{[]store.Match{text}, [][]int{{few + 1}}, false},
		{[]store.Match{text, body}, [][]int{{5}}, false},
		{[]store.Match{text, body}, [][]int{{few + 1}, {3}}, true},
	} {
		var last string
		counts := c.counts
		ask := func(_ context.Context, text string, _ ...any) (Rows, error) {
			last = text
			row := new(oneRow)
			if len(counts) > 0 {
				*row, counts = counts[0], counts[1:]
			}
			return row, nil
		}
		found, err := s.find(t.Context(), ask, store.Query{Kind: "case", Where: c.where})
		require.NoError(t, err)
		require.Empty(t, found)
		require.Empty(t, counts)
		require.Equal(t, c.driven, strings.Contains(last, driven), last)
	}
}

// Where few answer a condition, their own rows say where they stand: the index of
// the attribute that orders would be read whole for each of them.
func TestFewRecordsAreSortedByTheirOwnRows(t *testing.T) {
	tables, err := NewTables("", "")
	require.NoError(t, err)
	s := &Store{dialect: standard{}, tables: tables}
	var asked []string
	ask := func(_ context.Context, text string, _ ...any) (Rows, error) {
		row := new(oneRow)
		if len(asked) == 0 {
			*row = oneRow{3} // so many answer
		}
		asked = append(asked, text)
		return row, nil
	}
	_, err = s.find(t.Context(), ask, store.Query{Kind: "case", Order: "due", Where: []store.Match{
		{Attr: "body", Op: store.Is, Values: []string{"b"}},
	}})
	require.NoError(t, err)
	require.Len(t, asked, 2)
	require.Equal(t, "SELECT r.id, r.attrs FROM (SELECT DISTINCT a.id FROM tian_attrs a WHERE a.kind = ? AND a.name = ? AND a.value = ?) f "+
		"CROSS JOIN tian_records r WHERE r.kind = ? AND r.id = f.id", asked[1])
}

// standard is the dialect that most engines agree upon.
type standard struct {
	Standard
	rest
}

// rest is what a dialect has beside it.
type rest interface {
	Name() string
	Classify(err error) Fault
	Migrations() fs.FS
	Exclusive(ctx context.Context, conn *sql.Conn, t Tables, step func() error) error
}
