// Package sqlstore is a store over database/sql, for any engine that a
// [Dialect] describes. The packages sqlite, postgres and mysql bring the
// dialects of theirs; those of other engines are written by whoever has them.
//
// # Tables
//
//	tian_records   kind, id → revision, seq, attrs, body     the present content
//	tian_entries   kind, id, seq → command, body, hash     the journal
//	tian_attrs     kind, name, value, id     the attributes, once more, to find by
//	tian_arrivals  arrival → kind, id, seq     entries that no reader of the feed has met
//	tian_feed      position → kind, id, seq     the one order in which readers meet them
//	tian_last      the last position given
//	tian_schema    the versions of the schema, one row each
//
// Keys, attributes and commands are compared byte by byte. Bodies are bytes,
// which any SQL client can read; what a client changes in the journal, the
// hashes of its entries give away.
//
// A record's attributes stand in its own row too, so that a record is read in
// one row, and a commit writes only those rows of tian_attrs that differ. An
// action that changes a case's state writes four rows, and a fifth for the
// feed: the record, one entry, one attribute out and one in.
//
// # A commit
//
// It locks the records in one order, by kind and ID, compares their revisions,
// writes them and the attributes that differ, writes the entries, and ends. Two
// commits wait for each other only over a record that both change.
//
// A reader of the feed gives the positions: it moves what has arrived into the
// feed, one reader at a time. A sequence or an AUTO_INCREMENT read as the feed
// would be wrong: its numbers become visible in another order than they are given, and
// a reader that has gone on to the higher one never looks back for the lower. A
// counter row that every commit locks would be right, and would have all
// writers wait for the slowest, also for a host that dawdles in its transaction.
//
// Deadlocks, serialization failures and locks that are not granted are tried
// again, as long as [Config].Patience lasts. When a key was taken, the commit
// looks for the reason and tells it: ErrExists, ErrConflict, ErrDuplicate. An
// error of any other kind leaves the outcome open, as after a connection that
// broke; the command of an entry tells it.
//
// # Pools, timeouts, isolation
//
// READ COMMITTED is enough everywhere, because rows are locked before they are
// compared; a stricter level is right too, and slower. Pools may be small,
// because reads and commits are short. Give each
// context a deadline; without one, a call waits for as long as the network
// does. The packages of the engines say what they set, and why.
//
// # A dialect of your own
//
// Embed [Standard], which has what most engines agree on, and add Name,
// Classify, Migrations and Exclusive. Then hold the result to package storetest
// (RunDurable):
//
//	s, err := sqlstore.New(ctx, sqlstore.Config{Dialect: Dameng{}, DB: db, Migrate: true})
//
// The engine must compare text byte by byte in keys, lock rows with a SELECT
// or be alone when it writes, and undo a whole transaction. To put the seam on
// tables that exist already, write a [store.Store] instead; package sqlite's
// tests have one, in 150 lines.
package sqlstore
