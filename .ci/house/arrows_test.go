package house_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A room is a folder, with all below it that is not a room of its own. What its
// packages import beyond the standard library is here; tests may import more.
// An arrow that is missing is missing on purpose: draw it in doc.go first.
type room struct {
	folder  string   // below the module's path; "" is the root
	rooms   []string // whose packages may be imported, beside its own
	outside []string // modules that may be imported; nil: none; anyModule: testdata/dependencies says which
}

const anyModule = "*"

var house = []room{
	{folder: ""},
	{folder: "proposal/internal"},
	{folder: "proposal/lifecycle", rooms: []string{"proposal/calendar", "proposal/internal"}, outside: []string{"github.com/looplab/fsm"}},
	{folder: "proposal/calendar"},
	{folder: "proposal/text"},
	{folder: "proposal/heads", rooms: []string{"proposal/store"}},
	{folder: "proposal/heads/gm", rooms: []string{"proposal/heads", "proposal/store"}, outside: []string{anyModule}},
	{folder: "proposal/store", outside: []string{"github.com/google/uuid"}},
	{folder: "proposal/store/sqlite", rooms: []string{"proposal/store"}, outside: []string{anyModule}},
	{folder: "proposal/store/postgres", rooms: []string{"proposal/store"}, outside: []string{anyModule}},
	{folder: "proposal/store/mysql", rooms: []string{"proposal/store"}, outside: []string{anyModule}},
	{
		folder:  "proposal/workflow",
		rooms:   []string{"proposal/lifecycle", "proposal/calendar", "proposal/store", "proposal/internal"},
		outside: []string{"github.com/google/uuid"},
	},
	{folder: "proposal/erasure", rooms: []string{"proposal/workflow", "proposal/lifecycle", "proposal/text"}},
	{
		folder: "proposal",
		rooms:  []string{"proposal/erasure", "proposal/workflow", "proposal/lifecycle", "proposal/calendar", "proposal/store", "proposal/text", "evaluate", "evaluate/points", "evaluate/rates"},
	},
	{
		folder:  "proposal/store/campaign",
		rooms:   []string{"proposal/store", "proposal/store/sqlite", "proposal/store/postgres", "proposal/store/mysql"},
		outside: []string{anyModule},
	},
	{folder: "proposal/profiles", rooms: []string{"proposal", "proposal/workflow", "proposal/lifecycle", "proposal/calendar", "proposal/store", "proposal/text", "proposal/internal", "evaluate/points", "evaluate/rates"}},
	{folder: "proposal/honours", rooms: []string{"evaluate/points", "evaluate/ranking"}},
	{
		folder: "proposal/statistics",
		rooms:  []string{"proposal", "proposal/workflow", "proposal/lifecycle", "proposal/calendar", "proposal/store", "proposal/text", "evaluate/rates"},
	},
	{
		folder: "proposal/report",
		rooms: []string{
			"proposal/statistics", "proposal/ledger/sheet", "proposal", "proposal/workflow", "proposal/lifecycle", "proposal/calendar", "proposal/store", "proposal/text",
			"evaluate/rates", "evaluate/points",
		},
		outside: []string{anyModule},
	},
	{
		folder:  "proposal/ledger",
		rooms:   []string{"proposal/ledger/sheet", "proposal", "proposal/workflow", "proposal/lifecycle", "proposal/store", "proposal/text"},
		outside: []string{anyModule},
	},
	{folder: "proposal/ledger/sheet", rooms: []string{"proposal/workflow", "proposal/text"}, outside: []string{anyModule}},
	{folder: "consult/internal", rooms: []string{"proposal/workflow", "proposal/calendar", "proposal/store", "proposal/text"}},
	{folder: "consult/printed", rooms: []string{"consult/internal", "proposal/workflow", "proposal/lifecycle"}},
	{folder: "consult/rules", rooms: []string{"consult/internal", "proposal/workflow", "proposal/lifecycle"}},
	{
		folder: "consult/checklist",
		rooms:  []string{"consult/survey", "consult/rules", "consult/internal", "proposal/workflow", "proposal/calendar", "evaluate/rates"},
	},
	{folder: "consult/minutes", rooms: []string{"consult/internal", "proposal/workflow", "proposal/calendar"}},
	{
		folder: "consult/outcome",
		rooms:  []string{"consult/rules", "consult/internal", "proposal/workflow", "proposal/lifecycle", "proposal/calendar"},
	},
	{
		folder: "consult/survey",
		rooms: []string{
			"consult/rules", "consult/internal", "proposal/workflow", "proposal/lifecycle", "proposal/calendar", "evaluate/points", "evaluate/rates",
		},
	},
	{
		folder: "consult/platform",
		rooms:  []string{"consult/rules", "consult/printed", "consult/internal", "proposal/erasure", "proposal/workflow", "proposal/lifecycle", "proposal/calendar", "proposal/store"},
	},
	{
		folder: "consult/plan",
		rooms:  []string{"consult/rules", "consult/printed", "consult/internal", "proposal/erasure", "proposal/workflow", "proposal/lifecycle", "proposal/calendar", "proposal/store"},
	},
	{
		folder: "consult/topic",
		rooms:  []string{"consult/rules", "consult/internal", "proposal/erasure", "proposal/workflow", "proposal/lifecycle", "proposal/calendar", "proposal/store"},
	},
	{
		folder: "consult/activity",
		rooms: []string{
			"consult/checklist", "consult/minutes", "consult/outcome", "consult/survey", "consult/rules", "consult/printed", "consult/internal",
			"proposal/erasure", "proposal/workflow", "proposal/lifecycle", "proposal/calendar", "proposal/store", "proposal/text", "evaluate/points", "evaluate/rates",
		},
	},
	{
		folder: "consult",
		rooms: []string{
			"consult/activity", "consult/topic", "consult/plan", "consult/platform", "consult/checklist", "consult/minutes", "consult/outcome", "consult/survey", "consult/rules", "consult/printed", "consult/internal",
			"proposal/workflow", "proposal/lifecycle", "proposal/calendar", "proposal/store", "evaluate", "evaluate/points", "evaluate/rates",
		},
	},
	{
		folder: "consult/ledger",
		rooms: []string{
			"consult", "consult/activity", "consult/checklist", "consult/rules", "consult/printed", "proposal/ledger/sheet",
			"proposal/workflow", "proposal/lifecycle", "proposal/calendar", "proposal/store", "proposal/text",
		},
		outside: []string{anyModule},
	},
	{folder: "evaluate/internal/quote"},
	{folder: "evaluate/internal/strict", rooms: []string{"evaluate/points", "evaluate/internal/quote"}},
	{folder: "evaluate/points", rooms: []string{"evaluate/internal/quote"}},
	{folder: "evaluate/rates", rooms: []string{"evaluate/points", "evaluate/internal/quote", "evaluate/internal/strict"}},
	{folder: "evaluate/ranking", rooms: []string{"evaluate/points", "evaluate/internal/quote"}},
	{folder: "evaluate/agreement", rooms: []string{"evaluate/points"}},
	{folder: "evaluate/problem", rooms: []string{"evaluate/points"}},
	{folder: "evaluate/rubric", rooms: []string{"evaluate/points", "evaluate/problem", "evaluate/internal/strict"}},
	{
		folder: "evaluate",
		rooms: []string{
			"evaluate/points", "evaluate/rates", "evaluate/ranking", "evaluate/problem", "evaluate/rubric",
			"evaluate/internal/quote", "evaluate/internal/strict",
		},
	},
	{
		folder: "evaluate/appraisal",
		rooms: []string{
			"evaluate", "evaluate/points", "evaluate/agreement", "evaluate/rubric",
			"proposal/erasure", "proposal/workflow", "proposal/lifecycle", "proposal/calendar", "proposal/store", "proposal/text",
		},
	},
	{
		folder: "examples",
		rooms: []string{
			"proposal", "consult", "consult/activity", "consult/topic", "consult/plan", "consult/platform", "consult/checklist", "consult/minutes", "consult/outcome", "consult/survey", "consult/rules", "consult/printed",
			"evaluate", "evaluate/points", "evaluate/rates", "evaluate/ranking", "evaluate/agreement", "evaluate/problem", "evaluate/rubric", "evaluate/appraisal",
			"proposal/ledger", "proposal/ledger/sheet", "proposal/profiles", "proposal/report", "proposal/statistics", "proposal/workflow", "proposal/lifecycle", "proposal/calendar",
			"proposal/store", "proposal/text", "proposal/heads", "proposal/store/sqlite", "proposal/store/postgres", "proposal/store/mysql",
		},
		outside: []string{anyModule},
	},
	{folder: "ci", outside: []string{anyModule}},
}

