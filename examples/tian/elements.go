package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// failure stands in the place of an answer that could not be given.
type failure struct {
	Error struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

func failed(code, message string) failure {
	var f failure
	f.Error.Code, f.Error.Message = code, message
	return f
}

// codedError is an error with a code of its own.
type codedError struct {
	code string
	err  error
}

func (e *codedError) Error() string { return e.err.Error() }
func (e *codedError) Unwrap() error { return e.err }

// codeOf returns the code that err was given, or "invalid".
func codeOf(err error) string {
	var coded *codedError
	if errors.As(err, &coded) && coded.code != "" {
		return coded.code
	}
	return "invalid"
}

// each answers one JSON input, or an array of them: then with an array of the
// same length and order, a failure in the place of each that has no answer.
func each(data []byte, one func(element []byte) (any, error)) (answer any, many bool, err error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if trimmed := bytes.TrimLeft(data, " \t\r\n"); len(trimmed) == 0 {
		return nil, false, errors.New("line 1: the input is empty")
	} else if trimmed[0] != '[' {
		answer, err = one(data)
		return answer, false, err
	}
	elements, err := split(data)
	if err != nil {
		return nil, true, err
	}
	answers := make([]any, len(elements))
	for i, e := range elements {
		if answers[i], err = one(e.text); err != nil {
			answers[i] = failed(codeOf(err), fmt.Sprintf("element %d, which begins on line %d: %v", i, e.line, err))
		}
	}
	return answers, true, nil
}

// element is one element of an array, and the line on which it begins.
type element struct {
	text []byte
	line int
}

// split takes a JSON array apart.
func split(data []byte) ([]element, error) {
	var texts []json.RawMessage
	if err := json.Unmarshal(data, &texts); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return nil, fmt.Errorf("line %d: %w", lineAt(data, syntax.Offset), err)
		}
		return nil, err
	}
	elements := make([]element, len(texts))
	at := 1 + bytes.IndexByte(data, '[')
	line := lineAt(data, int64(at))
	for i, text := range texts {
		begin := at + bytes.IndexFunc(data[at:], func(r rune) bool { return !strings.ContainsRune(" \t\r\n,", r) })
		line += bytes.Count(data[at:begin], []byte("\n"))
		elements[i] = element{text, line}
		at = begin + len(text)
		line += bytes.Count(text, []byte("\n"))
	}
	return elements, nil
}

// lineAt is the line of an offset, from 1.
func lineAt(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(offset, int64(len(data)))], []byte("\n"))
}
