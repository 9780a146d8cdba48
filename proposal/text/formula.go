package text

import "strings"

// Inert returns a cell of a table so that no spreadsheet runs it as a formula: with an
// apostrophe before it where one would. [Bare] takes that back.
func Inert(cell string) string {
	if beginsFormula(cell) {
		return "'" + cell
	}
	return cell
}

// Bare returns a cell without the apostrophe that [Inert] has put before it.
func Bare(cell string) string {
	if rest, quoted := strings.CutPrefix(cell, "'"); quoted && beginsFormula(rest) {
		return rest
	}
	return cell
}

// beginsFormula reports whether a spreadsheet, in some language or version, takes
// what follows for a formula: at = + - @ in any width, a tab or the end of a
// line. White space and apostrophes before it do not help.
func beginsFormula(cell string) bool {
	cell = strings.TrimLeft(cell, "' \u00a0\u3000")
	return cell != "" && strings.ContainsAny(string([]rune(cell)[:1]), "=+-@\t\r\n＝＋－＠﹦﹢﹣﹫")
}
