package evaluate_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/evaluate/rubric"
)

// TestRulesByHand scores one criterion of ten points by each rule.
func TestRulesByHand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ rule, fact, want string }{
		{`{"direct":{}}`, `"7.25"`, "7.25"},
		{`{"direct":{"out_of":100}}`, `33`, "3.3"},
		{`{"direct":{"out_of":3}}`, `1`, "3.3333"},
		{`{"grade":{"levels":[{"key":"a","points":10},{"key":"b","points":6}]}}`, `"b"`, "6"},
		{`{"grade":{"levels":[{"key":"a","min":8,"max":10},{"key":"b","min":5,"max":7.5}]}}`, `"7.5"`, "7.5"},
		{`{"all_or_nothing":{}}`, `true`, "10"},
		{`{"all_or_nothing":{}}`, `false`, "0"},
		{`{"per_event":{"start":"full","events":[{"key":"e","each":"-0.2"}]}}`, `3`, "9.4"},
		{`{"per_event":{"start":"full","events":[{"key":"e","each":-3},{"key":"f","each":1}]}}`, `{"tally":{"e":5,"f":2}}`, "0"},
		{`{"per_event":{"events":[{"key":"e","each":2,"free":1,"cap":5}]}}`, `2`, "2"},
		{`{"per_event":{"events":[{"key":"e","each":2,"free":1,"cap":5}]}}`, `9`, "5"},
		{`{"shortfall":{"per_point":"0.5"}}`, `{"count":2,"base":3}`, "0"},
		{`{"shortfall":{"per_point":"0.1"}}`, `{"count":2,"base":3}`, "6.6667"},
		{`{"shortfall":{"per_point":"0.1","started":"whole"}}`, `{"count":2,"base":3}`, "6.6"},
		{`{"shortfall":{"per_point":"0.1","started":"dropped"}}`, `{"count":2,"base":3}`, "6.7"},
		{`{"shortfall":{"per_point":1,"target":95}}`, `{"count":96,"base":100}`, "10"},
		{`{"shortfall":{"per_point":1,"no_base":"full"}}`, `{"count":0,"base":0}`, "10"},
		{`{"shortfall":{"per_point":"0.01","no_base":"zero"}}`, `{"count":0,"base":0}`, "9"},
		{`{"steps":{"table":[{"min":90,"points":10},{"min":80,"points":8}]}}`, `{"count":9,"base":10}`, "10"},
		{`{"steps":{"table":[{"min":90,"points":10},{"min":80,"points":8}]}}`, `"89.9999"`, "8"},
		{`{"steps":{"table":[{"min":90,"points":10},{"min":80,"points":8}]}}`, `79`, "0"},
		{`{"lateness":{"or_nothing":true}}`, `0`, "10"},
		{`{"lateness":{"or_nothing":true}}`, `"0.0001"`, "0"},
		{`{"lateness":{"or_nothing":true,"grace":3}}`, `3`, "10"},
		{`{"lateness":{"per_unit":2}}`, `"1.5"`, "6"},
		{`{"lateness":{"per_unit":2,"started":"dropped"}}`, `"1.5"`, "8"},
		{`{"lateness":{"per_unit":2,"started":"pro_rata"}}`, `"1.5"`, "7"},
		{`{"lateness":{"per_unit":2,"unit":7}}`, `8`, "6"},
		{`{"rate":{}}`, `{"count":2,"base":3}`, "6.6667"},
		{`{"rate":{"no_base":"full"}}`, `{"count":0,"base":0}`, "10"},
		{`{"rate":{"choices":[{"key":"a","coefficient":1},{"key":"b","coefficient":"0.8"},{"key":"c","coefficient":0}]}}`, `{"tally":{"a":5,"b":5,"c":2,"abstain":3}}`, "7.5"},
		{`{"rate":{"over":"returned","choices":[{"key":"a","coefficient":1},{"key":"b","coefficient":"0.8"},{"key":"c","coefficient":0}]}}`, `{"tally":{"a":5,"b":5,"c":2,"abstain":2,"dont_know":1,"recused":9}}`, "6"},
		{`{"rate":{"count":"strict","choices":[{"key":"a","coefficient":1},{"key":"b","coefficient":"0.8"}]}}`, `{"tally":{"a":5,"b":5}}`, "5"},
		{`{"rate":{"count":"lenient","choices":[{"key":"a","coefficient":1},{"key":"b","coefficient":"0.8"}]}}`, `{"tally":{"a":5,"b":5}}`, "10"},
		{`{"rate":{"no_base":"zero","choices":[{"key":"a","coefficient":1}]}}`, `{"tally":{"abstain":4}}`, "0"},
	} {
		s, err := compileJSON(`{"name":"x","version":1,"title":{"zh":"x"},"full":10,"criteria":[{"key":"k","points":10,"fact":"f","rule":` + c.rule + `}]}`)
		require.NoError(t, err, c.rule)
		card, err := evaluate.DecodeCard([]byte(`{"id":"1","facts":{"f":` + c.fact + `}}`))
		require.NoError(t, err)
		o, err := s.Score(card)
		require.NoError(t, err, c.rule)
		require.Equal(t, evaluate.Final, o.Status, c.rule)
		require.Equal(t, c.want, o.Total.String(), "%s of %s", c.rule, c.fact)
		sumsToTotal(t, o)
		for _, l := range o.Ledger {
			if l.Section == evaluate.SectionBase && l.Rule != evaluate.LineCap && l.Rule != evaluate.LineFloor {
				require.NotEmpty(t, l.Fact, "%s is traced to its fact", c.rule)
			}
		}
	}
}

