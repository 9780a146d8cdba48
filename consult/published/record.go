// Package published reads records of consultations as sources print them, and
// brings them into a [consult.Service]: what a record lacks stays empty, what it
// prints as a figure stays a figure, and what is wrong is told by its line.
package published

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tian-go/tian/consult/printed"
)

// Kind is what a record is about.
type Kind string

// The kinds of records.
const (
	Activity   Kind = "activity"         // one activity that was held
	Planned    Kind = "planned"          // a topic of a plan
	Total      Kind = "platform_total"   // what a platform did in a time
	Collection Kind = "topic_collection" // topics collected, by class
	Rule       Kind = "platform_rule"    // a rule of a platform
	Preparing  Kind = "preparation"      // an activity being prepared
	Inspection Kind = "inspection"       // an inspection of platforms
)

// Record is one row.
type Record struct {
	Line         int // in the file, from 1
	Place        string
	Level        string // county, prefecture, provincial, national
	Platform     string // its name, or that of the meeting
	PlatformKind string // in the source's words
	Kind         Kind
	Date         Date
	Topic        string
	Participants []string
	Counts       []printed.Figure // of participants
	Opinions     []printed.Figure
	Outcomes     []string
	Answered     []string // units that answered
	FollowUps    []string
	Source       string
	Note         string
}

// Figures returns the figures printed among the outcomes.
func (r Record) Figures() []printed.Figure {
	return printed.ParseFigures(strings.Join(r.Outcomes, ";"))
}

// Refusal says what is wrong with one row.
type Refusal struct {
	Line int    `json:"line"`
	Code string `json:"code"`
	Text string `json:"message"`
}

func (r Refusal) String() string { return fmt.Sprintf("line %d: %s (%s)", r.Line, r.Text, r.Code) }

// Header is the first row of a file, in the order in which the columns must come.
func Header() []string {
	return []string{"place", "level", "platform", "platform_kind", "record_kind", "date", "topic", "participants",
		"participants_counts", "opinions", "outcomes", "units_answered", "follow_up", "source", "note"}
}

// ErrHeader is the error of a file whose first row is not the [Header], or that
// cannot be read at all.
var ErrHeader = errors.New("published: the first row is not the header")

// maxField is the most characters of one field.
const maxField = 10_000

// Read reads records from comma-separated values in UTF-8, with or without a
// byte order mark. Lists in a field are set off by semicolons. Every good row is
// returned, every bad one is refused by its line; the error is of a file that is
// no such file.
func Read(r io.Reader) ([]Record, []Refusal, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = -1
	first, err := in.Read()
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrHeader, err)
	}
	first[0] = strings.TrimPrefix(first[0], "\ufeff")
	if !slices.Equal(first, Header()) {
		return nil, nil, fmt.Errorf("%w: it begins with %q", ErrHeader, clip(strings.Join(first, ",")))
	}
	var records []Record
	var refused []Refusal
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return records, refused, nil
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			refused = append(refused, Refusal{wrong.StartLine, "unreadable", wrong.Err.Error()})
			continue
		}
		if err != nil {
			return records, refused, fmt.Errorf("published: %w", err)
		}
		line, _ := in.FieldPos(0)
		record, refusal := parse(row)
		if refusal.Code != "" {
			refusal.Line = line
			refused = append(refused, refusal)
			continue
		}
		record.Line = line
		records = append(records, record)
	}
}

func parse(row []string) (Record, Refusal) {
	if len(row) != len(Header()) {
		return Record{}, Refusal{Code: "columns", Text: fmt.Sprintf("%d fields, not %d", len(row), len(Header()))}
	}
	for i, field := range row {
		switch {
		case !utf8.ValidString(field) || strings.ContainsRune(field, 0):
			return Record{}, Refusal{Code: "not_utf8", Text: Header()[i] + " is not text in UTF-8"}
		case utf8.RuneCountInString(field) > maxField:
			return Record{}, Refusal{Code: "too_long", Text: fmt.Sprintf("%s has more than %d characters", Header()[i], maxField)}
		}
		row[i] = strings.TrimSpace(field)
	}
	r := Record{
		Place: row[0], Level: row[1], Platform: row[2], PlatformKind: row[3], Kind: Kind(row[4]), Date: ParseDate(row[5]),
		Topic: row[6], Participants: list(row[7]), Counts: printed.ParseFigures(row[8]), Opinions: printed.ParseFigures(row[9]),
		Outcomes: list(row[10]), Answered: list(row[11]), FollowUps: list(row[12]), Source: row[13], Note: row[14],
	}
	switch r.Level {
	case "county", "prefecture", "provincial", "national":
	default:
		return Record{}, Refusal{Code: "level", Text: fmt.Sprintf("there is no level %q", clip(r.Level))}
	}
	switch r.Kind {
	case Activity, Planned, Total, Collection, Rule, Preparing, Inspection:
	default:
		return Record{}, Refusal{Code: "record_kind", Text: fmt.Sprintf("there is no kind of record %q", clip(string(r.Kind)))}
	}
	if r.Platform == "" {
		return Record{}, Refusal{Code: "platform", Text: "no platform or meeting is named"}
	}
	return r, Refusal{}
}

func list(field string) []string {
	var entries []string
	for e := range strings.SplitSeq(field, ";") {
		if e = strings.TrimSpace(e); e != "" {
			entries = append(entries, e)
		}
	}
	return entries
}

// clip shortens foreign text that is repeated in a message.
func clip(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
