package proposal

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// The most that a proposal and the actions on it may hold in one field.
const (
	maxTitle       = 200     // characters of a title
	maxLine        = 200     // characters of a name, place, document number or anything else on one line
	MaxText        = 100_000 // characters of the background, the analysis, one suggestion, a reply or a remark
	MaxSuggestions = 100     // suggestions
	maxID          = 256     // bytes of the ID of a proposer, co-signer or unit, or of a code
	MaxList        = 200     // units or names that one action lists
	maxUrgings     = 20      // urgings that a proposal holds; the reactions of a clock may add them for years
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

// same reports whether two texts say the same, word for word.
func (t Text) same(other Text) bool {
	return t.Background == other.Background && t.Analysis == other.Analysis && slices.Equal(t.Suggestions, other.Suggestions)
}

// invalid is what package text has against a field, as an error; nil for nothing.
func invalid(field string, p *text.Problem) error {
	if p == nil {
		return nil
	}
	return workflow.Invalid(field, p.Code, "%[1]s", "%[2]s", p.ZH, p.EN)
}

// needed is invalid with words of its own for what is missing.
func needed(field string, p *text.Problem, zh, en string) error {
	if p != nil && p.Code == "empty" {
		return workflow.Invalid(field, p.Code, zh, en)
	}
	return invalid(field, p)
}

func checkTitle(title string) error {
	return needed("title", text.Name(title, maxTitle), "提案须有题目", "a proposal needs a title")
}

// checkLine refuses what does not fit on one line; it may be empty.
func checkLine(field, s string) error { return invalid(field, text.Line(s, maxLine)) }

// needLine is checkLine for what must say something.
func needLine(field, s, zh, en string) error {
	return needed(field, text.Name(s, maxLine), zh, en)
}

// checkLines is checkLine for several fields, given as name, value, name, value.
func checkLines(fields ...string) error {
	for i := 0; i+1 < len(fields); i += 2 {
		if err := checkLine(fields[i], fields[i+1]); err != nil {
			return err
		}
	}
	return nil
}

// checkList refuses a list that is too long or holds what checkLine refuses.
func checkList(field string, list []string) error {
	if p := text.Entries(len(list), MaxList); p != nil {
		return invalid(field, p)
	}
	for i, s := range list {
		if err := checkLine(fmt.Sprintf("%s[%d]", field, i), s); err != nil {
			return err
		}
	}
	return nil
}

// checkText refuses a text that is too long or that not every database keeps; it
// may be empty.
func checkText(field, s string) error { return invalid(field, text.Text(s, MaxText)) }

// needText is checkText for a text that must say something; zh and en
// say what is missing when it does not.
func needText(field, s, zh, en string) error {
	return needed(field, text.Said(s, MaxText), zh, en)
}

// checkID refuses what cannot name a proposer, a co-signer, a unit or a term.
func checkID(field, id string) error { return invalid(field, text.ID(id, maxID)) }

// checkYear refuses what is no year; 0 is none.
func checkYear(field string, year int) error {
	if year != 0 && (year < 1000 || year > 9999) {
		return workflow.Invalid(field, "out_of_range", "%d不是四位数的年份", "%d is no year of four digits", year)
	}
	return nil
}
