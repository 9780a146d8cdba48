package play

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
)

// Scenario is what a store is set up with, and the steps taken on it.
type Scenario struct {
	Bodies      []Body                            `json:"bodies"`
	Calendar    calendar.RequestedCalendar        `json:"calendar"`
	Definitions map[string][]lifecycle.Definition `json:"definitions"` // by kind
	Use         map[string]Use                    `json:"use"`         // by kind
	Profile     Use                               `json:"profile"`     // for proposals: one for every body, or one for each; of its own ones, or of package profiles
	Profiles    map[string]json.RawMessage        `json:"profiles"`    // its own, as package profiles has them: from which definition, and what differs
	Rules       map[string]json.RawMessage        `json:"rules"`       // "proposal", "consult" and "appraisal": what differs from the rules shipped
	People      map[string]Person                 `json:"people"`
	Steps       []Step                            `json:"steps"`
}

// Body is one conference of the scenario's tree.
type Body struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Parent string `json:"parent"`
	Zone   string `json:"zone"` // an IANA name; "": its parent's, Asia/Shanghai at the top
}

// Use names the definition that new cases run on, or a profile: one for every body,
// written as its name, or one for each body, written as an object.
type Use map[string]string

// UnmarshalJSON reads a name, or names by body.
func (u *Use) UnmarshalJSON(data []byte) error {
	var name string
	if json.Unmarshal(data, &name) == nil {
		*u = Use{"": name}
		return nil
	}
	return strictly(data, (*map[string]string)(u))
}

// Person is an actor. Without a body they belong to the first of the scenario.
type Person struct {
	ID     string   `json:"id"`
	Body   string   `json:"body"`
	Unit   string   `json:"unit"`
	Roles  []string `json:"roles"`
	Grants []struct {
		Role string `json:"role"`
		Body string `json:"body"`
	} `json:"grants"`
	For string `json:"for"` // in whose name they act
}

// Who is a person, or the name of one of the scenario's people.
type Who struct {
	Name   string
	Person Person
}

// UnmarshalJSON reads a name or a person.
func (w *Who) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &w.Name) == nil {
		return nil
	}
	return strictly(data, &w.Person)
}

// Step is one step. Exactly one of its verbs is given; the members beside it say
// on what, by whom and when.
type Step struct {
	Open     *string         `json:"open"`
	Do       *string         `json:"do"`
	Together []Part          `json:"together"`
	Merge    []string        `json:"merge"`
	Unmerge  *string         `json:"unmerge"`
	FileNext *string         `json:"file_next"` // to file under the next number
	KeyShare *string         `json:"key_share"` // of a body: how many of those filed are key proposals
	Sweep    *bool           `json:"sweep"`
	Migrate  *string         `json:"migrate"`
	Relocate []string        `json:"relocate"` // to another body
	Show     *string         `json:"show"`
	Choices  *string         `json:"choices"`
	Figures  json.RawMessage `json:"figures"`
	Verify   *string         `json:"verify"`
	List     *string         `json:"list"`

	Key    string            `json:"key"` // of the list; "": the actor's own
	Kind   string            `json:"kind"`
	Body   string            `json:"body"` // to open in, when it is not the actor's own; to move to; whose figures
	On     string            `json:"on"`
	Into   string            `json:"into"`
	From   string            `json:"from"`
	To     *Target           `json:"to"`
	States map[string]string `json:"states"`
	Tracks map[string]string `json:"tracks"`
	Limits map[string]string `json:"limits"`
	Reason string            `json:"reason"`

	As       *Who            `json:"as"`
	At       string          `json:"at"`
	Recorded string          `json:"recorded"`
	Command  string          `json:"command"`
	Data     json.RawMessage `json:"data"`
	Expect   json.RawMessage `json:"expect"`
}

// Part is one act of several that happen together.
type Part struct {
	Do   string          `json:"do"`
	On   string          `json:"on"`
	Data json.RawMessage `json:"data"`
}

// Target is the definition that a case is migrated to.
type Target struct {
	Name    string `json:"name"`
	Version int    `json:"version"`
}

