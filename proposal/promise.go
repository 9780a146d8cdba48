package proposal

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Promise (承诺事项) is what a reply promises, by when and by whose hand
// (计划落实事项、落实时限). Whether it has been kept is the state of the track
// "promise" for ID, which begins when the reply goes out; its day is the date
// "promise" of that instance, for limits that count to it.
type Promise struct {
	ID       string        `json:"id"` // of the case: the unit and a count
	What     string        `json:"what"`
	By       calendar.Date `json:"by"`
	Owner    string        `json:"owner"`
	Settled  time.Time     `json:"settled,omitzero"`   // when it was kept or given up
	Evidence []string      `json:"evidence,omitempty"` // that it was kept
	Reason   string        `json:"reason,omitempty"`   // why it was given up
}

// Undertaking is a promise as a reply makes it.
type Undertaking struct {
	What  string        `json:"what" zh:"承诺事项" en:"what is promised" field:"text,required"`
	By    calendar.Date `json:"by" zh:"落实时限" en:"by" field:"required"`
	Owner string        `json:"owner" zh:"责任人" en:"owner" field:"required"`
}

// undertake keeps what a draft promises.
func (p *Part) undertake(act *Act, answer *Answer, promised []Undertaking) error {
	if len(promised) > MaxList {
		return workflow.Invalid("promises", "too_many", "%d项，超过%d项", "%d promises, more than %d", len(promised), MaxList)
	}
	made := 0
	for _, earlier := range p.Replies {
		made += len(earlier.Promises)
	}
	for i, u := range promised {
		field := fmt.Sprintf("promises[%d]", i)
		if err := needText(field+".what", u.What, "没有写明承诺的事项", "it is not said what is promised"); err != nil {
			return err
		}
		if err := needLine(field+".owner", u.Owner, "承诺须有责任人", "a promise has an owner"); err != nil {
			return err
		}
		if u.By.IsZero() || u.By.Before(act.Today()) {
			return workflow.Invalid(field+".by", "out_of_range", "落实时限%v不能为空或早于今天", "a promise is due today or later, not on %v", u.By)
		}
		answer.Promises = append(answer.Promises, Promise{ID: promiseID(p.Unit, made+i+1), What: u.What, By: u.By, Owner: u.Owner})
	}
	return nil
}

// begin has the promises of a reply that goes out watched.
func (a *Answer) begin(act *Act) {
	for _, promise := range a.Promises {
		act.Begin(promiseTrack, promise.ID)
		act.SetDate(lifecycle.Instance(promiseTrack, promise.ID), promise.By)
	}
}

// promiseID is the unit that promises, and which of its promises it is.
func promiseID(unit string, n int) string { return fmt.Sprintf("%s#%d", unit, n) }

// Unit returns the unit that has promised, as the ID names it.
func (p Promise) Unit() string {
	if i := strings.LastIndexByte(p.ID, '#'); i >= 0 {
		return p.ID[:i]
	}
	return p.ID
}

// promise returns a promise of a reply that went out, and the unit that made it.
func (p *Proposal) promise(id string) (*Promise, string) {
	for i := range p.Parts {
		for j := range p.Parts[i].Replies {
			answer := &p.Parts[i].Replies[j]
			k := slices.IndexFunc(answer.Promises, func(promise Promise) bool { return promise.ID == id })
			if k >= 0 && !answer.Issued.IsZero() {
				return &answer.Promises[k], p.Parts[i].Unit
			}
		}
	}
	return nil, ""
}

func (p *Proposal) settle(act *Act, id string, do func(*Promise)) error {
	promise, _ := p.promise(id)
	if promise == nil {
		return workflow.Invalid("promise", "unknown", "没有承诺%q", "there is no promise %q", id)
	}
	promise.Settled = act.At
	act.SetDate(lifecycle.Instance(promiseTrack, id), calendar.Date{})
	do(promise)
	return nil
}

// KeepPromise says that what a reply promised has been done (承诺落实), with the
// evidence.
type KeepPromise struct {
	Promise  string   `json:"promise" zh:"承诺" en:"promise" field:"id,required"`
	Evidence []string `json:"evidence" zh:"落实佐证" en:"evidence" field:"required"`
}

// Event is "keep_promise".
func (KeepPromise) Event() string { return "keep_promise" }

// Instance is the promise.
func (a KeepPromise) Instance(Actor) string { return a.Promise }

// Apply keeps the evidence.
func (a KeepPromise) Apply(act *Act, p *Proposal) error {
	if len(a.Evidence) == 0 {
		return workflow.Invalid("evidence", "empty", "没有落实佐证", "there is no evidence")
	}
	if err := checkList("evidence", a.Evidence); err != nil {
		return err
	}
	return p.settle(act, a.Promise, func(promise *Promise) { promise.Evidence = slices.Clone(a.Evidence) })
}

// DropPromise says that what a reply promised will not be done (承诺未落实), and why.
type DropPromise struct {
	Promise string `json:"promise" zh:"承诺" en:"promise" field:"id,required"`
	Reason  string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "drop_promise".
func (DropPromise) Event() string { return "drop_promise" }

// Instance is the promise.
func (a DropPromise) Instance(Actor) string { return a.Promise }

// Apply keeps the reason.
func (a DropPromise) Apply(act *Act, p *Proposal) error {
	if err := needText("reason", a.Reason, "没有写明未落实的理由", "it is not said why the promise is given up"); err != nil {
		return err
	}
	return p.settle(act, a.Promise, func(promise *Promise) { promise.Reason = a.Reason })
}

// noOpenPromise finds promises that are neither kept nor given up.
func noOpenPromise(_ *Act, p *Proposal) []workflow.Blocker {
	var blockers []workflow.Blocker
	for _, part := range p.Parts {
		for _, answer := range part.Replies {
			for _, promise := range answer.Promises {
				if p.TrackMeans(promiseTrack, promise.ID) == promised {
					blockers = append(blockers, workflow.Block("promise_open",
						fmt.Sprintf("“%s”的承诺“%s”尚未落实", part.Unit, promise.ID), fmt.Sprintf("the promise %q has not been kept", promise.ID)))
				}
			}
		}
	}
	return blockers
}
