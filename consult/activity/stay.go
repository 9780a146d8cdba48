package activity

import (
	"time"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/proposal/workflow"
)

// Stay is when one who came was there, where that is not all the time.
type Stay struct {
	ID   string `json:"id" zh:"参加人员" en:"participant" field:"id,required"`
	Came string `json:"came,omitempty" zh:"迟到（到场时间）" en:"came late, at"`  // 15:04; "": from the beginning
	Left string `json:"left,omitempty" zh:"早退（离场时间）" en:"left early, at"` // 15:04; "": at the end
}

func (s Stay) check(field string) error {
	for _, f := range []struct{ name, at string }{{"came", s.Came}, {"left", s.Left}} {
		if f.at == "" {
			continue
		}
		if at, err := time.Parse("15:04", f.at); err != nil || at.Format("15:04") != f.at {
			return workflow.Invalid(field+"."+f.name, "bad_time", "%q不是时间，应写作09:05", "%q is no time of day, written 09:05", f.at)
		}
	}
	if s.Came != "" && s.Left != "" && s.Left <= s.Came {
		return workflow.Invalid(field+".left", "too_early", "离场时间%s不晚于到场时间%s", "left at %s, which is not after %s", s.Left, s.Came)
	}
	return nil
}

// stayed notes when those who came were there.
func (a *Activity) stayed(stays []Stay) error {
	for i, s := range stays {
		field := check.At("stays", i)
		p := a.Participant(s.ID)
		if p == nil || !p.Attended {
			return workflow.Invalid(field+".id", "unknown", "%q没有到场", "%q was not there", s.ID)
		}
		if err := s.check(field); err != nil {
			return err
		}
		p.Came, p.Left = s.Came, s.Left
	}
	return nil
}
