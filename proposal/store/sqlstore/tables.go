package sqlstore

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Tables holds the names of a store's tables as they stand in SQL.
type Tables struct {
	Records, Entries, Attrs, Schema string
	Arrivals, Feed, Last            string // unless the dialect is [Dialect.Alone]

	prefix string // of tables, with the schema's name in front
	index  string // of indexes, which live in the schema of their table
}

// DefaultPrefix begins the names of the tables when no other is asked for.
const DefaultPrefix = "tian_"

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,30}$`)

// NewTables returns the names of tables with a prefix (empty: [DefaultPrefix])
// in a database schema (empty: the connection's own). Both are identifiers of
// at most 31 ASCII letters, digits and underscores.
func NewTables(schema, prefix string) (Tables, error) {
	if prefix == "" {
		prefix = DefaultPrefix
	}
	if !identifier.MatchString(prefix) {
		return Tables{}, fmt.Errorf("sqlstore: table prefix %q is not an identifier", prefix)
	}
	full := prefix
	if schema != "" {
		if !identifier.MatchString(schema) {
			return Tables{}, fmt.Errorf("sqlstore: schema %q is not an identifier", schema)
		}
		full = schema + "." + prefix
	}
	return Tables{
		Records:  full + "records",
		Entries:  full + "entries",
		Attrs:    full + "attrs",
		Schema:   full + "schema",
		Arrivals: full + "arrivals",
		Feed:     full + "feed",
		Last:     full + "last",
		prefix:   full,
		index:    prefix,
	}, nil
}

// Name is unique to these tables within a database; locks are named for it.
func (t Tables) Name() string { return t.prefix }

// fill puts the names into the text of a migration.
func (t Tables) fill(text string) string {
	return strings.NewReplacer("{table}", t.prefix, "{index}", t.index).Replace(text)
}

func itoa(n int) string { return strconv.Itoa(n) }
