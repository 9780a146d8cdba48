package rules

import (
	"strconv"
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
	for i, k := range r.Outcomes {
		if _, ok := check.ShareOf(k.Votes); k.Votes != "" && !ok {
			return workflow.Invalid(check.At(field+".outcomes", i)+".votes", "unusable", "表决比例%q有误：应为N/M", "%q is no share of votes: N/M", k.Votes)
		}
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

// checkComposition finds composition rules that no guard stands behind, kinds of
// participants that there are not, and numbers and shares that are none.
func (r Rules) checkComposition(field string, rules []string) error {
	for i, rule := range rules {
		at := check.At(field, i)
		name, argument, _ := strings.Cut(rule, ":")
		switch name {
		case "quorum":
			if _, ok := check.ShareOf(argument); !ok {
				return workflow.Invalid(at, "unusable", "%q不是比例", "%q is no share", argument)
			}
			continue
		case "parties", "interested_half", "least", "share":
		default:
			return workflow.Invalid(at, "unknown", "%q不是人员构成规则：应为 parties、interested_half、least、share 或 quorum", "%q is no composition rule: parties, interested_half, least, share or quorum", rule)
		}
		if name == "interested_half" && argument == "" {
			continue
		}
		for part := range strings.SplitSeq(argument, ",") {
			if err := r.checkKinds(at, name, part); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r Rules) checkKinds(at, name, part string) error {
	kinds, number, _ := strings.Cut(part, "=")
	switch n, err := strconv.Atoi(number); name {
	case "least":
		if err != nil || n < 1 || n > check.MaxList {
			return workflow.Invalid(at, "unusable", "%q不是人数", "%q is no number of people", number)
		}
	case "share":
		if _, ok := check.ShareOf(number); !ok {
			return workflow.Invalid(at, "unusable", "%q不是比例", "%q is no share", number)
		}
	default:
		kinds = part
	}
	for kind := range strings.SplitSeq(kinds, "|") {
		if _, ok := r.Participants.Term(kind); !ok {
			return workflow.Invalid(at, "unknown", "规则中没有参加人员类别%q", "there is no kind of participant %q in the rules", kind)
		}
	}
	return nil
}
