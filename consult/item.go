package consult

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// itemDue is the named date of each item that the limit "item" counts from.
const itemDue = "item_due"

// Item (清单事项) is one line of a checklist: what is to be done, by whom, by when.
// Its state is the state of the track "item" for ID: open, under_way, done,
// not_feasible, confirmed.
type Item struct {
	ID        string        `json:"id"` // i1, i2 … within the activity
	What      string        `json:"what"`
	Owner     Owner         `json:"owner"`
	Due       calendar.Date `json:"due"`                 // the last day that is in time
	Practical bool          `json:"practical,omitempty"` // 实事: a practical matter done for residents
	From      []string      `json:"from,omitempty"`      // IDs of the opinions it comes from

	Begun     time.Time     `json:"begun,omitzero"`
	Progress  []Progress    `json:"progress,omitempty"`
	Finished  calendar.Date `json:"finished,omitzero"`  // done, or found not feasible
	Evidence  []string      `json:"evidence,omitempty"` // that it is done: documents, pictures, by reference
	Reason    string        `json:"reason,omitempty"`   // why it is not feasible
	Confirmed time.Time     `json:"confirmed,omitzero"`
	Reopened  []Reopening   `json:"reopened,omitempty"`
	Extended  []Extension   `json:"extended,omitempty"`
	Owners    []Handing     `json:"owners,omitempty"` // who owned it before
}

// Owner (责任单位、责任人) is who answers for an item: a unit, under the ID by which
// its people act, or a person, with an account or without.
type Owner struct {
	Unit    string `json:"unit,omitempty"`
	Account string `json:"account,omitempty"`
	Name    string `json:"name,omitempty"` // for people; needed when there is neither unit nor account
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

func (o Owner) is(a workflow.Actor) bool {
	return o.Account != "" && o.Account == a.ID || o.Unit != "" && o.Unit == a.Unit
}

func (o Owner) check(field string) error {
	if strings.TrimSpace(o.Key()) == "" {
		return workflow.Invalid(field, "no_owner", "清单事项须有责任人：单位、账号或姓名", "an item has an owner: a unit, an account or a person's name")
	}
	for _, f := range []struct{ name, id string }{{"unit", o.Unit}, {"account", o.Account}} {
		if f.id == "" {
			continue
		}
		if err := checkID(field+"."+f.name, f.id); err != nil {
			return err
		}
	}
	return checkLine(field+".name", o.Name)
}

// Progress is one report on an item under way.
type Progress struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	Text string    `json:"text"`
}

// Reopening tells why an item that was said to be done was not.
type Reopening struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Reason string    `json:"reason"`
}

// Extension is one change of an item's due date.
type Extension struct {
	At     time.Time     `json:"at"`
	By     string        `json:"by"`
	From   calendar.Date `json:"from"`
	To     calendar.Date `json:"to"`
	Reason string        `json:"reason"`
}

// Handing tells that an item went from one owner to another.
type Handing struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	From   Owner     `json:"from"`
	Reason string    `json:"reason"`
}

// Task is an item as it is given: what, by whom, by when.
type Task struct {
	What      string        `json:"what"`
	Owner     Owner         `json:"owner"`
	Due       calendar.Date `json:"due"`
	Practical bool          `json:"practical,omitempty"`
	From      []string      `json:"from,omitempty"` // IDs of opinions
}

// Item returns the item of that ID, for reading, or nil.
func (a *Activity) Item(id string) *Item {
	i := slices.IndexFunc(a.Items, func(item Item) bool { return item.ID == id })
	if i < 0 {
		return nil
	}
	return &a.Items[i]
}

// What the states of items mean.
const (
	ItemOpen        = "open"
	ItemUnderWay    = "under_way"
	ItemDone        = "done"
	ItemNotFeasible = "not_feasible"
	ItemConfirmed   = "confirmed"
)

// ItemState returns what the state of an item means, one of [ItemOpen] and the
// others unless a definition has meanings of its own; "" when there is no item
// of that ID.
func (a *Activity) ItemState(id string) string { return a.TrackMeans(itemTrack, id) }

// item returns the item of that ID, or an error that says there is none: a
// definition of a place's own may let an action in where there is no item.
func (a *Activity) item(id string) (*Item, error) {
	item := a.Item(id)
	if item == nil {
		return nil, workflow.Invalid("item", "unknown", "没有清单事项%q", "there is no item %q", id)
	}
	return item, nil
}

// Awaited tells whether the item's owner has yet to say that it is done or not
// feasible.
func (a *Activity) Awaited(id string) bool {
	state := a.ItemState(id)
	return state == ItemOpen || state == ItemUnderWay
}

// Late returns by how many days an item is late on a day, which is how many
// passed between its due date and the day it was finished, or that day if it
// has not been. 0 is in time.
func (i Item) Late(on calendar.Date) int {
	until := on
	if !i.Finished.IsZero() {
		until = i.Finished
	}
	return max(0, until.Sub(i.Due))
}

// give adds items to the checklist and begins them.
func (a *Activity) give(act *Act, field string, tasks []Task) error {
	if err := checkLen(field, len(a.Items), len(tasks)); err != nil {
		return err
	}
	for i, t := range tasks {
		where := at(field, i)
		if err := checkName(where+".what", t.What); err != nil {
			return err
		}
		if err := t.Owner.check(where + ".owner"); err != nil {
			return err
		}
		if t.Due.IsZero() {
			return workflow.Invalid(where+".due", "empty", "清单事项须有期限", "an item has a due date")
		}
		if t.Due.Before(a.On) {
			return workflow.Invalid(where+".due", "too_early", "%s早于活动日期%s", "%s is before the activity, %s", t.Due, a.On)
		}
		for j, from := range t.From {
			if a.Opinion(from) == nil {
				return workflow.Invalid(at(where+".from", j), "unknown", "没有意见%q", "there is no opinion %q", from)
			}
		}
		item := Item{
			ID: fmt.Sprintf("i%d", len(a.Items)+1), What: t.What, Owner: t.Owner, Due: t.Due,
			Practical: t.Practical, From: slices.Clone(t.From),
		}
		a.Items = append(a.Items, item)
		act.SetDate(lifecycle.Instance(itemDue, item.ID), item.Due)
		act.Begin(itemTrack, item.ID)
	}
	return nil
}

// AddItems adds items to the checklist of an activity that has been concluded.
type AddItems struct {
	Items []Task `json:"items"`
}

// Event is "add_items".
func (AddItems) Event() string { return "add_items" }

// Apply adds them.
func (t AddItems) Apply(act *Act, a *Activity) error {
	if len(t.Items) == 0 {
		return workflow.Invalid("items", "empty", "没有清单事项", "there is no item")
	}
	return a.give(act, "items", t.Items)
}
