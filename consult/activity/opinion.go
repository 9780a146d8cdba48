package activity

import (
	"slices"
	"strings"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Taken (采纳情况) is what a unit makes of an opinion.
type Taken string

// What a unit makes of an opinion.
const (
	TakenUp     Taken = "taken_up" // 采纳
	TakenInPart Taken = "in_part"  // 部分采纳
	NotTaken    Taken = "not"      // 未采纳
)

// Values returns what a unit makes of an opinion.
func (Taken) Values() []form.Value {
	value := func(t Taken, zh, en string) form.Value {
		return form.Value{Key: string(t), Label: lifecycle.Label{ZH: zh, EN: en}}
	}
	return []form.Value{value(TakenUp, "采纳", "taken up"), value(TakenInPart, "部分采纳", "in part"), value(NotTaken, "未采纳", "not")}
}

// Request (交办意见) is an opinion with a unit that is asked what it makes of it.
type Request struct {
	Unit     string        `json:"unit"`
	On       calendar.Date `json:"on"`
	Due      calendar.Date `json:"due"`
	Answered calendar.Date `json:"answered,omitzero"`
	By       string        `json:"by,omitempty"` // who entered the answer
	Taken    Taken         `json:"taken,omitempty"`
	Text     string        `json:"text,omitempty"`
	Promised calendar.Date `json:"promised,omitzero"` // by when it is carried out
	Heard    calendar.Date `json:"heard,omitzero"`    // when whoever gave the opinion took note of the answer
}

// AskUnit (交办意见) asks a unit what it makes of an opinion.
type AskUnit struct {
	Opinion string        `json:"opinion" zh:"意见" en:"opinion" field:"id,required"`
	Unit    string        `json:"unit" zh:"承办单位" en:"unit" field:"id,required"`
	Due     calendar.Date `json:"due" zh:"答复期限" en:"answer by" field:"required"`
}

// Event is "ask_unit".
func (AskUnit) Event() string { return "ask_unit" }

// Apply begins the request.
func (k AskUnit) Apply(act *rules.Act, a *Activity) error {
	o := a.Opinion(k.Opinion)
	if o == nil {
		return workflow.Invalid("opinion", "unknown", "没有意见%q", "there is no opinion %q", k.Opinion)
	}
	if err := check.ID("unit", k.Unit); err != nil {
		return err
	}
	if o.request(k.Unit) != nil {
		return workflow.Invalid("unit", "duplicate", "意见%[2]q已交%[1]q", "%q has been asked about %q already", k.Unit, k.Opinion)
	}
	if k.Due.Before(act.Today()) {
		return workflow.Invalid("due", "past", "答复期限%s早于今天", "%s is before today", k.Due)
	}
	if err := check.Len("asked", len(o.Asked), 1); err != nil {
		return err
	}
	o.Asked = append(o.Asked, Request{Unit: k.Unit, On: act.Today(), Due: k.Due})
	act.SetDate(lifecycle.Instance(opinionDue, asked(k.Opinion, k.Unit)), k.Due)
	act.Begin(requestTrack, asked(k.Opinion, k.Unit))
	return nil
}

// AnswerOpinion (意见办理) says what a unit makes of an opinion. What it does not take
// up, or in part only, it gives a reason for.
type AnswerOpinion struct {
	Opinion  string        `json:"opinion" zh:"意见" en:"opinion" field:"id,required"`
	Unit     string        `json:"unit,omitempty" zh:"承办单位" en:"unit" field:"id"` // "": the actor's
	Taken    Taken         `json:"taken" zh:"采纳情况" en:"taken up" field:"required"`
	Text     string        `json:"text" zh:"办理说明或理由" en:"how, or why not" field:"text,required"`
	Promised calendar.Date `json:"promised,omitzero" zh:"落实时限" en:"carried out by"`
}

// Event is "answer_opinion".
func (AnswerOpinion) Event() string { return "answer_opinion" }

// Instance is the opinion with the unit.
func (n AnswerOpinion) Instance(actor workflow.Actor) string {
	return askedOf(n.Opinion, n.Unit, actor)
}

// Apply keeps the answer.
func (n AnswerOpinion) Apply(act *rules.Act, a *Activity) error {
	r, err := a.asked(act.Instance)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(n.Taken.Values(), func(v form.Value) bool { return v.Key == string(n.Taken) }) {
		return workflow.Invalid("taken", "unknown", "没有采纳情况%q", "there is no %q", n.Taken)
	}
	if err := check.Said("text", n.Text); err != nil {
		return err
	}
	if n.Taken == NotTaken && !n.Promised.IsZero() {
		return workflow.Invalid("promised", "not_taken", "未采纳的意见没有落实时限", "what is not taken up is not carried out by a day")
	}
	r.Answered, r.By, r.Taken, r.Text, r.Promised, r.Heard = act.Today(), act.Actor.ID, n.Taken, n.Text, n.Promised, calendar.Date{}
	return nil
}

// HearAnswer (知悉答复) says that whoever gave an opinion has heard what a unit makes
// of it.
type HearAnswer struct {
	Opinion string `json:"opinion" zh:"意见" en:"opinion" field:"id,required"`
	Unit    string `json:"unit" zh:"承办单位" en:"unit" field:"id,required"`
}

// Event is "hear_answer".
func (HearAnswer) Event() string { return "hear_answer" }

// Instance is the opinion with the unit.
func (h HearAnswer) Instance(actor workflow.Actor) string { return askedOf(h.Opinion, h.Unit, actor) }

// Apply notes the day.
func (HearAnswer) Apply(act *rules.Act, a *Activity) error {
	r, err := a.asked(act.Instance)
	if err != nil {
		return err
	}
	r.Heard = act.Today()
	return nil
}

// asked names the instance of an opinion with a unit.
func asked(opinion, unit string) string { return opinion + "@" + unit }

func askedOf(opinion, unit string, actor workflow.Actor) string {
	if unit == "" {
		unit = actor.Unit
	}
	return asked(opinion, unit)
}

// asked returns the request of an instance, to be changed.
func (a *Activity) asked(of string) (*Request, error) {
	opinion, unit, _ := strings.Cut(of, "@")
	if o := a.Opinion(opinion); o != nil {
		if r := o.request(unit); r != nil {
			return r, nil
		}
	}
	return nil, workflow.Invalid("opinion", "unknown", "意见%q未交%q", "the opinion %q was not given to %q", opinion, unit)
}

func (o *Opinion) request(unit string) *Request {
	i := slices.IndexFunc(o.Asked, func(r Request) bool { return check.Unit(r.Unit) == check.Unit(unit) })
	if i < 0 {
		return nil
	}
	return &o.Asked[i]
}

// Adoption (意见采纳情况) counts what became of opinions. An opinion that several units
// were asked about is as many requests.
type Adoption struct {
	Opinions int `json:"opinions"`
	Given    int `json:"given"`    // opinions of them that some unit was asked about
	Requests int `json:"requests"` // units asked
	Answered int `json:"answered"` // of the requests
	TakenUp  int `json:"taken_up"` // of those answered
	InPart   int `json:"in_part"`
	Not      int `json:"not"`
	Late     int `json:"late"`  // answered after the day, or not yet though it has passed
	Heard    int `json:"heard"` // of those answered: whoever gave the opinion has heard
}

// Adoption returns what had become of the opinions by the end of a day.
func (a *Activity) Adoption(on calendar.Date) Adoption {
	var n Adoption
	for _, o := range a.Opinions {
		if o.Entered.After(on) {
			continue
		}
		n.Opinions++
		given := false
		for _, r := range o.Asked {
			if r.On.After(on) {
				continue
			}
			given = true
			n.add(r, on)
		}
		if given {
			n.Given++
		}
	}
	return n
}

func (n *Adoption) add(r Request, on calendar.Date) {
	n.Requests++
	answered := !r.Answered.IsZero() && !r.Answered.After(on)
	until := on
	if answered {
		until = r.Answered
	}
	if until.After(r.Due) {
		n.Late++
	}
	if !answered {
		return
	}
	n.Answered++
	switch r.Taken {
	case TakenUp:
		n.TakenUp++
	case TakenInPart:
		n.InPart++
	case NotTaken:
		n.Not++
	}
	if !r.Heard.IsZero() && !r.Heard.After(on) {
		n.Heard++
	}
}

// Add adds what became of the opinions of another activity.
func (n *Adoption) Add(m Adoption) {
	n.Opinions += m.Opinions
	n.Given += m.Given
	n.Requests += m.Requests
	n.Answered += m.Answered
	n.TakenUp += m.TakenUp
	n.InPart += m.InPart
	n.Not += m.Not
	n.Late += m.Late
	n.Heard += m.Heard
}

// Rate is what was taken up, wholly or in part, over the requests answered (采纳率).
func (n Adoption) Rate() rates.Rate {
	return rates.Rate{Count: int64(n.TakenUp + n.InPart), Base: int64(n.Answered), Of: "answered", Rule: "taken_up_or_in_part"}
}
