package agreement

// AlphaOfLabels returns Krippendorff's α at the nominal level of labels, such as
// "A" and "B": two are alike or they are not. Rows are raters; a nil cell is a
// missing mark. It is undefined as [KrippendorffAlpha] is. A ragged table and an
// empty label are errors.
func AlphaOfLabels(ratersByUnits [][]*string) (Value, error) {
	numbers := map[string]float64{}
	marks := make([][]*float64, len(ratersByUnits))
	for i, row := range ratersByUnits {
		marks[i] = make([]*float64, len(row))
		for j, label := range row {
			switch {
			case label == nil:
				continue
			case *label == "":
				return Value{}, invalid(CodeMissing, ratingsField, "is an empty label; a missing mark is null").at(i, j)
			}
			n, known := numbers[*label]
			if !known {
				n = float64(len(numbers))
				numbers[*label] = n
			}
			marks[i][j] = &n
		}
	}
	ratings, err := RatingsOf(marks)
	if err != nil {
		return Value{}, err
	}
	return KrippendorffAlpha(ratings, Nominal)
}
