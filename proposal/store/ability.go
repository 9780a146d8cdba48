package store

import "context"

// Counter is a store that can count without returning what it counts. All the
// shipped stores are.
type Counter interface {
	// Count returns how many records answer q, whatever its Order, After and
	// Max. With the name of an attribute in by it returns the number for each
	// value of it that answers the conditions on it, and a record with several values
	// counts under each; with "" the one number is under "".
	Count(ctx context.Context, q Query, by string) (map[string]int64, error)
}

// Replacer is a store that heeds [Change.Replaced]. All the shipped stores are.
type Replacer interface {
	// ReplacesLines reports whether it does: the new Data is committed with the
	// record and its entries or not at all, and History, Feed and Load return it
	// from then on.
	ReplacesLines() bool
}

// Indexed is a store that keeps what records are found by a second time, to search
// it, where somebody could edit it beside the record. The shipped databases are.
type Indexed interface {
	// Misindexed returns the records of a kind, by ID, whose index is not what the
	// record itself says, each with what the index has of it. A record that is in the
	// index only is one of them.
	Misindexed(ctx context.Context, kind string) (map[string][]Attr, error)
}

// Trial is a store on which acts are only tried out, as package dryrun has one: what
// is refused there was nobody's attempt.
type Trial interface {
	// OnlyTries reports whether nothing that is committed here comes true.
	OnlyTries() bool
}

// As returns s, or the first of the stores behind it, as what has the ability
// T. A decorator shows the store behind it with a method Unwrap() Store, unless
// it has the ability itself.
func As[T any](s Store) (T, bool) {
	for s != nil {
		if able, ok := s.(T); ok {
			return able, true
		}
		decorator, ok := s.(interface{ Unwrap() Store })
		if !ok {
			break
		}
		s = decorator.Unwrap()
	}
	var none T
	return none, false
}
