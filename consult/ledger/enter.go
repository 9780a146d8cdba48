package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// Entered is what came of entering a year.
type Entered struct {
	Entered int       // activities, now or by an earlier call
	Known   int       // in the service under their ID, and left as they are
	Refused []Refusal // by their ID or title, in Column
}

// Enter brings the activities of a year that were held into a service, each as one
// that was held before it was planned there (补录), in the actor's body. Its figures are
// kept as printed: who was there, and which items there were, a ledger does not tell
// one by one. Its platform has to be there. Entering the same year again changes
// nothing. The error is one of the store or of ctx.
func Enter(ctx context.Context, svc *consult.Service, actor consult.Actor, y Year, words Words) (Entered, error) {
	var done Entered
	for _, a := range y.Activities {
		if !a.Held {
			continue
		}
		known, err := enter(ctx, svc, actor, a, words)
		switch code := workflow.Code(err); {
		case err == nil && known:
			done.Known++
		case err == nil:
			done.Entered++
		case slices.Contains([]string{"refused", "denied", "invalid"}, code):
			why := workflow.Explain(err)
			refused := Refusal{Column: orTitle(a), Code: code, ZH: why.Message.ZH, EN: why.Message.EN}
			for _, b := range why.Blockers {
				refused.ZH, refused.EN = refused.ZH+"；"+b.ZH, refused.EN+"; "+b.EN
			}
			done.Refused = append(done.Refused, refused)
		default:
			return done, fmt.Errorf("ledger: %s: %w", orTitle(a), err)
		}
	}
	return done, nil
}

func orTitle(a Activity) string {
	if a.ID != "" {
		return a.ID
	}
	return a.Title
}

func enter(ctx context.Context, svc *consult.Service, actor consult.Actor, a Activity, words Words) (known bool, err error) {
	if a.ID != "" {
		_, err := svc.Activities.Get(ctx, a.ID)
		if err == nil || !errors.Is(err, workflow.ErrNotFound) {
			return err == nil, err
		}
	}
	at, err := platformOf(ctx, svc, actor.Body, a)
	if err != nil {
		return false, err
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{a.ID, a.Body, a.PlatformName, a.Title, a.On.String()}, "\x00")))
	command := func(act string) workflow.DoOption {
		return workflow.Command("ledger/" + act + "/" + hex.EncodeToString(sum[:20]))
	}
	p, err := svc.Plan(ctx, actor, activity.Plan{Title: a.Title, Form: a.Form, Platform: at}, command("plan"))
	if err != nil {
		return false, err
	}
	_, err = svc.Activities.Do(ctx, actor, p.ID, activity.Backfill{On: a.On, Account: a.account(words)}, command("backfill"))
	return false, err
}

// platformOf finds the platform of an activity by its ID, or by its name in a body.
func platformOf(ctx context.Context, svc *consult.Service, body string, a Activity) (string, error) {
	if a.Platform == "" && a.PlatformName == "" {
		return "", nil
	}
	there, err := svc.Platforms.Find(ctx, "", 1, store.Match{Attr: "body", Op: store.Is, Values: []string{body}},
		store.Match{Attr: "name", Op: store.Is, Values: []string{a.PlatformName}})
	if err != nil {
		return "", err
	}
	if len(there) == 0 {
		return "", workflow.Invalid("platform", "unknown", "没有平台“%s”", "there is no platform %q", a.PlatformName)
	}
	return there[0].ID, nil
}

// account is the figures of an activity, in the words of its columns.
func (a Activity) account(words Words) printed.Account {
	account := printed.Account{Source: "年度台账", Date: a.On.String()}
	for _, c := range activityColumns(words) {
		if n, ok := count(c.put(&a, "zh")); ok && n > 0 {
			account.Figures = append(account.Figures, printed.Figure{What: c.zh, N: int64(n), Text: fmt.Sprintf("%s%d", c.zh, n)})
		}
	}
	for _, o := range a.Outcomes {
		account.Outcomes = append(account.Outcomes, words.Outcomes.word("zh", o))
	}
	return account
}
