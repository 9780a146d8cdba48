// Package campaign puts the stores under faults and counts what they lose.
//
// It is a module of its own, without anything to import: it needs every driver
// and a checker of linearizability, which no user of a store has to download.
//
//	go test -v -timeout 60m ./proposal/store/campaign            a few faults of each kind
//	TIAN_CAMPAIGN=large go test -v -timeout 60m -count 1 ./proposal/store/campaign
//
// The large campaign kills a writing process 300 times per engine. Each test
// prints what it did and found, and fails when anything was lost (acknowledged
// and gone), doubled (one command, two effects) or broken (a history that does
// not verify, a commit of which one half is there).
//
// Servers are those of TIAN_POSTGRES_DSN and TIAN_MYSQL_DSN, in a schema or
// database made for the test and removed afterwards. A server that is to be
// stopped, and any for which no connection string is given, is a private one
// which the test starts from the installed binaries on a port and directory
// of its own; where there are none the test is skipped and says so.
//
// # The faults
//
//   - a process that writes is killed with SIGKILL at a random moment, while
//     others go on (TestKilledWriters);
//   - the server is stopped without warning and started again (TestStoppedServers);
//   - the connection is cut before, in and after a commit, by a proxy (TestCutConnections);
//   - the disk is full (TestFullDisk);
//   - four processes of eight goroutines each work on the same 200 cases, and
//     what they saw is linearizable (TestLinearizable).
package campaign
