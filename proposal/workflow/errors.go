package workflow

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// What can go wrong, for errors.Is. Whatever matches none of these is a fault
// of the store or its database: asking again with the same command is safe.
var (
	ErrNotFound = store.ErrNotFound                  // there is no such case
	ErrConflict = store.ErrConflict                  // the case is not at the revision that was asked for
	ErrRefused  = errors.New("workflow: refused")    // it may not happen now
	ErrDenied   = errors.New("workflow: denied")     // this actor may not do it
	ErrInvalid  = errors.New("workflow: invalid")    // the request itself is wrong
	ErrTampered = errors.New("workflow: unreadable") // the record is not one that this engine wrote

	// ErrDefinition: the case runs on a definition that this engine was not
	// given, or that was edited since. It is the deployment's fault, not the
	// request's.
	ErrDefinition = errors.New("workflow: definition")
)

// Code returns a stable name for an error's kind, for transport and display:
// "not_found", "conflict", "refused", "denied", "invalid", "unreadable",
// "definition", "unknown_year" (a calendar lacks a notice), "cancelled", or
// "unavailable" for anything else; "" for nil.
func Code(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, ErrNotFound):
		return "not_found"
	case errors.Is(err, ErrConflict):
		return "conflict"
	case errors.Is(err, ErrRefused):
		return "refused"
	case errors.Is(err, ErrDenied):
		return "denied"
	case errors.Is(err, ErrDefinition):
		return "definition"
	case errors.Is(err, calendar.ErrUnknownYear):
		return calendar.CodeUnknownYear
	case errors.Is(err, ErrInvalid), errors.Is(err, store.ErrInvalid):
		return "invalid"
	case errors.Is(err, ErrTampered):
		return "unreadable"
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "cancelled"
	}
	return "unavailable"
}

// Blocker is one reason why something may not happen.
type Blocker = lifecycle.Blocker

// Block makes a blocker of a stable code and its text for people.
func Block(code, zh, en string) Blocker {
	return Blocker{Code: code, Label: lifecycle.Label{ZH: zh, EN: en}}
}

// RefusedError says why an act may not happen now: every reason, not only the
// first. It matches [ErrRefused].
type RefusedError struct {
	ID, Event string
	State     string // of the line the event is on
	Blockers  []Blocker
}

func (e *RefusedError) Error() string {
	texts := make([]string, len(e.Blockers))
	for i, b := range e.Blockers {
		texts[i] = b.String()
	}
	return fmt.Sprintf("%v: %s of %s in state %q: %s", ErrRefused, e.Event, e.ID, e.State, strings.Join(texts, "; "))
}

// Is reports whether target is [ErrRefused].
func (e *RefusedError) Is(target error) bool { return target == ErrRefused }

// Has tells whether one of the blockers has the code.
func (e *RefusedError) Has(code string) bool {
	for _, b := range e.Blockers {
		if b.Code == code {
			return true
		}
	}
	return false
}

// DeniedError says that the actor may not do this to this case, whatever its
// state. It matches [ErrDenied].
type DeniedError struct {
	Actor, Event, ID string
	Reason           Blocker // no_actor, other_body, no_role
}

func (e *DeniedError) Error() string {
	return fmt.Sprintf("%v: %s of %s by %q: %s", ErrDenied, e.Event, e.ID, e.Actor, e.Reason)
}

// Is reports whether target is [ErrDenied].
func (e *DeniedError) Is(target error) bool { return target == ErrDenied }

// InvalidError says which part of a request is wrong, and how. It matches
// [ErrInvalid]. Actions return it from Apply.
type InvalidError struct {
	Field string // where: a path such as draft.title
	Code  string // stable, such as empty, too_long, unknown
	Text  string
}

// Invalid makes an *InvalidError.
func Invalid(field, code, format string, args ...any) error {
	return &InvalidError{Field: field, Code: code, Text: fmt.Sprintf(format, args...)}
}

func (e *InvalidError) Error() string {
	return fmt.Sprintf("%v: %s: %s (%s)", ErrInvalid, e.Field, e.Text, e.Code)
}

// Is reports whether target is [ErrInvalid].
func (e *InvalidError) Is(target error) bool { return target == ErrInvalid }
