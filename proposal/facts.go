package proposal

import (
	"strings"

	"github.com/tian-go/tian/proposal/store"
)

// facts are what a tally looks at in one proposal.
type facts struct {
	draft, filed, assigned, contacted bool
	stated                            [][]string // by dimension, in the order of stating
}

// stating are the dimensions of facts, in the order of [Proposal.Stated].
var stating = []Dimension{ByCategory, ByProposer, ByStage, ByOutcome, ByClass, ByOpinion} //nolint:gochecknoglobals // a constant

func (p *Proposal) facts() facts {
	f := facts{draft: p.Draft()}
	if f.draft {
		return f
	}
	f.filed = p.WasFiled()
	f.assigned, f.contacted = p.contacted()
	f.stated = make([][]string, 0, len(stating))
	for _, keys := range p.Stated() {
		f.stated = append(f.stated, keys)
	}
	return f
}

// add counts n proposals of which the facts are these.
func (t *Tally) add(f facts, n int64) {
	if f.draft {
		t.Drafts += n
		return
	}
	t.Received += n
	if f.filed {
		t.Filed += n
	}
	if f.assigned {
		t.Assigned += n
	}
	if f.contacted {
		t.Contacted += n
	}
	for i, d := range stating {
		t.count(d, f.stated[i], n)
	}
}

// tallied is the attribute that holds the facts of a proposal, so that a store can
// count those of which they are the same; see [Service.Tallies]. untold is the
// value for a proposal whose facts do not fit, which is then read.
const (
	tallied = "tally"
	untold  = "?"
)

// The facts as a text: the body, the marks, the keys of each dimension.
const (
	betweenFacts = "\x1f"
	betweenKeys  = "\x1e"
)

// marks are the letters of facts that are so.
const (
	markDraft     = 'd'
	markFiled     = 'f'
	markAssigned  = 'a'
	markContacted = 'c'
)

// write returns the facts of a proposal of a body as a text.
func (f facts) write(body string) string {
	b := append(make([]byte, 0, 128), body...)
	b = append(b, betweenFacts...)
	fits := !strings.Contains(body, betweenFacts)
	for _, m := range []struct {
		so   bool
		mark byte
	}{{f.draft, markDraft}, {f.filed, markFiled}, {f.assigned, markAssigned}, {f.contacted, markContacted}} {
		if m.so {
			b = append(b, m.mark)
		}
	}
	for _, keys := range f.stated {
		b = append(b, betweenFacts...)
		for i, key := range once(keys) {
			if i > 0 {
				b = append(b, betweenKeys...)
			}
			fits = fits && !strings.ContainsAny(key, betweenFacts+betweenKeys)
			b = append(b, key...)
		}
	}
	if !fits || len(b) > store.MaxAttr {
		return untold
	}
	return string(b)
}

// readFacts reads what write has written.
func readFacts(text string) (body string, f facts, ok bool) {
	all := strings.Split(text, betweenFacts)
	if len(all) < 2 {
		return "", f, false
	}
	has := func(mark byte) bool { return strings.IndexByte(all[1], mark) >= 0 }
	f = facts{draft: has(markDraft), filed: has(markFiled), assigned: has(markAssigned), contacted: has(markContacted)}
	if f.draft {
		return all[0], f, len(all) == 2
	}
	for _, keys := range all[2:] {
		if keys == "" {
			f.stated = append(f.stated, nil)
			continue
		}
		f.stated = append(f.stated, strings.Split(keys, betweenKeys))
	}
	return all[0], f, len(all) == 2+len(stating)
}
