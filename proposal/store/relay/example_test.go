package relay_test

import (
	"context"
	"fmt"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/store/relay"
)

// A relay goes on where it was, and passes each entry on once its reader has taken
// the ones before.
func Example() {
	ctx := context.Background()
	st := memory.New()
	for n := range uint64(3) {
		err := st.Commit(ctx, store.Change{
			Record:  store.Record{Kind: "case", ID: "a", Revision: n},
			Entries: []store.Line{{Seq: n + 1, Command: fmt.Sprint("act-", n)}},
		})
		if err != nil {
			fmt.Println(err)
			return
		}
	}
	post := relay.New(st, "notices", 2)
	for {
		n, err := post.Pass(ctx, st, func(lines []store.Line) error {
			for _, l := range lines {
				fmt.Println(l.Kind, l.ID, l.Seq, l.Command)
			}
			return nil
		})
		if n == 0 || err != nil {
			fmt.Println(n, err)
			return
		}
	}
	// Output:
	// case a 1 act-0
	// case a 2 act-1
	// case a 3 act-2
	// 0 <nil>
}
