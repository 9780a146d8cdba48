package check

import (
	"math/bits"
	"strconv"
	"strings"
)

// Share is a share of votes or heads, N in M.
type Share struct{ N, M int }

// ShareOf reads a share, written N/M with 0 ≤ N ≤ M ≤ 1000 and M not 0.
func ShareOf(text string) (Share, bool) {
	num, den, ok := strings.Cut(text, "/")
	n, err1 := strconv.Atoi(num)
	m, err2 := strconv.Atoi(den)
	return Share{n, m}, ok && err1 == nil && err2 == nil && n >= 0 && m >= 1 && n <= m && m <= 1000
}

// Exceeded reports whether part is more than the share of whole. Neither is below
// zero, and no number is too large.
func (s Share) Exceeded(part, whole int) bool { return s.compare(part, whole) > 0 }

// Reached reports whether part is the share of whole, or more.
func (s Share) Reached(part, whole int) bool { return s.compare(part, whole) >= 0 }

// compare holds part × M against whole × N.
func (s Share) compare(part, whole int) int {
	if part < 0 || whole < 0 {
		return -1
	}
	high, low := bits.Mul64(uint64(part), uint64(s.M))     //nolint:gosec // not below zero
	above, below := bits.Mul64(uint64(whole), uint64(s.N)) //nolint:gosec // not below zero
	switch {
	case high > above, high == above && low > below:
		return 1
	case high == above && low == below:
		return 0
	}
	return -1
}

// Sum adds numbers of people, and reports whether none is below zero and the sum is
// a number.
func Sum(parts ...int) (sum int, ok bool) {
	for _, n := range parts {
		if n < 0 || sum+n < sum {
			return 0, false
		}
		sum += n
	}
	return sum, true
}
