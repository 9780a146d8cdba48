package workflow

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

//go:embed lifecycles/adoption.json
var adoption []byte

// AdoptionDefinition returns the lifecycle of adoptions: an [Administrator] adopts,
// and may withdraw what does not hold yet. Give a definition of one's own, by
// [WithDefinition] and [WithUse] for the kind "proposal.adoption", where others
// adopt, or where one proposes and another approves.
func AdoptionDefinition() lifecycle.Definition { return lifecycle.Shipped(adoption) }

// Adoption (制定与施行) is a definition or rules that a body has adopted for its
// cases and those of the bodies below it, as a record: what [WithDefinition],
// [WithUse] and [WithRules] say in the program, said by an act and in the journal.
// It is a case of a kind of its own, named for the kind that it is for, as in
// "proposal.adoption"; [Engine.Adoptions] is its engine.
type Adoption struct {
	Header  `json:"-"`
	Adopted Adopt `json:"adopted"`

	// Holds is the moment from which it holds: the beginning of From in the zone of
	// its body, and no sooner than the lag ([WithAdoptionLag]) after it was recorded,
	// so that every process knows of it by then. Zero: it has not been approved.
	Holds time.Time `json:"holds,omitzero"`
}

// Adopt is the action with which an adoption begins. One of Definition, Use and
// Rules is adopted.
type Adopt struct {
	Title  string        `json:"title,omitempty" zh:"文件名称" en:"title of the paper"`
	Papers []string      `json:"papers,omitempty" zh:"附件" en:"papers"`
	From   calendar.Date `json:"from,omitzero" zh:"施行日期" en:"the first day on which it holds"` // not before today; zero: today

	// Definition is a lifecycle for new cases; running cases stay on theirs. A name
	// and version that is known already, here or in the program, is refused.
	Definition *lifecycle.Definition `json:"definition,omitempty" zh:"流程" en:"definition"`

	// Use is the name@version of a lifecycle that is known already, for new cases.
	Use string `json:"use,omitempty" zh:"采用的流程" en:"definition to use"`

	// Rules are the rules of the body, whole, as JSON: they take the place of those
	// that held.
	Rules json.RawMessage `json:"rules,omitempty" zh:"规则" en:"rules"`
}

// Event is [Opening].
func (Adopt) Event() string { return Opening }

// Apply holds what is adopted against the vocabulary that it is for.
func (a Adopt) Apply(act *Act[Adopting], c *Adoption) error {
	if n := utf8.RuneCountInString(a.Title); n > maxTitle {
		return Invalid("title", "too_long", "%d字，超过%d字", "%d characters, more than %d", n, maxTitle)
	}
	if err := checkReason("", a.Papers, "", ""); err != nil {
		return err
	}
	today, err := act.recordedOn()
	if err != nil {
		return err
	}
	switch {
	case a.From.IsZero():
		a.From = today
	case a.From.Before(today):
		return Invalid("from", "past", "施行日期%s早于今天%s：已办之事不溯及", "%s is before today, %s: what has been done stays done", a.From, today)
	}
	if act.Rules.check == nil {
		return Invalid("adoption", "unusable", "没有可供核对的词汇", "there is no vocabulary to hold it against")
	}
	if err := act.Rules.check(act.header.Body, a); err != nil {
		return err
	}
	if a.Definition != nil {
		act.Claim(pinName(a.Definition.Name, a.Definition.Version))
	}
	c.Adopted = a
	if c.Means() == adoptedState {
		return c.hold(act)
	}
	return nil
}

const maxTitle = 500 // characters

// Approve has what was proposed hold, in a definition where one proposes and
// another approves.
type Approve struct{}

// Event is "approve".
func (Approve) Event() string { return "approve" }

// Apply says from when it holds: from its day, or from now on if that has passed.
func (Approve) Apply(act *Act[Adopting], c *Adoption) error { return c.hold(act) }

