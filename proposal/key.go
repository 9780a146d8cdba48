package proposal

import (
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/workflow"
)

// Key (重点提案) is what makes a proposal a key one.
type Key struct {
	Leader string    `json:"leader,omitempty"` // the named leader who takes it on (领办、领衔督办)
	Tier   string    `json:"tier,omitempty"`   // from leader's instruction to joint inspection: a key of the body's tiers, its own word where it has none
	Scheme string    `json:"scheme,omitempty"` // of Tier
	At     time.Time `json:"at"`
	By     string    `json:"by"`
}

// Candidacy (重点提案备选) is how a proposal came to be considered as a key one.
type Candidacy struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Reason string    `json:"reason"`
	Asked  []Asked   `json:"asked,omitempty"` // whom it was talked over with, oldest first
}

// Asked is what somebody said who was consulted on a candidate.
type Asked struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	With string    `json:"with"` // an office, a party, a leader
	Text string    `json:"text"`
}

// NominateKey makes a proposal a candidate for the key ones (推荐为重点提案备选).
type NominateKey struct {
	Reason string `json:"reason" zh:"推荐理由" en:"reason" field:"text,required"`
}

// Event is "nominate_key".
func (NominateKey) Event() string { return "nominate_key" }

// Apply keeps the reason.
func (a NominateKey) Apply(act *Act, p *Proposal) error {
	if err := needText("reason", a.Reason, "推荐须有理由", "a nomination needs a reason"); err != nil {
		return err
	}
	p.Candidacy = &Candidacy{At: act.At, By: act.Actor.ID, Reason: a.Reason}
	return nil
}

// ConsultOnKey records what somebody said of a candidate (重点提案遴选协商): the
// offices, the parties, the leader who would take it on.
type ConsultOnKey struct {
	With string `json:"with" zh:"协商对象" en:"with whom" field:"required"`
	Text string `json:"text" zh:"意见" en:"what they said" field:"text,required"`
}

// Event is "consult_on_key".
func (ConsultOnKey) Event() string { return "consult_on_key" }

// Apply adds it.
func (a ConsultOnKey) Apply(act *Act, p *Proposal) error {
	if err := needLine("with", a.With, "没有写明协商对象", "it is not said who was consulted"); err != nil {
		return err
	}
	if err := needText("text", a.Text, "没有写明意见", "it is not said what they said"); err != nil {
		return err
	}
	if p.Candidacy == nil {
		return workflow.Invalid("with", "unknown", "%s不是重点提案备选", "%s is no candidate", p.ID)
	}
	if len(p.Candidacy.Asked) >= MaxList {
		return workflow.Invalid("with", "too_many", "已协商%d次", "%d have been consulted", len(p.Candidacy.Asked))
	}
	p.Candidacy.Asked = append(p.Candidacy.Asked, Asked{At: act.At, By: act.Actor.ID, With: a.With, Text: a.Text})
	return nil
}

// MarkKey makes it a key proposal (审定为重点提案). How many there are beside those
// filed, and what the rules of the body say to that, [Service.KeyShare] tells.
type MarkKey struct {
	Leader string `json:"leader,omitempty" zh:"领办领导" en:"leader"`
	Tier   string `json:"tier,omitempty" zh:"层级" en:"tier" field:"from=tiers"`
}

// Event is "mark_key".
func (MarkKey) Event() string { return "mark_key" }

func (a MarkKey) ledBy() string { return a.Leader }

// Apply keeps leader and tier.
func (a MarkKey) Apply(act *Act, p *Proposal) error {
	if err := checkLines("leader", a.Leader, "tier", a.Tier); err != nil {
		return err
	}
	scheme, err := act.Rules.Tiers.free("tier", a.Tier)
	if err != nil {
		return err
	}
	p.Key = &Key{Leader: strings.TrimSpace(a.Leader), Tier: a.Tier, Scheme: scheme, At: act.At, By: act.Actor.ID}
	return nil
}

// UnmarkKey makes it an ordinary one again, or a candidate no longer.
type UnmarkKey struct {
	Reason string `json:"reason,omitempty" zh:"原因" en:"reason" field:"text"`
}

// Event is "unmark_key".
func (UnmarkKey) Event() string { return "unmark_key" }

// Apply clears leader and tier, and the candidacy; both stay in the history.
func (a UnmarkKey) Apply(_ *Act, p *Proposal) error {
	p.Key, p.Candidacy = nil, nil
	return checkText("reason", a.Reason)
}

// consultedOn asks that somebody was consulted on the candidate.
func consultedOn(_ *Act, p *Proposal) []workflow.Blocker {
	if p.Candidacy == nil || len(p.Candidacy.Asked) == 0 {
		return block("not_consulted", "尚未就重点提案备选进行协商", "nobody has been consulted on the candidate")
	}
	return nil
}

// led asks that a leader takes the key proposal on before it is one.
func led(act *Act, _ *Proposal) []workflow.Blocker {
	return looked(act, "无法检查这一操作由谁领办", "who leads by %T cannot be told", func(mark interface{ ledBy() string }) []workflow.Blocker {
		if strings.TrimSpace(mark.ledBy()) == "" {
			return block("no_leader", "重点提案须有领办领导", "a key proposal has a leader who takes it on")
		}
		return nil
	})
}

// visited asks that a supervision had a visit, meeting or inspection before it is
// concluded.
func visited(_ *Act, p *Proposal) []workflow.Blocker {
	if n := len(p.Supervisions); n > 0 && len(p.Supervisions[n-1].Visits) > 0 {
		return nil
	}
	return block("not_visited", "督办尚无调研、座谈或走访记录", "the supervision has had no visit, meeting or inspection")
}

// free returns the scheme of a key where the body has terms for it, and lets any
// word pass where it has none.
func (v Versions) free(field, key string) (scheme string, err error) {
	latest := v.Latest()
	if key == "" || len(latest.Terms) == 0 {
		return "", nil
	}
	if _, err := latest.use(field, key); err != nil {
		return "", err
	}
	return latest.ID(), nil
}
