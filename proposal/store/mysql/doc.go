// Package mysql keeps records and their journals in MariaDB 10.5 or MySQL 8,
// or newer.
//
// # Connections
//
// [Open] takes a connection string as github.com/go-sql-driver/mysql does, which
// [DSN] makes of a URL, and sets, for the session:
//
//   - isolation READ COMMITTED: rows that are locked are read anew, and gaps
//     between keys are not locked, which under REPEATABLE READ makes commits
//     that create records wait for each other, and deadlock;
//   - innodb_lock_wait_timeout, the store's patience (ten seconds) rather than
//     the server's 50: a commit that waits longer is tried again or fails;
//   - sql_mode with STRICT_ALL_TABLES: what does not fit is an error, not cut;
//   - on TiDB tidb_txn_mode and tidb_txn_entry_size_limit, see below;
//
// and in the driver interpolateParams, which saves a round trip per statement,
// maxAllowedPacket as the server has it, a dial timeout of ten seconds where
// the string names none, and at most ten connections ([WithConnections]), kept
// for three minutes, because servers and firewalls close what is idle.
//
// Commits wait for one another only when they change the same record. Entries
// get their positions in the feed when somebody reads it, one reader at a time;
// see [sqlstore.Store.Feed]. Package groupcommit, in front, has callers share a
// transaction and its sync. Reads wait for nobody.
//
// Give every context a deadline. Without one a call waits for as long as TCP
// does, which is many minutes when a server vanishes without a word.
//
// # The server
//
// It must have max_allowed_packet of 16 MiB or more (MariaDB's default; MySQL
// has 64), and innodb_flush_log_at_trx_commit = 1 (the default): a commit is
// acknowledged when it is on the disk. Keys are VARBINARY, compared byte by
// byte, whatever the character set of the database.
//
// InnoDB lets others see a commit a moment before it is on the disk, unless the
// binary log is on. A reader of the feed may so meet an entry that a loss of
// power takes away again, and then misses the one that gets its position.
// Where that matters, turn the binary log on, with sync_binlog = 1.
//
// # Rights
//
// Run [Migrate] with a user who may create tables, and the service with one
// who has, on the tables with the prefix tian_: SELECT on tian_schema; SELECT,
// INSERT and UPDATE on tian_records; SELECT and INSERT on tian_entries; SELECT,
// INSERT, UPDATE and DELETE on tian_attrs; SELECT, INSERT and DELETE on
// tian_arrivals; SELECT and INSERT on tian_feed; SELECT and UPDATE on tian_last.
//
// # TiDB
//
// TiDB of version 7.6 or newer speaks MySQL's protocol and takes these statements.
// Transactions must be pessimistic, and a row may have 16 MiB: Open sets both for its
// sessions; [New] refuses a pool whose sessions are otherwise. TiKV's
// raftstore.raft-entry-max-size must be 16 MiB or more too; a commit that it finds
// too large is an error that matches store.ErrInvalid. Each server of TiDB numbers
// rows from a range of its own unless the table is made with AUTO_ID_CACHE = 1, as
// [Migrate] makes that of the arrivals; a store does not open on another.
//
// OceanBase speaks MySQL's protocol too; nobody has run this package on it.
package mysql
