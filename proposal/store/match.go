package store

import (
	"cmp"
	"slices"
	"strings"
)

// SortIndex returns the attributes ordered by name and value, each once.
func SortIndex(index []Attr) []Attr {
	sorted := slices.Clone(index)
	if !slices.IsSortedFunc(sorted, CompareAttrs) { // as an engine hands them over
		slices.SortFunc(sorted, CompareAttrs)
	}
	return slices.Compact(sorted)
}

// CompareAttrs orders attributes by name and value.
func CompareAttrs(a, b Attr) int {
	if c := strings.Compare(a.Name, b.Name); c != 0 {
		return c
	}
	return strings.Compare(a.Value, b.Value)
}

// Matches reports whether r answers the conditions of q, leaving After and Max
// aside. It is the meaning of a query in Go: what a store without an index can
// use, and what an index is tested against.
func (q Query) Matches(r Record) bool {
	if r.Kind != q.Kind {
		return false
	}
	for _, m := range q.Where {
		if !m.Holds(r.Index) {
			return false
		}
	}
	if q.Order == "" {
		return true
	}
	_, ok := q.placing(r)
	return ok
}

// PlaceOf returns where a record that answers q stands in its order: what After
// is set to for the page behind it.
func (q Query) PlaceOf(r Record) Place {
	if q.Order == "" {
		return Place{ID: r.ID}
	}
	a, _ := q.placing(r)
	return Place{Value: a.Value, ID: r.ID}
}

// ByIndex returns q, or a query with the same answers in the same order that an
// index on attributes gives as they come: records with one value of an attribute
// stand there in the order of their IDs.
func (q Query) ByIndex() Query {
	if q.Order != "" {
		return q
	}
	for _, m := range q.Where {
		if m.Op != Is || len(m.Values) != 1 || q.conditionsOn(m.Attr) > 1 {
			continue
		}
		q.Order = m.Attr
		if q.After.ID != "" {
			q.After.Value = m.Values[0]
		}
		return q
	}
	return q
}

func (q Query) conditionsOn(attr string) (n int) {
	for _, m := range q.Where {
		if m.Attr == attr {
			n++
		}
	}
	return n
}

// placing returns the pair by which r stands in the order of q.
func (q Query) placing(r Record) (first Attr, found bool) {
	for _, a := range q.Answering(r) {
		if c := strings.Compare(a.Value, first.Value); !found || q.Desc && c > 0 || !q.Desc && c < 0 {
			first, found = a, true
		}
	}
	return first, found
}

// Answering returns the pairs of r's attribute Order that answer every condition
// on it.
func (q Query) Answering(r Record) []Attr {
	var answering []Attr
	for _, a := range r.Index {
		if a.Name == q.Order && q.answers(a) {
			answering = append(answering, a)
		}
	}
	return answering
}

// answers reports whether a pair answers every condition on its attribute.
func (q Query) answers(a Attr) bool {
	for _, m := range q.Where {
		if m.Attr == a.Name && !m.Holds([]Attr{a}) {
			return false
		}
	}
	return true
}

// Compare returns which of two places comes first in the order of q.
func (q Query) Compare(a, b Place) int {
	c := cmp.Or(strings.Compare(a.Value, b.Value), strings.Compare(a.ID, b.ID))
	if q.Desc {
		return -c
	}
	return c
}

// Holds reports whether a record with this index answers the condition.
func (m Match) Holds(index []Attr) bool {
	for _, one := range m.Any {
		if one.Holds(index) {
			return true
		}
	}
	for _, a := range index {
		if a.Name != m.Attr || len(m.Any) > 0 {
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
