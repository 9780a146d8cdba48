package rates_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
)

func verdict(t testing.TB, report string) rates.Verdict {
	t.Helper()
	r, err := rates.DecodeReport([]byte(report))
	require.NoError(t, err, report)
	v, err := r.Verify()
	require.NoError(t, err, report)
	return v
}

// TestPublishedReports verifies six real reports; testdata notes their sources.
func TestPublishedReports(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/published_reports.json")
	require.NoError(t, err)
	var reports []json.RawMessage
	require.NoError(t, json.Unmarshal(data, &reports))
	require.Len(t, reports, 6)
	wrong := map[string][]string{}
	consistent := 0
	for _, report := range reports {
		v := verdict(t, string(report))
		if v.Consistent {
			consistent++
		}
		for _, s := range v.Sums {
			require.True(t, s.OK, "%s: %s", v.Name, s.English())
		}
		for _, r := range v.Rates {
			if !r.OK {
				wrong[v.Name] = append(wrong[v.Name], r.English())
			}
		}
	}
	require.Equal(t, 4, consistent)
	require.Equal(t, map[string][]string{
		"上海松江区政协五届三次会议 (2020)": {
			`15/205 is 7.3171 %; no rounding prints 6.7 %. Over the total “received” it is right, rounded half up or rounded half to even or truncated.`,
		},
		"运城市政协五届四次会议提案审查情况的报告 (2025)": {"11/555 is 1.9820 %; no rounding prints 1.99 %. It is what the other printed shares leave of 100 %, not computed from its count."},
	}, wrong)
}

// TestAVerdictOnTheWire has one figure of every kind.
func TestAVerdictOnTheWire(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ report, want string }{
		"plain": {
			`{"totals":{"received":19},"sums":[{"label":"s","total":19,"parts":[7,12]}],"rates":[{"label":"filed","count":7,"base":"received","printed":"36.8"}]}`,
			`{"consistent":true,"sums":[{"label":"s","got":19,"ok":true}],
			  "rates":[{"label":"filed","exact":"36.8421","rules":["half_up","half_even","truncate"],"ok":true,"other_bases":[]}]}`,
		},
		"another base": {
			`{"totals":{"received":10,"filed":8,"eight":8},"rates":[{"label":"r","count":4,"base":"received","printed":"50%"}]}`,
			`{"consistent":false,"sums":[],"rates":[{"label":"r","exact":"40.0000","rules":[],"ok":false,"other_bases":[
			  {"base":"eight","rule":"half_up"},{"base":"eight","rule":"half_even"},{"base":"eight","rule":"truncate"},
			  {"base":"filed","rule":"half_up"},{"base":"filed","rule":"half_even"},{"base":"filed","rule":"truncate"}]}]}`,
		},
		"forced to 100": {
			`{"rates":[{"label":"a","count":1,"base":3,"printed":"34","group":"g"},{"label":"b","count":1,"base":3,"printed":"33","group":"g"},{"label":"c","count":1,"base":3,"printed":"33","group":"g"}]}`,
			`{"consistent":false,"sums":[],"rates":[
			  {"label":"a","exact":"33.3333","rules":["largest_remainder"],"ok":false,"other_bases":[]},
			  {"label":"b","exact":"33.3333","rules":["half_up","half_even","truncate","largest_remainder"],"ok":true,"other_bases":[]},
			  {"label":"c","exact":"33.3333","rules":["half_up","half_even","truncate","largest_remainder"],"ok":true,"other_bases":[]}]}`,
		},
		"parts that do not add up": {
			`{"sums":[{"label":"s","total":10,"parts":[3,4]},{"label":"none","total":0,"parts":[]}]}`,
			`{"consistent":false,"sums":[{"label":"s","got":7,"ok":false},{"label":"none","got":0,"ok":true}],"rates":[]}`,
		},
		"no base": {
			`{"totals":{"all":4},"rates":[{"label":"r","count":1,"base":0,"printed":"25"}]}`,
			`{"consistent":false,"sums":[],"rates":[{"label":"r","rules":[],"ok":false,"reason":"base_zero","other_bases":[
			  {"base":"all","rule":"half_up"},{"base":"all","rule":"half_even"},{"base":"all","rule":"truncate"}]}]}`,
		},
		"full-width, above 100 %, four places, half to even": {
			`{"rates":[{"label":"r","count":3,"base":2,"printed":"１５０．００００％"},{"label":"e","count":1,"base":8,"printed":"12"},{"label":"u","count":1,"base":8,"printed":13}]}`,
			`{"consistent":true,"sums":[],"rates":[
			  {"label":"r","exact":"150.0000","rules":["half_up","half_even","truncate"],"ok":true,"other_bases":[]},
			  {"label":"e","exact":"12.5000","rules":["half_even","truncate"],"ok":true,"other_bases":[]},
			  {"label":"u","exact":"12.5000","rules":["half_up"],"ok":true,"other_bases":[]}]}`,
		},
		"counts beyond 64 bits": {
			`{"sums":[{"label":"s","total":100000000000000000000000001,"parts":[100000000000000000000000000,1]}],
			  "rates":[{"label":"r","count":50000000000000000000000001,"base":100000000000000000000000000,"printed":"50.0","group":"g"}]}`,
			`{"consistent":true,"sums":[{"label":"s","got":100000000000000000000000001,"ok":true}],
			  "rates":[{"label":"r","exact":"50.0000","rules":["half_up","half_even","truncate"],"ok":true,"other_bases":[]}]}`,
		},
		"nothing printed": {`{"sums":[],"rates":[]}`, `{"consistent":true,"sums":[],"rates":[]}`},
	} {
		out, err := json.Marshal(verdict(t, c.report))
		require.NoError(t, err, name)
		require.JSONEq(t, c.want, string(out), name)
	}
}

