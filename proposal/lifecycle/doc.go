// Package lifecycle says WHAT MAY HAPPEN: a lifecycle is data, compiled into a
// machine.
//
// A [Definition] names the stages that people count, the states that the
// machine moves through, and the transitions between them, each with the event
// that fires it, the roles that may, and the guards that must agree. Beside the
// main line it may have tracks: small machines that run next to it, one for the
// case (supervision, 督办) or one for each of many (every unit's part).
//
// [Compile] refuses a definition that cannot work and names everything that is
// wrong with it at once. The [Machine] it returns answers from a table of its
// own and leaves the moving to looplab/fsm: machines are pooled, carry no
// callbacks, are never given a context that can end, and are dropped after any
// error.
//
// Nothing in here knows of proposals, stores or clocks. Definitions round-trip
// through JSON, so that a place's own lifecycle is a file and not a fork.
package lifecycle
