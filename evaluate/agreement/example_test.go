package agreement_test

import (
	"errors"
	"fmt"

	"github.com/tian-go/tian/evaluate/agreement"
)

// Three evaluators mark four proposals; the third did not mark the second.
func ExampleKrippendorffAlpha() {
	r, err := agreement.NewRatings(3, 4)
	if err != nil {
		fmt.Println(err)
		return
	}
	marks := map[[2]int]float64{ // rater, unit
		{0, 0}: 8, {0, 1}: 6, {0, 2}: 9, {0, 3}: 4,
		{1, 0}: 8, {1, 1}: 5, {1, 2}: 9, {1, 3}: 4,
		{2, 0}: 7, {2, 2}: 9, {2, 3}: 4,
	}
	for place, mark := range marks {
		if err := r.Put(place[0], place[1], mark); err != nil {
			fmt.Println(err)
			return
		}
	}
	for _, level := range []agreement.Level{agreement.Nominal, agreement.Interval} {
		alpha, err := agreement.KrippendorffAlpha(r, level)
		if err != nil {
			fmt.Println(err)
			return
		}
		x, _ := alpha.Float()
		fmt.Printf("%s %.3f\n", level, x)
	}
	// Output:
	// nominal 0.583
	// interval 0.959
}

// Agreement on one value alone is no agreement that could be measured.
func ExampleValue_Undefined() {
	counts := [][]int{{3, 0}, {3, 0}} // two units, three raters, one category used
	kappa, err := agreement.FleissKappa(counts)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(kappa.Defined(), kappa.Undefined())
	fmt.Println(kappa.Undefined().Chinese())
	// Output:
	// false no_variation
	// 所有取值相同，无从期望分歧
}

// Malformed input is an error that names the place.
func ExampleInputError() {
	_, err := agreement.KendallW([][]float64{{1, 2, 3}, {1, 2}})
	var input *agreement.InputError
	if errors.As(err, &input) {
		fmt.Println(input.Code, input.Row)
	}
	fmt.Println(err)
	// Output:
	// ragged 2
	// agreement: raters_by_objects, row 2: has 2 cells where row 1 has 3
}

// Units arrive one at a time and are not kept; two offices count apart.
func ExampleCoincidences() {
	var north, south agreement.Coincidences
	for _, unit := range [][]float64{{1, 1, 2}, {3, 3}} {
		if err := north.AddUnit(unit...); err != nil {
			fmt.Println(err)
		}
	}
	if err := south.AddUnit(2, 2, 2); err != nil {
		fmt.Println(err)
	}
	north.Merge(&south)
	alpha, err := north.Alpha(agreement.Ordinal)
	if err != nil {
		fmt.Println(err)
		return
	}
	x, _ := alpha.Float()
	fmt.Printf("%.3f\n", x)
	// Output: 0.781
}

