package main

import (
	"strings"

	"github.com/mattn/go-runewidth"
)

// table lays rows out in columns that line up where Chinese characters take
// two places. Columns of which every cell but the first row's is a number are
// set to the right.
func table(rows [][]string) string {
	width := (&runewidth.Condition{}).StringWidth
	var widths []int
	var right []bool
	for i, row := range rows {
		for j, cell := range row {
			if j == len(widths) {
				widths, right = append(widths, 0), append(right, true)
			}
			widths[j] = max(widths[j], width(cell))
			right[j] = right[j] && (i == 0 || number(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for j, cell := range row {
			space := strings.Repeat(" ", widths[j]-width(cell))
			if right[j] {
				line.WriteString(space + cell + "  ")
			} else {
				line.WriteString(cell + space + "  ")
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

func number(s string) bool { return s != "" && strings.Trim(s, "0123456789.%–") == "" }