func TestReportsThatCannotBeVerifiedAreRefusedWithTheirPlace(t *testing.T) {
	t.Parallel()
	rate := func(fields string) string { return `{"totals":{"all":4},"rates":[{"label":"r",` + fields + `}]}` }
	for report, want := range map[string]string{
		``: "ends too early", `7`: "cannot stand here", `null`: "neither sums nor rates", `{}`: "neither sums nor rates",
		`{"rate":[]}`: `unknown field "rate"`, `{"rates":[],"rates":[]}`: "appears twice",
		`{"rates":[],"totals":{"all":-1}}`:                                                        "totals.all: -1 is negative",
		`{"rates":[],"totals":{"all":1.5}}`:                                                       "totals.all",
		`{"sums":[{"label":"s","parts":[1]}]}`:                                                    "sums[0].total: is missing",
		`{"sums":[{"label":"s","total":1}]}`:                                                      "sums[0].parts: is missing",
		`{"sums":[{"label":"s","total":1,"parts":[1,-2]}]}`:                                       "sums[0].parts[1]: -2 is negative",
		`{"sums":[{"label":"s","total":1,"parts":[1]},{"label":"s","total":1,"parts":[1]}]}`:      "sums[1].label",
		rate(`"count":1,"base":"none","printed":"25"`):                                            `rates[0].base: there is no total "none"`,
		rate(`"count":1,"base":"","printed":"25"`):                                                "rates[0].base",
		rate(`"count":1,"printed":"25"`):                                                          "rates[0].base: is missing",
		rate(`"count":1e3,"base":4,"printed":"25"`):                                               "rates[0].count",
		rate(`"count":"1","base":4,"printed":"25"`):                                               "rates[0].count",
		rate(`"count":-1,"base":4,"printed":"25"`):                                                "rates[0].count: -1 is negative",
		rate(`"count":1,"base":4`):                                                                "rates[0].printed",
		rate(`"count":1,"base":4,"printed":"a quarter"`):                                          "rates[0].printed",
		rate(`"count":1,"base":4,"printed":"25.00000"`):                                           "rates[0].printed",
		rate(`"count":1,"base":4,"printed":"-25"`):                                                "rates[0].printed",
		rate(`"count":1,"base":4,"printed":"25"},{"label":"r","count":1,"base":4,"printed":"25"`): "rates[1].label",
	} {
		_, err := rates.DecodeReport([]byte(report))
		require.ErrorIs(t, err, points.ErrInvalid, report)
		require.ErrorContains(t, err, want, report)
	}
	_, err := rates.DecodeReport([]byte(`{"rates":[],"totals":{"all":1` + fmt.Sprintf("%0100d", 0) + `}}`))
	require.ErrorIs(t, err, points.ErrOverflow)
	for _, r := range []rates.Report{
		{Sums: []rates.PrintedSum{{Label: "s"}}},
		{Rates: []rates.PrintedRate{{Label: "r", Count: big.NewInt(1), Printed: "1"}}},
		{Rates: []rates.PrintedRate{{Label: "r", Count: big.NewInt(1), Base: big.NewInt(1), Of: "all", Printed: "1"}}},
		{Rates: []rates.PrintedRate{{Label: "r", Count: big.NewInt(-1), Base: big.NewInt(1), Printed: "1"}}},
	} {
		_, err := r.Verify()
		require.ErrorIs(t, err, points.ErrInvalid)
	}
}

