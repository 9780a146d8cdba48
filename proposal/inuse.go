package proposal

import (
	"context"
	"maps"
	"slices"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// SchemesInUse returns, for every scheme version by its [Scheme.ID], how many
// proposals of a body hold a code that was given in it.
func (s *Service) SchemesInUse(ctx context.Context, body string) (map[string]int64, error) {
	used := make(map[string]int64)
	err := s.Each(ctx, func(p *Proposal) error {
		ids := make(map[string]bool)
		for _, id := range p.schemes() {
			ids[id] = true
		}
		delete(ids, "")
		for id := range ids {
			used[id]++
		}
		return nil
	}, store.Match{Attr: "body", Op: store.Is, Values: []string{body}})
	return used, err //nolint:wrapcheck // the engine's errors are the service's
}

// CheckRules reports what stands against giving a body these rules: a scheme
// version that a proposal holds a code of, and that they have no longer. It is an
// ErrInvalid that names the version and how many hold it. Nothing is changed.
func (s *Service) CheckRules(ctx context.Context, body string, r Rules) error {
	if err := r.check("rules"); err != nil {
		return err
	}
	used, err := s.SchemesInUse(ctx, body)
	if err != nil {
		return err
	}
	kept := r.schemes()
	for _, id := range slices.Sorted(maps.Keys(used)) {
		if _, there := kept[id]; !there {
			return workflow.Invalid("rules", "in_use", "%[2]d件提案在用%[1]s，不能删去", "%[2]d proposals hold codes of %[1]s, which cannot be dropped", id, used[id])
		}
	}
	return nil
}

// schemes returns every scheme version of the rules by its ID.
func (r Rules) schemes() map[string]Scheme {
	all := make(map[string]Scheme)
	for _, v := range append(slices.Clone(r.Opinions), r.Categories, r.Refusals, r.Classes, r.Tiers, r.SupervisionForms, r.Themes) {
		for _, scheme := range v {
			all[scheme.ID()] = scheme
		}
	}
	return all
}

// schemes returns the IDs of the scheme versions of every code that the proposal
// holds; "" and one twice may be among them.
func (p *Proposal) schemes() []string {
	ids := []string{p.Scheme, p.ThemeScheme}
	for _, r := range p.Recategorised {
		ids = append(ids, r.Scheme)
	}
	if p.Review != nil {
		ids = append(ids, p.Review.Scheme)
	}
	if p.Key != nil {
		ids = append(ids, p.Key.Scheme)
	}
	for _, v := range p.Supervisions {
		ids = append(ids, v.Scheme)
	}
	for _, part := range p.Parts {
		for _, answer := range part.Replies {
			ids = append(ids, answer.Scheme)
		}
	}
	for _, o := range p.Opinions {
		ids = append(ids, o.Scale, o.AttitudeScale)
	}
	return ids
}
