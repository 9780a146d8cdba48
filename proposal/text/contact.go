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
	Passport Kind = "passport"  // 护照号, 通行证号
	Plate    Kind = "plate"     // 车牌号
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
	case Passport:
		return "护照或通行证号", "the number of a passport or travel permit"
	case Plate:
		return "车牌号", "the number plate of a vehicle"
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
// Mobile numbers, identity cards, bank cards, the passports of the country and number
// plates are known by their form; of an identity card the check digit need not be
// right, for a mistyped one is somebody's too. Landlines are known by an area code, or
// by a word such as 电话 before them, other passports by a word such as 护照, accounts by
// the word QQ or 微信, however people write it: VX, 微 信, 扣扣. Digits may be those of any
// script, Chinese numerals, or letters that look like them; (at) is an @. Dates, sums, counts, and numbers
// of documents and cases are none, nor are short public numbers such as 12345. It
// finds forms, not persons: names and addresses are for the publisher to take out.
//
// It takes time in proportion to the length of the text.
func FindContacts(s string) []Contact {
	t := read(s)
	spelled, said := t.replaced(atSign, "@").replaced(dotSign, "."), t.mapped(numerally)
	found := slices.Concat(t.located(slices.Concat(t.emails(), t.accounts(), t.passports(), t.plates(), t.numbers())),
		spelled.located(spelled.emails()), said.located(said.numbers()))
	slices.SortStableFunc(found, func(a, b Contact) int { return a.Start - b.Start })
	kept := found[:0]
	end := 0
	for _, c := range found {
		if c.Start < end { // a number that is a part of an address, or the other way round
			end = max(end, c.End)
			kept[len(kept)-1].End = end
			continue
		}
		end = c.End
		kept = append(kept, c)
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

// read leaves out what nobody sees, and keeps white space: it ends a number.
func read(s string) reading {
	return readAs(s, func(r rune) bool {
		return !unicode.IsSpace(r) && (isUnseen(r) || unicode.In(r, unicode.Mn, unicode.Me)) // 1️⃣ is a 1
	}, plainly)
}
