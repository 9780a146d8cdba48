package proposal

import (
	"strconv"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Review is an outcome of the review other than filing.
type Review struct {
	Outcome string    `json:"outcome"`          // the event: refuse, refer, return, settle, withdraw
	Reason  string    `json:"reason,omitempty"` // for refuse: a key of the body's refusal reasons
	Scheme  string    `json:"scheme,omitempty"` // of Reason
	Text    string    `json:"text,omitempty"`
	To      string    `json:"to,omitempty"` // for refer: the other channel
	At      time.Time `json:"at"`
	By      string    `json:"by"`
}

// Receive takes a submitted proposal into review.
type Receive struct{}

// Event is "receive".
func (Receive) Event() string { return "receive" }

// Apply changes nothing but the state.
func (Receive) Apply(*Act, *Proposal) error { return nil }

// File files the proposal (立案) under its number (案号), which is the only one of
// its session, or year, in its body, and never changes: one that was filed
// before, and merged or withdrawn since, keeps the number it had. Other spellings
// of a number and of a session are the same: see [text.Number], [text.SessionKey].
// [Service.FileNext] gives the next number.
type File struct {
	Number string `json:"number" zh:"案号" en:"number" field:"max=64"`
}

// Event is "file".
func (File) Event() string { return "file" }

func (f File) under() string { return f.Number }

// Apply gives the number and claims it.
func (f File) Apply(act *Act, p *Proposal) error {
	if len(f.Number) > maxNumber {
		return workflow.Invalid("number", "too_long", "案号%d字节，超过%d字节", "the number has %d bytes, more than %d", len(f.Number), maxNumber)
	}
	if p := text.Line(strings.TrimSpace(f.Number), maxNumber); p != nil && p.Code != "invisible_character" {
		return invalid("number", p) // invisible ones are left out
	}
	number, key := text.Number(f.Number)
	if key == "" && strings.TrimSpace(f.Number) != "" {
		return workflow.Invalid("number", "empty", "%q不是案号", "%q is no number", f.Number)
	}
	if key == "" {
		return nil
	}
	if p.Number != "" {
		if _, given := text.Number(p.Number); given != key {
			return workflow.Invalid("number", "given", "案号已定为%q，不再改变", "the number is %q and does not change", p.Number)
		}
		return nil
	}
	p.Number = number
	act.Claim(claimOf("number", p.Body, p.term(), key))
	if form, ok := act.Rules.formOf(p); ok {
		if n := form.count(p, number); n > 0 {
			act.Claim(claimOf("sequence", p.Body, p.term(), form.sequence(), strconv.Itoa(n)))
		}
	}
	return nil
}

const maxNumber = 64 // bytes

// claimOf puts the parts of a claim's name together so that no two lists of
// parts give the same name.
func claimOf(parts ...string) string {
	escape := strings.NewReplacer("%", "%25", "/", "%2F")
	for i, p := range parts {
		parts[i] = escape.Replace(p)
	}
	return strings.Join(parts, "/")
}

// Refuse does not file the proposal (不予立案).
type Refuse struct {
	Reason string `json:"reason" zh:"理由" en:"reason" field:"from=refusals,required"` // a key of the body's refusal reasons
	Text   string `json:"text,omitempty" zh:"说明" en:"remarks" field:"text"`
}

// Event is "refuse".
func (Refuse) Event() string { return "refuse" }

// Apply keeps the reason.
func (a Refuse) Apply(act *Act, p *Proposal) error {
	reasons := act.Rules.Refusals.Latest()
	if _, err := reasons.use("reason", a.Reason); err != nil {
		return err
	}
	return p.decide(act, Review{Reason: a.Reason, Scheme: reasons.ID(), Text: a.Text})
}

// Refer sends the proposal to another channel: as a letter, a suggestion, a note
// on social conditions (转意见建议、社情民意、来信).
type Refer struct {
	To   string `json:"to" zh:"转送何处" en:"referred to" field:"required"`
	Text string `json:"text,omitempty" zh:"说明" en:"remarks" field:"text"`
}

// Event is "refer".
func (Refer) Event() string { return "refer" }

// Apply keeps where it went.
func (a Refer) Apply(act *Act, p *Proposal) error {
	if err := needLine("to", a.To, "没有写明转送何处", "it is not said where the proposal is referred to"); err != nil {
		return err
	}
	return p.decide(act, Review{To: a.To, Text: a.Text})
}

// Return gives the proposal back for revision (修改后再提交).
type Return struct {
	Text string `json:"text" zh:"修改意见" en:"what to revise" field:"text,required"`
}

// Event is "return".
func (Return) Event() string { return "return" }

// Apply keeps what is to be revised.
func (a Return) Apply(act *Act, p *Proposal) error {
	if err := needText("text", a.Text, "没有写明修改的内容", "it is not said what to revise"); err != nil {
		return err
	}
	return p.decide(act, Review{Text: a.Text})
}

// Settle closes the proposal because the matter was settled in session (会间解决).
type Settle struct {
	Text string `json:"text" zh:"如何解决" en:"how it was settled" field:"text"`
}

// Event is "settle".
func (Settle) Event() string { return "settle" }

// Apply keeps how.
func (a Settle) Apply(act *Act, p *Proposal) error {
	return p.decide(act, Review{Text: a.Text})
}

// Withdraw takes the proposal back (撤案).
type Withdraw struct {
	Text string `json:"text,omitempty" zh:"原因" en:"reason" field:"text"`
}

// Event is "withdraw".
func (Withdraw) Event() string { return "withdraw" }

// Apply keeps why.
func (a Withdraw) Apply(act *Act, p *Proposal) error {
	return p.decide(act, Review{Text: a.Text})
}

// Reconsider takes a proposal that was refused, referred or settled back into
// review (复议). The outcome it had stays in the history.
type Reconsider struct {
	Text string `json:"text,omitempty" zh:"原因" en:"reason" field:"text"`
}

// Event is "reconsider".
func (Reconsider) Event() string { return "reconsider" }

// Apply clears the outcome.
func (a Reconsider) Apply(_ *Act, p *Proposal) error {
	p.Review = nil
	return checkText("text", a.Text)
}

func (p *Proposal) decide(act *Act, r Review) error {
	if err := checkText("text", r.Text); err != nil {
		return err
	}
	r.Outcome, r.At, r.By = act.Event, act.At, act.Actor.ID
	p.Review = &r
	return nil
}
