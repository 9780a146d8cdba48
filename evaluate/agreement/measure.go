package agreement

import (
	"encoding/json"
	"slices"
)

// Measure answers a question asked as a JSON object: its "method" names a
// statistic, its other fields are that statistic's arguments.
//
//	method              fields                                              answer
//	krippendorff_alpha  level, raters_by_units (null is a missing mark)     {"value":x}
//	fleiss_kappa        counts: units × categories                          {"value":x}
//	cohen_kappa         weights: none, linear, quadratic; table             {"value":x}
//	kendall_w           raters_by_objects                                   {"value":x,"chi_square":x}
//	icc                 targets_by_judges                                   {"icc11":x,"icc21":x,"icc31":x,"icc1k":x,"icc2k":x,"icc3k":x}
//	wilson              x, n, and either confidence or z                    {"low":x,"high":x}
//	trimmed_mean        values, trim_each_end                               {"value":x}
//	rank                values, ties: average, min, max, dense, ordinal     {"ranks":[…]}
//	ahp                 matrix, variant: eigenvector, geometric_mean        {"weights":[…],"lambda_max":x,"ci":x,"cr":x}
//
// An undefined statistic is {"undefined":"reason"}, its reason a [Reason]. When
// only some figures of an answer are undefined, that object stands in their
// place: {"icc11":-0.5,"icc31":{"undefined":"zero_variance_estimate"},…}.
//
// At the nominal level raters_by_units may hold labels, all of them strings, in
// place of numbers: [["A","B",null],["A","A","B"]].
//
// trim_each_end is how many values to drop at each end, or, when it is a
// fraction below one half, which share of them. A cell of an AHP matrix may be
// a string such as "1/3".
//
// Decoding is strict: unknown, doubled and missing fields, text after the
// object and numbers out of range are an [*InputError] that names the field
// and the cell.
func Measure(question []byte) (answer []byte, err error) {
	f, err := decodeFields(question)
	if err != nil {
		return nil, err
	}
	method, err := f.text("method")
	if err != nil {
		return nil, err
	}
	for _, m := range methods() {
		if m.name != method {
			continue
		}
		if err := f.only(append(m.fields, "method")); err != nil {
			return nil, err
		}
		result, err := m.measure(f)
		if err != nil {
			return nil, err
		}
		return json.Marshal(result)
	}
	return nil, invalid(CodeUnknown, "method", "%.40q is not one of %s", method, list(Methods()))
}

// Methods returns the methods that [Measure] knows.
func Methods() []string {
	all := methods()
	names := make([]string, len(all))
	for i, m := range all {
		names[i] = m.name
	}
	return names
}

type method struct {
	name    string
	fields  []string
	measure func(fields) (any, error)
}

func methods() []method {
	return []method{
		{"krippendorff_alpha", []string{"level", ratingsField}, measureAlpha},
		{"fleiss_kappa", []string{countsField}, measureFleiss},
		{"cohen_kappa", []string{"weights", tableField}, measureCohen},
		{"kendall_w", []string{"raters_by_objects"}, measureKendall},
		{"icc", []string{"targets_by_judges"}, measureICC},
		{"wilson", []string{"x", "n", "confidence", "z"}, measureWilson},
		{"trimmed_mean", []string{"values", trimField}, measureTrimmedMean},
		{"rank", []string{"values", "ties"}, measureRank},
		{"ahp", []string{matrixField, "variant"}, measureAHP},
	}
}

func measureAlpha(f fields) (any, error) {
	level, err := f.text("level")
	if err != nil {
		return nil, err
	}
	if err := Level(level).check(); err != nil {
		return nil, err
	}
	if Level(level) == Nominal {
		labels, err := f.labels(ratingsField)
		if err != nil {
			return nil, err
		}
		if labels != nil {
			return AlphaOfLabels(labels)
		}
	}
	ratings, err := f.ratings(ratingsField)
	if err != nil {
		return nil, err
	}
	return KrippendorffAlpha(ratings, Level(level))
}

func measureFleiss(f fields) (any, error) {
	counts, err := f.counts(countsField)
	if err != nil {
		return nil, err
	}
	return FleissKappa(counts)
}

