package form

import "github.com/tian-go/tian/proposal/lifecycle"

// Field describes one field of an action.
type Field struct {
	Name     string          `json:"name"` // its JSON key
	Label    lifecycle.Label `json:"label,omitzero"`
	Type     Type            `json:"type"`
	List     bool            `json:"list,omitempty"` // a list of such values
	Required bool            `json:"required,omitempty"`
	Max      int             `json:"max,omitempty"`    // characters of a line or text, bytes of an ID; 0: the vocabulary's own limit
	From     string          `json:"from,omitempty"`   // the list of the body's rules that it is a key of
	Values   []Value         `json:"values,omitempty"` // what it may be, where that is known
	Fields   []Field         `json:"fields,omitempty"` // of an object
}

// Value is one value that a field may have.
type Value struct {
	Key   string          `json:"key"`
	Label lifecycle.Label `json:"label,omitzero"`
}

// Type says what kind of value a field holds.
type Type string

// The types of fields.
const (
	Line   Type = "line"   // text on one line
	Text   Type = "text"   // text of several lines
	ID     Type = "id"     // of a person, a unit, a case
	Key    Type = "key"    // one of Values
	Date   Type = "date"   // 2006-01-02
	Time   Type = "time"   // RFC 3339
	Number Type = "number" // whole
	Flag   Type = "flag"   // true or false
	Object Type = "object" // of Fields
	Open   Type = "open"   // any JSON that its Go type reads
)
