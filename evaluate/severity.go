package evaluate

import (
	"fmt"
	"math"
	"sort"
)

// Rating is one evaluator's points for one subject, as severity reads them.
type Rating struct {
	Rater   string
	Subject string
	Points  Points
}

// Severity (宽严度) is how far an evaluator lies below (positive: strict) or above
// (negative: lenient) the others on the same subjects, in points. It is an
// advisory column for those who chair a panel; no score is ever corrected by it.
type Severity struct {
	Rater string `json:"rater"`
	// Points sum to 0 over the evaluators of one Component. Evaluators of
	// different components share no subject, directly or through others, and
	// their severities must not be compared.
	Points    float64 `json:"points"`
	Component int     `json:"component"`
	Count     int     `json:"count"`
	// Undefined is "alone" when nobody else marked any of the same subjects.
	Undefined Reason `json:"undefined,omitempty"`
}

// AloneRater is why an evaluator has no severity.
const AloneRater Reason = "alone"

// Severities fits points = subject - severity by least squares, within each
// connected component of evaluators and subjects, in the order of the raters'
// names. It is real arithmetic, good to about nine digits. A pair of rater and
// subject may appear once.
func Severities(ratings []Rating) ([]Severity, error) {
	raters, subjects := map[string]int{}, map[string]int{}
	seen := map[[2]string]bool{}
	for _, r := range ratings {
		key := [2]string{r.Rater, r.Subject}
		if r.Rater == "" || r.Subject == "" {
			return nil, fmt.Errorf("%w: a rating needs a rater and a subject", ErrInvalid)
		}
		if seen[key] {
			return nil, fmt.Errorf("%w: rater %s has rated %s twice", ErrInvalid, quoteShort(r.Rater), quoteShort(r.Subject))
		}
		seen[key] = true
		raters[r.Rater], subjects[r.Subject] = 0, 0
	}
	out := make([]Severity, 0, len(raters))
	for i, name := range sortedKeys(raters) {
		raters[name] = i
		out = append(out, Severity{Rater: name})
	}
	for i, name := range sortedKeys(subjects) {
		subjects[name] = i
	}
	sheet := newRaterGraph(len(raters), len(subjects))
	for _, r := range ratings {
		j, i := raters[r.Rater], subjects[r.Subject]
		sheet.bySubject[i] = append(sheet.bySubject[i], rated{j, r.Points.Float64()})
		out[j].Count++
	}
	for _, row := range sheet.bySubject {
		sort.Slice(row, func(a, b int) bool { return row[a].rater < row[b].rater })
	}
	component, size := sheet.components()
	for j, s := range sheet.solve(component, size) {
		out[j].Points, out[j].Component = s, component[j]
		if size[component[j]] == 1 {
			out[j].Points, out[j].Undefined = 0, AloneRater
		}
	}
	return out, nil
}

type rated struct {
	rater  int
	points float64
}

// raterGraph is the ratings with the subjects' own levels eliminated: what is
// left is a Laplacian over the raters.
type raterGraph struct {
	raters    int
	bySubject [][]rated
}

func newRaterGraph(raters, subjects int) *raterGraph {
	return &raterGraph{raters: raters, bySubject: make([][]rated, subjects)}
}

// components numbers the connected components in the order of their first rater.
func (g *raterGraph) components() (of, size []int) {
	parent := make([]int, g.raters)
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for _, row := range g.bySubject {
		for _, r := range row[1:] {
			a, b := find(row[0].rater), find(r.rater)
			parent[max(a, b)] = min(a, b)
		}
	}
	of = make([]int, g.raters)
	number := map[int]int{}
	for i := range of {
		root := find(i)
		if _, ok := number[root]; !ok {
			number[root] = len(size)
			size = append(size, 0)
		}
		of[i] = number[root]
		size[of[i]]++
	}
	return of, size
}

// apply gives the Laplacian times s.
func (g *raterGraph) apply(s []float64) []float64 {
	out := make([]float64, len(s))
	for _, row := range g.bySubject {
		mean := 0.0
		for _, r := range row {
			mean += s[r.rater]
		}
		mean /= float64(len(row))
		for _, r := range row {
			out[r.rater] += s[r.rater] - mean
		}
	}
	return out
}

// solve runs conjugate gradients, which end after as many steps as there are
// raters, on all components at once.
func (g *raterGraph) solve(component, size []int) []float64 {
	rest := make([]float64, g.raters)
	for _, row := range g.bySubject {
		mean := 0.0
		for _, r := range row {
			mean += r.points
		}
		mean /= float64(len(row))
		for _, r := range row {
			rest[r.rater] += mean - r.points
		}
	}
	centre(rest, component, size)
	s := make([]float64, g.raters)
	dir := append([]float64(nil), rest...)
	norm := dot(rest, rest)
	for step := 0; step < 10*g.raters+50 && norm > 1e-24*(1+dot(s, s)); step++ {
		image := g.apply(dir)
		curve := dot(dir, image)
		if !(curve > 0) {
			break
		}
		alpha := norm / curve
		for i := range s {
			s[i] += alpha * dir[i]
			rest[i] -= alpha * image[i]
		}
		centre(rest, component, size)
		next := dot(rest, rest)
		for i := range dir {
			dir[i] = rest[i] + next/norm*dir[i]
		}
		norm = next
	}
	centre(s, component, size)
	for i := range s {
		if math.Abs(s[i]) < 1e-9 {
			s[i] = 0
		}
	}
	return s
}

// centre makes every component sum to 0.
func centre(v []float64, component, size []int) {
	mean := make([]float64, len(size))
	for i, x := range v {
		mean[component[i]] += x / float64(size[component[i]])
	}
	for i := range v {
		v[i] -= mean[component[i]]
	}
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}
