package main

import (
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// The versions of the program. The second knows the definition of the first too,
// and gives it to new cases until the body adopts its own: both can run side by side.
const (
	firstProgram  = 1
	secondProgram = 2
)

// adoptionLag is how long an adoption takes to hold everywhere; the same in each
// process. A host that is in no hurry leaves it at a minute.
const adoptionLag = 2 * time.Second

// city is the body above all others.
const city = "chongqing"

func districts() []string { return []string{"jiulongpo", "wanzhou", "xiushan", "yubei"} }

// newService sets the library up as a version of the program has it.
func newService(st store.Store, program int, observers ...workflow.Observer) (*proposal.Service, error) {
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		return nil, fmt.Errorf("the zone of the bodies: %w", err)
	}
	bodies := []workflow.Body{{ID: city, Zone: zone}}
	for _, id := range districts() {
		bodies = append(bodies, workflow.Body{ID: id, Parent: city, Zone: zone})
	}
	tree, err := workflow.NewTree(bodies...)
	if err != nil {
		return nil, fmt.Errorf("the bodies: %w", err)
	}
	options := []workflow.Option{
		workflow.WithTree(tree),
		workflow.WithIDsByBody(),
		workflow.WithAdoptionLag(adoptionLag),
		workflow.WithDefinition(proposal.Kind, firstDefinition()),
		workflow.WithUse(proposal.Kind, "", pinned(firstProgram)),
	}
	if program >= secondProgram {
		options = append(options,
			workflow.WithDefinition(proposal.Kind, secondDefinition()),
			workflow.WithAction(workflow.Describe(archive{}, "归档", "archive")))
	}
	for _, o := range observers {
		options = append(options, workflow.WithObserver(o))
	}
	return proposal.New(st, options...)
}

// pinned names the definition of a version of the program.
func pinned(program int) string { return fmt.Sprintf("fleet@%d", program) }

func firstDefinition() lifecycle.Definition {
	d := proposal.Nine()
	d.Name, d.Version = "fleet", firstProgram
	return d
}

// secondDefinition goes on where the first ends: what is closed can be archived.
func secondDefinition() lifecycle.Definition {
	d := firstDefinition()
	d.Version = secondProgram
	d.States = append(d.States, lifecycle.State{
		Key: "archived", Stage: "feedback", Final: true, Label: lifecycle.Label{ZH: "已归档", EN: "archived"},
	})
	d.Transitions = append(d.Transitions, lifecycle.Transition{
		Event: "archive", From: []string{"closed"}, To: "archived", Roles: []string{"office"},
		Label: lifecycle.Label{ZH: "归档", EN: "archive"},
	})
	return d
}

// archive is the action that the second version of the program brings.
type archive struct {
	Shelf string `json:"shelf" zh:"卷号" en:"shelf" field:"required,max=64"`
}

const shelfKey = "fleet.shelf"

// Event is "archive".
func (archive) Event() string { return "archive" }

// Apply keeps where the papers are.
func (a archive) Apply(_ *proposal.Act, p *proposal.Proposal) error {
	if a.Shelf == "" {
		return workflow.Invalid("shelf", "empty", "归档须有卷号", "archiving needs a shelf")
	}
	return p.SetExtra(shelfKey, a.Shelf)
}
