package play

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
	_ "time/tzdata" // the zones of bodies, also where the system has none

	"github.com/google/uuid"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/evaluate/appraisal"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/profiles"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// The kinds of cases.
const (
	kindProposal  = "proposal"
	kindPlatform  = "platform"
	kindTopic     = "topic"
	kindActivity  = "activity"
	kindPlan      = "plan"
	kindAppraisal = "appraisal"
)

// records returns the kind of record that holds cases of a kind.
func records(kind string) (string, bool) {
	switch kind {
	case kindProposal:
		return proposal.Kind, true
	case kindPlatform:
		return platform.Kind, true
	case kindTopic:
		return topic.Kind, true
	case kindActivity:
		return activity.Kind, true
	case kindPlan:
		return plan.Kind, true
	case kindAppraisal:
		return appraisal.Kind, true
	}
	return "", false
}

// house is the services of a scenario, on one store in memory.
type house struct {
	tree      *workflow.Tree
	proposals *proposal.Service
	desks     map[string]desk // by kind
}

// build sets the services up as the scenario says.
func (s Scenario) build(now func() time.Time) (*house, error) {
	tree, err := s.tree()
	if err != nil {
		return nil, err
	}
	ids := 0
	cal, err := s.calendar()
	if err != nil {
		return nil, err
	}
	common := []workflow.Option{
		workflow.WithTree(tree), workflow.WithNow(now), workflow.WithCalendar("", cal),
		workflow.WithIDs(func() string {
			ids++
			return uuid.NewSHA1(uuid.NameSpaceOID, []byte(strconv.Itoa(ids))).String()
		}),
	}
	ours := make(map[string][]workflow.Option) // by service
	for kind, definitions := range s.Definitions {
		record, ok := records(kind)
		if !ok {
			return nil, fmt.Errorf("definitions: there is no kind %q: proposal, platform, topic, activity, plan or appraisal", kind)
		}
		for _, d := range definitions {
			d.Roles = append(d.Roles, s.undeclared(kind, d)...)
			ours[service(kind)] = append(ours[service(kind)], workflow.WithDefinition(record, d))
		}
	}
	for kind, use := range s.Use {
		record, ok := records(kind)
		if !ok {
			return nil, fmt.Errorf("use: there is no kind %q: proposal, platform, topic, activity, plan or appraisal", kind)
		}
		for _, body := range slices.Sorted(maps.Keys(use)) {
			ours[service(kind)] = append(ours[service(kind)], workflow.WithUse(record, body, use[body]))
		}
	}
	for _, body := range slices.Sorted(maps.Keys(s.Profile)) {
		p, err := s.profile(s.Profile[body])
		if err != nil {
			return nil, err
		}
		ours[kindProposal] = append(ours[kindProposal], p.Options(body)...)
	}
	if err := s.rules(ours); err != nil {
		return nil, err
	}
	st := memory.New()
	proposals, err := proposal.New(st, append(slices.Clone(common), ours[kindProposal]...)...)
	if err != nil {
		return nil, err
	}
	consultations, err := consult.New(st, append(slices.Clone(common), ours["consult"]...)...)
	if err != nil {
		return nil, err
	}
	appraisals, err := appraisal.New(st, append(slices.Clone(common), ours[kindAppraisal]...)...)
	if err != nil {
		return nil, err
	}
	return &house{tree, proposals, desks(proposals, consultations, appraisals, now)}, nil
}

// profile returns a profile of the scenario's own, or one of package profiles.
func (s Scenario) profile(name string) (profiles.Profile, error) {
	if own, ok := s.Profiles[name]; ok {
		return profiles.Read(name, own) //nolint:wrapcheck // it names the profile and the place
	}
	p, ok := profiles.Get(name)
	if !ok {
		return profiles.Profile{}, fmt.Errorf("profile: there is none named %q", name)
	}
	return p, nil
}

// service returns which service cases of a kind belong to.
func service(kind string) string {
	if kind == kindProposal || kind == kindAppraisal {
		return kind
	}
	return "consult"
}

// rules adds the rules that differ from those shipped.
func (s Scenario) rules(ours map[string][]workflow.Option) error {
	for name, text := range s.Rules {
		switch name {
		case kindProposal:
			own, err := workflow.DecodeRules(proposal.DefaultRules(), text)
			if err != nil {
				return fmt.Errorf("rules.proposal: %w", err)
			}
			ours[name] = append(ours[name], workflow.WithRules("", own))
		case "consult":
			own, err := workflow.DecodeRules(rules.Default(), text)
			if err != nil {
				return fmt.Errorf("rules.consult: %w", err)
			}
			ours[name] = append(ours[name], workflow.WithRules("", own))
		case kindAppraisal:
			own, err := workflow.DecodeRules(appraisal.DefaultRules(), text)
			if err != nil {
				return fmt.Errorf("rules.appraisal: %w", err)
			}
			ours[name] = append(ours[name], workflow.WithRules("", own))
		default:
			return fmt.Errorf("rules: there are rules of proposal, consult and appraisal, not of %q", name)
		}
	}
	return nil
}

// tree builds the bodies; without any, the people's bodies stand side by side.
func (s Scenario) tree() (*workflow.Tree, error) {
	bodies := s.Bodies
	if len(bodies) == 0 {
		seen := map[string]bool{}
		for _, p := range s.everybody() {
			if body := s.bodyOf(p); !seen[body] {
				seen[body] = true
				bodies = append(bodies, Body{Key: body})
			}
		}
	}
	made := make([]workflow.Body, len(bodies))
	for i, b := range bodies {
		zone := b.Zone
		if zone == "" && b.Parent == "" {
			zone = "Asia/Shanghai"
		}
		made[i] = workflow.Body{ID: b.Key, Name: b.Name, Parent: b.Parent}
		if zone == "" {
			continue
		}
		location, err := time.LoadLocation(zone)
		if err != nil {
			return nil, fmt.Errorf("bodies[%d].zone: %w", i, err)
		}
		made[i].Zone = location
	}
	return workflow.NewTree(made...)
}

