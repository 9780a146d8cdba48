package activity

import (
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Sitting (场次) is one of several sittings of a consultation, after the first.
type Sitting struct {
	On       calendar.Date `json:"on"`
	Mode     Mode          `json:"mode"`
	Place    string        `json:"place,omitempty"`
	Attended []string      `json:"attended"` // IDs of participants
}

// SitAgain (续会) records another sitting of the same consultation. It stays one
// activity, held on the day of its first sitting.
type SitAgain struct {
	On       calendar.Date `json:"on,omitzero" zh:"日期" en:"date"` // zero: today
	Mode     Mode          `json:"mode" zh:"协商方式" en:"how people met" field:"required"`
	Place    string        `json:"place,omitempty" zh:"地点" en:"place"`
	Attended []string      `json:"attended,omitempty" zh:"到场人员" en:"who came" field:"id"`
	Joined   []Participant `json:"joined,omitempty" zh:"新到场的人员" en:"others who came"`
}

// Event is "sit_again".
func (SitAgain) Event() string { return "sit_again" }

// Apply adds the sitting.
func (s SitAgain) Apply(act *rules.Act, a *Activity) error {
	on, err := check.Past(act.Today(), s.On)
	if err != nil {
		return err
	}
	if on.Before(a.On) {
		return workflow.Invalid("on", "too_early", "%s早于首场%s", "%s is before the first sitting, %s", on, a.On)
	}
	if !s.Mode.known() {
		return workflow.Invalid("mode", "unknown", "没有协商方式%q", "there is no mode %q", s.Mode)
	}
	if err := check.Line("place", s.Place); err != nil {
		return err
	}
	if len(s.Attended)+len(s.Joined) == 0 {
		return workflow.Invalid("attended", "empty", "没有写明到场人员", "nobody is named who came")
	}
	if err := check.Len("sittings", len(a.Sittings), 1); err != nil {
		return err
	}
	came := slices.Clone(s.Attended)
	for i, id := range s.Attended {
		p := a.Participant(id)
		if p == nil {
			return workflow.Invalid(check.At("attended", i), "unknown", "%q不在参加人员中", "%q does not take part", id)
		}
		p.Attended = true
	}
	if err := a.join(act, "joined", s.Joined, true); err != nil {
		return err
	}
	for _, p := range s.Joined {
		came = append(came, p.ID)
	}
	a.Sittings = append(a.Sittings, Sitting{On: on, Mode: s.Mode, Place: s.Place, Attended: came})
	return nil
}
