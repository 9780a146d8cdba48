package evaluate

import (
	"errors"
	"fmt"
)

// ParseRubric reads a rubric from JSON, strictly: an unknown field, a duplicate
// key or anything after the object is a Problem of code "syntax". The rubric is
// not yet checked for sense; Compile does that.
func ParseRubric(data []byte) (Rubric, error) {
	var r Rubric
	if err := strictJSON(data, &r); err != nil {
		return Rubric{}, syntax("", "", err)
	}
	return r, nil
}

// syntax makes Problems of a decoding error.
func syntax(card, where string, err error) Problems {
	code := CodeSyntax
	if errors.Is(err, ErrOverflow) {
		code = CodeOverflow
	}
	return Problems{{Code: code, Card: card, Where: where, Text: plain(err)}}
}

// plain is the text of err without the package's prefix.
func plain(err error) string {
	text := err.Error()
	for _, prefix := range []string{ErrInvalid.Error() + ": ", ErrOverflow.Error() + ": "} {
		if len(text) > len(prefix) && text[:len(prefix)] == prefix {
			if errors.Is(err, ErrOverflow) {
				return fmt.Sprintf("%s does not fit", text[len(prefix):])
			}
			return text[len(prefix):]
		}
	}
	return text
}
