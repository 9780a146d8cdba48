package main

import (
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// bodies are those of the sample ledger, and one more, whose desk this is.
func bodies() (*workflow.Tree, error) {
	l, err := ledger.Read(ledger.Sample())
	if err != nil {
		return nil, err
	}
	tree, err := ledger.Tree(l.Rows)
	if err != nil {
		return nil, err
	}
	all := []workflow.Body{{ID: home, Parent: "county", Name: "秀山县政协（示意）"}}
	for _, id := range tree.Below(ledger.Root) {
		if b, known := tree.Body(id); known {
			all = append(all, b)
		}
	}
	return workflow.NewTree(all...)
}

// localRules are what the conference words in its own way: here only the list of
// the units that it gives proposals to.
func localRules() proposal.Rules {
	r := proposal.DefaultRules()
	for _, unit := range []struct{ id, en string }{
		{market, "market bureau"}, {housing, "housing commission"}, {traffic, "transport bureau"}, {health, "health commission"},
	} {
		r.Units = append(r.Units, proposal.Unit{ID: unit.id, Label: named(unit.id, unit.en), Kind: "government"})
	}
	return r
}

// units are suggested where a form asks for one.
func units(body string) (labels []lifecycle.Label) {
	if body != home {
		return nil
	}
	for _, u := range localRules().Units {
		labels = append(labels, u.Label)
	}
	return labels
}

// beijing is the zone of everything that the sample holds.
func beijing() *time.Location { return time.FixedZone("UTC+8", 8*60*60) }
