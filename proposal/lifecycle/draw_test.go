package lifecycle_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
)

var update = flag.Bool("update", false, "write the golden drawings anew; render them before committing")

func TestDrawingsAreTheGoldenOnes(t *testing.T) {
	d := sound()
	d.States[0].Label = lifecycle.Label{ZH: `草稿: "未交"; {#1}`, EN: `Draft <"a\b"> & more`}
	for _, lang := range []string{"zh", "en"} {
		for name, drawing := range map[string]string{"mmd": lifecycle.Mermaid(d, lang), "dot": lifecycle.DOT(d, lang)} {
			file := filepath.Join("testdata", "draw", "sound."+lang+"."+name)
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(drawing), 0o600))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, string(want), drawing, file)
		}
	}
}

// Every line of a drawing has one of these forms; a label that broke out of its
// place would make another.
const (
	mermaidLabel = `[^:;"{}<>\n]*?(?:#(?:\d+|[a-z]+);[^:;"{}<>\n]*?)*`
	mermaidName  = `[A-Za-z0-9_]+`
	dotLabel     = `"(?:[^"\\\n]|\\["\\])*"`
	dotName      = `[A-Za-z0-9_]+`
)

var (
	mermaidLine = regexp.MustCompile(`^ *(?:` + strings.Join([]string{
		`stateDiagram-v2`,
		`state "` + mermaidLabel + `" as ` + mermaidName + ` \{`,
		`\}`,
		mermaidName + ` : ` + mermaidLabel,
		`\[\*\] --> ` + mermaidName,
		mermaidName + ` --> \[\*\]`,
		mermaidName + ` --> ` + mermaidName + ` : ` + mermaidLabel,
	}, "|") + `)$`)
	dotLine = regexp.MustCompile(`^ *(?:` + strings.Join([]string{
		`digraph ` + dotLabel + ` \{`,
		`subgraph cluster_` + dotName + ` \{`,
		`rankdir=LR;`,
		`node \[shape=box, style=rounded\];`,
		`label=` + dotLabel + `;`,
		dotName + ` \[label=` + dotLabel + `(?:, peripheries=2)?\];`,
		dotName + ` \[shape=point\];`,
		dotName + ` -> ` + dotName + `(?: \[label=` + dotLabel + `\])?;`,
		`\}`,
	}, "|") + `)$`)
)

func requireMermaid(t *testing.T, drawing string) { t.Helper(); requireLines(t, mermaidLine, drawing) }
func requireDOT(t *testing.T, drawing string)     { t.Helper(); requireLines(t, dotLine, drawing) }

func requireLines(t *testing.T, form *regexp.Regexp, drawing string) {
	t.Helper()
	depth := 0
	for line := range strings.SplitSeq(strings.TrimSuffix(drawing, "\n"), "\n") {
		require.Regexp(t, form, line)
		if strings.HasSuffix(line, " {") {
			depth++
		}
		if strings.TrimSpace(line) == "}" {
			depth--
		}
		require.GreaterOrEqual(t, depth, 0, drawing)
	}
	require.Zero(t, depth, drawing)
}

func TestDrawingsOfHostileLabelsStayWellFormed(t *testing.T) {
	for _, text := range []string{
		`"`, `\`, `\"`, `"];x`, "a\nb", "a\r\nb -->", "a\u2028b", "a\x00b", "\xff", "}", "{", ":", ";", "#", "%%{init: {}}", " ", "", "<script>", "&lt;", "[*]", "-->", "\u0085",
	} {
		d := sound()
		d.Name = text
		label := lifecycle.Label{ZH: text}
		d.Stages[0].Label, d.States[0].Label, d.Transitions[0].Label, d.Tracks[0].Label = label, label, label, label
		d.States[1].Key, d.Tracks[0].Key, d.Stages[1].Key = text, text, text
		requireMermaid(t, lifecycle.Mermaid(d, "zh"))
		requireDOT(t, lifecycle.DOT(d, "zh"))
	}
}

// TestKeysNeverMeetInADrawing draws pairs of states whose keys a careless
// escape would make one.
func TestKeysNeverMeetInADrawing(t *testing.T) {
	name := regexp.MustCompile(`(?m)^ *(s_[A-Za-z0-9_]*) `)
	d := lifecycle.Definition{}
	for _, key := range []string{"a_b", "a-b", "a.b", "a_2db", "a__b", "a_", "_b", "b", "a_in_b", "a-in-b", "_in_"} {
		d.States = append(d.States, lifecycle.State{Key: key})
		d.Tracks = append(d.Tracks, lifecycle.Track{Key: key, States: []lifecycle.State{{Key: "a_b"}, {Key: "b"}, {Key: "_b"}, {Key: "b_in_b"}}})
	}
	for _, drawing := range []string{lifecycle.Mermaid(d, "en"), lifecycle.DOT(d, "en")} {
		seen := make(map[string]bool)
		for _, match := range name.FindAllStringSubmatch(drawing, -1) {
			require.False(t, seen[match[1]], match[1])
			seen[match[1]] = true
		}
		require.Len(t, seen, len(d.States)+4*len(d.Tracks))
	}
}
