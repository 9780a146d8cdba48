// Package workflow is the engine: WHO MAKES IT HAPPEN. It owns the one way in
// which a case changes, whatever the case is of:
//
//	load → authorise → guard → apply → move → journal → commit
//
// A vocabulary (package proposal, package consult, your own) tells the engine
// what a case is: its Go type, its lifecycles, its actions and guards, the
// relations between a person and a case, what it is found by, and what its code
// reads of a definition. [New] holds every definition against that and tells all
// problems at once. The engine does the rest, the same for all of them; the way
// of an act is written once, in way.go:
//
//  1. The record is loaded: a copy, with its revision.
//  2. The actor's roles, and relation to this very case, are held against the
//     definition the case is pinned to. Nothing is allowed that is not named.
//  3. Every guard of the transition answers. A refusal carries all blockers.
//  4. The action writes its data on the copy, with time and IDs handed in.
//  5. The machine gives the next state, and automatic transitions follow.
//  6. An entry tells who did what, when, from where to where, sealed with a
//     hash over the entry before.
//  7. Record, entry and attributes are committed together, if the revision is
//     still the one that was loaded. Else it all begins again at 1.
//
// Every act has a command ID. The same command twice is one effect, so that a
// caller whose connection broke asks again without fear.
//
// Reading is denied by default as doing is. [Engine.As] reads as an actor: what
// the sights of a definition let them see and nothing else, in a case, a list, a
// count or a history. [Engine.All], and Get, Find and Each of the engine itself,
// are for code that may see everything.
//
// [Engine.On] puts an act into a transaction of the host's, or shows what it
// would do.
//
// What [WithDefinition], [WithUse] and [WithRules] say in the program a body may
// say by an act, from a day on, read by every process without a restart:
// [Engine.Adopt]. It is on record like everything else; [Engine.Holds] tells what
// holds when. See proposal/docs/changes.md.
//
// An act that is denied or refused changes nothing. [WithRefusalObserver] is told of
// it, and [WithRefusals] has it kept as evidence, without what it said.
//
// An action has an [ActionType]: its event, label and fields. From it hosts draw
// forms and read filled ones ([Engine.Decode]); an action whose type nobody has
// registered is refused, since no guard could look into it.
//
// Its names fall into five groups. What a vocabulary is made of: [Vocabulary],
// [Case], [Header], [ActionType], [Guard], [Relation], [Part], [Attribute], [List],
// [Need]. Acting: [Engine], [Actor], [Act], [Step], [DoOption], [Entry], [Move], the
// engine's own acts, the errors. Adopting: [Adoption], [Adopt], [Approve],
// [WithdrawAdoption], [Holding]. What was refused: [Refusal], [RefusedDay]. Reading: [Reader], [Query], [Page], [Choice],
// [Deadline], [Break].
//
// An Engine is safe for concurrent use, also by many processes on one store.
// Nothing is global, and nothing outside the case happens on the way: what
// mails, queues or counts hangs on the store's feed or on an observer.
package workflow
