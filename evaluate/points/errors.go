package points

import "errors"

// The sentinels: every error of this package, and of evaluate and its rates,
// ranking and rubrics, wraps one of them; match with errors.Is.
var (
	// ErrInvalid: the input itself is wrong; the text says what and where.
	ErrInvalid = errors.New("evaluate: invalid")
	// ErrOverflow: an exact result does not fit the range of Points.
	ErrOverflow = errors.New("evaluate: overflow")
	// ErrUndefined: there is nothing to divide by or to choose from; the
	// wrapping *UndefinedError carries the reason.
	ErrUndefined = errors.New("evaluate: undefined")
)

// Reason is the stable code of why a figure is undefined; empty when it is
// defined.
type Reason string

// The reasons a rate or an outcome is undefined.
const (
	BaseZero     Reason = "base_zero"     // the base is zero: nothing was counted against
	Negative     Reason = "negative"      // count or base is below zero
	NoValues     Reason = "no_values"     // no value was given at all
	MissingInput Reason = "missing_input" // a required fact or panel is absent
)

// UndefinedError is an undefined figure met where a number was asked for.
type UndefinedError struct {
	What   string // the figure, e.g. "rate 3/0"
	Reason Reason
}

// Error says which figure has no value, and why.
func (e *UndefinedError) Error() string {
	return "evaluate: " + e.What + " is undefined: " + string(e.Reason)
}

// Unwrap makes errors.Is(err, ErrUndefined) hold.
func (e *UndefinedError) Unwrap() error { return ErrUndefined }
