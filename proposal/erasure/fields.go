package erasure

import (
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Fields says where in a case personal data may stand. A field is named by the keys
// that lead to it, joined by dots, without places in lists: parts.replies.text.
//
// In the record, what stands in neither list is kept: keys, accounts, units, days.
// What users of the library have added, under the key "extra", may be erased.
//
// In the journal, the lines and texts of actions are said, but for those whose last
// keys are listed here; everything else is kept. A value that may be anything is said
// too, unless it is listed.
type Fields struct {
	Said  []string // what somebody wrote
	Named []string // what people are called

	NamedKeys []string // the last keys of fields of actions: name, or participants.name
	KeptKeys  []string
	KeptOpen  []string // fields of actions that hold anything and are kept: the sheet of a round, its marks
}

// kind says what kind of personal data a text may hold.
type kind int

const (
	kept   kind = iota // a key, an account, a unit, a day: never personal by itself, and needed
	spoken             // what somebody wrote
	named              // what people are called
)

// in says what kind of personal data may stand in a passage.
func (f Fields) in(p workflow.Passage) kind {
	if p.Type == "" {
		switch {
		case slices.Contains(f.Said, p.Field), strings.HasPrefix(p.Field, "extra."):
			return spoken
		case slices.Contains(f.Named, p.Field):
			return named
		}
		return kept
	}
	ends := func(keys string) bool { return strings.HasSuffix("."+p.Field, "."+keys) }
	switch {
	case p.Type == form.Open && slices.ContainsFunc(f.KeptOpen, func(key string) bool { return strings.Contains(p.Field+".", "."+key+".") }):
		return kept
	case p.Type == form.Open:
		return spoken // such as what users of the library have added
	case p.Type != form.Line && p.Type != form.Text, slices.ContainsFunc(f.KeptKeys, ends):
		return kept
	case slices.ContainsFunc(f.NamedKeys, ends):
		return named
	}
	return spoken
}
