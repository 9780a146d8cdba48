package topic

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// Guards returns the guards that definitions of topics may name. Those with
// an argument are written "name:argument".
//
//	permitted        the last screening found nothing that may not be discussed
//	criteria:K,K     the last screening found all of the criteria K met
//	votes:N/M        of those present at the last vote, more than N in M were for it
func Guards() map[string]workflow.Guard[*Topic, rules.Rules] {
	return map[string]workflow.Guard[*Topic, rules.Rules]{"permitted": permitted, "criteria": criteria, "votes": votes}
}

func permitted(act *rules.Act, t *Topic) []workflow.Blocker {
	if t.Screening == nil {
		return block("not_screened", "议题尚未审查", "the topic has not been screened")
	}
	var blockers []workflow.Blocker
	for _, key := range t.Screening.Excluded {
		term, _ := act.Rules.Exclusions.Term(key)
		blockers = append(blockers, workflow.Block("excluded",
			"不宜协商："+term.Label.In("zh", key), "this may not be discussed: "+term.Label.In("en", key)))
	}
	return blockers
}

func criteria(act *rules.Act, t *Topic) []workflow.Blocker {
	var blockers []workflow.Blocker
	for key := range strings.SplitSeq(act.Argument, ",") {
		if t.Met(key) {
			continue
		}
		term, _ := act.Rules.Criteria.Term(key)
		blockers = append(blockers, workflow.Block("criterion_not_met",
			"不符合选题标准："+term.Label.In("zh", key), "a criterion is not met: "+term.Label.In("en", key)))
	}
	return blockers
}

func votes(act *rules.Act, t *Topic) []workflow.Blocker {
	n, m, ok := fraction(act.Argument)
	if !ok {
		return block("guard_argument", "流程定义有误：票选比例", fmt.Sprintf("the definition asks for %q of the votes, which is no share", act.Argument))
	}
	if t.Ballot == nil {
		return block("not_voted", "尚未票选", "there has been no vote")
	}
	if t.Ballot.For*m <= t.Ballot.Present*n {
		return block("too_few_votes", fmt.Sprintf("赞成%d票，到会%d人，未超过%s", t.Ballot.For, t.Ballot.Present, act.Argument),
			fmt.Sprintf("%d of %d present were for it, not more than %s", t.Ballot.For, t.Ballot.Present, act.Argument))
	}
	return nil
}

// fraction reads N/M, a share of votes.
func fraction(text string) (n, m int, ok bool) {
	num, den, ok := strings.Cut(text, "/")
	n, err1 := strconv.Atoi(num)
	m, err2 := strconv.Atoi(den)
	return n, m, ok && err1 == nil && err2 == nil && n >= 0 && m >= 1 && n <= m && m <= 1000
}

func aShare(argument string) error {
	if _, _, ok := fraction(argument); !ok {
		return workflow.Invalid("votes", "unusable", "票选比例%q有误：应为N/M", "%q is no share: N/M", argument)
	}
	return nil
}

func block(code, zh, en string) []workflow.Blocker {
	return []workflow.Blocker{workflow.Block(code, zh, en)}
}
