package calendar

import (
	"errors"
	"fmt"
	"strconv"
)

// What an error of this package is about, for errors.Is.
var (
	// ErrInvalid: the input cannot be used; nothing was changed.
	ErrInvalid = errors.New("calendar: invalid input")
	// ErrRefused: the input is well formed, but the rules of the limit or the
	// state of the timer forbid the step; nothing was changed.
	ErrRefused = errors.New("calendar: refused")
	// ErrUnknownYear: a day of a year without notice had to be judged.
	ErrUnknownYear = errors.New("calendar: unknown year")
)

// Codes of errors, stable for transport.
const (
	CodeInvalidDate     = "invalid_date"     // not a date, or no date where one is needed
	CodeOutOfRange      = "out_of_range"     // the result would leave the years 1 to 9999
	CodeInvalidLength   = "invalid_length"   // a length that is not one
	CodeInvalidLimit    = "invalid_limit"    // a limit whose parts do not fit together
	CodeInvalidClock    = "invalid_clock"    // a timer whose parts do not fit together
	CodeInvalidCalendar = "invalid_calendar" // a calendar that contradicts itself
	CodeInvalidRequest  = "invalid_request"  // a request that cannot be decoded
	CodeInvalidFile     = "invalid_file"     // a calendar file that cannot be read
	CodeNoCalendar      = "no_calendar"      // a calendar is needed and none was given
	CodeNoTimeZone      = "no_time_zone"     // an instant without the body's time zone
	CodeUnknownYear     = "unknown_year"     // a year without notice

	CodeBeyondCap       = "beyond_cap"       // an extension past the cap
	CodeBeyondExtension = "beyond_extension" // an extension past the longest extension allowed
	CodeBeforeStart     = "before_start"     // a date before the timer started
	CodeAlreadyPaused   = "already_paused"   // pausing a paused timer
	CodeNotPaused       = "not_paused"       // resuming a running timer
	CodeStopped         = "stopped"          // changing a stopped timer
	CodePaused          = "paused"           // an open pause: there is no due date until it ends
	CodeCountsHours     = "counts_hours"     // pausing a timer that counts hours
	CodeNoHours         = "no_hours"         // working hours on a calendar that states none
	CodeCountsBackward  = "counts_backward"  // pausing a timer that counts back from another date
)

// Error is an error of this package that carries a stable code and says what
// is wrong in Chinese and English. It matches [ErrInvalid] or [ErrRefused].
type Error struct {
	Code string
	Text
	kind error
}

func (e *Error) Error() string { return e.En }

// Unwrap returns ErrInvalid or ErrRefused.
func (e *Error) Unwrap() error { return e.kind }

// UnknownYearError reports that a day had to be judged whose year has no
// notice in the calendar. It matches [ErrUnknownYear].
type UnknownYearError struct {
	Calendar string // name of the calendar
	Year     int    // the year without notice
}

func (e *UnknownYearError) Error() string { return e.Text().En }

// Text says the error in Chinese and English.
func (e *UnknownYearError) Text() Text {
	return Text{
		Zh: fmt.Sprintf("日历%q没有%d年的通知，该年的工作日未知", e.Calendar, e.Year),
		En: fmt.Sprintf("calendar %q has no notice for %d, so the working days of that year are unknown", e.Calendar, e.Year),
	}
}

// Unwrap returns ErrUnknownYear.
func (e *UnknownYearError) Unwrap() error { return ErrUnknownYear }

// LineError places an error in a line of a file, counted from 1.
type LineError struct {
	Line int
	Err  error
}

func (e *LineError) Error() string { return "line " + strconv.Itoa(e.Line) + ": " + e.Err.Error() }

// Unwrap returns the error found in the line.
func (e *LineError) Unwrap() error { return e.Err }

// Code returns the stable code of an error of this package, however deeply
// wrapped, and "" for any other error and for nil.
func Code(err error) string {
	var e *Error
	var u *UnknownYearError
	switch {
	case errors.As(err, &e):
		return e.Code
	case errors.As(err, &u):
		return CodeUnknownYear
	}
	return ""
}

// ErrorText says an error of this package in Chinese and English, however
// deeply wrapped, without the place that wrapping adds. For any other error
// both texts are err.Error().
func ErrorText(err error) Text {
	var e *Error
	var u *UnknownYearError
	switch {
	case err == nil:
		return Text{}
	case errors.As(err, &e):
		return e.Text
	case errors.As(err, &u):
		return u.Text()
	}
	return Text{Zh: err.Error(), En: err.Error()}
}

func invalid(code, zh, en string) *Error {
	return &Error{Code: code, Text: Text{Zh: zh, En: en}, kind: ErrInvalid}
}

func refused(code, zh, en string) *Error {
	return &Error{Code: code, Text: Text{Zh: zh, En: en}, kind: ErrRefused}
}
