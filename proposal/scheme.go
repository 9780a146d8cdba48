package proposal

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Scheme is one version of a coded list: categories, refusal reasons, answer
// classes, opinions. Records keep the key and the version they were given in.
type Scheme struct {
	Name    string `json:"name"`
	Version int    `json:"version"`
	Terms   []Term `json:"terms"`

	// Since is the first day on which new records use this version; zero: from the
	// beginning, or, where there is one before it, from when the rules have it.
	Since calendar.Date `json:"since,omitzero"`

	// From maps keys of the version before to keys of this one, where they are
	// not the same: the explicit way from one version to the next.
	From map[string]string `json:"from,omitempty"`
}

// Term is one entry of a scheme.
type Term struct {
	Key     string          `json:"key"` // stable, at most 256 bytes; lower-case ASCII is best, a word as printed will do
	Label   lifecycle.Label `json:"label"`
	Parent  string          `json:"parent,omitempty"`  // the term of the upper level that this one is below (二级类别)
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
		return Term{}, workflow.Invalid(field, "unknown", "%[2]s中没有%[1]q", "%q is not in %s", key, s.ID())
	case t.Retired:
		return Term{}, workflow.Invalid(field, "retired", "%[2]s的%[1]q已停用", "%q of %s is retired", key, s.ID())
	}
	return t, nil
}

// Upper returns the key of the upper level under which a key counts: its parent's,
// or its own.
func (s Scheme) Upper(key string) string {
	if t, ok := s.Term(key); ok && t.Parent != "" {
		return t.Parent
	}
	return key
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

// On returns the version that new records of a day use: the last that has begun.
func (v Versions) On(day calendar.Date) Scheme {
	for i := len(v) - 1; i > 0; i-- {
		if v[i].Since.IsZero() || !day.Before(v[i].Since) {
			return v[i]
		}
	}
	return v[:min(1, len(v))].Latest()
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

// Carry brings a key that was given in the version of that ID through every
// later version into the last one: what a record of then is called now. ok is
// false when there is no such version, or it has no such key.
func (v Versions) Carry(id, key string) (now string, ok bool) {
	found := false
	for _, s := range v {
		switch {
		case found:
			key, ok = s.Map(key)
		case s.ID() == id:
			found = true
			_, ok = s.Term(key)
		}
		if found && !ok {
			return "", false
		}
	}
	if !found {
		return "", false
	}
	return key, true
}

// check finds a version that is out of order, has a bad key or one twice, or
// loses a code that the version before had.
func (v Versions) check(field string) error {
	for i, s := range v {
		at := fmt.Sprintf("%s[%d]", field, i)
		switch {
		case !isName(s.Name):
			return workflow.Invalid(at+".name", "unsafe", "%q不能作编码表名称：应为1至64个 a-z 0-9 _ . -", "%q is no name of a scheme: 1 to 64 of a-z 0-9 _ . -", s.Name)
		case s.Version < 1:
			return workflow.Invalid(at+".version", "order", "%q的版本为%d，版本号从1起", "the version of %q is %d; versions count from 1", s.Name, s.Version)
		case i > 0 && s.Since.Before(v[i-1].Since) && !s.Since.IsZero():
			return workflow.Invalid(at+".since", "order", "%s的起用日期早于%s", "%s begins before %s", s.ID(), v[i-1].ID())
		case i > 0 && (s.Name != v[0].Name || s.Version <= v[i-1].Version):
			return workflow.Invalid(at, "order", "%s不接续%s", "%s does not follow %s", s.ID(), v[i-1].ID())
		}
		if err := s.checkKeys(at); err != nil {
			return err
		}
		if i == 0 {
			if len(s.From) > 0 {
				return workflow.Invalid(at+".from", "unknown", "%s之前没有版本可供对应", "%s has no version before it to map keys of", s.ID())
			}
			continue
		}
		if err := s.checkFrom(at, v[i-1]); err != nil {
			return err
		}
	}
	return nil
}

func (s Scheme) checkKeys(at string) error {
	seen := make(map[string]bool)
	for j, t := range s.Terms {
		where := fmt.Sprintf("%s.terms[%d].key", at, j)
		if err := checkID(where, t.Key); err != nil {
			return err
		}
		if seen[t.Key] {
			return workflow.Invalid(where, "duplicate", "%s的键%q重复", "%s has the key %q twice", s.ID(), t.Key)
		}
		seen[t.Key] = true
	}
	for j, t := range s.Terms {
		if t.Parent == "" {
			continue
		}
		if upper, ok := s.Term(t.Parent); !ok || upper.Parent != "" {
			return workflow.Invalid(fmt.Sprintf("%s.terms[%d].parent", at, j), "unknown",
				"%[2]s的%[1]q的上级%[3]q不是一级类别", "%q of %s is below %q, which is no term of the upper level", t.Key, s.ID(), t.Parent)
		}
	}
	return nil
}

// checkFrom holds s to the promise that no code of the version before is lost.
func (s Scheme) checkFrom(at string, before Scheme) error {
	for _, key := range slices.Sorted(maps.Keys(s.From)) {
		if _, ok := before.Term(key); !ok {
			return workflow.Invalid(at+".from", "unknown", "%[1]s对应了%[2]q，而%[3]s没有这一项", "%s maps %q, which %s does not have", s.ID(), key, before.ID())
		}
	}
	for _, t := range before.Terms {
		if _, ok := s.Map(t.Key); !ok {
			return workflow.Invalid(at, "lost", "%s丢失了%q：应停用或作对应", "%s loses %q: retire it, or map it", s.ID(), t.Key)
		}
	}
	return nil
}

// counts finds a term that counts as something else than one of allowed, or ""
// for nothing: figures, and the reopening after 不满意, go by it.
func (v Versions) counts(field string, allowed ...string) error {
	for i, s := range v {
		for j, t := range s.Terms {
			if t.As != "" && !slices.Contains(allowed, t.As) {
				return workflow.Invalid(fmt.Sprintf("%s[%d].terms[%d].as", field, i, j), "unknown",
					"%[2]s的%[1]q计作%[3]q，不在%[4]s之列", "%q of %s counts as %q, which is none of %s", t.Key, s.ID(), t.As, strings.Join(allowed, ", "))
			}
		}
	}
	return nil
}

// isName reports whether s can name a scheme: 1 to 64 of a-z 0-9 _ . and -.
func isName(s string) bool {
	return s != "" && len(s) <= 64 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_.-") == ""
}
