package erasure_test

import (
	"context"
	"fmt"
	"log"

	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// letter is a case of one's own: what somebody wrote to the office.
type letter struct {
	workflow.Header `json:"-"`

	Number string `json:"number"`
	From   string `json:"from"`
	Text   string `json:"text"`

	erasure.Requests
}

func (*letter) Personal() erasure.Fields {
	return erasure.Fields{
		Said: []string{"text", "erasures.reason", "erasures.text"}, Named: []string{"from"},
		NamedKeys: []string{"from"}, KeptKeys: []string{"number"},
	}
}

type rules struct{}

// enter begins a letter.
type enter struct {
	Number string `json:"number"`
	From   string `json:"from"`
	Text   string `json:"text" field:"text"`
}

func (enter) Event() string { return workflow.Opening }

func (e enter) Apply(_ *workflow.Act[rules], l *letter) error {
	l.Number, l.From, l.Text = e.Number, e.From, e.Text
	return nil
}

func vocabulary() workflow.Vocabulary[*letter, rules] {
	return workflow.Vocabulary[*letter, rules]{
		Kind: "letter", Fresh: func() *letter { return new(letter) }, Roles: []string{"office", "head"},
		Definitions: []lifecycle.Definition{{
			Name: "letter", Version: 1, Open: []string{"office"}, Initial: "open",
			States: []lifecycle.State{{Key: "open", Final: true}},
			Tracks: []lifecycle.Track{{
				Key: "erasure", Initial: "none", States: []lifecycle.State{{Key: "none", Final: true}, {Key: "asked"}},
				Transitions: []lifecycle.Transition{
					{Event: "ask_erasure", From: []string{"none"}, To: "asked", Roles: []string{"office", "head"}},
					{Event: "erase", From: []string{"asked"}, To: "none", Roles: []string{"head"}, Guards: []string{"four_eyes"}},
					{Event: "refuse_erasure", From: []string{"asked"}, To: "none", Roles: []string{"head"}, Guards: []string{"four_eyes"}},
				},
			}},
		}},
		Default: "letter",
		Actions: append([]workflow.ActionType[*letter, rules]{workflow.Describe(enter{}, "登记", "enter")}, erasure.Actions[*letter, rules]()...),
		Guards:  map[string]workflow.Guard[*letter, rules]{"four_eyes": erasure.FourEyes[*letter, rules]},
		Parts:   []workflow.Part[*letter]{erasure.Part[*letter]()},
	}
}

// A case of one's own from which personal data can be taken out.
func Example() {
	ctx := context.Background()
	engine, err := workflow.New(memory.New(), vocabulary())
	if err != nil {
		log.Fatal(err)
	}
	office := workflow.Actor{ID: "o-1", Body: "xiushan", Roles: []string{"office"}}
	head := workflow.Actor{ID: "h-1", Body: "xiushan", Roles: []string{"head"}}

	l, err := engine.Open(ctx, office, "xiushan", enter{Number: "7", From: "张小明", Text: "张 小明请求修路。"})
	if err != nil {
		log.Fatal(err)
	}
	if _, err = engine.Do(ctx, office, l.ID, erasure.Ask[*letter, rules]{Reason: "应本人请求"}); err != nil {
		log.Fatal(err)
	}
	l, err = engine.Do(ctx, head, l.ID, erasure.Erase[*letter, rules]{Words: []string{"张小明"}, Reason: "个人信息保护法第四十七条"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(l.Number, l.From, l.Text)

	history, err := engine.History(ctx, l.ID)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(history[0].Action), history[0].ErasedBy)
	// Output:
	// 7 *** ***请求修路。
	// {"number":"7","from":"***","text":"***请求修路。"} [3]
}
