package appraisal

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Act is one act on a round under way.
type Act = workflow.Act[Rules]

// Rules (考评办法) are what a body words in its own way.
type Rules struct {
	Recusals []Term `json:"recusals"` // reasons for recusal (回避情形)
	Grounds  []Term `json:"grounds"`  // grounds for an appeal (申诉理由)
}

// Term is a key with its labels.
type Term struct {
	Key   string          `json:"key"`
	Label lifecycle.Label `json:"label"`
}

// DefaultRules returns the rules shipped.
func DefaultRules() Rules {
	term := func(key, zh, en string) Term { return Term{key, lifecycle.Label{ZH: zh, EN: en}} }
	return Rules{
		Recusals: []Term{
			term("same_unit", "与被考评单位同属一个单位", "belongs to the unit that is scored"),
			term("relative", "与被考评对象有近亲属关系", "a close relative of who is scored"),
			term("interest", "有利害关系", "has an interest in the outcome"),
			term("party", "提案办理的当事人", "a party to the handling"),
		},
		Grounds: []Term{
			term("fact", "数据有误", "a figure is wrong"),
			term("rule", "细则适用有误", "the sheet was applied wrongly"),
			term("conflict", "评分人应回避未回避", "an evaluator should have been recused"),
			term("procedure", "程序有误", "the procedure was not kept"),
		},
	}
}

// Check returns what is wrong with the rules; field is where they stand.
func (r Rules) Check(field string) error {
	for _, list := range []struct {
		name  string
		terms []Term
	}{{"recusals", r.Recusals}, {"grounds", r.Grounds}} {
		seen := map[string]bool{}
		for i, t := range list.terms {
			at := fmt.Sprintf("%s.%s[%d].key", field, list.name, i)
			if t.Key == "" {
				return workflow.Invalid(at, "empty", "键不能为空", "a key is empty")
			}
			if seen[t.Key] {
				return workflow.Invalid(at, "duplicate", "键%q重复", "the key %q is there twice", t.Key)
			}
			seen[t.Key] = true
		}
	}
	return nil
}

// Values returns the values of a list of the rules.
func (r Rules) Values(list string) []form.Value {
	terms := r.list(list)
	values := make([]form.Value, 0, len(terms))
	for _, t := range terms {
		values = append(values, form.Value{Key: t.Key, Label: t.Label})
	}
	return values
}

func (r Rules) list(name string) []Term {
	switch name {
	case "recusals":
		return r.Recusals
	case "grounds":
		return r.Grounds
	}
	return nil
}

// use refuses a key that is not in a list of the rules.
func (r Rules) use(field, list, key string) error {
	if slices.ContainsFunc(r.list(list), func(t Term) bool { return t.Key == key }) {
		return nil
	}
	return workflow.Invalid(field, "unknown", "没有%q这一项", "there is no %q", key)
}