// WithdrawAdoption takes back what does not hold yet.
type WithdrawAdoption struct {
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "withdraw".
func (WithdrawAdoption) Event() string { return "withdraw" }

// Apply checks the reason.
func (w WithdrawAdoption) Apply(*Act[Adopting], *Adoption) error {
	return checkReason(w.Reason, nil, "撤回须有理由", "withdrawing needs a reason")
}

// Adopting is what an adoption is held against. It is the engine's own.
type Adopting struct {
	lag   time.Duration
	check func(body string, a Adopt) error
}

// What the state of an adoption means to the engine.
const (
	adoptedState   = "adopted"
	withdrawnState = "withdrawn"
)

// hold sets the moment from which an adoption holds.
func (c *Adoption) hold(act *Act[Adopting]) error {
	year, month, day := c.Adopted.From.Civil()
	c.Holds = time.Date(year, month, day, 0, 0, 0, 0, act.zone).UTC()
	if soonest := act.recorded.Add(act.Rules.lag).UTC(); soonest.After(c.Holds) {
		c.Holds = soonest
	}
	return nil
}

// recordedOn returns the day on which the act is recorded, in the body's zone.
func (a *Act[R]) recordedOn() (calendar.Date, error) {
	day, err := calendar.DateOf(a.recorded, a.zone)
	if err != nil {
		return day, Invalid("at", "out_of_range", "%v", "%v", err)
	}
	return day, nil
}

// pinName is how a definition of a version is named in words.
func pinName(name string, version int) string { return fmt.Sprintf("%s@%d", name, version) }

// adoptionVocabulary is what the engine is told of the adoptions for a vocabulary.
func adoptionVocabulary(kind string, roles []string, rules Adopting) Vocabulary[*Adoption, Adopting] {
	return Vocabulary[*Adoption, Adopting]{
		Kind: kind, Fresh: func() *Adoption { return new(Adoption) },
		Definitions: []lifecycle.Definition{AdoptionDefinition()}, Default: "adoption",
		Actions: []ActionType[*Adoption, Adopting]{
			Describe[*Adoption, Adopting](Adopt{}, "通过", "adopt"),
			Describe[*Adoption, Adopting](Approve{}, "批准", "approve"),
			Describe[*Adoption, Adopting](WithdrawAdoption{}, "撤回", "withdraw"),
		},
		Guards: map[string]Guard[*Adoption, Adopting]{"not_in_force": notInForce, "another_person": anotherPerson},
		Roles:  roles,
		Needs:  []Need{{For: []string{"withdraw"}, Means: []string{adoptedState, withdrawnState}}, {For: []string{"approve"}, Means: []string{adoptedState}}},
		Parts: []Part[*Adoption]{{Key: "adoption", Label: lifecycle.Label{ZH: "制定与施行", EN: "adoption"}, Show: func(_ Actor, seen, c *Adoption) {
			seen.Adopted, seen.Holds = c.Adopted, c.Holds
		}}},
		Attributes: []Attribute{{Name: "holds", Part: "adoption"}, {Name: "adopts", Part: "adoption"}},
		Index:      adoptionIndex,
		Rules:      rules,
	}
}

// adoptionIndex is what an adoption is found by, beside body and state.
func adoptionIndex(c *Adoption) []store.Attr {
	attrs := []store.Attr{{Name: "adopts", Value: c.adopts()}}
	if !c.Holds.IsZero() {
		attrs = append(attrs, store.Attr{Name: "holds", Value: c.Holds.UTC().Format(time.RFC3339)})
	}
	return attrs
}

// adopts returns the name@version of the definition that new cases get, or "rules".
func (c *Adoption) adopts() string {
	switch {
	case c.Adopted.Definition != nil:
		return pinName(c.Adopted.Definition.Name, c.Adopted.Definition.Version)
	case c.Adopted.Use != "":
		return c.Adopted.Use
	}
	return rulesHold
}

// notInForce refuses to withdraw what holds, or will before every process knows.
func notInForce(act *Act[Adopting], c *Adoption) []Blocker {
	if c.Holds.IsZero() || !act.recorded.Add(act.Rules.lag).After(c.Holds) {
		return nil
	}
	at := c.Holds.In(act.zone).Format("2006-01-02 15:04")
	return []Blocker{Block("in_force", fmt.Sprintf("自%s起施行，已不能撤回；可另行制定", at),
		fmt.Sprintf("it holds from %s and cannot be withdrawn any more: adopt another", at))}
}

// anotherPerson refuses whoever has acted on the adoption before.
func anotherPerson(act *Act[Adopting], c *Adoption) []Blocker {
	for _, person := range []string{act.Actor.ID, act.Actor.For} {
		if slices.Contains(c.Acted, person) { // nobody acts without an account
			return []Blocker{Block("same_person", "提出与批准须为不同的人", "whoever proposed it does not approve it")}
		}
	}
	return nil
}

// parsePin reads name@version.
func parsePin(field, text string) (name string, version int, err error) {
	name, number, _ := strings.Cut(text, "@")
	if n, err := fmt.Sscanf(number, "%d", &version); n != 1 || err != nil || pinName(name, version) != text || version < 1 {
		return "", 0, Invalid(field, "malformed", "%q不是“名称@版本”，如 nine@1", "%q is no name@version, such as nine@1", text)
	}
	return name, version, nil
}
