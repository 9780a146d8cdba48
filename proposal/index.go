package proposal

import (
	"slices"
	"strconv"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/text"
)

// index is what a proposal is found by, beside what the engine adds; the list is
// in the documentation of the package.
func index(p *Proposal) []store.Attr {
	attrs := append(make([]store.Attr, 0, 16+4*len(p.Parts)+len(p.Cosigners)),
		store.Attr{Name: "title", Value: text.Fold(p.Title)}, store.Attr{Name: "category", Value: string(p.Category)},
		store.Attr{Name: "session", Value: text.SessionKey(p.Session)}, store.Attr{Name: "number", Value: numberKey(p.Number)},
		store.Attr{Name: "kind", Value: string(p.Proposer.Kind)}, store.Attr{Name: "proposer", Value: text.Narrow(p.Proposer.ID)},
		store.Attr{Name: tallied, Value: p.facts().write(p.Body)},
	)
	if p.NumberedIn != "" {
		attrs = append(attrs, store.Attr{Name: numberedIn, Value: p.NumberedIn})
	}
	if p.Year != 0 {
		attrs = append(attrs, store.Attr{Name: "year", Value: strconv.Itoa(p.Year)})
	}
	for _, theme := range p.Themes {
		attrs = append(attrs, store.Attr{Name: "theme", Value: text.Fold(theme)})
	}
	if p.Key != nil {
		attrs = append(attrs, store.Attr{Name: "key", Value: "yes"})
	}
	if p.Review != nil && p.Review.Reason != "" {
		attrs = append(attrs, store.Attr{Name: "refusal", Value: p.Review.Reason})
	}
	for _, c := range p.Cosigners {
		attrs = append(attrs, store.Attr{Name: "proposer", Value: text.Narrow(c.ID)})
	}
	for i := range p.Parts {
		part := &p.Parts[i]
		if p.partMeans(part.Unit) == released {
			continue
		}
		attrs = append(attrs, store.Attr{Name: "unit", Value: text.Narrow(part.Unit)})
		if len(part.Successions) > 0 {
			attrs = append(attrs, store.Attr{Name: "unit", Value: text.Narrow(part.Holder())})
		}
		if part.Role == Lead {
			attrs = append(attrs, store.Attr{Name: "lead", Value: text.Narrow(part.Unit)})
		}
		attrs = append(attrs, store.Attr{Name: "part", Value: p.partMeans(part.Unit)})
		if part.issued() {
			attrs = append(attrs, store.Attr{Name: "class", Value: part.Reply().Class})
		}
	}
	if p.published() {
		attrs = append(attrs, store.Attr{Name: "published", Value: "yes"})
	}
	if n := len(p.Verdicts); n > 0 {
		attrs = append(attrs, store.Attr{Name: "opinion", Value: p.Verdicts[n-1].Result})
	} else if n := len(p.Opinions); n > 0 && !p.Opinions[n-1].Weighed {
		attrs = append(attrs, store.Attr{Name: "opinion", Value: p.Opinions[n-1].Result})
	}
	return attrs
}

// asks spells the values of a condition as index spells those of a proposal.
func asks(m store.Match) store.Match {
	var spelled func(string) string
	switch m.Attr {
	case "title", "theme":
		spelled = text.Fold
	case "proposer", "unit", "lead":
		spelled = text.Narrow
	case "session":
		spelled = text.SessionKey
	case "number":
		spelled = numberKey
	default:
		return m
	}
	m.Values = slices.Clone(m.Values)
	for i, v := range m.Values {
		if len(v) <= store.MaxAttr { // the store refuses a longer one
			m.Values[i] = spelled(v)
		}
	}
	return m
}

func numberKey(s string) string {
	_, key := text.Number(s)
	return key
}
