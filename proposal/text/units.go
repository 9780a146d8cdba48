package text

import "strings"

// Units splits the names of units that one cell holds, at ; , 、 / | + tabs and line
// ends in either width, but not inside brackets: 市委统战部（侨办、台办） is one. A
// bracket that is not closed holds nothing together. Each name is spelled ([Spell]), and
// empty ones are left out.
func Units(cell string) []string {
	open, inside := 0, false
	closes := closing(cell)
	var units []string
	add := func(name string) {
		if name = Spell(name); name != "" {
			units = append(units, name)
		}
	}
	begin, until := 0, 0
	for i, r := range cell {
		switch {
		case inside && i == until:
			inside = false
		case inside:
		case isOpening(r) && open < len(closes):
			if until = closes[open]; until > 0 {
				inside = true
			}
		case isSeparator(r):
			add(cell[begin:i])
			begin = i + len(string(r))
		}
		if isOpening(r) {
			open++
		}
	}
	add(cell[begin:])
	return units
}

// closing returns for each opening bracket where it is closed, 0 for nowhere.
func closing(cell string) []int {
	var at, waiting []int
	for i, r := range cell {
		switch {
		case isOpening(r):
			waiting = append(waiting, len(at))
			at = append(at, 0)
		case isClosing(r) && len(waiting) > 0:
			at[waiting[len(waiting)-1]] = i
			waiting = waiting[:len(waiting)-1]
		}
	}
	return at
}

func isOpening(r rune) bool { return strings.ContainsRune("(（[［【〔﹝〖", r) }

func isClosing(r rune) bool { return strings.ContainsRune(")）]］】〕﹞〗", r) }

func isSeparator(r rune) bool {
	switch r {
	case ';', '；', ',', '，', '、', '﹐', '､', '﹔', '﹑', '/', '／', '|', '｜', '+', '＋', '\t', '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}
