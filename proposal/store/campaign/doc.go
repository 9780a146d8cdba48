// Package campaign puts the stores under faults and counts what they lose.
//
// It is a module of its own, without anything to import: it needs every driver
// and a checker of linearizability, which no user of a store has to download.
//
//	go test -v -timeout 60m ./proposal/store/campaign            a few faults of each kind
//	TIAN_CAMPAIGN=large go test -v -timeout 120m -count 1 -parallel 6 ./proposal/store/campaign
//
// At the end it prints a table, a line for each kind of fault on each engine: how
// many faults, how many acts were acknowledged, and how many of these were lost
// (acknowledged and gone), doubled (one command, two effects) or half (a history
// that does not verify, a commit of which one part is there), and how many cases
// are not linearizable, by porcupine. A test fails when any of these is not 0. The
// table of the last large campaign is in proposal/docs/faults.md.
//
// Servers are those of TIAN_POSTGRES_DSN and TIAN_MYSQL_DSN, in a schema or
// database made for the test and removed afterwards. A server that is to be
// stopped, and any for which no connection string is given, is a private one
// which the test starts from the installed binaries on a port and directory
// of its own; where there are none the test is skipped and says so.
//
// # The faults
//
//   - a writer dies before each statement of each kind of act, and after each
//     without having had the answer, and its context ends at each; the large
//     campaign visits every such point, the small one a tenth (TestCrashPoints,
//     and TestCrashedMigrations while the tables are created);
//   - a process that writes is killed with SIGKILL at a random moment, while
//     others go on (TestKilledWriters);
//   - the server is stopped without warning and started again (TestStoppedServers);
//   - the connection is cut before, in and after a commit, by a proxy (TestCutConnections);
//   - the primary is lost and a standby promoted, which confirms every commit
//     (TestPromotedStandby);
//   - the disk is full (TestFullDisk);
//   - four processes of eight goroutines each work on the same 200 cases, and
//     what they saw is linearizable (TestLinearizable).
package campaign
