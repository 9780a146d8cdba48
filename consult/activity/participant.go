package activity

import (
	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
)

// Participant (参加人员) is one who takes part: an account, or a person without one
// under an ID that the convenor gives. Whether they have consented is the state
// of the track "invitation" for ID.
type Participant struct {
	ID       string `json:"id" zh:"编号" en:"ID" field:"id,required"` // unique in the activity
	Name     string `json:"name,omitempty" zh:"姓名" en:"name"`
	Kind     string `json:"kind" zh:"类别" en:"kind" field:"required,from=participants"` // of the body's rules
	Unit     string `json:"unit,omitempty" zh:"单位" en:"unit"`
	For      string `json:"for,omitempty" zh:"代谁参加" en:"stands in for" field:"id"` // 代会: ID of the participant who was invited
	Absent   string `json:"absent,omitempty" field:"-"`                            // why they did not come
	Leave    bool   `json:"leave,omitempty" field:"-"`                             // and had asked leave
	Attended bool   `json:"attended,omitempty" zh:"到场" en:"attended"`
	Came     string `json:"came,omitempty" zh:"迟到（到场时间）" en:"came late, at"`                // 15:04; "": from the beginning
	Left     string `json:"left,omitempty" zh:"早退（离场时间）" en:"left early, at"`               // 15:04; "": at the end
	Declined string `json:"declined,omitempty" zh:"不能参加的理由" en:"why declined" field:"text"` // why
}

func (p Participant) check(field string, r rules.Rules) error {
	if err := check.ID(field+".id", p.ID); err != nil {
		return err
	}
	if err := r.Participants.Use(field+".kind", p.Kind); err != nil {
		return err
	}
	if err := check.Line(field+".name", p.Name); err != nil {
		return err
	}
	if err := (Stay{ID: p.ID, Came: p.Came, Left: p.Left}).check(field); err != nil {
		return err
	}
	return check.Line(field+".unit", p.Unit)
}
