package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/lifecycle"
)

// small is a definition in the least form: states without stages of their own,
// a guard of nobody's, a track.
const small = `{"name":"small","version":1,"initial":"draft",
 "states":[{"key":"draft","stage":"cultivation","label":{"zh":"草稿","en":"draft"},"final":false},{"key":"open"},{"key":"done","final":true}],
 "transitions":[
  {"event":"submit","from":["draft"],"to":"open","roles":["proposer"],"guards":["enough_snow"]},
  {"event":"finish","from":["open"],"to":"done","roles":["office","system"]}],
 "tracks":[{"key":"watch","initial":"off","states":[{"key":"off","final":true},{"key":"on"}],"transitions":[
  {"event":"look","from":["off"],"to":"on","roles":["office"],"while":["open"]},
  {"event":"rest","from":["on"],"to":"off","roles":["office"]}]}]}`

func TestLintListsEveryProblemAtOnce(t *testing.T) {
	got := tian(t, small, "lifecycle", "lint", "--in", "-", "--json")
	require.Equal(t, exitBroken, got.code, got.err)
	require.JSONEq(t, `{"problems":[{"code":"missing_guard","where":"transitions[0].guards[0]","text":"no code stands behind the guard \"enough_snow\"","zh":"条件\"enough_snow\"没有程序支持"}]}`, got.out)
	require.JSONEq(t, `{"problems":[]}`, tian(t, small, "lifecycle", "lint", "--in", "-", "--guard", "enough_snow", "--json").out)
	nine, err := json.Marshal(proposal.Nine())
	require.NoError(t, err)
	require.JSONEq(t, `{"problems":[]}`, tian(t, string(nine), "lifecycle", "lint", "--in", "-", "--json").out)

	bad := strings.NewReplacer(`"to":"done"`, `"to":"gone"`, `"roles":["proposer"]`, `"roles":[]`).Replace(small)
	codes := make(map[string]bool)
	for _, p := range answers[linted](t, bad, "lifecycle", "lint", "--in", "-").Problems {
		codes[string(p.Code)] = true
		require.NotEmpty(t, p.Where)
		require.NotEmpty(t, p.Text)
	}
	require.Subset(t, slices.Collect(maps.Keys(codes)), []string{"unknown_state", "no_role", "missing_guard", "unreachable"})
	require.Contains(t, tian(t, bad, "lifecycle", "lint", "--in", "-").out, "transitions[1].to")
}

func TestAnArrayGivesAnArrayWithFailuresInTheirPlace(t *testing.T) {
	input := "[" + small + ",\n {\"nam\":\"x\"},\n 3, " + small + "]"
	for _, c := range []struct {
		args []string
		in   string
		code string
	}{
		{[]string{"lifecycle", "lint"}, input, "malformed"},
		{[]string{"lifecycle", "draw"}, input, "malformed"},
		{[]string{"lifecycle", "walk"}, strings.ReplaceAll(input, small, `{"definition":`+small+`,"walks":[]}`), "malformed"},
		{[]string{"due"}, `[{"start":"2024-04-26","limit":{"n":10,"unit":"workday"}},` + "\n" + `{"start":"2031-04-26","limit":{"n":10,"unit":"workday"}},7,` +
			`{"start":"2024-01-31","limit":{"n":1,"unit":"month"}}]`, "unknown_year"},
		{[]string{"measure"}, `[{"method":"wilson","x":8,"n":10,"z":1.96},` + "\n" + `{"method":"guess"},7,{"method":"rank","values":[3,1],"ties":"min"}]`, "unknown"},
	} {
		got := answers[[]json.RawMessage](t, c.in, append(c.args, "--in", "-")...)
		require.Len(t, got, 4, c.args)
		var f failure
		require.NoError(t, json.Unmarshal(got[1], &f))
		require.Equal(t, c.code, f.Error.Code, c.args)
		require.Contains(t, f.Error.Message, "element 1, which begins on line")
		require.NoError(t, json.Unmarshal(got[2], &f))
		require.NotEmpty(t, f.Error.Code)
		require.NotContains(t, string(got[0])+string(got[3]), `"error"`)
	}
	lines := answers[[]failure](t, "\n[\n\n1,\n\n {\"a\":\n1}, \n2]", "lifecycle", "lint", "--in", "-")
	for i, line := range []string{"4", "6", "8"} {
		require.Contains(t, lines[i].Error.Message, "which begins on line "+line+":")
	}
	require.JSONEq(t, `[]`, tian(t, " [ ] ", "lifecycle", "lint", "--in", "-", "--json").out)
}

func TestASingleInputThatIsBadIsUnusable(t *testing.T) {
	refuses(t, `standard input: lifecycle: definition, line 2, nam: unknown field`, "{\n\"nam\":1}", "lifecycle", "lint", "--in", "-")
	refuses(t, "line 1: the input is empty", " \n ", "lifecycle", "lint", "--in", "-")
	refuses(t, "line 2: unexpected end of JSON input", "[\n", "lifecycle", "lint", "--in", "-")
	refuses(t, "line 1: invalid character '{' after top-level value", "[] {}", "lifecycle", "lint", "--in", "-")
	refuses(t, "line 3:", "[\n{},\n}]", "lifecycle", "draw", "--in", "-")
	refuses(t, "definition: missing", "{}", "lifecycle", "walk", "--in", "-")
	refuses(t, `line 1: json: unknown field "walk"`, `{"walk":[]}`, "lifecycle", "walk", "--in", "-")
	refuses(t, "unknown_state", strings.Replace(`{"definition":`+small+`}`, `"to":"done"`, `"to":"gone"`, 1), "lifecycle", "walk", "--in", "-")
	refuses(t, "no notice for 2031", `{"start":"2031-04-26","limit":{"n":10,"unit":"workday"}}`, "due", "--in", "-")
	refuses(t, "guess", `{"method":"guess"}`, "measure", "--in", "-")
}

