package activity

import (
	"strings"

	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/erasure"
)

// AskErasure (请求删除个人信息) asks that personal data be erased; see [erasure.Ask].
type AskErasure = erasure.Ask[*Activity, rules.Rules]

// Erase (删除个人信息) takes personal data out of the case and its history; see
// [erasure.Erase]. The names of people are those of participants, of owners, of
// those who take an outcome on or get it; all that was said is title, place,
// statements, opinions, minutes, reasons. What a correction keeps of before is
// erased too.
type Erase = erasure.Erase[*Activity, rules.Rules]

// RefuseErasure (不予删除) refuses a request; see [erasure.Refuse].
type RefuseErasure = erasure.Refuse[*Activity, rules.Rules]

// Personal returns the fields in which there may be personal data; see package
// erasure. All others are kept.
func (*Activity) Personal() erasure.Fields { return personal }

//nolint:gochecknoglobals // a constant
var personal = erasure.Fields{
	Said: strings.Fields(`
		title place cancelled research.place research.found materials.files postponed.reason waivers.reason
		relocated.from relocated.to relocated.reason
		participants.unit participants.absent participants.declined
		surveys.title surveys.source surveys.questions.text surveys.questions.options.key
		account.date account.parties account.outcomes account.answered account.follow_ups account.source account.note
		account.figures.what account.figures.unit account.figures.text
		sittings.place statements.text opinions.text opinions.asked.text responses.text
		minutes.draft minutes.text minutes.objections.text minutes.objections.answer minutes.versions.text minutes.versions.reason
		outcomes.title outcomes.text outcomes.instructions.text outcomes.instructions.result outcomes.became.text
		items.what items.steps.what items.progress.text items.evidence items.reason items.reopened.reason items.extended.reason
		items.asked.reason items.asked.answer items.owners.reason items.past.reason items.revisits.found
		follow_ups.found publication.title publication.text publication.reason publication.items.what
		corrections.reason erasures.reason erasures.text
		corrections.was.unit corrections.was.absent corrections.was.declined
		corrections.was.title corrections.was.source corrections.was.questions.text corrections.was.questions.options.key
		corrections.was.text corrections.was.instructions.text corrections.was.instructions.result corrections.was.became.text`),
	Named: strings.Fields(`
		participants.name call.registered.name outcomes.lead outcomes.to outcomes.sent.to outcomes.instructions.leader
		items.owner.name items.with.name items.owners.from.name items.past.owner.name items.steps.owner publication.items.owner
		corrections.was.name corrections.was.lead corrections.was.to corrections.was.sent.to corrections.was.instructions.leader`),
	NamedKeys: strings.Fields(`name lead outcomes.to action.to leader steps.owner`),
	KeptKeys: strings.Fields(`
		state month came left number continues units questions.key strata.key`),
}
