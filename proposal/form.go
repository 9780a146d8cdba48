package proposal

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Form (提案格式) is what a body asks of the title and the text of a proposal. The
// guard "form" holds a submission against it. That it is about one matter (一事一案)
// no rule can tell: who reviews returns it.
type Form struct {
	TitleLeast int      `json:"title_least,omitempty"` // characters
	TitleMost  int      `json:"title_most,omitempty"`  // characters; 0: 200
	Begins     []string `json:"begins,omitempty"`      // one of these begins the title, such as 关于
	Ends       []string `json:"ends,omitempty"`        // one of these ends it, such as 的提案 or 的建议
	Without    []string `json:"without,omitempty"`     // words that no title has

	Background bool `json:"background,omitempty"` // is not empty
	Analysis   bool `json:"analysis,omitempty"`   // is not empty
	TextLeast  int  `json:"text_least,omitempty"` // characters of background, analysis and suggestions together
	TextMost   int  `json:"text_most,omitempty"`  // 0: any

	SuggestionsLeast int `json:"suggestions_least,omitempty"`
	SuggestionsMost  int `json:"suggestions_most,omitempty"` // 0: MaxSuggestions
}

func (f Form) check(field string) error {
	for _, pair := range [...][2]int{{f.TitleLeast, f.TitleMost}, {f.TextLeast, f.TextMost}, {f.SuggestionsLeast, f.SuggestionsMost}} {
		if pair[0] < 0 || pair[1] < 0 || pair[1] != 0 && pair[0] > pair[1] {
			return workflow.Invalid(field, "out_of_range", "下限%d应不小于0，不大于上限%d", "the least, %d, is not negative and no more than the most, %d", pair[0], pair[1])
		}
	}
	return nil
}

// bounds says in words what lies between two numbers; most 0 is no bound.
func bounds(least, most int64) (zh, en string) {
	zh, en = fmt.Sprintf("不少于%d", least), fmt.Sprintf("at least %d", least)
	switch {
	case most == 0:
		return zh, en
	case least == 0:
		return fmt.Sprintf("不多于%d", most), fmt.Sprintf("at most %d", most)
	}
	return fmt.Sprintf("%s、不多于%d", zh, most), fmt.Sprintf("%s and at most %d", en, most)
}

// inForm finds everything in which a proposal is not as its body asks.
func inForm(act *Act, p *Proposal) []workflow.Blocker {
	f := act.Rules.Form
	var blockers []workflow.Blocker
	add := func(code, zh, en string, args ...any) {
		blockers = append(blockers, workflow.Block(code, fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)))
	}
	length := func(what, whatZH string, n, least, most int) {
		if n < least || most > 0 && n > most {
			zh, en := bounds(int64(least), int64(most))
			add("length", whatZH+"%[1]d，应%[2]s", what+": %[1]d, and it should be %[3]s", n, zh, en)
		}
	}
	length("characters of the title", "题目字数", utf8.RuneCountInString(p.Title), f.TitleLeast, f.TitleMost)
	if len(f.Begins) > 0 && !slices.ContainsFunc(f.Begins, func(s string) bool { return strings.HasPrefix(p.Title, s) }) {
		add("title_form", "题目应以“%s”开头", "the title begins with %s", strings.Join(f.Begins, "、"))
	}
	if len(f.Ends) > 0 && !slices.ContainsFunc(f.Ends, func(s string) bool { return strings.HasSuffix(p.Title, s) }) {
		add("title_form", "题目应以“%s”结尾", "the title ends with %s", strings.Join(f.Ends, "、"))
	}
	for _, word := range f.Without {
		if strings.Contains(p.Title, word) {
			add("title_form", "题目不应含“%s”", "the title has no %q", word)
		}
	}
	if f.Background && text.IsBlank(p.Text.Background) {
		add("no_background", "没有写明背景", "there is no background")
	}
	if f.Analysis && text.IsBlank(p.Text.Analysis) {
		add("no_analysis", "没有分析", "there is no analysis")
	}
	n, suggestions := utf8.RuneCountInString(p.Text.Background)+utf8.RuneCountInString(p.Text.Analysis), 0
	for _, s := range p.Text.Suggestions {
		n += utf8.RuneCountInString(s)
		if !text.IsBlank(s) {
			suggestions++
		}
	}
	length("characters of the text", "正文字数", n, f.TextLeast, f.TextMost)
	length("suggestions", "建议条数", suggestions, f.SuggestionsLeast, f.SuggestionsMost)
	return blockers
}

// Tag says which themes a proposal is about (主题词), beside its category: keys of
// the body's themes, or words of its own where it has none.
type Tag struct {
	Themes []string `json:"themes" zh:"主题词" en:"themes" field:"from=themes"` // none: it has none from now on
}

// Event is "tag".
func (Tag) Event() string { return "tag" }

// Apply replaces the themes.
func (a Tag) Apply(act *Act, p *Proposal) error {
	if err := checkList("themes", a.Themes); err != nil {
		return err
	}
	for i, theme := range a.Themes {
		field := fmt.Sprintf("themes[%d]", i)
		if err := needLine(field, theme, "主题词为空", "a theme is not empty"); err != nil {
			return err
		}
		if slices.Contains(a.Themes[:i], theme) {
			return workflow.Invalid(field, "duplicate", "主题词%q重复", "the theme %q is there twice", theme)
		}
		scheme, err := act.Rules.Themes.free(field, theme)
		if err != nil {
			return err
		}
		p.ThemeScheme = scheme
	}
	p.Themes = slices.Clone(a.Themes)
	return nil
}
