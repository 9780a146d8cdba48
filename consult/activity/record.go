package activity

import "github.com/tian-go/tian/proposal/calendar"

// Statement (发言) is what a participant said.
type Statement struct {
	ID   string `json:"id"` // s1, s2 … within the activity
	By   string `json:"by"` // ID of a participant
	Text string `json:"text"`

	Minutes int    `json:"minutes,omitempty"` // how long; 0: not known
	Topic   string `json:"topic,omitempty"`   // ID of the topic it was on, of several
}

// Opinion (协商意见) is an opinion or suggestion that came out of the activity.
type Opinion struct {
	ID        string        `json:"id" zh:"编号" en:"ID" field:"id"`            // o1, o2 …
	By        string        `json:"by,omitempty" zh:"提出人" en:"by" field:"id"` // ID of a participant; "": of several
	Text      string        `json:"text" zh:"意见" en:"opinion" field:"text,required"`
	Entered   calendar.Date `json:"entered,omitzero" zh:"登记日期" en:"entered"`                 // given here
	Proposals []string      `json:"proposals,omitempty" zh:"转为提案" en:"proposals" field:"id"` // IDs of the proposals, or clues to proposals, that it became
	Asked     []Request     `json:"asked,omitempty" field:"-"`                               // the units asked about it
}

// Response (现场回应) is what a department or leader answered.
type Response struct {
	ID      string        `json:"id"`             // r1, r2 …
	By      string        `json:"by,omitempty"`   // ID of a participant
	Unit    string        `json:"unit,omitempty"` // that answered in writing instead
	To      []string      `json:"to"`             // IDs of statements and opinions
	Text    string        `json:"text"`
	OnSpot  bool          `json:"on_spot,omitempty"` // 当场: in the activity itself
	Entered calendar.Date `json:"entered,omitzero"`
}

// OpinionRef names an opinion outside its activity: the activity's ID, "#" and
// the opinion's.
func OpinionRef(activity, opinion string) string { return activity + "#" + opinion }
