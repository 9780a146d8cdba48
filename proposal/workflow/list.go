package workflow

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/internal/spell"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// List (工作清单) is a list of cases as people work with them: what waits for
// one, the open parts of a unit, what is to be assigned. It is kept in the same
// commit as the case; a page and a count cost what they return.
type List[C Case] struct {
	Key   string // in lower-case ASCII
	Label lifecycle.Label
	For   Keeper // whose list it is

	// Stands returns where the case stands: under whose keys, and by what it is
	// sorted there. A case that is on nobody's list returns nothing.
	Stands func(c C) []Standing
}

// Standing is a place in a list.
type Standing struct {
	Key  string // the account, the unit; "" for a list of the body
	Sort string // compared byte by byte: a day, a number with leading zeros
}

// Keeper is whose list a list is.
type Keeper string

// The keepers. A reader who asks for a list without a key asks for his own.
const (
	OfPerson Keeper = "person" // the account
	OfUnit   Keeper = "unit"   // the unit somebody acts for
	OfBody   Keeper = "body"   // whoever sees it in the body
)

// Attribute is one by which cases are found.
type Attribute struct {
	Name string
	Part string // of the case, which whoever asks by it has to see; "": nothing beyond the case itself
}

// attributesOfAll are those that every case has.
var attributesOfAll = []Attribute{ //nolint:gochecknoglobals // a constant
	{Name: "body"}, {Name: "state"}, {Name: "stage"}, {Name: "means"}, {Name: "definition"}, {Name: "opened"}, {Name: "changed"}, {Name: "left", Part: SeeProgress},
	{"clock", SeeClocks}, {"due", SeeClocks}, {"alarm", SeeClocks}, {"undated", SeeClocks},
}

// listAttr is the attribute that holds a list.
func listAttr(key string) string { return "list." + key }

// lists appends the lists that a case is on, as attributes.
func (e *Engine[C, R]) lists(attrs []store.Attr, c C) []store.Attr {
	h := c.Head()
	for i := range e.vocabulary.Lists {
		l := &e.vocabulary.Lists[i]
		standings := l.Stands(c)
		if len(standings) == 0 {
			continue
		}
		name := listAttr(l.Key)
		for _, s := range standings {
			attrs = append(attrs, store.Attr{Name: name, Value: e.standing(*l, h.Body, s.Key, s.Sort)})
		}
	}
	return attrs
}

// standing is the value of a place in a list: all of one key stand together, in
// the order of their sorts.
func (e *Engine[C, R]) standing(l List[C], body, key, sort string) string {
	if l.For == OfUnit {
		key = e.spelled(key)
	}
	sort = cut(sort, store.MaxKey)
	if plainKey(body, key) {
		return body + "\x1f" + key + "\x1f" + sort
	}
	return keyOf(body, key) + "\x1f" + sort
}

// list returns the list of that key.
func (e *Engine[C, R]) list(key string) (List[C], error) {
	keys := make([]string, len(e.vocabulary.Lists))
	for i, l := range e.vocabulary.Lists {
		if keys[i] = l.Key; l.Key == key {
			return l, nil
		}
	}
	hintZH, hintEN := spell.Hint(key, keys)
	return List[C]{}, Invalid("list", "unknown", "没有清单%[1]q%[2]s；有：%[4]v", "there is no list %[1]q%[3]s; there are %[4]v", key, hintZH, hintEN, keys)
}

// Lists returns the lists of the vocabulary, the host's included.
func (e *Engine[C, R]) Lists() []List[C] { return slices.Clone(e.vocabulary.Lists) }

// attribute refuses an attribute that no case has, and returns its part.
func (e *Engine[C, R]) attribute(field, name string) (Attribute, error) {
	if a, ok := e.askable[name]; ok {
		return a, nil
	}
	if limit, is := strings.CutPrefix(name, dueOfLimit); is && e.adoptedLimit(limit) {
		return Attribute{name, SeeClocks}, nil
	}
	names := slices.Sorted(maps.Keys(e.askable))
	hintZH, hintEN := spell.Hint(name, names)
	return Attribute{}, Invalid(field, "unknown_attribute", "没有属性%[1]q%[2]s；有：%[4]v", "there is no attribute %[1]q%[3]s; there are %[4]v", name, hintZH, hintEN, names)
}

// addAttributes notes what cases can be asked for by.
func (e *Engine[C, R]) addAttributes() {
	e.askable = make(map[string]Attribute)
	for _, a := range slices.Concat(attributesOfAll, e.vocabulary.Attributes) {
		e.askable[a.Name] = a
	}
	for _, versions := range e.machines {
		for _, m := range versions {
			for _, l := range m.Limits() {
				e.askable[dueOfLimit+l.Key] = Attribute{dueOfLimit + l.Key, SeeClocks}
			}
		}
	}
}

// dueOfLimit begins the attribute that holds the due days of a limit.
const dueOfLimit = "due."

// adoptedLimit reports whether an adopted definition has a limit of that key.
func (e *Engine[C, R]) adoptedLimit(key string) bool {
	p := e.book.page.Load()
	return p != nil && slices.ContainsFunc(p.definitions, func(a adopted[R]) bool {
		return slices.ContainsFunc(a.machine.Limits(), func(l lifecycle.TimedLimit) bool { return l.Key == key })
	})
}

// checkReading finds what is wrong with parts, attributes and lists.
func (v *Vocabulary[C, R]) checkReading() error {
	parts := make(map[string]bool)
	for _, key := range partsOfAll {
		parts[key] = true
	}
	for i, p := range v.Parts {
		if p.Key == "" || p.Key == SeeAll || p.Show == nil || parts[p.Key] {
			return Invalid(fmt.Sprintf("vocabulary.parts[%d]", i), "unusable", "可见部分%q没有键或内容，或者重复", "the part %q has no key or shows nothing, or is there twice", p.Key)
		}
		parts[p.Key] = true
	}
	names := make(map[string]bool)
	for _, a := range attributesOfAll {
		names[a.Name] = true
	}
	for i, a := range v.Attributes {
		if a.Name == "" || names[a.Name] || a.Part != "" && a.Part != SeeAll && !parts[a.Part] {
			return Invalid(fmt.Sprintf("vocabulary.attributes[%d]", i), "unusable", "属性%q没有名称或内容、重复，或所属部分不存在",
				"the attribute %q has no name or nothing in it, is there twice, or is of a part that is not there", a.Name)
		}
		names[a.Name] = true
	}
	seen := make(map[string]bool)
	for i, l := range v.Lists {
		if l.Key == "" || l.Stands == nil || seen[l.Key] || l.For != OfPerson && l.For != OfUnit && l.For != OfBody {
			return Invalid(fmt.Sprintf("vocabulary.lists[%d]", i), "unusable", "清单%q没有键、没有内容、没有写明是谁的，或者重复", "the list %q has no key or nothing on it, does not say whose it is, or is there twice", l.Key)
		}
		seen[l.Key] = true
	}
	return nil
}
