package topic

import (
	"strings"

	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/erasure"
)

// AskErasure (请求删除个人信息) asks that personal data be erased; see [erasure.Ask].
type AskErasure = erasure.Ask[*Topic, rules.Rules]

// Erase (删除个人信息) takes personal data out of the case and its history; see
// [erasure.Erase]. The names of people are those of sources; all that was said is
// title, clues, what the screening found, reasons.
type Erase = erasure.Erase[*Topic, rules.Rules]

// RefuseErasure (不予删除) refuses a request; see [erasure.Refuse].
type RefuseErasure = erasure.Refuse[*Topic, rules.Rules]

// Personal returns the fields in which there may be personal data; see package
// erasure. All others are kept.
func (*Topic) Personal() erasure.Fields { return personal }

//nolint:gochecknoglobals // a constant
var personal = erasure.Fields{
	Said:      strings.Fields(`title clues.text screening.text declined erasures.reason erasures.text`),
	Named:     strings.Fields(`source.name sources.name clues.source.name absorbed.sources.name`),
	NamedKeys: strings.Fields(`name`),
	KeptKeys:  strings.Fields(`approved lead units`),
}
