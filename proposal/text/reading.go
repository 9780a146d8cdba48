package text

import (
	"regexp"
	"strings"
	"unicode"
)

// reading is a text in the form in which something is looked for in it: without
// some characters, and with others for those that are left.
type reading struct {
	plain       string
	back, after []int // of each byte of plain: where its character begins and ends in the text
}

// readAs leaves out of a text what skip reports, and writes the rest by as.
func readAs(s string, skip func(rune) bool, as func(rune) rune) reading {
	var b strings.Builder
	b.Grow(len(s))
	t := reading{back: make([]int, 0, len(s)), after: make([]int, 0, len(s))}
	for i, r := range s {
		if skip(r) {
			continue
		}
		end := i + width(s[i:], r)
		before := b.Len()
		b.WriteRune(as(r))
		for range b.Len() - before {
			t.back, t.after = append(t.back, i), append(t.after, end)
		}
	}
	t.plain = b.String()
	return t
}

// mapped is the reading with one ASCII character for another; as keeps what is not
// ASCII, or makes ASCII of it.
func (t reading) mapped(as func(rune) rune) reading {
	made := readAs(t.plain, func(rune) bool { return false }, as)
	return t.through(made)
}

// replaced is the reading with one text for whatever matches.
func (t reading) replaced(match *regexp.Regexp, by string) reading {
	places := match.FindAllStringIndex(t.plain, -1)
	if len(places) == 0 {
		return t
	}
	var b strings.Builder
	made := reading{}
	add := func(text string, back, after func(i int) int) {
		b.WriteString(text)
		for i := range len(text) {
			made.back, made.after = append(made.back, back(i)), append(made.after, after(i))
		}
	}
	from := 0
	keep := func(to int) {
		start := from
		add(t.plain[start:to], func(i int) int { return start + i }, func(i int) int { return start + i + 1 })
	}
	for _, p := range places {
		keep(p[0])
		add(by, func(int) int { return p[0] }, func(int) int { return p[1] })
		from = p[1]
	}
	keep(len(t.plain))
	made.plain = b.String()
	return t.through(made)
}

// through makes a reading of a reading's own text one of the text itself.
func (t reading) through(made reading) reading {
	for i := range made.back {
		made.back[i], made.after[i] = t.back[made.back[i]], t.after[made.after[i]-1]
	}
	return made
}

// located says where in the text is what was found in a reading.
func (t reading) located(found []Contact) []Contact {
	for i, c := range found {
		found[i].Start, found[i].End = t.back[c.Start], t.after[c.End-1]
	}
	return found
}

func isUnseen(r rune) bool { return isHidden(r) || unicode.IsControl(r) }

// width returns how many bytes the first character of s, which is r, takes.
func width(s string, r rune) int {
	if isBroken(s, r) {
		return 1
	}
	return len(string(r))
}
