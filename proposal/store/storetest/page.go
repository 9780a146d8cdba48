package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/tian-go/tian/proposal/store"
)

func pageRules() []rule {
	return []rule{
		{
			name: "pages meet every record once while others write",
			mend: "a page begins after an ID, never at an offset",
			test: func(c *checker) {
				for name, where := range map[string][]store.Match{
					"all records": nil,
					"by an attribute that stays": {
						{Attr: "stays", Op: store.Is, Values: []string{"yes"}},
					},
					"by a range": {
						{Attr: "stays", Op: store.AtLeast, Values: []string{"y"}},
					},
				} {
					c.pagesUnderWrites(name, where)
				}
			},
		},
	}
}

// pagesUnderWrites pages through records while others are put between them and
// the records themselves change.
func (c *checker) pagesUnderWrites(name string, where []store.Match) {
	s := c.open(c.t)
	const stay = 90
	var all []store.Change
	for i := range stay {
		all = append(all, change(fmt.Sprintf("%04d", i*10), 0, attr("stays", "yes")))
	}
	c.ok(s.Commit(c.ctx, all...), "commit")

	ctx, stop := context.WithCancel(c.ctx)
	var wg sync.WaitGroup
	var writer error
	wg.Add(1)
	go func() {
		defer wg.Done()
		for i := 0; ctx.Err() == nil; i++ {
			writer = s.Commit(ctx,
				change(fmt.Sprintf("%04d-%d", i*7%900, i), 0, attr("stays", "yes")),
				change(fmt.Sprintf("%04d", i%stay*10), uint64(i/stay)+1, attr("stays", "yes"), attr("i", fmt.Sprint(i))))
			if writer != nil {
				return
			}
		}
	}()
	failed := ""
	for range 3 {
		seen := map[string]int{}
		after := ""
		for failed == "" {
			page, err := s.Find(c.ctx, store.Query{Kind: "case", Where: where, After: after, Max: 9})
			if err != nil {
				failed = err.Error()
			}
			for _, r := range page {
				seen[r.ID]++
				if r.ID <= after {
					failed = fmt.Sprintf("%q came on the page after %q", r.ID, after)
				}
				after = r.ID
			}
			if len(page) == 0 {
				break
			}
		}
		for i := range stay {
			if id := fmt.Sprintf("%04d", i*10); failed == "" && seen[id] != 1 {
				failed = fmt.Sprintf("%q was there all the time and was met %d times", id, seen[id])
			}
		}
	}
	stop()
	wg.Wait()
	if failed != "" {
		c.fail("%s: %s", name, failed)
	}
	if writer != nil && !errors.Is(writer, context.Canceled) {
		c.fail("%s: the writer beside failed: %v", name, writer)
	}
}
