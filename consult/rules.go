package consult

import (
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Rules is what a body words, codes and demands in its own way: data, for each
// body its own. The zero Rules knows no code at all; start from
// [DefaultRules].
type Rules struct {
	Kinds        []PlatformKind `json:"kinds"`
	Forms        []Form         `json:"forms"`
	Participants Terms          `json:"participants"`
	Criteria     Terms          `json:"criteria"`   // by which topics are chosen
	Exclusions   Terms          `json:"exclusions"` // what may not be discussed
	Outcomes     []OutcomeKind  `json:"outcomes"`
	FollowUps    Terms          `json:"follow_ups"`
	Satisfaction []Mark         `json:"satisfaction"` // the scale participants are asked on
}

// PlatformKind (平台类别) is a kind of platform, with what the place asks of each.
type PlatformKind struct {
	Key         string          `json:"key"`
	Label       lifecycle.Label `json:"label"`
	Quota       Quota           `json:"quota,omitzero"`        // zero: none
	Composition []string        `json:"composition,omitempty"` // composition rules, as guards: "parties:member,resident"
	Retired     bool            `json:"retired,omitempty"`
}

// Form (协商形式) is a form of consultation, with what it asks of an activity.
type Form struct {
	Key         string          `json:"key"`
	Label       lifecycle.Label `json:"label"`
	Limits      []string        `json:"limits,omitempty"`      // limits counted back from the day of the activity that bind it: notice, materials
	Research    bool            `json:"research,omitempty"`    // research comes first
	Composition []string        `json:"composition,omitempty"` // composition rules, as guards
	Retired     bool            `json:"retired,omitempty"`
}

// OutcomeKind (成果形式) is a kind of outcome.
type OutcomeKind struct {
	Key     string          `json:"key"`
	Label   lifecycle.Label `json:"label"`
	Led     bool            `json:"led,omitempty"` // it needs a named lead (领办人)
	Retired bool            `json:"retired,omitempty"`
}

// Mark is one answer of the satisfaction scale.
type Mark struct {
	Key       string          `json:"key"`
	Label     lifecycle.Label `json:"label"`
	Satisfied bool            `json:"satisfied,omitempty"` // it counts as satisfied
}

// check finds lists with an empty or doubled key, quotas that make no sense and
// composition rules that no guard stands behind.
func (r Rules) check(field string) error {
	lists := []struct {
		name  string
		terms Terms
	}{{"participants", r.Participants}, {"criteria", r.Criteria}, {"exclusions", r.Exclusions}, {"follow_ups", r.FollowUps}}
	for _, l := range lists {
		if err := l.terms.check(field + "." + l.name); err != nil {
			return err
		}
	}
	if err := checkKeys(field+".kinds", r.Kinds, func(k PlatformKind) string { return k.Key }); err != nil {
		return err
	}
	if err := checkKeys(field+".forms", r.Forms, func(f Form) string { return f.Key }); err != nil {
		return err
	}
	if err := checkKeys(field+".outcomes", r.Outcomes, func(k OutcomeKind) string { return k.Key }); err != nil {
		return err
	}
	if err := checkKeys(field+".satisfaction", r.Satisfaction, func(m Mark) string { return m.Key }); err != nil {
		return err
	}
	for i, k := range r.Kinds {
		where := at(field+".kinds", i)
		if err := k.Quota.check(where + ".quota"); err != nil {
			return err
		}
		if err := r.checkComposition(where+".composition", k.Composition); err != nil {
			return err
		}
	}
	for i, f := range r.Forms {
		where := at(field+".forms", i)
		if err := r.checkComposition(where+".composition", f.Composition); err != nil {
			return err
		}
	}
	return nil
}

func (r Rules) checkComposition(field string, rules []string) error {
	for i, rule := range rules {
		name, argument, _ := strings.Cut(rule, ":")
		switch name {
		case "parties", "interested_half":
		default:
			return workflow.Invalid(at(field, i), "unknown", "%q不是人员构成规则：应为 parties:KIND,KIND 或 interested_half", "%q is no composition rule: parties:KIND,KIND or interested_half", rule)
		}
		if name == "interested_half" && argument == "" {
			continue
		}
		for kinds := range strings.SplitSeq(argument, ",") {
			for kind := range strings.SplitSeq(kinds, "|") {
				if _, ok := r.Participants.Term(kind); !ok {
					return workflow.Invalid(at(field, i), "unknown", "规则中没有参加人员类别%q", "there is no kind of participant %q in the rules", kind)
				}
			}
		}
	}
	return nil
}

// Kind returns the kind of platform of that key.
func (r Rules) Kind(key string) (PlatformKind, bool) {
	i := slices.IndexFunc(r.Kinds, func(k PlatformKind) bool { return k.Key == key })
	if i < 0 {
		return PlatformKind{}, false
	}
	return r.Kinds[i], true
}

// Form returns the form of consultation of that key.
func (r Rules) Form(key string) (Form, bool) {
	i := slices.IndexFunc(r.Forms, func(f Form) bool { return f.Key == key })
	if i < 0 {
		return Form{}, false
	}
	return r.Forms[i], true
}

// Outcome returns the kind of outcome of that key.
func (r Rules) Outcome(key string) (OutcomeKind, bool) {
	i := slices.IndexFunc(r.Outcomes, func(k OutcomeKind) bool { return k.Key == key })
	if i < 0 {
		return OutcomeKind{}, false
	}
	return r.Outcomes[i], true
}
