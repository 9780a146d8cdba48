package letter

import (
	"fmt"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Office is what a letter says that a proposal does not know. What is left empty
// is not printed.
type Office struct {
	Conference string         // whose proposal it is, before the session: 市政协
	Sender     string         // who sends a notice; a reply is sent by its unit
	Document   string         // 文号 of a notice; a reply has its own
	Signer     string         // 签发人 of a notice
	Date       calendar.Date  // of the letter; zero: of a reply the day it was issued
	Zone       *time.Location // of the body, for the days of times; nil: UTC
	Contact    string         // 联系人 of a notice
	Phone      string
	Copies     string         // 抄送
	Rules      proposal.Rules // for the letter of the answer's class

	// The limits whose due days a notice names, by the keys of the definition;
	// "": reply for units that answer, co_opinion for co-units, and objection.
	ReplyLimit, CoLimit, ObjectionLimit string
}

// common are the fields of every letter about a proposal.
func (o Office) common(p *proposal.Proposal) Fields {
	session := p.Session
	if s, ok := text.ParseSession(session); ok {
		session = s.String()
	}
	f := Fields{
		"session": o.Conference + session, "number": p.Number, "proposal": p.Title, "proposer": named(p),
		"category": string(p.Category), "phone": o.Phone, "copies": o.Copies, "date": day(o.Date),
		"you": "您", "to": named(p) + "委员",
		"background": p.Text.Background, "analysis": p.Text.Analysis, "suggestions": numbered(p.Text.Suggestions),
	}
	switch {
	case p.Proposer.Kind.Collective():
		f["you"], f["to"] = "贵单位", named(p)
	case p.Consented() > 0:
		f["you"], f["to"] = "你们", named(p)+"等委员"
	}
	return f
}

// about names the proposal within a title.
func (o Office) about(p *proposal.Proposal) string {
	f := o.common(p)
	if p.Number == "" {
		return fmt.Sprintf("%s《%s》", f["session"], p.Title)
	}
	return fmt.Sprintf("%s第%s号提案", f["session"], p.Number)
}

func named(p *proposal.Proposal) string {
	if p.Proposer.Name != "" {
		return p.Proposer.Name
	}
	return p.Proposer.ID
}

// numbered puts numerals before suggestions when there are several.
func numbered(suggestions []string) string {
	if len(suggestions) < 2 {
		return strings.Join(suggestions, "\n")
	}
	all := make([]string, len(suggestions))
	for i, s := range suggestions {
		all[i] = fmt.Sprintf("%d．%s", i+1, s)
	}
	return strings.Join(all, "\n")
}

// day prints a date as documents do: 2024年3月1日.
func day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	year, month, n := d.Civil()
	return fmt.Sprintf("%d年%d月%d日", year, int(month), n)
}

// ReplyFields are what a unit's last reply gives to fill in, issued or still a
// draft. A unit without a part, or without a reply, is an error that matches
// [workflow.ErrInvalid].
func ReplyFields(p *proposal.Proposal, unit string, o Office) (Fields, error) {
	part := p.Part(unit)
	switch {
	case part == nil:
		return nil, workflow.Invalid("unit", "unknown", "%q没有承办%s", "%q has no part in %s", unit, p.ID)
	case part.Reply() == nil:
		return nil, workflow.Invalid("unit", "no_reply", "%q尚无答复", "%q has not drafted a reply", unit)
	}
	reply := part.Reply()
	if o.Date.IsZero() && !reply.Issued.IsZero() {
		zone := o.Zone
		if zone == nil {
			zone = time.UTC
		}
		date, err := calendar.DateOf(reply.Issued, zone)
		if err != nil {
			return nil, workflow.Invalid("date", "out_of_range", "%v", "%v", err)
		}
		o.Date = date
	}
	f := o.common(p)
	f["title"] = "对" + o.about(p) + "的答复"
	f["sender"], f["unit"] = part.Unit, part.Unit
	f["document"], f["signer"], f["contact"], f["body"] = reply.Document, reply.Signer, reply.Responsible, reply.Text
	if s, ok := o.Rules.Classes.Scheme(reply.Scheme); ok {
		if t, ok := s.Term(reply.Class); ok {
			f["class"] = t.Letter
		}
	}
	return f, nil
}

// AssignmentFields are what the notice to a unit gives to fill in. A unit without
// a part, or relieved of it, is an error that matches [workflow.ErrInvalid].
func AssignmentFields(p *proposal.Proposal, unit string, o Office) (Fields, error) {
	part := p.Part(unit)
	if part == nil || p.Relieved(unit) {
		return nil, workflow.Invalid("unit", "unknown", "%q没有承办%s", "%q has no part in %s", unit, p.ID)
	}
	f := o.common(p)
	f["title"] = "关于交办" + o.about(p) + "的通知"
	f["sender"], f["document"], f["signer"], f["contact"] = o.Sender, o.Document, o.Signer, o.Contact
	f["unit"] = part.Unit
	var co []string
	for _, other := range p.Parts {
		switch {
		case p.Relieved(other.Unit):
		case other.Role == proposal.Co:
			co = append(co, other.Unit)
		case other.Role == proposal.Lead && other.Unit != part.Unit:
			f["lead"] = other.Unit
		}
	}
	f["co"] = strings.Join(co, "、")
	limit := or(o.ReplyLimit, "reply")
	switch {
	case part.Role == proposal.Co:
		f["role"], limit = "会办（请将会办意见送主办单位）", or(o.CoLimit, "co_opinion")
	case part.Role == proposal.With:
		f["role"] = "合办（与主办单位共同答复提案者，并会签答复稿）"
	case part.Role == proposal.EachOwn:
		f["role"] = "分办（就涉及本单位的事项单独答复提案者）"
	case len(co) > 0:
		f["role"] = "主办（汇总会办意见后答复提案者）"
	default:
		f["role"] = "单独办理"
	}
	for _, c := range p.Clocks {
		if c.Of != part.Unit || !c.Running() {
			continue
		}
		switch c.Limit {
		case limit:
			f["due"] = day(c.Due)
		case or(o.ObjectionLimit, "objection"):
			f["objection_due"] = day(c.Due)
		}
	}
	return f, nil
}

func or(s, standard string) string {
	if s == "" {
		return standard
	}
	return s
}
