// Package check refuses what no case of a consultation may hold: names that are
// empty, texts and lists that are too long. Each error names the field.
package check

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// The most that the parts of a case may hold.
const (
	MaxName = 200    // characters of a name, a title or what an item is about
	MaxText = 20_000 // characters of a text
	MaxList = 1_000  // entries of a list: participants, opinions, items …
	MaxID   = 100    // bytes of an ID that the caller gives
)

// invalid is what package text has against a field, as an error; nil for nothing.
func invalid(field string, p *text.Problem) error {
	if p == nil {
		return nil
	}
	return workflow.Invalid(field, p.Code, "%[1]s", "%[2]s", p.ZH, p.EN)
}

// Name refuses a name that is empty, too long or holds a character that nobody
// sees.
func Name(field, s string) error { return invalid(field, text.Name(s, MaxName)) }

// Line is [Name] for what may be empty.
func Line(field, s string) error { return invalid(field, text.Line(s, MaxName)) }

// Said refuses a text that is empty or that [Text] refuses.
func Said(field, s string) error { return invalid(field, text.Said(s, MaxText)) }

// Text refuses a text that is too long or that not every database keeps.
func Text(field, s string) error { return invalid(field, text.Text(s, MaxText)) }

// ID refuses an ID, given by the caller, that is empty or overlong, has white
// space around it, or holds a character that nobody sees.
func ID(field, id string) error {
	p := text.ID(id, MaxID)
	if p == nil || p.Code == "invisible_character" {
		return invalid(field, p)
	}
	return workflow.Invalid(field, "bad_id", "编号应为1至%[1]d个可见字节：%[2]s", "an ID has 1 to %[1]d printable bytes: %[3]s", MaxID, p.ZH, p.EN)
}

// Len refuses a list that would grow beyond MaxList.
func Len(field string, there, more int) error {
	return invalid(field, text.Entries(there+more, MaxList))
}

// Asks spells the values of a condition on what people name (title, name, unit)
// as [Found] and [Unit] spell those of a case.
func Asks(m store.Match) store.Match {
	var spelled func(string) string
	switch m.Attr {
	case "title", "name":
		spelled = Found
	case "unit":
		spelled = Unit
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

// Found is the spelling under which a title is found.
func Found(title string) string { return text.Fold(title) }

// Unit is the spelling under which a unit is found.
func Unit(unit string) string { return text.Narrow(unit) }

// At names an entry of a list.
func At(field string, i int) string { return fmt.Sprintf("%s[%d]", field, i) }
