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

// screen is how many places a line for people has.
const screen = 80

// fitted is a table whose last column is broken over lines where it would be
// wider than the screen, and whose other columns are cut when they leave it no
// room.
func fitted(rows [][]string) string {
	width := (&runewidth.Condition{}).StringWidth
	if len(rows) == 0 {
		return ""
	}
	last := len(rows[0]) - 1
	const gap, least = 2, 24
	widest := make([]int, last)
	for _, row := range rows {
		for j := range last {
			widest[j] = max(widest[j], width(row[j]))
		}
	}
	used := func() (n int) {
		for _, w := range widest {
			n += w + gap
		}
		return n
	}
	for used() > screen-least {
		at := 0
		for j, w := range widest {
			if w > widest[at] {
				at = j
			}
		}
		if widest[at]--; widest[at] < 4 {
			break
		}
	}
	var broken [][]string
	for _, row := range rows {
		parts := make([][]string, len(row))
		lines := 1
		for j, cell := range row {
			room := screen - used()
			if j < last {
				room = widest[j]
			}
			parts[j] = wrap(cell, room)
			lines = max(lines, len(parts[j]))
		}
		for i := range lines {
			line := make([]string, len(row))
			for j := range row {
				if i < len(parts[j]) {
					line[j] = parts[j][i]
				}
			}
			broken = append(broken, line)
		}
	}
	return table(broken)
}

// wrap breaks a text into lines of at most so many places, at spaces where it
// can.
func wrap(s string, room int) []string {
	width := (&runewidth.Condition{}).StringWidth
	room = max(room, 2)
	var lines []string
	for width(s) > room {
		cut, at, space := 0, 0, 0
		for i, r := range s {
			w := width(string(r))
			if at+w > room {
				break
			}
			at += w
			cut = i + len(string(r))
			if r == ' ' {
				space = cut
			}
		}
		if space > 0 {
			cut = space
		}
		lines = append(lines, strings.TrimRight(s[:cut], " "))
		s = s[cut:]
	}
	return append(lines, s)
}
