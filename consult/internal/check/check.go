// Package check refuses what no case of a consultation may hold: names that are
// empty, texts and lists that are too long. Each error names the field.
package check

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/workflow"
)

// The most that the parts of a case may hold.
const (
	MaxName = 200    // characters of a name, a title or what an item is about
	MaxText = 20_000 // characters of a text
	MaxList = 1_000  // entries of a list: participants, opinions, items …
	MaxID   = 100    // bytes of an ID that the caller gives
)

// Name refuses a name that is empty, too long or holds a control character.
func Name(field, s string) error {
	if strings.TrimSpace(s) == "" {
		return workflow.Invalid(field, "empty", "没有填写", "it is not said")
	}
	return Line(field, s)
}

// Line is [Name] for what may be empty.
func Line(field, s string) error {
	if n := utf8.RuneCountInString(s); n > MaxName {
		return workflow.Invalid(field, "too_long", "%d字，超过%d字", "%d characters, more than %d", n, MaxName)
	}
	if i := strings.IndexFunc(s, unicode.IsControl); i >= 0 {
		return workflow.Invalid(field, "control_character", "第%d字节处有控制字符", "there is a control character at byte %d", i)
	}
	return nil
}

// Said refuses a text that is empty or that [Text] refuses.
func Said(field, s string) error {
	if strings.TrimSpace(s) == "" {
		return workflow.Invalid(field, "empty", "没有填写", "it is not said")
	}
	return Text(field, s)
}

// Text refuses a text that is too long or holds a NUL, which not every
// database stores.
func Text(field, s string) error {
	switch n := utf8.RuneCountInString(s); {
	case n > MaxText:
		return workflow.Invalid(field, "too_long", "%d字，超过%d字", "%d characters, more than %d", n, MaxText)
	case strings.IndexByte(s, 0) >= 0:
		return workflow.Invalid(field, "control_character", "文字含有NUL字节", "the text holds a NUL byte")
	}
	return nil
}

// ID refuses an ID, given by the caller, that is empty or overlong.
func ID(field, id string) error {
	if strings.TrimSpace(id) == "" || len(id) > MaxID || strings.IndexFunc(id, unicode.IsControl) >= 0 {
		return workflow.Invalid(field, "bad_id", "编号应为1至%d个可见字节，不是%q", "an ID has 1 to %d printable bytes, not %q", MaxID, id)
	}
	return nil
}

// Len refuses a list that would grow beyond MaxList.
func Len(field string, there, more int) error {
	if there+more > MaxList {
		return workflow.Invalid(field, "too_many", "%d项，超过%d项", "%d entries, more than %d", there+more, MaxList)
	}
	return nil
}

// At names an entry of a list.
func At(field string, i int) string { return fmt.Sprintf("%s[%d]", field, i) }
