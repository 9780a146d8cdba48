package topic

import (
	"fmt"
	"strings"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/workflow"
)

// Guards returns the guards that definitions of topics may name. Those with
// an argument are written "name:argument".
//
//	permitted        the last screening found nothing that may not be discussed
//	holds_none       no other topic was merged into it
//	criteria:K,K     the last screening found all of the criteria K met
//	votes:N/M[:of]   at the last vote more than N in M were for it, of those present,
//	                 or of: eligible, cast, valid
//	four_eyes        whoever asked for an erasure does not decide on it
func Guards() map[string]workflow.Guard[*Topic, rules.Rules] {
	return map[string]workflow.Guard[*Topic, rules.Rules]{
		"permitted": permitted, "criteria": criteria, "votes": votes, "holds_none": holdsNone, "four_eyes": erasure.FourEyes[*Topic, rules.Rules],
	}
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

func holdsNone(_ *rules.Act, t *Topic) []workflow.Blocker {
	if len(t.Absorbed) == 0 {
		return nil
	}
	return block("holds_others", "议题中并入了其他议题", "other topics were merged into it")
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
	share, of, ok := shareOf(act.Argument)
	if !ok {
		return block("guard_argument", "流程定义有误：票选比例", fmt.Sprintf("the definition asks for %q of the votes, which is no share", act.Argument))
	}
	if t.Ballot == nil {
		return block("not_voted", "尚未票选", "there has been no vote")
	}
	if base, _ := t.Ballot.Base(of); !share.Exceeded(t.Ballot.For, base) {
		return block("too_few_votes", fmt.Sprintf("赞成%d票，%s%d，未超过%s", t.Ballot.For, chinese(of), base, act.Argument),
			fmt.Sprintf("%d of %d %s were for it, not more than %s", t.Ballot.For, base, of, act.Argument))
	}
	return nil
}

// shareOf reads N/M or N/M:of, a share of votes and of what it is one: of those present
// without a word.
func shareOf(argument string) (share check.Share, of string, ok bool) {
	text, of, named := strings.Cut(argument, ":")
	if !named {
		of = "present"
	}
	share, ok = check.ShareOf(text)
	_, known := Ballot{}.Base(of)
	return share, of, ok && known
}

func chinese(of string) string {
	return map[string]string{"eligible": "应到", "present": "到会", "cast": "收回选票", "valid": "有效选票"}[of]
}

func aShare(argument string) error {
	if _, _, ok := shareOf(argument); !ok {
		return workflow.Invalid("votes", "unusable", "票选比例%q有误：应为N/M，可注明 :eligible、:present、:cast、:valid", "%q is no share: N/M, with :eligible, :present, :cast or :valid", argument)
	}
	return nil
}

func block(code, zh, en string) []workflow.Blocker {
	return []workflow.Blocker{workflow.Block(code, zh, en)}
}
