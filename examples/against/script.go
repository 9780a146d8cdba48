package main

import (
	"fmt"
	"strings"
	"time"
)

// person is who does a step.
type person struct{ ID, Unit, Role string }

// step is one act on a proposal, as every rival is asked for it.
type step struct {
	Event  string
	By     person
	At     time.Time
	Unit   string   // whose part it is on
	Co     []string // beside Unit as the lead, to assign
	Number string   // to open and to file
	Text   string
	Class  string // of a reply
	Result string // of an opinion
}

// What is the same for every proposal.
const (
	body     = "xiushan"
	session  = "15-3"
	category = "economic"
	lead     = "market-bureau"
	banking  = "banking-office"
	commerce = "commerce-bureau"
)

// actsAWay is how many acts a proposal's whole way has.
const actsAWay = 17

// wholeWay returns the acts of one proposal from its draft to its close: a lead
// and two co-units handle it, and texts have about 1 KB. The number is the only
// one of its session.
func wholeWay(number int) []step {
	member := person{ID: "m-017", Role: "member"}
	committee := person{ID: "c-01", Role: "committee"}
	office := person{ID: "o-01", Role: "office"}
	clerk := func(unit string) person { return person{ID: unit + "-clerk", Unit: unit} }
	chief := func(unit string) person { return person{ID: unit + "-chief", Unit: unit} }
	text := strings.Repeat("我县小店经济面广量大，吸纳就业多，融资难、引流难、数字化程度低。", 11)
	reply := strings.Repeat("已会同有关部门出台普惠金融措施，设立专项资金，逐户上门对接。", 11)
	steps := []step{
		{Event: "open", By: member, Text: text},
		{Event: "submit", By: member},
		{Event: "receive", By: committee},
		{Event: "file", By: committee},
		{Event: "mark_key", By: committee},
		{Event: "assign", By: office, Unit: lead, Co: []string{banking, commerce}},
		{Event: "accept", By: clerk(lead), Unit: lead},
		{Event: "accept", By: clerk(banking), Unit: banking},
		{Event: "accept", By: clerk(commerce), Unit: commerce},
		{Event: "reply", By: clerk(banking), Unit: banking, Text: reply, Class: "b"},
		{Event: "issue_reply", By: chief(banking), Unit: banking},
		{Event: "reply", By: clerk(commerce), Unit: commerce, Text: reply, Class: "b"},
		{Event: "issue_reply", By: chief(commerce), Unit: commerce},
		{Event: "reply", By: clerk(lead), Unit: lead, Text: reply, Class: "a"},
		{Event: "issue_reply", By: chief(lead), Unit: lead},
		{Event: "give_opinion", By: member, Text: "措施实，见效快。", Result: "satisfied"},
		{Event: "close", By: committee},
	}
	printed := fmt.Sprint(number)
	for i := range steps {
		steps[i].At = begins().Add(time.Duration(i) * 24 * time.Hour)
		steps[i].Number = printed
	}
	return steps
}

// begins is when every proposal begins; its working days are published.
func begins() time.Time { return time.Date(2024, time.April, 26, 9, 0, 0, 0, time.UTC) }

// title is what the proposal of a number is called.
func title(number string) string {
	return "关于支持小店经济高质量发展的提案（" + number + "）"
}
