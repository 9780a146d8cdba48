package lifecycle_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
)

var everyCode = []lifecycle.Code{
	lifecycle.NoInitial, lifecycle.UnknownState, lifecycle.UnknownStage, lifecycle.UnknownEvent, lifecycle.Unreachable,
	lifecycle.DeadEnd, lifecycle.DuplicateKey, lifecycle.TwoTargets, lifecycle.MissingGuard, lifecycle.NoRole,
	lifecycle.BadAuto, lifecycle.BadLimit, lifecycle.UnsafeName, lifecycle.BadLength, lifecycle.BadLike,
}

// intolerable are the codes without which no machine can be made.
var intolerable = map[lifecycle.Code]bool{
	lifecycle.NoInitial: true, lifecycle.UnknownState: true, lifecycle.DuplicateKey: true, lifecycle.TwoTargets: true,
}

// found writes problems as "where code", one a line.
func found(problems []lifecycle.Problem) string {
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = p.Where + " " + string(p.Code)
	}
	return strings.Join(lines, "\n")
}

func TestCompileNamesEveryProblem(t *testing.T) {
	type definition = lifecycle.Definition
	extra := func(d *definition, t lifecycle.Transition) { d.Transitions = append(d.Transitions, t) }
	roles := []string{"office"}
	tested := make(map[lifecycle.Code]bool)
	for name, c := range map[string]struct {
		spoil func(*definition)
		want  string // "where code", one a line
	}{
		"no initial":             {func(d *definition) { d.Initial = "" }, "initial no_initial"},
		"initial not there":      {func(d *definition) { d.Initial = "x" }, "initial no_initial"},
		"track without initial":  {func(d *definition) { d.Tracks[0].Initial = "draft" }, "tracks[0].initial no_initial"},
		"from nowhere":           {func(d *definition) { d.Transitions[1].From = nil }, "transitions[1].from unknown_state"},
		"from unknown":           {func(d *definition) { d.Transitions[1].From[1] = "x" }, "transitions[1].from[1] unknown_state"},
		"to unknown":             {func(d *definition) { d.Transitions[2].To = "x" }, "states[2] unreachable\ntransitions[2].to unknown_state"},
		"to nowhere":             {func(d *definition) { d.Transitions[2].To = "" }, "states[2] unreachable\ntransitions[2].to unknown_state"},
		"to another line's":      {func(d *definition) { d.Tracks[1].Transitions[0].To = "closed" }, "tracks[1].states[1] unreachable\ntracks[1].transitions[0].to unknown_state"},
		"while unknown":          {func(d *definition) { d.Tracks[0].Transitions[0].While[0] = "on" }, "tracks[0].transitions[0].while[0] unknown_state"},
		"while on main line":     {func(d *definition) { d.Transitions[0].While = []string{"draft"} }, "transitions[0].while[0] unknown_state"},
		"limit in unknown":       {func(d *definition) { d.Limits[0].In = []string{"draft", "given"} }, "limits[0].in[1] unknown_state"},
		"stage unknown":          {func(d *definition) { d.States[0].Stage = "x" }, "states[0].stage unknown_stage"},
		"track's stage unknown":  {func(d *definition) { d.Tracks[0].States[1].Stage = "x" }, "tracks[0].states[1].stage unknown_stage"},
		"over unknown":           {func(d *definition) { d.Tracks[0].Over = []string{"handling", "x", ""} }, "tracks[0].over[1] unknown_stage\ntracks[0].over[2] unknown_stage"},
		"limit's start unknown":  {func(d *definition) { d.Limits[0].Start[0] = "x" }, "limits[0].start[0] unknown_event"},
		"limit's stop unknown":   {func(d *definition) { d.Limits[0].Stop[0] = "x" }, "limits[0].stop[0] unknown_event"},
		"limit's pause unknown":  {func(d *definition) { d.Limits[0].Pause[0] = "x" }, "limits[0].pause[0] unknown_event"},
		"limit's resume unknown": {func(d *definition) { d.Limits[0].Resume[0] = "x" }, "limits[0].resume[0] unknown_event"},
		"reaction's unknown":     {func(d *definition) { d.Limits[0].Overdue[0].Event = "x" }, "limits[0].overdue[0].event unknown_event"},
		"reaction fires nothing": {func(d *definition) { d.Limits[0].Overdue[0].Event = "" }, "limits[0].overdue[0].event unknown_event"},
		"unreachable":            {func(d *definition) { d.States = append(d.States, lifecycle.State{Key: "lost", Final: true}) }, "states[3] unreachable"},
		"reachable from itself": {func(d *definition) {
			d.States = append(d.States, lifecycle.State{Key: "lost", Final: true})
			extra(d, lifecycle.Transition{Event: "stay", From: []string{"lost"}, To: "lost", Roles: roles})
		}, "states[3] unreachable"},
		"track's unreachable": {func(d *definition) {
			d.Tracks[0].Initial = "on"
			d.Tracks[0].Transitions = d.Tracks[0].Transitions[:1]
			d.Limits = nil
		}, "tracks[0].states[0] unreachable\ntracks[0].states[1] dead_end"},
		"dead end": {func(d *definition) { d.States[2].Final = false; d.Transitions[1].From = d.Transitions[1].From[:1] }, "states[2] dead_end"},
		"only itself leads on": {func(d *definition) {
			d.States[2].Final = false
			d.Transitions[1].From = d.Transitions[1].From[:1]
			extra(d, lifecycle.Transition{Event: "stay", From: []string{"closed"}, To: "closed", Roles: roles})
		}, "states[2] dead_end"},
		"stage twice":         {func(d *definition) { d.Stages = append(d.Stages, d.Stages[0]) }, "stages[3].key duplicate_key"},
		"state twice":         {func(d *definition) { d.States = append(d.States, d.States[0]) }, "states[3].key duplicate_key"},
		"track twice":         {func(d *definition) { d.Tracks[1].Key = "supervision"; d.Limits = nil }, "tracks[1].key duplicate_key"},
		"limit twice":         {func(d *definition) { d.Limits = append(d.Limits, d.Limits[0]) }, "limits[2].key duplicate_key"},
		"warning twice":       {func(d *definition) { d.Limits[0].Warnings = append(d.Limits[0].Warnings, d.Limits[0].Warnings[0]) }, "limits[0].warnings[1].key duplicate_key"},
		"transition twice":    {func(d *definition) { extra(d, d.Transitions[0]) }, "transitions[3].from[0] duplicate_key"},
		"from twice":          {func(d *definition) { d.Transitions[0].From = []string{"draft", "draft"} }, "transitions[0].from[1] duplicate_key"},
		"event on two lines":  {func(d *definition) { d.Tracks[0].Transitions[1].Event = "submit"; d.Limits = nil }, "tracks[0].transitions[1].event duplicate_key"},
		"event on two tracks": {func(d *definition) { d.Tracks[1].Transitions[0].Event = "release"; d.Limits = nil }, "tracks[1].transitions[0].event duplicate_key"},
		"two targets": {func(d *definition) {
			extra(d, lifecycle.Transition{Event: "submit", From: []string{"closed", "draft"}, To: "closed", Roles: roles})
		}, "transitions[3].from[1] two_targets"},
		"missing guard":   {func(d *definition) { d.Transitions[2].Guards = []string{"answered", "x:1"} }, "transitions[2].guards[1] missing_guard"},
		"no role":         {func(d *definition) { d.Transitions[0].Roles = nil }, "transitions[0].roles no_role"},
		"track's no role": {func(d *definition) { d.Tracks[1].Transitions[0].Roles = []string{} }, "tracks[1].transitions[0].roles no_role"},
		"auto on a track": {func(d *definition) {
			t := &d.Tracks[1].Transitions[0]
			t.Auto, t.Roles, t.Guards = true, []string{"system"}, []string{"answered"}
		}, "tracks[1].transitions[0].auto bad_auto"},
		"auto without guard":        {func(d *definition) { d.Transitions[2].Guards = nil }, "transitions[2].auto bad_auto"},
		"auto with another role":    {func(d *definition) { d.Transitions[2].Roles = []string{"system", "office"} }, "transitions[2].auto bad_auto"},
		"auto without end":          {func(d *definition) { d.Transitions[2].From = []string{"in_hand", "closed"} }, "transitions[2].auto bad_auto"},
		"limit without start":       {func(d *definition) { d.Limits[0].Start, d.Limits[0].In = nil, nil }, "limits[0] bad_limit"},
		"limit without stop":        {func(d *definition) { d.Limits[0].Stop, d.Limits[0].In = nil, nil }, "limits[0] bad_limit"},
		"limit without length":      {func(d *definition) { d.Limits[0].Length = "" }, "limits[0].length bad_limit"},
		"limit's roll":              {func(d *definition) { d.Limits[0].Roll = "nextworkday" }, "limits[0].roll bad_limit"},
		"warning without before":    {func(d *definition) { d.Limits[0].Warnings[0].Before = "" }, "limits[0].warnings[0].before bad_limit"},
		"limit each of no track":    {func(d *definition) { d.Limits[0].Each = "x" }, "limits[0].each bad_limit"},
		"limit each of one":         {func(d *definition) { d.Limits[0].Each = "supervision" }, "limits[0].each bad_limit"},
		"limit each only in states": {func(d *definition) { d.Limits[0].Start, d.Limits[0].In = nil, []string{"in_hand"} }, "limits[0] bad_limit"},
		"reminder without every":    {func(d *definition) { d.Limits[0].Remind[0].Every = "" }, "limits[0].remind[0].every bad_limit"},
		"reminder to nobody":        {func(d *definition) { d.Limits[0].Remind[0].Do[0].Role = "" }, "limits[0].remind[0].do[0].role bad_limit"},
		"unknown reaction":          {func(d *definition) { d.Limits[0].Overdue[1].Do = "mail" }, "limits[0].overdue[1].do bad_limit"},
		"reaction without role":     {func(d *definition) { d.Limits[0].Warnings[0].Do[0].Role = "" }, "limits[0].warnings[0].do[0].role bad_limit"},
		"reaction not allowed":      {func(d *definition) { d.Limits[0].Overdue[0].Event = "submit" }, "limits[0].overdue[0].event bad_limit"},
		"version":                   {func(d *definition) { d.Version = 0 }, "version unsafe_name"},
		"name":                      {func(d *definition) { d.Name = "提案" }, "name unsafe_name"},
		"stage's key":               {func(d *definition) { d.Stages[0].Key = "Submission"; d.States[0].Stage = "Submission" }, "stages[0].key unsafe_name"},
		"state's key":               {func(d *definition) { d.Tracks[1].States[1].Key = "1"; d.Tracks[1].Transitions[0].To = "1" }, "tracks[1].states[1].key unsafe_name"},
		"state's key too long": {func(d *definition) {
			k := strings.Repeat("k", 65)
			d.Tracks[1].States[1].Key = k
			d.Tracks[1].Transitions[0].To = k
		}, "tracks[1].states[1].key unsafe_name"},
		"stage's key in a state": {func(d *definition) { d.Stages = nil; d.States[0].Stage = "a b" }, "states[0].stage unsafe_name"},
		"track's key":            {func(d *definition) { d.Tracks[1].Key = "a/b"; d.Limits = nil }, "tracks[1].key unsafe_name"},
		"track's key empty":      {func(d *definition) { d.Tracks[1].Key = ""; d.Limits = nil }, "tracks[1].key unsafe_name"},
		"event's key":            {func(d *definition) { d.Transitions[0].Event = "Submit"; d.Limits = nil }, "transitions[0].event unsafe_name"},
		"limit's key":            {func(d *definition) { d.Limits[0].Key = "" }, "limits[0].key unsafe_name"},
		"warning's key":          {func(d *definition) { d.Limits[0].Warnings[0].Key = "YELLOW" }, "limits[0].warnings[0].key unsafe_name"},
		"role":                   {func(d *definition) { d.Transitions[0].Roles = []string{"提案人"} }, "transitions[0].roles[0] unsafe_name"},
		"opening role":           {func(d *definition) { d.Open = append(d.Open, "a b") }, "open[1] unsafe_name"},
		"guard's name":           {func(d *definition) { d.Transitions[2].Guards = []string{":x"} }, "transitions[2].guards[0] unsafe_name"},
		"length":                 {func(d *definition) { d.Limits[1].Length = "3 monhts" }, "limits[1].length bad_length"},
		"length of a warning":    {func(d *definition) { d.Limits[0].Warnings[0].Before = "soon" }, "limits[0].warnings[0].before bad_length"},
		"lengths that do not go": {func(d *definition) { d.Limits[0].Cap = "6 months" }, "limits[0] bad_limit"},
		"like nothing":           {func(d *definition) { d.States[1].Like = "in_hnad" }, "states[1].like unknown_state"},
		"like itself":            {func(d *definition) { d.States[1].Like = "in_hand" }, "states[1].like bad_like"},
		"like in a circle":       {func(d *definition) { d.States[0].Like, d.States[1].Like = "in_hand", "draft" }, "states[0].like bad_like\nstates[1].like bad_like"},
		"meaning":                {func(d *definition) { d.States[1].Is = "In Hand" }, "states[1].is unsafe_name"},
		"a role twice":           {func(d *definition) { d.Roles = append(d.Roles, d.Roles[0]) }, "roles[1].key duplicate_key"},
		"a role's key":           {func(d *definition) { d.Roles[0].Key = "办事员" }, "roles[0].key unsafe_name"},
		"nothing wrong":          {func(*definition) {}, ""},
		"exits of a final state": {func(d *definition) {
			extra(d, lifecycle.Transition{Event: "reopen", From: []string{"closed"}, To: "in_hand", Roles: roles})
		}, ""},
		"stages not listed":  {func(d *definition) { d.Stages = nil }, ""},
		"over a state's own": {func(d *definition) { d.Tracks[0].Over = []string{"closed"} }, ""},
		"a role of a host":   {func(d *definition) { d.Transitions[0].Roles = []string{"TL_CEMP", "urn:x/y-z"} }, ""},
		"longest key": {func(d *definition) {
			k := strings.Repeat("k", 64)
			d.Tracks[1].States[1].Key = k
			d.Tracks[1].Transitions[0].To = k
		}, ""},
		"a limit by states alone": {func(d *definition) {
			d.Limits[0].Start, d.Limits[0].Stop, d.Limits[0].In, d.Limits[0].Each = nil, nil, []string{"in_hand"}, ""
		}, ""},
		"an event at many places": {func(d *definition) {
			extra(d, lifecycle.Transition{Event: "submit", From: []string{"closed"}, To: "closed", Roles: roles})
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := sound()
			c.spoil(&d)
			problems := lifecycle.Lint(d, lifecycle.Guards("answered"))
			require.Equal(t, c.want, found(problems))
			m, err := lifecycle.Compile(d, lifecycle.Guards("answered"))
			if c.want == "" {
				require.NoError(t, err)
				require.NotNil(t, m)
				return
			}
			require.Nil(t, m)
			require.ErrorIs(t, err, lifecycle.ErrDefinition)
			var refused *lifecycle.DefinitionError
			require.ErrorAs(t, err, &refused)
			require.Equal(t, problems, refused.Problems)
			require.Equal(t, d.Name, refused.Name)
			for _, p := range problems {
				tested[p.Code] = true
				require.NotEmpty(t, p.Text)
				require.NotEmpty(t, p.ZH)
				require.NotContains(t, p.Text+p.ZH, "%!")
				require.Contains(t, err.Error(), p.String())
			}
		})
	}
	for _, code := range everyCode {
		require.True(t, tested[code], "no case for %s", code)
	}
}

