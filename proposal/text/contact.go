package text

import (
	"slices"
	"strings"
	"unicode"
)

// Kind is a kind of personal contact data.
type Kind string

// The kinds that are found.
const (
	Phone    Kind = "phone"     // 手机号, 固定电话
	IDNumber Kind = "id_number" // 居民身份证号
	BankCard Kind = "bank_card" // 银行卡号
	Email    Kind = "email"     // 电子邮箱
	QQ       Kind = "qq"        // QQ号, after the word
	WeChat   Kind = "wechat"    // 微信号, after the word
)

// Words returns what the kind is called in Chinese and in English.
func (k Kind) Words() (zh, en string) {
	switch k {
	case Phone:
		return "电话号码", "a phone number"
	case IDNumber:
		return "身份证号", "the number of an identity card"
	case BankCard:
		return "银行卡号", "the number of a bank card"
	case Email:
		return "电子邮箱", "an e-mail address"
	case QQ:
		return "QQ号", "a QQ number"
	case WeChat:
		return "微信号", "a WeChat account"
	}
	return string(k), string(k)
}

// Contact is a place in a text that looks like contact data.
type Contact struct {
	Kind       Kind
	Start, End int // bytes of the text
}

// FindContacts finds what looks like contact data, also in full-width characters,
// with invisible ones in between, and with the digits grouped by blanks, line
// ends or signs. The places do not overlap and are in order.
//
// Mobile numbers, identity cards and bank cards are known by their form; of an
// identity card the check digit need not be right, for a mistyped one is
// somebody's too. Landlines are known by an area code, or by a word such as 电话
// before them, accounts by the word QQ or 微信. Dates, sums, counts, and numbers
// of documents and cases are none, nor are short public numbers such as 12345. It
// finds forms, not persons: names and addresses are for the publisher to take out.
//
// It takes time in proportion to the length of the text.
func FindContacts(s string) []Contact {
	t := read(s)
	found := slices.Concat(t.emails(), t.accounts(), t.numbers())
	slices.SortStableFunc(found, func(a, b Contact) int { return a.Start - b.Start })
	kept := found[:0]
	end := 0
	for _, c := range found {
		if c.Start < end {
			continue // a number that is a part of an address, or the other way round
		}
		end = c.End
		kept = append(kept, Contact{c.Kind, t.back[c.Start], t.after[c.End-1]})
	}
	return kept
}

// Redact replaces all that [FindContacts] finds by ***.
func Redact(s string) string {
	const turns = 4 // what was between two contacts may be one when they are gone
	for range turns {
		found := FindContacts(s)
		if len(found) == 0 {
			break
		}
		var b strings.Builder
		end := 0
		for _, c := range found {
			b.WriteString(s[end:c.Start])
			b.WriteString("***")
			end = c.End
		}
		b.WriteString(s[end:])
		s = b.String()
	}
	return s
}

// reading is a text as contacts are looked for in it: narrow, with '-' for
// dashes and dots of any form, and without invisible characters.
type reading struct {
	plain       string
	back, after []int // of each byte of plain: where its character begins and ends in the text
}

func read(s string) reading {
	var b strings.Builder
	b.Grow(len(s))
	t := reading{back: make([]int, 0, len(s)), after: make([]int, 0, len(s))}
	for i, r := range s {
		if !unicode.IsSpace(r) && (isHidden(r) || unicode.IsControl(r)) {
			continue
		}
		end := i + width(s[i:], r)
		before := b.Len()
		b.WriteRune(plainly(r))
		for range b.Len() - before {
			t.back, t.after = append(t.back, i), append(t.after, end)
		}
	}
	t.plain = b.String()
	return t
}

// width returns how many bytes the first character of s, which is r, takes.
func width(s string, r rune) int {
	if isBroken(s, r) {
		return 1
	}
	return len(string(r))
}

func plainly(r rune) rune {
	switch r {
	case '\u00a0', '\u1680', '\u202f', '\u205f', '\u3000':
		return ' '
	case '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return '\n'
	case '·', '•', '‧', '∙', '⋅', '・', '･', '●', '—', '–', '−', '﹣', '〜', '∼', '~', '～':
		return '-'
	}
	switch {
	case r >= 0x2000 && r <= 0x200A:
		return ' '
	case r >= 0x2010 && r <= 0x2015:
		return '-'
	case r >= 0x1D7CE && r <= 0x1D7FF: // mathematical digits
		return '0' + (r-0x1D7CE)%10
	}
	return half(r)
}
