package proposal

import (
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// personal says what kind of personal data a text may hold.
type personal int

const (
	kept  personal = iota // a key, an account, a unit, a day: never personal by itself, and needed
	said                  // what somebody wrote
	named                 // what people are called
)

// The fields of a proposal in which there may be personal data. All others are kept.
var (
	//nolint:gochecknoglobals // a constant
	saidFields = strings.Fields(`
		title text.background text.analysis text.suggestions research.topic research.place research.found
		recategorised.reason review.text review.to
		parts.objections.reason parts.objections.text parts.contacts.text parts.transferred.reason
		parts.replies.contact parts.replies.text parts.replies.returned parts.replies.raised.reason
		parts.replies.promises.what parts.replies.promises.evidence parts.replies.promises.reason
		supervisions.visits.place supervisions.visits.found supervisions.result urgings.text
		opinions.text verdicts.text evaluations.text follow_ups.found
		publication.title publication.text publication.reason honours.title erasures.reason erasures.text
		clues.text conferrals.text attachments.name handed.reason recused.reason parts.replies.matters.text parts.matters.what
		parts.successions.reason parts.publication.title parts.publication.text parts.publication.reason
		candidacy.reason candidacy.asked.text passages.words passages.reason nominations.title nominations.reason`)
	//nolint:gochecknoglobals // a constant
	namedFields = strings.Fields(`
		proposer.name cosigners.name merged_proposers.proposer.name
		parts.replies.signer parts.replies.responsible parts.replies.promises.owner
		parts.contacts.with key.leader supervisions.leader supervisions.visits.who
		clues.from conferrals.with handed.from.name candidacy.asked.with`)

	// Of the fields of actions, which are told by their type, by their last key.
	namedKeys = strings.Fields(`name signer responsible owner leader who with`) //nolint:gochecknoglobals // a constant
	//nolint:gochecknoglobals // a constant
	keptKeys = strings.Fields(`
		number session document scale score tier kind suggested suggested_units more cites channel ref media_type digest`)
)

// personalIn says what kind of personal data may stand in a passage.
func personalIn(p workflow.Passage) personal {
	if p.Type != "" {
		last := p.Field[strings.LastIndexByte(p.Field, '.')+1:]
		switch {
		case p.Type == form.Open:
			return said // what users of the library have added
		case p.Type != form.Line && p.Type != form.Text, slices.Contains(keptKeys, last):
			return kept
		case slices.Contains(namedKeys, last):
			return named
		}
		return said
	}
	switch {
	case slices.Contains(saidFields, p.Field), strings.HasPrefix(p.Field, "extra."):
		return said
	case slices.Contains(namedFields, p.Field):
		return named
	}
	return kept
}
