package published

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// Imported counts what an import made, or found made by an earlier one.
type Imported struct {
	Platforms  int `json:"platforms"`
	Activities int `json:"activities"` // entered after the fact
	Prepared   int `json:"prepared"`   // activities that are only planned
	Topics     int `json:"topics"`
	Accounts   int `json:"accounts"` // totals, collections and rules kept on platforms
	Inspected  int `json:"inspected"`
}

// Clerk returns who enters the records of a place: an actor of that place's body
// with the role office.
type Clerk func(place string) (consult.Actor, error)

// Import brings records into a service: an activity that was held becomes one
// entered after the fact, a topic of a plan a topic, totals and rules accounts on
// their platform, which is opened when it is not there. Nothing is added to what
// the source says. Every good record goes in, and every bad one is refused by
// its line; importing the same record again changes nothing. The error is one
// of the store or of ctx, and what was refused or done before it is returned.
func Import(ctx context.Context, svc *consult.Service, clerk Clerk, records []Record) (Imported, []Refusal, error) {
	var done Imported
	var refused []Refusal
	for _, r := range records {
		err := importOne(ctx, svc, clerk, r, &done)
		if err == nil {
			continue
		}
		code := workflow.Code(err)
		if !slices.Contains([]string{"refused", "denied", "invalid"}, code) {
			return done, refused, fmt.Errorf("published: line %d: %w", r.Line, err)
		}
		refused = append(refused, Refusal{r.Line, code, err.Error()})
	}
	return done, refused, nil
}

func importOne(ctx context.Context, svc *consult.Service, clerk Clerk, r Record, done *Imported) error {
	actor, err := clerk(r.Place)
	if err != nil {
		return workflow.Invalid("place", "unknown", "%v", "%v", err)
	}
	form, meeting := r.form()
	at := ""
	if !meeting || r.Kind != Activity {
		p, opened, err := platformOf(ctx, svc, actor, r)
		if err != nil {
			return err
		}
		at = p.ID
		if opened {
			done.Platforms++
		}
	}
	switch r.Kind {
	case Activity, Preparing:
		return importActivity(ctx, svc, actor, r, activity.Plan{Title: r.title(), Form: form, Platform: at}, done)
	case Planned:
		_, err = svc.Suggest(ctx, actor, topic.Suggest{
			Title: r.title(), Source: topic.Source{Kind: topic.FromUnit, Name: r.Platform}, Platform: at, Text: r.about(),
		}, r.command("topic"))
		if err == nil {
			done.Topics++
		}
	case Inspection:
		_, err = svc.Platforms.Do(ctx, actor, at, platform.Inspect{Found: r.about()}, r.command("inspect"))
		if err == nil {
			done.Inspected++
		}
	case Total, Collection, Rule:
		_, err = svc.Platforms.Do(ctx, actor, at, platform.Quote{Account: r.account()}, r.command("quote"))
		if err == nil {
			done.Accounts++
		}
	}
	return err
}

func importActivity(ctx context.Context, svc *consult.Service, actor consult.Actor, r Record, plan activity.Plan, done *Imported) error {
	a, err := svc.Plan(ctx, actor, plan, r.command("plan"))
	if err != nil {
		return err
	}
	if r.Kind == Preparing {
		found := activity.Investigate{Found: r.about()}
		if day, ok := r.Date.Day(); ok {
			found.On = day
		}
		if _, err = svc.Activities.Do(ctx, actor, a.ID, found, r.command("research")); err == nil {
			done.Prepared++
		}
		return err
	}
	held := activity.Backfill{Account: r.account()}
	if day, ok := r.Date.Day(); ok {
		held.On = day
	}
	if _, err = svc.Activities.Do(ctx, actor, a.ID, held, r.command("backfill")); err == nil {
		done.Activities++
	}
	return err
}

// platformOf finds the platform of that name in the actor's body, or opens it,
// which it tells.
func platformOf(ctx context.Context, svc *consult.Service, actor consult.Actor, r Record) (p *platform.Platform, opened bool, err error) {
	there, err := svc.Platforms.Find(ctx, "", 1,
		store.Match{Attr: "body", Op: store.Is, Values: []string{actor.Body}},
		store.Match{Attr: "name", Op: store.Is, Values: []string{r.Platform}})
	if err != nil {
		return nil, false, err
	}
	if len(there) > 0 {
		return there[0], false, nil
	}
	p, err = svc.Establish(ctx, actor, platform.Establish{
		Name: r.Platform, Kind: r.platformKind(), Tier: r.tier(), Unit: r.Platform,
	}, workflow.Command("published/platform/"+digest(actor.Body, r.Platform)))
	return p, true, err
}

// account is what a record tells, in its own words.
func (r Record) account() printed.Account {
	return printed.Account{
		Date: r.Date.Text, Parties: r.Participants, Outcomes: r.Outcomes, Answered: r.Answered, FollowUps: r.FollowUps,
		Figures: slices.Concat(r.Counts, r.Opinions, r.Figures()), Source: r.Source, Note: r.Note,
	}
}

// about is a record's words in one text.
func (r Record) about() string {
	parts := slices.Concat([]string{r.Topic}, r.Outcomes, []string{r.Note, r.Source})
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "；")
}

// title is the topic, or, where none is printed, the name of what was held.
func (r Record) title() string {
	if r.Topic != "" {
		return r.Topic
	}
	return r.Platform
}

// command names one act of the import, the same for the same record in any file.
func (r Record) command(act string) workflow.DoOption {
	return workflow.Command("published/" + act + "/" + digest(r.Place, r.Level, r.Platform, r.PlatformKind, string(r.Kind), r.Date.Text,
		r.Topic, strings.Join(r.Participants, ";"), strings.Join(r.Outcomes, ";"), r.Source, r.Note))
}

func digest(parts ...string) string {
	sum := sha256.New()
	for _, p := range parts {
		sum.Write([]byte(strconv.Quote(p))) // a hash.Hash never fails to write
	}
	return hex.EncodeToString(sum.Sum(nil))[:40]
}

// ErrNoPlace is for a Clerk to return for a place that it does not know.
var ErrNoPlace = errors.New("published: no body for the place")
