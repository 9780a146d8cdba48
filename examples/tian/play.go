package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/examples/play"
)

// playExample is a scenario in full, as the command's help shows it.
const playExample = `{
  "bodies": [{"key": "xiushan", "zone": "Asia/Shanghai"}],
  "people": {
    "member": {"id": "m-017", "roles": ["member"]},
    "committee": {"id": "c-1", "roles": ["committee"]}
  },
  "steps": [
    {"open": "p1", "as": "member", "at": "2024-03-01",
     "data": {"title": "关于改善人行道的提案", "category": "social"}},
    {"do": "file", "on": "p1", "as": "member", "data": {"number": "1"},
     "expect": {"ok": false, "error": {"code": "denied"}}},
    {"do": "submit", "on": "p1", "as": "member", "at": "2024-03-02",
     "expect": {"case": {"state": "submitted", "stage": "submission"}}},
    {"verify": "p1", "expect": {"broken": []}}
  ]
}`

func playCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "play --in FILE",
		Short:   c.t("演练一个情景：多人先后办理若干件", "Run a scenario: what several people do to cases over time"),
		Example: "  tian play --in story.json\n  tian play --in story.json --json",
		Long: c.t(`在内存中按步骤执行一个情景，输出每一步的结果。被拒绝的一步不改变任何内容，后面的照常执行。步骤可以写明预期结果的一部分，与预期不符则退出码为1并指出该步。`,
			`Play runs a scenario on a store in memory and prints what became of each step. A
refused step changes nothing, and the next goes on. A step may say what it
expects, a part of its result: where that is not so, play exits with 1 and names
the step.

A step is one of: open, do, together, merge, unmerge, file_next, key_share, sweep, migrate, relocate,
show, choices, figures, verify. "data" is the action's own JSON, as "choices" describes
it; "@p1" in it stands for the ID of the case called p1. To do "extend" moves the
day of a limit: {"limit":"reply","of":UNIT,"by":"1 month","reason":…}; "ask_time"
asks for it, "answer_time" with {"limit","of","grant"} grants or refuses it,
"take_back_time" with "what" extension or pause takes it back, and "correct_date"
with {"seq","at","reason"} corrects when something is said to have happened. A time is
RFC 3339 or a day, which is nine in the morning of it; a step without one happens
at the time of the step before. Only "steps" is needed.

`) + playExample,
		Args: cobra.NoArgs,
	}
	in := inputFlag(cmd, "a scenario")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		var unmet []string
		err := c.answerInput(*in, func(element []byte) (any, error) {
			story, err := playOne(cmd.Context(), element)
			unmet = append(unmet, story.unmet...)
			return story, err
		}, func(answer any) string {
			s, _ := answer.(story)
			return s.table(c.lang)
		})
		if err != nil || len(unmet) == 0 {
			return err
		}
		for _, u := range unmet {
			_, _ = fmt.Fprintln(c.err, "tian: play: "+u)
		}
		return errBroken
	}
	return cmd
}

// story is a scenario that has been played.
type story struct {
	steps   []play.Step
	results []play.Result
	unmet   []string
}

// MarshalJSON writes the results, one for each step.
func (s story) MarshalJSON() ([]byte, error) { return json.Marshal(s.results) }

func playOne(ctx context.Context, data []byte) (story, error) {
	scenario, err := play.Decode(data)
	if err != nil {
		return story{}, &codedError{"malformed", err}
	}
	results, unmet, err := scenario.Run(ctx)
	if err != nil {
		return story{}, &codedError{"malformed", errors.New(strings.Join(strings.Fields(err.Error()), " "))}
	}
	return story{scenario.Steps, results, unmet}, nil
}

// table tells the story, a line for each step.
func (s story) table(lang string) string {
	rows := make([][]string, 1, 1+len(s.steps))
	rows[0] = []string{"#", "时间", "人员", "步骤", "件", "结果"}
	if lang == "en" {
		rows[0] = []string{"#", "when", "who", "step", "case", "result"}
	}
	for i, step := range s.steps {
		who := ""
		if step.As != nil {
			who = step.As.Name + step.As.Person.ID
		}
		what, on := step.What()
		rows = append(rows, []string{strconv.Itoa(i), step.At, who, s.results[i].Event(lang, what), on, s.results[i].Line(lang)})
	}
	return table(rows)
}
