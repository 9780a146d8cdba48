package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/examples/play"
	"github.com/tian-go/tian/proposal/profiles"
)

var rewrite = flag.Bool("rewrite", false, "write the printed traces of the scenarios anew")

// Each scenario holds what it expects, and prints the trace that stands beside
// it, which somebody who knows the field has read.
func TestScenariosHold(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/play/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			t.Parallel()
			for lang, ending := range map[string]string{"zh": ".zh.txt", "en": ".en.txt"} {
				var out, errs bytes.Buffer
				code := run(context.Background(), []string{"play", "--in", file, "--lang", lang}, nil, &out, &errs)
				require.Empty(t, errs.String())
				require.Zero(t, code)
				trace := strings.TrimSuffix(file, ".json") + ending
				if *rewrite {
					require.NoError(t, os.WriteFile(trace, out.Bytes(), 0o600))
				}
				want, err := os.ReadFile(trace) //nolint:gosec // the folder is ours
				require.NoError(t, err)
				require.Equal(t, string(want), out.String())
			}
		})
	}
}

// Each profile that the library has is walked by a scenario of its name.
func TestEveryProfileIsWalked(t *testing.T) {
	t.Parallel()
	for _, p := range profiles.All() {
		data, err := os.ReadFile("testdata/play/profile_" + p.Key + ".json")
		require.NoError(t, err)
		scenario, err := play.Decode(data)
		require.NoError(t, err)
		require.Equal(t, play.Use{"": p.Key}, scenario.Profile)
	}
}

func played(t *testing.T, scenario string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), []string{"play", "--in", "-", "--json"}, strings.NewReader(scenario), &o, &e)
	return code, o.String(), e.String()
}

func TestTheHelpOfPlayShowsAScenarioThatHolds(t *testing.T) {
	t.Parallel()
	code, _, errs := played(t, playExample)
	require.Empty(t, errs)
	require.Zero(t, code)
}

func TestAnUnmetExpectationNamesTheStep(t *testing.T) {
	t.Parallel()
	code, out, errs := played(t, `{"steps":[
		{"open":"p1","as":{"id":"m-1","roles":["member"]},"data":{"title":"x"},"expect":{"case":{"state":"draft"}}},
		{"show":"p1","expect":{"case":{"state":"filed"}}},
		{"show":"p2","expect":{"ok":false,"error":{"code":"not_found"}}}]}`)
	require.Equal(t, exitBroken, code)
	require.Equal(t, "tian: play: steps[1]: case.state is \"draft\", not \"filed\"\n", errs)
	require.Equal(t, 3, strings.Count(out, `"ok":`))
}

func TestScenariosThatCannotBePlayed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ scenario, where string }{
		"nothing":                {``, "line 1"},
		"no steps":               {`{}`, "steps: missing"},
		"a step of nothing":      {`{"steps":[{"at":"2024-01-01"}]}`, "steps[0]"},
		"two things at once":     {`{"steps":[{"show":"p","verify":"p"}]}`, "steps[0]"},
		"an unknown member":      {`{"steps":[{"show":"p","on_behalf":"x"}]}`, "on_behalf"},
		"a day that is none":     {`{"steps":[{"sweep":true,"at":"2024-02-30"}]}`, "steps[0].at"},
		"somebody unknown":       {`{"steps":[{"open":"p","as":"who"}]}`, "steps[0].as"},
		"an unknown calendar":    {`{"calendar":"mars","steps":[{"sweep":true}]}`, "calendar"},
		"an unknown kind of use": {`{"use":{"letter":"nine"},"steps":[{"sweep":true}]}`, "use"},
		"an unknown profile":     {`{"profile":"atlantis","steps":[{"sweep":true}]}`, "atlantis"},
		"a profile from nothing": {`{"profile":"x","profiles":{"x":{"from":"ten"}},"steps":[{"sweep":true}]}`, "ten"},
		"a profile with more":    {`{"profile":"x","profiles":{"x":{"form":"nine"}},"steps":[{"sweep":true}]}`, "form"},
		"an unknown definition":  {`{"use":{"proposal":"ten"},"steps":[{"sweep":true}]}`, "ten"},
		"a zone that is none":    {`{"bodies":[{"key":"a","zone":"Asia/Nowhere"}],"steps":[{"sweep":true}]}`, "bodies[0].zone"},
		"rules of nothing":       {`{"rules":{"letters":{}},"steps":[{"sweep":true}]}`, "letters"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, _, errs := played(t, c.scenario)
			require.Equal(t, exitUnusable, code)
			require.Contains(t, errs, c.where)
			require.Equal(t, 1, strings.Count(errs, "\n"))
		})
	}
}

// One bad scenario of several stands in its place as an error, and stops no other.
func TestScenariosInAnArray(t *testing.T) {
	t.Parallel()
	code, out, _ := played(t, `[{"steps":[]},{"steps":[{"sweep":true}]}]`)
	require.Zero(t, code)
	require.Contains(t, out, `"malformed"`)
	require.Contains(t, out, `"ok": true`)
}
