package topic_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
)

// What the guards of topics let pass, and what they hold against one.
func TestGuardsHoldWhatTheySay(t *testing.T) {
	t.Parallel()
	screened := func(s topic.Screening) topic.Topic { return topic.Topic{Screening: &s} }
	voted := topic.Topic{Ballot: &topic.Ballot{Eligible: 20, Present: 16, Cast: 14, Valid: 12, For: 8}}
	for _, c := range []struct {
		guard, argument string
		t               topic.Topic
		codes           []string
	}{
		{"permitted", "", topic.Topic{}, []string{"not_screened"}},
		{"permitted", "", screened(topic.Screening{}), nil},
		{"permitted", "", screened(topic.Screening{Excluded: []string{"litigation"}}), []string{"excluded"}},
		{"permitted", "", screened(topic.Screening{Excluded: []string{"litigation", "personal"}}), []string{"excluded", "excluded"}},
		{"criteria", rules.SmallCut, topic.Topic{}, []string{"criterion_not_met"}},
		{"criteria", rules.SmallCut + "," + rules.Ready, screened(topic.Screening{Met: []string{rules.Ready}}), []string{"criterion_not_met"}},
		{"criteria", rules.SmallCut + "," + rules.Ready, screened(topic.Screening{Met: []string{rules.Ready, rules.SmallCut}}), nil},
		{"holds_none", "", topic.Topic{}, nil},
		{"holds_none", "", topic.Topic{Absorbed: []topic.Absorbed{{Topic: "t-2"}}}, []string{"holds_others"}},
		{"votes", "1/2", topic.Topic{}, []string{"not_voted"}},
		{"votes", "1/2", voted, []string{"too_few_votes"}}, // eight of sixteen are not more than half
		{"votes", "1/2:present", voted, []string{"too_few_votes"}},
		{"votes", "7/16", voted, nil},
		{"votes", "1/2:eligible", voted, []string{"too_few_votes"}},
		{"votes", "1/2:cast", voted, nil},
		{"votes", "2/3:cast", voted, []string{"too_few_votes"}},
		{"votes", "3/5:valid", voted, nil},
		{"votes", "2/3:valid", voted, []string{"too_few_votes"}},
		{"votes", "most", voted, []string{"guard_argument"}},
		{"votes", "1/2:all", voted, []string{"guard_argument"}},
	} {
		act := &rules.Act{Rules: rules.Default(), Argument: c.argument}
		var codes []string
		for _, b := range topic.Guards()[c.guard](act, &c.t) {
			codes = append(codes, b.Code)
			require.NotEmpty(t, b.ZH)
			require.NotEmpty(t, b.EN)
		}
		require.Equal(t, c.codes, codes, "%s:%s of %+v", c.guard, c.argument, c.t)
	}

	share := topic.Vocabulary().Arguments["votes"]
	for argument, usable := range map[string]bool{"1/2": true, "2/3:cast": true, "1/2:": false, "1/2:all": false, "most": false, "3/2": false, "": false} {
		require.Equal(t, usable, share(argument) == nil, argument)
	}
}
