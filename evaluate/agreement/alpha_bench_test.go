package agreement

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// sampleRatings draws marks from 0 to 10 in halves: ten raters, about one mark
// in twenty missing when gaps is true.
func sampleRatings(tb testing.TB, marks int, gaps bool) *Ratings {
	tb.Helper()
	const raters = 10
	random := rand.New(rand.NewPCG(1, 2))
	r, err := NewRatings(raters, marks/raters)
	if err != nil {
		tb.Fatal(err)
	}
	for unit := range r.units {
		quality := random.IntN(15)
		for rater := range raters {
			if gaps && random.IntN(20) == 0 {
				continue
			}
			if err := r.Put(rater, unit, float64(quality+random.IntN(6))/2); err != nil {
				tb.Fatal(err)
			}
		}
	}
	return r
}

// floorSum is the plain loop over the same memory: the sum of all marks there
// are, and how many.
func floorSum(r *Ratings) (sum float64, n int) {
	for _, mark := range r.marks {
		if mark == mark {
			sum += mark
			n++
		}
	}
	return sum, n
}

// BenchmarkAlpha sets every level beside the plain loop over the same memory.
// Ten times the marks should take ten times as long.
func BenchmarkAlpha(b *testing.B) {
	for _, gaps := range []bool{false, true} {
		for _, marks := range []int{10_000, 100_000, 1_000_000} {
			r := sampleRatings(b, marks, gaps)
			name := fmt.Sprintf("gaps=%t/marks=%d", gaps, marks)
			var floor float64
			b.Run(name+"/loop", func(b *testing.B) {
				for b.Loop() {
					if sum, n := floorSum(r); n == 0 || math.IsNaN(sum) {
						b.Fatal("no marks")
					}
				}
				floor = float64(b.Elapsed()) / float64(b.N)
			})
			for _, level := range []Level{Nominal, Ordinal, Interval, Ratio} {
				b.Run(name+"/"+string(level), func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						v, err := KrippendorffAlpha(r, level)
						if err != nil || !v.Defined() {
							b.Fatal(v, err)
						}
					}
					perCall := float64(b.Elapsed()) / float64(b.N)
					b.ReportMetric(perCall/float64(marks), "ns/mark")
					if floor > 0 {
						b.ReportMetric(perCall/floor, "x-floor")
					}
				})
			}
		}
	}
}

// BenchmarkRatings builds the table of a million marks that BenchmarkAlpha
// reads.
func BenchmarkRatings(b *testing.B) {
	from := sampleRatings(b, 1_000_000, false)
	for b.Loop() {
		r, err := NewRatings(from.raters, from.units)
		if err != nil {
			b.Fatal(err)
		}
		for unit := range from.units {
			for rater, mark := range from.unit(unit) {
				if err := r.Put(rater, unit, mark); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
}

// BenchmarkRaterTable sets the table of raters beside the same loop.
func BenchmarkRaterTable(b *testing.B) {
	r := sampleRatings(b, 1_000_000, true)
	var floor float64
	b.Run("loop", func(b *testing.B) {
		for b.Loop() {
			if sum, n := floorSum(r); n == 0 || math.IsNaN(sum) {
				b.Fatal("no marks")
			}
		}
		floor = float64(b.Elapsed()) / float64(b.N)
	})
	b.Run("table", func(b *testing.B) {
		for b.Loop() {
			if len(RaterTable(r)) != r.raters {
				b.Fatal("a rater is missing")
			}
		}
		if floor > 0 {
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/floor, "x-floor")
		}
	})
}

// BenchmarkCoincidences adds units of ten marks one at a time.
func BenchmarkCoincidences(b *testing.B) {
	r := sampleRatings(b, 100_000, false)
	var c Coincidences
	unit := 0
	for b.Loop() {
		if err := c.AddUnit(r.unit(unit)...); err != nil {
			b.Fatal(err)
		}
		unit = (unit + 1) % r.units
	}
}