func TestCompileListsAllProblemsInTheOrderOfTheDefinition(t *testing.T) {
	d := lifecycle.Definition{
		Stages:  []lifecycle.Stage{{Key: "s"}, {Key: "s"}},
		Initial: "a",
		States:  []lifecycle.State{{Key: "a", Stage: "x"}, {Key: "b"}, {Key: "B", Final: true}, {Key: "a"}},
		Transitions: []lifecycle.Transition{
			{Event: "go", From: []string{"a"}, To: "c", Guards: []string{"g"}},
			{Event: "go", From: []string{"a"}, To: "a", Roles: []string{""}, Auto: true},
		},
		Tracks: []lifecycle.Track{
			{Key: "T", Over: []string{"y"}, States: []lifecycle.State{{Key: "t", Stage: "z"}}, Transitions: []lifecycle.Transition{{Event: "go", From: []string{"t"}, To: "t", Roles: []string{"r"}, While: []string{"t"}}}},
		},
		Limits: []lifecycle.Limit{{Key: "l", Start: []string{"x"}, Overdue: []lifecycle.Reaction{{Do: "x"}}}},
	}
	require.Equal(t, strings.TrimSpace(`
name unsafe_name
version unsafe_name
stages[1].key duplicate_key
states[0].stage unknown_stage
states[1] unreachable
states[1] dead_end
states[2].key unsafe_name
states[2] unreachable
states[3].key duplicate_key
transitions[0].to unknown_state
transitions[0].roles no_role
transitions[0].guards[0] missing_guard
transitions[1].from[0] two_targets
transitions[1].roles[0] unsafe_name
transitions[1].auto bad_auto
transitions[1].auto bad_auto
tracks[0].key unsafe_name
tracks[0].over[0] unknown_stage
tracks[0].initial no_initial
tracks[0].states[0].stage unknown_stage
tracks[0].states[0] dead_end
tracks[0].transitions[0].event duplicate_key
tracks[0].transitions[0].while[0] unknown_state
limits[0] bad_limit
limits[0].start[0] unknown_event
limits[0].length bad_limit
limits[0].overdue[0].do bad_limit`), found(lifecycle.Lint(d)))
	require.Equal(t, lifecycle.Lint(d), lifecycle.Lint(d, nil), "an option that is nil says nothing")
}

