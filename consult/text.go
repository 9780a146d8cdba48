package consult

import (
	"fmt"

	"github.com/tian-go/tian/proposal/lifecycle"
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

func label(zh, en string) lifecycle.Label { return lifecycle.Label{ZH: zh, EN: en} }

func block(code, zh, en string) []workflow.Blocker {
	return []workflow.Blocker{workflow.Block(code, zh, en)}
}

// invalid is what package text has against a field, as an error; nil for nothing.
func invalid(field string, p *text.Problem) error {
	if p == nil {
		return nil
	}
	return workflow.Invalid(field, p.Code, "%[1]s", "%[2]s", p.ZH, p.EN)
}

// checkName refuses a name that is empty, too long or holds a character that
// nobody sees.
func checkName(field, s string) error { return invalid(field, text.Name(s, MaxName)) }

// checkLine is checkName for what may be empty.
func checkLine(field, s string) error { return invalid(field, text.Line(s, MaxName)) }

// checkSaid refuses a text that is empty or one that checkText refuses.
func checkSaid(field, s string) error { return invalid(field, text.Said(s, MaxText)) }

// checkText refuses a text that is too long or that not every database keeps.
func checkText(field, s string) error { return invalid(field, text.Text(s, MaxText)) }

// checkID refuses an ID, given by the caller, that is empty or overlong, has
// white space around it, or holds a character that nobody sees.
func checkID(field, id string) error {
	p := text.ID(id, MaxID)
	if p == nil || p.Code == "invisible_character" {
		return invalid(field, p)
	}
	return workflow.Invalid(field, "bad_id", "编号应为1至%[1]d个可见字节：%[2]s", "an ID has 1 to %[1]d printable bytes: %[3]s", MaxID, p.ZH, p.EN)
}

// checkLen refuses a list that would grow beyond MaxList.
func checkLen(field string, there, more int) error {
	return invalid(field, text.Entries(there+more, MaxList))
}

func at(field string, i int) string { return fmt.Sprintf("%s[%d]", field, i) }
