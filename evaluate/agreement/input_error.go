package agreement

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// ErrInvalid is what [errors.Is] finds in every error of this package.
var ErrInvalid = errors.New("agreement: invalid input")

// Code classifies an [InputError]; it is stable and fit for transport.
type Code string

// The codes.
const (
	CodeRagged        Code = "ragged"         // rows of different lengths, or a table that is not square
	CodeNotFinite     Code = "not_finite"     // NaN, an infinity, or a number beyond float64
	CodeNegative      Code = "negative"       // a count or a ratio-level mark below zero
	CodeUnequalTotals Code = "unequal_totals" // units with different numbers of ratings
	CodeNotReciprocal Code = "not_reciprocal" // a[i][j]·a[j][i] is not 1
	CodeOutOfRange    Code = "out_of_range"   // an argument outside its range
	CodeTooLarge      Code = "too_large"      // more cells than the function takes
	CodeUnknown       Code = "unknown"        // an unknown method, level, variant, field
	CodeSyntax        Code = "syntax"         // not the JSON that is asked for
	CodeMissing       Code = "missing"        // a field or a cell that must be there is not
)

// InputError says what is wrong with an input and where.
type InputError struct {
	Code   Code
	Field  string // the argument, under its name in the JSON form of [Measure]
	Row    int    // from 1, as on paper; 0 when the fault is not in a row
	Column int    // from 1; 0 when the fault is not in a column
	Detail string
}

// Error prints the place, then the fault.
func (e *InputError) Error() string {
	var b strings.Builder
	b.WriteString("agreement: ")
	if e.Field != "" {
		b.WriteString(e.Field)
	}
	if e.Row > 0 {
		fmt.Fprintf(&b, ", row %d", e.Row)
	}
	if e.Column > 0 {
		fmt.Fprintf(&b, ", column %d", e.Column)
	}
	if e.Field != "" {
		b.WriteString(": ")
	}
	b.WriteString(e.Detail)
	return b.String()
}

// Unwrap makes every InputError an [ErrInvalid].
func (e *InputError) Unwrap() error { return ErrInvalid }

func invalid(code Code, field, format string, args ...any) *InputError {
	return &InputError{Code: code, Field: field, Detail: fmt.Sprintf(format, args...)}
}

// at places the fault in a row and a column, both counted from 0 as in Go;
// pass -1 for a place that does not apply.
func (e *InputError) at(row, column int) *InputError {
	e.Row, e.Column = row+1, column+1
	return e
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// rectangular checks that rows have one length and finite cells, and returns
// that length.
func rectangular(field string, rows [][]float64) (columns int, err error) {
	for i, row := range rows {
		if len(row) != len(rows[0]) {
			return 0, invalid(CodeRagged, field, "has %d cells where row 1 has %d", len(row), len(rows[0])).at(i, -1)
		}
		for j, x := range row {
			if !finite(x) {
				return 0, invalid(CodeNotFinite, field, "%v is not a finite number", x).at(i, j)
			}
		}
	}
	if len(rows) == 0 {
		return 0, nil
	}
	return len(rows[0]), nil
}

// square checks that a rectangular table has as many columns as rows.
func square(field string, rows [][]float64) error {
	columns, err := rectangular(field, rows)
	if err != nil {
		return err
	}
	if columns != len(rows) {
		return invalid(CodeRagged, field, "is not square: %d rows of %d cells", len(rows), columns)
	}
	return nil
}