func TestTolerateLetsPassWhatLeavesATable(t *testing.T) {
	spoil := map[lifecycle.Code]func(*lifecycle.Definition){
		lifecycle.NoInitial:    func(d *lifecycle.Definition) { d.Initial = "x" },
		lifecycle.UnknownState: func(d *lifecycle.Definition) { d.Transitions[1].From[1] = "x" },
		lifecycle.UnknownStage: func(d *lifecycle.Definition) { d.States[0].Stage = "x" },
		lifecycle.UnknownEvent: func(d *lifecycle.Definition) { d.Limits[0].Stop[0] = "x" },
		lifecycle.Unreachable:  func(d *lifecycle.Definition) { d.States = append(d.States, lifecycle.State{Key: "lost", Final: true}) },
		lifecycle.DeadEnd: func(d *lifecycle.Definition) {
			d.States[2].Final, d.Transitions[1].From = false, []string{"in_hand"}
		},
		lifecycle.DuplicateKey: func(d *lifecycle.Definition) { d.States = append(d.States, d.States[0]) },
		lifecycle.TwoTargets: func(d *lifecycle.Definition) {
			d.Transitions = append(d.Transitions, lifecycle.Transition{Event: "submit", From: []string{"draft"}, To: "closed", Roles: []string{"r"}})
		},
		lifecycle.MissingGuard: func(d *lifecycle.Definition) { d.Transitions[0].Guards = []string{"other"} },
		lifecycle.NoRole:       func(d *lifecycle.Definition) { d.Transitions[0].Roles = nil },
		lifecycle.BadAuto:      func(d *lifecycle.Definition) { d.Transitions[2].Guards = nil },
		lifecycle.BadLimit:     func(d *lifecycle.Definition) { d.Limits[0].Length = "" },
		lifecycle.BadLength:    func(d *lifecycle.Definition) { d.Limits[1].Length = "3 monhts" },
		lifecycle.BadLike:      func(d *lifecycle.Definition) { d.States[1].Like = "in_hand" },
		lifecycle.UnsafeName:   func(d *lifecycle.Definition) { d.Name = "A" },
	}
	for _, code := range everyCode {
		t.Run(string(code), func(t *testing.T) {
			d := sound()
			spoil[code](&d)
			guards := lifecycle.Guards("answered")
			require.Contains(t, found(lifecycle.Lint(d, guards)), string(code))
			var others []lifecycle.Code
			for _, c := range everyCode {
				if c != code {
					others = append(others, c)
				}
			}
			require.Contains(t, found(lifecycle.Lint(d, guards, lifecycle.Tolerate(others...))), string(code), "another code's tolerance")
			_, err := lifecycle.Compile(d, guards, lifecycle.Tolerate(code))
			require.Equal(t, intolerable[code], errors.Is(err, lifecycle.ErrDefinition), "%v", err)
		})
	}
	empty := sound()
	empty.Tracks[1].Key, empty.Limits = "", nil
	require.Equal(t, "tracks[1].key unsafe_name", found(lifecycle.Lint(empty, lifecycle.Guards("answered"), lifecycle.Tolerate(everyCode...))), "an empty key is never tolerated")
}

