package ledger

import (
	"slices"
	"strings"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Words are the keys that a ledger is coded with and how they are written in Chinese.
// They are data: those of other rules can be put in.
type Words struct {
	Kinds        Terms // of platforms
	Periods      Terms // of quotas
	Forms        Terms // of consultation
	States       Terms // of activities
	Participants Terms // kinds
	Outcomes     Terms // kinds
	ItemStates   Terms // what the states of items mean
	Cards        Terms
}

// Terms are keys, each with its label.
type Terms []form.Value

// DefaultWords returns the words of the rules and definitions shipped.
func DefaultWords() Words {
	var w Words
	w.addRules(rules.Default())
	w.fixed()
	return w
}

// wordsOf returns the words of a body and of those below it.
func wordsOf(svc *consult.Service, body string) Words {
	var w Words
	for _, b := range svc.Activities.Tree().Below(body) {
		w.addRules(svc.Rules(b))
		for _, s := range svc.Activities.MachineFor(b).Definition().States {
			w.States.add(s.Key, s.Label)
		}
	}
	w.fixed()
	return w
}

func (w *Words) addRules(r rules.Rules) {
	for _, k := range r.Kinds {
		w.Kinds.add(k.Key, k.Label)
	}
	for _, f := range r.Forms {
		w.Forms.add(f.Key, f.Label)
	}
	for _, p := range r.Participants {
		w.Participants.add(p.Key, p.Label)
	}
	for _, o := range r.Outcomes {
		w.Outcomes.add(o.Key, o.Label)
	}
}

// fixed adds the words that no rules change.
func (w *Words) fixed() {
	w.Periods = Terms(rules.Period("").Values())
	for _, t := range []struct{ key, zh, en string }{
		{checklist.Open, "未办", "open"}, {checklist.UnderWay, "办理中", "under way"}, {checklist.Done, "办理完毕", "done"},
		{checklist.NotFeasible, "暂不可行", "not feasible"}, {checklist.Confirmed, "办结认定", "confirmed"},
	} {
		w.ItemStates.add(t.key, lifecycle.Label{ZH: t.zh, EN: t.en})
	}
	w.Cards.add(string(checklist.Yellow), lifecycle.Label{ZH: "黄牌", EN: "yellow"})
	w.Cards.add(string(checklist.Red), lifecycle.Label{ZH: "红牌", EN: "red"})
}

// add adds a term whose key is not there yet.
func (t *Terms) add(key string, label lifecycle.Label) {
	if key != "" && !slices.ContainsFunc(*t, func(v form.Value) bool { return v.Key == key }) {
		*t = append(*t, form.Value{Key: key, Label: label})
	}
}

// separators are what stands between the entries of a cell that is a list.
const separators = ";；\n"

// word returns how a key is written: in Chinese its label, where that names it alone.
func (t Terms) word(lang, key string) string {
	i := slices.IndexFunc(t, func(v form.Value) bool { return v.Key == key })
	if lang != "zh" || i < 0 {
		return key
	}
	label := t[i].Label.ZH
	if back, known := t.key(label); label == "" || !known || back != key || strings.ContainsAny(label, separators) {
		return key
	}
	return label
}

// key returns the key that a word stands for, and whether it stands for one.
func (t Terms) key(word string) (string, bool) {
	folded := text.Narrow(word)
	for _, v := range t {
		if v.Key == word || v.Label.ZH != "" && text.Narrow(v.Label.ZH) == folded {
			return v.Key, true
		}
	}
	return "", false
}
