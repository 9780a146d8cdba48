package consult

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/lifecycle"
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

// checkName refuses a name that is empty, too long or holds a control
// character.
func checkName(field, s string) error {
	if strings.TrimSpace(s) == "" {
		return workflow.Invalid(field, "empty", "没有填写", "it is not said")
	}
	return checkLine(field, s)
}

// checkLine is checkName for what may be empty.
func checkLine(field, s string) error {
	if n := utf8.RuneCountInString(s); n > MaxName {
		return workflow.Invalid(field, "too_long", "%d字，超过%d字", "%d characters, more than %d", n, MaxName)
	}
	if i := strings.IndexFunc(s, unicode.IsControl); i >= 0 {
		return workflow.Invalid(field, "control_character", "第%d字节处有控制字符", "there is a control character at byte %d", i)
	}
	return nil
}

// checkSaid refuses a text that is empty or one that checkText refuses.
func checkSaid(field, s string) error {
	if strings.TrimSpace(s) == "" {
		return workflow.Invalid(field, "empty", "没有填写", "it is not said")
	}
	return checkText(field, s)
}

// checkText refuses a text that is too long or holds a NUL, which not every
// database stores.
func checkText(field, s string) error {
	switch n := utf8.RuneCountInString(s); {
	case n > MaxText:
		return workflow.Invalid(field, "too_long", "%d字，超过%d字", "%d characters, more than %d", n, MaxText)
	case strings.IndexByte(s, 0) >= 0:
		return workflow.Invalid(field, "control_character", "文字含有NUL字节", "the text holds a NUL byte")
	}
	return nil
}

// checkID refuses an ID, given by the caller, that is empty or overlong.
func checkID(field, id string) error {
	if strings.TrimSpace(id) == "" || len(id) > MaxID || strings.IndexFunc(id, unicode.IsControl) >= 0 {
		return workflow.Invalid(field, "bad_id", "编号应为1至%d个可见字节，不是%q", "an ID has 1 to %d printable bytes, not %q", MaxID, id)
	}
	return nil
}

// checkLen refuses a list that would grow beyond MaxList.
func checkLen(field string, there, more int) error {
	if there+more > MaxList {
		return workflow.Invalid(field, "too_many", "%d项，超过%d项", "%d entries, more than %d", there+more, MaxList)
	}
	return nil
}

func at(field string, i int) string { return fmt.Sprintf("%s[%d]", field, i) }
