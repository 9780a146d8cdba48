package proposal

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Erasure (删除个人信息) is a request to take personal data out of the proposal and
// out of its history (个人信息保护法 §47), and what was decided.
type Erasure struct {
	At      time.Time `json:"at"`
	By      string    `json:"by"`               // who asked, or entered it for a person who has no account
	Reason  string    `json:"reason"`           // what is asked for and on what ground, without the data itself
	Decided time.Time `json:"decided,omitzero"` // zero: not yet
	Decider string    `json:"decider,omitempty"`
	Erased  bool      `json:"erased,omitempty"`
	Text    string    `json:"text,omitempty"` // of the decision
}

// asked returns the request that has not been decided, nil when there is none.
func (p *Proposal) asked() *Erasure {
	if n := len(p.Erasures); n > 0 && p.Erasures[n-1].Decided.IsZero() {
		return &p.Erasures[n-1]
	}
	return nil
}

// decideErasure notes what was decided; an erasure that nobody has asked for is
// one of the decider's own.
func (p *Proposal) decideErasure(act *Act, erased bool, why string) {
	request := p.asked()
	if request == nil {
		p.Erasures = append(p.Erasures, Erasure{At: act.At, By: act.Actor.ID, Reason: why})
		request, why = &p.Erasures[len(p.Erasures)-1], ""
	}
	request.Decided, request.Decider, request.Erased, request.Text = act.At, act.Actor.ID, erased, why
}

// AskErasure asks that personal data be erased.
type AskErasure struct {
	Reason string `json:"reason" zh:"请求与依据" en:"request and ground" field:"text,required"` // without the data itself: it stays in the history
}

// Event is "ask_erasure".
func (AskErasure) Event() string { return "ask_erasure" }

// Apply notes the request.
func (a AskErasure) Apply(act *Act, p *Proposal) error {
	if err := needText("reason", a.Reason, "没有写明请求删除什么、依据为何", "it is not said what is to be erased, and on what ground"); err != nil {
		return err
	}
	if p.asked() != nil {
		return workflow.Invalid("reason", "duplicate", "已有一项请求尚未决定", "there is a request that has not been decided on")
	}
	p.Erasures = append(p.Erasures, Erasure{At: act.At, By: act.Actor.ID, Reason: a.Reason})
	return nil
}

// RefuseErasure refuses a request, as where the law has the data kept.
type RefuseErasure struct {
	Text string `json:"text" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "refuse_erasure".
func (RefuseErasure) Event() string { return "refuse_erasure" }

// Apply notes the decision.
func (a RefuseErasure) Apply(act *Act, p *Proposal) error {
	if err := needText("text", a.Text, "没有写明不予删除的理由", "it is not said why nothing is erased"); err != nil {
		return err
	}
	p.decideErasure(act, false, a.Text)
	return nil
}

// Erase takes personal data out of the proposal and out of every entry of its
// history before: words, contact data, the names of people, or all that was said.
// In its place stands ***. It is for good; the history verifies, and shows when it
// was done, by whom and why. What is to be erased does not go into the journal.
//
// Numbers, days, units, accounts and decisions stay, as does what other proposals
// say: a merged one is erased by itself. Where a word stands in what has to stay,
// such as the name of a unit, the act is refused and names the place.
type Erase struct {
	Reason   string   `json:"reason" zh:"理由" en:"reason" field:"text,required"`              // without the data itself
	Words    []string `json:"words,omitempty" zh:"删除的词句" en:"words"`                         // in any spelling, wherever they stand
	Contacts bool     `json:"contacts,omitempty" zh:"联系方式" en:"contact data"`                // whatever looks like it; see text.FindContacts
	People   bool     `json:"people,omitempty" zh:"人名" en:"names of people"`                 // proposers, signers, those in charge, leaders, visitors
	Texts    bool     `json:"texts,omitempty" zh:"全部文字" en:"all that was said"`              // title, text, replies, remarks
	Entries  []uint64 `json:"entries,omitempty" zh:"整条删除的留痕" en:"entries erased as a whole"` // of which nothing is left but who did what and when
}

// The most that one Erase takes.
const maxErased = 50 // words

// Event is "erase".
func (Erase) Event() string { return "erase" }

// MarshalJSON leaves the words out: what it says stays in the history.
func (a Erase) MarshalJSON() ([]byte, error) {
	type plain Erase
	b := plain(a)
	b.Words = nil
	return json.Marshal(b)
}

// Apply notes that it was done. What is erased the engine asks of Drops and Redact.
func (a Erase) Apply(act *Act, p *Proposal) error {
	if err := needText("reason", a.Reason, "没有写明删除的理由", "it is not said why it is erased"); err != nil {
		return err
	}
	if len(a.Words) == 0 && len(a.Entries) == 0 && !a.Contacts && !a.People && !a.Texts {
		return workflow.Invalid("words", "empty", "没有写明删除什么", "it is not said what is to be erased")
	}
	if err := invalid("words", text.Entries(len(a.Words), maxErased)); err != nil {
		return err
	}
	for i, word := range a.Words {
		at := fmt.Sprintf("words[%d]", i)
		if err := invalid(at, text.Said(word, maxLine)); err != nil {
			return err
		}
		if utf8.RuneCountInString(text.Narrow(word)) < 2 {
			return workflow.Invalid(at, "too_short", "一个字会删去过多内容", "one character would take out too much")
		}
		if text.Holds(a.Reason, word) {
			return workflow.Invalid("reason", "names_it", "理由会留在留痕中，不能写出要删除的内容", "the reason stays in the history, and cannot hold what is to be erased")
		}
	}
	for i, seq := range a.Entries {
		if seq == 0 || seq > p.Seq {
			return workflow.Invalid(fmt.Sprintf("entries[%d]", i), "unknown", "没有第%d条", "there is no entry %d", seq)
		}
	}
	p.decideErasure(act, true, a.Reason)
	return nil
}

// Drops implements [workflow.Eraser].
func (a Erase) Drops(e workflow.Entry) bool { return slices.Contains(a.Entries, e.Seq) }

const gone = "***" // as text.Redact puts it

// Redact implements [workflow.Eraser].
func (a Erase) Redact(p workflow.Passage) (string, error) {
	kind := personalIn(p)
	switch {
	case p.Text == "":
		return "", nil
	case kind == kept:
		for i, word := range a.Words {
			if text.Holds(p.Text, word) {
				return "", workflow.Invalid(fmt.Sprintf("words[%d]", i), "stands_in_key", "此内容也见于须保留的%[1]s（第%[2]d条；0为现状）",
					"it stands in %s too, which has to stay (entry %d; 0 is the record)", p.Field, p.Seq)
			}
		}
		return p.Text, nil
	case kind == said && a.Texts, kind == named && a.People:
		return gone, nil
	}
	left := text.Without(p.Text, a.Words...)
	if a.Contacts {
		left = text.Redact(left)
	}
	return left, nil
}
