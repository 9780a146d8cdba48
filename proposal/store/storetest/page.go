package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/tian-go/tian/proposal/store"
)

func pageRules() []rule {
	return []rule{
		{
			name: "pages meet every record once while others write",
			mend: "a page begins after a place, never at an offset",
			test: func(c *checker) {
				yes := []store.Match{{Attr: "stays", Op: store.Prefix, Values: []string{"yes/"}}}
				for name, q := range map[string]store.Query{
					"all records":                {},
					"by an attribute that stays": {Where: yes},
					"by a range":                 {Where: []store.Match{{Attr: "stays", Op: store.AtLeast, Values: []string{"y"}}}},
					"in the order of a list":     {Where: yes, Order: "stays"},
					"backwards":                  {Where: yes, Order: "stays", Desc: true},
					"backwards by ID":            {Desc: true},
				} {
					q.Kind, q.Max = "case", 9
					c.pagesUnderWrites(name, q)
				}
			},
		},
	}
}

// pagesUnderWrites pages through records while others are put between them and
// the records themselves change.
func (c *checker) pagesUnderWrites(name string, q store.Query) {
	s := c.open(c.t)
	const stay, most = 90, 150 // so many more come between them at most: a store that is slow gets to the end too
	var all []store.Change
	for i := range stay {
		all = append(all, change(fmt.Sprintf("%04d", i*10), 0, standing(i)))
	}
	c.ok(s.Commit(c.ctx, all...), "commit")

	ctx, stop := context.WithCancel(c.ctx)
	var wg sync.WaitGroup
	var writer error
	wg.Add(1)
	go func() {
		defer wg.Done()
		for i := 0; ctx.Err() == nil && i < most; i++ {
			writer = s.Commit(ctx,
				change(fmt.Sprintf("%04d-%d", i*7%900, i), 0, standing(i)),
				change(fmt.Sprintf("%04d", i%stay*10), uint64(i/stay)+1, standing(i%stay), attr("i", fmt.Sprint(i))))
			if writer != nil {
				return
			}
			time.Sleep(time.Millisecond) // a store that looks at every record keeps up
		}
	}()
	failed := ""
	for range 3 {
		seen := map[string]int{}
		q.After = store.Place{}
		for failed == "" {
			page, err := s.Find(c.ctx, q)
			if err != nil {
				failed = err.Error()
			}
			for _, r := range page {
				seen[r.ID]++
				at := q.PlaceOf(r)
				if q.After != (store.Place{}) && q.Compare(at, q.After) <= 0 {
					failed = fmt.Sprintf("%+v came on the page after %+v", at, q.After)
				}
				q.After = at
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

// standing is an attribute whose value several records have.
func standing(i int) store.Attr {
	return attr("stays", fmt.Sprintf("yes/2024-%02d", i%12+1))
}
