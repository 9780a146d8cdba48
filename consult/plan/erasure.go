package plan

import (
	"strings"

	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/erasure"
)

// AskErasure (请求删除个人信息) asks that personal data be erased; see [erasure.Ask].
type AskErasure = erasure.Ask[*Plan, rules.Rules]

// Erase (删除个人信息) takes personal data out of the case and its history; see
// [erasure.Erase]. The names of people are those of the leaders of entries, of
// those who were asked for comments and gave them; all that was said is titles,
// comments, decisions, reasons, the report.
type Erase = erasure.Erase[*Plan, rules.Rules]

// RefuseErasure (不予删除) refuses a request; see [erasure.Refuse].
type RefuseErasure = erasure.Refuse[*Plan, rules.Rules]

// Personal returns the fields in which there may be personal data; see package
// erasure. All others are kept.
func (*Plan) Personal() erasure.Fields { return personal }

//nolint:gochecknoglobals // a constant
var personal = erasure.Fields{
	Said: strings.Fields(`
		title entries.slot.title entries.reason comments.text comments.answer decisions.of decisions.text
		changes.add.title changes.reason changes.decision.of changes.decision.text report.text report.undone.reason
		accounts.date accounts.parties accounts.outcomes accounts.answered accounts.follow_ups accounts.source accounts.note
		accounts.figures.what accounts.figures.unit accounts.figures.text erasures.reason erasures.text`),
	Named:     strings.Fields(`entries.slot.lead changes.add.lead rounds.to comments.from`),
	NamedKeys: strings.Fields(`lead to from`),
	KeptKeys:  strings.Fields(`number units`),
}
