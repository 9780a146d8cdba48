package heads_test

import (
	"context"
	"fmt"

	"github.com/tian-go/tian/proposal/heads"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
)

// In the evening the heads of a store are signed and kept elsewhere. Later they
// are held against a store in which one case is gone with its record.
func Example() {
	ctx := context.Background()
	then, now := memory.New(), memory.New()
	write := func(st store.Store, id string) {
		change := store.Change{Record: store.Record{Kind: "proposal", ID: id}, Entries: []store.Line{{Seq: 1, Hash: "5f" + id}}}
		if err := st.Commit(ctx, change); err != nil {
			fmt.Println(err)
		}
	}
	write(then, "11")
	write(then, "12")
	write(now, "11")

	day, err := heads.Collect(ctx, "2026-03-01", then)
	if err != nil {
		fmt.Println(err)
		return
	}
	kept, err := heads.Keep(day, heads.Hash{}, heads.Ed25519(key()))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(kept.Date, len(kept.Heads), kept.Hash, kept.Signed.Algorithm)

	changes, err := kept.Compare(heads.Journals(ctx, now))
	fmt.Println(changes[0].Head.ID, changes[0].Reason, err)
	// Output:
	// 2026-03-01 2 sha256 ed25519
	// 12 vanished <nil>
}
