package proposal

import (
	"fmt"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Scheme is one version of a coded list: categories, refusal reasons, answer
// classes, opinions. Records keep the key and the version they were given in.
type Scheme struct {
	Name    string `json:"name"`
	Version int    `json:"version"`
	Terms   []Term `json:"terms"`

	// From maps keys of the version before to keys of this one, where they are
	// not the same: the explicit way from one version to the next.
	From map[string]string `json:"from,omitempty"`
}

// Term is one entry of a scheme.
type Term struct {
	Key     string          `json:"key"`
	Label   lifecycle.Label `json:"label"`
	Letter  string          `json:"letter,omitempty"`  // what is printed: A, B, C; letters mean different things in different places
	As      string          `json:"as,omitempty"`      // what it counts as in figures; see Settled, Satisfied and the others
	Retired bool            `json:"retired,omitempty"` // kept for old records, not for new ones
}

// What a term of the answer classes or of an opinion scale counts as. Places
// word and letter them differently; figures need to know which is which.
const (
	Settled   = "settled"   // solved or adopted
	Planned   = "planned"   // in a plan, or under way
	Reference = "reference" // kept for reference, or not feasible

	Satisfied    = "satisfied"           // 满意
	Mostly       = "basically_satisfied" // 基本满意, 理解
	Dissatisfied = "dissatisfied"        // 不满意: handling is reopened
)

// ID returns name@version.
func (s Scheme) ID() string { return fmt.Sprintf("%s@%d", s.Name, s.Version) }

// Term returns the term of that key.
func (s Scheme) Term(key string) (Term, bool) {
	for _, t := range s.Terms {
		if t.Key == key {
			return t, true
		}
	}
	return Term{}, false
}

// Map brings a key of the version before into this one; ok is false when this
// version neither has nor maps it.
func (s Scheme) Map(key string) (mapped string, ok bool) {
	if to, found := s.From[key]; found {
		key = to
	}
	_, ok = s.Term(key)
	return key, ok
}

// use returns the term of a key for a new record.
func (s Scheme) use(field, key string) (Term, error) {
	t, ok := s.Term(key)
	switch {
	case !ok:
		return Term{}, workflow.Invalid(field, "unknown", "%q is not in %s", key, s.ID())
	case t.Retired:
		return Term{}, workflow.Invalid(field, "retired", "%q of %s is retired", key, s.ID())
	}
	return t, nil
}

// Versions is every version of one scheme, oldest first. New records use the
// last.
type Versions []Scheme

// Latest returns the version that new records use; the zero Scheme, which has
// no terms, when there is none.
func (v Versions) Latest() Scheme {
	if len(v) == 0 {
		return Scheme{}
	}
	return v[len(v)-1]
}

// Scheme returns the version of that [Scheme.ID].
func (v Versions) Scheme(id string) (Scheme, bool) {
	for _, s := range v {
		if s.ID() == id {
			return s, true
		}
	}
	return Scheme{}, false
}

// check finds a version that is out of order, has a key twice, or loses a code
// that the version before had.
func (v Versions) check(field string) error {
	for i, s := range v {
		at := fmt.Sprintf("%s[%d]", field, i)
		if i > 0 && (s.Name != v[0].Name || s.Version <= v[i-1].Version) {
			return workflow.Invalid(at, "order", "%s does not follow %s", s.ID(), v[i-1].ID())
		}
		seen := make(map[string]bool)
		for _, t := range s.Terms {
			if t.Key == "" || seen[t.Key] {
				return workflow.Invalid(at, "duplicate", "%s: the key %q is empty or there twice", s.ID(), t.Key)
			}
			seen[t.Key] = true
		}
		if i == 0 {
			continue
		}
		for _, t := range v[i-1].Terms {
			if _, ok := s.Map(t.Key); !ok {
				return workflow.Invalid(at, "lost", "%s loses %q: retire it, or map it", s.ID(), t.Key)
			}
		}
	}
	return nil
}
