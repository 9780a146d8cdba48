package rules

import (
	"slices"

	"github.com/tian-go/tian/proposal/workflow"
)

// Follow finds a key that rules had and those in their place lack: what is in use is
// retired, and never taken out of its list.
func Follow(field string, before, after Rules) error {
	lists := []struct {
		name          string
		before, after []string
	}{
		{"kinds", keysOf(before.Kinds, PlatformKind.key), keysOf(after.Kinds, PlatformKind.key)},
		{"forms", keysOf(before.Forms, Form.key), keysOf(after.Forms, Form.key)},
		{"participants", keysOf(before.Participants, Term.key), keysOf(after.Participants, Term.key)},
		{"criteria", keysOf(before.Criteria, Term.key), keysOf(after.Criteria, Term.key)},
		{"exclusions", keysOf(before.Exclusions, Term.key), keysOf(after.Exclusions, Term.key)},
		{"outcomes", keysOf(before.Outcomes, OutcomeKind.key), keysOf(after.Outcomes, OutcomeKind.key)},
		{"follow_ups", keysOf(before.FollowUps, Term.key), keysOf(after.FollowUps, Term.key)},
		{"satisfaction", keysOf(before.Satisfaction, Mark.key), keysOf(after.Satisfaction, Mark.key)},
	}
	for _, l := range lists {
		for _, key := range l.before {
			if !slices.Contains(l.after, key) {
				return workflow.Invalid(field+"."+l.name, "lost", "少了%q：用过的项应停用，不能删去", "%q is gone: retire what was in use", key)
			}
		}
	}
	return nil
}

func keysOf[T any](list []T, key func(T) string) []string {
	keys := make([]string, len(list))
	for i, item := range list {
		keys[i] = key(item)
	}
	return keys
}

func (k PlatformKind) key() string { return k.Key }
func (f Form) key() string         { return f.Key }
func (t Term) key() string         { return t.Key }
func (k OutcomeKind) key() string  { return k.Key }
func (m Mark) key() string         { return m.Key }
