package platform_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/proposal/workflow"
)

// A platform is convened by its convenor and the unit that runs it, and has members.
func TestRelationsHoldTowardsWhomTheySay(t *testing.T) {
	t.Parallel()
	p := &platform.Platform{Convenor: "convenor", Unit: "league", Members: []string{"m-1", "m-2"}}
	relations := make(map[string]workflow.Relation[*platform.Platform])
	for _, r := range platform.Relations() {
		relations[r.Name] = r
	}
	for _, c := range []struct {
		relation string
		actor    workflow.Actor
		holds    bool
	}{
		{"convenor", workflow.Actor{ID: "convenor"}, true},
		{"convenor", workflow.Actor{ID: "x", Unit: "league"}, true},
		{"convenor", workflow.Actor{ID: "m-1"}, false},
		{"convenor", workflow.Actor{ID: "league", Unit: "convenor"}, false}, // an account and a unit of one ID are two
		{"resident_member", workflow.Actor{ID: "m-2"}, true},
		{"resident_member", workflow.Actor{ID: "convenor"}, false},
		{"resident_member", workflow.Actor{ID: "x", Unit: "m-1"}, false},
	} {
		require.Equal(t, c.holds, relations[c.relation].Holds(c.actor, p, ""), "%s: %+v", c.relation, c.actor)
	}
	require.Equal(t, []workflow.Party{{Person: "convenor"}, {Unit: "league"}}, relations["convenor"].Whom(p))
	require.Equal(t, []workflow.Party{{Person: "m-1"}, {Person: "m-2"}}, relations["resident_member"].Whom(p))
}
