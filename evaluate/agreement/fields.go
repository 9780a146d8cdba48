package agreement

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// fields is a JSON object whose fields are read one by one, each under its
// exact name.
type fields map[string]json.RawMessage

func decodeFields(object []byte) (fields, error) {
	d := json.NewDecoder(bytes.NewReader(object))
	start, err := d.Token()
	if err != nil {
		return nil, syntax("", err)
	}
	if start != json.Delim('{') {
		return nil, invalid(CodeSyntax, "", "a question is a JSON object")
	}
	f := make(fields)
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, syntax("", err)
		}
		name, ok := token.(string)
		if !ok {
			return nil, invalid(CodeSyntax, "", "a field name is a string")
		}
		if _, doubled := f[name]; doubled {
			return nil, invalid(CodeSyntax, fmt.Sprintf("%.40s", name), "is given twice")
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, syntax(fmt.Sprintf("%.40s", name), err)
		}
		f[name] = value
	}
	if _, err := d.Token(); err != nil {
		return nil, syntax("", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, invalid(CodeSyntax, "", "something follows the object")
	}
	return f, nil
}

func syntax(field string, err error) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return invalid(CodeSyntax, field, "is not JSON: %v", err)
}

// only refuses fields that are not among the names.
func (f fields) only(names []string) error {
	unknown := make([]string, 0, len(f))
	for name := range f {
		if !slices.Contains(names, name) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	slices.Sort(unknown)
	slices.Sort(names)
	return invalid(CodeUnknown, fmt.Sprintf("%.40s", unknown[0]), "is not one of %s", list(names))
}

func (f fields) has(name string) bool {
	_, ok := f[name]
	return ok
}

func (f fields) need(name string) (json.RawMessage, error) {
	raw, ok := f[name]
	if !ok {
		return nil, invalid(CodeMissing, name, "is missing")
	}
	return raw, nil
}

func (f fields) text(name string) (string, error) {
	raw, err := f.need(name)
	if err != nil {
		return "", err
	}
	var text *string
	if err := json.Unmarshal(raw, &text); err != nil || text == nil {
		return "", invalid(CodeSyntax, name, "is not a string")
	}
	return *text, nil
}

func (f fields) number(name string) (float64, error) {
	raw, err := f.need(name)
	if err != nil {
		return 0, err
	}
	return asNumber(raw, name, -1, -1)
}

func (f fields) whole(name string) (int, error) {
	raw, err := f.need(name)
	if err != nil {
		return 0, err
	}
	return asWhole(raw, name, -1, -1)
}

func (f fields) numbers(name string) ([]float64, error) {
	raw, err := f.need(name)
	if err != nil {
		return nil, err
	}
	cells, err := array(raw, name, -1)
	if err != nil {
		return nil, err
	}
	numbers := make([]float64, len(cells))
	for j, cell := range cells {
		if numbers[j], err = asNumber(cell, name, -1, j); err != nil {
			return nil, err
		}
	}
	return numbers, nil
}

func (f fields) table(name string) ([][]float64, error) { return tableOf(f, name, asNumber) }

func (f fields) counts(name string) ([][]int, error) { return tableOf(f, name, asWhole) }

func (f fields) fractions(name string) ([][]float64, error) { return tableOf(f, name, asFraction) }

// ratings reads a table whose rows are raters and in which null is missing.
func (f fields) ratings(name string) (*Ratings, error) {
	marks, err := tableOf(f, name, func(raw json.RawMessage, field string, row, column int) (*float64, error) {
		if string(raw) == "null" {
			return nil, nil
		}
		mark, err := asNumber(raw, field, row, column)
		return &mark, err
	})
	if err != nil {
		return nil, err
	}
	return RatingsOf(marks)
}

// labels reads a table of labels, in which null is missing; nil when the table
// holds no label. Labels beside numbers are an error, at the first cell that is
// unlike those before it.
func (f fields) labels(name string) ([][]*string, error) {
	found, numbers := false, false
	table, err := tableOf(f, name, func(raw json.RawMessage, field string, row, column int) (*string, error) {
		if string(raw) == "null" {
			return nil, nil
		}
		text := raw[0] == '"'
		switch {
		case text && numbers:
			return nil, invalid(CodeSyntax, field, "%.40s is a label, and the cells before it are numbers", string(raw)).at(row, column)
		case !text && found:
			return nil, invalid(CodeSyntax, field, "%.40s is not a label, as the cells before it are", string(raw)).at(row, column)
		case !text:
			numbers = true
			return nil, nil
		}
		found = true
		var label string
		if err := json.Unmarshal(raw, &label); err != nil {
			return nil, syntax(field, err)
		}
		return &label, nil
	})
	if err != nil || !found {
		return nil, err
	}
	return table, nil
}

func tableOf[T any](f fields, name string, cell func(raw json.RawMessage, field string, row, column int) (T, error)) ([][]T, error) {
	raw, err := f.need(name)
	if err != nil {
		return nil, err
	}
	rows, err := array(raw, name, -1)
	if err != nil {
		return nil, err
	}
	table := make([][]T, len(rows))
	for i, row := range rows {
		cells, err := array(row, name, i)
		if err != nil {
			return nil, err
		}
		table[i] = make([]T, len(cells))
		for j, raw := range cells {
			if table[i][j], err = cell(raw, name, i, j); err != nil {
				return nil, err
			}
		}
	}
	return table, nil
}

func array(raw json.RawMessage, field string, row int) ([]json.RawMessage, error) {
	var elements []json.RawMessage
	if err := json.Unmarshal(raw, &elements); err != nil || elements == nil {
		return nil, invalid(CodeSyntax, field, "is not an array").at(row, -1)
	}
	return elements, nil
}

func asNumber(raw json.RawMessage, field string, row, column int) (float64, error) {
	text := string(raw)
	switch {
	case text == "null":
		return 0, invalid(CodeMissing, field, "is null; a number must be given").at(row, column)
	case text == "" || text[0] != '-' && (text[0] < '0' || text[0] > '9'):
		return 0, invalid(CodeSyntax, field, "%.40s is not a number", text).at(row, column)
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, invalid(CodeNotFinite, field, "%.40s does not fit a 64-bit float", text).at(row, column)
	}
	return x, nil
}

func asWhole(raw json.RawMessage, field string, row, column int) (int, error) {
	x, err := asNumber(raw, field, row, column)
	if err != nil {
		return 0, err
	}
	// Above 2^53 floats skip whole numbers; an int may hold fewer.
	if x != math.Trunc(x) || math.Abs(x) > 1<<53 || math.Abs(x) > math.MaxInt {
		return 0, invalid(CodeOutOfRange, field, "%.40s is not a whole number up to 2^53", string(raw)).at(row, column)
	}
	return int(x), nil
}

// asFraction reads a number, or a string "p/q" of two numbers.
func asFraction(raw json.RawMessage, field string, row, column int) (float64, error) {
	var text string
	if json.Unmarshal(raw, &text) != nil || len(raw) == 0 || raw[0] != '"' {
		return asNumber(raw, field, row, column)
	}
	above, below, ok := strings.Cut(text, "/")
	p, errAbove := strconv.ParseFloat(above, 64)
	q, errBelow := strconv.ParseFloat(below, 64)
	if !ok || errAbove != nil || errBelow != nil || !finite(p/q) {
		return 0, invalid(CodeSyntax, field, "%.40q is not a fraction such as \"1/3\"", text).at(row, column)
	}
	return p / q, nil
}

func list(names []string) string { return strings.Join(names, ", ") }
