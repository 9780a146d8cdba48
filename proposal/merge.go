package proposal

import (
	"context"
	"slices"

	"github.com/tian-go/tian/proposal/workflow"
)

// Merge merges the proposals of the given IDs into another (并案), as one act:
// all of them or none. Both sides keep everything they had, numbers included,
// and the merge of each source can be undone. A proposal that holds others
// cannot be merged itself, and one of another body is not merged. The proposers
// of the sources are proposers of what holds them too: see the relation
// "merged_proposer". It returns the proposal that holds the others now.
func (s *Service) Merge(ctx context.Context, actor Actor, into string, sources []string, options ...workflow.DoOption) (*Proposal, error) {
	switch {
	case len(sources) == 0:
		return nil, workflow.Invalid("sources", "empty", "没有指明并入%s的提案", "no proposal is named to merge into %s", into)
	case len(sources) > MaxList:
		return nil, workflow.Invalid("sources", "too_many", "一次%d件，超过%d件", "%d proposals at once, more than %d", len(sources), MaxList)
	case slices.Contains(sources, into):
		return nil, workflow.Invalid("sources", "duplicate", "%s不能并入自身", "%s cannot be merged into itself", into)
	}
	holder, err := s.Get(ctx, into)
	if err != nil {
		return nil, err //nolint:wrapcheck // the engine's errors are the service's
	}
	absorbed := absorb{Sources: sources}
	steps := []Step{{ID: into}}
	for _, id := range sources {
		source, err := s.Get(ctx, id)
		if err != nil {
			return nil, err //nolint:wrapcheck // the engine's errors are the service's
		}
		absorbed.Proposers = append(absorbed.Proposers, source.Proposer)
		steps = append(steps, Step{ID: id, Action: merge{Into: into, body: holder.Body, proposer: source.Proposer}})
	}
	steps[0].Action = absorbed
	merged, err := s.Together(ctx, actor, steps, options...)
	if err != nil {
		return nil, err //nolint:wrapcheck // the engine's errors are the service's
	}
	return merged[0], nil
}

// Unmerge undoes the merge of a proposal: it returns to filing if it had a
// number, else to review. In the shipped lifecycles that is refused once the one
// that holds it has been closed: its proposer has been answered there. It returns
// the proposal that was merged.
func (s *Service) Unmerge(ctx context.Context, actor Actor, id string, options ...workflow.DoOption) (*Proposal, error) {
	p, err := s.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	into := p.MergedInto
	if into == "" { // the machine refuses it, unless the command has been done before
		return s.Do(ctx, actor, id, unmerge{Filed: p.Number != ""}, options...)
	}
	undone, err := s.Together(ctx, actor, []Step{
		{ID: id, Action: unmerge{Filed: p.Number != "", from: into}},
		{ID: into, Action: release{id}},
	}, options...)
	if err != nil {
		return nil, err //nolint:wrapcheck // the engine's errors are the service's
	}
	return undone[0], nil
}

// MergedProposer (并案提案者) is who made a proposal that was merged into another.
type MergedProposer struct {
	Of       string   `json:"of"` // the ID of their own proposal
	Proposer Proposer `json:"proposer"`
}

// The four halves of merging and its undoing are not exported: one without the
// other would leave a proposal merged into one that does not know of it.

type absorb struct {
	Sources   []string   `json:"sources" zh:"并入的提案" en:"proposals taken in" field:"id"`
	Proposers []Proposer `json:"proposers,omitempty" zh:"提案者" en:"their proposers"` // of each source, in the order of Sources
}

func (absorb) Event() string { return "absorb" }

func (a absorb) Apply(_ *Act, p *Proposal) error {
	p.Absorbed = append(p.Absorbed, a.Sources...)
	for i, proposer := range a.Proposers {
		p.MergedProposers = append(p.MergedProposers, MergedProposer{Of: a.Sources[i], Proposer: proposer})
	}
	return nil
}

type merge struct {
	Into string `json:"into" zh:"并入" en:"into" field:"id"`

	body     string   // of what it is merged into
	proposer Proposer // of the source, as the other side has it
}

func (merge) Event() string { return "merge" }

func (m merge) Apply(_ *Act, p *Proposal) error {
	if p.Body != m.body {
		return workflow.Invalid("sources", "other_body", "%s属于%q，%s属于%q，不能跨政协并案", "%s is of %q and %s of %q: bodies do not merge their proposals", p.ID, p.Body, m.Into, m.body)
	}
	if p.Proposer != m.proposer {
		return workflow.Invalid("sources", "changed", "%s的提案者刚有变动", "the proposer of %s has just changed", p.ID)
	}
	p.MergedInto = m.Into
	return nil
}

type unmerge struct {
	Filed bool `json:"filed,omitempty" zh:"曾立案" en:"was filed"`

	from string // what it was merged into when it was looked up; the journal of that one says so
}

func (u unmerge) Event() string {
	if u.Filed {
		return "unmerge_filed"
	}
	return "unmerge"
}

func (u unmerge) Apply(_ *Act, p *Proposal) error {
	if p.MergedInto != u.from {
		return workflow.Invalid("id", "moved", "%s现已并入%q，不再是%q", "%s is merged into %q by now, no longer into %q", p.ID, p.MergedInto, u.from)
	}
	p.MergedInto = ""
	return nil
}

type release struct {
	Source string `json:"source" zh:"归还的提案" en:"proposal given back" field:"id"`
}

func (release) Event() string { return "release" }

func (r release) Apply(_ *Act, p *Proposal) error {
	p.Absorbed = slices.DeleteFunc(p.Absorbed, func(id string) bool { return id == r.Source })
	p.MergedProposers = slices.DeleteFunc(p.MergedProposers, func(m MergedProposer) bool { return m.Of == r.Source })
	return nil
}
