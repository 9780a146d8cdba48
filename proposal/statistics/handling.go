package statistics

import (
	"cmp"
	"slices"

	"github.com/tian-go/tian/proposal"
)

// handling counts what units did: proposals, then items, clocks and days.
func (f *Figures) handling(p *proposal.Proposal) {
	f.asHandled(p, p.ID)
	for i := range p.Parts {
		if part := &p.Parts[i]; !p.Relieved(part.Unit) {
			f.item(p, part)
		}
	}
	f.clocks(p)
}

// asHandled counts the handling of p for the case id: p itself, or one that was
// merged into it.
func (f *Figures) asHandled(p *proposal.Proposal, id string) {
	var held, required, replied, heard, again, since, raised, contacted, met int
	var classIn, classAs, result, attitude []string
	resultAs, attitudeAs := "", ""
	for i := range p.Parts {
		part := &p.Parts[i]
		if p.Relieved(part.Unit) {
			continue
		}
		held++
		if !part.Role.Required() {
			continue
		}
		required++
		if len(part.Contacts) > 0 {
			contacted++
		}
		if slices.ContainsFunc(part.Contacts, func(c proposal.Contact) bool { return c.Form.Face() }) {
			met++
		}
		if reply := last(part); reply != nil {
			replied++
			classIn = append(classIn, coded(reply.Scheme, reply.Class))
			classAs = append(classAs, f.meaning(p.Body, reply.Scheme, reply.Class, classes))
			if len(reply.Raised) > 0 {
				raised++
			}
		}
		o := opinionOn(p, part.Unit)
		if repeated, done := handledAgain(p, part); repeated {
			again++
			if done {
				since++
			}
		}
		if o == nil {
			continue
		}
		heard++
		result = append(result, coded(o.Scale, o.Result))
		attitude = append(attitude, coded(cmp.Or(o.AttitudeScale, o.Scale), o.Attitude))
		resultAs = worse(resultAs, f.counts(p.Body, o))
		attitudeAs = worse(attitudeAs, f.meaning(p.Body, cmp.Or(o.AttitudeScale, o.Scale), o.Attitude, scales))
	}
	for _, t := range []struct {
		in Base
		is bool
	}{
		{Assigned, held > 0},
		{Answered, required > 0 && replied == required},
		{Heard, heard > 0},
		{Again, again > 0},
		{AgainDone, again > 0 && since == again},
		{Raised, raised > 0},
		{Contacted, required > 0 && contacted == required},
		{FaceToFace, required > 0 && met == required},
		{Key, p.Key != nil},
		{Supervised, len(p.Supervisions) > 0},
		{Visited, slices.ContainsFunc(p.Supervisions, func(s proposal.Supervision) bool { return len(s.Visits) > 0 })},
		{Urged, len(p.Urgings) > 0},
	} {
		if t.is {
			f.total(id, t.in)
		}
	}
	if held > 0 {
		f.Count(ByMode, id, string(p.Mode))
	}
	if p.Key != nil {
		f.Count(ByTier, id, p.Key.Tier)
	}
	f.Count(ByClassIn, id, classIn...)
	f.Count(ByClassAs, id, classAs...)
	f.Count(ByResult, id, result...)
	f.Count(ByAttitude, id, attitude...)
	f.Count(ByResultAs, id, resultAs)
	f.Count(ByAttitudeAs, id, attitudeAs)
}

// last is the last reply of a unit that went out, or nil.
func last(part *proposal.Part) *proposal.Answer {
	for i := len(part.Replies) - 1; i >= 0; i-- {
		if !part.Replies[i].Issued.IsZero() {
			return &part.Replies[i]
		}
	}
	return nil
}

// first is the first reply of a unit that went out, or nil.
func first(part *proposal.Part) *proposal.Answer {
	for i := range part.Replies {
		if !part.Replies[i].Issued.IsZero() {
			return &part.Replies[i]
		}
	}
	return nil
}

// opinionOn is the last opinion that counts on a unit's replies, or nil.
func opinionOn(p *proposal.Proposal, unit string) *proposal.Opinion {
	counted := p.Heard(unit)
	if len(counted) == 0 {
		return nil
	}
	return &counted[len(counted)-1]
}

// handledAgain reports whether a unit had to handle its part again (二次办理), and
// whether it has replied since: it has replied twice, or an opinion on a reply
// of its called for it.
func handledAgain(p *proposal.Proposal, part *proposal.Part) (again, done bool) {
	issued := 0
	for i := range part.Replies {
		if !part.Replies[i].Issued.IsZero() {
			issued++
		}
	}
	if issued > 1 {
		again, done = true, true
	}
	for _, o := range p.Heard(part.Unit) {
		if o.Counts == proposal.Dissatisfied && !o.Stands {
			again = true
			done = slices.ContainsFunc(part.Replies[min(o.Reply, len(part.Replies)):], func(a proposal.Answer) bool { return !a.Issued.IsZero() })
		}
	}
	return again, done
}

// counts is what the result of an opinion counts as: as it was kept with it, or
// by the scale.
func (f *Figures) counts(body string, o *proposal.Opinion) string {
	if o.Counts != "" {
		return o.Counts
	}
	return f.meaning(body, o.Scale, o.Result, scales)
}

// worse is the worse of two meanings of opinions; "" is none.
func worse(a, b string) string {
	order := []string{"", proposal.Satisfied, proposal.Mostly, proposal.Dissatisfied}
	if slices.Index(order, b) > slices.Index(order, a) {
		return b
	}
	return a
}
