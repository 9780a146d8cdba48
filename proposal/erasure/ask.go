package erasure

import "github.com/tian-go/tian/proposal/workflow"

// Actions describes the actions of this package.
func Actions[C Case, R any]() []workflow.ActionType[C, R] {
	return []workflow.ActionType[C, R]{
		workflow.Describe(Ask[C, R]{}, "请求删除个人信息", "ask for personal data to be erased"),
		workflow.Describe(Erase[C, R]{}, "删除个人信息", "erase personal data"),
		workflow.Describe(Refuse[C, R]{}, "不予删除", "refuse to erase"),
	}
}

// Ask asks that personal data be erased.
type Ask[C Case, R any] struct {
	Reason string `json:"reason" zh:"请求与依据" en:"request and ground" field:"text,required"` // without the data itself: it stays in the history
}

// Event is "ask_erasure".
func (Ask[C, R]) Event() string { return "ask_erasure" }

// Apply notes the request.
func (a Ask[C, R]) Apply(act *workflow.Act[R], c C) error {
	if err := said("reason", a.Reason, "没有写明请求删除什么、依据为何", "it is not said what is to be erased, and on what ground"); err != nil {
		return err
	}
	r := c.requests()
	if r.asked() != nil {
		return workflow.Invalid("reason", "duplicate", "已有一项请求尚未决定", "there is a request that has not been decided on")
	}
	r.Erasures = append(r.Erasures, Request{At: act.At, By: act.Actor.ID, Reason: a.Reason})
	return nil
}

// Refuse refuses a request, as where the law has the data kept.
type Refuse[C Case, R any] struct {
	Text string `json:"text" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "refuse_erasure".
func (Refuse[C, R]) Event() string { return "refuse_erasure" }

// Apply notes the decision.
func (a Refuse[C, R]) Apply(act *workflow.Act[R], c C) error {
	if err := said("text", a.Text, "没有写明不予删除的理由", "it is not said why nothing is erased"); err != nil {
		return err
	}
	c.requests().decide(act.At, act.Actor.ID, false, a.Text)
	return nil
}
