package ledger

import (
	"context"
	"fmt"
	"io"

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

// Counts reports whether a case counts in reports, and gives the copy that a
// report counts the category that was printed where no scheme has it.
func Counts(p *proposal.Proposal) bool {
	if _, made := p.Extra[ExtraIllustration]; made {
		return false
	}
	var category string
	if ok, err := p.GetExtra(ExtraCategory, &category); ok && err == nil && p.Category == "" {
		p.Category, p.Scheme = proposal.Category(category), printed+"@1"
	}
	return true
}

// FiguresOf are the figures of a ledger that is held; see [FiguresFrom].
func FiguresOf(ctx context.Context, l Ledger) (*proposal.Tally, Report, error) {
	t, report, err := FiguresFrom(ctx, &held{ledger: l}, Watch{})
	report.Ignored = l.Ignored
	return t, report, err
}

// FiguresFrom are the figures of a ledger that is not in a store, in memory that
// does not grow with its rows: a number of rows at a time is taken into a store in
// memory, counted and let go.
func FiguresFrom(ctx context.Context, from Source, watch Watch) (*proposal.Tally, Report, error) {
	all, sum := new(proposal.Tally), Report{Refused: []Refusal{}}
	part := &limited{from: from}
	if tell := watch.Progress; tell != nil {
		watch.Progress = func(done int) { tell(sum.Done() + done) }
	}
	for !part.over {
		part.left = rowsInChunk
		st := memory.New()
		report, err := ImportFrom(ctx, st, part, watch)
		sum.add(report)
		if err != nil {
			return all, sum, err
		}
		t, err := Figures(ctx, st)
		if err != nil {
			return all, sum, err
		}
		all.Merge(t)
	}
	return all, sum, nil
}

// limited gives so many rows of a source, and then io.EOF.
type limited struct {
	from Source
	left int
	over bool // so has the source
}

// Next returns the next row of the source.
func (l *limited) Next() (Row, *Refusal, error) {
	if l.left == 0 {
		return Row{}, nil, io.EOF
	}
	l.left--
	row, refused, err := l.from.Next()
	l.over = err != nil
	return row, refused, err
}