// TestWhatARulePrintsIsVerified prints random rates by every rule and wants that
// rule among those that are found; one unit more or less is found by none.
func TestWhatARulePrintsIsVerified(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(91, 92))
	for range 3000 {
		rate := rates.Rate{Count: rng.Int64N(1000), Base: 1 + rng.Int64N(1000)}
		places := rng.IntN(5)
		for _, rule := range points.Roundings() {
			printed, err := rate.Percent(places, rule)
			require.NoError(t, err)
			v := verdict(t, fmt.Sprintf(`{"rates":[{"count":%d,"base":%d,"printed":%q}]}`, rate.Count, rate.Base, printed))
			require.True(t, v.Consistent)
			require.Contains(t, v.Rates[0].Rules, rates.Rule(rule))
		}
		off, err := rates.Rate{Count: rate.Count + 2*rate.Base, Base: rate.Base}.Percent(places, points.HalfUp)
		require.NoError(t, err)
		v := verdict(t, fmt.Sprintf(`{"rates":[{"count":%d,"base":%d,"printed":%q}]}`, rate.Count, rate.Base, off))
		require.False(t, v.Consistent)
	}
}

// TestWhatIsForcedIsVerified forces random groups and wants each share to be
// found, whichever of equal remainders got the last unit.
func TestWhatIsForcedIsVerified(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(93, 94))
	for range 500 {
		counts := make([]int64, 1+rng.IntN(6))
		report := rates.Report{}
		var sum int64
		for i := range counts {
			counts[i] = 1 + rng.Int64N(6)
			sum += counts[i]
		}
		forced, err := rates.LargestRemainder(counts, rng.IntN(3))
		require.NoError(t, err)
		if n := len(forced.Tied); n > 1 {
			a, b := forced.Tied[0], forced.Tied[n-1]
			forced.Percents[a], forced.Percents[b] = forced.Percents[b], forced.Percents[a]
			if counts[a] != counts[b] {
				continue
			}
		}
		for i, c := range counts {
			report.Rates = append(report.Rates, rates.PrintedRate{
				Label: fmt.Sprint(i), Count: big.NewInt(c), Base: big.NewInt(sum), Printed: forced.Percents[i], Group: "g",
			})
		}
		v, err := report.Verify()
		require.NoError(t, err)
		for _, r := range v.Rates {
			require.Contains(t, r.Rules, rates.ByLargestRemainder)
		}
	}
}

