package erasure

import (
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// The most that an action holds.
const (
	maxText  = 20_000 // characters of a reason
	maxWord  = 200    // characters of one that is erased
	maxWords = 50
)

// said refuses a reason that is empty, in words of its own, or that is no text.
func said(field, s, zh, en string) error {
	p := text.Said(s, maxText)
	if p != nil && p.Code == "empty" {
		return workflow.Invalid(field, p.Code, zh, en)
	}
	return invalid(field, p)
}

// invalid is what package text has against a field, as an error; nil for nothing.
func invalid(field string, p *text.Problem) error {
	if p == nil {
		return nil
	}
	return workflow.Invalid(field, p.Code, "%[1]s", "%[2]s", p.ZH, p.EN)
}
