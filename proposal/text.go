package proposal

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/workflow"
)

// The most that a proposal and the actions on it may hold in one field.
const (
	MaxTitle       = 200     // characters of a title
	MaxLine        = 200     // characters of a name, place, document number or anything else on one line
	MaxText        = 100_000 // characters of the background, the analysis, one suggestion, a reply or a remark
	MaxSuggestions = 100     // suggestions
	MaxID          = 256     // bytes of the ID of a proposer, co-signer or unit, or of a code
	MaxList        = 200     // units or names that one action lists
)

// Text is what a proposal says: one matter (一事一案).
type Text struct {
	Background  string   `json:"background,omitempty" zh:"背景" en:"background" field:"text"`
	Analysis    string   `json:"analysis,omitempty" zh:"分析" en:"analysis" field:"text"`
	Suggestions []string `json:"suggestions,omitempty" zh:"建议" en:"suggestions" field:"text"` // concrete ones
}

func (t Text) check() error {
	if len(t.Suggestions) > MaxSuggestions {
		return workflow.Invalid("text.suggestions", "too_many", "%d条建议，超过%d条", "%d suggestions, more than %d", len(t.Suggestions), MaxSuggestions)
	}
	if err := checkText("text.background", t.Background); err != nil {
		return err
	}
	if err := checkText("text.analysis", t.Analysis); err != nil {
		return err
	}
	for i, s := range t.Suggestions {
		if err := checkText(fmt.Sprintf("text.suggestions[%d]", i), s); err != nil {
			return err
		}
	}
	return nil
}

func checkTitle(title string) error {
	if strings.TrimSpace(title) == "" {
		return workflow.Invalid("title", "empty", "提案须有题目", "a proposal needs a title")
	}
	return checkShort("title", title, MaxTitle)
}

// checkLine refuses what does not fit on one line; it may be empty.
func checkLine(field, s string) error { return checkShort(field, s, MaxLine) }

// checkLines is checkLine for several fields, given as name, value, name, value.
func checkLines(fields ...string) error {
	for i := 0; i+1 < len(fields); i += 2 {
		if err := checkLine(fields[i], fields[i+1]); err != nil {
			return err
		}
	}
	return nil
}

func checkShort(field, s string, limit int) error {
	if n := utf8.RuneCountInString(s); n > limit {
		return workflow.Invalid(field, "too_long", "%d字，超过%d字", "%d characters, more than %d", n, limit)
	}
	if i := strings.IndexFunc(s, unicode.IsControl); i >= 0 {
		return workflow.Invalid(field, "control_character", "第%d字节处有控制字符", "there is a control character at byte %d", i)
	}
	return nil
}

// checkList refuses a list that is too long or holds what checkLine refuses.
func checkList(field string, list []string) error {
	if len(list) > MaxList {
		return workflow.Invalid(field, "too_many", "%d项，超过%d项", "%d entries, more than %d", len(list), MaxList)
	}
	for i, s := range list {
		if err := checkLine(fmt.Sprintf("%s[%d]", field, i), s); err != nil {
			return err
		}
	}
	return nil
}

// checkText refuses a text that is too long or holds a NUL, which not every
// database stores; it may be empty.
func checkText(field, s string) error {
	switch n := utf8.RuneCountInString(s); {
	case n > MaxText:
		return workflow.Invalid(field, "too_long", "%d字，超过%d字", "%d characters, more than %d", n, MaxText)
	case strings.IndexByte(s, 0) >= 0:
		return workflow.Invalid(field, "control_character", "文字含有NUL字节", "the text holds a NUL byte")
	}
	return nil
}

// needText is checkText for a text that must say something; zh and en
// say what is missing when it does not.
func needText(field, s, zh, en string) error {
	if strings.TrimSpace(s) == "" {
		return workflow.Invalid(field, "empty", zh, en)
	}
	return checkText(field, s)
}

// checkID refuses what cannot name a proposer, a co-signer, a unit or a term. White
// space around an ID would make another ID that looks the same.
func checkID(field, id string) error {
	switch {
	case id == "":
		return workflow.Invalid(field, "empty", "编号为空", "the ID is empty")
	case len(id) > MaxID:
		return workflow.Invalid(field, "too_long", "编号%d字节，超过%d字节", "the ID has %d bytes, more than %d", len(id), MaxID)
	case id != strings.TrimSpace(id):
		return workflow.Invalid(field, "white_space", "编号%q前后有空白", "there is white space around the ID %q", id)
	}
	return checkLine(field, id)
}

// checkYear refuses what is no year; 0 is none.
func checkYear(field string, year int) error {
	if year != 0 && (year < 1000 || year > 9999) {
		return workflow.Invalid(field, "out_of_range", "%d不是四位数的年份", "%d is no year of four digits", year)
	}
	return nil
}
