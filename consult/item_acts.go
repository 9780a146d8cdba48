package consult

import (
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Begin says that an item is under way.
type Begin struct {
	Item string `json:"item"`
}

// Event is "begin_item".
func (Begin) Event() string { return "begin_item" }

// Instance is the item.
func (b Begin) Instance(workflow.Actor) string { return b.Item }

// Apply dates it.
func (b Begin) Apply(act *Act, a *Activity) error {
	item, err := a.item(b.Item)
	if err != nil {
		return err
	}
	item.Begun = act.At
	return nil
}

// Report tells how an item under way stands.
type Report struct {
	Item string `json:"item"`
	Text string `json:"text"`
}

// Event is "report_item".
func (Report) Event() string { return "report_item" }

// Instance is the item.
func (r Report) Instance(workflow.Actor) string { return r.Item }

// Apply adds it.
func (r Report) Apply(act *Act, a *Activity) error {
	if err := checkSaid("text", r.Text); err != nil {
		return err
	}
	item, err := a.item(r.Item)
	if err != nil {
		return err
	}
	if err := checkLen("progress", len(item.Progress), 1); err != nil {
		return err
	}
	item.Progress = append(item.Progress, Progress{At: act.At, By: act.Actor.ID, Text: r.Text})
	return nil
}

// Finish says that an item is done today, with the evidence. What was done
// earlier is entered with [workflow.Happened].
type Finish struct {
	Item     string   `json:"item"`
	Evidence []string `json:"evidence"`
}

// Event is "finish_item".
func (Finish) Event() string { return "finish_item" }

// Instance is the item.
func (f Finish) Instance(workflow.Actor) string { return f.Item }

// Apply keeps the evidence.
func (f Finish) Apply(act *Act, a *Activity) error {
	if len(f.Evidence) == 0 {
		return workflow.Invalid("evidence", "empty", "办结须有佐证", "an item is done with evidence")
	}
	if err := checkLen("evidence", 0, len(f.Evidence)); err != nil {
		return err
	}
	for i, e := range f.Evidence {
		if err := checkSaid(at("evidence", i), e); err != nil {
			return err
		}
	}
	item, err := a.item(f.Item)
	if err != nil {
		return err
	}
	item.Finished, item.Evidence, item.Reason = act.Today(), slices.Clone(f.Evidence), ""
	return nil
}

// GiveUp says that an item is not feasible, and why.
type GiveUp struct {
	Item   string `json:"item"`
	Reason string `json:"reason"`
}

// Event is "give_up_item".
func (GiveUp) Event() string { return "give_up_item" }

// Instance is the item.
func (g GiveUp) Instance(workflow.Actor) string { return g.Item }

// Apply keeps the reason.
func (g GiveUp) Apply(act *Act, a *Activity) error {
	if err := checkSaid("reason", g.Reason); err != nil {
		return err
	}
	item, err := a.item(g.Item)
	if err != nil {
		return err
	}
	item.Finished, item.Evidence, item.Reason = act.Today(), nil, g.Reason
	return nil
}

// Confirm agrees that an item is done, or not feasible. Its owner cannot.
type Confirm struct {
	Item string `json:"item"`
}

// Event is "confirm_item".
func (Confirm) Event() string { return "confirm_item" }

// Instance is the item.
func (c Confirm) Instance(workflow.Actor) string { return c.Item }

// Apply dates it.
func (c Confirm) Apply(act *Act, a *Activity) error {
	item, err := a.item(c.Item)
	if err != nil {
		return err
	}
	item.Confirmed = act.At
	return nil
}

// Return has an item that was said to be done or not feasible, or confirmed,
// worked on again. Its due date stands until it is extended.
type Return struct {
	Item   string `json:"item"`
	Reason string `json:"reason"`
}

// Event is "return_item".
func (Return) Event() string { return "return_item" }

// Instance is the item.
func (r Return) Instance(workflow.Actor) string { return r.Item }

// Apply keeps the reason.
func (r Return) Apply(act *Act, a *Activity) error { return a.takeBack(act, r.Item, r.Reason) }

func (a *Activity) takeBack(act *Act, id, reason string) error {
	if err := checkSaid("reason", reason); err != nil {
		return err
	}
	item, err := a.item(id)
	if err != nil {
		return err
	}
	item.Reopened = append(item.Reopened, Reopening{At: act.At, By: act.Actor.ID, Reason: reason})
	item.Finished, item.Confirmed = calendar.Date{}, time.Time{}
	return nil
}

// Extend gives an item more time.
type Extend struct {
	Item   string        `json:"item"`
	To     calendar.Date `json:"to"`
	Reason string        `json:"reason"`
}

// Event is "extend_item".
func (Extend) Event() string { return "extend_item" }

// Instance is the item.
func (e Extend) Instance(workflow.Actor) string { return e.Item }

// Apply moves the due date.
func (e Extend) Apply(act *Act, a *Activity) error {
	if err := checkSaid("reason", e.Reason); err != nil {
		return err
	}
	item, err := a.item(e.Item)
	if err != nil {
		return err
	}
	if !e.To.After(item.Due) {
		return workflow.Invalid("to", "not_later", "%s不晚于%s", "%s is not after %s", e.To, item.Due)
	}
	item.Extended = append(item.Extended, Extension{At: act.At, By: act.Actor.ID, From: item.Due, To: e.To, Reason: e.Reason})
	item.Due = e.To
	act.SetDate(lifecycle.Instance(itemDue, item.ID), item.Due)
	return nil
}

// Hand gives an item to another owner.
type Hand struct {
	Item   string `json:"item"`
	To     Owner  `json:"to"`
	Reason string `json:"reason"`
}

// Event is "hand_item".
func (Hand) Event() string { return "hand_item" }

// Instance is the item.
func (h Hand) Instance(workflow.Actor) string { return h.Item }

// Apply changes the owner.
func (h Hand) Apply(act *Act, a *Activity) error {
	if err := h.To.check("to"); err != nil {
		return err
	}
	if err := checkSaid("reason", h.Reason); err != nil {
		return err
	}
	item, err := a.item(h.Item)
	if err != nil {
		return err
	}
	item.Owners = append(item.Owners, Handing{At: act.At, By: act.Actor.ID, From: item.Owner, Reason: h.Reason})
	item.Owner = h.To
	return nil
}
