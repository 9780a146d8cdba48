package evaluate_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// compileJSON parses and compiles; a syntax problem is returned like any other.
func compileJSON(text string) (*evaluate.Sheet, error) {
	r, err := rubric.Parse([]byte(text))
	if err != nil {
		return nil, err
	}
	return evaluate.Compile(r)
}

// TestCompileTellsEachProblemByCodeAndPlace damages one place at a time.
func TestCompileTellsEachProblemByCodeAndPlace(t *testing.T) {
	t.Parallel()
	wrap := func(criterion string) string {
		return `{"name":"x","version":1,"title":{"zh":"x"},"full":10,"groups":[{"key":"g","share":1},{"key":"h"}],"criteria":[` +
			`{"key":"a","points":4,"groups":["g"]},{"key":"z","points":1,"groups":["h"]},` + criterion + `]}`
	}
	fact := func(rule string) string { return wrap(`{"key":"b","points":5,"fact":"f","rule":` + rule + `}`) }
	head := func(rest string) string {
		return `{"name":"x","version":1,"title":{"zh":"x"},"full":5,"criteria":[{"key":"b","points":5,"fact":"f"}],` + rest + `}`
	}
	for _, c := range []struct{ code, where, text string }{
		{"key", "name", `{"name":"X y","version":1,"title":{"zh":"x"},"full":5,"criteria":[{"key":"b","points":5,"fact":"f"}]}`},
		{"range", "version", `{"name":"x","version":0,"title":{"zh":"x"},"full":5,"criteria":[{"key":"b","points":5,"fact":"f"}]}`},
		{"sum", "full", `{"name":"x","version":1,"title":{"zh":"x"},"full":6,"criteria":[{"key":"b","points":5,"fact":"f"}]}`},
		{"sum", "full", `{"name":"x","version":1,"title":{"zh":"x"},"incomplete":["cut"],"full":4,"criteria":[{"key":"b","points":5,"fact":"f"}]}`},
		{"range", "full", `{"name":"x","version":1,"title":{"zh":"x"},"full":-1,"criteria":[{"key":"b","points":5,"fact":"f"}]}`},
		{"empty", "criteria", `{"name":"x","version":1,"title":{"zh":"x"},"full":0}`},
		{"sum", "criteria[0].points", `{"name":"x","version":1,"title":{"zh":"x"},"full":5,"criteria":[{"key":"b","points":5,"items":[{"key":"c","points":4,"fact":"f"}]}]}`},
		{"rule", "criteria[0]", `{"name":"x","version":1,"title":{"zh":"x"},"full":5,"criteria":[{"key":"b","points":5,"fact":"f","items":[{"key":"c","points":5,"fact":"f"}]}]}`},
		{"duplicate", "criteria[2].key", wrap(`{"key":"a","points":5,"fact":"f"}`)},
		{"key", "criteria[2].key", wrap(`{"key":"abstain","points":5,"fact":"f"}`)},
		{"range", "criteria[2].points", wrap(`{"key":"b","points":-5,"fact":"f"}`)},
		{"range", "criteria[2].points", wrap(`{"key":"b","fact":"f"}`)},
		{"range", "criteria[2].floor", wrap(`{"key":"b","points":5,"fact":"f","floor":3,"cap":2}`)},
		{"rule", "criteria[2].direction", wrap(`{"key":"b","points":5,"fact":"f","direction":"up"}`)},
		{"source", "criteria[2]", wrap(`{"key":"b","points":5}`)},
		{"source", "criteria[2]", wrap(`{"key":"b","points":5,"fact":"f","groups":["g"]}`)},
		{"source", "criteria[2].groups", wrap(`{"key":"b","points":5,"groups":["g"],"rule":{"steps":{"table":[{"min":0,"points":1}]}}}`)},
		{"source", "criteria[2].fact", wrap(`{"key":"b","points":5,"fact":"f","rule":{"all_or_nothing":{"when":[{"fact":"q"}]}}}`)},
		{"key", "criteria[2].fact", wrap(`{"key":"b","points":5,"fact":"F"}`)},
		{"unknown", "criteria[2].groups[0]", wrap(`{"key":"b","points":5,"groups":["nobody"]}`)},
		{"duplicate", "criteria[2].groups[1]", wrap(`{"key":"b","points":5,"groups":["g","g"]}`)},
		{"share", "criteria[2].groups[1]", wrap(`{"key":"b","points":5,"groups":["g","h"]}`)},
		{"rule", "criteria[2].rule", fact(`{"direct":{},"steps":{"table":[]}}`)},
		{"range", "criteria[2].rule.direct.out_of", fact(`{"direct":{"out_of":-1}}`)},
		{"empty", "criteria[2].rule.grade.levels", fact(`{"grade":{"levels":[]}}`)},
		{"duplicate", "criteria[2].rule.grade.levels[1].key", fact(`{"grade":{"levels":[{"key":"p","points":5},{"key":"p","points":4}]}}`)},
		{"rule", "criteria[2].rule.grade.levels[0]", fact(`{"grade":{"levels":[{"key":"p"}]}}`)},
		{"rule", "criteria[2].rule.grade.levels[0]", fact(`{"grade":{"levels":[{"key":"p","points":1,"min":0,"max":2}]}}`)},
		{"range", "criteria[2].rule.grade.levels[0]", fact(`{"grade":{"levels":[{"key":"p","min":3,"max":2}]}}`)},
		{"rule", "criteria[2].rule.grade.levels[1]", fact(`{"grade":{"levels":[{"key":"p","min":3,"max":5},{"key":"q","min":0,"max":3}]}}`)},
		{"range", "criteria[2].rule.grade.levels[0]", fact(`{"grade":{"levels":[{"key":"p","points":6}]}}`)},
		{"sign", "criteria[2].rule.grade.levels[0]", fact(`{"grade":{"levels":[{"key":"p","points":-1}]}}`)},
		{"rule", "criteria[2].rule.all_or_nothing.no_base", fact(`{"all_or_nothing":{"no_base":"half"}}`)},
		{"range", "criteria[2].rule.all_or_nothing.when[0]", wrap(`{"key":"b","points":5,"rule":{"all_or_nothing":{"when":[{"fact":"q","at_least":3,"below":3}]}}}`)},
		{"empty", "criteria[2].rule.per_event.events", fact(`{"per_event":{"events":[]}}`)},
		{"range", "criteria[2].rule.per_event.events[0].each", fact(`{"per_event":{"events":[{"key":"e","each":0}]}}`)},
		{"duplicate", "criteria[2].rule.per_event.events[1].key", fact(`{"per_event":{"events":[{"key":"e","each":1},{"key":"e","each":1}]}}`)},
		{"range", "criteria[2].rule.per_event.events[0].free", fact(`{"per_event":{"events":[{"key":"e","each":1,"free":-1}]}}`)},
		{"range", "criteria[2].rule.per_event.events[0].cap", fact(`{"per_event":{"events":[{"key":"e","each":1,"cap":-1}]}}`)},
		{"rule", "criteria[2].rule.per_event.start", fact(`{"per_event":{"start":"half","events":[{"key":"e","each":1}]}}`)},
		{"range", "criteria[2].rule.shortfall.per_point", fact(`{"shortfall":{"per_point":0}}`)},
		{"range", "criteria[2].rule.shortfall.target", fact(`{"shortfall":{"per_point":1,"target":0}}`)},
		{"rule", "criteria[2].rule.shortfall.started", fact(`{"shortfall":{"per_point":1,"started":"half"}}`)},
		{"empty", "criteria[2].rule.steps.table", fact(`{"steps":{"table":[]}}`)},
		{"duplicate", "criteria[2].rule.steps.table[min 1]", fact(`{"steps":{"table":[{"min":1,"points":1},{"min":1,"points":2}]}}`)},
		{"monotone", "criteria[2].rule.steps.table[min 2]", fact(`{"steps":{"table":[{"min":1,"points":2},{"min":2,"points":1}]}}`)},
		{"monotone", "criteria[2].rule.steps.table[min 2]", wrap(`{"key":"b","points":5,"fact":"f","direction":"cost","rule":{"steps":{"table":[{"min":1,"points":1},{"min":2,"points":2}]}}}`)},
		{"rule", "criteria[2].rule.lateness", fact(`{"lateness":{}}`)},
		{"rule", "criteria[2].rule.lateness", fact(`{"lateness":{"or_nothing":true,"per_unit":1}}`)},
		{"range", "criteria[2].rule.lateness.grace", fact(`{"lateness":{"or_nothing":true,"grace":-1}}`)},
		{"range", "criteria[2].rule.rate.choices[0].coefficient", fact(`{"rate":{"choices":[{"key":"p","coefficient":2}]}}`)},
		{"rule", "criteria[2].rule.rate.count", fact(`{"rate":{"count":"some"}}`)},
		{"rule", "criteria[2].rule.rate.over", fact(`{"rate":{"over":"all"}}`)},
		{"source", "criteria[2].rule.rate.over", fact(`{"rate":{"over":"issued"}}`)},
		{"empty", "criteria[2].rule.rate.choices", wrap(`{"key":"b","points":5,"groups":["g"],"rule":{"rate":{}}}`)},
		{"key", "criteria[2].rule.nested.rubric.name", fact(`{"nested":{"rubric":{"name":"","version":1,"title":{"zh":""},"full":5,"criteria":[{"key":"k","points":5,"fact":"f"}]}}}`)},
		{"host", "criteria[2].rule.host.name", fact(`{"host":{"name":"nobody"}}`)},
		{"sign", "bonus.items[0].rule.per_event.events[0].each", head(`"bonus":{"items":[{"key":"p","fact":"q","rule":{"per_event":{"events":[{"key":"e","each":-1}]}}}]}`)},
		{"sign", "penalty.items[0].rule.per_event.events[0].each", head(`"penalty":{"items":[{"key":"p","fact":"q","rule":{"per_event":{"events":[{"key":"e","each":1}]}}}]}`)},
		{"range", "bonus.cap", head(`"bonus":{"cap":-5,"items":[{"key":"p","fact":"q"}]}`)},
		{"empty", "penalty.items", head(`"penalty":{"items":[]}`)},
		{"unknown", "groups[0]", head(`"groups":[{"key":"idle"}]`)},
		{"rule", "groups[0].kind", head(`"groups":[{"key":"idle","kind":"friends"}]`)},
		{"rule", "groups[0].aggregate", head(`"groups":[{"key":"idle","aggregate":"best"}]`)},
		{"rule", "groups[0].missing", head(`"groups":[{"key":"idle","missing":"guess"}]`)},
		{"rule", "groups[0].blank", head(`"groups":[{"key":"idle","blank":"nothing"}]`)},
		{"rule", "groups[0].drop.by", head(`"groups":[{"key":"idle","drop":{"highest":1,"lowest":1,"by":"luck"}}]`)},
		{"range", "groups[0].drop", head(`"groups":[{"key":"idle","drop":{"highest":-1,"lowest":1}}]`)},
		{"range", "groups[0].quorum.more_than", head(`"groups":[{"key":"idle","quorum":{"more_than":{"num":3,"den":2}}}]`)},
		{"empty", "groups[0].quorum", head(`"groups":[{"key":"idle","quorum":{}}]`)},
		{"duplicate", "groups[1].key", head(`"groups":[{"key":"idle"},{"key":"idle"}]`)},
		{"band_gap", "bands[1]", head(`"bands":[{"key":"top","min":4},{"key":"low","min":0,"max":3}]`)},
		{"band_overlap", "bands[1]", head(`"bands":[{"key":"top","min":3},{"key":"low","min":0,"max":4}]`)},
		{"band_overlap", "bands[1]", head(`"bands":[{"key":"top","min":3},{"key":"low","min":3}]`)},
		{"band_overlap", "bands[1]", head(`"bands":[{"key":"top"},{"key":"low"}]`)},
		{"range", "bands[0]", head(`"bands":[{"key":"top","min":3,"max":3}]`)},
		{"duplicate", "bands[1].key", head(`"bands":[{"key":"top","min":3},{"key":"top","min":0}]`)},
		{"unknown", "vetoes[0].band", head(`"vetoes":[{"key":"v","when":{"fact":"q"},"effect":"band","band":"top"}]`)},
		{"rule", "vetoes[0].effect", head(`"vetoes":[{"key":"v","when":{"fact":"q"},"effect":"shame"}]`)},
		{"rule", "vetoes[0].band", head(`"vetoes":[{"key":"v","when":{"fact":"q"},"effect":"void","band":"top"}]`)},
		{"duplicate", "vetoes[1].key", head(`"vetoes":[{"key":"v","when":{"fact":"q"},"effect":"void"},{"key":"v","when":{"fact":"q"},"effect":"zero"}]`)},
		{"key", "unread[0]", head(`"unread":["Too loud"]`)},
		{"duplicate", "follow_ups[1].key", head(`"follow_ups":[{"key":"talk","below":3},{"key":"talk","below":2}]`)},
		{"range", "follow_ups[0].running", head(`"follow_ups":[{"key":"talk","below":3,"running":-1}]`)},
		{"rounding", "round.step", head(`"round":{"step":"often"}`)},
		{"rounding", "round.places", head(`"round":{"places":5}`)},
		{"rounding", "round.rule", head(`"round":{"rule":"up"}`)},
		{"syntax", "", head(`"colour":"red"`)},
		{"syntax", "", head(`"full":5`)},
		{"syntax", "", `{"name":"x"} {}`},
		{"syntax", "", `[`},
		{"syntax", "", ``},
		{"syntax", "", strings.Repeat("[", 100)},
		{"syntax", "", `{"name":"x","version":1,"full":0.00001}`},
	} {
		_, err := compileJSON(c.text)
		var ps problem.List
		require.ErrorAs(t, err, &ps, "%s at %s: %s", c.code, c.where, c.text)
		require.ErrorIs(t, err, points.ErrInvalid)
		found := false
		for _, p := range ps {
			require.NotEmpty(t, p.Text)
			found = found || p.Code == c.code && p.Where == c.where
		}
		require.True(t, found, "want %s at %s, got %v", c.code, c.where, []problem.Problem(ps))
	}
}

