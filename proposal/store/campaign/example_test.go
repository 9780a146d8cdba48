package campaign_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/sqlite"
)

// The host's row and the library's act come true together, or neither does.
func Example_oneTransactionWithTheHost() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "tian")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file := filepath.Join(dir, "office.db")
	st, err := sqlite.Open(ctx, file)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = st.Close() }()
	svc, err := proposal.New(st)
	if err != nil {
		fmt.Println(err)
		return
	}

	db, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate&_busy_timeout=5000") // the host's own pool
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(ctx, "CREATE TABLE visits (member TEXT, note TEXT)"); err != nil {
		fmt.Println(err)
		return
	}
	mei := proposal.Actor{ID: "mei", Body: "xiushan", Roles: []string{"member"}}
	for _, commit := range []bool{false, true} {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO visits VALUES ('mei', '走访小店')"); err != nil {
			fmt.Println(err)
			return
		}
		inside := svc.On(st.In(tx))
		if _, err := inside.Open(ctx, mei, proposal.Draft{Title: "关于支持小店经济的提案"}); err != nil {
			fmt.Println(err)
			return
		}
		if !commit {
			err = tx.Rollback()
		} else if err = tx.Commit(); err == nil {
			inside.Committed(ctx) // tells the observers
		}
		visits := 0
		if err := db.QueryRowContext(ctx, "SELECT count(*) FROM visits").Scan(&visits); err != nil {
			fmt.Println(err)
		}
		found, failed := svc.Find(ctx, "", 0)
		fmt.Println(visits, "visits,", len(found), "proposals", err, failed)
	}
	// Output:
	// 0 visits, 0 proposals <nil> <nil>
	// 1 visits, 1 proposals <nil> <nil>
}