func measureCohen(f fields) (any, error) {
	weights, err := f.text("weights")
	if err != nil {
		return nil, err
	}
	table, err := f.table(tableField)
	if err != nil {
		return nil, err
	}
	return CohenKappa(table, Weighting(weights))
}

func measureKendall(f fields) (any, error) {
	table, err := f.table("raters_by_objects")
	if err != nil {
		return nil, err
	}
	c, err := KendallW(table)
	if err != nil {
		return nil, err
	}
	return figures{{"value", c.W}, {"chi_square", c.ChiSquare}}, nil
}

func measureICC(f fields) (any, error) {
	table, err := f.table("targets_by_judges")
	if err != nil {
		return nil, err
	}
	c, err := IntraclassCorrelations(table)
	if err != nil {
		return nil, err
	}
	return figures{
		{"icc11", c.ICC11}, {"icc21", c.ICC21}, {"icc31", c.ICC31},
		{"icc1k", c.ICC1k}, {"icc2k", c.ICC2k}, {"icc3k", c.ICC3k},
	}, nil
}

func measureWilson(f fields) (any, error) {
	x, err := f.whole("x")
	if err != nil {
		return nil, err
	}
	n, err := f.whole("n")
	if err != nil {
		return nil, err
	}
	if f.has("confidence") == f.has("z") {
		return nil, invalid(CodeMissing, "confidence", "give either confidence or z")
	}
	limits, at := WilsonConfidence, "confidence"
	if f.has("z") {
		limits, at = Wilson, "z"
	}
	width, err := f.number(at)
	if err != nil {
		return nil, err
	}
	interval, err := limits(x, n, width)
	if err != nil {
		return nil, err
	}
	return figures{{"low", interval.Low}, {"high", interval.High}}, nil
}

func measureTrimmedMean(f fields) (any, error) {
	values, err := f.numbers("values")
	if err != nil {
		return nil, err
	}
	trim, err := f.number(trimField)
	if err != nil {
		return nil, err
	}
	if trim > 0 && trim < 0.5 {
		return TrimmedMeanShare(values, trim)
	}
	each, err := f.whole(trimField)
	if err != nil {
		return nil, err
	}
	return TrimmedMean(values, each)
}

func measureRank(f fields) (any, error) {
	values, err := f.numbers("values")
	if err != nil {
		return nil, err
	}
	ties, err := f.text("ties")
	if err != nil {
		return nil, err
	}
	ranks, err := Ranks(values, Ties(ties))
	if err != nil {
		return nil, err
	}
	return struct {
		Ranks []float64 `json:"ranks"`
	}{ranks}, nil
}

func measureAHP(f fields) (any, error) {
	variant, err := f.text("variant")
	if err != nil {
		return nil, err
	}
	matrix, err := f.fractions(matrixField)
	if err != nil {
		return nil, err
	}
	p, err := AHP(matrix, Prioritisation(variant))
	if err != nil {
		return nil, err
	}
	return struct {
		Weights   []float64 `json:"weights"`
		LambdaMax float64   `json:"lambda_max"`
		CI        float64   `json:"ci"`
		CR        any       `json:"cr"`
	}{p.Weights, p.LambdaMax, p.CI, plain(p.CR)}, nil
}

// figures is an answer of several figures, in order.
type figures []figure

type figure struct {
	name  string
	value Value
}

// MarshalJSON writes one object; figures all undefined for one reason are one
// undefined answer.
func (f figures) MarshalJSON() ([]byte, error) {
	reason := f[0].value.Undefined()
	other := func(g figure) bool { return g.value.Undefined() != reason }
	if reason != "" && !slices.ContainsFunc(f, other) {
		return json.Marshal(undefinedJSON{reason})
	}
	object := []byte{'{'}
	for i, g := range f {
		if i > 0 {
			object = append(object, ',')
		}
		text, err := json.Marshal(plain(g.value))
		if err != nil {
			return nil, err
		}
		object = append(object, `"`+g.name+`":`...)
		object = append(object, text...)
	}
	return append(object, '}'), nil
}

// plain is the bare number of a defined value.
func plain(v Value) any {
	if x, ok := v.Float(); ok {
		return x
	}
	return v
}
