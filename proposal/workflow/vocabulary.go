package workflow

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Vocabulary tells the engine what a case is. C is the case, R what its body
// words, codes and demands in its own way: the rules that actions and guards are
// handed.
type Vocabulary[C Case, R any] struct {
	Kind        string                 // of the records: "proposal"
	Fresh       func() C               // an empty case
	Definitions []lifecycle.Definition // every version that a case may still be pinned to
	Default     string                 // the definition that new cases get, in its highest version

	Actions   []ActionType[C, R]
	Guards    map[string]Guard[C, R]
	Arguments map[string]func(argument string) error // what a guard with an argument makes of it; the error says what is wrong
	Relations []Relation[C]
	Offices   Offices  // that relations name; nil: they name none
	Roles     []string // that definitions may name, beside the relations, [lifecycle.System] and [Administrator]
	Handles   []string // roles and relations of those who handle a case, and find room in it when it is full for others; see [Room]
	Runs      []string // of those who run it, and find room when it is full for these too
	Bound     []string // whom a limit may be for, beside roles and relations
	Dates     []string // that actions set, for limits that count back from them
	Needs     []Need   // what the code reads of a definition

	Parts      []Part[C]                // of the case that some may see and others not
	Attributes []Attribute              // that Index gives
	Lists      []List[C]                // as people work with them
	Spelled    func(unit string) string // how a unit is spelled where it is looked for; nil: as it is

	Instance func(c C, name string) string // the instance of a track that a name in another spelling means; nil: the name itself

	Index func(C) []store.Attr                                  // what a case is found by, beside body, state, stage and definition
	Asks  func(store.Match) store.Match                         // a condition, with its values spelled as Index spells them; nil: as they are
	Binds func(rules R, c C, l lifecycle.Limit, of string) bool // whether a limit binds the case, or the instance of its track; nil: always

	Rules  R                                                                 // of every body that [WithRules] gives no others
	Check  func(field string, r R, definitions []lifecycle.Definition) error // what is wrong with rules; nil: nothing ever is
	Values func(r R, list string) []form.Value                               // what a field that is a key of a list may be

	Follow func(field string, before, after R) error // what is lost when rules are adopted in the place of others, such as a code in use; nil: nothing is

	Relocate func(act *Act[R], c C, before R, r Relocation) []Blocker // what stands against a case's going to another body, whose rules act has; it may write what has to be kept of the old one. nil: nothing does

	RulesOf string // the kind whose adopted rules hold, where vocabularies share them; "": its own
}

func (v *Vocabulary[C, R]) guardNames() []string { return slices.Sorted(maps.Keys(v.Guards)) }

// Need is what the code behind some events and guards reads of a definition. It
// is asked only of a definition that names one of them.
type Need struct {
	For    []string // events and guards
	Track  string   // the line that is read; "" is the main line
	Each   bool     // the track has one instance for each of many
	Means  []string // what some state of the line has to mean, each of them
	Events []string // what is fired there in consequence, by the system
}

// check finds what would only come to light, as a panic, when a case needs it.
func (v *Vocabulary[C, R]) check() error {
	if v.Kind == "" || v.Fresh == nil {
		return Invalid("vocabulary", "empty", "词汇须有类别和空白件的造法", "a vocabulary has a kind and a way to make an empty case")
	}
	if err := store.CheckKey(v.Kind+".claim", "id"); err != nil {
		return Invalid("vocabulary.kind", "unusable", "%v", "%v", err)
	}
	for _, name := range slices.Sorted(maps.Keys(v.Guards)) {
		if v.Guards[name] == nil {
			return Invalid("vocabulary.guards", "empty", "条件%q没有程序", "the guard %q is nil", name)
		}
	}
	if err := v.checkRelations(); err != nil {
		return err
	}
	if err := v.checkReading(); err != nil {
		return err
	}
	return v.checkActions()
}

func (v *Vocabulary[C, R]) checkRelations() error {
	seen := map[string]bool{lifecycle.System: true, Administrator: true}
	for _, r := range v.Relations {
		switch {
		case r.Name == "" || r.Holds == nil:
			return Invalid("vocabulary.relations", "empty", "关系%q没有名称或没有判断的程序", "the relation %q has no name, or nothing that decides whether it holds", r.Name)
		case seen[r.Name]:
			return Invalid("vocabulary.relations", "duplicate", "关系%q重复，或与内置角色同名", "the relation %q is there twice, or a role of the engine's own", r.Name)
		}
		seen[r.Name] = true
	}
	return nil
}

func (v *Vocabulary[C, R]) checkActions() error {
	type key struct {
		event string
		typ   reflect.Type
	}
	seen := make(map[key]bool, len(v.Actions))
	for i, a := range v.Actions {
		field := fmt.Sprintf("vocabulary.actions[%d]", i)
		switch {
		case a.typ == nil:
			return Invalid(field, "no_struct", "操作须为结构体，由 Describe 描述", "an action is a struct, described by Describe")
		case seen[key{a.Event, a.typ}]:
			return Invalid(field, "duplicate", "事项%q的操作%v重复", "the action %[2]v of the event %[1]q is there twice", a.Event, a.typ)
		case isOwn(a.Event):
			return Invalid(field, "reserved", "%q是引擎自身的操作", "%q is an act of the engine's own", a.Event)
		}
		seen[key{a.Event, a.typ}] = true
	}
	return nil
}

// relationNames returns the names of the relations.
func (v *Vocabulary[C, R]) relationNames() []string {
	names := make([]string, len(v.Relations))
	for i, r := range v.Relations {
		names[i] = r.Name
	}
	return names
}

// take adds what options give a vocabulary of this kind and these types, and
// notes them as taken.
func (v *Vocabulary[C, R]) take(s *settings) {
	v.Guards = maps.Clone(v.Guards)
	if v.Guards == nil {
		v.Guards = make(map[string]Guard[C, R])
	}
	v.Relations, v.Actions, v.Definitions = slices.Clone(v.Relations), slices.Clone(v.Actions), slices.Clone(v.Definitions)
	v.Lists = slices.Clone(v.Lists)
	for i := range s.own {
		o := &s.own[i]
		switch value := o.value.(type) {
		case Guard[C, R]:
			v.Guards[o.name] = value
		case Relation[C]:
			v.Relations = append(v.Relations, value)
		case ActionType[C, R]:
			v.Actions = append(v.Actions, value)
		case List[C]:
			v.Lists = append(v.Lists, value)
		case ownAttribute[C]:
			v.addAttribute(value)
		case lifecycle.Definition:
			if o.name != v.Kind {
				continue
			}
			v.Definitions = append(v.Definitions, value)
		case use:
			if o.name != v.Kind {
				continue
			}
			if value.body == "" {
				v.Default = value.definition
			}
		case R:
			// Rules are read for each engine; several may share them.
		default:
			continue
		}
		o.taken = true
	}
}

// addAttribute adds an attribute of the host's own; one without a function is left
// without a name, which New refuses.
func (v *Vocabulary[C, R]) addAttribute(own ownAttribute[C]) {
	if own.of == nil {
		own.Name = ""
	}
	v.Attributes = append(slices.Clip(v.Attributes), own.Attribute)
	index := v.Index
	v.Index = func(c C) (attrs []store.Attr) {
		if index != nil {
			attrs = index(c)
		}
		for _, value := range own.of(c) {
			attrs = append(attrs, store.Attr{Name: own.Name, Value: value})
		}
		return attrs
	}
}

// typeName returns the name of a type, for messages.
func typeName(value any) string { return fmt.Sprintf("%T", value) }