// TestPenaltiesTake scores the same rules as deductions outside the base.
func TestPenaltiesTake(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ rule, fact, want string }{
		{`"rule":{"direct":{}}`, `"1.5"`, "-1.5"},
		{`"points":4,"rule":{"direct":{"out_of":10}}`, `5`, "-2"},
		{`"points":4,"rule":{"all_or_nothing":{}}`, `true`, "-4"},
		{`"floor":-3,"rule":{"per_event":{"events":[{"key":"e","each":-2}]}}`, `2`, "-3"},
		{`"rule":{"shortfall":{"per_point":1}}`, `{"count":98,"base":100}`, "-2"},
		{`"rule":{"lateness":{"per_unit":1}}`, `3`, "-3"},
		{`"points":4,"rule":{"lateness":{"or_nothing":true}}`, `3`, "-4"},
		{`"points":4,"rule":{"rate":{}}`, `{"count":1,"base":2}`, "-2"},
		{`"rule":{"steps":{"table":[{"min":1,"points":-1},{"min":5,"points":-5}]}}`, `6`, "-5"},
	} {
		s, err := compileJSON(`{"name":"x","version":1,"title":{"zh":"x"},"full":0,"penalty":{"items":[{"key":"k","fact":"f",` + c.rule + `}]}}`)
		require.NoError(t, err, c.rule)
		card, err := evaluate.DecodeCard([]byte(`{"id":"1","facts":{"f":` + c.fact + `}}`))
		require.NoError(t, err)
		o := scored(t, s, card)
		require.Equal(t, c.want, o.Total.String(), c.rule)
		require.Equal(t, o.Total, o.Penalty)
	}
	s, err := compileJSON(`{"name":"x","version":1,"title":{"zh":"x"},"full":0,"penalty":{"cap":3,"items":[{"key":"k","fact":"f"},{"key":"l","fact":"f"}]}}`)
	require.NoError(t, err)
	o := scored(t, s, evaluate.Card{ID: "1", Facts: map[string]evaluate.Fact{"f": evaluate.FactNumber(2 * points.One)}})
	require.Equal(t, "-3", o.Penalty.String(), "at most three are taken in all")
}

