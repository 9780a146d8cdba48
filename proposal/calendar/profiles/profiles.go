// Package profiles holds time limits (办理期限) found in use at bodies of the
// people's political consultative conferences, as data to choose from and to
// change: a body's own rule decides which one it takes.
//
// The values were gathered in a field survey that prints them without the
// place they come from; each profile says so in its Source, and says in its
// Note where this library had to read something into a value.
package profiles

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/tian-go/tian/proposal/calendar"
)

// Profile is one time limit found in use.
type Profile struct {
	Key    string        `json:"key"` // stable, lower-case ASCII
	What   What          `json:"what"`
	Label  calendar.Text `json:"label"`
	For    []Party       `json:"for"`    // whom the limit binds
	Starts []Start       `json:"starts"` // the events found to start it; a body chooses one
	Rule   calendar.Rule `json:"limit"`
	Source string        `json:"source"`
	Note   string        `json:"note,omitempty"`
}

// What is the thing that has to be done in time.
type What string

// What the limits are for.
const (
	Reply        What = "reply"         // 答复
	Objection    What = "objection"     // 对交办提出异议、申退
	CoOpinion    What = "co_opinion"    // 会办单位意见
	Rehandling   What = "rehandling"    // 不满意后重新办理
	Opinion      What = "opinion"       // 提案者反馈意见
	FirstContact What = "first_contact" // 首次联系提案者
	Publication  What = "publication"   // 公开
	Consultation What = "consultation"  // 协商活动
	Alerts       What = "alerts"        // 预警、催办
)

// Party is whom a limit binds.
type Party string

// The parties.
const (
	Lead      Party = "lead"      // 主办单位
	CoUnit    Party = "co_unit"   // 会办、协办单位
	Proposer  Party = "proposer"  // 提案者
	Committee Party = "committee" // 提案委员会
	Organiser Party = "organiser" // 协商活动的组织者
)

// Start is the event that starts a limit.
type Start string

// The start events.
const (
	SessionClosed Start = "session_closed" // 会议闭幕
	Assigned      Start = "assigned"       // 交办
	Received      Start = "received"       // 收到
	Filed         Start = "filed"          // 立案
	Dissatisfied  Start = "dissatisfied"   // 提案者不满意
	Replied       Start = "replied"        // 收到答复
	Planned       Start = "planned"        // 活动确定
	Held          Start = "held"           // 活动举行
)

//go:embed profiles.json
var data []byte

// All returns every profile, in the order of their table: each call returns
// copies of its own.
func All() []Profile {
	all, _ := parse(data) // the data is part of the program; a test holds that it parses
	return all
}

// Get returns the profile of a key.
func Get(key string) (Profile, bool) {
	for _, p := range All() {
		if p.Key == key {
			return p, true
		}
	}
	return Profile{}, false
}

func parse(data []byte) ([]Profile, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var all []Profile
	if err := dec.Decode(&all); err != nil {
		return nil, fmt.Errorf("profiles: %w", err)
	}
	for _, p := range all {
		if err := p.Rule.Validate(); err != nil {
			return nil, fmt.Errorf("profile %s: %w", p.Key, err)
		}
	}
	return all, nil
}
