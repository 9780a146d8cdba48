package statistics

import (
	"github.com/tian-go/tian/proposal"
)

// Add counts one proposal, which it keeps nothing of but its ID.
func (f *Figures) Add(p *proposal.Proposal) {
	if p.Draft() {
		f.total(p.ID, Drafts)
		return
	}
	f.total(p.ID, Received)
	outcome := p.Outcome()
	filed := false
	switch outcome {
	case "filed":
		filed = true
		f.total(p.ID, Filed)
	case "merged":
		f.total(p.ID, Merged)
		if filed = f.options.Merging != Beside; filed {
			f.total(p.ID, Filed)
		}
	case "open":
		f.total(p.ID, Open)
	default:
		f.total(p.ID, NotFiled)
	}
	f.origin(p, filed)
	f.members(p)
	if outcome == "merged" {
		return // the proposal that holds it is handled
	}
	f.handling(p)
	if f.options.Merging == Inside {
		for _, id := range p.Absorbed {
			f.asHandled(p, id)
		}
	}
}

// origin counts what was received, and the same over what was filed.
func (f *Figures) origin(p *proposal.Proposal, filed bool) {
	count := func(d proposal.Dimension, keys ...string) {
		f.Count(d, p.ID, keys...)
		if filed {
			f.Count(OfFiled(d), p.ID, keys...)
		}
	}
	for d, keys := range p.Stated() {
		switch d {
		case proposal.ByClass, proposal.ByOpinion: // with the handling
		case proposal.ByCategory, proposal.ByProposer:
			count(d, keys[0])
		default:
			f.Count(d, p.ID, keys...)
		}
	}
	count(ByCategoryIn, coded(p.Scheme, string(p.Category)))
	count(ByUpper, f.upper(p))
	themes := make([]string, len(p.Themes))
	for i, theme := range p.Themes {
		themes[i] = coded(p.ThemeScheme, theme)
	}
	count(ByTheme, themes...)
	count(ByTiming, string(p.Timing))
	if kind := p.Proposer.Kind; kind != "" {
		side := Individual
		if kind.Collective() {
			side = Collective
		}
		count(ByOrigin, side)
	}
	if p.Review != nil && p.Review.Outcome == p.Outcome() {
		f.Count(ByRefusal, p.ID, coded(p.Review.Scheme, p.Review.Reason))
	}
}

// coded names a key with the scheme that it was given in.
func coded(scheme, key string) string {
	if key == "" || scheme == "" {
		return key
	}
	return scheme + ":" + key
}

// upper is the upper level of a proposal's category, coded.
func (f *Figures) upper(p *proposal.Proposal) string {
	if p.Category == "" {
		return ""
	}
	scheme, _ := f.options.Rules(p.Body).Categories.Scheme(p.Scheme)
	return coded(p.Scheme, scheme.Upper(string(p.Category)))
}

// meaning is what a key of one of the body's schemes counts as, or "".
func (f *Figures) meaning(body, scheme, key string, in func(proposal.Rules) []proposal.Versions) string {
	if key == "" {
		return ""
	}
	at := asked{body, scheme, key}
	as, known := f.as[at]
	if known {
		return as
	}
	for _, versions := range in(f.options.Rules(body)) {
		if s, ok := versions.Scheme(scheme); ok {
			term, _ := s.Term(key)
			as = term.As
		}
	}
	f.as[at] = as
	return as
}

func classes(r proposal.Rules) []proposal.Versions { return []proposal.Versions{r.Classes} }

func scales(r proposal.Rules) []proposal.Versions { return r.Opinions }
