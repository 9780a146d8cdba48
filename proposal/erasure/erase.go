package erasure

import (
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Erase takes personal data out of a case and out of every entry of its history
// before: words, contact data, the names of people, or all that was said. In its
// place stands ***. It is for good; the history verifies, and shows when it was done,
// by whom and why. What is to be erased does not go into the journal.
//
// Numbers, days, units, accounts and decisions stay, as does what other cases say:
// one that was merged into this one is erased by itself. Where a word stands in what
// has to stay, such as the name of a unit, the act is refused and names the place.
type Erase[C Case, R any] struct {
	Reason   string   `json:"reason" zh:"理由" en:"reason" field:"text,required"`              // without the data itself
	Words    []string `json:"words,omitempty" zh:"删除的词句" en:"words"`                         // in any spelling, wherever they stand
	Contacts bool     `json:"contacts,omitempty" zh:"联系方式" en:"contact data"`                // whatever looks like it; see text.FindContacts
	People   bool     `json:"people,omitempty" zh:"人名" en:"names of people"`                 // whoever is named in a field for it
	Texts    bool     `json:"texts,omitempty" zh:"全部文字" en:"all that was said"`              // title, text, remarks
	Entries  []uint64 `json:"entries,omitempty" zh:"整条删除的留痕" en:"entries erased as a whole"` // of which nothing is left but who did what and when
}

// Event is "erase".
func (Erase[C, R]) Event() string { return "erase" }

// MarshalJSON leaves the words out: what it says stays in the history.
func (a Erase[C, R]) MarshalJSON() ([]byte, error) {
	type plain Erase[C, R]
	b := plain(a)
	b.Words = nil
	return json.Marshal(b)
}

// Apply notes that it was done. What is erased the engine asks of Drops and Redact.
func (a Erase[C, R]) Apply(act *workflow.Act[R], c C) error {
	if err := said("reason", a.Reason, "没有写明删除的理由", "it is not said why it is erased"); err != nil {
		return err
	}
	if len(a.Words) == 0 && len(a.Entries) == 0 && !a.Contacts && !a.People && !a.Texts {
		return workflow.Invalid("words", "empty", "没有写明删除什么", "it is not said what is to be erased")
	}
	if err := a.checkWords(); err != nil {
		return err
	}
	for i, seq := range a.Entries {
		if seq == 0 || seq > c.Head().Seq {
			return workflow.Invalid(fmt.Sprintf("entries[%d]", i), "unknown", "没有第%d条", "there is no entry %d", seq)
		}
	}
	c.requests().decide(act.At, act.Actor.ID, true, a.Reason)
	return nil
}

// checkWords refuses words that would take out too much, or that the reason names.
func (a Erase[C, R]) checkWords() error {
	if err := invalid("words", text.Entries(len(a.Words), maxWords)); err != nil {
		return err
	}
	for i, word := range a.Words {
		at := fmt.Sprintf("words[%d]", i)
		if err := invalid(at, text.Said(word, maxWord)); err != nil {
			return err
		}
		if utf8.RuneCountInString(text.Narrow(word)) < 2 {
			return workflow.Invalid(at, "too_short", "一个字会删去过多内容", "one character would take out too much")
		}
		if text.Holds(a.Reason, word) {
			return workflow.Invalid("reason", "names_it", "理由会留在留痕中，不能写出要删除的内容", "the reason stays in the history, and cannot hold what is to be erased")
		}
	}
	return nil
}

// Drops implements [workflow.Eraser].
func (a Erase[C, R]) Drops(e workflow.Entry) bool { return slices.Contains(a.Entries, e.Seq) }

// Gone stands in the place of what was erased, as text.Redact puts it.
const Gone = "***"

// Redact implements [workflow.Eraser].
func (a Erase[C, R]) Redact(p workflow.Passage) (string, error) {
	var none C
	kind := none.Personal().in(p)
	switch {
	case p.Text == "":
		return "", nil
	case kind == kept:
		for i, word := range a.Words {
			if text.Holds(p.Text, word) {
				return "", workflow.Invalid(fmt.Sprintf("words[%d]", i), "stands_in_key", "此内容也见于须保留的%[1]s（第%[2]d条；0为现状）",
					"it stands in %s too, which has to stay (entry %d; 0 is the record)", p.Field, p.Seq)
			}
		}
		return p.Text, nil
	case kind == spoken && a.Texts, kind == named && a.People:
		return Gone, nil
	}
	left := text.Without(p.Text, a.Words...)
	if a.Contacts {
		left = text.Redact(left)
	}
	return left, nil
}
