package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Problem is what is wrong with a field.
type Problem struct {
	Code   string // stable, such as too_long or invisible_character
	ZH, EN string // what a person is told
}

func problem(code, zh, en string, args ...any) *Problem {
	if len(args) > 0 {
		zh, en = fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)
	}
	return &Problem{Code: code, ZH: zh, EN: en}
}

// Line refuses what does not fit on one line of at most so many characters, or
// holds one that nobody sees; it may be empty.
func Line(s string, most int) *Problem {
	if p := size(s, most); p != nil {
		return p
	}
	var before rune
	n := 0
	for i, r := range s {
		n++
		switch {
		case isBroken(s[i:], r):
			return notUTF8(i)
		case unicode.IsControl(r):
			return problem("control_character", "第%d字是控制字符U+%04X", "character %d is the control character U+%04X", n, r)
		case isHidden(r) && (!isSelector(r) || !isIdeograph(before)):
			return invisible(n, r)
		}
		before = r
	}
	return nil
}

// Name is Line for what may not be empty. One of blanks and invisible characters
// only is empty.
func Name(s string, most int) *Problem {
	if p := size(s, most); p != nil {
		return p
	}
	if IsBlank(s) {
		return empty()
	}
	return Line(s, most)
}

// Text refuses a text of more characters, or with one that not every database
// keeps or that turns the direction of reading; it may be empty.
func Text(s string, most int) *Problem {
	if p := size(s, most); p != nil {
		return p
	}
	n := 0
	for i, r := range s {
		n++
		switch {
		case isBroken(s[i:], r):
			return notUTF8(i)
		case r == 0:
			return problem("control_character", "第%d字是NUL", "character %d is NUL", n)
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return invisible(n, r)
		}
	}
	return nil
}

// Said is Text for what may not be empty.
func Said(s string, most int) *Problem {
	if p := size(s, most); p != nil {
		return p
	}
	if IsBlank(s) {
		return empty()
	}
	return Text(s, most)
}

// ID refuses what cannot name somebody or something: what is empty, has more
// bytes, or is no [Line]. White space around an ID would make another that looks
// the same.
func ID(s string, most int) *Problem {
	switch {
	case len(s) > most:
		return problem("too_long", "编号%d字节，超过%d字节", "the ID has %d bytes, more than %d", len(s), most)
	case IsBlank(s):
		return problem("empty", "编号为空", "the ID is empty")
	case s != strings.TrimSpace(s):
		return problem("white_space", "编号%q前后有空白", "there is white space around the ID %q", s)
	}
	return Line(s, most)
}

// Entries refuses a list of n entries when at most so many may be there.
func Entries(n, most int) *Problem {
	if n > most {
		return problem("too_many", "%d项，超过%d项", "%d entries, more than %d", n, most)
	}
	return nil
}

// size refuses more than so many characters. No character has more than four
// bytes, so that what is far too long is not even counted.
func size(s string, most int) *Problem {
	if len(s) <= most {
		return nil
	}
	if len(s)/utf8.UTFMax > most {
		return problem("too_long", "%d字节，超过%d字", "%d bytes, more than %d characters", len(s), most)
	}
	if n := utf8.RuneCountInString(s); n > most {
		return problem("too_long", "%d字，超过%d字", "%d characters, more than %d", n, most)
	}
	return nil
}

func empty() *Problem { return problem("empty", "没有填写", "it is not said") }

func invisible(n int, r rune) *Problem {
	return problem("invisible_character", "第%d字是看不见的字符U+%04X", "character %d is U+%04X, which nobody sees", n, r)
}

func notUTF8(at int) *Problem {
	return problem("not_utf8", "第%d字节起不是UTF-8", "from byte %d on it is not valid UTF-8", at)
}

// isBroken reports whether r was read from bytes that are no character.
func isBroken(rest string, r rune) bool {
	return r == utf8.RuneError && !strings.HasPrefix(rest, string(utf8.RuneError))
}
