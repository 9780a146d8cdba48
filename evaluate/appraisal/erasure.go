package appraisal

import (
	"strings"

	"github.com/tian-go/tian/proposal/erasure"
)

// AskErasure (请求删除个人信息) asks that personal data be erased; see [erasure.Ask].
type AskErasure = erasure.Ask[*Round, Rules]

// Erase (删除个人信息) takes personal data out of the round and its history; see
// [erasure.Erase]. The names of people are those of who is scored; all that was said
// is the title, reasons, answers, papers, remarks, and where figures come from. Marks
// and figures stay, or no outcome could be checked.
type Erase = erasure.Erase[*Round, Rules]

// RefuseErasure (不予删除) refuses a request; see [erasure.Refuse].
type RefuseErasure = erasure.Refuse[*Round, Rules]

// Personal returns the fields in which there may be personal data; see package
// erasure. All others are kept.
func (*Round) Personal() erasure.Fields { return personal }

//nolint:gochecknoglobals // a constant
var personal = erasure.Fields{
	Said: strings.Fields(`
		title evaluators.recused.text facts.source appeals.reason appeals.papers appeals.answer cancelled
		erasures.reason erasures.text`),
	Named:     strings.Fields(`subjects.name`),
	NamedKeys: strings.Fields(`subjects.name`),
	KeptKeys:  strings.Fields(`league group judges cases struck key missing ties round quotas.label.zh quotas.label.en by`),
	KeptOpen:  strings.Fields(`rubric marks value least`),
}
