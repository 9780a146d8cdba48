package platform

import (
	"strings"

	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/erasure"
)

// AskErasure (请求删除个人信息) asks that personal data be erased; see [erasure.Ask].
type AskErasure = erasure.Ask[*Platform, rules.Rules]

// Erase (删除个人信息) takes personal data out of the case and its history; see
// [erasure.Erase]. A platform names people by their accounts, which stay; all that
// was said is its name, place and rules, what was found on duty and by
// inspections, what sources say, reasons.
type Erase = erasure.Erase[*Platform, rules.Rules]

// RefuseErasure (不予删除) refuses a request; see [erasure.Refuse].
type RefuseErasure = erasure.Refuse[*Platform, rules.Rules]

// Personal returns the fields in which there may be personal data; see package
// erasure. All others are kept.
func (*Platform) Personal() erasure.Fields { return personal }

//nolint:gochecknoglobals // a constant
var personal = erasure.Fields{
	Said: strings.Fields(`
		name place wall past.name past.place past.wall breaks.reason duties.found inspections.found
		accounts.date accounts.parties accounts.outcomes accounts.answered accounts.follow_ups accounts.source accounts.note
		accounts.figures.what accounts.figures.unit accounts.figures.text erasures.reason erasures.text`),
	KeptKeys: strings.Fields(`score`),
}
