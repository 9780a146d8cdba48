package store

import "strings"

// Matches reports whether r answers q, leaving After and Limit aside. It is the
// meaning of a query in Go: what a store without an index can use, and what an
// index is tested against.
func (q Query) Matches(r Record) bool {
	if r.Kind != q.Kind {
		return false
	}
	for _, m := range q.Where {
		if !m.holds(r.Index) {
			return false
		}
	}
	return true
}

func (m Match) holds(index []Attr) bool {
	for _, a := range index {
		if a.Name != m.Attr {
			continue
		}
		for _, v := range m.Values {
			if m.Op.compare(a.Value, v) {
				return true
			}
		}
	}
	return false
}

func (o Op) compare(have, want string) bool {
	switch o {
	case Is:
		return have == want
	case AtLeast:
		return have >= want
	case Below:
		return have < want
	case Prefix:
		return strings.HasPrefix(have, want)
	case Contains:
		return strings.Contains(have, want)
	}
	return false
}