// TestMissingFactsAreNotZeroUnlessTheSheetAllows covers what is not there.
func TestMissingFactsAreNotZeroUnlessTheSheetAllows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		required bool
		facts    string
		status   evaluate.Status
		why      string
	}{
		{false, `{}`, evaluate.Final, ""},
		{true, `{}`, evaluate.Undefined, evaluate.WhyMissingFact},
		{true, `{"f":"recused"}`, evaluate.Undefined, evaluate.WhyMissingFact},
		{false, `{"f":"recused"}`, evaluate.Final, ""},
		{true, `{"f":"not_due"}`, evaluate.Provisional, evaluate.WhyNotDue},
		{false, `{"f":"not_due"}`, evaluate.Provisional, evaluate.WhyNotDue},
		{false, `{"f":{"count":0,"base":0}}`, evaluate.Undefined, evaluate.WhyBaseZero},
	} {
		for _, rule := range []string{`{"rate":{}}`, `{"shortfall":{"per_point":1}}`, `{"steps":{"table":[{"min":0,"points":1}]}}`} {
			s, err := compileJSON(fmt.Sprintf(`{"name":"x","version":1,"title":{"zh":"x"},"full":10,
				"criteria":[{"key":"k","points":10,"fact":"f","required":%t,"rule":%s}]}`, c.required, rule))
			require.NoError(t, err)
			card, err := evaluate.DecodeCard([]byte(`{"id":"1","facts":` + c.facts + `}`))
			require.NoError(t, err)
			o := scored(t, s, card)
			require.Equal(t, c.status, o.Status, c.facts)
			if c.why != "" {
				require.Equal(t, []evaluate.Because{{Code: c.why, Where: "k"}}, o.Reasons)
			}
			if o.Scored() {
				require.Zero(t, o.Total)
			}
		}
	}
}

// TestLedgerSaysHowARateWithoutBaseWasRead: the line shows what the card has,
// not what it was read as.
func TestLedgerSaysHowARateWithoutBaseWasRead(t *testing.T) {
	t.Parallel()
	for rule, want := range map[string]string{
		`{"rate":{"no_base":"zero"}}`:                    "0/0, no base, read as zero × 10",
		`{"shortfall":{"per_point":1,"no_base":"full"}}`: "0/0, no base, read as full reaches 100 %",
	} {
		s, err := compileJSON(`{"name":"x","version":1,"title":{"zh":"x"},"full":10,"criteria":[{"key":"k","points":10,"fact":"f","rule":` + rule + `}]}`)
		require.NoError(t, err)
		o := scored(t, s, evaluate.Card{ID: "1", Facts: map[string]evaluate.Fact{"f": evaluate.FactRate(rates.Rate{})}})
		require.Equal(t, want, o.Ledger[0].Note)
	}
}

func TestAllOrNothingAsksAllConditions(t *testing.T) {
	t.Parallel()
	s, err := compileJSON(`{"name":"x","version":1,"title":{"zh":"x"},"full":10,"criteria":[{"key":"k","points":10,"required":true,
		"rule":{"all_or_nothing":{"when":[{"fact":"rate","at_least":98},{"fact":"visits","at_least":1,"below":5},{"fact":"signed"}]}}}]}`)
	require.NoError(t, err)
	for facts, want := range map[string]string{
		`{"rate":{"count":98,"base":100},"visits":1,"signed":true}`:     "10",
		`{"rate":{"count":9799,"base":10000},"visits":1,"signed":true}`: "0",
		`{"rate":{"count":1,"base":1},"visits":5,"signed":true}`:        "0",
		`{"rate":{"count":1,"base":1},"visits":"4.9999","signed":true}`: "10",
		`{"rate":{"count":1,"base":1},"visits":2,"signed":false}`:       "0",
		`{"rate":{"count":1,"base":1},"visits":2}`:                      "undefined",
		`{"rate":{"count":0,"base":0},"visits":2,"signed":true}`:        "undefined",
	} {
		card, err := evaluate.DecodeCard([]byte(`{"id":"1","facts":` + facts + `}`))
		require.NoError(t, err)
		o := scored(t, s, card)
		if want == "undefined" {
			require.Equal(t, evaluate.Undefined, o.Status, facts)
			continue
		}
		require.Equal(t, want, o.Total.String(), facts)
	}
}

