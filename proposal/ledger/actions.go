package ledger

import (
	"strings"
	"time"

	"github.com/tian-go/tian/proposal"
)

// The keys under which a case that was taken from a ledger keeps, in its extra
// data, what the proposal has no place for.
const (
	ExtraRow       = "ledger.row"       // Row.ID of the row
	ExtraSource    = "ledger.source"    // the source, as the ledger has it
	ExtraPlace     = "ledger.place"     // as printed
	ExtraLevel     = "ledger.level"     // as printed
	ExtraCategory  = "ledger.category"  // as printed, when no scheme has it
	ExtraSubmitted = "ledger.submitted" // dates, as printed
	ExtraAssigned  = "ledger.assigned"
	ExtraReplied   = "ledger.replied"
	ExtraOutcome   = "ledger.outcome"   // of the review, as printed
	ExtraNumber    = "ledger.number"    // as printed, of what was not filed
	ExtraCosigners = "ledger.cosigners" // names, separated by semicolons: who of them consented is not printed
	ExtraAttitude  = "ledger.attitude"  // as printed, where it is on no scale of the opinion
	ExtraPublished = "ledger.published" // as printed: what a ledger says publishes nothing
	ExtraDocument  = "ledger.document"  // number of the reply, where it is not that of one unit
	ExtraSigner    = "ledger.signer"    // of the reply, likewise
	ExtraPromised  = "ledger.promised"  // the day by which a reply is to be carried out, as printed: what was promised is not
	ExtraUnits     = "ledger.units"     // what is not printed of the units: RolesNotPrinted or NoneNotPrinted
)

// What ExtraUnits says.
const (
	RolesNotPrinted = "roles_not_printed" // handled separately, as far as the ledger tells
	NoneNotPrinted  = "none_printed"      // the part is that of UnitNotPrinted
)

// What stands where a ledger names nobody.
const (
	UnitNotPrinted     = "（承办单位未载明）"
	ProposerNotPrinted = "（提案者未载明）"
	NotPrinted         = "未载明" // a reason, a recipient
)

// enter opens a case from a row.
type enter struct {
	proposal.Draft
	Number string            `json:"number,omitempty"` // given and claimed at once, so that a row goes in whole or not at all
	Extra  map[string]string `json:"extra"`
}

// Apply fills the new proposal, and keeps what it has no place for.
func (a enter) Apply(act *proposal.Act, p *proposal.Proposal) error {
	if err := a.Draft.Apply(act, p); err != nil {
		return err
	}
	if err := (proposal.File{Number: a.Number}).Apply(act, p); err != nil {
		return err
	}
	p.Timing = a.Timing // "": the ledger does not say
	for key, value := range a.Extra {
		if err := p.SetExtra(key, value); err != nil {
			return err
		}
	}
	return nil
}

func entering(r Row) enter {
	a := enter{
		Draft: proposal.Draft{
			Title: r.Title, Session: r.Session, Year: r.Year, Timing: proposal.Timing(r.Timing),
			Proposer: proposal.Proposer{
				Kind: proposal.ProposerKind(r.ProposerKind), ID: or(r.ProposerOrg, ProposerNotPrinted), Name: r.ProposerOrg,
			},
		},
		Extra: map[string]string{ExtraRow: r.ID()},
	}
	keep := func(key, value string) {
		if value != "" {
			a.Extra[key] = value
		}
	}
	if key, coded := categoryKey(r.Category); coded {
		a.Category = key
	} else {
		keep(ExtraCategory, r.Category)
	}
	if r.filed() {
		a.Number = r.Number
	} else {
		keep(ExtraNumber, r.Number)
	}
	keep(ExtraOutcome, r.Outcome)
	keep(ExtraCosigners, strings.Join(r.Cosigners, ";"))
	keep(ExtraSource, r.Source)
	keep(ExtraPlace, r.Place)
	keep(ExtraLevel, r.Level)
	keep(ExtraSubmitted, date(r.Submitted))
	keep(ExtraAssigned, date(r.Assigned))
	keep(ExtraReplied, date(r.Replied))
	keep(ExtraPublished, r.Published)
	keep(ExtraPromised, r.Promised)
	if !r.oneReply() {
		keep(ExtraDocument, r.Document)
		keep(ExtraSigner, r.Signer)
	}
	if r.attitude() == "" {
		keep(ExtraAttitude, r.Attitude)
	}
	if r.assigned() {
		keep(ExtraUnits, r.unitsNote())
	}
	return a
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// accept is [proposal.Accept] for a unit that the registrar names.
type accept struct {
	proposal.Accept
	Unit string `json:"unit"`
}

// Instance is the unit.
func (a accept) Instance(proposal.Actor) string { return a.Unit }

// reply is [proposal.Reply] for a unit that the registrar names.
type reply struct {
	proposal.Reply
	Unit string `json:"unit"`
}

// Instance is the unit.
func (a reply) Instance(proposal.Actor) string { return a.Unit }
