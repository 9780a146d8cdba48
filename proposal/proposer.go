package proposal

import (
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// ProposerKind (提案者类别) is by what right a proposal is made.
type ProposerKind string

// The kinds of proposers. Sectors and groups propose nationally only during the
// plenary (guard "plenary_only:sector,group"), elsewhere all year. Lower
// committees and joint bodies propose in some places.
const (
	Member         ProposerKind = "member"          // 委员
	Joint          ProposerKind = "joint"           // 委员联名
	Party          ProposerKind = "party"           // 党派
	Organisation   ProposerKind = "organisation"    // 人民团体
	Committee      ProposerKind = "committee"       // 专门委员会
	Sector         ProposerKind = "sector"          // 界别
	Group          ProposerKind = "group"           // 委员小组
	LowerCommittee ProposerKind = "lower_committee" // 下级政协
	JointBodies    ProposerKind = "joint_bodies"    // 多个单位联合
	Collective     ProposerKind = "collective"      // 集体, where a ledger does not tell which
)

// Values returns every kind, with its label.
func (ProposerKind) Values() []form.Value {
	return []form.Value{
		{Key: string(Member), Label: label("委员", "member")},
		{Key: string(Joint), Label: label("委员联名", "joint members")},
		{Key: string(Party), Label: label("党派", "party")},
		{Key: string(Organisation), Label: label("人民团体", "people's organisation")},
		{Key: string(Committee), Label: label("专门委员会", "special committee")},
		{Key: string(Sector), Label: label("界别", "sector")},
		{Key: string(Group), Label: label("委员小组", "group of members")},
		{Key: string(LowerCommittee), Label: label("下级政协", "lower committee")},
		{Key: string(JointBodies), Label: label("多个单位联合", "joint bodies")},
		{Key: string(Collective), Label: label("集体", "collective")},
	}
}

func (k ProposerKind) known() bool {
	return slices.ContainsFunc(k.Values(), func(v form.Value) bool { return v.Key == string(k) })
}

// Collective reports whether an organisation rather than members proposes (集体提案).
func (k ProposerKind) Collective() bool { return k != Member && k != Joint && k != "" }

// Proposer (提案者) is who makes a proposal: the first signer, who leads, or an
// organisation. ID is the account of a member, and of a collective proposer the
// unit for which its people act: the relation "proposer" takes neither for the
// other, were they even spelled alike.
type Proposer struct {
	Kind ProposerKind `json:"kind,omitempty" zh:"类别" en:"kind"` // "": a ledger does not say
	ID   string       `json:"id" zh:"编号" en:"ID" field:"id"`
	Name string       `json:"name,omitempty" zh:"名称" en:"name"`
}

// Cosign is an invitation to co-sign (联名). Whether it was consented to is the
// state of the track "cosign", for ID or for the organisation of that ID.
type Cosign struct {
	ID       string    `json:"id"`
	Name     string    `json:"name,omitempty"`
	Invited  time.Time `json:"invited"`
	Answered time.Time `json:"answered,omitzero"`

	Organisation bool `json:"organisation,omitempty"` // ID is a unit's, whose people consent for it
}

// Signed reports whether a co-signer has consented, and not left again.
func (p *Proposal) Signed(c Cosign) bool {
	return p.TrackMeans(cosignTrack, c.instance()) == consented
}

// Consented returns how many co-signers have consented.
func (p *Proposal) Consented() int {
	n := 0
	for _, c := range p.Cosigners {
		if p.Signed(c) {
			n++
		}
	}
	return n
}

// Invite asks a member to co-sign. Whoever declined, left or let the invitation
// expire can be asked again.
type Invite struct {
	ID   string `json:"id" zh:"委员" en:"member" field:"id,required"`
	Name string `json:"name,omitempty" zh:"姓名" en:"name"`

	Organisation bool `json:"organisation,omitempty" zh:"是单位" en:"is an organisation"` // ID is a unit's: several bodies propose together
}

// Event is "invite".
func (Invite) Event() string { return "invite" }

// Apply adds the invitation.
func (a Invite) Apply(act *Act, p *Proposal) error {
	if err := checkID("id", a.ID); err != nil {
		return err
	}
	if err := checkLine("name", a.Name); err != nil {
		return err
	}
	asked := Cosign{ID: a.ID, Name: a.Name, Invited: act.At, Organisation: a.Organisation}
	if a.ID == p.Proposer.ID && a.Organisation == p.Proposer.Kind.Collective() {
		return workflow.Invalid("id", "proposer", "联名人不能是第一提案人%q", "a co-signer is someone other than the proposer, not %q", a.ID)
	}
	for i := range p.Cosigners {
		c := &p.Cosigners[i]
		if c.instance() != asked.instance() {
			continue
		}
		switch p.TrackMeans(cosignTrack, c.instance()) {
		case invited, consented:
			return workflow.Invalid("id", "duplicate", "%q已在邀请之列", "%q has been invited", a.ID)
		}
		c.Invited, c.Answered = act.At, time.Time{}
		act.Then("reinvite", c.instance())
		return nil
	}
	if len(p.Cosigners) >= MaxList {
		return workflow.Invalid("id", "too_many", "已邀请%d人", "%d members have been invited", len(p.Cosigners))
	}
	p.Cosigners = append(p.Cosigners, asked)
	act.Begin(cosignTrack, asked.instance())
	return nil
}

// Consent is an invited member's consent to co-sign.
type Consent struct {
	Organisation bool `json:"organisation,omitempty" zh:"以单位名义" en:"for the organisation"` // for the unit that the actor acts for
}

// Event is "consent".
func (Consent) Event() string { return "consent" }

// Instance is the actor's own invitation, or that of their unit.
func (c Consent) Instance(a Actor) string { return invitation(a, c.Organisation) }

// Apply dates the answer, and makes a single member's proposal a joint one.
func (Consent) Apply(act *Act, p *Proposal) error {
	p.answerInvitation(act)
	if p.Proposer.Kind == Member {
		p.Proposer.Kind = Joint
	}
	return nil
}

// Decline is an invited member's refusal to co-sign.
type Decline struct {
	Organisation bool `json:"organisation,omitempty" zh:"以单位名义" en:"for the organisation"` // for the unit that the actor acts for
}

// Event is "decline".
func (Decline) Event() string { return "decline" }

// Instance is the actor's own invitation, or that of their unit.
func (c Decline) Instance(a Actor) string { return invitation(a, c.Organisation) }

// Apply dates the answer.
func (Decline) Apply(act *Act, p *Proposal) error {
	p.answerInvitation(act)
	return nil
}

// Leave is a co-signer's withdrawal of their consent (退出联名), while the text is
// still the proposers'.
type Leave struct {
	Organisation bool `json:"organisation,omitempty" zh:"以单位名义" en:"for the organisation"` // for the unit that the actor acts for
}

// Event is "leave".
func (Leave) Event() string { return "leave" }

// Instance is the actor's own invitation, or that of their unit.
func (c Leave) Instance(a Actor) string { return invitation(a, c.Organisation) }

// Apply dates it. A proposal that the last co-signer leaves is a single
// member's again.
func (Leave) Apply(act *Act, p *Proposal) error {
	p.answerInvitation(act)
	if p.Proposer.Kind == Joint && p.Consented() <= 1 { // whoever leaves is still counted
		p.Proposer.Kind = Member
	}
	return nil
}

// askAgain has everyone who consented to co-sign asked again.
func (p *Proposal) askAgain(act *Act) {
	for i := range p.Cosigners {
		c := &p.Cosigners[i]
		if p.Signed(*c) {
			c.Invited, c.Answered = act.At, time.Time{}
			act.Then("reask", c.instance())
		}
	}
}

// invitation is the instance of an actor's own invitation, or of their unit's.
func invitation(a Actor, ofUnit bool) string {
	if ofUnit {
		return organisation(a.Unit)
	}
	return a.ID
}

func (p *Proposal) answerInvitation(act *Act) {
	for i := range p.Cosigners {
		if p.Cosigners[i].instance() == act.Instance {
			p.Cosigners[i].Answered = act.At
		}
	}
}
