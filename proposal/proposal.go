package proposal

import (
	"encoding/json"
	"fmt"

	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Actor is who does something; see [workflow.Actor].
type Actor = workflow.Actor

// Act is one act on a proposal under way; see [workflow.Act].
type Act = workflow.Act[Rules]

// Action is something done to a proposal; see [workflow.Action].
type Action = workflow.Action[*Proposal, Rules]

// Step is one action on one proposal of an act on several; see [workflow.Step].
type Step = workflow.Step[*Proposal, Rules]

// Proposal (提案) is one case. Its fields are changed by actions only; what a
// caller does to its own copy changes nothing. Its JSON is without the header.
type Proposal struct {
	workflow.Header `json:"-"`

	Title     string    `json:"title"`
	Text      Text      `json:"text,omitzero"`
	Category  Category  `json:"category,omitempty"`
	Scheme    string    `json:"scheme,omitempty"`  // of Category, as name@version
	Session   string    `json:"session,omitempty"` // the session (届次) it is made at or after
	Year      int       `json:"year,omitempty"`
	Timing    Timing    `json:"timing,omitempty"`
	Proposer  Proposer  `json:"proposer"`
	EnteredBy string    `json:"entered_by,omitempty"` // who entered it for the proposer, when another did
	Cosigners []Cosign  `json:"cosigners,omitempty"`
	Research  []Inquiry `json:"research,omitempty"` // what it grew from

	Clues       []Clue       `json:"clues,omitempty"`
	Conferrals  []Conferral  `json:"conferrals,omitempty"` // talks about the draft before it was submitted
	Attachments []Attachment `json:"attachments,omitempty"`
	Themes      []string     `json:"themes,omitempty"`
	ThemeScheme string       `json:"theme_scheme,omitempty"` // of Themes, where they are coded

	Handed  []Handed  `json:"handed,omitempty"`  // each change of the first signer
	Recused []Recusal `json:"recused,omitempty"` // who does not decide on it

	SuggestedUnits []string        `json:"suggested_units,omitempty"` // 希望承办单位: whom the proposer would like to handle it
	Recategorised  []Recategorised `json:"recategorised,omitempty"`   // each correction of Category

	Number     string   `json:"number,omitempty"`      // 案号: given once, at filing, and never changed
	NumberedIn string   `json:"numbered_in,omitempty"` // the body that gave the number, once the proposal has gone to another
	Review     *Review  `json:"review,omitempty"`      // the last outcome of the review other than filing
	MergedInto string   `json:"merged_into,omitempty"`
	Absorbed   []string `json:"absorbed,omitempty"` // IDs of the proposals merged into this one

	MergedProposers []MergedProposer `json:"merged_proposers,omitempty"` // of those in Absorbed, in the same order

	Proposed     *Proposed     `json:"proposed,omitempty"` // to whom it is to be assigned
	Mode         Mode          `json:"mode,omitempty"`
	Parts        []Part        `json:"parts,omitempty"`
	Key          *Key          `json:"key,omitempty"`
	Candidacy    *Candidacy    `json:"candidacy,omitempty"` // as a key proposal
	Supervisions []Supervision `json:"supervisions,omitempty"`
	Urgings      []Urging      `json:"urgings,omitempty"`      // the last twenty
	UrgedBefore  int           `json:"urged_before,omitempty"` // how many came before those; they stand in the history
	Opinions     []Opinion     `json:"opinions,omitempty"`
	Verdicts     []Opinion     `json:"verdicts,omitempty"` // what several opinions on one reply make
	Evaluations  []Evaluation  `json:"evaluations,omitempty"`
	FollowUps    []FollowUp    `json:"follow_ups,omitempty"`
	Publication  *Publication  `json:"publication,omitempty"` // of the proposal; that of a reply is with its part
	Passages     []Passage     `json:"passages,omitempty"`    // marked as not to be published, or allowed to be
	Nominations  []Nomination  `json:"nominations,omitempty"`
	Honours      []Honour      `json:"honours,omitempty"`
	erasure.Requests

	Extra map[string]json.RawMessage `json:"extra,omitempty"` // what users of the library add; see SetExtra
}

// Timing (提出时间) tells a proposal made at a plenary from one made between
// sessions.
type Timing string

// The two timings.
const (
	Plenary  Timing = "plenary"  // 大会提案
	Ordinary Timing = "ordinary" // 平时提案
)

// Values returns both timings, with their labels.
func (Timing) Values() []form.Value {
	return []form.Value{
		{Key: string(Plenary), Label: label("大会提案", "made at a plenary")},
		{Key: string(Ordinary), Label: label("平时提案", "made between sessions")},
	}
}

// SetExtra keeps a value of the caller's own under key, which should carry a
// prefix of theirs ("acme.route"). It is for the Apply of an action.
func (p *Proposal) SetExtra(key string, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return workflow.Invalid("extra."+key, "unencodable", "%v", "%v", err)
	}
	if p.Extra == nil {
		p.Extra = make(map[string]json.RawMessage)
	}
	p.Extra[key] = data
	return nil
}

// GetExtra reads what SetExtra kept under key into value, and reports whether
// there was something.
func (p *Proposal) GetExtra(key string, value any) (bool, error) {
	data, ok := p.Extra[key]
	if !ok {
		return false, nil
	}
	if err := json.Unmarshal(data, value); err != nil {
		return false, fmt.Errorf("proposal: extra %s of %s: %w", key, p.ID, err)
	}
	return true, nil
}
