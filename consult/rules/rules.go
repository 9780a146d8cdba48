package rules

import (
	"slices"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Act is one act under way, under the rules of its body; see [workflow.Act].
type Act = workflow.Act[Rules]

// AdoptedBy is the kind of the cases whose engine adopts rules, those of activities,
// for platforms and topics too.
const AdoptedBy = "consult.activity"

// Rules is what a body words, codes and demands in its own way: data, for each
// body its own. The zero Rules knows no code at all; start from
// [Default].
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

// UseKind returns the kind of platform of that key for a new record. The error, at field,
// says that there is none or that it is retired.
func (r Rules) UseKind(field, key string) (PlatformKind, error) {
	found, ok := r.Kind(key)
	return found, usable(field, key, ok, found.Retired)
}

// UseForm returns the form of consultation of that key for a new record. The error, at field,
// says that there is none or that it is retired.
func (r Rules) UseForm(field, key string) (Form, error) {
	found, ok := r.Form(key)
	return found, usable(field, key, ok, found.Retired)
}

// UseOutcome returns the kind of outcome of that key for a new record. The error, at field,
// says that there is none or that it is retired.
func (r Rules) UseOutcome(field, key string) (OutcomeKind, error) {
	found, ok := r.Outcome(key)
	return found, usable(field, key, ok, found.Retired)
}

// Values returns what a field of an action may be that is a key of a list:
// kinds, forms, participants, criteria, exclusions, outcomes, follow_ups.
func (r Rules) Values(list string) []form.Value {
	var values []form.Value
	add := func(key string, label lifecycle.Label, retired bool) {
		if !retired {
			values = append(values, form.Value{Key: key, Label: label})
		}
	}
	terms := map[string]Terms{"participants": r.Participants, "criteria": r.Criteria, "exclusions": r.Exclusions, "follow_ups": r.FollowUps}
	for _, t := range terms[list] {
		add(t.Key, t.Label, t.Retired)
	}
	switch list {
	case "kinds":
		for _, k := range r.Kinds {
			add(k.Key, k.Label, k.Retired)
		}
	case "forms":
		for _, f := range r.Forms {
			add(f.Key, f.Label, f.Retired)
		}
	case "outcomes":
		for _, k := range r.Outcomes {
			add(k.Key, k.Label, k.Retired)
		}
	}
	return values
}

// Roles returns those that definitions may name, beside relations.
func Roles() []string {
	return []string{"office", "committee", "leader", "member", "department", "unit", "party", "supervisor", "media"}
}