// TestVetoesOverrideTheTotal applies each effect to a card of 95 points.
func TestVetoesOverrideTheTotal(t *testing.T) {
	t.Parallel()
	sheet := func(veto string) *evaluate.Sheet {
		s, err := compileJSON(`{"name":"x","version":1,"title":{"zh":"x"},"full":100,"criteria":[{"key":"k","points":100,"fact":"f"}],
			"bands":[{"key":"top","min":90},{"key":"mid","min":60},{"key":"low"}],"vetoes":[{"key":"v","when":{"fact":"accidents","at_least":1},` + veto + `}]}`)
		require.NoError(t, err)
		return s
	}
	card := evaluate.Card{ID: "1", Facts: map[string]evaluate.Fact{"f": evaluate.FactNumber(95 * points.One)}}
	o := scored(t, sheet(`"effect":"zero"`), card)
	require.Equal(t, "top", o.Band, "without the fact there is no veto")
	require.Empty(t, o.Vetoes)
	card.Facts["accidents"] = evaluate.FactNumber(points.One)
	o = scored(t, sheet(`"effect":"zero"`), card)
	require.Zero(t, o.Total)
	require.Equal(t, "low", o.Band)
	require.Equal(t, []string{"v"}, o.Vetoes)
	sumsToTotal(t, o)
	o = scored(t, sheet(`"effect":"band","band":"mid"`), card)
	require.Equal(t, "95", o.Total.String())
	require.Equal(t, "mid", o.Band)
	o = scored(t, sheet(`"effect":"void"`), card)
	require.Equal(t, evaluate.Void, o.Status)
	require.Equal(t, evaluate.WhyVeto, o.Reasons[0].Code)
}

// TestRoundingHappensOnceAtTheNamedStep: three thirds of ten are ten at the
// total, and 9.9 when every line is rounded first.
func TestRoundingHappensOnceAtTheNamedStep(t *testing.T) {
	t.Parallel()
	for step, want := range map[string]string{"total": "10", "line": "9.9"} {
		s, err := compileJSON(`{"name":"x","version":1,"title":{"zh":"x"},"full":30,"round":{"step":"` + step + `","places":1},"criteria":[
			{"key":"a","points":10,"fact":"f","rule":{"rate":{}}},{"key":"b","points":10,"fact":"f","rule":{"rate":{}}},{"key":"c","points":10,"fact":"f","rule":{"rate":{}}}]}`)
		require.NoError(t, err)
		o := scored(t, s, evaluate.Card{ID: "1", Facts: map[string]evaluate.Fact{"f": evaluate.FactRate(rates.Rate{Count: 1, Base: 3})}})
		require.Equal(t, want, o.Total.String())
		sumsToTotal(t, o)
	}
	// Rounded twice, 89.9499… would become 89.95 and then 90.0.
	s, err := compileJSON(`{"name":"x","version":1,"title":{"zh":"x"},"full":100,"round":{"places":1},"criteria":[{"key":"a","points":100,"fact":"f","rule":{"rate":{}}}]}`)
	require.NoError(t, err)
	o := scored(t, s, evaluate.Card{ID: "1", Facts: map[string]evaluate.Fact{"f": evaluate.FactRate(rates.Rate{Count: 899_499_999, Base: 1_000_000_000})}})
	require.Equal(t, "89.9", o.Total.String())
}