// roomOf returns the room that a package of ours is in: the one with the
// longest folder.
func roomOf(importPath string) room {
	best := house[0]
	for _, r := range house {
		if within(importPath, path.Join(modulePath, r.folder)) && len(r.folder) > len(best.folder) {
			best = r
		}
	}
	return best
}

func within(importPath, folder string) bool {
	return importPath == folder || strings.HasPrefix(importPath, folder+"/")
}

func TestImportsRunOneWay(t *testing.T) {
	t.Parallel()
	for _, m := range modules(t) {
		listed := list(t, m, "-deps", "./...")
		for _, p := range listed {
			if !within(p.ImportPath, modulePath) {
				continue
			}
			from := roomOf(p.ImportPath)
			require.False(t, from.folder == "" && p.ImportPath != modulePath,
				"%s is in no room: give its folder one in .ci/house/arrows_test.go and in doc.go", p.ImportPath)
			for _, imported := range p.Imports {
				to, known := listed[imported]
				if !known || to.Standard {
					continue
				}
				if !within(imported, modulePath) {
					require.True(t, slices.Contains(from.outside, to.Module.Path) || slices.Contains(from.outside, anyModule),
						"%s imports %s of module %s, which its room does not", p.ImportPath, imported, to.Module.Path)
					continue
				}
				room := roomOf(imported)
				require.True(t, room.folder == from.folder || slices.Contains(from.rooms, room.folder),
					"%s imports %s, and there is no arrow from %q to %q", p.ImportPath, imported, from.folder, room.folder)
			}
		}
	}
}

