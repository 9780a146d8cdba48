package consult

import "github.com/tian-go/tian/proposal/text"

// ContactKind is a kind of personal contact data; see [text.Kind].
type ContactKind string

// Kinds that are found, beside [text.BankCard], [text.QQ] and [text.WeChat].
const (
	Phone    = ContactKind(text.Phone)
	IDNumber = ContactKind(text.IDNumber)
	Email    = ContactKind(text.Email)
)

// Contact is a place in a text that looks like contact data.
type Contact struct {
	Kind       ContactKind
	Start, End int // bytes of the text
}

// FindContacts finds what looks like contact data; see [text.FindContacts].
func FindContacts(s string) []Contact {
	found := text.FindContacts(s)
	contacts := make([]Contact, len(found))
	for i, c := range found {
		contacts[i] = Contact{ContactKind(c.Kind), c.Start, c.End}
	}
	return contacts
}

// Redact replaces all that [FindContacts] finds by ***.
func Redact(s string) string { return text.Redact(s) }
