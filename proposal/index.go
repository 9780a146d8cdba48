package proposal

import (
	"strconv"

	"github.com/tian-go/tian/proposal/store"
)

// index is what a proposal is found by, beside what the engine adds; the list is
// in the documentation of the package.
func index(p *Proposal) []store.Attr {
	attrs := []store.Attr{
		{Name: "title", Value: p.Title}, {Name: "category", Value: string(p.Category)},
		{Name: "session", Value: p.Session}, {Name: "number", Value: p.Number},
		{Name: "kind", Value: string(p.Proposer.Kind)}, {Name: "proposer", Value: p.Proposer.ID},
	}
	if p.Year != 0 {
		attrs = append(attrs, store.Attr{Name: "year", Value: strconv.Itoa(p.Year)})
	}
	if p.Key != nil {
		attrs = append(attrs, store.Attr{Name: "key", Value: "yes"})
	}
	if p.Review != nil && p.Review.Reason != "" {
		attrs = append(attrs, store.Attr{Name: "refusal", Value: p.Review.Reason})
	}
	for _, c := range p.Cosigners {
		attrs = append(attrs, store.Attr{Name: "proposer", Value: c.ID})
	}
	for i := range p.Parts {
		part := &p.Parts[i]
		if p.partMeans(part.Unit) == released {
			continue
		}
		attrs = append(attrs, store.Attr{Name: "unit", Value: part.Unit})
		if part.Role == Lead {
			attrs = append(attrs, store.Attr{Name: "lead", Value: part.Unit})
		}
		if part.issued() {
			attrs = append(attrs, store.Attr{Name: "class", Value: part.Reply().Class})
		}
	}
	if n := len(p.Opinions); n > 0 {
		attrs = append(attrs, store.Attr{Name: "opinion", Value: p.Opinions[n-1].Result})
	}
	return attrs
}
