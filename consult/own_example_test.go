package consult_test

import (
	"context"
	"fmt"
	"time"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// Stream is an action of a place's own: it says where the activity can be
// watched.
type Stream struct {
	URL string `json:"url"`
}

// Event is "stream".
func (Stream) Event() string { return "stream" }

// Apply keeps the address.
func (s Stream) Apply(_ *rules.Act, a *activity.Activity) error {
	return a.SetExtra("acme.stream", s.URL)
}

// A place adds, from outside, a kind of platform with a quota, a form with a rule
// of its own, a limit, an action with its event, and a guard.
func Example_ownVocabulary() {
	ctx := context.Background()
	now := time.Date(2024, time.March, 1, 2, 0, 0, 0, time.UTC)

	words := rules.Default()
	words.Kinds = append(words.Kinds, rules.PlatformKind{
		Key: "courtyard", Label: lifecycle.Label{ZH: "院坝协商", EN: "courtyard"}, Quota: rules.Quota{N: 2, Per: rules.PerYear},
	})
	words.Forms = append(words.Forms, rules.Form{
		Key: "courtyard", Label: lifecycle.Label{ZH: "院坝会", EN: "courtyard meeting"}, Limits: []string{"short_notice"},
		Composition: []string{"parties:member,resident|interested"},
	})

	own := activity.Lifecycle()
	own.Name = "streamed"
	own.Limits = append(own.Limits, lifecycle.Limit{
		Key: "short_notice", For: "convenor", In: []string{"planned", "researched", "postponed"}, Length: "3 workdays", Before: "consultation_day",
	})
	own.Tracks = append(own.Tracks, lifecycle.Track{
		Key: "broadcast", Initial: "off", States: []lifecycle.State{{Key: "off", Final: true}, {Key: "live", Final: true}},
		Transitions: []lifecycle.Transition{{Event: "stream", From: []string{"off"}, To: "live", Roles: []string{"convenor"}, Guards: []string{"secure"}}},
	})
	for i := range own.Transitions {
		if own.Transitions[i].Event == "notify" {
			own.Transitions[i].Guards = append(own.Transitions[i].Guards, "timely:short_notice")
		}
	}

	svc, err := consult.New(memory.New(), workflow.WithRules("", words),
		workflow.WithAction(workflow.Describe(Stream{}, "直播", "stream")),
		workflow.WithDefinition(activity.Kind, own), workflow.WithUse(activity.Kind, "chuxiong", "streamed"),
		workflow.WithGuard("secure", func(act *rules.Act, _ *activity.Activity) []workflow.Blocker {
			if s, ok := act.Action.(Stream); ok && len(s.URL) > 8 && s.URL[:8] != "https://" {
				return []workflow.Blocker{workflow.Block("insecure", "须用加密地址", "the address is not a secure one")}
			}
			return nil
		}),
		workflow.WithNow(func() time.Time { return now }))
	if err != nil {
		fmt.Println(err)
		return
	}
	actor := consult.Actor{ID: "m-1", Body: "chuxiong", Roles: []string{"office"}}
	yard, _ := svc.Establish(ctx, actor, platform.Establish{Name: "八角村", Kind: "courtyard", Tier: platform.Village, Convenor: "m-1"})
	a, err := svc.Plan(ctx, actor, activity.Plan{Title: "河长治", Form: "courtyard", Platform: yard.ID, On: date("2024-03-06")})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range a.Clocks {
		fmt.Println(c.Limit, "by", c.Due)
	}
	for _, action := range []workflow.Action[*activity.Activity, rules.Rules]{
		Stream{URL: "http://example.cn/live"}, Stream{URL: "https://example.cn/live"}, activity.Notify{},
	} {
		if _, err = svc.Activities.Do(ctx, actor, a.ID, action); err != nil {
			fmt.Println(action.Event(), workflow.Code(err))
			continue
		}
		fmt.Println(action.Event(), "done")
	}
	// Output:
	// short_notice by 2024-03-01
	// stream refused
	// stream done
	// notify done
}
