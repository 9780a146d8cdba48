package lifecycle

import (
	"errors"
	"fmt"
	"slices"
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
	BadLength    Code = "bad_length"    // a length that is not one
	BadSight     Code = "bad_sight"     // a sight that shows nothing, or a relation by which nobody can be found
	BadLike      Code = "bad_like"      // a state that is like itself, directly or by way of others
	UnsafeName   Code = "unsafe_name"   // a key that is empty or not lower-case ASCII, or a version below 1
)

// The problems of a definition that does not go with its vocabulary, which the
// engine finds.
const (
	NoAction       Code = "no_action"       // an event that no action of the vocabulary fires, nor anything else
	MissingEvent   Code = "missing_event"   // an event that an action fires in consequence, and that is not there
	MissingTrack   Code = "missing_track"   // a track that the vocabulary's code reads
	MissingMeaning Code = "missing_meaning" // no state of a line means what the vocabulary's code asks for
	Deserted       Code = "deserted"        // a state without the actions that its neighbours in the stage have
	UnknownRole    Code = "unknown_role"    // a role or relation that neither vocabulary nor definition has
	UnknownPart    Code = "unknown_part"    // a part of the case that the vocabulary does not name
	UnknownDate    Code = "unknown_date"    // a limit counts back from a date that no limit is and no action sets
	BadArgument    Code = "bad_argument"    // a guard cannot use its argument
	Reserved       Code = "reserved"        // an event with the name of an act of the engine's own
)

// Problem is one thing wrong with a definition.
type Problem struct {
	Code  Code   `json:"code"`
	Where string `json:"where"` // a path into the definition, such as transitions[3].to
	Text  string `json:"text"`  // in English
	ZH    string `json:"zh"`    // in Chinese
}

// NewProblem makes a problem whose text is given as two formats with the same
// arguments; of an argument that is a [Label] each takes its own language.
func NewProblem(code Code, where, zh, en string, args ...any) Problem {
	in := func(lang, format string) string {
		own := slices.Clone(args)
		for i, a := range own {
			if l, ok := a.(Label); ok {
				own[i] = l.In(lang, "")
			}
		}
		return fmt.Sprintf(format, own...)
	}
	return Problem{Code: code, Where: where, Text: in("en", en), ZH: in("zh", zh)}
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
