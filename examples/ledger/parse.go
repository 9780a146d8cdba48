package ledger

import (
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// What a later stage would refuse. It is refused on reading instead, so that a
// row goes in whole or not at all. The limits are the library's.
const (
	maxNumber = 64   // bytes
	maxUnit   = 100  // bytes
	maxWord   = 200  // bytes of a place, level, class, opinion or category
	maxText   = 1000 // bytes of a session or organisation
)

// parse makes a row of a record, or says what is wrong with it.
func parse(record []string, err error, order []int, width, line int) (Row, *Refusal) {
	refuse := func(code, format string, args ...any) (Row, *Refusal) {
		return Row{}, &Refusal{line, code, fmt.Sprintf(format, args...)}
	}
	switch {
	case errors.Is(err, csv.ErrQuote), errors.Is(err, csv.ErrBareQuote):
		return refuse("row_quote", "a quotation mark is out of place: a field with one is put in quotation marks, and it is doubled")
	case err != nil:
		return refuse("row_malformed", "%v", err)
	case len(record) != width:
		return refuse("row_fields", "the row has %d fields, and the header %d", len(record), width)
	}
	names := Columns()
	fields := make([]string, len(order))
	for i, at := range order {
		if at < 0 {
			continue
		}
		fields[i] = record[at]
		if r := checkField(names[i], fields[i]); r != nil {
			r.Line = line
			return Row{}, r
		}
	}
	return build(fields, line)
}

// build makes a row of fields in the order of Columns.
func build(fields []string, line int) (Row, *Refusal) {
	trimmed := make([]string, len(fields))
	for i, f := range fields {
		trimmed[i] = strings.TrimSpace(f)
	}
	row := Row{
		Line: line, Place: trimmed[0], Level: levelNamed(trimmed[1]), Session: trimmed[2], Number: trimmed[4], Title: trimmed[5],
		Category: trimmed[6], ProposerKind: kindNamed(trimmed[7]), ProposerOrg: trimmed[8], LeadUnit: trimmed[9],
		Class: trimmed[11], Opinion: trimmed[12], Source: trimmed[17], fields: fields,
	}
	refuse := func(code, format string, args ...any) (Row, *Refusal) {
		return Row{}, &Refusal{line, code, fmt.Sprintf(format, args...)}
	}
	if row.Level != "" && !slices.Contains(levels(), row.Level) {
		return refuse("level_unknown", "the level is %q, none of %s", short(row.Level), strings.Join(levels(), ", "))
	}
	var err error
	if trimmed[3] != "" {
		if row.Year, err = strconv.Atoi(trimmed[3]); err != nil || row.Year < 1949 || row.Year > 9999 {
			return refuse("year_malformed", "%q is not a year such as 2022", short(trimmed[3]))
		}
	}
	for i, into := range []*time.Time{&row.Submitted, &row.Assigned, &row.Replied} {
		if text := trimmed[13+i]; text != "" {
			day, ok := parseDay(text)
			if *into = day; !ok {
				return refuse(Columns()[13+i]+"_malformed", "%q is not a date such as 2022-11-23", short(text))
			}
		}
	}
	switch yesOrNo(trimmed[16]) {
	case "yes":
		row.Key = true
	case "", "no":
	default:
		return refuse("key_unknown", "%q is neither yes nor no", short(trimmed[16]))
	}
	if known := row.known(); !slices.IsSortedFunc(known, time.Time.Compare) {
		return refuse("dates_contradict", "it was submitted, assigned and replied to in another order: 提交、交办、答复的日期先后矛盾")
	}
	row.CoUnits = units(trimmed[10], row.LeadUnit)
	for _, unit := range append(row.CoUnits, row.LeadUnit) {
		if len(unit) > maxUnit {
			return refuse("unit_too_long", "the unit %q has %d bytes, more than %d", short(unit), len(unit), maxUnit)
		}
	}
	return row, opens(row)
}

// opens asks the library whether a proposal may be opened with what the row
// says: its title, its proposer's kind.
func opens(r Row) *Refusal {
	own := proposal.DefaultRules()
	own.EnterFor = []string{Registrar}
	err := entering(r).Draft.Apply(&proposal.Act{Rules: own, Roles: []string{Registrar}}, new(proposal.Proposal))
	if err == nil {
		return nil
	}
	return refusal(r.Line, err)
}

// refusal says what the library has against a row.
func refusal(line int, err error) *Refusal {
	var invalid *workflow.InvalidError
	if errors.As(err, &invalid) {
		return &Refusal{line, strings.ReplaceAll(invalid.Field, ".", "_") + "_" + invalid.Code, invalid.EN}
	}
	var refused *workflow.RefusedError
	if errors.As(err, &refused) && len(refused.Blockers) > 0 {
		return &Refusal{line, "row_" + refused.Blockers[0].Code, err.Error()}
	}
	return &Refusal{line, "row_" + workflow.Code(err), err.Error()}
}

// units splits a list of units. One printed twice, or as the lead too, has one
// part.
func units(cell, lead string) []string {
	seen := map[string]bool{text.Narrow(lead): true}
	var list []string
	for _, unit := range text.Units(cell) {
		if key := text.Narrow(unit); !seen[key] {
			seen[key] = true
			list = append(list, unit)
		}
	}
	return list
}

// checkField refuses what no record can hold.
func checkField(name, text string) *Refusal {
	most := maxWord
	switch name {
	case "number":
		most = maxNumber
	case "session", "proposer_org", "lead_unit":
		most = maxText
	case "title", "co_units", "source":
		most = 1 << 16 // the title has a limit in characters, which the library knows
	}
	control := unicode.IsControl
	if name == "source" {
		control = func(r rune) bool { return r == 0 }
	}
	switch {
	case !utf8.ValidString(text):
		return &Refusal{Code: name + "_not_utf8", Message: "the text is not UTF-8"}
	case strings.IndexFunc(text, control) >= 0:
		return &Refusal{Code: name + "_control_character", Message: "the text holds a control character, such as the end of a line"}
	case len(text) > most:
		return &Refusal{Code: name + "_too_long", Message: fmt.Sprintf("the text has %d bytes, more than %d", len(text), most)}
	}
	return nil
}
