package text

import (
	"fmt"
	"regexp"
	"strings"
)

// Session (届次) is a plenary session of a committee's term: 十一届一次会议.
type Session struct {
	Term    int // 届, from 1 to 99
	Plenary int // 次, from 1 to 99
}

const numerals = `([0-9]+|[一二三四五六七八九十]+)`

var (
	sessionWords = regexp.MustCompile(`^(?:[0-9]{4}年度?)?(?:\p{Han}*?(?:政协|政治协商会议)\p{Han}*?)?第?` + numerals +
		`届(?:\p{Han}*?(?:委员会|政协|政治协商会议))?第?` + numerals + `次(?:全体)?(?:会议|全会|大会|会)?(?:期间)?(?:提案)?(?:\([^()]*\))?$`)
	sessionNumbers = regexp.MustCompile(`^([0-9]+)[-./_]([0-9]+)$`)
)

// ParseSession reads a session as offices write it: 十一届一次会议,
// 市政协十一届一次会议, 慈溪市政协第十一届第1次会议, 十一届市政协一次会议, 11-1. The
// committee and the year named with it are not read.
func ParseSession(s string) (Session, bool) {
	const longest = 200 // bytes
	if len(s) > longest {
		return Session{}, false
	}
	s = strings.Map(dash, strings.ReplaceAll(Narrow(s), " ", ""))
	if bare, bracketed := strings.CutPrefix(s, "("); bracketed && strings.HasSuffix(bare, ")") {
		s = strings.TrimSuffix(bare, ")")
	}
	found := sessionNumbers.FindStringSubmatch(s)
	if found == nil {
		found = sessionWords.FindStringSubmatch(s)
	}
	if found == nil {
		return Session{}, false
	}
	term, ok := numeral(found[1])
	plenary, okToo := numeral(found[2])
	return Session{term, plenary}, ok && okToo
}

// Key is the short form, such as 11-1.
func (s Session) Key() string { return fmt.Sprintf("%d-%d", s.Term, s.Plenary) }

// String is the form that offices print, such as 十一届一次会议.
func (s Session) String() string {
	return Numeral(s.Term) + "届" + Numeral(s.Plenary) + "次会议"
}

// SessionKey returns the [Session.Key] of what [ParseSession] reads, and anything
// else folded.
func SessionKey(s string) string {
	if session, ok := ParseSession(s); ok {
		return session.Key()
	}
	return Fold(s)
}