func TestHugeFactsOverflowWithAnError(t *testing.T) {
	t.Parallel()
	s, err := compileJSON(`{"name":"x","version":1,"title":{"zh":"x"},"full":0,"bonus":{"items":[
		{"key":"k","fact":"f","rule":{"per_event":{"events":[{"key":"e","each":1000000}]}}}]}}`)
	require.NoError(t, err)
	_, err = s.Score(evaluate.Card{ID: "1", Facts: map[string]evaluate.Fact{"f": evaluate.FactNumber(points.Max / points.One * points.One)}})
	require.ErrorContains(t, err, problem.Overflow)
}

// visits is a host rule: one point for each field visit, from a parameter of
// the sheet.
func visits(in evaluate.HostInput) ([]evaluate.Line, error) {
	var params struct{ Each points.Points }
	if err := json.Unmarshal(in.Params, &params); err != nil {
		return nil, err
	}
	n, ok := in.Facts["visits"].Number()
	if !ok {
		return nil, errors.New("no visits recorded")
	}
	points, err := params.Each.Times(int64(n / points.One))
	if err != nil {
		return nil, err
	}
	return []evaluate.Line{{Points: points, Fact: "visits", Note: n.String() + " visits"}}, nil
}

const hostSheet = `{"name":"x","version":1,"title":{"zh":"x"},"full":10,"groups":[{"key":"panel"}],"criteria":[
	{"key":"k","points":10,"groups":["panel"],"rule":{"host":{"name":"visits","facts":["visits"],"params":{"each":"1.5"}}}}]}`

func TestHostRulesReturnLedgerLines(t *testing.T) {
	t.Parallel()
	r, err := rubric.Parse([]byte(hostSheet))
	require.NoError(t, err)
	card := evaluate.Card{
		ID: "1", Facts: map[string]evaluate.Fact{"visits": evaluate.FactNumber(3 * points.One)},
		Ballots: []evaluate.Ballot{{ID: "b", Group: "panel", Marks: map[string]evaluate.Mark{"k": evaluate.MarkPoints(1)}}},
	}
	s, err := evaluate.Compile(r, evaluate.WithHost("visits", visits))
	require.NoError(t, err)
	o := scored(t, s, card)
	require.Equal(t, "4.5", o.Total.String())
	require.Equal(t, evaluate.Line{Section: "base", Criterion: "k", Rule: "host", Fact: "visits", Points: 45_000, Note: "3 visits"}, o.Ledger[0])
	for name, fn := range map[string]evaluate.HostFunc{
		"returned no ledger line": func(evaluate.HostInput) ([]evaluate.Line, error) { return nil, nil },
		"out of coffee":           func(evaluate.HostInput) ([]evaluate.Line, error) { return nil, errors.New("out of coffee") },
	} {
		s, err := evaluate.Compile(r, evaluate.WithHost("visits", fn))
		require.NoError(t, err)
		_, err = s.Score(card)
		require.ErrorContains(t, err, name)
		require.ErrorContains(t, err, problem.Host)
	}
	saw := 0
	s, err = evaluate.Compile(r, evaluate.WithHost("visits", func(in evaluate.HostInput) ([]evaluate.Line, error) {
		saw = len(in.Ballots)
		return []evaluate.Line{{Points: 25 * points.One}}, nil
	}))
	require.NoError(t, err)
	require.Equal(t, "10", scored(t, s, card).Total.String(), "the criterion's cap holds for hosts too")
	require.Equal(t, 1, saw)
}

func ExampleWithHost() {
	r, _ := rubric.Parse([]byte(hostSheet))
	sheet, _ := evaluate.Compile(r, evaluate.WithHost("visits", visits))
	o, _ := sheet.Score(evaluate.Card{
		ID: "1", Facts: map[string]evaluate.Fact{"visits": evaluate.FactNumber(4 * points.One)},
		Ballots: []evaluate.Ballot{{ID: "b", Group: "panel", Missing: rubric.Abstain}},
	})
	fmt.Println(o.Total, o.Ledger[0].Note)
	// Output: 6 4 visits
}
