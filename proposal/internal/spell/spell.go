// Package spell finds the word that somebody meant.
package spell

import "fmt"

// Nearest returns the word of among that is closest to word, the first of
// several; "" when none is close enough to have been meant.
func Nearest(word string, among []string) string {
	best, nearest := 1+len([]rune(word))/3, "" // one slip in three letters, and one more in a short word
	for _, other := range among {
		if d := distance([]rune(word), []rune(other), best); d <= best && (nearest == "" || d < best) {
			best, nearest = d, other
		}
	}
	return nearest
}

// Hint returns "; did you mean X?" in Chinese and English, or "" twice when no
// word is near.
func Hint(word string, among []string) (zh, en string) {
	nearest := Nearest(word, among)
	if nearest == "" {
		return "", ""
	}
	return fmt.Sprintf("；是否应为%q？", nearest), fmt.Sprintf("; did you mean %q?", nearest)
}

// distance is how many letters have to be added, dropped, replaced or swapped
// with their neighbour to make b of a; anything above limit is limit+1.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit+1)
}