// What the arrows come to for those who take one room only: all packages that
// are built with it, however far down.
func TestRoomsCanBeTakenOneByOne(t *testing.T) {
	t.Parallel()
	const fsm, uuid = "github.com/looplab/fsm", "github.com/google/uuid"
	exact := []string{"evaluate/points", "evaluate/internal/quote", "evaluate/internal/strict"}
	scoring := append([]string{"evaluate", "evaluate/rates", "evaluate/ranking", "evaluate/problem", "evaluate/rubric"}, exact...)
	for _, c := range []struct {
		folder  string
		only    []string // packages, where not all below the folder are meant
		rooms   []string
		outside []string
	}{
		{folder: "evaluate/points", rooms: []string{"evaluate/points", "evaluate/internal/quote"}},
		{folder: "evaluate/rates", rooms: append([]string{"evaluate/rates"}, exact...)},
		{folder: "evaluate/ranking", rooms: []string{"evaluate/ranking", "evaluate/points", "evaluate/internal/quote"}},
		{folder: "evaluate/agreement", rooms: []string{"evaluate/agreement", "evaluate/points", "evaluate/internal/quote"}},
		{folder: "evaluate", only: []string{"./evaluate", "./evaluate/sheets"}, rooms: scoring},
		{
			folder: "evaluate/appraisal",
			rooms: append([]string{
				"evaluate/appraisal", "evaluate/agreement", "proposal/erasure", "proposal/workflow", "proposal/lifecycle", "proposal/calendar",
				"proposal/store", "proposal/text", "proposal/internal",
			}, scoring...),
			outside: []string{fsm, uuid},
		},
		{folder: "proposal/calendar", rooms: []string{"proposal/calendar"}},
		{folder: "proposal/text", rooms: []string{"proposal/text"}},
		{folder: "proposal/lifecycle", rooms: []string{"proposal/lifecycle", "proposal/calendar", "proposal/internal"}, outside: []string{fsm}},
		{folder: "proposal/store", rooms: []string{"proposal/store"}, outside: []string{uuid}},
		{
			folder:  "proposal/workflow",
			rooms:   []string{"proposal/workflow", "proposal/lifecycle", "proposal/calendar", "proposal/store", "proposal/text", "proposal/internal"},
			outside: []string{fsm, uuid},
		},
		{
			folder:  "proposal",
			rooms:   append([]string{"proposal", "proposal/erasure", "proposal/honours", "proposal/heads", "proposal/profiles", "proposal/statistics", "proposal/workflow", "proposal/lifecycle", "proposal/calendar", "proposal/store", "proposal/text", "proposal/internal"}, scoring...),
			outside: []string{fsm, uuid},
		},
		{
			folder: "consult",
			rooms: append([]string{
				"consult", "consult/activity", "consult/topic", "consult/plan", "consult/platform", "consult/checklist", "consult/minutes", "consult/outcome", "consult/survey", "consult/rules", "consult/printed", "consult/internal",
				"proposal/erasure", "proposal/workflow", "proposal/lifecycle", "proposal/calendar", "proposal/store", "proposal/text", "proposal/internal",
			}, scoring...),
			outside: []string{fsm, uuid},
		},
	} {
		t.Run(c.folder, func(t *testing.T) {
			t.Parallel()
			packages := c.only
			if packages == nil {
				packages = []string{"./" + c.folder + "/..."}
			}
			for _, p := range list(t, ".", append([]string{"-deps"}, packages...)...) {
				switch {
				case p.Standard:
				case within(p.ImportPath, modulePath):
					require.Contains(t, c.rooms, roomOf(p.ImportPath).folder, "%s is built with %s", p.ImportPath, c.folder)
				default:
					require.Contains(t, c.outside, p.Module.Path, "%s is built with %s", p.ImportPath, c.folder)
				}
			}
		})
	}
}

