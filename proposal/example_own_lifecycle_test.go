package proposal_test

import (
	"context"
	"fmt"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// threeLinks is the lifecycle of a place that has three links, as it stands in
// the place's own file.
const threeLinks = `{
  "name": "three-links", "version": 1, "open": ["member"], "initial": "draft",
  "stages": [
    {"key": "raise", "label": {"zh": "提", "en": "raise"}},
    {"key": "file", "label": {"zh": "立", "en": "file"}},
    {"key": "do", "label": {"zh": "办", "en": "do"}}
  ],
  "states": [
    {"key": "draft", "stage": "raise"},
    {"key": "submitted", "stage": "raise"},
    {"key": "filed", "stage": "file"},
    {"key": "closed", "stage": "do", "final": true}
  ],
  "transitions": [
    {"event": "submit", "from": ["draft"], "to": "submitted", "roles": ["proposer"]},
    {"event": "file", "from": ["submitted"], "to": "filed", "roles": ["office"], "guards": ["numbered", "complete"]},
    {"event": "close", "from": ["filed"], "to": "closed", "roles": ["office"]}
  ]
}`

// A lifecycle of one's own is a definition in JSON. It uses the package's
// actions and guards by name, and those of its bodies only.
func Example_ownLifecycle() {
	d, err := lifecycle.Decode([]byte(threeLinks))
	if err != nil {
		fmt.Println(err)
		return
	}
	svc, err := proposal.New(memory.New(), workflow.WithDefinition(proposal.Kind, d), workflow.WithUse(proposal.Kind, "town", d.Name))
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	member := proposal.Actor{ID: "m-1", Body: "town", Roles: []string{"member"}}
	office := proposal.Actor{ID: "o-1", Body: "town", Roles: []string{"office"}}

	p, err := svc.Open(ctx, member, proposal.Draft{
		Title: "关于增设停车位的提案", Category: proposal.Social, Text: proposal.Text{Suggestions: []string{"利用闲置地块。"}},
	})
	for _, s := range []struct {
		actor  proposal.Actor
		action proposal.Action
	}{{member, proposal.Submit{}}, {office, proposal.File{Number: "1"}}, {office, proposal.Close{}}} {
		if err == nil {
			p, err = svc.Do(ctx, s.actor, p.ID, s.action)
		}
		if err == nil {
			fmt.Println(s.action.Event(), "→", p.State, "in", p.Stage, "of", p.Definition)
		}
	}
	fmt.Println(err)
	// Output:
	// submit → submitted in raise of three-links@1
	// file → filed in file of three-links@1
	// close → closed in do of three-links@1
	// <nil>
}
