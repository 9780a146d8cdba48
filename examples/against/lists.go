package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

const listsHelp = `usage: against lists [--cases N] [--db DSN] [--json]

Lists fills a store with N proposals, of which some fifty match each list below,
and prints how many do, what the first page of 50 costs and what counting them
costs, in milliseconds: the median of several times.

Those of mine to due are lists of the vocabulary, in their order; the others are
conditions. It says on standard error what the figures of all proposals cost,
counted from the index and by reading them, and fails if the two differ.
On a server the tables are analysed first, as it would in time.

DSN is the name of a new SQLite file, postgres://… or mysql://…; without it, a
temporary file. Whatever is made is removed.
`

// list is a list of proposals, with a key that few cases match.
type list struct {
	name  string
	query workflow.Query
}

// measuredLists are lists of desks, and what else an office looks for.
func measuredLists() []list {
	of := func(key, whose string) workflow.Query { return workflow.Query{List: key, Key: whose, Body: rareBody} }
	day := func(days int) string { return listDay().AddDate(0, 0, days).Format(time.DateOnly) }
	overdue, soon := of("due", ""), of("due", "")
	overdue.Until = day(0)
	soon.From, soon.Until = day(0), day(7)
	where := func(matches ...store.Match) workflow.Query { return workflow.Query{Where: matches} }
	is := func(attr, value string) store.Match {
		return store.Match{Attr: attr, Op: store.Is, Values: []string{value}}
	}
	return []list{
		{"mine", of("mine", rareMember)},
		{"done", of("done", rareUnit+"-clerk")},
		{"open_parts", of("open_parts", rareUnit)},
		{"to_supervise", of("to_supervise", "")},
		{"due", of("due", "")},
		{"overdue", overdue},
		{"due within a week", soon},
		{"unit", where(is("unit", rareUnit))},
		{"lead", where(is("lead", rareUnit))},
		{"proposer", where(is("proposer", rareMember))},
		{"stage+body", where(is("stage", "handling"), is("body", rareBody))},
		{"key", where(is("key", "yes"))},
		{"number", where(is("number", rareNumber))},
		{"title begins", where(store.Match{Attr: "title", Op: store.Prefix, Values: []string{rareTitle}})},
		{"title contains", where(store.Match{Attr: "title", Op: store.Contains, Values: []string{rareTitle[len("关于"):]}})},
	}
}

// listResult is what one list cost.
type listResult struct {
	List     string  `json:"list"`
	Cases    int     `json:"cases"`
	Matching int64   `json:"matching"`
	PageMS   float64 `json:"page_ms"`
	CountMS  float64 `json:"count_ms"`
}

const (
	listPage  = 50 // proposals on the first page
	listTimes = 5  // that each is asked for; the median counts
)

func measureList(ctx context.Context, service *proposal.Service, l list, cases int) (listResult, error) {
	r := listResult{List: l.name, Cases: cases}
	first := l.query
	first.Max = listPage
	var pages, counts []float64
	for range listTimes {
		began := time.Now()
		if _, err := service.All().Page(ctx, first); err != nil {
			return r, fmt.Errorf("list %s: %w", l.name, err)
		}
		between := time.Now()
		matching, err := service.All().Count(ctx, l.query)
		if err != nil {
			return r, fmt.Errorf("list %s: %w", l.name, err)
		}
		r.Matching = matching
		pages = append(pages, between.Sub(began).Seconds()*1000)
		counts = append(counts, time.Since(between).Seconds()*1000)
	}
	same := func(x float64) float64 { return x }
	r.PageMS, r.CountMS = median(pages, same), median(counts, same)
	return r, nil
}

func (c *console) lists(ctx context.Context, args []string) error {
	f := c.flags("against lists", listsHelp)
	cases := f.Int("cases", 10_000, "how many proposals there are")
	dsn := f.String("db", "", "a new SQLite file, postgres://user@host/database or mysql://user:password@host:port/database")
	if err := parse(f, args); err != nil {
		return err
	}
	if *cases < 1 {
		return fmt.Errorf("--cases %d: 1 or more", *cases)
	}
	e, err := openForLists(ctx, *dsn)
	if err != nil {
		return err
	}
	results, err := c.measureLists(ctx, e, *cases)
	if err = errors.Join(err, e.close(ctx)); err != nil {
		return err
	}
	return c.answer(results, func() string { return listTable(results) })
}

func (c *console) measureLists(ctx context.Context, e *engine, cases int) ([]listResult, error) {
	l, ok := e.ways[0].rival.(*library)
	if !ok {
		return nil, fmt.Errorf("%s has no lists", e.ways[0].name)
	}
	began := time.Now()
	tenths := 0
	progress := func(done int) {
		if tenth := done * 10 / cases; tenth > tenths {
			tenths = tenth
			c.say(fmt.Sprintf("%d of %d cases are there", done, cases))
		}
	}
	if err := fill(ctx, l.store, cases, progress); err != nil {
		return nil, err
	}
	if r := e.ways[0].room; r != nil && r.analyse != nil {
		if err := r.analyse(ctx); err != nil {
			return nil, fmt.Errorf("%s: analyse: %w", e.name, err)
		}
	}
	c.say(fmt.Sprintf("filled %s with %d cases in %.1f s", e.name, cases, time.Since(began).Seconds()))
	var results []listResult
	for _, list := range measuredLists() {
		r, err := measureList(ctx, l.service, list, cases)
		if err != nil {
			return nil, err
		}
		results = append(results, r)
	}
	return results, c.figures(ctx, l.service)
}

// figures says what the figures of all cases cost, from the index and by reading
// the cases, which come to the same or it is an error.
func (c *console) figures(ctx context.Context, service *proposal.Service) error {
	var counted []float64
	var kept map[string]*proposal.Tally
	for range listTimes {
		began := time.Now()
		var err error
		if kept, err = service.Tallies(ctx); err != nil {
			return fmt.Errorf("figures: %w", err)
		}
		counted = append(counted, time.Since(began).Seconds())
	}
	began := time.Now()
	full, err := service.Figures(ctx, nil)
	if err != nil {
		return fmt.Errorf("figures: %w", err)
	}
	if !reflect.DeepEqual(kept, full) {
		return fmt.Errorf("the figures from the index are not those of the cases: %v, %v", kept, full)
	}
	c.say(fmt.Sprintf("the figures of all: %.3f s from the index, %.3f s by reading the cases; they are the same",
		median(counted, func(x float64) float64 { return x }), time.Since(began).Seconds()))
	return nil
}

func listTable(results []listResult) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(w, "list\tcases\tmatching\tpage ms\tcount ms\t")
	for _, r := range results {
		_, _ = fmt.Fprintf(w, "%s\t%d\t%d\t%.2f\t%.2f\t\n", r.List, r.Cases, r.Matching, r.PageMS, r.CountMS)
	}
	_ = w.Flush() // to memory
	return b.String()
}
