package evaluate_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/evaluate/rubric"
)

// TestBadCardsNameCardCriterionAndReason gives the sample sheet one damaged
// card at a time, between two good ones that must still be scored.
func TestBadCardsNameCardCriterionAndReason(t *testing.T) {
	t.Parallel()
	sheet := sampleSheet(t)
	good := func(id string) string { return `{"id":"` + id + `","subject":"s","facts":{"days_late":0}}` }
	ballot := func(rest string) string {
		return `{"id":"bad","subject":"s","ballots":[{"id":"k","group":"members","evaluator":"e",` + rest + `}]}`
	}
	fact := func(key, value string) string {
		return `{"id":"bad","subject":"s","facts":{"` + key + `":` + value + `}}`
	}
	for _, c := range []struct{ code, where, criterion, card string }{
		{"syntax", "", "", `{"id":"bad","colour":1}`},
		{"syntax", "", "", `{"id":"bad","id":"bad"}`},
		{"syntax", "", "", `{"id":"bad","facts":[]}`},
		{"fact", "facts.days_late", "", fact("days_late", "null")},
		{"fact", "facts.days_late", "", fact("days_late", `{"count":1}`)},
		{"fact", "facts.days_late", "", fact("days_late", `{"count":1,"base":2,"tally":{}}`)},
		{"fact", "facts.days_late", "", fact("days_late", `0.00001`)},
		{"fact", "facts.days_late", "", fact("days_late", `"12 days"`)},
		{"fact", "facts.days_late", "", fact("days_late", `99999999999999999999`)},
		{"fact", "facts.days_late", "on_time", fact("days_late", "true")},
		{"fact", "facts.contact_rate", "contact", fact("contact_rate", "97")},
		{"fact", "facts.contact_rate", "contact", fact("contact_rate", `{"count":-1,"base":5}`)},
		{"fact", "facts.missing_records", "records", fact("missing_records", "0.5")},
		{"fact", "facts.missing_records", "records", fact("missing_records", `"many"`)},
		{"fact", "facts.commendations", "praised", fact("commendations", "3")},
		{"unknown", "facts.commendations.village", "praised", fact("commendations", `{"tally":{"village":1}}`)},
		{"range", "facts.commendations.city", "praised", fact("commendations", `{"tally":{"city":-1}}`)},
		{"fact", "facts.false_report", "", fact("false_report", "1")},
		{"unknown", "facts.shoe_size", "", fact("shoe_size", "43")},
		{"unknown", "nested.more", "", `{"id":"bad","nested":{"more":{"id":"x"}}}`},
		{"key", "nested.more.id", "", `{"id":"bad","nested":{"more":{}}}`},
		{"mark", "ballots[k].marks.quality", "quality", ballot(`"marks":{"quality":null,"satisfaction":"satisfied"}`)},
		{"mark", "ballots[k].marks.quality", "quality", ballot(`"marks":{"quality":101,"satisfaction":"satisfied"}`)},
		{"mark", "ballots[k].marks.quality", "quality", ballot(`"marks":{"quality":-1,"satisfaction":"satisfied"}`)},
		{"mark", "ballots[k].marks.quality", "quality", ballot(`"marks":{"quality":"good","satisfaction":"satisfied"}`)},
		{"mark", "ballots[k].marks.quality", "quality", ballot(`"marks":{"quality":[9],"satisfaction":"satisfied"}`)},
		{"mark", "ballots[k].marks.quality", "quality", ballot(`"marks":{"quality":{"grade":"good","points":9},"satisfaction":"satisfied"}`)},
		{"mark", "ballots[k].marks.satisfaction", "satisfaction", ballot(`"marks":{"quality":9,"satisfaction":"delighted"}`)},
		{"mark", "ballots[k].marks.satisfaction", "satisfaction", ballot(`"marks":{"quality":9,"satisfaction":1}`)},
		{"mark_missing", "ballots[k].marks.satisfaction", "satisfaction", ballot(`"marks":{"quality":9}`)},
		{"unknown", "ballots[k].marks.charm", "", ballot(`"marks":{"quality":9,"satisfaction":"satisfied","charm":1}`)},
		{"not_this_group", "ballots[k].marks.contact", "contact", ballot(`"marks":{"quality":9,"satisfaction":"satisfied","contact":1}`)},
		{"mark", "ballots[k].missing", "", ballot(`"missing":"asleep"`)},
		{"mark", "ballots[k].missing", "", ballot(`"missing":"recused","marks":{"quality":9}`)},
		{"unknown", "ballots[k].group", "", `{"id":"bad","ballots":[{"id":"k","group":"aliens"}]}`},
		{"key", "ballots[0].id", "", `{"id":"bad","ballots":[{"group":"members"}]}`},
		{"syntax", "ballots[0]", "", `{"id":"bad","ballots":[{"id":"k","mood":"fine"}]}`},
		{"duplicate", "ballots[k]", "", `{"id":"bad","ballots":[{"id":"k","group":"members","missing":"recused"},{"id":"k","group":"members","missing":"recused"}]}`},
		{"duplicate", "ballots[l].revision", "", `{"id":"bad","ballots":[{"id":"k","group":"members","evaluator":"e","missing":"recused"},{"id":"l","group":"members","evaluator":"e","missing":"recused"}]}`},
		{"mark", "ballots[k].revision", "", `{"id":"bad","ballots":[{"id":"k","group":"members","revision":1,"missing":"recused"}]}`},
		{"unknown", "sessions.aliens", "", `{"id":"bad","sessions":{"aliens":{}}}`},
		{"syntax", "sessions.members", "", `{"id":"bad","sessions":{"members":{"votes":1}}}`},
		{"session", "sessions.members.issued", "", `{"id":"bad","sessions":{"members":{"issued":-1}}}`},
		{"session", "sessions.members.present", "", `{"id":"bad","sessions":{"members":{"expected":1,"present":2}}}`},
		{"session", "sessions.members.returned", "", `{"id":"bad","sessions":{"members":{"returned":0}},"ballots":[{"id":"k","group":"members","missing":"recused"}]}`},
		{"unknown", "aggregates.aliens", "", `{"id":"bad","aggregates":{"aliens":{}}}`},
		{"mark_missing", "aggregates.experts.quality", "quality", `{"id":"bad","aggregates":{"experts":{}}}`},
		{"unknown", "aggregates.experts.charm", "", `{"id":"bad","aggregates":{"experts":{"charm":{"count":0}}}}`},
		{"range", "aggregates.experts.quality", "quality", `{"id":"bad","aggregates":{"experts":{"quality":{"count":2,"sum":9,"min":5,"max":5}}}}`},
		{"range", "aggregates.experts.quality", "quality", `{"id":"bad","aggregates":{"experts":{"quality":{"count":-2}}}}`},
		{"range", "aggregates.experts.quality", "quality", `{"id":"bad","aggregates":{"experts":{"quality":{"count":0,"sum":1}}}}`},
		{"mark", "aggregates.experts.quality", "quality", `{"id":"bad","aggregates":{"experts":{"quality":{"count":1,"sum":101,"min":101,"max":101}}}}`},
		{"both_forms", "aggregates.experts", "", `{"id":"bad","aggregates":{"experts":{"quality":{"count":0}}},"ballots":[{"id":"k","group":"experts","marks":{"quality":1}}]}`},
	} {
		cards, err := evaluate.DecodeCards([]byte("[" + good("a") + "," + c.card + "," + good("b") + "]"))
		require.NoError(t, err, c.card)
		results := sheet.ScoreAll(cards)
		require.Len(t, results, 3)
		require.NoError(t, results[0].Err)
		require.NoError(t, results[2].Err)
		require.Equal(t, "b", results[2].Outcome.Card)
		var ps problem.List
		require.ErrorAs(t, results[1].Err, &ps, c.card)
		found := false
		for _, p := range ps {
			require.Equal(t, "bad", p.Card)
			require.NotEmpty(t, p.Text)
			found = found || p.Code == c.code && p.Where == c.where && p.Criterion == c.criterion
		}
		require.True(t, found, "want %s at %s, got %v", c.code, c.where, []problem.Problem(ps))
		out, err := json.Marshal(results[1])
		require.NoError(t, err)
		require.Contains(t, string(out), `{"error":{"code":"bad_card","message":"`)
	}
}

func TestListsOfCardsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "null", "7", `"x"`, "[", "[1", "[{}] []", "nonsense"} {
		_, err := evaluate.DecodeCards([]byte(bad))
		require.ErrorIs(t, err, points.ErrInvalid, "%q", bad)
	}
	entries, err := evaluate.DecodeCards([]byte(`[{"id":"a"},{"id":"a"},{},7]`))
	require.NoError(t, err)
	require.NoError(t, entries[0].Err)
	require.ErrorContains(t, entries[1].Err, "cards 1 and 2 of the list have this id")
	require.ErrorContains(t, entries[2].Err, "card #3")
	require.ErrorContains(t, entries[3].Err, "card #4")
	entries, err = evaluate.DecodeCards([]byte(` {"id":"only"} `))
	require.NoError(t, err)
	require.Equal(t, "only", entries[0].Card.ID)
	entries, err = evaluate.DecodeCards([]byte(`[]`))
	require.NoError(t, err)
	require.Empty(t, entries)
}

func TestErrorsAreBounded(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(`{"id":"bad","facts":{`)
	for i := range 5000 {
		fmt.Fprintf(&b, `"f%d":null,`, i)
	}
	b.WriteString(`"last":1}}`)
	_, err := evaluate.DecodeCard([]byte(b.String()))
	var ps problem.List
	require.ErrorAs(t, err, &ps)
	require.Less(t, len(ps), 300)
}