func TestCompileTellsAllProblemsAtOnce(t *testing.T) {
	t.Parallel()
	_, err := compileJSON(`{"name":"","version":0,"title":{"zh":"x"},"full":9,
		"criteria":[{"key":"a","points":5,"rule":{"steps":{"table":[]}}},{"key":"a","points":5,"groups":["nobody"]}],
		"bands":[{"key":"top","min":4},{"key":"low","min":0,"max":3}],"round":{"rule":"up"}}`)
	var ps problem.List
	require.ErrorAs(t, err, &ps)
	codes := map[string]int{}
	for _, p := range ps {
		codes[p.Code]++
	}
	require.Equal(t, map[string]int{"key": 1, "range": 1, "sum": 1, "source": 1, "empty": 1, "duplicate": 1, "unknown": 1, "band_gap": 1, "rounding": 1}, codes)
	require.Contains(t, err.Error(), "and 8 more")
}

func TestCompileBoundsDepth(t *testing.T) {
	t.Parallel()
	leaf := rubric.Criterion{Key: "leaf", Points: 1, Fact: "f"}
	for i := range 12 {
		leaf = rubric.Criterion{Key: "k" + strings.Repeat("x", i), Items: []rubric.Criterion{leaf}}
	}
	_, err := evaluate.Compile(rubric.Rubric{Name: "x", Version: 1, Full: 1, Criteria: []rubric.Criterion{leaf}})
	require.ErrorContains(t, err, "deeper")
	inner := rubric.Rubric{Name: "x", Version: 1, Full: 1, Criteria: []rubric.Criterion{{Key: "leaf", Points: 1, Fact: "f"}}}
	for range 6 {
		inner = rubric.Rubric{Name: "x", Version: 1, Full: 1, Criteria: []rubric.Criterion{
			{Key: "leaf", Points: 1, Fact: "f", Rule: rubric.Rule{Nested: &rubric.Nested{Rubric: inner}}},
		}}
	}
	_, err = evaluate.Compile(inner)
	require.ErrorContains(t, err, "deeper")
}

