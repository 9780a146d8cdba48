package text

import "unicode"

// IsBlank reports whether there is nothing to see in s: it is empty, or has only
// white space and invisible characters.
func IsBlank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && !isHidden(r) && !unicode.IsControl(r) {
			return false
		}
	}
	return true
}

// isHidden reports whether nobody can tell what r is, or that it is there:
// formats and separators, fillers that print as nothing, private use, and what
// Unicode has not assigned. Control characters are another matter.
func isHidden(r rune) bool {
	switch {
	case r < 0x7F, unicode.IsControl(r):
		return false
	case isFiller(r), isSelector(r):
		return true
	case r >= 0x20000 && r <= 0x3FFFF:
		return r&0xFFFE == 0xFFFE // the planes of ideographs grow with every year
	}
	return !unicode.IsGraphic(r)
}

// isFiller reports whether r is a letter, mark or symbol that prints as nothing.
func isFiller(r rune) bool {
	switch r {
	case 0x034F, // combining grapheme joiner
		0x115F, 0x1160, 0x3164, 0xFFA0, // Hangul fillers
		0x17B4, 0x17B5, // Khmer inherent vowels
		0x180E, // Mongolian vowel separator
		0x2800: // Braille pattern blank
		return true
	}
	return false
}

// isSelector reports whether r chooses between shapes of the character before.
func isSelector(r rune) bool {
	return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF || r >= 0x180B && r <= 0x180D || r == 0x180F
}

// isIdeograph reports whether r is one whose shape a selector may choose: names
// of persons and places are written with them.
func isIdeograph(r rune) bool {
	return unicode.Is(unicode.Ideographic, r) || r >= 0x20000 && r <= 0x3FFFD
}
