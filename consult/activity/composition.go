package activity

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// composition asks the rules of the form and of the kind of platform.
func composition(act *rules.Act, a *Activity) []workflow.Blocker {
	form, _ := act.Rules.Form(a.Form)
	kind, _ := act.Rules.Kind(a.Kind)
	var blockers []workflow.Blocker
	for _, rule := range slices.Concat(form.Composition, kind.Composition) {
		name, argument, _ := strings.Cut(rule, ":")
		asked := *act
		asked.Argument = argument
		switch name {
		case "parties":
			blockers = append(blockers, parties(&asked, a)...)
		case "interested_half":
			blockers = append(blockers, interestedHalf(&asked, a)...)
		case "least":
			blockers = append(blockers, least(&asked, a)...)
		case "share":
			blockers = append(blockers, shares(&asked, a)...)
		case "quorum":
			blockers = append(blockers, quorum(&asked, a)...)
		}
	}
	return blockers
}

func parties(act *rules.Act, a *Activity) []workflow.Blocker {
	present := a.present(act)
	var blockers []workflow.Blocker
	for kinds := range strings.SplitSeq(act.Argument, ",") {
		either := strings.Split(kinds, "|")
		if slices.ContainsFunc(either, func(k string) bool { return present[k] > 0 }) {
			continue
		}
		blockers = append(blockers, workflow.Block("party_missing",
			"参加人员中没有"+kindNames(act, either, "zh", "或"), "nobody is there of: "+kindNames(act, either, "en", " or ")))
	}
	return blockers
}

func interestedHalf(act *rules.Act, a *Activity) []workflow.Blocker {
	kinds := []string{rules.Interested}
	if act.Argument != "" {
		kinds = strings.Split(act.Argument, ",")
	}
	interested, all := 0, 0
	for kind, n := range a.present(act) {
		all += n
		if slices.Contains(kinds, kind) {
			interested += n
		}
	}
	if all > 0 && 2*interested >= all {
		return nil
	}
	return block("interested_minority", fmt.Sprintf("参加人员%d人，其中%s%d人，不足一半", all, kindNames(act, kinds, "zh", "、"), interested),
		fmt.Sprintf("of %d who are there, %d are %s: fewer than half", all, interested, kindNames(act, kinds, "en", ", ")))
}

// least asks for so many of each kind, or of several together.
func least(act *rules.Act, a *Activity) []workflow.Blocker {
	present := a.present(act)
	var blockers []workflow.Blocker
	for rule := range strings.SplitSeq(act.Argument, ",") {
		kinds, number, _ := strings.Cut(rule, "=")
		want, err := strconv.Atoi(number)
		if err != nil {
			return block("guard_argument", "流程定义有误：最少人数", fmt.Sprintf("%q is no number", number))
		}
		of := strings.Split(kinds, "|")
		if n, _ := among(present, of); n < want {
			blockers = append(blockers, workflow.Block("too_few", fmt.Sprintf("%s%d人，少于%d人", kindNames(act, of, "zh", "、"), n, want),
				fmt.Sprintf("%d are there of %s: fewer than %d", n, kindNames(act, of, "en", ", "), want)))
		}
	}
	return blockers
}

// shares asks for so large a share of some kinds.
func shares(act *rules.Act, a *Activity) []workflow.Blocker {
	kinds, text, _ := strings.Cut(act.Argument, "=")
	share, ok := check.ShareOf(text)
	if !ok {
		return block("guard_argument", "流程定义有误：人员比例", fmt.Sprintf("%q is no share", text))
	}
	of := strings.Split(kinds, "|")
	n, all := among(a.present(act), of)
	if all > 0 && share.Reached(n, all) {
		return nil
	}
	return block("too_small_a_share", fmt.Sprintf("参加人员%d人，其中%s%d人，不足%s", all, kindNames(act, of, "zh", "、"), n, text),
		fmt.Sprintf("of %d who are there, %d are %s: less than %s", all, n, kindNames(act, of, "en", ", "), text))
}

// among counts those of some kinds, and all.
func among(present map[string]int, kinds []string) (n, all int) {
	for kind, count := range present {
		all += count
		if slices.Contains(kinds, kind) {
			n += count
		}
	}
	return n, all
}

func kindNames(act *rules.Act, keys []string, lang, separator string) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		term, _ := act.Rules.Participants.Term(key)
		names[i] = term.Label.In(lang, key)
	}
	return strings.Join(names, separator)
}

// present counts by kind who was there according to the action under way, or,
// while there is none, who could still come.
func (a *Activity) present(act *rules.Act) map[string]int {
	count := make(map[string]int)
	hold, holding := actionOf[Hold](act)
	if !holding {
		for _, p := range a.Participants {
			if a.TrackMeans(invitationTrack, p.ID) != declined {
				count[p.Kind]++
			}
		}
		return count
	}
	for i, id := range hold.Attended {
		if p := a.Participant(id); p != nil && !slices.Contains(hold.Attended[:i], id) {
			count[p.Kind]++
		}
	}
	for _, p := range hold.Joined {
		count[p.Kind]++
	}
	return count
}
