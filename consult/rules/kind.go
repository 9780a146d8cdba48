package rules

import "github.com/tian-go/tian/proposal/lifecycle"

// PlatformKind (平台类别) is a kind of platform, with what the place asks of each.
type PlatformKind struct {
	Key         string          `json:"key"`
	Label       lifecycle.Label `json:"label"`
	Quota       Quota           `json:"quota,omitzero"`        // zero: none
	Composition []string        `json:"composition,omitempty"` // composition rules, as guards: "parties:member,resident"
	Retired     bool            `json:"retired,omitempty"`
}

// Form (协商形式) is a form of consultation, with what it asks of an activity.
type Form struct {
	Key         string          `json:"key"`
	Label       lifecycle.Label `json:"label"`
	Limits      []string        `json:"limits,omitempty"`      // limits counted back from the day of the activity that bind it: notice, materials
	Research    bool            `json:"research,omitempty"`    // research comes first
	Composition []string        `json:"composition,omitempty"` // composition rules, as guards
	Retired     bool            `json:"retired,omitempty"`
}

// OutcomeKind (成果形式) is a kind of outcome.
type OutcomeKind struct {
	Key     string          `json:"key"`
	Label   lifecycle.Label `json:"label"`
	Led     bool            `json:"led,omitempty"`   // it needs a named lead (领办人)
	Votes   string          `json:"votes,omitempty"` // "1/2": it goes out when more than this share of those eligible voted for it; "": it is not voted on
	Retired bool            `json:"retired,omitempty"`
}

// Mark is one answer of the satisfaction scale.
type Mark struct {
	Key       string          `json:"key"`
	Label     lifecycle.Label `json:"label"`
	Satisfied bool            `json:"satisfied,omitempty"` // it counts as satisfied
}
