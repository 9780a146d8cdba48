package proposal

import (
	"strings"

	"github.com/tian-go/tian/proposal/erasure"
)

// Personal returns the fields in which there may be personal data; see package
// erasure. All others are kept.
func (*Proposal) Personal() erasure.Fields { return personal }

//nolint:gochecknoglobals // a constant
var personal = erasure.Fields{
	Said: strings.Fields(`
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
		candidacy.reason candidacy.asked.text passages.words passages.reason nominations.title nominations.reason`),
	Named: strings.Fields(`
		proposer.name cosigners.name merged_proposers.proposer.name
		parts.replies.signer parts.replies.responsible parts.replies.promises.owner
		parts.contacts.with key.leader supervisions.leader supervisions.visits.who
		clues.from conferrals.with handed.from.name candidacy.asked.with`),
	NamedKeys: strings.Fields(`name signer responsible owner leader who with`),
	KeptKeys: strings.Fields(`
		number session document scale score tier kind suggested suggested_units more cites channel ref media_type digest`),
}
