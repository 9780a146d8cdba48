package checklist

import (
	"slices"
	"strings"
	"time"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/proposal/workflow"
)

// Handing says that an item went from one owner to another.
type Handing struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	From   Owner     `json:"from"`
	Reason string    `json:"reason"`
}

// Owner (责任单位、责任人) is who answers for an item: a unit, under the ID by which
// its people act, or a person, with an account or without.
type Owner struct {
	Unit    string `json:"unit,omitempty" zh:"责任单位" en:"unit" field:"id"`
	Account string `json:"account,omitempty" zh:"责任人账号" en:"account" field:"id"`
	Name    string `json:"name,omitempty" zh:"责任人" en:"name"` // for people; needed when there is neither unit nor account
}

// Key is what an owner is found by: the unit's ID, else the account, else the
// name.
func (o Owner) Key() string {
	switch {
	case o.Unit != "":
		return o.Unit
	case o.Account != "":
		return o.Account
	}
	return o.Name
}

// Is reports whether the actor is the owner, or acts for the unit that is.
func (o Owner) Is(a workflow.Actor) bool {
	return o.Account != "" && o.Account == a.ID || o.Unit != "" && o.Unit == a.Unit
}

// Helps reports whether the actor is, or acts for, one of those who help with the
// item.
func (i Item) Helps(a workflow.Actor) bool {
	return slices.ContainsFunc(i.With, func(o Owner) bool { return o.Is(a) })
}

// Owned reports whether the actor is, or acts for, the owner of the item, one
// that it had before, or one who helps with it.
func (i Item) Owned(a workflow.Actor) bool {
	return i.Owner.Is(a) || i.Helps(a) || slices.ContainsFunc(i.Owners, func(h Handing) bool { return h.From.Is(a) })
}

// Check refuses an owner who has neither a unit nor an account nor a name.
func (o Owner) Check(field string) error {
	if strings.TrimSpace(o.Key()) == "" {
		return workflow.Invalid(field, "no_owner", "清单事项须有责任人：单位、账号或姓名", "an item has an owner: a unit, an account or a person's name")
	}
	for _, f := range []struct{ name, id string }{{"unit", o.Unit}, {"account", o.Account}} {
		if f.id == "" {
			continue
		}
		if err := check.ID(field+"."+f.name, f.id); err != nil {
			return err
		}
	}
	return check.Line(field+".name", o.Name)
}
