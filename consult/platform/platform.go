package platform

import (
	"encoding/json"
	"slices"

	"github.com/tian-go/tian/consult/internal/convened"
	"github.com/tian-go/tian/consult/internal/extra"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/workflow"
)

// Kind is the kind of the records that hold platforms.
const Kind = convened.Kind

// InService is what the state of a platform means that is open.
const InService = "open"

// Platform (协商平台) is where consultations are held: a member station, a
// consultation room, a forum. It is a case: opened, suspended, closed. Its place
// in the organisation is its body. Its fields are changed by actions only.
type Platform struct {
	workflow.Header `json:"-"`

	Name       string        `json:"name"`
	Kind       string        `json:"kind"` // of the body's rules
	Tier       Tier          `json:"tier"`
	Place      string        `json:"place,omitempty"`
	Convenor   string        `json:"convenor,omitempty"`    // 召集人: an account
	Unit       string        `json:"unit,omitempty"`        // that runs it: everyone who acts for it may convene
	Members    []string      `json:"members,omitempty"`     // accounts of the members who belong to it
	Wall       []string      `json:"wall,omitempty"`        // 上墙制度: the rules on the wall
	Quota      rules.Quota   `json:"quota,omitzero"`        // its own instead of its kind's
	Since      calendar.Date `json:"since,omitzero"`        // in service from this day on; zero: from when it was opened here
	Breaks     []Break       `json:"breaks,omitempty"`      // out of service
	MergedInto string        `json:"merged_into,omitempty"` // ID of the platform that goes on
	Absorbed   []Absorbed    `json:"absorbed,omitempty"`    // those merged into this one
	Past       []Was         `json:"past,omitempty"`        // what it was before each day on which it was revised; see As

	Duties      []Duty            `json:"duties,omitempty"`
	Inspections []Inspection      `json:"inspections,omitempty"`
	Accounts    []printed.Account `json:"accounts,omitempty"` // what sources say about it

	erasure.Requests

	Extra map[string]json.RawMessage `json:"extra,omitempty"` // what users of the library add; see SetExtra
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

// Open reports whether the platform was in service on a day.
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
func (p *Platform) QuotaIn(r rules.Rules) rules.Quota {
	if !p.Quota.IsZero() {
		return p.Quota
	}
	kind, _ := r.Kind(p.Kind)
	return kind.Quota
}

// SetExtra keeps a value of the caller's own under key, which should carry a
// prefix of theirs ("acme.stream"). It is for the Apply of an action.
func (p *Platform) SetExtra(key string, value any) error { return extra.Set(&p.Extra, key, value) }

// GetExtra reads what SetExtra kept under key into value, and reports whether
// there was something.
func (p *Platform) GetExtra(key string, value any) (bool, error) {
	return extra.Get(p.Extra, p.ID, key, value)
}
