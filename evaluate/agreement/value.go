package agreement

import (
	"encoding/json"
	"math"
	"strconv"
)

// Value is a statistic: a finite number, or the reason why there is none.
// The zero Value is undefined because it was [NotMeasured].
type Value struct {
	number float64
	reason Reason
	ok     bool
}

// number wraps x. A result that left the range of float64 is undefined, so
// that NaN and infinities never reach a caller.
func number(x float64) Value {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return undefined(OutOfRange)
	}
	return Value{number: x, ok: true}
}

func undefined(r Reason) Value { return Value{reason: r} }

// Float returns the number, and whether there is one.
func (v Value) Float() (x float64, ok bool) { return v.number, v.ok }

// Defined reports whether v holds a number.
func (v Value) Defined() bool { return v.ok }

// Undefined returns why there is no number, or "" when there is one.
func (v Value) Undefined() Reason {
	if v.ok {
		return ""
	}
	if v.reason == "" {
		return NotMeasured
	}
	return v.reason
}

// String prints the number with as many digits as it needs, or
// "undefined: " and the reason in English.
func (v Value) String() string {
	if !v.ok {
		return "undefined: " + v.Undefined().English()
	}
	return strconv.FormatFloat(v.number, 'g', -1, 64)
}

// MarshalJSON writes {"value":x} or {"undefined":"reason"}.
func (v Value) MarshalJSON() ([]byte, error) {
	if !v.ok {
		return json.Marshal(undefinedJSON{v.Undefined()})
	}
	return json.Marshal(struct {
		Value float64 `json:"value"`
	}{v.number})
}

type undefinedJSON struct {
	Undefined Reason `json:"undefined"`
}
