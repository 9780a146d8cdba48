package activity

import (
	"cmp"
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Call (公开征集参会人员) is an open call for people to take part, with so many places.
type Call struct {
	Kind       string        `json:"kind"` // of participants, of the body's rules
	Places     int           `json:"places"`
	Until      calendar.Date `json:"until"` // the last day to register
	Registered []Registrant  `json:"registered,omitempty"`
	Drawn      calendar.Date `json:"drawn,omitzero"` // the day on which the places were given out
}

// Registrant (报名人) is one who answered an open call.
type Registrant struct {
	ID     string        `json:"id"`
	Name   string        `json:"name"`
	On     calendar.Date `json:"on"`
	Lot    int64         `json:"lot,omitempty"` // the lot drawn for them; the smallest get the places
	Chosen bool          `json:"chosen,omitempty"`
}

// OpenCall (公开征集) calls for people to take part.
type OpenCall struct {
	Kind   string        `json:"kind" zh:"参加人员类别" en:"kind" field:"required,from=participants"`
	Places int           `json:"places" zh:"名额" en:"places" field:"required"`
	Until  calendar.Date `json:"until" zh:"报名截止日" en:"last day to register" field:"required"`
}

// Event is "open_call".
func (OpenCall) Event() string { return "open_call" }

// Apply opens the call. An activity has one.
func (o OpenCall) Apply(act *rules.Act, a *Activity) error {
	if a.Call != nil {
		return workflow.Invalid("kind", "duplicate", "已公开征集", "there has been an open call already")
	}
	if err := act.Rules.Participants.Use("kind", o.Kind); err != nil {
		return err
	}
	if o.Places < 1 || o.Places > check.MaxList {
		return workflow.Invalid("places", "out_of_range", "名额须为1至%d", "there are 1 to %d places", check.MaxList)
	}
	if o.Until.Before(act.Today()) || !a.On.IsZero() && !o.Until.Before(a.On) {
		return workflow.Invalid("until", "out_of_range", "报名截止日%s须在今天之后、活动之前", "%s is before today, or not before the activity", o.Until)
	}
	a.Call = &Call{Kind: o.Kind, Places: o.Places, Until: o.Until}
	return nil
}

// Register (报名) answers an open call. The convenor and the office enter those of
// people without an account.
type Register struct {
	ID   string `json:"id,omitempty" zh:"报名人编号" en:"who" field:"id"` // "": the actor
	Name string `json:"name" zh:"姓名" en:"name" field:"required"`
}

// Event is "register".
func (Register) Event() string { return "register" }

// Apply adds the registrant, until the last day.
func (r Register) Apply(act *rules.Act, a *Activity) error {
	if a.Call == nil || !a.Call.Drawn.IsZero() || act.Today().After(a.Call.Until) {
		return &workflow.RefusedError{ID: a.ID, Event: act.Event, State: a.State, Blockers: block("no_call", "没有公开征集，或报名已截止", "there is no open call, or it has ended")}
	}
	id := r.ID
	if id == "" {
		id = act.Actor.ID
	}
	if id != act.Actor.ID && !slices.ContainsFunc(act.Roles, func(role string) bool { return role == "convenor" || role == "office" || role == "committee" }) {
		return workflow.Invalid("id", "other", "只能为本人报名", "everybody registers for themselves")
	}
	if err := check.ID("id", id); err != nil {
		return err
	}
	if err := check.Name("name", r.Name); err != nil {
		return err
	}
	if a.Participant(id) != nil || slices.ContainsFunc(a.Call.Registered, func(x Registrant) bool { return x.ID == id }) {
		return workflow.Invalid("id", "duplicate", "%q已报名或已受邀", "%q has registered or been invited", id)
	}
	if err := check.Len("registered", len(a.Call.Registered), 1); err != nil {
		return err
	}
	a.Call.Registered = append(a.Call.Registered, Registrant{ID: id, Name: r.Name, On: act.Today()})
	return nil
}

// DrawLots (确定名额) gives out the places of an open call: to everybody while there
// are enough, else to the smallest lots, which were drawn elsewhere and are told here,
// one for each. Who has a place is invited.
type DrawLots struct {
	Lots map[string]int64 `json:"lots,omitempty" zh:"抽签结果" en:"lots"` // by registrant
}

// Event is "draw_lots".
func (DrawLots) Event() string { return "draw_lots" }

// Apply gives the places out, after the last day.
func (d DrawLots) Apply(act *rules.Act, a *Activity) error {
	if a.Call == nil || !a.Call.Drawn.IsZero() {
		return workflow.Invalid("lots", "no_call", "没有待确定的名额", "no places wait to be given out")
	}
	if !act.Today().After(a.Call.Until) {
		return workflow.Invalid("lots", "too_early", "报名截止日%s尚未过", "people may register until %s", a.Call.Until)
	}
	list := slices.Clone(a.Call.Registered)
	if len(list) > a.Call.Places {
		if err := d.draw(list); err != nil {
			return err
		}
	}
	for i := range min(a.Call.Places, len(list)) {
		list[i].Chosen = true
		if err := a.join(act, "registered", []Participant{{ID: list[i].ID, Name: list[i].Name, Kind: a.Call.Kind}}, false); err != nil {
			return err
		}
		act.Begin(invitationTrack, list[i].ID)
	}
	a.Call.Registered, a.Call.Drawn = list, act.Today()
	return nil
}

// draw sorts by the lots, of which everybody has one of their own.
func (d DrawLots) draw(list []Registrant) error {
	seen := make(map[int64]bool)
	for i := range list {
		lot, there := d.Lots[list[i].ID]
		if !there || seen[lot] {
			return workflow.Invalid("lots", "no_lot", "报名人数多于名额，%q没有各自的签号", "there are more registrants than places, and %q has no lot of their own", list[i].ID)
		}
		seen[lot], list[i].Lot = true, lot
	}
	if len(d.Lots) != len(list) {
		return workflow.Invalid("lots", "unknown", "签号%d个，报名%d人", "%d lots for %d registrants", len(d.Lots), len(list))
	}
	slices.SortFunc(list, func(x, y Registrant) int { return cmp.Compare(x.Lot, y.Lot) })
	return nil
}

// open returns the call without who answered it, as everybody may read it.
func (c *Call) open() *Call {
	if c == nil {
		return nil
	}
	return &Call{Kind: c.Kind, Places: c.Places, Until: c.Until, Drawn: c.Drawn}
}
