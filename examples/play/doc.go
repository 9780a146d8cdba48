// Package play runs scenarios: what several people do to cases over time, as
// JSON. A scenario is read by whoever knows the field and not Go; it is the form
// in which rules are tested here, and in which somebody else's cases are tried
// on the library. "tian play --help" shows one.
//
// A scenario runs on a store in memory, by its own clock: the time of a step is
// the one it names, or that of the step before. A step that is refused changes
// nothing, and the next goes on.
package play