func TestFactsAndMarksTellWhatTheyAre(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		fact evaluate.Fact
	}{
		{`"12.5"`, evaluate.FactNumber(125_000)},
		{`true`, evaluate.FactBool(true)},
		{`"good"`, evaluate.FactText("good")},
		{`{"count":1,"base":2,"of":"forms","rule":"r"}`, evaluate.FactRate(rates.Rate{Count: 1, Base: 2, Of: "forms", Rule: "r"})},
		{`{"tally":{"late":2}}`, evaluate.FactTally(map[string]int64{"late": 2})},
		{`"not_due"`, evaluate.FactMissing(rubric.NotDue)},
	} {
		var f evaluate.Fact
		require.NoError(t, json.Unmarshal([]byte(c.text), &f), c.text)
		require.Equal(t, c.fact, f)
		out, err := json.Marshal(f)
		require.NoError(t, err)
		require.JSONEq(t, c.text, string(out))
		_, number := f.Number()
		_, yes := f.Bool()
		_, text := f.Text()
		_, rate := f.Rate()
		_, tally := f.Tally()
		count := 0
		for _, is := range []bool{number, yes, text, rate, tally, f.Missing() != ""} {
			if is {
				count++
			}
		}
		require.Equal(t, 1, count, c.text)
	}
	_, err := json.Marshal(evaluate.Fact{})
	require.Error(t, err)
	m := evaluate.MarkGradePoints("good", 9*points.One)
	out, err := json.Marshal(m)
	require.NoError(t, err)
	require.JSONEq(t, `{"grade":"good","points":"9"}`, string(out))
	var back evaluate.Mark
	require.NoError(t, json.Unmarshal(out, &back))
	require.Equal(t, m, back)
}

