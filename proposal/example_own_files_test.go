package proposal_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A place's own lifecycle and rules are files that the program reads when it
// starts. What the file of rules does not name is as it is shipped.
func Example_ownFiles() {
	dir, err := os.MkdirTemp("", "city")
	if err != nil {
		log.Fatal(err)
	}
	definitionFile, rulesFile := filepath.Join(dir, "city.json"), filepath.Join(dir, "rules.json")
	if err := os.WriteFile(definitionFile, []byte(threeLinks), 0o600); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(rulesFile, []byte(`{"form": {"begins": ["关于"], "background": true}}`), 0o600); err != nil {
		log.Fatal(err)
	}

	text, err := os.ReadFile(definitionFile)
	if err != nil {
		log.Fatal(err)
	}
	d, err := lifecycle.Decode(text)
	if err != nil {
		log.Fatal(err)
	}
	if text, err = os.ReadFile(rulesFile); err != nil {
		log.Fatal(err)
	}
	rules, err := workflow.DecodeRules(proposal.DefaultRules(), text)
	if err != nil {
		log.Fatal(err)
	}
	svc, err := proposal.New(memory.New(), workflow.WithRules("", rules),
		workflow.WithDefinition(proposal.Kind, d), workflow.WithUse(proposal.Kind, "", d.Name))
	if err != nil {
		log.Fatal(err)
	}

	member := proposal.Actor{ID: "m-1", Body: "city", Roles: []string{"member"}}
	p, err := svc.Open(context.Background(), member, proposal.Draft{Title: "增设停车位", Category: proposal.Social})
	fmt.Println(p.Definition, p.Scheme, err, os.RemoveAll(dir))
	// Output:
	// three-links@1 categories@2 <nil> <nil>
}