func TestGuardsAddUp(t *testing.T) {
	d := sound()
	d.Transitions[0].Guards = []string{"one", "two:x"}
	require.Equal(t, "transitions[0].guards[0] missing_guard\ntransitions[0].guards[1] missing_guard\ntransitions[2].guards[0] missing_guard\nlimits[1].lengths[0].if[0] missing_guard", found(lifecycle.Lint(d)))
	require.Empty(t, lifecycle.Lint(d, lifecycle.Guards("one", "answered"), lifecycle.Guards("two")))
}

// Every word that does not exist is told with the nearest that does, in both
// languages.
func TestTheNearestRightNameIsTold(t *testing.T) {
	d := lifecycle.Definition{
		Name: "near", Version: 1, Initial: "drft", Stages: []lifecycle.Stage{{Key: "review"}},
		States: []lifecycle.State{
			{Key: "draft", Stage: "reviw"},
			{Key: "filed", Stage: "review", Like: "drafft"},
		},
		Transitions: []lifecycle.Transition{
			{Event: "file", From: []string{"daft"}, To: "fild", Roles: []string{"committee"}, Guards: []string{"analyzed"}},
		},
		Limits: []lifecycle.Limit{{Key: "reply", Length: "3 months", In: []string{"filled"}, Stop: []string{"fille"}}},
		Sight:  []lifecycle.Sight{{Who: []string{"committee"}, Sees: []string{"all"}, While: []string{"fi1ed"}}},
	}
	near := map[string]string{}
	for _, p := range lifecycle.Lint(d, lifecycle.Guards("analysed")) {
		if _, meant, told := strings.Cut(p.Text, "did you mean "); told {
			near[p.Where] = meant
			require.Contains(t, p.ZH, "是否应为"+strings.TrimSuffix(meant, "?"), p.Where)
		}
	}
	require.Equal(t, map[string]string{
		"initial": `"draft"?`, "states[0].stage": `"review"?`, "states[1].like": `"draft"?`, "transitions[0].from[0]": `"draft"?`,
		"transitions[0].to": `"filed"?`, "transitions[0].guards[0]": `"analysed"?`, "limits[0].in[0]": `"filed"?`, "limits[0].stop[0]": `"file"?`,
		"sight[0].while[0]": `"filed"?`,
	}, near)
}
