package agreement

// Concordance is Kendall's coefficient of concordance (和谐系数).
type Concordance struct {
	W         Value // from 0, no common order, to 1, one order
	ChiSquare Value // m(n−1)W: Friedman's statistic for m raters and n objects
	Freedom   int   // its degrees of freedom, n−1; 0 when undefined
}

// KendallW returns Kendall's W, corrected for ties. Rows are raters, columns
// objects; marks are ranked within each row with average ranks, so ranks may
// be given as well. Only the order within a row matters.
//
// It is undefined for [TooFewRaters] and [TooFewUnits] below two of either,
// and for [NoVariation] when every rater ties all objects. Chi-square follows
// its distribution for about seven objects or more.
//
// Source: M. G. Kendall, Rank Correlation Methods, 1948; S. Siegel,
// Nonparametric Statistics for the Behavioral Sciences, 1956, chapter 9.
func KendallW(ratersByObjects [][]float64) (Concordance, error) {
	objects, err := rectangular("raters_by_objects", ratersByObjects)
	if err != nil {
		return Concordance{}, err
	}
	raters := len(ratersByObjects)
	switch {
	case raters < 2:
		return concordanceUndefined(TooFewRaters), nil
	case objects < 2:
		return concordanceUndefined(TooFewUnits), nil
	}
	m, n := float64(raters), float64(objects)
	// Twice a rank's distance from the mean rank is a whole number.
	sums := make([]float64, objects)
	ties := 0.0
	for _, row := range ratersByObjects {
		eachTie(row, func(before int, tied []int) {
			distance := float64(2*before + len(tied) - objects)
			for _, object := range tied {
				sums[object] += distance
			}
			t := float64(len(tied))
			ties += t*t*t - t
		})
	}
	fourS := 0.0
	for _, sum := range sums {
		fourS += sum * sum
	}
	free := m*m*(n*n*n-n) - m*ties
	if free == 0 {
		return concordanceUndefined(NoVariation), nil
	}
	w := 3 * fourS / free
	return Concordance{W: number(w), ChiSquare: number(m * (n - 1) * w), Freedom: objects - 1}, nil
}

func concordanceUndefined(r Reason) Concordance {
	return Concordance{W: undefined(r), ChiSquare: undefined(r)}
}
