package proposal

import (
	"slices"
	"time"

	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Inquiry (调研) is a piece of research from which a proposal grew.
type Inquiry struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Topic  string    `json:"topic"`
	Place  string    `json:"place,omitempty"`
	Found  string    `json:"found,omitempty"`
	Survey *Survey   `json:"survey,omitempty"`
	Cites  []string  `json:"cites,omitempty"` // what it rests on: IDs of consultations, documents, addresses
}

// Survey (问卷) is how many forms were sent, came back and can be counted: 嘉兴 sent
// 1753 and had 1553 valid ones.
type Survey struct {
	Sent     int64 `json:"sent" zh:"发放" en:"sent"`
	Returned int64 `json:"returned" zh:"回收" en:"returned"`
	Valid    int64 `json:"valid" zh:"有效" en:"valid"`
}

// ReturnRate (回收率) is returned over sent.
func (s Survey) ReturnRate() rates.Rate {
	return rates.Rate{Count: s.Returned, Base: s.Sent, Of: "sent", Rule: "returned"}
}

// ValidRate (有效率) is valid over returned.
func (s Survey) ValidRate() rates.Rate {
	return rates.Rate{Count: s.Valid, Base: s.Returned, Of: "returned", Rule: "valid"}
}

func (s *Survey) check(field string) error {
	if s != nil && (s.Valid < 0 || s.Valid > s.Returned || s.Returned > s.Sent) {
		return workflow.Invalid(field, "out_of_range", "有效%d份、回收%d份、发放%d份，前者不能多于后者", "%d valid of %d returned of %d sent: none can be more than the next", s.Valid, s.Returned, s.Sent)
	}
	return nil
}

// Research records an inquiry (调研) from which the proposal grows.
type Research struct {
	Topic  string   `json:"topic" zh:"主题" en:"topic" field:"required"`
	Place  string   `json:"place,omitempty" zh:"地点" en:"place"`
	Found  string   `json:"found,omitempty" zh:"所见" en:"findings" field:"text"`
	Survey *Survey  `json:"survey,omitempty" zh:"问卷" en:"survey"`
	Cites  []string `json:"cites,omitempty" zh:"依据" en:"cites"` // such as the ID of a consultation whose survey it rests on
}

// Event is "research".
func (Research) Event() string { return "research" }

// Apply adds the record.
func (a Research) Apply(act *Act, p *Proposal) error {
	if err := needLine("topic", a.Topic, "调研须有主题", "research is about something"); err != nil {
		return err
	}
	if err := checkLine("place", a.Place); err != nil {
		return err
	}
	if err := checkText("found", a.Found); err != nil {
		return err
	}
	if err := a.Survey.check("survey"); err != nil {
		return err
	}
	if err := checkList("cites", a.Cites); err != nil {
		return err
	}
	inquiry := Inquiry{At: act.At, By: act.Actor.ID, Topic: a.Topic, Place: a.Place, Found: a.Found, Cites: slices.Clone(a.Cites)}
	if a.Survey != nil {
		survey := *a.Survey
		inquiry.Survey = &survey
	}
	p.Research = append(p.Research, inquiry)
	return nil
}

// Clue (线索) is what somebody told that a proposal was made of.
type Clue struct {
	At       time.Time     `json:"at"`
	By       string        `json:"by"`
	From     string        `json:"from"`              // who told: the public, a unit, a member
	Channel  string        `json:"channel,omitempty"` // by which way: a station, a hotline, a letter
	Received calendar.Date `json:"received,omitzero"`
	Ref      string        `json:"ref,omitempty"` // where it is kept: the ID of a topic of package consult, of a letter
	Text     string        `json:"text"`
}

// AddClue says what the proposal grows from (线索): the trail from what somebody told
// to the proposal made of it.
type AddClue struct {
	From     string        `json:"from" zh:"来源" en:"from whom" field:"required"`
	Channel  string        `json:"channel,omitempty" zh:"渠道" en:"by which way"`
	Received calendar.Date `json:"received,omitzero" zh:"收到日期" en:"received"`
	Ref      string        `json:"ref,omitempty" zh:"出处" en:"where it is kept"`
	Text     string        `json:"text" zh:"内容" en:"text" field:"text,required"`
}

// Event is "add_clue".
func (AddClue) Event() string { return "add_clue" }

// Apply adds the clue.
func (a AddClue) Apply(act *Act, p *Proposal) error {
	if err := needLine("from", a.From, "没有写明线索来源", "it is not said who told"); err != nil {
		return err
	}
	if err := checkLines("channel", a.Channel, "ref", a.Ref); err != nil {
		return err
	}
	if err := needText("text", a.Text, "没有写明线索内容", "it is not said what was told"); err != nil {
		return err
	}
	if !a.Received.IsZero() && act.Today().Before(a.Received) {
		return workflow.Invalid("received", "out_of_range", "收到日期%v还未到", "%v has not come", a.Received)
	}
	if len(p.Clues) >= MaxList {
		return workflow.Invalid("text", "too_many", "已有%d条线索", "there are %d clues", len(p.Clues))
	}
	p.Clues = append(p.Clues, Clue{At: act.At, By: act.Actor.ID, From: a.From, Channel: a.Channel, Received: a.Received, Ref: a.Ref, Text: a.Text})
	return nil
}

// Conferral (提交前协商) is a talk about a draft with those it concerns, before it is
// handed in.
type Conferral struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	With []string  `json:"with"`
	Ref  string    `json:"ref,omitempty"` // the ID of a consultation, when it was one
	Text string    `json:"text"`
}

// Confer records a talk about the draft with units, experts or residents.
type Confer struct {
	With []string `json:"with" zh:"协商对象" en:"with whom" field:"required"`
	Ref  string   `json:"ref,omitempty" zh:"协商活动" en:"consultation"`
	Text string   `json:"text" zh:"意见" en:"what was said" field:"text,required"`
}

// Event is "confer".
func (Confer) Event() string { return "confer" }

// Apply adds it.
func (a Confer) Apply(act *Act, p *Proposal) error {
	if len(a.With) == 0 {
		return workflow.Invalid("with", "empty", "没有写明协商对象", "it is not said with whom")
	}
	if err := checkList("with", a.With); err != nil {
		return err
	}
	if err := checkLine("ref", a.Ref); err != nil {
		return err
	}
	if err := needText("text", a.Text, "没有写明意见", "it is not said what was said"); err != nil {
		return err
	}
	if len(p.Conferrals) >= MaxList {
		return workflow.Invalid("text", "too_many", "已协商%d次", "there were %d talks", len(p.Conferrals))
	}
	p.Conferrals = append(p.Conferrals, Conferral{At: act.At, By: act.Actor.ID, With: slices.Clone(a.With), Ref: a.Ref, Text: a.Text})
	return nil
}