func FuzzDecodeCards(f *testing.F) {
	sample, err := os.ReadFile("testdata/cards.json")
	require.NoError(f, err)
	f.Add(sample)
	f.Add([]byte(`[{"id":"a","facts":{"days_late":"not_due"},"aggregates":{"experts":{"quality":{"count":3,"sum":200,"min":50,"max":80}}}}]`))
	f.Add([]byte(`{"id":"a","nested":{"x":{"id":"b","ballots":[{"id":"c"}]}}}`))
	f.Add([]byte(`[{"id":"a","ballots":[{"id":"k","group":"members","missing":"recused","revision":-1}]}]`))
	sheet := sampleSheet(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, err := evaluate.DecodeCards(data)
		if err != nil {
			require.ErrorIs(t, err, points.ErrInvalid)
			return
		}
		for i, r := range sheet.ScoreAll(entries) {
			_, err := json.Marshal(r)
			require.NoError(t, err)
			if r.Err != nil {
				var ps problem.List
				require.ErrorAs(t, r.Err, &ps)
				for _, p := range ps {
					require.NotEmpty(t, p.Card)
					require.NotEmpty(t, p.Code)
				}
				continue
			}
			if r.Outcome.Scored() {
				sumsToTotal(t, r.Outcome)
			}
			again, err := json.Marshal(entries[i].Card)
			require.NoError(t, err)
			back, err := evaluate.DecodeCard(again)
			require.NoError(t, err, "%s", again)
			second, err := sheet.Score(back)
			require.NoError(t, err)
			require.Equal(t, r.Outcome.Total, second.Total)
		}
	})
}

func ExampleDecodeCards() {
	sheetJSON, _ := os.ReadFile("testdata/rubric.json")
	r, _ := rubric.Parse(sheetJSON)
	sheet, _ := evaluate.Compile(r)
	cards, _ := evaluate.DecodeCards([]byte(`[
		{"id": "one", "subject": "Water", "facts": {"days_late": "two days"}},
		{"id": "two", "subject": "Roads", "facts": {"days_late": 0}, "ballots": [
			{"id": "b", "group": "members", "marks": {"quality": 120, "satisfaction": "satisfied"}}]},
		{"id": "three", "subject": "Parks", "facts": {"days_late": 0}}
	]`))
	for _, result := range sheet.ScoreAll(cards) {
		if result.Err != nil {
			fmt.Println(result.Err)
			continue
		}
		fmt.Println(result.Outcome.Card, result.Outcome.Status, result.Outcome.Total)
	}
	// Output:
	// evaluate: invalid: card one: criterion on_time: facts.days_late: the fact is a word; a number is needed (fact)
	// evaluate: invalid: card two: criterion quality: ballots[b].marks.quality: mark 120 lies outside 0 to 100 (mark)
	// three provisional 15
}

// TestMalformedCardsAreRefusedPlainly: encoding/json takes "ID" for "id", and
// speaks of Go types; a clerk should meet neither.
func TestMalformedCardsAreRefusedPlainly(t *testing.T) {
	t.Parallel()
	for card, says := range map[string]string{
		`{"id":"a","ID":"b","subject":"s"}`:                  `key "ID" appears twice`,
		`{"id":"a","subject":"s","Subject":"t"}`:             `key "Subject" appears twice`,
		`{"id":"a","ballots":3}`:                             `ballots: number cannot stand here`,
		`{"id":"a","decided":"yes"}`:                         `decided: string cannot stand here`,
		`{"id":"a","colour":1}`:                              `unknown field "colour"`,
		`{"id":"a","` + strings.Repeat("9", 10_000) + `":1}`: `unknown field "999`,
	} {
		_, err := evaluate.DecodeCard([]byte(card))
		require.ErrorIs(t, err, points.ErrInvalid)
		require.ErrorContains(t, err, says)
		require.NotContains(t, err.Error(), "Go ")
		require.Less(t, len(err.Error()), 150)
	}
	for list, says := range map[string]string{"": "ends too early", "[": "ends too early", "7": "number cannot stand here"} {
		_, err := evaluate.DecodeCards([]byte(list))
		require.ErrorContains(t, err, says, list)
		require.NotContains(t, err.Error(), "Go ")
	}
}
