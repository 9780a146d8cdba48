package platform

import (
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Establish opens a platform.
type Establish struct {
	Name     string        `json:"name" zh:"名称" en:"name" field:"required,max=200"`
	Kind     string        `json:"kind" zh:"类别" en:"kind" field:"required,from=kinds"`
	Tier     Tier          `json:"tier" zh:"层级" en:"tier" field:"required"`
	Place    string        `json:"place,omitempty" zh:"地点" en:"place"`
	Convenor string        `json:"convenor,omitempty" zh:"召集人" en:"convenor" field:"id"`
	Unit     string        `json:"unit,omitempty" zh:"主办单位" en:"unit" field:"id"`
	Members  []string      `json:"members,omitempty" zh:"委员" en:"members" field:"id"`
	Wall     []string      `json:"wall,omitempty" zh:"上墙制度" en:"rules on the wall" field:"text"`
	Quota    rules.Quota   `json:"quota,omitzero" zh:"年度任务" en:"quota"`
	Since    calendar.Date `json:"since,omitzero" zh:"启用日期" en:"in service since"` // zero: today
}

// Event is "open".
func (Establish) Event() string { return "open" }

// Apply fills the new platform.
func (e Establish) Apply(act *rules.Act, p *Platform) error {
	if p.Since = e.Since; p.Since.IsZero() {
		p.Since = act.Today()
	}
	return Revise{e.Name, e.Kind, e.Tier, e.Place, e.Convenor, e.Unit, e.Members, e.Wall, e.Quota}.Apply(act, p)
}

// Revise replaces what a platform is: its convenor when they change, its
// members, its rules on the wall.
type Revise struct {
	Name     string      `json:"name" zh:"名称" en:"name" field:"required,max=200"`
	Kind     string      `json:"kind" zh:"类别" en:"kind" field:"required,from=kinds"`
	Tier     Tier        `json:"tier" zh:"层级" en:"tier" field:"required"`
	Place    string      `json:"place,omitempty" zh:"地点" en:"place"`
	Convenor string      `json:"convenor,omitempty" zh:"召集人" en:"convenor" field:"id"`
	Unit     string      `json:"unit,omitempty" zh:"主办单位" en:"unit" field:"id"`
	Members  []string    `json:"members,omitempty" zh:"委员" en:"members" field:"id"`
	Wall     []string    `json:"wall,omitempty" zh:"上墙制度" en:"rules on the wall" field:"text"`
	Quota    rules.Quota `json:"quota,omitzero" zh:"年度任务" en:"quota"`
}

// Event is "revise".
func (Revise) Event() string { return "revise" }

// Apply replaces everything that Revise names.
func (r Revise) Apply(act *rules.Act, p *Platform) error {
	if err := check.Name("name", r.Name); err != nil {
		return err
	}
	if r.Kind != p.Kind || p.Kind == "" {
		if _, err := act.Rules.UseKind("kind", r.Kind); err != nil {
			return err
		}
	}
	if !r.Tier.known() {
		return workflow.Invalid("tier", "unknown", "没有层级%q", "there is no tier %q", r.Tier)
	}
	if err := check.Line("place", r.Place); err != nil {
		return err
	}
	if r.Convenor == "" && r.Unit == "" {
		return workflow.Invalid("convenor", "empty", "平台须有召集人或主办单位", "a platform has a convenor, or a unit that runs it")
	}
	if err := check.Len("members", 0, len(r.Members)); err != nil {
		return err
	}
	for i, m := range r.Members {
		if err := check.ID(check.At("members", i), m); err != nil {
			return err
		}
		if slices.Contains(r.Members[:i], m) {
			return workflow.Invalid(check.At("members", i), "duplicate", "%q重复", "%q is there twice", m)
		}
	}
	if err := check.Len("wall", 0, len(r.Wall)); err != nil {
		return err
	}
	for i, rule := range r.Wall {
		if err := check.Said(check.At("wall", i), rule); err != nil {
			return err
		}
	}
	if err := r.Quota.Check("quota"); err != nil {
		return err
	}
	p.keep(act)
	p.Name, p.Kind, p.Tier, p.Place, p.Convenor, p.Unit = r.Name, r.Kind, r.Tier, r.Place, r.Convenor, r.Unit
	p.Members, p.Wall, p.Quota = slices.Clone(r.Members), slices.Clone(r.Wall), r.Quota
	return nil
}