func TestWalkPrintsTheStatesAndWhatWasRefused(t *testing.T) {
	walks := func(list string) string { return `{"definition":` + small + `,"walks":[` + list + `]}` }
	for name, c := range map[string]struct{ walk, want string }{
		"to the end, guards passing": {`{"roles":["proposer","office"],"events":["submit","finish"]}`,
			`{"states":["draft","open","done"],"refused":null}`},
		"nothing at all": {`{"roles":[],"events":[]}`, `{"states":["draft"],"refused":null}`},
		"a track beside the main line": {`{"roles":["proposer","office"],"events":["submit","look","finish","rest"]}`,
			`{"states":["draft","open","open","done","done"],"refused":null}`},
	} {
		t.Run(name, func(t *testing.T) {
			require.JSONEq(t, "["+c.want+"]", tian(t, walks(c.walk), "lifecycle", "walk", "--in", "-", "--json").out)
		})
	}
	for name, c := range map[string]struct {
		walk   string
		at     int
		states []string
		code   string
	}{
		"the wrong role":                 {`{"roles":["member"],"events":["submit"]}`, 0, []string{"draft"}, lifecycle.BlockNoRole},
		"the wrong state":                {`{"roles":["proposer"],"events":["submit","submit"]}`, 1, []string{"draft", "open"}, lifecycle.BlockWrongState},
		"an unknown event":               {`{"roles":["proposer"],"events":["submit","fly"]}`, 1, []string{"draft", "open"}, lifecycle.BlockUnknownEvent},
		"a track at the wrong time":      {`{"roles":["office"],"events":["look"]}`, 0, []string{"draft"}, lifecycle.BlockWrongState},
		"a track from its initial state": {`{"roles":["office"],"events":["rest"]}`, 0, []string{"draft"}, lifecycle.BlockWrongState},
	} {
		t.Run(name, func(t *testing.T) {
			got := answers[[]walked](t, walks(c.walk), "lifecycle", "walk", "--in", "-")
			require.Len(t, got, 1)
			require.Equal(t, c.states, got[0].States)
			require.Equal(t, c.at, got[0].Refused.At)
			require.Equal(t, c.code, got[0].Refused.Blockers[0].Code)
			require.NotEmpty(t, got[0].Refused.Blockers[0].ZH)
			require.NotEmpty(t, got[0].Refused.Blockers[0].EN)
		})
	}
	mixed := tian(t, walks(`{"roles":["proposer"],"events":["submit"]},{"events":7},{"roles":["member"],"events":["submit"]}`), "lifecycle", "walk", "--in", "-")
	require.NotContains(t, mixed.out+mixed.err, "Go ", "people are not told of the types of a language")
	require.Equal(t, exitAnswered, mixed.code, mixed.err)
	golden(t, "walk.txt", mixed.out)
}

// The nine stages can be walked to the end, automatic transitions by name.
func TestTheNineStagesAreWalkedWithTheSystemsEventsByName(t *testing.T) {
	nine, err := json.Marshal(proposal.Nine())
	require.NoError(t, err)
	got := answers[[]walked](t, `{"definition":`+string(nine)+`,"walks":[
		{"roles":["proposer","committee","office","unit","system"],"events":["submit","receive","file","assign","accept","handle","reply","issue_reply","answer","give_opinion","hear","close"]},
		{"roles":["office"],"events":["handle"]}]}`, "lifecycle", "walk", "--in", "-")
	require.Nil(t, got[0].Refused)
	require.Equal(t, "closed", got[0].States[len(got[0].States)-1])
	require.Equal(t, 0, got[1].Refused.At)
}

func TestDrawPrintsWhatTheLibraryDraws(t *testing.T) {
	require.Equal(t, lifecycle.Mermaid(proposal.Nine(), "zh"), tian(t, "", "lifecycle", "draw", "--lang", "zh").out)
	require.Equal(t, lifecycle.Mermaid(ledger.Definition(), "en"), tian(t, "", "lifecycle", "draw", "--name", "ledger", "--lang", "en").out)
	require.Equal(t, lifecycle.DOT(proposal.Seven(), "zh"), tian(t, "", "lifecycle", "draw", "--name", "seven", "--format", "dot", "--lang", "zh").out)
	golden(t, "draw.mmd", tian(t, small, "lifecycle", "draw", "--in", "-", "--lang", "zh").out)
	d := answers[drawing](t, small, "lifecycle", "draw", "--in", "-", "--format", "dot")
	require.Equal(t, "dot", d.Format)
	require.True(t, strings.HasPrefix(d.Drawing, "digraph"))
}
