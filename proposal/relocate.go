package proposal

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/tian-go/tian/proposal/workflow"
)

// numberedIn is the attribute that holds the body from which a proposal has its
// number, where that is not the body that it is in.
const numberedIn = "numbered_in"

// numberedIn returns the body whose number the proposal has: the one that it is in,
// unless it was filed in another before.
func (p *Proposal) numberedIn() string {
	if p.NumberedIn != "" {
		return p.NumberedIn
	}
	return p.Body
}

// relocate says what stands against a proposal's going to another body: one that
// holds others, or is held, goes with them, and each code it holds is known there and
// means the same. Its number stays what it was, and the old body's.
func relocate(act *Act, p *Proposal, before Rules, r workflow.Relocation) (blockers []workflow.Blocker) {
	for _, id := range append(slices.Clone(p.Absorbed), p.MergedInto) {
		if id != "" && !slices.Contains(r.Cases, id) {
			blockers = append(blockers, workflow.Block("merged",
				fmt.Sprintf("与%s已并案，须一并移交，或先撤销并案", id), fmt.Sprintf("it is merged with %s: both go together, or the merge is undone first", id)))
		}
	}
	was, are := before.schemes(), act.Rules.schemes()
	ids := slices.DeleteFunc(slices.Sorted(slices.Values(p.schemes())), func(id string) bool { return id == "" })
	for _, id := range slices.Compact(ids) {
		scheme, known := are[id]
		old, had := was[id]
		switch {
		case !known:
			blockers = append(blockers, workflow.Block("unknown_scheme",
				fmt.Sprintf("%s的规则没有本件所用的%s", r.To, id), fmt.Sprintf("the rules of %q do not have %s, by which it is coded", r.To, id)))
		case had && !reflect.DeepEqual(scheme, old):
			blockers = append(blockers, workflow.Block("other_scheme",
				fmt.Sprintf("%s的%s与本件所用的不同", r.To, id), fmt.Sprintf("%s means something else in %q", id, r.To)))
		}
	}
	switch {
	case p.Number == "" || p.NumberedIn == r.To:
		p.NumberedIn = ""
	case p.NumberedIn == "":
		p.NumberedIn = p.Body
	}
	return blockers
}
