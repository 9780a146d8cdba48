package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/store/sqlite"
)

func ExampleOpen() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "tian")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()

	db, err := sqlite.Open(ctx, filepath.Join(dir, "tian.db"))
	if err != nil {
		fmt.Println(err)
		return
	}
	s := groupcommit.New(db) // callers that arrive together share a sync
	err = s.Commit(ctx, store.Change{
		Record:  store.Record{Kind: "case", ID: "a", Index: []store.Attr{{Name: "state", Value: "draft"}}},
		Entries: []store.Line{{Seq: 1, Command: "open-1"}},
	})
	fmt.Println(err)
	fmt.Println(s.Close())

	db, err = sqlite.Open(ctx, filepath.Join(dir, "tian.db"))
	if err != nil {
		fmt.Println(err)
		return
	}
	r, _, err := db.Load(ctx, "case", "a")
	fmt.Println(r.ID, r.Revision, r.Index, err)
	fmt.Println(db.Close())
	// Output:
	// <nil>
	// <nil>
	// a 1 [{state draft}] <nil>
	// <nil>
}
