// Package postgres keeps records and their journals in PostgreSQL 12 or newer.
//
// A commit is one round trip, one transaction, one sync, however many records it
// changes: a batch of prepared statements, sent together. See commit.go.
//
// # Connections
//
// [Open] takes a connection string as pgx does, a URL or key=value pairs, and
// sets beyond it, where the string does not:
//
//   - application_name "tian", so that a session can be told in pg_stat_activity;
//   - lock_timeout, the store's patience (ten seconds): a commit that waits
//     longer for a record is tried again or fails;
//   - idle_in_transaction_session_timeout, 30 s: a client that died in the middle
//     of a transaction cannot hold its records for longer;
//   - enable_seqscan off, plan_cache_mode force_generic_plan, jit off: each
//     statement is answered by the index that is there for it, also just after a
//     load or after the tables were vacuumed while they were empty, when the
//     server's statistics say that reading them through is cheap;
//   - at most ten connections ([WithConnections]), kept for half an hour, so
//     that a load balancer or a failover gets its share of them.
//
// Commits wait for one another only when they change the same record. Entries
// get their positions in the feed when somebody reads it, one reader at a time;
// see [sqlstore.Store.Feed]. Package groupcommit, in front, has callers share a
// transaction and its sync. Reads wait for nobody.
//
// Give every context a deadline. Without one a call waits for as long as TCP
// does, which is many minutes when a server vanishes without a word.
//
// A pooler in transaction mode (PgBouncer) refuses the two settings, and may
// break prepared statements: put default_query_exec_mode=exec into the string
// of a pool of your own, and hand it to [New]. A commit is then still one round
// trip, but planned anew each time.
//
// # Isolation
//
// READ COMMITTED, the default, is enough: a commit locks the rows it compares.
// Under REPEATABLE READ or SERIALIZABLE it is also right, but more commits are
// tried twice. synchronous_commit must not be off: a commit is acknowledged
// when it is on the disk. The database's encoding must be UTF8.
//
// # Rights
//
// Run [Migrate] with a role that may create tables, and the service with one
// that may not. It needs, on the tables with the prefix tian_:
//
//	GRANT SELECT ON tian_schema TO service;
//	GRANT SELECT, INSERT, UPDATE ON tian_records TO service;
//	GRANT SELECT, INSERT ON tian_entries TO service;
//	GRANT SELECT, INSERT, DELETE ON tian_attrs TO service;
//	GRANT SELECT, INSERT, DELETE ON tian_arrivals TO service;
//	GRANT SELECT, INSERT ON tian_feed TO service;
//	GRANT SELECT, UPDATE ON tian_last TO service;
//
// Nobody needs to update or delete an entry; a role that cannot is the first
// defence of a history. To erase personal data is the exception: give it to a role
// of its own, which has beside the above
//
//	GRANT UPDATE (body) ON tian_entries TO eraser;
//
// # Relatives
//
// openGauss, Kingbase and others that speak PostgreSQL's language but not its
// protocol in every detail are reached with their own driver: [Dialect], handed
// to [sqlstore.New], needs nothing that is particular to pgx, except that
// Classify must read their driver's errors. See the package's example.
package postgres
