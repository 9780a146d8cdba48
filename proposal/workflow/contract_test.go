package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// asking is a vocabulary whose code reads more of a definition than that of
// tickets does.
func asking(d lifecycle.Definition) workflow.Vocabulary[*ticket, manners] {
	v := vocabulary(desk()) // actions and roles of the sound definition only
	v.Definitions, v.Default = []lifecycle.Definition{d}, d.Name
	v.Arguments = map[string]func(string) error{"always": func(argument string) error {
		if argument != "" {
			return workflow.Invalid("always", "unusable", "不能带参数", "it takes no argument")
		}
		return nil
	}}
	v.Dates = []string{"meeting_day"}
	v.Needs = []workflow.Need{
		{For: []string{"take"}, Means: []string{"open"}},
		{For: []string{"make"}, Track: "task", Each: true, Means: []string{"made"}, Events: []string{"make"}},
	}
	return v
}

// Every way in which a definition does not go with the code behind it is told,
// with its place and the nearest right name.
func TestADefinitionIsHeldAgainstItsVocabulary(t *testing.T) {
	type definition = lifecycle.Definition
	for name, c := range map[string]struct {
		spoil func(*definition)
		code  lifecycle.Code
		where string
		says  string
	}{
		"a misspelt event": {func(d *definition) {
			d.Transitions = append(d.Transitions, lifecycle.Transition{Event: "fnish", From: []string{"open"}, To: "open", Roles: []string{"clerk"}})
		}, lifecycle.NoAction, "transitions[3].event", `did you mean "finish"?`},
		"an event of the system's that nothing fires": {func(d *definition) {
			d.Transitions = append(d.Transitions, lifecycle.Transition{Event: "expire", From: []string{"open"}, To: "open", Roles: []string{lifecycle.System}})
		}, lifecycle.NoAction, "transitions[3].event", `"expire"`},
		"a misspelt role":     {func(d *definition) { d.Transitions[0].Roles = []string{"clrek"} }, lifecycle.UnknownRole, "transitions[0].roles[0]", `did you mean "clerk"?`},
		"a role of no one's":  {func(d *definition) { d.Open = append(d.Open, "wizard") }, lifecycle.UnknownRole, "open[1]", "declare it in roles"},
		"a track not there":   {func(d *definition) { d.Tracks[0].Key = "tasks" }, lifecycle.MissingTrack, "tracks", `did you mean "tasks"?`},
		"a track not of each": {func(d *definition) { d.Tracks[0].Each = false }, lifecycle.MissingTrack, "tracks[0].each", "each true"},
		"a meaning not there": {func(d *definition) {
			d.Tracks[0].States[1].Key, d.Tracks[0].Transitions[0].To = "finished", "finished"
		}, lifecycle.MissingMeaning, "tracks[0].states", `means "made"`},
		"a consequence not there": {func(d *definition) { d.Tracks[0].Transitions[0].Roles = []string{"clerk"} }, lifecycle.MissingEvent, "tracks[0].transitions", `"make"`},
		"an argument":             {func(d *definition) { d.Transitions[0].Guards = []string{"always:5"} }, lifecycle.BadArgument, "transitions[0].guards[0]", "no argument"},
		"a guard not there":       {func(d *definition) { d.Transitions[0].Guards = []string{"allways"} }, lifecycle.MissingGuard, "transitions[0].guards[0]", `"allways"`},
		"a length":                {limited(func(l *lifecycle.Limit) { l.Length = "3 monhts" }), lifecycle.BadLength, "limits[0].length", "3 monhts"},
		"a date not there":        {limited(func(l *lifecycle.Limit) { l.Before = "meeting_dya" }), lifecycle.UnknownDate, "limits[0].before", `did you mean "meeting_day"?`},
		"whom a limit binds":      {limited(func(l *lifecycle.Limit) { l.For = "clrek" }), lifecycle.UnknownRole, "limits[0].for", `did you mean "clerk"?`},
		"whom to urge": {limited(func(l *lifecycle.Limit) { l.Overdue = []lifecycle.Reaction{{Do: lifecycle.DoUrge, Role: "onwer"}} }),
			lifecycle.UnknownRole, "limits[0].overdue[0].role", `did you mean "owner"?`},
		"an event of the engine's own": {func(d *definition) { d.Transitions[2].Event = workflow.Migrated }, lifecycle.Reserved, "transitions[2].event", "engine's own"},
		"a deserted state": {func(d *definition) {
			d.States[1].Stage = "work"
			d.States = append(d.States, lifecycle.State{Key: "waiting", Stage: "work"})
			d.Transitions = append(d.Transitions,
				lifecycle.Transition{Event: "take", From: []string{"open"}, To: "waiting", Roles: []string{"clerk"}},
				lifecycle.Transition{Event: "take", From: []string{"waiting"}, To: "open", Roles: []string{"clerk"}})
			d.Tracks[0].Transitions[0].While, d.Tracks[1].Transitions[0].While = []string{"open"}, []string{"open"}
		}, lifecycle.Deserted, "states[3]", `"like": "open"`},
	} {
		t.Run(name, func(t *testing.T) {
			d := desk()
			require.Empty(t, asking(d).Lint(d))
			c.spoil(&d)
			found := false
			for _, p := range asking(d).Lint(d) {
				require.NotEmpty(t, p.ZH)
				require.NotContains(t, p.Text+p.ZH, "%!")
				if p.Code == c.code && p.Where == c.where {
					found = true
					require.Contains(t, p.Text, c.says)
				}
			}
			require.True(t, found, "%v", asking(d).Lint(d))
			_, err := workflow.New(memory.New(), asking(d))
			require.ErrorIs(t, err, lifecycle.ErrDefinition)
			require.ErrorContains(t, err, c.where)
		})
	}
}