// bodyOf returns the body that a person belongs to.
func (s Scenario) bodyOf(p Person) string {
	switch {
	case p.Body != "":
		return p.Body
	case len(s.Bodies) > 0:
		return s.Bodies[0].Key
	}
	return "body"
}

// everybody returns all people of the scenario, in an order that does not change.
func (s Scenario) everybody() []Person {
	var all []Person
	for _, name := range slices.Sorted(maps.Keys(s.People)) {
		all = append(all, s.People[name])
	}
	for _, step := range s.Steps {
		if step.As != nil && step.As.Name == "" {
			all = append(all, step.As.Person)
		}
	}
	return all
}

// undeclared returns the roles that people of the scenario have and that neither
// a definition nor the code behind its kind declares: a definition may name them.
func (s Scenario) undeclared(kind string, d lifecycle.Definition) []lifecycle.Role {
	known := declared(kind)
	for _, r := range d.Roles {
		known[r.Key] = true
	}
	var roles []lifecycle.Role
	for _, p := range s.everybody() {
		for _, r := range p.Roles {
			if !known[r] {
				known[r] = true
				roles = append(roles, lifecycle.Role{Key: r})
			}
		}
	}
	return roles
}

// declared returns the roles and relations that the code of a kind knows.
func declared(kind string) map[string]bool {
	switch kind {
	case kindPlatform:
		return rolesOf(platform.Vocabulary())
	case kindTopic:
		return rolesOf(topic.Vocabulary())
	case kindActivity:
		return rolesOf(activity.Vocabulary())
	case kindPlan:
		return rolesOf(plan.Vocabulary())
	case kindAppraisal:
		return rolesOf(appraisal.Vocabulary())
	}
	return rolesOf(proposal.Vocabulary())
}

func rolesOf[C workflow.Case, R any](v workflow.Vocabulary[C, R]) map[string]bool {
	known := map[string]bool{lifecycle.System: true, workflow.Administrator: true}
	for _, r := range v.Roles {
		known[r] = true
	}
	for _, r := range v.Relations {
		known[r.Name] = true
	}
	return known
}

// calendar returns the calendar of the scenario: China's when it names none.
func (s Scenario) calendar() (*calendar.Calendar, error) {
	switch {
	case s.Calendar.Own != nil:
		return s.Calendar.Own, nil
	case s.Calendar.Name == "" || s.Calendar.Name == "china":
		return china.Calendar(), nil
	}
	return nil, fmt.Errorf("calendar: there is none named %q", s.Calendar.Name)
}

// desks returns the desk of each kind.
func desks(proposals *proposal.Service, c *consult.Service, a *appraisal.Service, now func() time.Time) map[string]desk {
	return map[string]desk{
		kindProposal: engineDesk[*proposal.Proposal, proposal.Rules]{
			kind: kindProposal, engine: proposals.Engine, now: now, adorn: adorn,
			opens: opening(proposals.OpenIn, workflow.Opening),
		},
		kindPlatform: engineDesk[*platform.Platform, rules.Rules]{
			kind: kindPlatform, engine: c.Platforms, now: now, opens: opening(c.EstablishIn, workflow.Opening),
		},
		kindTopic: engineDesk[*topic.Topic, rules.Rules]{
			kind: kindTopic, engine: c.Topics, now: now, opens: opening(c.SuggestIn, workflow.Opening),
		},
		kindActivity: engineDesk[*activity.Activity, rules.Rules]{
			kind: kindActivity, engine: c.Activities, now: now, opens: opening(c.PlanIn, workflow.Opening),
		},
		kindPlan: engineDesk[*plan.Plan, rules.Rules]{
			kind: kindPlan, engine: c.Plans, now: now,
			opens: opening(func(ctx context.Context, actor workflow.Actor, body string, d plan.Draft, options ...workflow.DoOption) (*plan.Plan, error) {
				return c.Plans.Open(ctx, actor, body, d, options...)
			}, workflow.Opening),
		},
		kindAppraisal: engineDesk[*appraisal.Round, appraisal.Rules]{
			kind: kindAppraisal, engine: a.Engine, now: now, opens: opening(a.AnnounceIn, workflow.Opening),
		},
	}
}

// opening reads what a case is to be opened with, and opens it.
func opening[C, A any](
	open func(ctx context.Context, actor workflow.Actor, body string, a A, options ...workflow.DoOption) (C, error), event string,
) func(ctx context.Context, actor workflow.Actor, body string, data json.RawMessage, options ...workflow.DoOption) (C, error) {
	return func(ctx context.Context, actor workflow.Actor, body string, data json.RawMessage, options ...workflow.DoOption) (C, error) {
		var a A
		if len(data) > 0 {
			if err := strictly(data, &a); err != nil {
				var none C
				return none, workflow.Invalid(event, "malformed", "无法读取：%v", "cannot be read: %v", err)
			}
		}
		return open(ctx, actor, body, a, options...)
	}
}

// adorn shows what only proposals have.
func adorn(v *View, p *proposal.Proposal) {
	v.Number = p.Number
	if len(p.Parts) > 0 {
		v.Parts = make(map[string]Share, len(p.Parts))
	}
	for i := range p.Parts {
		part := &p.Parts[i]
		share := Share{State: p.PartState(part.Unit), Role: part.Role}
		if reply := part.Reply(); reply != nil {
			share.Class = reply.Class
		}
		v.Parts[part.Unit] = share
	}
}
