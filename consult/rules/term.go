package rules

import (
	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Term is one entry of a coded list: a key that records keep, and what people
// read. A term in use is never taken out of its list: retire it.
type Term struct {
	Key     string          `json:"key"`
	Label   lifecycle.Label `json:"label"`
	Retired bool            `json:"retired,omitempty"` // kept for old records, not for new ones
}

// Terms is a coded list.
type Terms []Term

// Term returns the term of that key.
func (t Terms) Term(key string) (Term, bool) {
	for _, term := range t {
		if term.Key == key {
			return term, true
		}
	}
	return Term{}, false
}

// Use refuses a key that is not in the list or is retired: a new record may not
// have it.
func (t Terms) Use(field, key string) error {
	term, ok := t.Term(key)
	return usable(field, key, ok, term.Retired)
}

func usable(field, key string, known, retired bool) error {
	switch {
	case !known:
		return workflow.Invalid(field, "unknown", "规则中没有%q", "there is no %q in the rules", key)
	case retired:
		return workflow.Invalid(field, "retired", "%q已停用", "%q is retired", key)
	}
	return nil
}

// Check finds keys that are empty or there twice.
func (t Terms) Check(field string) error {
	return checkKeys(field, t, func(term Term) string { return term.Key })
}

func checkKeys[T any](field string, list []T, key func(T) string) error {
	seen := make(map[string]bool, len(list))
	for i, entry := range list {
		k := key(entry)
		if k == "" || seen[k] {
			return workflow.Invalid(check.At(field, i)+".key", "duplicate", "键%q为空或重复", "the key %q is empty or there twice", k)
		}
		seen[k] = true
	}
	return nil
}
