package play

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Result is what became of one step.
type Result struct {
	OK       bool                  `json:"ok"`
	Case     *View                 `json:"case,omitempty"`
	Cases    []*View               `json:"cases,omitzero"`    // of acts done together; those on a list, in its order
	Crossed  []workflow.Crossing   `json:"crossed,omitempty"` // by a sweep
	Choices  []workflow.Choice     `json:"choices,omitempty"`
	Figures  *proposal.Tally       `json:"figures,omitempty"` // of all bodies together
	KeyShare *KeyShare             `json:"key_share,omitempty"`
	Broken   *[]workflow.Break     `json:"broken,omitempty"` // of a history that was verified; none: []
	Error    *workflow.Explanation `json:"error,omitempty"`

	event lifecycle.Label // what was done, in words, when that is one action
}

// KeyShare is how many of the proposals filed are key ones, and how that stands to
// the rules of their body.
type KeyShare struct {
	Rate     rates.Rate        `json:"rate"`
	Standing proposal.Standing `json:"standing"`
}

// View is a case as a scenario shows it.
type View struct {
	ID     string            `json:"id"`
	Kind   string            `json:"kind"`
	Body   string            `json:"body"`
	Left   []string          `json:"left,omitempty"` // bodies that it was in
	State  string            `json:"state"`
	Stage  string            `json:"stage"`
	Number string            `json:"number,omitempty"`
	Tracks map[string]string `json:"tracks,omitempty"`
	Clocks []Clock           `json:"clocks,omitempty"`
	Parts  map[string]Share  `json:"parts,omitempty"` // by unit
	Data   any               `json:"data"`

	label lifecycle.Label // of the state
}

// Clock is how a limit stands on a case.
type Clock struct {
	Limit  string         `json:"limit"`
	Of     string         `json:"of,omitempty"`
	Due    calendar.Date  `json:"due,omitzero"`
	Phase  calendar.Phase `json:"phase,omitempty"`
	DueAt  time.Time      `json:"due_at,omitzero"` // of a limit in hours
	Missed calendar.Date  `json:"missed,omitzero"` // the due day that had passed when it was prolonged
	Why    string         `json:"why,omitempty"`   // why there is no due date

	label lifecycle.Label
}

// Share is one unit's part of a proposal.
type Share struct {
	State string            `json:"state"`
	Role  proposal.PartRole `json:"role"`
	Class string            `json:"class,omitempty"` // of the current reply
}

// unmet returns where the result differs from what was expected, or "". What is
// not expected may be anything.
func (r Result) unmet(expect json.RawMessage) (string, error) {
	if expect == nil {
		return "", nil
	}
	want, err := plain(expect)
	if err != nil {
		return "", fmt.Errorf("expect: %w", err)
	}
	data, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("result: %w", err)
	}
	got, err := plain(data)
	if err != nil {
		return "", fmt.Errorf("result: %w", err)
	}
	return differ("", want, got), nil
}

// plain decodes JSON into maps, slices and exact numbers.
func plain(data []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	err = d.Decode(&v)
	return v, err
}

// differ returns the first path under which got lacks what is wanted, and how.
// An array is equal as a whole, but each of its elements may have more members.
func differ(path string, want, got any) string {
	switch want := want.(type) {
	case map[string]any:
		have, ok := got.(map[string]any)
		if !ok {
			return unlike(path, want, got)
		}
		keys := make([]string, 0, len(want))
		for k := range want {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			if d := differ(path+"."+k, want[k], have[k]); d != "" {
				return d
			}
		}
		return ""
	case []any:
		have, ok := got.([]any)
		if !ok || len(have) != len(want) {
			return unlike(path, want, got)
		}
		for i := range want {
			if d := differ(fmt.Sprintf("%s[%d]", path, i), want[i], have[i]); d != "" {
				return d
			}
		}
		return ""
	}
	if !reflect.DeepEqual(want, got) {
		return unlike(path, want, got)
	}
	return ""
}

func unlike(path string, want, got any) string {
	w, _ := json.Marshal(want) //nolint:errchkjson // both came from JSON
	g, _ := json.Marshal(got)  //nolint:errchkjson // both came from JSON
	return fmt.Sprintf("%s is %s, not %s", strings.TrimPrefix(path, "."), g, w)
}

// Event returns the label of what was done, or the key given.
func (r Result) Event(lang, key string) string { return r.event.In(lang, key) }

// Line tells the result in one line, in Chinese ("zh") or English.
func (r Result) Line(lang string) string {
	pick := func(zh, en string) string {
		if lang == "en" {
			return en
		}
		return zh
	}
	switch {
	case r.Error != nil:
		return pick("未办：", "refused: ") + r.Error.Message.In(lang, r.Error.Code)
	case r.Case != nil:
		return r.Case.line(lang)
	case r.Cases != nil:
		lines := make([]string, len(r.Cases))
		for i, v := range r.Cases {
			lines[i] = v.line(lang)
		}
		return strings.Join(lines, pick("；", "; "))
	case r.Crossed != nil:
		lines := make([]string, len(r.Crossed))
		for i, c := range r.Crossed {
			lines[i] = fmt.Sprintf("%s %s %s", c.Limit, c.Alarm.Kind, c.Due)
		}
		return strings.Join(lines, pick("；", "; "))
	case r.Choices != nil:
		var allowed []string
		for _, c := range r.Choices {
			if c.Allowed {
				allowed = append(allowed, c.Label.In(lang, c.Event))
			}
		}
		return strings.Join(allowed, pick("、", ", "))
	case r.KeyShare != nil:
		words := map[proposal.Standing][2]string{
			proposal.Under: {"低于规定", "under the rule"}, proposal.Within: {"符合规定", "within the rule"}, proposal.Over: {"高于规定", "over the rule"},
		}[r.KeyShare.Standing]
		return fmt.Sprintf(pick("重点%d件，立案%d件 %s", "%d key of %d filed %s"), r.KeyShare.Rate.Count, r.KeyShare.Rate.Base, pick(words[0], words[1]))
	case r.Figures != nil:
		line := fmt.Sprintf(pick("收到%d件，立案%d件", "received %d, filed %d"), r.Figures.Received, r.Figures.Filed)
		if r.Figures.Left > 0 {
			line += fmt.Sprintf(pick("，移出%d件", ", gone to another body %d"), r.Figures.Left)
		}
		return line
	case r.Broken != nil && len(*r.Broken) > 0:
		return fmt.Sprintf(pick("%d处不符", "%d breaks"), len(*r.Broken))
	}
	return pick("无误", "ok")
}

// line is a case in a few words: where it stands, and what is running.
func (v *View) line(lang string) string {
	words := []string{v.label.In(lang, v.State)}
	if v.Number != "" {
		words = append(words, "№"+v.Number)
	}
	if len(v.Left) > 0 {
		words = append(words, strings.Join(v.Left, "→")+"→"+v.Body)
	}
	for _, c := range v.Clocks {
		if c.Phase != calendar.Met && c.Phase != calendar.MetLate && c.Phase != calendar.Lapsed && !c.Due.IsZero() {
			words = append(words, fmt.Sprintf("%s≤%s", c.label.In(lang, c.Limit), c.Due))
		}
	}
	return strings.Join(words, " ")
}
