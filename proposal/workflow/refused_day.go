package workflow

import (
	"context"
	_ "embed"
	"errors"
	"slices"

	"github.com/google/uuid"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

//go:embed lifecycles/refusals.json
var refusals []byte

// RefusalDefinition returns the lifecycle of the days on which refusals are kept: the
// engine itself begins and writes them, and an [Administrator] of the body reads them.
// Give a definition of one's own, by [WithDefinition] and [WithUse] for the kind
// "proposal.refusal", where others are to read them.
func RefusalDefinition() lifecycle.Definition { return lifecycle.Shipped(refusals) }

// RefusedDay (被拒绝操作登记) is a day on which acts on the cases of a body were denied
// or refused. It is a case of a kind of its own, as "proposal.refusal", of which every
// entry is one [Refusal]: so it is sealed, audited, exported and followed as all cases
// are, and nobody but the engine writes it.
type RefusedDay struct {
	Header   `json:"-"`
	Day      string           `json:"day"` // in the time zone of the body, such as 2024-05-06
	Tried    int              `json:"tried"`
	Kept     int              `json:"kept"` // entries, but for those beyond the limit of the day
	Accounts []RefusedAccount `json:"accounts,omitempty"`
}

// RefusedAccount is how often an account was denied or refused on a day.
type RefusedAccount struct {
	Account string `json:"account"`
	Tried   int    `json:"tried"`
	Kept    int    `json:"kept"`
}

// Refusals returns the engine of the days on which acts of this vocabulary were denied
// or refused, for reading them: Refusals().As(administrator).
func (e *Engine[C, R]) Refusals() *Engine[*RefusedDay, RefusalLimits] { return e.refusals }

// beginDay is the action with which a day begins.
type beginDay struct {
	Day string `json:"day"`
}

// Event is [Opening].
func (beginDay) Event() string { return Opening }

// Apply notes the day.
func (b beginDay) Apply(_ *Act[RefusalLimits], c *RefusedDay) error {
	c.Day = b.Day
	return nil
}

// Event is "note_refusal".
func (Refusal) Event() string { return "note_refusal" }

const beyond = "beyond_"

// Apply counts the refusal, and refuses one that the limits leave no room for.
func (r Refusal) Apply(act *Act[RefusalLimits], c *RefusedDay) error {
	i := slices.IndexFunc(c.Accounts, func(a RefusedAccount) bool { return a.Account == r.Account })
	switch {
	case r.Beyond == BeyondDay:
		c.Tried += r.Count
		return nil
	case c.Kept >= act.Rules.PerDay:
		return act.refuse(beyond+BeyondDay, "当日登记已满，其余只计次数", "the day is full; what follows is only counted")
	case r.Beyond == "" && i >= 0 && c.Accounts[i].Kept >= act.Rules.PerAccount:
		return act.refuse(beyond+BeyondAccount, "该账号当日登记已满，其余只计次数", "the day is full for this account; what follows is only counted")
	case i < 0:
		i = len(c.Accounts)
		c.Accounts = append(c.Accounts, RefusedAccount{Account: r.Account})
	}
	c.Tried += r.Count
	c.Kept++
	c.Accounts[i].Tried += r.Count
	c.Accounts[i].Kept++
	return nil
}

// refusalVocabulary is what the engine is told of the refusals of a vocabulary.
func refusalVocabulary(kind string, roles []string, limits RefusalLimits) Vocabulary[*RefusedDay, RefusalLimits] {
	return Vocabulary[*RefusedDay, RefusalLimits]{
		Kind: kind, Fresh: func() *RefusedDay { return new(RefusedDay) },
		Definitions: []lifecycle.Definition{RefusalDefinition()}, Default: "refusals",
		Actions: []ActionType[*RefusedDay, RefusalLimits]{
			Describe[*RefusedDay, RefusalLimits](beginDay{}, "开始一日登记", "begin a day").Inner(),
			Describe[*RefusedDay, RefusalLimits](Refusal{}, "登记被拒绝的操作", "note a refused act").Inner(),
		},
		Roles: roles,
		Parts: []Part[*RefusedDay]{{Key: "refusals", Label: lifecycle.Label{ZH: "被拒绝的操作", EN: "refused acts"}, Show: func(_ Actor, seen, c *RefusedDay) {
			seen.Day, seen.Tried, seen.Kept, seen.Accounts = c.Day, c.Tried, c.Kept, c.Accounts
		}}},
		Attributes: []Attribute{{Name: "day", Part: "refusals"}, {Name: "account", Part: "refusals"}},
		Index: func(c *RefusedDay) []store.Attr {
			attrs := append(make([]store.Attr, 0, 1+len(c.Accounts)), store.Attr{Name: "day", Value: c.Day})
			for _, a := range c.Accounts {
				attrs = append(attrs, store.Attr{Name: "account", Value: a.Account})
			}
			return attrs
		},
		Rules: limits,
	}
}

// refusalKind is the kind of the days of a kind.
func refusalKind(kind string) string { return kind + ".refusal" }

// refusedDayID is the ID of a day of a body. No command makes one like it: none holds
// a NUL byte.
func (e *Engine[C, R]) refusedDayID(body, day string) string {
	name := e.refusals.vocabulary.Kind + "\n" + body + "\n\x00" + day
	return e.idIn(body, uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)).String())
}

// noteRefusal writes a refusal into its day, which begins with the first of it.
func (e *Engine[C, R]) noteRefusal(ctx context.Context, c counted) error {
	days := e.refusals
	id := e.refusedDayID(c.Body, c.day)
	noting, err := days.deedOf(Actor{}, Step[*RefusedDay, RefusalLimits]{ID: id, Action: c.Refusal}, "")
	if err != nil {
		return err
	}
	err = days.bySystem(ctx, noting, Command(c.command))
	if !errors.Is(err, ErrNotFound) {
		return err
	}
	begun := beginDay{c.day}
	data, err := encode(begun)
	if err != nil {
		return err
	}
	err = days.bySystem(ctx, &opening[*RefusedDay, RefusalLimits]{days, id, c.Body, begun, data})
	if err != nil && !errors.Is(err, store.ErrExists) { // another process has begun it
		return err
	}
	return days.bySystem(ctx, noting, Command(c.command))
}

// bySystem does a deed as the engine itself.
func (e *Engine[C, R]) bySystem(ctx context.Context, d deed[C, R], options ...DoOption) error {
	how, err := e.doing(options)
	if err != nil {
		return err
	}
	_, err = e.act(ctx, Actor{ID: lifecycle.System}, how, systemDeed[C, R]{d})
	return err
}

// systemDeed is a deed that the definition lets the engine itself do, and perhaps
// nobody else.
type systemDeed[C Case, R any] struct{ deed[C, R] }

func (s systemDeed[C, R]) authorise(act *Act[R], c C) (asked, error) {
	h := c.Head()
	act.Role = lifecycle.System
	if act.Event == Opening {
		return asked{move: &Move{Event: Opening, To: h.State}}, nil
	}
	line, instance, at, err := act.line(act.Event, "")
	if err != nil {
		return asked{}, err
	}
	if blockers := line.Blockers(at, act.Event, []string{lifecycle.System}); len(blockers) > 0 {
		return asked{}, &RefusedError{h.ID, act.Event, at, blockers}
	}
	t, _ := line.Transition(at, act.Event)
	return asked{transition: t, move: &Move{Event: act.Event, Line: instance, From: at, To: t.To}}, nil
}
