package consult

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// Topic (协商议题) is what might be consulted on: collected, screened, chosen, put
// into the yearly plan. It is a case; its fields are changed by actions only.
// Whether it has been consulted on is told by the activities that name it.
type Topic struct {
	workflow.Header `json:"-"`

	Title     string     `json:"title"`
	Source    Source     `json:"source"`
	Platform  string     `json:"platform,omitempty"` // ID of the platform it was raised at
	Convenor  string     `json:"convenor,omitempty"` // of that platform
	Unit      string     `json:"unit,omitempty"`     // that runs that platform
	Clues     []Clue     `json:"clues,omitempty"`
	Screening *Screening `json:"screening,omitempty"` // the last one
	Ballot    *Ballot    `json:"ballot,omitempty"`    // the last one
	Plan      *Slot      `json:"plan,omitempty"`      // its place in the yearly plan
	Declined  string     `json:"declined,omitempty"`  // why

	Extra map[string]json.RawMessage `json:"extra,omitempty"`
}

// SourceKind (议题来源) is where a topic comes from.
type SourceKind string

// The sources of topics.
const (
	FromMember     SourceKind = "member"     // 委员提出
	FromParty      SourceKind = "party"      // 党委交题
	FromGovernment SourceKind = "government" // 政府点题
	FromResidents  SourceKind = "residents"  // 群众出题
	FromUnit       SourceKind = "unit"       // 单位荐题
	FromProposal   SourceKind = "proposal"   // 提案转化
)

// Source (议题来源) is who, or which proposal, a topic comes from.
type Source struct {
	Kind SourceKind `json:"kind"`
	ID   string     `json:"id,omitempty"`   // account, unit or proposal
	Name string     `json:"name,omitempty"` // for people
}

func (s Source) check(field string) error {
	switch s.Kind {
	case FromMember, FromParty, FromGovernment, FromResidents, FromUnit:
	case FromProposal:
		if s.ID == "" {
			return workflow.Invalid(field+".id", "empty", "来自提案的议题须写明提案", "a topic from a proposal names the proposal")
		}
	default:
		return workflow.Invalid(field+".kind", "unknown", "没有来源%q", "there is no source %q", s.Kind)
	}
	if s.ID != "" {
		if err := checkID(field+".id", s.ID); err != nil {
			return err
		}
	}
	return checkLine(field+".name", s.Name)
}

// Clue (线索) is one thing that was said for a topic.
type Clue struct {
	On     calendar.Date `json:"on"`
	Source Source        `json:"source"`
	Text   string        `json:"text"`
	Count  int           `json:"count,omitempty"` // how many said so; 0: one
}

// Screening (议题审查) is what was found when a topic was held against the body's
// criteria and against what may not be discussed.
type Screening struct {
	On       calendar.Date `json:"on"`
	By       string        `json:"by"`
	Met      []string      `json:"met,omitempty"`      // criteria
	Excluded []string      `json:"excluded,omitempty"` // exclusions that apply
	Text     string        `json:"text,omitempty"`
}

// Ballot (票选) is one vote on a topic.
type Ballot struct {
	On      calendar.Date `json:"on"`
	Present int           `json:"present"` // who could vote
	For     int           `json:"for"`
	Against int           `json:"against,omitempty"`
}

// Slot is a topic's place in a yearly plan (年度协商计划).
type Slot struct {
	Year     int      `json:"year"`
	Quarter  int      `json:"quarter,omitempty"` // 1 to 4; 0: at some time of the year
	Form     string   `json:"form"`
	Platform string   `json:"platform,omitempty"` // ID, where it is held at one
	Lead     string   `json:"lead,omitempty"`     // the unit that organises it
	Units    []string `json:"units,omitempty"`    // that take part
	Approved string   `json:"approved,omitempty"` // the document by which the plan was approved
}

// topicIndex is what a topic is found by, beside body, state, stage and
// definition.
func topicIndex(t *Topic) []store.Attr {
	attrs := []store.Attr{
		{Name: "title", Value: t.Title}, {Name: "source", Value: string(t.Source.Kind)}, {Name: "platform", Value: t.Platform},
	}
	if t.Source.Kind == FromProposal {
		attrs = append(attrs, store.Attr{Name: "proposal", Value: t.Source.ID})
	}
	if t.Plan != nil {
		attrs = append(attrs, store.Attr{Name: "year", Value: strconv.Itoa(t.Plan.Year)}, store.Attr{Name: "lead", Value: t.Plan.Lead},
			store.Attr{Name: "form", Value: t.Plan.Form})
	}
	return attrs
}

// TopicRelations returns the relations that definitions of topics may name as
// roles:
//
//	source    who raised it, or whoever acts for the unit that did
//	convenor  of the platform it was raised at
func TopicRelations() []workflow.Relation[*Topic] {
	return []workflow.Relation[*Topic]{
		{Name: "source", Holds: func(a workflow.Actor, t *Topic, _ string) bool {
			return t.Source.ID != "" && (a.ID == t.Source.ID || a.Unit == t.Source.ID)
		}},
		{Name: "convenor", Holds: func(a workflow.Actor, t *Topic, _ string) bool {
			return a.ID != "" && a.ID == t.Convenor || a.Unit != "" && a.Unit == t.Unit
		}},
	}
}

// met tells whether the last screening found the criterion met.
func (t *Topic) met(criterion string) bool {
	return t.Screening != nil && slices.Contains(t.Screening.Met, criterion)
}

// chosen tells whether an activity may be held on the topic.
func (t *Topic) chosen() bool { return t.Means() == topicSelected || t.Means() == topicScheduled }
