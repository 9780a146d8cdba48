package platform

import (
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Merging returns the two actions that merge one platform into another (合并平台), of
// the same body: what is done to the one that ends, and to the one that goes on. They
// belong to one commit: see Service.MergePlatforms of package consult.
//
// What was held stays with the platform at which it was held, and so does its share of
// the quota: that of the months it served. The other is asked for what it was asked
// before. What is planned is handed over one by one, by whoever plans.
func Merging(into, from, reason string) (source, target workflow.Action[*Platform, rules.Rules]) {
	return mergeInto{Into: into, Reason: reason}, absorb{From: from}
}

// Absorbed (并入的平台) is a platform that was merged into this one.
type Absorbed struct {
	Platform string        `json:"platform"`
	On       calendar.Date `json:"on"`
}

type mergeInto struct {
	Into   string `json:"into" zh:"并入的平台" en:"merged into" field:"id,required"`
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "merge".
func (mergeInto) Event() string { return "merge" }

// Apply ends the platform, from today on.
func (m mergeInto) Apply(act *rules.Act, p *Platform) error {
	if m.Into == p.ID {
		return workflow.Invalid("into", "itself", "平台不能并入自己", "a platform is not merged into itself")
	}
	p.back(act)
	p.MergedInto = m.Into
	return p.out(act, m.Reason, true)
}

type absorb struct {
	From string `json:"from" zh:"被合并的平台" en:"platform merged" field:"id,required"`
}

// Event is "absorb".
func (absorb) Event() string { return "absorb" }

// Apply notes which and when.
func (a absorb) Apply(act *rules.Act, p *Platform) error {
	if slices.ContainsFunc(p.Absorbed, func(b Absorbed) bool { return b.Platform == a.From }) {
		return workflow.Invalid("from", "duplicate", "平台%q已并入", "the platform %q has been merged already", a.From)
	}
	if err := check.Len("absorbed", len(p.Absorbed), 1); err != nil {
		return err
	}
	p.Absorbed = append(p.Absorbed, Absorbed{Platform: a.From, On: act.Today()})
	return nil
}
