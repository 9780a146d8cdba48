package rules

import (
	"strings"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/proposal/workflow"
)

// Check finds lists with an empty or doubled key, quotas that make no sense and
// composition rules that no guard stands behind.
func (r Rules) Check(field string) error {
	lists := []struct {
		name  string
		terms Terms
	}{{"participants", r.Participants}, {"criteria", r.Criteria}, {"exclusions", r.Exclusions}, {"follow_ups", r.FollowUps}}
	for _, l := range lists {
		if err := l.terms.Check(field + "." + l.name); err != nil {
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
		where := check.At(field+".kinds", i)
		if err := k.Quota.Check(where + ".quota"); err != nil {
			return err
		}
		if err := r.checkComposition(where+".composition", k.Composition); err != nil {
			return err
		}
	}
	for i, f := range r.Forms {
		where := check.At(field+".forms", i)
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
			return workflow.Invalid(check.At(field, i), "unknown", "%q不是人员构成规则：应为 parties:KIND,KIND 或 interested_half", "%q is no composition rule: parties:KIND,KIND or interested_half", rule)
		}
		if name == "interested_half" && argument == "" {
			continue
		}
		for kinds := range strings.SplitSeq(argument, ",") {
			for kind := range strings.SplitSeq(kinds, "|") {
				if _, ok := r.Participants.Term(kind); !ok {
					return workflow.Invalid(check.At(field, i), "unknown", "规则中没有参加人员类别%q", "there is no kind of participant %q in the rules", kind)
				}
			}
		}
	}
	return nil
}
