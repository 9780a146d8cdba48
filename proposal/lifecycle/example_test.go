package lifecycle_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/tian-go/tian/proposal/lifecycle"
)

const small = `{
	"name": "small", "version": 1, "initial": "draft",
	"stages": [{"key": "submission", "label": {"zh": "征集", "en": "Submission"}}, {"key": "review", "label": {"zh": "审查", "en": "Review"}}],
	"states": [
		{"key": "draft", "stage": "submission", "label": {"zh": "草稿", "en": "Draft"}},
		{"key": "submitted", "stage": "review", "label": {"zh": "待审查", "en": "Submitted"}},
		{"key": "filed", "stage": "review", "label": {"zh": "已立案", "en": "Filed"}, "final": true}
	],
	"transitions": [
		{"event": "submit", "label": {"zh": "提交", "en": "Submit"}, "from": ["draft"], "to": "submitted", "roles": ["proposer"]},
		{"event": "return", "label": {"zh": "退回", "en": "Return"}, "from": ["submitted"], "to": "draft", "roles": ["committee"]},
		{"event": "file", "label": {"zh": "立案", "en": "File"}, "from": ["submitted"], "to": "filed", "roles": ["committee"]}
	]
}`

// A lifecycle is read, compiled once, and then walked by any number of cases.
func Example() {
	d, err := lifecycle.Decode([]byte(small))
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := lifecycle.Compile(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	state := m.Initial()
	for _, event := range []string{"submit", "submit", "file"} {
		next, err := m.Fire(context.Background(), state, event)
		var refused *lifecycle.RefusedError
		if errors.As(err, &refused) {
			fmt.Println("refused:", refused.Blockers[0].In("zh", ""))
			continue
		}
		fmt.Println(state, "→", next, "in", m.Stage(next, nil))
		state = next
	}
	fmt.Println("may follow:", m.Allowed("submitted"))
	fmt.Println("a proposer may not file:", m.Blockers("submitted", "file", []string{"proposer"}))
	// Output:
	// draft → submitted in review
	// refused: 当前状态“待审查”不能进行“提交”
	// submitted → filed in review
	// may follow: [file return]
	// a proposer may not file: [no_role: none of the roles may fire "File"]
}

// Everything that is wrong with a definition is named at once, with its place.
func ExampleLint() {
	d, err := lifecycle.Decode([]byte(`{
		"name": "small", "version": 1, "initial": "draft",
		"states": [{"key": "draft"}, {"key": "submitted"}, {"key": "filed", "final": true}],
		"transitions": [
			{"event": "submit", "from": ["draft"], "to": "submited", "roles": ["proposer"]},
			{"event": "file", "from": ["submitted"], "to": "filed", "roles": [], "guards": ["number"]}
		]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range lifecycle.Lint(d, lifecycle.Guards("other")) {
		fmt.Println(p)
	}
	// Output:
	// states[1]: no way leads from "draft" to "submitted" (unreachable)
	// states[2]: no way leads from "draft" to "filed" (unreachable)
	// transitions[0].to: state "submited" is not among the states of the main line; did you mean "submitted"? (unknown_state)
	// transitions[1].roles: file has no role: nobody may fire it (no_role)
	// transitions[1].guards[0]: no code stands behind the guard "number" (missing_guard)
}

func ExampleDecode() {
	_, err := lifecycle.Decode([]byte("{\n\"name\": \"small\",\n\"transitions\": [{\"form\": [\"draft\"]}]}"))
	fmt.Println(err)
	// Output:
	// lifecycle: definition, line 3, transitions[0].form: unknown field
}

func ExampleMermaid() {
	d, err := lifecycle.Decode([]byte(small))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(lifecycle.Mermaid(d, "zh"))
	// Output:
	// stateDiagram-v2
	//   state "征集" as stage_submission {
	//     s_draft : 草稿
	//   }
	//   state "审查" as stage_review {
	//     s_submitted : 待审查
	//     s_filed : 已立案
	//   }
	//   [*] --> s_draft
	//   s_draft --> s_submitted : 提交
	//   s_submitted --> s_draft : 退回
	//   s_submitted --> s_filed : 立案
	//   s_filed --> [*]
}

func ExampleDOT() {
	d, err := lifecycle.Decode([]byte(`{"name": "two", "initial": "a", "states": [{"key": "a"}, {"key": "b", "final": true}],
		"transitions": [{"event": "go", "from": ["a"], "to": "b", "roles": ["r"]}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(lifecycle.DOT(d, "en"))
	// Output:
	// digraph "two" {
	//   rankdir=LR;
	//   node [shape=box, style=rounded];
	//   s_a [label="a"];
	//   s_b [label="b", peripheries=2];
	//   start [shape=point];
	//   start -> s_a;
	//   s_a -> s_b [label="go"];
	// }
}

// A case counts in one stage: an open supervision (督办) takes it out of
// handling (办理).
func ExampleMachine_Stage() {
	m, err := lifecycle.Compile(lifecycle.Definition{
		Name: "small", Version: 1, Initial: "in_hand",
		States:      []lifecycle.State{{Key: "in_hand", Stage: "handling"}, {Key: "replied", Stage: "reply", Final: true}},
		Transitions: []lifecycle.Transition{{Event: "reply", From: []string{"in_hand"}, To: "replied", Roles: []string{"unit"}}},
		Tracks: []lifecycle.Track{{
			Key: "supervision", Over: []string{"handling"}, Initial: "off",
			States: []lifecycle.State{{Key: "off"}, {Key: "on", Stage: "supervision"}},
			Transitions: []lifecycle.Transition{
				{Event: "supervise", From: []string{"off"}, To: "on", Roles: []string{"leader"}},
				{Event: "release", From: []string{"on"}, To: "off", Roles: []string{"leader"}},
			},
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.Stage("in_hand", map[string]string{"supervision": "off"}))
	fmt.Println(m.Stage("in_hand", map[string]string{"supervision": "on"}))
	fmt.Println(m.Stage("replied", map[string]string{"supervision": "on"}))
	// Output:
	// handling
	// supervision
	// reply
}

// A limit may watch events, or how long a case stays in some states.
func ExampleLimit_Starts() {
	inspection := lifecycle.Limit{Key: "inspection", In: []string{"inspection"}, Length: "1 day"}
	fmt.Println(inspection.Starts("forward", "applied", "inspection"), inspection.Stops("forward", "inspection", "approval"))
	// Output: true true
}