func TestOnlyLifecycleImportsLooplab(t *testing.T) {
	t.Parallel()
	found := false
	for _, m := range modules(t) {
		for _, p := range list(t, m, "./...") {
			if !slices.Contains(p.Imports, "github.com/looplab/fsm") {
				continue
			}
			require.Equal(t, modulePath+"/proposal/lifecycle", p.ImportPath)
			found = true
		}
	}
	require.True(t, found, "nobody imports looplab/fsm, not even lifecycle")
}

func TestTestifyIsImportedByTestsOnly(t *testing.T) {
	t.Parallel()
	for _, m := range modules(t) {
		for _, p := range list(t, m, "-deps", "./...") {
			require.False(t, within(p.ImportPath, "github.com/stretchr/testify"),
				"packages of module %s that are no tests are built with %s", m, p.ImportPath)
		}
	}
}

// The two vocabularies know each other by ID, in tests too.
func TestProposalAndConsultDoNotKnowEachOther(t *testing.T) {
	t.Parallel()
	for _, p := range list(t, ".", "./...") {
		from := roomOf(p.ImportPath).folder
		for _, imported := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			if !within(imported, modulePath) {
				continue
			}
			to := roomOf(imported).folder
			consult := func(folder string) bool { return folder == "consult" || strings.HasPrefix(folder, "consult/") }
			require.False(t, consult(from) && to == "proposal" || from == "proposal" && consult(to), "%s imports %s", p.ImportPath, imported)
		}
	}
}
