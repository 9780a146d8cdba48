package proposal_test

import (
	"context"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// section returns a section of the package's documentation.
func section(t *testing.T, name string) string {
	t.Helper()
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	_, text, found := strings.Cut(string(doc), "// # "+name+"\n")
	require.True(t, found, name)
	text, _, _ = strings.Cut(text, "// # ")
	return text
}

// listed returns the words that the indented lines of a section begin with, up to
// the first gap of several spaces.
func listed(t *testing.T, name string) []string {
	t.Helper()
	var words []string
	for line := range strings.Lines(section(t, name)) {
		if line, is := strings.CutPrefix(strings.TrimSpace(line), "//\t"); is {
			line, _, _ = strings.Cut(line, "  ")
			words = append(words, strings.Fields(line)...)
		}
	}
	return words
}

func TestEveryRoleOfTheShippedLifecyclesIsDocumented(t *testing.T) {
	roles := map[string]bool{workflow.Administrator: true}
	for _, d := range []lifecycle.Definition{proposal.Nine(), proposal.Seven()} {
		named := slices.Clone(d.Open)
		lines := [][]lifecycle.Transition{d.Transitions}
		for _, track := range d.Tracks {
			lines = append(lines, track.Transitions)
		}
		for _, line := range lines {
			for _, transition := range line {
				named = append(named, transition.Roles...)
			}
		}
		for _, limit := range d.Limits {
			named = append(named, limit.Extend...)
		}
		for _, role := range named {
			roles[role] = true
		}
	}
	delete(roles, lifecycle.System)
	for _, relation := range proposal.Relations() {
		delete(roles, relation.Name)
	}
	require.ElementsMatch(t, slices.Collect(maps.Keys(roles)), listed(t, "Who acts"))
}

func TestEveryActionIsDocumentedByItsStage(t *testing.T) {
	doc := section(t, "The actions, by stage")
	shared := map[reflect.Type]string{ // whose type has another name in its own package
		reflect.TypeFor[proposal.AskErasure](): "AskErasure", reflect.TypeFor[proposal.Erase](): "Erase", reflect.TypeFor[proposal.RefuseErasure](): "RefuseErasure",
	}
	for _, e := range every {
		name := reflect.TypeOf(e.do).Name()
		if alias, ok := shared[reflect.TypeOf(e.do)]; ok {
			name = alias
		}
		require.Equal(t, 1, strings.Count(doc, "["+name+"]"), "%T", e.do)
	}
}

func TestEveryAttributeIsDocumented(t *testing.T) {
	found := map[string]bool{"undated": true} // of a clock that waits, which none here does
	note := func(_ string, h *house, id string) {
		r, _, err := h.store.Load(context.Background(), proposal.Kind, id)
		require.NoError(t, err)
		for _, a := range r.Index {
			name, _, _ := strings.Cut(a.Name, ".")
			found[name] = true
		}
	}
	writeCorpus(t, note)
	h := newHouse(t)
	p, err := h.Open(context.Background(), member, proposal.Draft{Title: "小店", Year: 2024})
	require.NoError(t, err)
	note("", h, p.ID)
	require.ElementsMatch(t, slices.Collect(maps.Keys(found)), listed(t, "Finding"))
}

func TestEveryStateOfAPartIsDocumented(t *testing.T) {
	source, err := os.ReadFile("assign.go")
	require.NoError(t, err)
	_, doc, found := strings.Cut(string(source), "// PartState returns")
	require.True(t, found)
	doc, _, _ = strings.Cut(doc, "func ")
	words := strings.FieldsFunc(doc, func(r rune) bool { return r < 'a' || r > 'z' })
	for _, d := range []lifecycle.Definition{proposal.Nine(), proposal.Seven()} {
		track := d.Tracks[slices.IndexFunc(d.Tracks, func(t lifecycle.Track) bool { return t.Key == "part" })]
		for _, state := range track.States {
			require.Contains(t, words, state.Key, d.Name)
		}
	}
}
