package agreement

import (
	"math/rand/v2"
	"slices"

	"github.com/tian-go/tian/evaluate/points"
)

// Bootstrap asks how far scores and ranks would have been the same with other
// evaluators of the same kind: ballots are drawn again with replacement, many
// times, from a seed, so that the answer can be recomputed.
type Bootstrap struct {
	Replicates int    `json:"replicates"` // 1 to 1 000 000; 1000 is usual
	Seed       uint64 `json:"seed"`
	// Confidence of the percentile interval, between 0 and 1.
	Confidence float64 `json:"confidence"`
	// TopK is the k of P(rank ≤ k).
	TopK int `json:"top_k"`
	// Paired draws evaluators instead of single ballots: the i-th ballot of
	// every subject is then the same evaluator's, and all subjects have equally
	// many. Right when one panel judged everyone.
	Paired bool `json:"paired,omitempty"`
}

// Stability is what a bootstrap says about one subject.
type Stability struct {
	// Mean is the observed mean of the ballots, Low and High the ends of the
	// percentile interval, in points.
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	// TopK is the share of replicates in which at most TopK-1 subjects had a
	// higher mean.
	TopK float64 `json:"p_top_k"`
	// Undefined is NoObservations for a subject without ballots; it takes no part.
	Undefined Reason `json:"undefined,omitempty"`
}

// Run resamples ballots: one row for each subject, one total per ballot. Equal
// seeds give equal results on every machine.
func (b Bootstrap) Run(ballots [][]points.Points) ([]Stability, error) {
	if err := b.check(ballots); err != nil {
		return nil, err
	}
	out := make([]Stability, len(ballots))
	var rows [][]int64
	var index []int
	for i, row := range ballots {
		if len(row) == 0 {
			out[i].Undefined = NoObservations
			continue
		}
		values := make([]int64, len(row))
		var sum float64
		for k, p := range row {
			values[k] = int64(p)
			sum += float64(p)
		}
		out[i].Mean = sum / float64(len(row)) / float64(points.One)
		rows, index = append(rows, values), append(index, i)
	}
	if len(rows) == 0 {
		return out, nil
	}
	means, top := b.resample(rows)
	for k, i := range index {
		own := means[k*b.Replicates : (k+1)*b.Replicates]
		slices.Sort(own)
		tail := (1 - b.Confidence) / 2
		out[i].Low = own[percentile(tail, len(own))] / float64(points.One)
		out[i].High = own[len(own)-1-percentile(tail, len(own))] / float64(points.One)
		out[i].TopK = float64(top[k]) / float64(b.Replicates)
	}
	return out, nil
}

// largestTotal bounds a ballot, so that no sum of ballots leaves an int64.
const largestTotal = 1_000_000 * points.One

const ballotsField = "ballots"

func (b Bootstrap) check(ballots [][]points.Points) error {
	switch {
	case b.Replicates < 1 || b.Replicates > 1_000_000:
		return invalid(CodeOutOfRange, "replicates", "%d is not from 1 to 1000000", b.Replicates)
	case !(b.Confidence > 0 && b.Confidence < 1):
		return invalid(CodeOutOfRange, "confidence", "%v is not between 0 and 1", b.Confidence)
	case b.TopK < 1:
		return invalid(CodeOutOfRange, "top_k", "%d is below 1, the best rank", b.TopK)
	case len(ballots) > 100_000_000/b.Replicates:
		return invalid(CodeTooLarge, ballotsField, "%d subjects by %d replicates are more than 100000000", len(ballots), b.Replicates)
	}
	for i, row := range ballots {
		if b.Paired && len(row) != len(ballots[0]) {
			return invalid(CodeRagged, ballotsField, "has %d ballots where row 1 has %d; paired evaluators mark everyone", len(row), len(ballots[0])).at(i, -1)
		}
		if len(row) > 1_000_000 {
			return invalid(CodeTooLarge, ballotsField, "has %d ballots, more than 1000000", len(row)).at(i, -1)
		}
		for k, p := range row {
			if p > largestTotal || p < -largestTotal {
				return invalid(CodeOutOfRange, ballotsField, "%s lies outside ±%s points", p, largestTotal).at(i, k)
			}
		}
	}
	return nil
}

// percentile is the place of a tail among n sorted values.
func percentile(tail float64, n int) int { return min(int(tail*float64(n)), n-1) }

// resample gives the replicates' means, subject by subject, and how often each
// subject was in the top.
func (b Bootstrap) resample(rows [][]int64) (means []float64, top []int64) {
	rng := rand.NewPCG(b.Seed, b.Seed)
	means = make([]float64, len(rows)*b.Replicates)
	top = make([]int64, len(rows))
	now, sorted := make([]float64, len(rows)), make([]float64, len(rows))
	var picks []uint32
	if b.Paired {
		picks = make([]uint32, len(rows[0]))
	}
	for rep := range b.Replicates {
		if b.Paired {
			for k := range picks {
				picks[k] = uint32(((rng.Uint64() >> 32) * uint64(len(picks))) >> 32)
			}
		}
		for i, row := range rows {
			var sum int64
			if b.Paired {
				for _, k := range picks {
					sum += row[k]
				}
			} else {
				sum = draw(rng, row)
			}
			// A correctly rounded quotient: equal means stay equal.
			now[i] = float64(sum) / float64(len(row))
			means[i*b.Replicates+rep] = now[i]
		}
		copy(sorted, now)
		edge := kthLargest(sorted, min(b.TopK, len(rows)))
		for i, v := range now {
			if v >= edge {
				top[i]++
			}
		}
	}
	return means, top
}

// draw sums as many values of row as it has, drawn with replacement, two from
// each random number.
func draw(rng *rand.PCG, row []int64) int64 {
	n := uint64(len(row))
	var sum int64
	k := len(row)
	for ; k >= 2; k -= 2 {
		r := rng.Uint64()
		sum += row[((r>>32)*n)>>32] + row[((r&0xffffffff)*n)>>32]
	}
	if k == 1 {
		sum += row[((rng.Uint64()>>32)*n)>>32]
	}
	return sum
}

// kthLargest finds the k-th largest value, 1 ≤ k ≤ len(v), reordering v.
func kthLargest(v []float64, k int) float64 {
	low, high := 0, len(v)-1
	for low < high {
		pivot := v[(low+high)/2]
		i, j := low, high
		for i <= j {
			for v[i] > pivot {
				i++
			}
			for v[j] < pivot {
				j--
			}
			if i <= j {
				v[i], v[j] = v[j], v[i]
				i++
				j--
			}
		}
		switch {
		case k-1 <= j:
			high = j
		case k-1 >= i:
			low = i
		default:
			return v[k-1]
		}
	}
	return v[k-1]
}
