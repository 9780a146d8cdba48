package store

import (
	"errors"
	"fmt"
)

// What can go wrong, for errors.Is. Anything else that a store returns is a
// fault of the database or its connection, and may be worth a retry.
var (
	ErrNotFound  = errors.New("store: not found")
	ErrConflict  = errors.New("store: conflict")          // someone else wrote first
	ErrExists    = errors.New("store: exists")            // also an ErrConflict
	ErrDuplicate = errors.New("store: duplicate command") // the act has been recorded before
	ErrInvalid   = errors.New("store: invalid")           // the request is malformed
	ErrClosed    = errors.New("store: closed")
)

// RecordError says which record an error is about. Err is or wraps one of the
// sentinels above.
type RecordError struct {
	Kind, ID string
	Command  string // for ErrDuplicate
	Err      error
}

func (e *RecordError) Error() string {
	if e.Command != "" {
		return fmt.Sprintf("%v: %s %s, command %s", e.Err, e.Kind, e.ID, e.Command)
	}
	return fmt.Sprintf("%v: %s %s", e.Err, e.Kind, e.ID)
}

// Unwrap returns Err.
func (e *RecordError) Unwrap() error { return e.Err }

// Is makes a record that exists a conflict as well.
func (e *RecordError) Is(target error) bool {
	return target == ErrConflict && errors.Is(e.Err, ErrExists)
}
