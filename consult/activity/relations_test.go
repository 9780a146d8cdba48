package activity_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/proposal/workflow"
)

// Each relation holds towards those it lists, and nobody else.
func TestRelationsHoldTowardsWhomTheySay(t *testing.T) {
	t.Parallel()
	a := activity.Activity{
		Convenor: "convenor", Unit: "league", Platform: "p-1",
		Participants: []activity.Participant{{ID: "came", Attended: true}, {ID: "stayed"}},
		Opinions: []activity.Opinion{
			{ID: "o1", By: "came", Asked: []activity.Request{{Unit: "bureau"}, {Unit: "schools"}}},
			{ID: "o2", Asked: []activity.Request{{Unit: ""}}}, // nobody is named who gave it
		},
		Items: []checklist.Item{
			{ID: "i1", Owner: checklist.Owner{Unit: "bureau"}, With: []checklist.Owner{{Account: "helper"}, {Unit: "schools"}}},
			{ID: "i2", Owner: checklist.Owner{Account: "owner"}},
		},
	}
	ofPlatform, published, withheld := a, a, a
	ofPlatform.OfPlatform = true
	published.Publication = &activity.Publication{Title: "公开"}
	withheld.Publication = &activity.Publication{Reason: "涉及隐私"}
	person, unit := func(id string) workflow.Actor { return workflow.Actor{ID: id} }, func(id string) workflow.Actor { return workflow.Actor{ID: "clerk", Unit: id} }
	relations := make(map[string]workflow.Relation[*activity.Activity])
	for _, r := range activity.Relations() {
		relations[r.Name] = r
	}
	for _, c := range []struct {
		relation string
		actor    workflow.Actor
		of       string
		a        *activity.Activity
		holds    bool
	}{
		{"convenor", person("convenor"), "", &a, true},
		{"convenor", unit("league"), "", &a, true},
		{"convenor", person("came"), "", &a, false},
		{"convenor", person("convenor"), "", &ofPlatform, false}, // whoever convenes the platform now does
		{"invitee", person("came"), "came", &a, true},
		{"invitee", person("came"), "stayed", &a, false}, // not towards another's invitation
		{"invitee", person("x"), "x", &a, false},
		{"attendee", person("came"), "", &a, true},
		{"attendee", person("stayed"), "", &a, false},
		{"attendee", person("x"), "", &a, false},
		{"giver", person("came"), "o1@bureau", &a, true},
		{"giver", person("stayed"), "o1@bureau", &a, false},
		{"giver", person(""), "o2@bureau", &a, false},
		{"giver", person("came"), "o9@bureau", &a, false},
		{"asked", unit("bureau"), "o1@bureau", &a, true},
		{"asked", unit("ｂｕｒｅａｕ"), "o1@bureau", &a, true},
		{"asked", unit("schools"), "o1@bureau", &a, false},
		{"asked", unit("bureau"), "o9@bureau", &a, false},
		{"asked", person("clerk"), "o2@", &a, false}, // acts for no unit
		{"owner", unit("bureau"), "i1", &a, true},
		{"owner", person("owner"), "i2", &a, true},
		{"owner", person("owner"), "i1", &a, false},
		{"owner", person("owner"), "i9", &a, false},
		{"co_owner", person("helper"), "i1", &a, true},
		{"co_owner", unit("schools"), "i1", &a, true},
		{"co_owner", unit("bureau"), "i1", &a, false},
		{"co_owner", person("helper"), "i9", &a, false},
		{"public", person(""), "", &published, true},
		{"public", person("convenor"), "", &a, false},
		{"public", person("convenor"), "", &withheld, false},
	} {
		require.Equal(t, c.holds, relations[c.relation].Holds(c.actor, c.a, c.of), "%s of %q: %+v", c.relation, c.of, c.actor)
	}

	for _, c := range []struct {
		relation string
		a        *activity.Activity
		whom     []workflow.Party
	}{
		{"convenor", &a, []workflow.Party{{Person: "convenor"}, {Unit: "league"}}},
		{"convenor", &ofPlatform, []workflow.Party{{Office: "p-1"}}},
		{"invitee", &a, []workflow.Party{{Person: "came"}, {Person: "stayed"}}},
		{"attendee", &a, []workflow.Party{{Person: "came"}}},
		{"giver", &a, []workflow.Party{{Person: "came"}}},
		{"asked", &a, []workflow.Party{{Unit: "bureau"}, {Unit: "schools"}}},
		{"owner", &a, []workflow.Party{{Unit: "bureau"}, {Person: "owner"}}},
		{"co_owner", &a, []workflow.Party{{Person: "helper"}, {Unit: "schools"}}},
		{"public", &a, nil},
		{"public", &withheld, nil},
		{"public", &published, []workflow.Party{{Anyone: true}}},
	} {
		var whom []workflow.Party
		for _, p := range relations[c.relation].Whom(c.a) {
			if p != (workflow.Party{}) { // nobody
				whom = append(whom, p)
			}
		}
		require.Equal(t, c.whom, whom, c.relation)
	}
}