func TestCompileKeepsACopy(t *testing.T) {
	t.Parallel()
	r := rubric.Rubric{Name: "x", Version: 1, Full: 5 * points.One, Criteria: []rubric.Criterion{{Key: "a", Points: 5 * points.One, Fact: "f"}}}
	s, err := evaluate.Compile(r)
	require.NoError(t, err)
	r.Criteria[0].Points = 0
	r.Criteria[0].Fact = "g"
	o, err := s.Score(evaluate.Card{ID: "1", Facts: map[string]evaluate.Fact{"f": evaluate.FactNumber(4 * points.One)}})
	require.NoError(t, err)
	require.Equal(t, 4*points.One, o.Total)
}

func FuzzParseRubric(f *testing.F) {
	sample, err := os.ReadFile("testdata/rubric.json")
	require.NoError(f, err)
	f.Add(sample)
	f.Add([]byte(`{"name":"x","version":1,"title":{"zh":"x"},"full":5,"criteria":[{"key":"b","points":5,"fact":"f","rule":{"nested":{"rubric":{"name":"y"}}}}]}`))
	f.Add([]byte(`{"name":"x","version":1,"bands":[{"key":"a","min":1},{"key":"b","max":2}],"round":{"places":99}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := rubric.Parse(data)
		if err != nil {
			require.ErrorIs(t, err, points.ErrInvalid)
			return
		}
		s, err := evaluate.Compile(r)
		if err != nil {
			require.ErrorIs(t, err, points.ErrInvalid)
			return
		}
		again, err := json.Marshal(s.Rubric())
		require.NoError(t, err)
		back, err := rubric.Parse(again)
		require.NoError(t, err, "%s", again)
		hash, err := back.Hash()
		require.NoError(t, err)
		require.Equal(t, s.Hash(), hash)
		o, err := s.Score(evaluate.Card{ID: "empty"})
		require.NoError(t, err)
		if o.Scored() {
			sumsToTotal(t, o)
		}
	})
}
