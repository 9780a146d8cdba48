package ledger

import (
	"context"
	"errors"
	"iter"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// Rows gives the cases that a reader sees as rows of a ledger, one after the
// other: everything by Service.All, what the public may see by As of the zero
// Actor. Illustrations are left out.
func Rows(ctx context.Context, from workflow.Reader[*proposal.Proposal, proposal.Rules], q workflow.Query) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		enough := errors.New("enough")
		err := from.Each(ctx, q, func(p *proposal.Proposal) error {
			if _, made := p.Extra[ExtraIllustration]; !made && !yield(RowOf(p), nil) {
				return enough
			}
			return nil
		})
		if err != nil && !errors.Is(err, enough) {
			yield(Row{}, err)
		}
	}
}

// RowOf returns a case as a row of a ledger. Of a case that was imported it is
// the row that it came from, as far as acts since then have not changed it.
func RowOf(p *proposal.Proposal) Row {
	said := func(key string) string {
		var s string
		if _, err := p.GetExtra(key, &s); err != nil {
			return ""
		}
		return s
	}
	level, place, _ := strings.Cut(p.Body, "/")
	if place == "" {
		level, place = "", p.Body
	}
	r := Row{
		Place: place, Level: level, Session: p.Session, Year: p.Year, Number: or(p.Number, said(ExtraNumber)), Title: p.Title,
		Category: said(ExtraCategory), ProposerKind: string(p.Proposer.Kind), ProposerOrg: or(p.Proposer.Name, p.Proposer.ID),
		Key: p.Key != nil, Source: said(ExtraSource), Outcome: said(ExtraOutcome),
	}
	if said(ExtraRow) != "" {
		r.Level, r.Place = said(ExtraLevel), said(ExtraPlace)
	}
	if r.ProposerOrg == ProposerNotPrinted {
		r.ProposerOrg = ""
	}
	if t, ok := proposal.SixCategories().Term(string(p.Category)); ok {
		r.Category = t.Label.ZH
	}
	for into, key := range map[*time.Time]string{&r.Submitted: ExtraSubmitted, &r.Assigned: ExtraAssigned, &r.Replied: ExtraReplied} {
		*into, _ = time.Parse(time.DateOnly, said(key)) // zero for none
	}
	if names := said(ExtraCosigners); names != "" {
		r.Cosigners = strings.Split(names, ";")
	}
	for _, c := range p.Cosigners {
		r.Cosigners = append(r.Cosigners, or(c.Name, c.ID))
	}
	r.Timing, r.Published, r.Promised = string(p.Timing), said(ExtraPublished), said(ExtraPromised)
	r.Document, r.Signer, r.Attitude = said(ExtraDocument), said(ExtraSigner), said(ExtraAttitude)
	r.ofParts(p, said(ExtraUnits))
	if n := len(p.Opinions); n > 0 {
		r.ofOpinion(p.Opinions[n-1])
	}
	if r.Outcome == "" && p.Review != nil {
		r.Outcome = p.Review.Outcome
	}
	if r.Outcome == "" && p.WasFiled() && !r.filed() {
		r.Outcome = OutcomeFile
	}
	return r
}

// ofOpinion fills in what was said of the result and the attitude.
func (r *Row) ofOpinion(o proposal.Opinion) {
	word := func(scale, result string) string {
		if t, ok := proposal.ThreeOpinions().Term(result); ok && scale == proposal.ThreeOpinions().ID() {
			return t.Label.ZH
		}
		return result
	}
	r.Opinion = word(o.Scale, o.Result)
	if o.Attitude != "" {
		r.Attitude = word(or(o.AttitudeScale, o.Scale), o.Attitude)
	}
}

// ofParts fills in the units, and the class, number and signer of the first answer
// that has one.
func (r *Row) ofParts(p *proposal.Proposal, note string) {
	for i := range p.Parts {
		part := &p.Parts[i]
		switch {
		case part.Unit == UnitNotPrinted:
		case note == RolesNotPrinted, part.Role == proposal.Co:
			r.CoUnits = append(r.CoUnits, part.Unit)
		case part.Role == proposal.Lead:
			r.LeadUnit = part.Unit
		default:
			r.SeparateUnits = append(r.SeparateUnits, part.Unit)
		}
		if reply := part.Reply(); reply != nil {
			r.Class = or(r.Class, reply.Class)
			r.Document, r.Signer = or(r.Document, reply.Document), or(r.Signer, reply.Signer)
		}
	}
}
