package plan

import (
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/consult/rules"
)

// Quote (摘录报道) keeps on the plan of a year what a source prints of it: the totals of
// a body for which no single platform answers. It is added to nothing.
type Quote struct {
	printed.Account
}

// Event is "quote".
func (Quote) Event() string { return "quote" }

// Apply adds it.
func (q Quote) Apply(_ *rules.Act, p *Plan) (err error) {
	p.Accounts, err = printed.Quote(p.Accounts, q.Account)
	return err
}
