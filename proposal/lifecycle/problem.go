package lifecycle

import (
	"errors"
	"fmt"
	"strings"
)

// ErrDefinition matches the error of a definition that does not compile.
var ErrDefinition = errors.New("lifecycle: definition has problems")

// Code names a kind of problem in a definition. Codes are stable.
type Code string

// The problems that Compile finds.
const (
	NoInitial    Code = "no_initial"    // no initial state, or one that is not there
	UnknownState Code = "unknown_state" // a transition from or to a state that is not there
	UnknownStage Code = "unknown_stage" // a stage that is not among the definition's stages
	UnknownEvent Code = "unknown_event" // a limit that speaks of an event that no line has
	Unreachable  Code = "unreachable"   // no way leads here from the initial state
	DeadEnd      Code = "dead_end"      // not final, and no way leads on
	DuplicateKey Code = "duplicate_key" // two of one key, or one event on two lines
	TwoTargets   Code = "two_targets"   // one event leads from one state to two
	MissingGuard Code = "missing_guard" // a guard that no code stands behind
	NoRole       Code = "no_role"       // a transition that nobody may fire
	BadAuto      Code = "bad_auto"      // an automatic transition on a track, with no guard, to where it came from, or with a role other than system
	BadLimit     Code = "bad_limit"     // a limit that nothing starts or stops, without length, or with a warning, roll or reaction that cannot work
	UnsafeName   Code = "unsafe_name"   // a key that is empty or not lower-case ASCII, or a version below 1
)

// Problem is one thing wrong with a definition.
type Problem struct {
	Code  Code   `json:"code"`
	Where string `json:"where"` // a path into the definition, such as transitions[3].to
	Text  string `json:"text"`
}

func (p Problem) String() string { return fmt.Sprintf("%s: %s (%s)", p.Where, p.Text, p.Code) }

// DefinitionError carries every problem of a definition. It matches
// [ErrDefinition].
type DefinitionError struct {
	Name     string
	Version  int
	Problems []Problem
}

func (e *DefinitionError) Error() string {
	texts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		texts[i] = p.String()
	}
	return fmt.Sprintf("%v: %s@%d: %s", ErrDefinition, e.Name, e.Version, strings.Join(texts, "; "))
}

// Is reports whether target is [ErrDefinition].
func (e *DefinitionError) Is(target error) bool { return target == ErrDefinition }
