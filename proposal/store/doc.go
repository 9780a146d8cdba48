// Package store is the seam between the engine and a database: WHAT HAS HAPPENED.
//
// A store keeps three things, and keeps them together:
//
//   - records: the present content of a case, opaque to the store, with a revision;
//   - entries: the journal of each record, append-only, in one order for the whole store;
//   - attributes: a few text values beside a record, so that it can be found again.
//
// One [Store.Commit] writes all three for any number of records, or nothing.
// That is the whole promise on which the engine builds: it compares revisions
// and swaps, and whoever comes second gets [ErrConflict] and starts again.
//
// The seam is five methods. What a database can do beyond them is an optional
// interface of one method, such as [Counter], which [As] finds behind decorators.
// Package storetest is the executable definition of a correct store; run it on
// your own before you trust it with a case.
//
// This package needs the standard library only, so that a vendor can write a
// store against it without taking the engine in.
package store
