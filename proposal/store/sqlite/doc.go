// Package sqlite keeps records and their journals in one SQLite file.
//
// It is the store for one machine: a district's office, a demonstration, a
// test, an archive to hand over. Several processes on that machine may use the
// file at once; a file on a network share they may not, because SQLite's locks
// do not hold there.
//
// What [Open] sets, and why:
//
//   - journal_mode WAL: readers go on while one writes;
//   - synchronous FULL: a commit that was acknowledged survives a loss of power.
//     NORMAL, the usual advice for WAL, would lose the last ones;
//   - one connection that writes, beginning with BEGIN IMMEDIATE: SQLite has one
//     writer at a time anyway, and queueing in Go is fair and heeds contexts,
//     where queueing on the file's lock is neither;
//   - four connections that read, with query_only: they cannot take the lock;
//   - ten seconds of patience ([WithPatience]): how long a commit tries while
//     another process holds the file's lock. A deadline of the context comes
//     first.
//
// Throughput is the disk's number of syncs a second. Hand many changes to one
// Commit, or put package groupcommit in front, to share a sync.
package sqlite
