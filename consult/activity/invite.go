package activity

import (
	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// Invite invites people to take part (邀请).
type Invite struct {
	Participants []Participant `json:"participants" zh:"参加人员" en:"participants" field:"required"`
}

// Event is "invite".
func (Invite) Event() string { return "invite" }

// Apply begins an invitation for each.
func (i Invite) Apply(act *rules.Act, a *Activity) error {
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

// Consent accepts an invitation: one's own, or that of a person without an
// account, for whom the convenor enters it.
type Consent struct {
	Participant string `json:"participant,omitempty" zh:"参加人员" en:"participant" field:"id"` // "": the actor
}

// Event is "consent".
func (Consent) Event() string { return "consent" }

// Instance is the participant.
func (c Consent) Instance(actor workflow.Actor) string { return participantOr(c.Participant, actor) }

// Apply changes nothing but the invitation's state.
func (c Consent) Apply(act *rules.Act, a *Activity) error {
	a.Participant(act.Instance).Declined = ""
	return nil
}

// Refuse declines an invitation.
type Refuse struct {
	Participant string `json:"participant,omitempty" zh:"参加人员" en:"participant" field:"id"` // "": the actor
	Reason      string `json:"reason,omitempty" zh:"理由" en:"reason" field:"text"`
}

// Event is "decline".
func (Refuse) Event() string { return "decline" }

// Instance is the participant.
func (r Refuse) Instance(actor workflow.Actor) string { return participantOr(r.Participant, actor) }

// Apply keeps the reason.
func (r Refuse) Apply(act *rules.Act, a *Activity) error {
	if err := check.Text("reason", r.Reason); err != nil {
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
