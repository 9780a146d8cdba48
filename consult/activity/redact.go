package activity

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// ContactKind is a kind of personal contact data.
type ContactKind string

// The kinds that are found.
const (
	Phone    ContactKind = "phone"     // 手机号, 固定电话
	IDNumber ContactKind = "id_number" // 居民身份证号
	Email    ContactKind = "email"     // 电子邮箱
)

// Contact is a place in a text that looks like contact data.
type Contact struct {
	Kind       ContactKind
	Start, End int // bytes of the text
}

var (
	emails = regexp.MustCompile(`[A-Za-z0-9._%+\-]+ ?@ ?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+`)
	// Runs of digits, with the separators people write between them.
	numbers = regexp.MustCompile(`\+?\(?\d[\d\-() ]*[\dXx]`)

	mobile   = regexp.MustCompile(`^(?:\+?(?:00)?86)?1[3-9]\d{9}$`)
	landline = regexp.MustCompile(`^(?:\+?(?:00)?86)?0(?:10|2\d|[3-9]\d\d)[2-8]\d{6,7}$`)
	local    = regexp.MustCompile(`^[2-8]\d{6,7}$`)
	id18     = regexp.MustCompile(`^[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$`)
	id15     = regexp.MustCompile(`^[1-9]\d{5}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$`)
	called   = regexp.MustCompile(`(?:电话|手机|座机|联系方式|热线|传真|[Tt][Ee][Ll]|[Pp]hone)[^\d\n]{0,6}$`)
)

// FindContacts finds what looks like a phone number, an ID number or an e-mail
// address, also in full-width characters and with blanks or hyphens between the
// digits. Mobile numbers and ID numbers are known by their form (an ID number
// need not pass its check digit: a mistyped one is somebody's too), landlines by
// an area code or by a word such as 电话 before them. Short public numbers such
// as 12345 are none. It finds forms, not persons: names and addresses are the
// publisher's to take out.
func FindContacts(text string) []Contact {
	plain, back := narrow(text)
	addresses := emails.FindAllStringIndex(plain, -1)
	found := make([]Contact, 0, len(addresses))
	for _, m := range addresses {
		found = append(found, Contact{Email, m[0], m[1]})
	}
	for _, m := range numbers.FindAllStringIndex(plain, -1) {
		found = append(found, numbersIn(plain, m[0], m[1])...)
	}
	slices.SortFunc(found, func(a, b Contact) int { return a.Start - b.Start })
	for i := range found {
		found[i].Start, found[i].End = back[found[i].Start], back[found[i].End]
	}
	return found
}

// numbersIn looks at a run of digits and separators: as one number, and, since
// two numbers may stand side by side, at each of its parts.
func numbersIn(plain string, start, end int) []Contact {
	if plain[start] == '(' && !strings.Contains(plain[start:end], ")") {
		start++ // it opens a remark, not an area code
	}
	run := plain[start:end]
	if kind, ok := kindOf(run, plain[:start]); ok {
		return []Contact{{kind, start, end}}
	}
	var found []Contact
	for i := 0; i < len(run); {
		if !boundary(run, i) {
			i++
			continue
		}
		length := 0
		for j := min(len(run), i+longest); j > i; j-- {
			if strings.IndexByte("-() ", run[j-1]) >= 0 || j < len(run) && digit(run[j-1]) && digit(run[j]) {
				continue
			}
			if kind, ok := kindOf(run[i:j], plain[:start+i]); ok {
				found = append(found, Contact{kind, start + i, start + j})
				length = j - i
				break
			}
		}
		i += max(1, length)
	}
	return found
}

// longest is the most bytes that one number takes, with its separators.
const longest = 40

// boundary tells whether a number may begin at i.
func boundary(run string, i int) bool {
	return (digit(run[i]) || run[i] == '+' || run[i] == '(') && (i == 0 || !digit(run[i-1]))
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// kindOf tells what a run of digits and separators is.
func kindOf(run, before string) (ContactKind, bool) {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune("-() ", r) {
			return -1
		}
		return r
	}, run)
	switch {
	case id18.MatchString(digits), id15.MatchString(digits):
		return IDNumber, true
	case mobile.MatchString(digits), landline.MatchString(digits):
		return Phone, true
	case local.MatchString(digits) && called.MatchString(before):
		return Phone, true
	}
	return "", false
}

// narrow replaces full-width characters by their ASCII forms and other dashes
// and blanks by plain ones. back gives for each byte of the result, and for its
// end, the byte of the text.
func narrow(text string) (plain string, back []int) {
	var b strings.Builder
	back = make([]int, 0, len(text)+1)
	for i, r := range text {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '\u3000', r == '\u00a0', r == '\u2009', r == '\u202f':
			r = ' '
		case r >= '\u2010' && r <= '\u2015', r == '\u2212', r == '\u00b7':
			r = '-'
		}
		size := utf8.RuneLen(r)
		if size < 1 {
			size = len(string(utf8.RuneError))
		}
		for range size {
			back = append(back, i)
		}
		b.WriteRune(r)
	}
	return b.String(), append(back, len(text))
}

// Redact replaces all that [FindContacts] finds by ***.
func Redact(text string) string {
	var b strings.Builder
	end := 0
	for _, c := range FindContacts(text) {
		if c.Start < end {
			continue
		}
		b.WriteString(text[end:c.Start])
		b.WriteString("***")
		end = c.End
	}
	b.WriteString(text[end:])
	return b.String()
}
