package activity

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/workflow"
)

// Hold says that the activity has been held (召开), and who was there. The limit on
// the minutes counts from the day of the act: what is entered on a later day is
// dated by [workflow.Happened].
type Hold struct {
	Attended []string      `json:"attended,omitempty" zh:"到场的受邀人员" en:"invited who came" field:"id"` // IDs of those invited who came
	Joined   []Participant `json:"joined,omitempty" zh:"未受邀而到场的人员" en:"others who came"`             // who came without an invitation
	Stays    []Stay        `json:"stays,omitempty" zh:"迟到、早退" en:"late or left early"`               // of those who came, when they were there
	Absent   []Absence     `json:"absent,omitempty" zh:"缺席" en:"absent"`                             // of those invited who did not, why
}

// Event is "hold".
func (Hold) Event() string { return "hold" }

// Apply marks who was there.
func (h Hold) Apply(act *rules.Act, a *Activity) error {
	if a.On.After(act.Today()) {
		return workflow.Invalid("on", "future", "活动定于%s，尚未到期", "the activity is to be held on %s, after today", a.On)
	}
	for i, id := range h.Attended {
		p := a.Participant(id)
		if p == nil {
			return workflow.Invalid(check.At("attended", i), "unknown", "%q未受邀请", "%q was not invited", id)
		}
		p.Attended = true
	}
	if len(h.Attended)+len(h.Joined) == 0 {
		return workflow.Invalid("attended", "empty", "没有写明到场人员，无人到场的活动不能登记为召开", "nobody is named who came: what nobody came to was not held")
	}
	a.Held = true
	a.claimHeld(act)
	if err := a.join(act, "joined", h.Joined, true); err != nil {
		return err
	}
	if err := a.substitutes(); err != nil {
		return err
	}
	if err := a.absent(h.Absent); err != nil {
		return err
	}
	return a.stayed(h.Stays)
}

// Backfill enters an activity that was held before it was planned here, on paper
// or long ago (补录). Nobody checked its notice or who sat there, and it stays
// marked as such; from then on it goes the same way as any other.
type Backfill struct {
	On       calendar.Date     `json:"on,omitzero" zh:"活动日期" en:"date"` // the day it was held; zero: not known
	Joined   []Participant     `json:"joined,omitempty" zh:"参加人员" en:"participants"`
	Account  printed.Account   `json:"account,omitzero" zh:"来源记述" en:"account"`
	Outcomes []outcome.Outcome `json:"outcomes,omitempty" zh:"成果" en:"outcomes"`
}

// Event is "backfill".
func (Backfill) Event() string { return "backfill" }

// Apply fills it in.
func (b Backfill) Apply(act *rules.Act, a *Activity) error {
	if b.On.After(act.Today()) {
		return workflow.Invalid("on", "future", "%s晚于今天", "%s is after today", b.On)
	}
	if err := b.Account.Check("account"); err != nil {
		return err
	}
	a.setDay(act, b.On)
	a.Held, a.Backfilled, a.Account = true, true, b.Account.Clone()
	a.claimHeld(act)
	if err := a.join(act, "joined", b.Joined, true); err != nil {
		return err
	}
	return a.produce(act, "outcomes", b.Outcomes)
}

// claimHeld takes the name of what was held: one title on one day, at one platform
// or of one body, is one consultation and is entered once. Of one whose day is
// not known, or whose title was erased, nobody can say that it is the same.
func (a *Activity) claimHeld(act *rules.Act) {
	if a.On.IsZero() || strings.Contains(a.Title, erasure.Gone) {
		return
	}
	at := a.Platform
	if at == "" {
		at = "body " + a.Body
	}
	sum := sha256.Sum256([]byte(at + "\n" + check.Found(a.Title)))
	act.Claim(fmt.Sprintf("held %s %x", a.On, sum[:16])) // without the title, in which there may be what has to be erased
}

// join adds participants.
func (a *Activity) join(act *rules.Act, field string, list []Participant, attended bool) error {
	if err := check.Len(field, len(a.Participants), len(list)); err != nil {
		return err
	}
	for i, p := range list {
		if err := p.check(check.At(field, i), act.Rules); err != nil {
			return err
		}
		if a.Participant(p.ID) != nil {
			return workflow.Invalid(check.At(field, i)+".id", "duplicate", "%q已在参加人员中", "%q takes part already", p.ID)
		}
		if p.Attended, p.Declined = attended, ""; !attended {
			p.Came, p.Left = "", ""
		}
		a.Participants = append(a.Participants, p)
	}
	return nil
}

// actionOf returns the action under way when it is a T, or points to one.
func actionOf[T any](act *rules.Act) (T, bool) {
	if a, ok := act.Action.(T); ok {
		return a, true
	}
	if a, ok := act.Action.(*T); ok && a != nil {
		return *a, true
	}
	var none T
	return none, false
}
