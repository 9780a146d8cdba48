package erasure

import (
	"time"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Request (删除请求) is a request to take personal data out of a case and out of its
// history, and what was decided.
type Request struct {
	At      time.Time `json:"at"`
	By      string    `json:"by"`               // who asked, or entered it for a person who has no account
	Reason  string    `json:"reason"`           // what is asked for and on what ground, without the data itself
	Decided time.Time `json:"decided,omitzero"` // zero: not yet
	Decider string    `json:"decider,omitempty"`
	Erased  bool      `json:"erased,omitempty"`
	Text    string    `json:"text,omitempty"` // of the decision
}

// Requests is what a case keeps of the requests to erase: it is embedded in the case.
type Requests struct {
	Erasures []Request `json:"erasures,omitempty"` // in their order; at most the last one waits
}

func (r *Requests) requests() *Requests { return r } //nolint:unused // by it whatever embeds this is a Case

// asked returns the request that has not been decided, nil when there is none.
func (r *Requests) asked() *Request {
	if n := len(r.Erasures); n > 0 && r.Erasures[n-1].Decided.IsZero() {
		return &r.Erasures[n-1]
	}
	return nil
}

// decide notes what was decided; an erasure that nobody has asked for is one of the
// decider's own.
func (r *Requests) decide(at time.Time, by string, erased bool, why string) {
	request := r.asked()
	if request == nil {
		r.Erasures = append(r.Erasures, Request{At: at, By: by, Reason: why})
		request, why = &r.Erasures[len(r.Erasures)-1], ""
	}
	request.Decided, request.Decider, request.Erased, request.Text = at, by, erased, why
}

// Case is a case that personal data can be taken out of. It embeds [Requests].
type Case interface {
	workflow.Case

	// Personal returns where personal data may stand. It is the same for all cases of
	// a kind, is asked of a nil one, and nobody changes it.
	Personal() Fields

	requests() *Requests
}

// Part returns the part "erasures" of a case: the requests, and what was decided.
func Part[C Case]() workflow.Part[C] {
	return workflow.Part[C]{
		Key: "erasures", Label: lifecycle.Label{ZH: "删除个人信息", EN: "erasures"},
		Show: func(_ workflow.Actor, seen, c C) { *seen.requests() = *c.requests() },
	}
}

// FourEyes is a guard on a decision: whoever asked for the erasure does not decide on
// it.
func FourEyes[C Case, R any](act *workflow.Act[R], c C) []workflow.Blocker {
	if request := c.requests().asked(); request != nil && request.By == act.Actor.ID {
		return []workflow.Blocker{workflow.Block("same_person", "提出删除请求的人不能自己决定", "whoever asked for the erasure cannot decide on it")}
	}
	return nil
}
