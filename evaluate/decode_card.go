package evaluate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"sort"

	"github.com/tian-go/tian/evaluate/internal/strict"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// Decoded is one element of a list of cards: the card, or why it is unusable.
type Decoded struct {
	Card Card
	Err  error
}

// DecodeCards reads a JSON array of cards, or one card, strictly. The error is
// for input that is not such a list at all; what is wrong inside a card is that
// element's Err, as a problem.List naming card, place, criterion and reason, and does
// not stop the others. The ids of cards must differ.
func DecodeCards(data []byte) ([]Decoded, error) {
	data = bytes.TrimSpace(data)
	if len(data) > 0 && data[0] == '{' {
		return []Decoded{decodeElement(data, 1)}, nil
	}
	var raws []json.RawMessage
	dec := json.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&raws); err != nil {
		return nil, syntax("", "", fmt.Errorf("%w: cards: %w", points.ErrInvalid, strict.Plainly(err)))
	}
	if dec.More() {
		return nil, syntax("", "", fmt.Errorf("%w: something follows the cards", points.ErrInvalid))
	}
	if raws == nil {
		return nil, syntax("", "", fmt.Errorf("%w: the cards are null", points.ErrInvalid))
	}
	cards := make([]Decoded, len(raws))
	first := map[string]int{}
	for i, raw := range raws {
		cards[i] = decodeElement(raw, i+1)
		id := cards[i].Card.ID
		if id == "" {
			continue
		}
		if at, twice := first[id]; twice {
			cards[i].Err = problem.List{{
				Code: problem.Duplicate, Card: id, Where: "id",
				Text: fmt.Sprintf("cards %d and %d of the list have this id", at, i+1),
			}}
			continue
		}
		first[id] = i + 1
	}
	return cards, nil
}

func decodeElement(data []byte, place int) Decoded {
	card, err := DecodeCard(data)
	var ps problem.List
	if errors.As(err, &ps) && card.ID == "" {
		for i := range ps {
			ps[i].Card = fmt.Sprintf("#%d", place)
		}
	}
	return Decoded{Card: card, Err: err}
}

// cardJSON is a card whose parts are decoded one by one, so that a bad one can
// be named. Its fields are those of Card.
type cardJSON struct {
	ID         string                                `json:"id"`
	Subject    string                                `json:"subject"`
	League     string                                `json:"league"`
	Decided    bool                                  `json:"decided"`
	Facts      map[string]json.RawMessage            `json:"facts"`
	Ballots    []json.RawMessage                     `json:"ballots"`
	Sessions   map[string]json.RawMessage            `json:"sessions"`
	Aggregates map[string]map[string]json.RawMessage `json:"aggregates"`
	Nested     map[string]json.RawMessage            `json:"nested"`
}

type ballotJSON struct {
	ID        string                     `json:"id"`
	Group     string                     `json:"group"`
	Evaluator string                     `json:"evaluator"`
	Revision  int                        `json:"revision"`
	Missing   rubric.Missing             `json:"missing"`
	Marks     map[string]json.RawMessage `json:"marks"`
}

// DecodeCard reads one card, strictly. With an error the card holds at most
// the id, for reporting.
func DecodeCard(data []byte) (Card, error) {
	card, err := decodeCard(data, "", 0)
	if err != nil {
		return Card{ID: card.ID}, err
	}
	return card, nil
}

func decodeCard(data []byte, outer string, depth int) (Card, error) {
	var w cardJSON
	if err := strict.Decode(data, &w); err != nil {
		var id struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(data, &id) != nil {
			id.ID = ""
		}
		return Card{ID: id.ID}, syntax(id.ID, outer, err)
	}
	l := lint{card: w.ID}
	if w.ID == "" {
		l.add(problem.Key, outer+"id", "", "the card has no id")
	}
	card := Card{
		ID: w.ID, Subject: w.Subject, League: w.League, Decided: w.Decided,
		Facts:    parts[Fact](&l, outer+"facts.", w.Facts),
		Sessions: parts[Session](&l, outer+"sessions.", w.Sessions),
	}
	for i, raw := range w.Ballots {
		card.Ballots = append(card.Ballots, l.ballot(raw, fmt.Sprintf("%sballots[%d]", outer, i)))
	}
	for _, group := range sortedKeys(w.Aggregates) {
		if card.Aggregates == nil {
			card.Aggregates = map[string]map[string]Aggregate{}
		}
		card.Aggregates[group] = parts[Aggregate](&l, outer+"aggregates."+group+".", w.Aggregates[group])
	}
	if len(w.Nested) > 0 && depth == maxNesting {
		l.add(problem.Depth, outer+"nested", "", "cards nested deeper than %d", maxNesting)
		w.Nested = nil
	}
	for _, key := range sortedKeys(w.Nested) {
		sub, err := decodeCard(w.Nested[key], outer+"nested."+key+".", depth+1)
		var inner problem.List
		if errors.As(err, &inner) {
			for _, p := range inner {
				l.add(p.Code, p.Where, p.Criterion, "%s", p.Text)
			}
		}
		if card.Nested == nil {
			card.Nested = map[string]Card{}
		}
		card.Nested[key] = sub
	}
	return card, l.err()
}

// ballot decodes one ballot, mark by mark; once its id is known, places are
// told by it, as Score does.
func (l *lint) ballot(raw json.RawMessage, at string) Ballot {
	var w ballotJSON
	if err := strict.Decode(raw, &w); err != nil {
		l.add(problem.Syntax, at, "", "%s", strict.Text(err))
		return Ballot{}
	}
	b := Ballot{ID: w.ID, Group: w.Group, Evaluator: w.Evaluator, Revision: w.Revision, Missing: w.Missing}
	if w.ID == "" {
		l.add(problem.Key, at+".id", "", "the ballot has no id")
	} else {
		at = at[:len(at)-len(lastIndex(at))] + "[" + w.ID + "]"
	}
	for _, key := range sortedKeys(w.Marks) {
		var m Mark
		if err := m.UnmarshalJSON(w.Marks[key]); err != nil {
			l.add(problem.Mark, at+".marks."+key, key, "%s", strict.Text(err))
			continue
		}
		if b.Marks == nil {
			b.Marks = make(map[string]Mark, len(w.Marks))
		}
		b.Marks[key] = m
	}
	return b
}

// lastIndex is the "[3]" at the end of a place.
func lastIndex(at string) string {
	for i := len(at) - 1; i >= 0; i-- {
		if at[i] == '[' {
			return at[i:]
		}
	}
	return ""
}

// parts decodes the members of an object one by one.
func parts[T any](l *lint, at string, raws map[string]json.RawMessage) map[string]T {
	if raws == nil {
		return nil
	}
	out := make(map[string]T, len(raws))
	for _, key := range sortedKeys(raws) {
		var v T
		if err := strict.Decode(raws[key], &v); err != nil {
			code := problem.Syntax
			if _, isFact := any(v).(Fact); isFact {
				code = problem.Fact
			}
			l.add(code, at+key, "", "%s", strict.Text(err))
			continue
		}
		out[key] = v
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// syntax makes problems of a decoding error.
func syntax(card, where string, err error) problem.List {
	code := problem.Syntax
	if errors.Is(err, points.ErrOverflow) {
		code = problem.Overflow
	}
	return problem.List{{Code: code, Card: card, Where: where, Text: strict.Text(err)}}
}