// Decode reads a scenario, strictly: a member that is unknown, and a step
// without a verb or with two, are errors that name the place.
func Decode(data []byte) (Scenario, error) {
	var raw struct {
		Scenario
		Definitions map[string][]json.RawMessage `json:"definitions"`
		People      map[string]json.RawMessage   `json:"people"`
		Steps       []json.RawMessage            `json:"steps"`
	}
	if err := strictly(data, &raw); err != nil {
		return Scenario{}, err
	}
	s := raw.Scenario
	if len(raw.Steps) == 0 {
		return s, errors.New("steps: missing")
	}
	s.Definitions = make(map[string][]lifecycle.Definition)
	for kind, definitions := range raw.Definitions {
		for i, text := range definitions {
			d, err := lifecycle.Decode(text)
			if err != nil {
				return s, fmt.Errorf("definitions.%s[%d]: %w", kind, i, err)
			}
			s.Definitions[kind] = append(s.Definitions[kind], d)
		}
	}
	s.People = make(map[string]Person, len(raw.People))
	for name, text := range raw.People {
		var p Person
		if err := strictly(text, &p); err != nil {
			return s, fmt.Errorf("people.%s: %w", name, err)
		}
		s.People[name] = p
	}
	s.Steps = make([]Step, len(raw.Steps))
	for i, text := range raw.Steps {
		if err := strictly(text, &s.Steps[i]); err != nil {
			return s, fmt.Errorf("steps[%d]: %w", i, err)
		}
		if _, err := s.Steps[i].verb(); err != nil {
			return s, fmt.Errorf("steps[%d]: %w", i, err)
		}
	}
	return s, nil
}

// verb returns the one verb of the step.
func (s Step) verb() (string, error) {
	var verbs []string
	for _, v := range []struct {
		name  string
		given bool
	}{
		{"open", s.Open != nil}, {"do", s.Do != nil}, {"together", s.Together != nil}, {"merge", s.Merge != nil},
		{"unmerge", s.Unmerge != nil}, {"file_next", s.FileNext != nil}, {"key_share", s.KeyShare != nil}, {"sweep", s.Sweep != nil}, {"migrate", s.Migrate != nil}, {"relocate", s.Relocate != nil}, {"show", s.Show != nil},
		{"choices", s.Choices != nil}, {"figures", s.Figures != nil}, {"verify", s.Verify != nil}, {"list", s.List != nil},
	} {
		if v.given {
			verbs = append(verbs, v.name)
		}
	}
	switch {
	case len(verbs) == 0:
		return "", errors.New("what is to be done is missing: open, do, together, merge, unmerge, file_next, key_share, sweep, migrate, relocate, show, choices, figures, verify or list")
	case len(verbs) > 1:
		return "", fmt.Errorf("one thing at a time, not %s", strings.Join(verbs, " and "))
	case s.Migrate != nil && s.To == nil:
		return "", errors.New("to: missing")
	}
	return verbs[0], nil
}

// strictly decodes one JSON value and lets no member pass that it does not know.
func strictly(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return fmt.Errorf("line %d: %w", 1+bytes.Count(data[:syntax.Offset], []byte("\n")), err)
		}
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more after the end of the value")
	}
	return nil
}

// What returns in a few words what the step does, and to which case.
func (s Step) What() (what, on string) {
	switch {
	case s.Open != nil:
		return "open", *s.Open
	case s.Do != nil:
		return *s.Do, s.On
	case s.Together != nil:
		var events, cases []string
		for _, p := range s.Together {
			events, cases = append(events, p.Do), append(cases, p.On)
		}
		return strings.Join(events, "+"), strings.Join(cases, "+")
	case s.Merge != nil:
		return "merge", strings.Join(s.Merge, "+") + "→" + s.Into
	case s.Unmerge != nil:
		return "unmerge", *s.Unmerge
	case s.FileNext != nil:
		return "file_next", *s.FileNext
	case s.KeyShare != nil:
		return "key_share", *s.KeyShare
	case s.Migrate != nil:
		return "migrate", *s.Migrate
	case s.Relocate != nil:
		return "relocate", strings.Join(s.Relocate, "+") + "→" + s.Body
	case s.Show != nil:
		return "show", *s.Show
	case s.Choices != nil:
		return "choices", *s.Choices
	case s.Verify != nil:
		return "verify", *s.Verify
	case s.List != nil:
		return "list", *s.List
	case s.Figures != nil:
		return "figures", ""
	}
	return "sweep", ""
}
