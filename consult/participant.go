package consult

import (
	"slices"

	"github.com/tian-go/tian/proposal/workflow"
)

// Participant (参加人员) is one who takes part: an account, or a person without one
// under an ID that the convenor gives. Whether they have consented is the state
// of the track "invitation" for ID.
type Participant struct {
	ID       string `json:"id"` // unique in the activity
	Name     string `json:"name,omitempty"`
	Kind     string `json:"kind"` // of the body's rules
	Unit     string `json:"unit,omitempty"`
	Attended bool   `json:"attended,omitempty"`
	Declined string `json:"declined,omitempty"` // why
}

func (p Participant) check(field string, rules Rules) error {
	if err := checkID(field+".id", p.ID); err != nil {
		return err
	}
	if err := rules.Participants.use(field+".kind", p.Kind); err != nil {
		return err
	}
	if err := checkLine(field+".name", p.Name); err != nil {
		return err
	}
	return checkLine(field+".unit", p.Unit)
}

// Participant returns the participant of that ID, for reading, or nil.
func (a *Activity) Participant(id string) *Participant {
	i := slices.IndexFunc(a.Participants, func(p Participant) bool { return p.ID == id })
	if i < 0 {
		return nil
	}
	return &a.Participants[i]
}

// Present counts who attended, by kind.
func (a *Activity) Present() map[string]int {
	present := make(map[string]int)
	for _, p := range a.Participants {
		if p.Attended {
			present[p.Kind]++
		}
	}
	return present
}

// Invite invites people to take part (邀请).
type Invite struct {
	Participants []Participant `json:"participants"`
}

// Event is "invite".
func (Invite) Event() string { return "invite" }

// Apply begins an invitation for each.
func (i Invite) Apply(act *Act, a *Activity) error {
	if len(i.Participants) == 0 {
		return workflow.Invalid("participants", "empty", "没有指明人员", "nobody is named")
	}
	if err := a.join(act, "participants", i.Participants, false); err != nil {
		return err
	}
	for _, p := range i.Participants {
		act.Begin(invitationTrack, p.ID)
	}
	return nil
}

// join adds participants.
func (a *Activity) join(act *Act, field string, list []Participant, attended bool) error {
	if err := checkLen(field, len(a.Participants), len(list)); err != nil {
		return err
	}
	rules := act.Rules
	for i, p := range list {
		if err := p.check(at(field, i), rules); err != nil {
			return err
		}
		if a.Participant(p.ID) != nil {
			return workflow.Invalid(at(field, i)+".id", "duplicate", "%q已在参加人员中", "%q takes part already", p.ID)
		}
		p.Attended, p.Declined = attended, ""
		a.Participants = append(a.Participants, p)
	}
	return nil
}

// Consent accepts an invitation: one's own, or that of a person without an
// account, for whom the convenor enters it.
type Consent struct {
	Participant string `json:"participant,omitempty"` // "": the actor
}

// Event is "consent".
func (Consent) Event() string { return "consent" }

// Instance is the participant.
func (c Consent) Instance(actor workflow.Actor) string { return participantOr(c.Participant, actor) }

// Apply changes nothing but the invitation's state.
func (c Consent) Apply(act *Act, a *Activity) error {
	a.Participant(act.Instance).Declined = ""
	return nil
}

// Refuse declines an invitation.
type Refuse struct {
	Participant string `json:"participant,omitempty"` // "": the actor
	Reason      string `json:"reason,omitempty"`
}

// Event is "decline".
func (Refuse) Event() string { return "decline" }

// Instance is the participant.
func (r Refuse) Instance(actor workflow.Actor) string { return participantOr(r.Participant, actor) }

// Apply keeps the reason.
func (r Refuse) Apply(act *Act, a *Activity) error {
	if err := checkText("reason", r.Reason); err != nil {
		return err
	}
	a.Participant(act.Instance).Declined = r.Reason
	return nil
}

func participantOr(id string, actor workflow.Actor) string {
	if id != "" {
		return id
	}
	return actor.ID
}

// Hold says that the activity has been held (召开), and who was there. The limit on
// the minutes counts from the day of the act: what is entered on a later day is
// dated by [workflow.Happened].
type Hold struct {
	Attended []string      `json:"attended,omitempty"` // IDs of those invited who came
	Joined   []Participant `json:"joined,omitempty"`   // who came without an invitation
}

// Event is "hold".
func (Hold) Event() string { return "hold" }

// Apply marks who was there.
func (h Hold) Apply(act *Act, a *Activity) error {
	if a.On.After(act.Today()) {
		return workflow.Invalid("on", "future", "活动定于%s，尚未到期", "the activity is to be held on %s, after today", a.On)
	}
	for i, id := range h.Attended {
		p := a.Participant(id)
		if p == nil {
			return workflow.Invalid(at("attended", i), "unknown", "%q未受邀请", "%q was not invited", id)
		}
		p.Attended = true
	}
	a.Held = true
	return a.join(act, "joined", h.Joined, true)
}

// present counts by kind who was there according to the action under way, or,
// while there is none, who could still come.
func (a *Activity) present(act *Act) map[string]int {
	count := make(map[string]int)
	hold, holding := actionOf[Hold](act)
	if !holding {
		for _, p := range a.Participants {
			if a.TrackMeans(invitationTrack, p.ID) != declined {
				count[p.Kind]++
			}
		}
		return count
	}
	for i, id := range hold.Attended {
		if p := a.Participant(id); p != nil && !slices.Contains(hold.Attended[:i], id) {
			count[p.Kind]++
		}
	}
	for _, p := range hold.Joined {
		count[p.Kind]++
	}
	return count
}

// actionOf returns the action under way when it is a T, or points to one.
func actionOf[T any](act *Act) (T, bool) {
	if a, ok := act.Action.(T); ok {
		return a, true
	}
	if a, ok := act.Action.(*T); ok && a != nil {
		return *a, true
	}
	var none T
	return none, false
}
