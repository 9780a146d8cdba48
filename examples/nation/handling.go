package main

import (
	"slices"
	"strconv"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// handle takes a proposal under review through filing, assignment, handling,
// supervision, reply and feedback to its end.
func (w *way) handle() {
	r, f := w.rand, &w.facts
	f.filed = true
	w.later(2, 10)
	w.do(w.committee(), proposal.File{Number: strconv.Itoa(w.number + 1)})
	if f.key = chance(r, keyed); f.key {
		w.later(1, 5)
		w.do(w.committee(), proposal.MarkKey{Leader: "分管领导", Tier: "领办"})
	}
	if chance(r, published) {
		w.later(0, 3)
		w.do(w.committee(), proposal.Publish{Title: w.title, Text: "公开办理。"})
	}
	lead, co, separate := w.assign()
	f.supervised = f.key || chance(r, supervised)
	if f.supervised {
		w.later(5, 10)
		w.do(w.committee(), proposal.Supervise{Leader: "分管领导", Form: "调研"})
	}
	for _, unit := range co {
		w.later(1, 4)
		w.reply(unit, pick(r, classes()))
	}
	if f.supervised {
		w.later(3, 10)
		w.do(w.committee(), proposal.VisitSite{Place: "承办单位", Found: "办理有进展。"})
		w.later(1, 5)
		w.do(w.committee(), proposal.Conclude{Result: "建议已采纳。"})
	}
	if f.urged = chance(r, urged); f.urged {
		w.later(1, 5)
		w.do(w.office(), proposal.Urge{Text: "请按期答复。"})
	}
	answering := slices.Clone(separate)
	if lead != "" {
		answering = append(answering, lead)
	}
	w.wait(lead)
	for _, unit := range answering {
		w.later(0, 4)
		class := pick(r, classes())
		w.reply(unit, class)
		f.classes = append(f.classes, class)
	}
	w.hear(answering)
	w.close()
}

// assign gives the units their parts, which they accept.
func (w *way) assign() (lead string, co, separate []string) {
	r, f := w.rand, &w.facts
	f.mode = pick(r, modes())
	chosen := w.pickUnits(5)
	switch f.mode {
	case proposal.Led:
		lead, co = chosen[0], chosen[1:2+r.IntN(3)]
	case proposal.Separate:
		separate = chosen[:2+r.IntN(2)]
	case proposal.Mixed:
		lead, co, separate = chosen[0], chosen[1:2], chosen[2:3]
	default:
		lead = chosen[0]
	}
	w.later(3, 20)
	w.do(w.office(), proposal.Assign{Lead: lead, Co: co, Separate: separate})
	if f.mode == proposal.Sole && chance(r, objected) {
		w.later(1, 4)
		w.do(w.clerk(lead), proposal.Object{Reason: "不属本单位职责。"})
		w.later(1, 4)
		w.do(w.office(), proposal.ApproveObjection{Unit: lead, To: chosen[1:2]})
		lead = chosen[1]
	}
	all := append(slices.Clone(co), separate...)
	if lead != "" {
		all = append(all, lead)
	}
	f.parts = len(all)
	for _, unit := range all {
		w.later(0, 1)
		w.do(w.clerk(unit), proposal.Accept{})
	}
	return lead, co, separate
}

// wait is the time until replies are drafted: in most cases within the limit of
// three months, of which two weeks at the most are over.
func (w *way) wait(lead string) {
	r := w.rand
	switch {
	case lead != "" && chance(r, suspended):
		w.later(3, 10)
		w.do(w.office(), proposal.Suspend{Unit: lead, Reason: "等待上级政策出台。"})
		w.later(20, 60)
		w.do(w.clerk(lead), proposal.Continue{})
		w.later(5, 20)
	case lead != "" && chance(r, extended):
		w.later(15, 25)
		w.add(step{by: w.office(), more: &clock.Extend{Limit: "reply", Of: lead, By: calendar.Months(1), Reason: "情况复杂。"}})
		w.later(5, 60)
	case chance(r, late):
		w.later(20, 30)
		w.sweep(70)
		w.later(1, 20)
	default:
		w.later(5, 40)
	}
}

// reply is a unit's: drafted by one, issued by another.
func (w *way) reply(unit, class string) {
	w.do(w.clerk(unit), proposal.Reply{Text: replyText, Class: class, Contact: "走访"})
	w.later(0, 2)
	w.do(w.chief(unit), proposal.IssueReply{Unit: unit})
}

// hear is the proposer's opinion; one that is not satisfied has the answering
// units handle the proposal again.
func (w *way) hear(answering []string) {
	r, f := w.rand, &w.facts
	if chance(r, lateOpinions) {
		w.sweep(35) // 15 working days are over, also across a long holiday
	}
	w.later(1, 9)
	if f.again = chance(r, dissatisfied); f.again {
		w.do(w.proposer, proposal.GiveOpinion{Result: "dissatisfied", Text: "措施不够具体。"})
		f.classes = nil
		for _, unit := range answering {
			w.later(2, 15)
			class := pick(r, classes())
			w.reply(unit, class)
			f.classes = append(f.classes, class)
		}
		w.later(1, 9)
	}
	f.opinion = pick(r, opinions())
	w.do(w.proposer, proposal.GiveOpinion{Result: f.opinion})
}

// close ends the case, and what may still follow.
func (w *way) close() {
	r := w.rand
	if chance(r, evaluated) {
		w.later(2, 20)
		w.do(w.actor("evaluator", "evaluator"), proposal.Evaluate{Text: "答复具体，措施可行。"})
	}
	w.later(3, 30)
	w.do(w.committee(), proposal.Close{})
	if chance(r, followed) {
		w.later(20, 60)
		w.do(w.committee(), proposal.Follow{Found: "承诺事项正在落实。"})
	}
	if chance(r, honoured) {
		w.later(5, 20)
		w.do(w.committee(), proposal.GiveHonour{Title: "优秀提案", Year: year})
	}
	w.end("filed", "feedback")
}