// limited gives a definition a limit that spoil spoils.
func limited(spoil func(*lifecycle.Limit)) func(*lifecycle.Definition) {
	return func(d *lifecycle.Definition) {
		l := lifecycle.Limit{Key: "finish", For: "clerk", Start: []string{"take"}, Stop: []string{"finish"}, Length: "3 months"}
		spoil(&l)
		d.Limits = append(d.Limits, l)
	}
}

func TestNewTellsTheProblemsOfEveryDefinitionAtOnce(t *testing.T) {
	one, two := desk(), desk()
	two.Version = 2
	one.Transitions[0].Roles, two.Transitions[1].Roles = []string{"clrek"}, []string{"clrek"}
	two.Tracks[0].Key = "tasks"
	v := asking(one)
	v.Definitions = append(v.Definitions, two)
	_, err := workflow.New(memory.New(), v)
	for _, say := range []string{"desk@1: transitions[0].roles[0]", "desk@2: transitions[1].roles[0]", "missing_track"} {
		require.ErrorContains(t, err, say)
	}
}

func TestADeclaredRoleIsOne(t *testing.T) {
	d := desk()
	d.Open = append(d.Open, "wizard")
	d.Roles = []lifecycle.Role{{Key: "wizard"}}
	require.Empty(t, asking(d).Lint(d))
}

func TestAStateLikeItsNeighbourIsNotDeserted(t *testing.T) {
	d := desk()
	d.States[1].Stage = "work"
	d.States = append(d.States, lifecycle.State{Key: "waiting", Like: "open"})
	d.Transitions = append(d.Transitions, lifecycle.Transition{Event: "take", From: []string{"open"}, To: "waiting", Roles: []string{"clerk"}})
	d.Tracks[0].Transitions[0].While, d.Tracks[1].Transitions[0].While = []string{"open"}, []string{"open"}
	require.Empty(t, asking(d).Lint(d))
}

func TestAnOptionForNobodyIsAnError(t *testing.T) {
	for name, option := range map[string]workflow.Option{
		"a kind":     workflow.WithDefinition("tikcet", desk()),
		"a use":      workflow.WithUse("tikcet", "", "desk"),
		"rules":      workflow.WithRules("", 5),
		"a relation": workflow.WithRelation(workflow.Relation[*workflow.Header]{Name: "x"}),
	} {
		_, err := workflow.New(memory.New(), vocabulary(desk()), option)
		require.Equal(t, []string{"options", "unknown"}, refusal(t, err), name)
	}
}
