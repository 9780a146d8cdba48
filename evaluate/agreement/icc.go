package agreement

// ICC holds the six intraclass correlations (组内相关系数) of Shrout and
// Fleiss, and the mean squares they come from. In (1,·) every target has
// judges of its own; in (2,·) the judges are a sample, and their severity
// counts as disagreement; in (3,·) they are the only judges of interest, and
// it does not. (·,1) is the reliability of one judge, (·,k) of the mean of all.
//
// The forms are estimates: on few or contradictory marks they leave [0, 1].
// Each form is defined or undefined by itself.
type ICC struct {
	ICC11, ICC21, ICC31 Value
	ICC1k, ICC2k, ICC3k Value

	BetweenTargets Value // BMS, in squared marks
	WithinTargets  Value // WMS
	BetweenJudges  Value // JMS
	Residual       Value // EMS
}

// IntraclassCorrelations returns the six forms. Rows are targets, columns
// judges, and every judge marks every target.
//
// All are undefined for [TooFewUnits] and [TooFewRaters] below two targets or
// judges and for [NoVariation] when all marks are the same. One is undefined
// for [ZeroVariance] when its own denominator is zero, as ICC(3,1) when every
// judge gives all targets his one mark.
//
// Source: P. E. Shrout and J. L. Fleiss, Intraclass correlations: uses in
// assessing rater reliability, Psychological Bulletin 86, 1979.
func IntraclassCorrelations(targetsByJudges [][]float64) (ICC, error) {
	judges, err := rectangular("targets_by_judges", targetsByJudges)
	if err != nil {
		return ICC{}, err
	}
	targets := len(targetsByJudges)
	switch {
	case targets < 2:
		return iccUndefined(TooFewUnits), nil
	case judges < 2:
		return iccUndefined(TooFewRaters), nil
	}
	s := sumsOfSquares(targetsByJudges)
	if s.within == 0 && s.targets == 0 {
		return iccUndefined(NoVariation), nil
	}
	n, k := float64(targets), float64(judges)
	bms := s.targets / (n - 1)
	wms := s.within / (n * (k - 1))
	jms := s.judges / (k - 1)
	ems := s.residual / ((n - 1) * (k - 1))
	unit := s.scale * s.scale
	return ICC{
		ICC11: quotient(bms-wms, bms, (k-1)*wms),
		ICC21: quotient(bms-ems, bms, (k-1)*ems, k*jms/n, -k*ems/n),
		ICC31: quotient(bms-ems, bms, (k-1)*ems),
		ICC1k: quotient(bms-wms, bms),
		ICC2k: quotient(bms-ems, bms, jms/n, -ems/n),
		ICC3k: quotient(bms-ems, bms),

		BetweenTargets: number(bms / unit),
		WithinTargets:  number(wms / unit),
		BetweenJudges:  number(jms / unit),
		Residual:       number(ems / unit),
	}, nil
}

func iccUndefined(r Reason) ICC {
	u := undefined(r)
	return ICC{u, u, u, u, u, u, u, u, u, u}
}

// quotient divides by the sum of the terms, which is zero when what is left of
// it is rounding.
func quotient(numerator float64, terms ...float64) Value {
	var sum, size float64
	for _, term := range terms {
		sum += term
		size += max(term, -term)
	}
	if max(sum, -sum) <= 1e-13*size {
		return undefined(ZeroVariance)
	}
	return number(numerator / sum)
}

// squaresOf is the two-way analysis of variance of a table, in marks times
// scale.
type squaresOf struct {
	scale                             float64
	targets, within, judges, residual float64
}

func sumsOfSquares(table [][]float64) squaresOf {
	n, k := len(table), len(table[0])
	s := squaresOf{scale: powerOfTwoFor(largestIn(table))}
	// Measuring from one of the marks makes equal marks exactly zero.
	origin := table[0][0] * s.scale
	rowMeans, columnMeans := make([]float64, n), make([]float64, k)
	grand := 0.0
	for i, row := range table {
		for j, x := range row {
			x = x*s.scale - origin
			rowMeans[i] += x / float64(k)
			columnMeans[j] += x / float64(n)
		}
		grand += rowMeans[i] / float64(n)
	}
	total := 0.0
	for i, row := range table {
		s.targets += float64(k) * (rowMeans[i] - grand) * (rowMeans[i] - grand)
		for j, x := range row {
			x = x*s.scale - origin
			total += (x - grand) * (x - grand)
			s.within += (x - rowMeans[i]) * (x - rowMeans[i])
			left := x - rowMeans[i] - columnMeans[j] + grand
			s.residual += left * left
		}
	}
	for _, mean := range columnMeans {
		s.judges += float64(n) * (mean - grand) * (mean - grand)
	}
	// Means of k or n marks are rounded; squares of that rounding are no
	// variance.
	rounding := 1e-25 * total
	for _, part := range []*float64{&s.targets, &s.within, &s.judges, &s.residual} {
		if *part <= rounding {
			*part = 0
		}
	}
	return s
}