func ExampleKendallW() {
	got, err := agreement.KendallW([][]float64{
		{92, 85, 85, 70}, // one rater's marks for four objects, two of them tied
		{90, 88, 80, 75},
		{95, 80, 86, 60},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	w, _ := got.W.Float()
	chi, _ := got.ChiSquare.Float()
	fmt.Printf("W %.4f, chi-square %.3f with %d degrees of freedom\n", w, chi, got.Freedom)
	// Output: W 0.9310, chi-square 8.379 with 3 degrees of freedom
}

func ExampleFleissKappa() {
	kappa, err := agreement.FleissKappa([][]int{{0, 14}, {14, 0}, {7, 7}})
	if err != nil {
		fmt.Println(err)
		return
	}
	x, _ := kappa.Float()
	fmt.Printf("%.3f\n", x)
	// Output: 0.641
}

func ExampleCohenKappa() {
	table := [][]float64{{0, 4, 1}, {0, 8, 0}, {0, 1, 5}}
	for _, weights := range []agreement.Weighting{agreement.Unweighted, agreement.Linear} {
		kappa, err := agreement.CohenKappa(table, weights)
		if err != nil {
			fmt.Println(err)
			return
		}
		x, _ := kappa.Float()
		fmt.Printf("%s %.4f\n", weights, x)
	}
	// Output:
	// none 0.4842
	// linear 0.4701
}

// The marks of Shrout and Fleiss (1979).
func ExampleIntraclassCorrelations() {
	icc, err := agreement.IntraclassCorrelations([][]float64{
		{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	one, _ := icc.ICC21.Float()
	mean, _ := icc.ICC2k.Float()
	fmt.Printf("one judge %.2f, the mean of four %.2f\n", one, mean)
	// Output: one judge 0.29, the mean of four 0.62
}

// The second rater marks two below the others; the third marks all alike.
func ExampleRaterTable() {
	r, err := agreement.NewRatings(3, 4)
	if err != nil {
		fmt.Println(err)
		return
	}
	for unit, marks := range [][]float64{{90, 88, 85}, {80, 78, 85}, {88, 86, 85}, {82, 80, 85}} {
		for rater, mark := range marks {
			if err := r.Put(rater, unit, mark); err != nil {
				fmt.Println(err)
			}
		}
	}
	for _, row := range agreement.RaterTable(r) {
		deviation, _ := row.MeanDeviation.Float()
		spread, _ := row.Spread.Float()
		severity, _ := row.Severity.Float()
		fmt.Printf("rater %d: %d of %d, deviation %+.2f, spread %.2f, alike %t, severity %+.2f\n",
			row.Rater+1, row.Count, row.Units, deviation, spread, row.ZeroVariance, severity)
	}
	// Output:
	// rater 1: 4 of 4, deviation +1.00, spread 4.76, alike false, severity -0.67
	// rater 2: 4 of 4, deviation -2.00, spread 4.76, alike false, severity +1.33
	// rater 3: 4 of 4, deviation +1.00, spread 0.00, alike true, severity -0.67
}

// 81 of 263 forms came back satisfied.
func ExampleWilsonConfidence() {
	interval, err := agreement.WilsonConfidence(81, 263, 0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	low, _ := interval.Low.Float()
	high, _ := interval.High.Float()
	fmt.Printf("%.4f to %.4f\n", low, high)
	// Output: 0.2553 to 0.3662
}

// Seven judges; the highest and the lowest mark are dropped.
func ExampleTrimmedMean() {
	mean, err := agreement.TrimmedMean([]float64{9.4, 9.7, 9.5, 9.5, 9.4, 9.6, 9.5}, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	x, _ := mean.Float()
	fmt.Printf("%.2f\n", x)
	// Output: 9.50
}

func ExampleRanks() {
	for _, ties := range []agreement.Ties{agreement.AverageTies, agreement.MinTies, agreement.DenseTies} {
		ranks, err := agreement.Ranks([]float64{10, 20, 20, 30}, ties)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(ties, ranks)
	}
	// Output:
	// average [1 2.5 2.5 4]
	// min [1 2 2 4]
	// dense [1 2 2 3]
}

// Topic, research and analysis of a proposal, compared in pairs.
func ExampleAHP() {
	got, err := agreement.AHP([][]float64{
		{1, 1.0 / 2, 1.0 / 4},
		{2, 1, 1.0 / 3},
		{4, 3, 1},
	}, agreement.Eigenvector)
	if err != nil {
		fmt.Println(err)
		return
	}
	cr, _ := got.CR.Float()
	fmt.Printf("weights %.4f, λmax %.4f, CR %.4f by %s\n", got.Weights, got.LambdaMax, cr, got.RandomIndex)
	// Output: weights [0.1365 0.2385 0.6250], λmax 3.0183, CR 0.0158 by Saaty 1980
}

// The same questions as data, one JSON object each.
func ExampleMeasure() {
	for _, question := range []string{
		`{"method":"rank","ties":"average","values":[88,92,88]}`,
		`{"method":"krippendorff_alpha","level":"ordinal","raters_by_units":[[1,2,3],[1,2,null]]}`,
		`{"method":"krippendorff_alpha","level":"ordinal","raters_by_units":[[5,5],[5,5]]}`,
		`{"method":"fleiss_kappa","counts":[[2,1],[1,-1]]}`,
	} {
		answer, err := agreement.Measure([]byte(question))
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(string(answer))
	}
	// Output:
	// {"ranks":[1.5,3,1.5]}
	// {"value":1}
	// {"undefined":"no_variation"}
	// agreement: counts, row 2, column 2: a count may not be negative: -1
}

func ExampleAlphaOfLabels() {
	a, b := "A", "B"
	alpha, err := agreement.AlphaOfLabels([][]*string{{&a, &b, nil, &a}, {&a, &b, &b, &b}, {&a, nil, &b, &a}})
	fmt.Println(alpha, err)
	// Output: 0.64 <nil>
}
