package ledger

import (
	"context"
	"fmt"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// ExtraIllustration marks a case that was made up to show something. It is no
// proposal that anyone made, and figures leave it out.
const ExtraIllustration = "illustration"

// Options are what a service needs to read and write cases of ledgers.
func Options() []workflow.Option {
	return []workflow.Option{
		workflow.WithDefinition(proposal.Kind, Definition()),
		workflow.WithAction(workflow.Describe(enter{}, "由台账录入", "enter from a ledger")),
		workflow.WithAction(workflow.Describe(accept{}, "代为接收", "accept for a unit")),
		workflow.WithAction(workflow.Describe(reply{}, "代录答复", "enter the reply of a unit")),
	}
}

// Service returns the front door to a store that ledgers have been imported
// into, for cases of theirs and others.
func Service(st store.Store, options ...workflow.Option) (*proposal.Service, error) {
	svc, err := proposal.New(st, append(Options(), options...)...)
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	return svc, nil
}

// Figures are the figures of everything in a store but illustrations. A
// category that no scheme has is counted as it was printed.
func Figures(ctx context.Context, st store.Store) (*proposal.Tally, error) {
	svc, err := Service(st)
	if err != nil {
		return nil, err
	}
	own, err := svc.Figures(ctx, count)
	if err != nil {
		return nil, err
	}
	all := new(proposal.Tally)
	for _, t := range own {
		all.Merge(t)
	}
	return all, nil
}

func count(t *proposal.Tally, p *proposal.Proposal) {
	if _, made := p.Extra[ExtraIllustration]; made {
		return
	}
	t.Add(p)
	var category string
	if ok, err := p.GetExtra(ExtraCategory, &category); ok && err == nil && p.Category == "" {
		t.Count(proposal.ByCategory, category)
	}
}

// FiguresOf are the figures of a ledger that is not in a store.
func FiguresOf(ctx context.Context, l Ledger) (*proposal.Tally, Report, error) {
	st := memory.New()
	report, err := Import(ctx, st, l, nil)
	if err != nil {
		return nil, report, err
	}
	t, err := Figures(ctx, st)
	return t, report, err
}
