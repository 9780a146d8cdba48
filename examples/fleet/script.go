package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// step is one act of a case's way, as a caller asks for it.
type step struct {
	as     string // whose token
	action proposal.Action
	at     time.Time // when it happened; zero: now
}

// way is what becomes of the case of a number. One in five came on paper months ago,
// was assigned then, and is waiting: its limits are found by a sweep.
func way(number int) []step {
	late := number%5 == 4
	draft := proposal.Draft{
		Title:    fmt.Sprintf("关于支持小店经济的提案（%d）", number),
		Category: proposal.Economic, Session: "15-3", Year: 2026,
		Text: proposal.Text{Background: "小店面广量大。", Analysis: "融资难、引流难。", Suggestions: []string{"设立专项资金。"}},
	}
	steps := []step{
		{as: "member", action: draft},
		{as: "member", action: proposal.Submit{}},
		{as: "committee", action: proposal.Receive{}},
		{as: "committee", action: proposal.File{Number: fmt.Sprint(number + 1)}},
		{as: "office", action: proposal.Assign{Lead: unit}},
	}
	if late {
		for i := range steps {
			steps[i].at = time.Date(2026, time.March, 2+i, 2, 0, 0, 0, time.UTC)
		}
		return steps
	}
	return append(steps,
		step{as: "clerk", action: proposal.Accept{}},
		step{as: "clerk", action: proposal.Reply{Text: "已设立专项资金。", Class: "a", Contact: "走访"}},
		step{as: "chief", action: proposal.IssueReply{Unit: unit}},
		step{as: "member", action: proposal.GiveOpinion{Result: "satisfied"}},
		step{as: "committee", action: proposal.Close{}},
		step{as: "office", action: archive{Shelf: fmt.Sprint("15-3/", number+1)}}) // where the definition has it
}

// opens reports whether the step begins the case.
func (s step) opens() bool { return s.action.Event() == workflow.Opening }

func (s step) data() ([]byte, error) { return json.Marshal(s.action) }
