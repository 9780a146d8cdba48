package consult_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// TestShippedDefinitionsCompile: with every guard that they name, and with a
// label in both languages for all that people read.
func TestShippedDefinitionsCompile(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		d      lifecycle.Definition
		guards []string
	}{
		{platform.Lifecycle(), keys(platform.Guards())},
		{topic.Lifecycle(), keys(topic.Guards())},
		{activity.Lifecycle(), keys(activity.Guards())},
		{plan.Lifecycle(), keys(plan.Guards())},
	} {
		require.NotEmpty(t, c.d.Name)
		_, err := lifecycle.Compile(c.d, lifecycle.Guards(c.guards...))
		require.NoError(t, err)
		label := func(l lifecycle.Label, what string) {
			require.NotEmpty(t, l.ZH, "%s: %s", c.d.Name, what)
			require.NotEmpty(t, l.EN, "%s: %s", c.d.Name, what)
		}
		lines := append([]lifecycle.Track{{Label: c.d.Label, States: c.d.States, Transitions: c.d.Transitions}}, c.d.Tracks...)
		for _, line := range lines {
			label(line.Label, line.Key)
			for _, s := range line.States {
				label(s.Label, s.Key)
			}
			for _, tr := range line.Transitions {
				label(tr.Label, tr.Event)
			}
		}
		for _, l := range c.d.Limits {
			label(l.Label, l.Key)
		}
		data, err := json.Marshal(c.d)
		require.NoError(t, err)
		again, err := lifecycle.Decode(data)
		require.NoError(t, err)
		require.Equal(t, c.d.Fingerprint(), again.Fingerprint())
	}
}

// TestTheWayOfAnActivity walks the main line as the issue names it.
func TestTheWayOfAnActivity(t *testing.T) {
	t.Parallel()
	svc, err := consult.New(memory.New())
	require.NoError(t, err)
	m := svc.Activities.MachineFor("any")
	at := m.Initial()
	var way []string
	for _, event := range []string{"research", "notify", "hold", "conclude", "publish", "follow_up", "close"} {
		tr, ok := m.Transition(at, event)
		require.True(t, ok, "%s from %s", event, at)
		at = tr.To
		way = append(way, at)
	}
	require.Equal(t, []string{"researched", "noticed", "held", "concluded", "published", "followed_up", "closed"}, way)
	for _, s := range m.Definition().States {
		if s.Key == "noticed" || s.Key == "held" {
			continue
		}
		_, ok := m.Transition(s.Key, "hold")
		require.False(t, ok, "hold from %s", s.Key)
	}
}

// TestRulesThatDoNotGoTogetherAreRefused: by New, with the place in the rules.
func TestRulesThatDoNotGoTogetherAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		spoil func(*rules.Rules)
		field string
	}{
		{"a key twice", func(r *rules.Rules) { r.Criteria = append(r.Criteria, r.Criteria[0]) }, "rules[county].criteria[3].key"},
		{"a kind without key", func(r *rules.Rules) { r.Kinds[1].Key = "" }, "rules[county].kinds[1].key"},
		{"a form twice", func(r *rules.Rules) { r.Forms = append(r.Forms, r.Forms[0]) }, "rules[county].forms[8].key"},
		{"an outcome twice", func(r *rules.Rules) { r.Outcomes = append(r.Outcomes, r.Outcomes[0]) }, "rules[county].outcomes[6].key"},
		{"a share of votes that is none", func(r *rules.Rules) { r.Outcomes[2].Votes = "3/2" }, "rules[county].outcomes[2].votes"},
		{"a mark twice", func(r *rules.Rules) { r.Satisfaction = append(r.Satisfaction, r.Satisfaction[0]) }, "rules[county].satisfaction[3].key"},
		{"a limit that no lifecycle has", func(r *rules.Rules) { r.Forms[0].Limits = []string{"notis"} }, "rules[county].forms[0].limits"},
		{"a composition rule that is none", func(r *rules.Rules) { r.Forms[0].Composition = []string{"everybody"} }, "rules[county].forms[0].composition[0]"},
		{"a party that is none", func(r *rules.Rules) { r.Kinds[2].Composition = []string{"parties:member|ghost"} }, "rules[county].kinds[2].composition[0]"},
		{"parties of nobody", func(r *rules.Rules) { r.Kinds[2].Composition = []string{"parties:"} }, "rules[county].kinds[2].composition[0]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			own := rules.Default()
			c.spoil(&own)
			_, err := consult.New(memory.New(), workflow.WithRules("county", own))
			var invalid *workflow.InvalidError
			require.ErrorAs(t, err, &invalid)
			require.Equal(t, c.field, invalid.Field)
		})
	}
	_, err := consult.New(memory.New(), workflow.WithUse(topic.Kind, "", "nothing"))
	require.ErrorIs(t, err, workflow.ErrInvalid)
	_, err = consult.New(memory.New(), workflow.WithDefinition("consult.topik", topic.Lifecycle()))
	require.ErrorIs(t, err, workflow.ErrInvalid)
	_, err = consult.New(nil)
	require.ErrorIs(t, err, workflow.ErrInvalid)
}

// TestACommandIsOneEffect: asked twice, an activity is planned once and its
// checklist given once.
func TestACommandIsOneEffect(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	plan := activity.Plan{Title: "停车", Form: rules.FormPlatform, Platform: w.station.ID, On: date("2024-03-01")}
	first, err := w.svc.Plan(w.ctx, convenor, plan, workflow.Command("plan-1"))
	require.NoError(t, err)
	second, err := w.svc.Plan(w.ctx, convenor, plan, workflow.Command("plan-1"))
	require.NoError(t, err)
	require.Equal(t, first.ID, second.ID)
	w.do(convenor, first, activity.Notify{}, joined(rules.Member), activity.FileMinutes{Text: "纪要"})
	for range 2 {
		a, err := w.svc.Activities.Do(w.ctx, convenor, first.ID, activity.Conclude{Items: []checklist.Task{task("2024-04-30")}}, workflow.Command("conclude-1"))
		require.NoError(t, err)
		require.Len(t, a.Items, 1)
	}
	report, err := w.svc.Activities.Audit(w.ctx, nil)
	require.NoError(t, err)
	require.Equal(t, 1, report.Cases)
	require.Empty(t, report.Broken)
}

func keys[V any](m map[string]V) []string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}
