package consult

import (
	"encoding/json"
	"slices"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// Platform (协商平台) is where consultations are held: a member station, a
// consultation room, a forum. It is a case: opened, suspended, closed. Its place
// in the organisation is its body. Its fields are changed by actions only.
type Platform struct {
	workflow.Header `json:"-"`

	Name     string        `json:"name"`
	Kind     string        `json:"kind"` // of the body's rules
	Tier     Tier          `json:"tier"`
	Place    string        `json:"place,omitempty"`
	Convenor string        `json:"convenor,omitempty"` // 召集人: an account
	Unit     string        `json:"unit,omitempty"`     // that runs it: everyone who acts for it may convene
	Members  []string      `json:"members,omitempty"`  // accounts of the members who belong to it
	Wall     []string      `json:"wall,omitempty"`     // 上墙制度: the rules on the wall
	Quota    Quota         `json:"quota,omitzero"`     // its own instead of its kind's
	Since    calendar.Date `json:"since,omitzero"`     // in service from this day on; zero: from when it was opened here
	Breaks   []Break       `json:"breaks,omitempty"`   // out of service

	Duties      []Duty       `json:"duties,omitempty"`
	Inspections []Inspection `json:"inspections,omitempty"`
	Accounts    []Account    `json:"accounts,omitempty"` // what sources tell of it

	Extra map[string]json.RawMessage `json:"extra,omitempty"` // what users of the library add; see SetExtra
}

// Tier (层级) is the level a platform is at.
type Tier string

// The tiers.
const (
	Province   Tier = "province"   // 省级
	Prefecture Tier = "prefecture" // 市级
	County     Tier = "county"     // 区县级
	Town       Tier = "town"       // 乡镇、街道
	Village    Tier = "village"    // 村、社区
	Site       Tier = "site"       // 站点
)

func (t Tier) known() bool {
	switch t {
	case Province, Prefecture, County, Town, Village, Site:
		return true
	}
	return false
}

// Break is a time out of service, both days included.
type Break struct {
	From   calendar.Date `json:"from"`
	To     calendar.Date `json:"to,omitzero"` // zero: it goes on
	Reason string        `json:"reason"`
	Closed bool          `json:"closed,omitempty"` // closed rather than suspended
}

// Duty (值班) is one day on which a member received residents.
type Duty struct {
	On       calendar.Date `json:"on"`
	By       string        `json:"by"` // the member
	Received int           `json:"received,omitempty"`
	Found    string        `json:"found,omitempty"`
}

// Inspection (检查) is one look at the platform and its ledger.
type Inspection struct {
	On    calendar.Date `json:"on"`
	By    string        `json:"by"`
	Found string        `json:"found"`
	Score string        `json:"score,omitempty"` // as decided elsewhere, with its sheet
}

// Open tells whether the platform was in service on a day.
func (p *Platform) Open(on calendar.Date) bool {
	if on.Before(p.Since) {
		return false
	}
	return !slices.ContainsFunc(p.Breaks, func(b Break) bool {
		return !on.Before(b.From) && (b.To.IsZero() || !on.After(b.To))
	})
}

// QuotaIn returns the quota the platform is held to under rules: its own, or its
// kind's.
func (p *Platform) QuotaIn(rules Rules) Quota {
	if !p.Quota.IsZero() {
		return p.Quota
	}
	kind, _ := rules.Kind(p.Kind)
	return kind.Quota
}

// convenes tells whether an actor convenes here: the convenor, or whoever acts
// for the unit that runs the platform.
func (p *Platform) convenes(a workflow.Actor) bool {
	return a.ID != "" && a.ID == p.Convenor || a.Unit != "" && a.Unit == p.Unit
}

// platformIndex is what a platform is found by, beside body, state, stage and
// definition.
func platformIndex(p *Platform) []store.Attr {
	attrs := make([]store.Attr, 0, 5+len(p.Members))
	attrs = append(attrs,
		store.Attr{Name: "name", Value: p.Name}, store.Attr{Name: "kind", Value: p.Kind}, store.Attr{Name: "tier", Value: string(p.Tier)},
		store.Attr{Name: "convenor", Value: p.Convenor}, store.Attr{Name: "unit", Value: p.Unit})
	for _, m := range p.Members {
		attrs = append(attrs, store.Attr{Name: "member", Value: m})
	}
	return attrs
}

// PlatformRelations returns the relations that definitions of platforms may name
// as roles:
//
//	convenor  the convenor, or anyone who acts for the unit that runs it
//	resident_member  one of the platform's members
func PlatformRelations() []workflow.Relation[*Platform] {
	return []workflow.Relation[*Platform]{
		{Name: "convenor", Holds: func(a workflow.Actor, p *Platform, _ string) bool { return p.convenes(a) }},
		{Name: "resident_member", Holds: func(a workflow.Actor, p *Platform, _ string) bool { return slices.Contains(p.Members, a.ID) }},
	}
}
