package agreement

import "math"

// additiveSeverity fits mark = unit effect − severity of the rater by least
// squares and returns severities that sum to 0 within each component of raters
// connected by shared units, and the components from 1, 0 for nobody shared.
//
// Eliminating the unit effects leaves one equation per rater, L·s = b, where L
// is the Laplacian of who marked with whom. Conjugate gradients solve it with
// no more than a product by L per step, one pass over the marks.
func additiveSeverity(r *Ratings) (severity []float64, component []int) {
	component = components(r)
	b := make([]float64, r.raters)
	for u, given := range r.given {
		if given < 2 {
			continue
		}
		marks := r.unit(u)
		mean := meanOf(marks, given)
		for rater, mark := range marks {
			if !math.IsNaN(mark) {
				b[rater] -= mark - mean
			}
		}
	}
	centre(b, component)
	severity = make([]float64, r.raters)
	direction := append([]float64(nil), b...)
	residual := b
	size := dot(residual, residual)
	enough := size * 1e-30
	image := make([]float64, r.raters)
	for step := 0; step < 4*r.raters+10 && size > enough; step++ {
		laplacian(r, direction, image)
		curve := dot(direction, image)
		if !(curve > 0) {
			break
		}
		length := size / curve
		for i := range severity {
			severity[i] += length * direction[i]
			residual[i] -= length * image[i]
		}
		centre(residual, component)
		next := dot(residual, residual)
		for i := range direction {
			direction[i] = residual[i] + next/size*direction[i]
		}
		size = next
	}
	centre(severity, component)
	return severity, component
}

// laplacian writes, for every rater, the sum over the units he shared of his x
// less the mean x of all who marked the unit.
func laplacian(r *Ratings, x, image []float64) {
	clear(image)
	for u, given := range r.given {
		if given < 2 {
			continue
		}
		marks := r.unit(u)
		mean := 0.0
		for rater, mark := range marks {
			if !math.IsNaN(mark) {
				mean += x[rater]
			}
		}
		mean /= float64(given)
		for rater, mark := range marks {
			if !math.IsNaN(mark) {
				image[rater] += x[rater] - mean
			}
		}
	}
}

// centre subtracts from x its mean within each component.
func centre(x []float64, component []int) {
	sums, sizes := make([]float64, len(x)+1), make([]float64, len(x)+1)
	for i, c := range component {
		sums[c] += x[i]
		sizes[c]++
	}
	for i, c := range component {
		x[i] -= sums[c] / sizes[c]
	}
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// components numbers the groups of raters connected by shared units, from 1 in
// the order of their first rater; 0 is a rater who shared none.
func components(r *Ratings) []int {
	parent := make([]int, r.raters)
	shares := make([]bool, r.raters)
	for i := range parent {
		parent[i] = i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for u, given := range r.given {
		if given < 2 {
			continue
		}
		first := -1
		for rater, mark := range r.unit(u) {
			switch {
			case math.IsNaN(mark):
				continue
			case first < 0:
				first = rater
			default:
				parent[root(rater)] = root(first)
			}
			shares[rater] = true
		}
	}
	component, named := make([]int, r.raters), make([]int, r.raters)
	last := 0
	for rater := range component {
		if !shares[rater] {
			continue
		}
		top := root(rater)
		if named[top] == 0 {
			last++
			named[top] = last
		}
		component[rater] = named[top]
	}
	return component
}
