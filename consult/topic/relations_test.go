package topic_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/workflow"
)

// Whoever raised a topic, or one merged into it, is a source of it; whoever convenes its
// platform now does so by that office alone.
func TestRelationsHoldTowardsWhomTheySay(t *testing.T) {
	t.Parallel()
	of := &topic.Topic{
		Platform: "p-1", Source: topic.Source{Kind: topic.FromMember, ID: "m-1"}, Sources: []topic.Source{{Kind: topic.FromResidents}}, // residents have no account
		Absorbed: []topic.Absorbed{{Topic: "t-2", Sources: []topic.Source{{Kind: topic.FromUnit, ID: "bureau"}}}},
	}
	relations := make(map[string]workflow.Relation[*topic.Topic])
	for _, r := range topic.Relations() {
		relations[r.Name] = r
	}
	for _, c := range []struct {
		relation string
		actor    workflow.Actor
		holds    bool
	}{
		{"source", workflow.Actor{ID: "m-1"}, true},
		{"source", workflow.Actor{ID: "clerk", Unit: "bureau"}, true},
		{"source", workflow.Actor{ID: "m-2"}, false},
		{"source", workflow.Actor{}, false}, // not towards what residents raised
		{"convenor", workflow.Actor{ID: "m-1", Unit: "p-1"}, false},
	} {
		require.Equal(t, c.holds, relations[c.relation].Holds(c.actor, of, ""), "%s: %+v", c.relation, c.actor)
	}
	var whom []workflow.Party
	for _, p := range relations["source"].Whom(of) {
		if p != (workflow.Party{}) { // nobody
			whom = append(whom, p)
		}
	}
	require.Equal(t, []workflow.Party{{Person: "m-1"}, {Unit: "m-1"}, {Person: "bureau"}, {Unit: "bureau"}}, whom)
	require.Equal(t, []workflow.Party{{Office: "p-1"}}, relations["convenor"].Whom(of))
}