func TestFindingsAreToldInTwoLanguages(t *testing.T) {
	t.Parallel()
	v := verdict(t, `{"totals":{"all":3,"half":2},
		"sums":[{"label":"s","total":3,"parts":[1,1]},{"label":"good","total":2,"parts":[1,1]}],
		"rates":[{"label":"a","count":1,"base":"all","printed":"34","group":"g"},{"label":"b","count":2,"base":"all","printed":"66","group":"g"},
			{"label":"c","count":1,"base":"all","printed":"50"},{"label":"d","count":1,"base":0,"printed":"0"},
			{"label":"e","count":1,"base":"all","printed":"34","group":"h"},{"label":"f","count":1,"base":"all","printed":"33","group":"h"},{"label":"g","count":1,"base":"all","printed":"33","group":"h"}]}`)
	require.Equal(t, "各分项之和为2，所印合计为3，两者不符。", v.Sums[0].Chinese())
	require.Equal(t, "The parts add up to 2; the printed total is 3.", v.Sums[0].English())
	require.Equal(t, "各分项之和为2，与所印合计相符。", v.Sums[1].Chinese())
	require.Equal(t, "The parts add up to the printed total, 2.", v.Sums[1].English())
	require.Equal(t, "1/3为33.3333%，所印34%不能由取舍得出。它恰为100%减去其余各项所印之和，系倒挤得出。", v.Rates[0].Chinese())
	require.Equal(t, "2/3 is 66.6667 %; 66 % is that truncated.", v.Rates[1].English())
	require.Contains(t, v.Rates[2].Chinese(), "以“half”为基数，按四舍五入、四舍六入五成双、去尾可得。")
	require.Contains(t, v.Rates[2].English(), `Over the total “half” it is right, rounded half up or rounded half to even or truncated.`)
	require.Contains(t, v.Rates[3].Chinese(), "基数为0，比率无意义")
	require.Contains(t, v.Rates[3].English(), "The base is 0 and the rate undefined")
	require.Equal(t, "1/3为33.3333%，所印34%不能由取舍得出，仅在凑足100%（最大余额法）时成立。", v.Rates[4].Chinese())
	require.Contains(t, v.Rates[4].English(), "which is only forced to a sum of 100 % (largest remainder)")
	for _, r := range append(v.Rates[1].Rules, rates.ByLargestRemainder, "half_even", "half_up") {
		require.NotEqual(t, string(r), r.Chinese())
		require.NotEqual(t, string(r), r.English())
	}
}

func FuzzDecodeReport(f *testing.F) {
	f.Add([]byte(`{"totals":{"received":19},"sums":[{"label":"s","total":19,"parts":[7,12]}],"rates":[{"label":"filed","count":7,"base":"received","printed":"36.8%","group":"g"}]}`))
	f.Add([]byte(`{"rates":[{"count":1,"base":0,"printed":"３３．３％"}]}`))
	f.Add([]byte(`{"sums":[{"total":-1,"parts":[]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := rates.DecodeReport(data)
		if err != nil {
			require.Less(t, len(err.Error()), 400)
			return
		}
		v, err := r.Verify()
		require.NoError(t, err, "what is decoded can be verified")
		out, err := json.Marshal(v)
		require.NoError(t, err)
		require.NotContains(t, string(out), "null")
		ok := true
		for _, s := range v.Sums {
			ok = ok && s.OK
			require.NotEmpty(t, s.Chinese()+s.English())
		}
		for _, r := range v.Rates {
			ok = ok && r.OK
			require.NotEmpty(t, r.Chinese()+r.English())
			require.Equal(t, r.Exact == "", r.Reason != "")
		}
		require.Equal(t, ok, v.Consistent)
	})
}

func ExampleReport_Verify() {
	report, err := rates.DecodeReport([]byte(`{
		"totals": {"received": 19, "filed": 7},
		"sums": [{"label": "received", "total": 19, "parts": [7, 12]}],
		"rates": [
			{"label": "filed", "count": 7, "base": "received", "printed": "36.8%"},
			{"label": "answered", "count": 6, "base": "received", "printed": "85.7%"}
		]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	verdict, _ := report.Verify()
	fmt.Println(verdict.Consistent)
	for _, r := range verdict.Rates {
		fmt.Println(r.Label, r.Exact, r.Rules, r.OK, r.OtherBases)
	}
	fmt.Println(verdict.Rates[0].English())
	// Output:
	// false
	// filed 36.8421 [half_up half_even truncate] true []
	// answered 31.5789 [] false [{filed half_up} {filed half_even} {filed truncate}]
	// 7/19 is 36.8421 %; 36.8 % is that rounded half up or rounded half to even or truncated.
}
