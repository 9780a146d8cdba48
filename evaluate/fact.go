package evaluate

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/tian-go/tian/evaluate/internal/strict"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/evaluate/rubric"
)

// Fact is one thing known about a subject, handed in from records: a number, a
// yes or no, a word, a rate with its count and base, a tally of events or
// choices, or the reason it is missing. The zero value is not a fact.
type Fact struct {
	kind    factKind
	number  points.Points
	yes     bool
	text    string
	rate    rates.Rate
	tally   map[string]int64
	missing rubric.Missing
}

type factKind uint8

const (
	noFact factKind = iota
	numberFact
	boolFact
	textFact
	rateFact
	tallyFact
	missingFact
)

func (k factKind) String() string {
	return [...]string{"nothing", "a number", "true or false", "a word", "a rate", "a tally", "missing"}[k]
}

// FactNumber is a number: marks given by an office, days late, events of one kind.
func FactNumber(p points.Points) Fact { return Fact{kind: numberFact, number: p} }

// FactBool is a yes or no.
func FactBool(yes bool) Fact { return Fact{kind: boolFact, yes: yes} }

// FactText is a word, such as a grade.
func FactText(key string) Fact { return Fact{kind: textFact, text: key} }

// FactRate is a rate.
func FactRate(r rates.Rate) Fact { return Fact{kind: rateFact, rate: r} }

// FactTally counts events or choices by key. The map is kept, not copied: it
// must not be changed afterwards.
func FactTally(counts map[string]int64) Fact { return Fact{kind: tallyFact, tally: counts} }

// FactMissing is a fact that is not there, for a reason.
func FactMissing(why rubric.Missing) Fact { return Fact{kind: missingFact, missing: why} }

// Number gives the number, and whether the fact is one.
func (f Fact) Number() (points.Points, bool) { return f.number, f.kind == numberFact }

// Bool gives the yes or no, and whether the fact is one.
func (f Fact) Bool() (value, ok bool) { return f.yes, f.kind == boolFact }

// Text gives the word, and whether the fact is one.
func (f Fact) Text() (string, bool) { return f.text, f.kind == textFact }

// Rate gives the rate, and whether the fact is one.
func (f Fact) Rate() (rates.Rate, bool) { return f.rate, f.kind == rateFact }

// Tally gives the counts, read-only, and whether the fact is a tally.
func (f Fact) Tally() (map[string]int64, bool) { return f.tally, f.kind == tallyFact }

// Missing gives the reason the fact is not there, or "".
func (f Fact) Missing() rubric.Missing { return f.missing }

type factJSON struct {
	Count *int64           `json:"count,omitempty"`
	Base  *int64           `json:"base,omitempty"`
	Of    string           `json:"of,omitempty"`
	Rule  string           `json:"rule,omitempty"`
	Tally map[string]int64 `json:"tally,omitempty"`
}

// MarshalJSON writes the form UnmarshalJSON reads.
func (f Fact) MarshalJSON() ([]byte, error) {
	switch f.kind {
	case numberFact:
		return f.number.MarshalJSON()
	case boolFact:
		return json.Marshal(f.yes)
	case textFact:
		return json.Marshal(f.text)
	case rateFact:
		return json.Marshal(factJSON{Count: &f.rate.Count, Base: &f.rate.Base, Of: f.rate.Of, Rule: f.rate.Rule})
	case tallyFact:
		return json.Marshal(struct {
			Tally map[string]int64 `json:"tally"`
		}{f.tally})
	case missingFact:
		return json.Marshal(string(f.missing))
	case noFact:
	}
	return nil, fmt.Errorf("%w: an empty fact", points.ErrInvalid)
}

// UnmarshalJSON reads 12.5, "12.5", true, "good", "not_due",
// {"count":97,"base":100} or {"tally":{"late":2}}.
func (f *Fact) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	switch {
	case bytes.Equal(data, []byte("true")), bytes.Equal(data, []byte("false")):
		*f = FactBool(data[0] == 't')
		return nil
	case bytes.Equal(data, []byte("null")):
		return fmt.Errorf("%w: null is no fact; leave it out or say why it is missing", points.ErrInvalid)
	case len(data) > 0 && data[0] == '{':
		var w factJSON
		if err := strict.Decode(data, &w); err != nil {
			return err
		}
		switch {
		case w.Count != nil && w.Base != nil && w.Tally == nil:
			*f = FactRate(rates.Rate{Count: *w.Count, Base: *w.Base, Of: w.Of, Rule: w.Rule})
			return nil
		case w.Tally != nil && w.Count == nil && w.Base == nil && w.Of == "" && w.Rule == "":
			*f = FactTally(w.Tally)
			return nil
		}
		return fmt.Errorf("%w: a fact object is {count, base} or {tally}", points.ErrInvalid)
	}
	number, text, err := numberOrText(data)
	switch {
	case err != nil:
		return err
	case text == "":
		*f = FactNumber(number)
	case rubric.Missing(text).Valid():
		*f = FactMissing(rubric.Missing(text))
	default:
		*f = FactText(text)
	}
	return nil
}
