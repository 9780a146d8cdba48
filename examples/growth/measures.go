package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tian-go/tian/evaluate/agreement"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/ledger/sheet"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/workflow"
)

// measure is one operation at growing sizes.
type measure struct {
	what   string
	unit   string
	wanted string
	sizes  []int
	cost   func(ctx context.Context, n int) (float64, error) // in the unit
}

func (m measure) take(ctx context.Context, scale float64) (result, error) {
	r := result{What: m.what, Unit: m.unit, Wanted: m.wanted}
	for _, size := range m.sizes {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		n := max(int(float64(size)*scale), 1)
		cost, err := m.cost(ctx, n)
		if err != nil {
			return r, fmt.Errorf("n = %d: %w", n, err)
		}
		r.Sizes, r.Costs = append(r.Sizes, n), append(r.Costs, cost)
	}
	r.Exponent = exponent(r.Sizes, r.Costs)
	return r, nil
}

const (
	flat   = "flat"
	linear = "linear: a whole run"
)

func measures() []measure {
	return []measure{
		{"an act on a case with n earlier entries", "ms", flat, []int{100, 400, 1600}, actAfter},
		{"an act in a store with n cases", "ms", flat, []int{1000, 10_000, 100_000}, actAmong},
		{"recount of n bodies", "ms", linear, []int{100, 400, 1600}, recount},
		{"import of n numbered rows of one place", "ms", linear, []int{100, 400, 1600}, importOnce},
		{"import of the same n rows again", "ms", linear, []int{100, 400, 1600}, importAgain},
		{"find of one in n, the common condition first", "ms", flat, []int{1000, 10_000, 100_000}, findCommonFirst},
		{"find of one in n, the rare condition first", "ms", flat, []int{1000, 10_000, 100_000}, findRareFirst},
		{"all n overdue cases of two bodies", "ms", linear, []int{50, 200, 800}, overdue},
		{"every one of n cases, page by page", "ms", linear, []int{1000, 10_000, 100_000}, pages},
		{"memory held after reading a ledger of n rows", "MB", "bytes of each row, to tell it again", []int{10_000, 100_000, 1_000_000}, ledgerMemory},
		{"a definition of n states, compiled", "ms", "linear", []int{100, 1000, 10_000}, compile},
		{"a chain of n bodies, built and asked for what is below", "ms", "linear", []int{1000, 4000, 16_000}, chain},
		{"parts of n units, added 100 at a time", "ms", "linear in what is written: each act writes the record whole", []int{100, 200, 400}, parts},
		{"alpha at ratio level, n distinct marks", "ms", "quadratic in distinct marks, as documented", []int{500, 1000, 2000}, alpha},
		{"goroutines left after n stores were opened and closed", "", flat, []int{4, 16, 64}, goroutines},
		{"memory left after n stores were opened and closed", "MB", flat, []int{4, 16, 64}, memoryLeft},
	}
}

// day is when everything happens.
var day = time.Date(2024, 3, 4, 1, 0, 0, 0, time.UTC) //nolint:gochecknoglobals // a constant

// took returns the milliseconds that f takes.
func took(f func() error) (float64, error) {
	start := time.Now()
	err := f()
	return float64(time.Since(start).Microseconds()) / 1000, err
}

// median returns the middle of several times.
func median(times int, f func(i int) error) (float64, error) {
	var all []float64
	for i := range times {
		one, err := took(func() error { return f(i) })
		if err != nil {
			return 0, err
		}
		all = append(all, one)
	}
	slices.Sort(all)
	return all[len(all)/2], nil
}

// withStore makes a store on a file of its own, and removes it.
func withStore(ctx context.Context, f func(st store.Store) (float64, error)) (cost float64, err error) {
	dir, err := os.MkdirTemp("", "growth-")
	if err != nil {
		return 0, err
	}
	defer func() {
		if removed := os.RemoveAll(dir); err == nil {
			err = removed
		}
	}()
	st, err := sqlite.Open(ctx, filepath.Join(dir, "growth.db"))
	if err != nil {
		return 0, err
	}
	cost, err = f(st)
	if closed := st.Close(); err == nil {
		err = closed
	}
	return cost, err
}

func someone(body, role string) proposal.Actor {
	return proposal.Actor{ID: role, Body: body, Roles: []string{role}}
}

func service(st store.Store, bodies ...workflow.Body) (*proposal.Service, error) {
	tree, err := workflow.NewTree(bodies...)
	if err != nil {
		return nil, err
	}
	return proposal.New(st, workflow.WithTree(tree), workflow.WithNow(func() time.Time { return day }))
}

// assigned opens a proposal and takes it to its unit.
func assigned(ctx context.Context, svc *proposal.Service, body, number string) (string, error) {
	p, err := svc.Open(ctx, someone(body, "member"), proposal.Draft{
		Title: "关于支持小店经济的提案", Category: proposal.Economic, Session: "15-3",
		Text: proposal.Text{Background: "小店多。", Suggestions: []string{"设立专项。"}},
	})
	if err != nil {
		return "", err
	}
	for _, s := range []struct {
		role string
		do   proposal.Action
	}{
		{"member", proposal.Submit{}}, {"committee", proposal.Receive{}}, {"committee", proposal.File{Number: number}}, {"office", proposal.Assign{Lead: "market"}},
	} {
		if _, err := svc.Do(ctx, someone(body, s.role), p.ID, s.do); err != nil {
			return "", err
		}
	}
	return p.ID, nil
}

// inMemory opens one proposal in memory and takes it to its unit.
func inMemory(ctx context.Context) (*proposal.Service, string, error) {
	svc, err := service(memory.New(), workflow.Body{ID: "county"})
	if err != nil {
		return nil, "", err
	}
	id, err := assigned(ctx, svc, "county", "1")
	return svc, id, err
}

func actAfter(ctx context.Context, n int) (float64, error) {
	svc, id, err := inMemory(ctx)
	if err != nil {
		return 0, err
	}
	urge := func(int) error {
		_, err := svc.Do(ctx, someone("county", "office"), id, proposal.Urge{Text: "请抓紧办理"})
		return err
	}
	if _, err := median(n, urge); err != nil {
		return 0, err
	}
	return median(50, urge)
}

// filled commits n cases, a thousand at a time, of which one is rare.
func filled(ctx context.Context, st store.Store, n int) error {
	for from := 0; from < n; from += 1000 {
		var changes []store.Change
		for i := from; i < min(from+1000, n); i++ {
			rare := "no"
			if i == n/2 {
				rare = "yes"
			}
			changes = append(changes, store.Change{
				Record: store.Record{Kind: "case", ID: fmt.Sprintf("%08d", i), Data: []byte(`{"title":"关于支持小店经济的提案"}`),
					Index: []store.Attr{{Name: "body", Value: "county"}, {Name: "rare", Value: rare}}},
				Entries: []store.Line{{Seq: 1, Command: "open", Data: []byte(`{}`)}},
			})
		}
		if err := st.Commit(ctx, changes...); err != nil {
			return err
		}
	}
	return nil
}

// among measures f on a store of n cases, just after they were written.
func among(ctx context.Context, n int, f func(st store.Store) (float64, error)) (float64, error) {
	return withStore(ctx, func(st store.Store) (float64, error) {
		if err := filled(ctx, st, n); err != nil {
			return 0, err
		}
		return f(st)
	})
}

func actAmong(ctx context.Context, n int) (float64, error) {
	return among(ctx, n, func(st store.Store) (float64, error) {
		return median(50, func(i int) error {
			r, last, err := st.Load(ctx, "case", fmt.Sprintf("%08d", i*n/50))
			if err != nil {
				return err
			}
			r.Data = []byte(`{"title":"关于支持小店经济的提案（修改）"}`)
			return st.Commit(ctx, store.Change{Record: r, Entries: []store.Line{{Seq: last.Seq + 1, Data: []byte(`{}`)}}})
		})
	})
}

func find(ctx context.Context, n int, order ...string) (float64, error) {
	conditions := map[string]store.Match{
		"body": {Attr: "body", Op: store.Is, Values: []string{"county"}}, "rare": {Attr: "rare", Op: store.Is, Values: []string{"yes"}},
	}
	q := store.Query{Kind: "case"}
	for _, name := range order {
		q.Where = append(q.Where, conditions[name])
	}
	return among(ctx, n, func(st store.Store) (float64, error) {
		return median(20, func(int) error {
			found, err := st.Find(ctx, q)
			if err == nil && len(found) != 1 {
				err = fmt.Errorf("%d were found", len(found))
			}
			return err
		})
	})
}

func findCommonFirst(ctx context.Context, n int) (float64, error) {
	return find(ctx, n, "body", "rare")
}
func findRareFirst(ctx context.Context, n int) (float64, error) { return find(ctx, n, "rare", "body") }

func pages(ctx context.Context, n int) (float64, error) {
	return among(ctx, n, func(st store.Store) (float64, error) {
		return took(func() error {
			seen := 0
			for _, err := range store.AllRecords(ctx, st.Find, store.Query{Kind: "case"}) {
				if err != nil {
					return err
				}
				seen++
			}
			if seen != n {
				return fmt.Errorf("%d of them were seen", seen)
			}
			return nil
		})
	})
}

func recount(ctx context.Context, n int) (float64, error) {
	bodies := []workflow.Body{{ID: "city"}}
	for i := range n {
		bodies = append(bodies, workflow.Body{ID: "county" + strconv.Itoa(i), Parent: "city"})
	}
	svc, err := service(memory.New(), bodies...)
	if err != nil {
		return 0, err
	}
	for i := range n {
		if _, err := assigned(ctx, svc, "county"+strconv.Itoa(i), "1"); err != nil {
			return 0, err
		}
	}
	all := proposal.Actor{ID: "administrator", Body: "city", Grants: []workflow.Grant{{Role: workflow.Administrator, Body: "city"}}}
	return took(func() error { _, err := svc.Recount(ctx, all, "city"); return err })
}

func overdue(ctx context.Context, n int) (float64, error) {
	return withStore(ctx, func(st store.Store) (float64, error) {
		svc, err := service(st, workflow.Body{ID: "a"}, workflow.Body{ID: "b"})
		if err != nil {
			return 0, err
		}
		for i := range n {
			if _, err := assigned(ctx, svc, []string{"a", "b"}[i%2], strconv.Itoa(i+1)); err != nil {
				return 0, err
			}
		}
		return took(func() error {
			late, err := svc.Overdue(ctx, day.AddDate(1, 0, 0), store.Match{Attr: "body", Op: store.Is, Values: []string{"a", "b"}})
			if err == nil && len(late) < n {
				err = fmt.Errorf("%d are overdue", len(late))
			}
			return err
		})
	})
}

// rows is a ledger of n rows, written as it is read.
func rows(n int) io.Reader {
	in, out := io.Pipe()
	go func() {
		_, err := io.WriteString(out, "place,session,number,title\n")
		for i := 0; i < n && err == nil; i++ {
			_, err = fmt.Fprintf(out, "秀山,十五届三次会议,%d,关于支持第%d条街小店经济的提案\n", i+1, i+1)
		}
		_ = out.CloseWithError(err) // always nil
	}()
	return in
}

// imported imports n rows and returns how long that takes.
func imported(ctx context.Context, st store.Store, n int) (float64, error) {
	from, err := ledger.Open(rows(n), ledger.DefaultMap(), sheet.Limits{})
	if err != nil {
		return 0, err
	}
	cost, err := took(func() error {
		report, err := ledger.ImportFrom(ctx, st, from, ledger.Watch{})
		if err == nil && len(report.Refused) > 0 {
			err = fmt.Errorf("refused: %v", report.Refused[0])
		}
		return err
	})
	if closed := from.Close(); err == nil {
		err = closed
	}
	return cost, err
}

func importOnce(ctx context.Context, n int) (float64, error) {
	return withStore(ctx, func(st store.Store) (float64, error) { return imported(ctx, st, n) })
}

func importAgain(ctx context.Context, n int) (float64, error) {
	return withStore(ctx, func(st store.Store) (float64, error) {
		if _, err := imported(ctx, st, n); err != nil {
			return 0, err
		}
		return imported(ctx, st, n)
	})
}

// held returns the megabytes that are in use.
func held() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

func ledgerMemory(_ context.Context, n int) (float64, error) {
	before := held()
	from, err := ledger.Open(rows(n), ledger.DefaultMap(), sheet.Limits{})
	if err != nil {
		return 0, err
	}
	for {
		_, refused, err := from.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, err
		}
		if refused != nil {
			return 0, fmt.Errorf("refused: %v", *refused)
		}
	}
	after := held()
	return max(after-before, 0.001), from.Close()
}

func compile(_ context.Context, n int) (float64, error) {
	d := lifecycle.Definition{Name: "long", Version: 1, Initial: "s0", Stages: []lifecycle.Stage{{Key: "only"}}, Roles: []lifecycle.Role{{Key: "clerk"}}}
	for i := range n {
		d.States = append(d.States, lifecycle.State{Key: "s" + strconv.Itoa(i), Stage: "only", Final: i == n-1})
		if i > 0 {
			d.Transitions = append(d.Transitions, lifecycle.Transition{Event: "e" + strconv.Itoa(i), From: []string{"s" + strconv.Itoa(i-1)}, To: "s" + strconv.Itoa(i), Roles: []string{"clerk"}})
		}
	}
	return took(func() error { _, err := lifecycle.Compile(d); return err })
}

func chain(_ context.Context, n int) (float64, error) {
	bodies := make([]workflow.Body, n)
	for i := range bodies {
		bodies[i].ID = strconv.Itoa(i)
		if i > 0 {
			bodies[i].Parent = strconv.Itoa(i - 1)
		}
	}
	return took(func() error {
		tree, err := workflow.NewTree(bodies...)
		if err == nil && (len(tree.Below("0")) != n || len(tree.Below(strconv.Itoa(n-1))) != 1) {
			err = fmt.Errorf("%d bodies are below the first", len(tree.Below("0")))
		}
		return err
	})
}

func parts(ctx context.Context, n int) (float64, error) {
	svc, id, err := inMemory(ctx)
	if err != nil {
		return 0, err
	}
	return took(func() error {
		for from := 0; from < n; from += 100 {
			var units []string
			for i := from; i < min(from+100, n); i++ {
				units = append(units, "unit"+strconv.Itoa(i))
			}
			if _, err := svc.Do(ctx, someone("county", "office"), id, proposal.AddUnits{Units: units}); err != nil {
				return err
			}
		}
		return nil
	})
}

func alpha(_ context.Context, n int) (float64, error) {
	marks := make([][]*float64, 2)
	for rater := range marks {
		for unit := range n {
			mark := float64(1 + unit + rater)
			marks[rater] = append(marks[rater], &mark)
		}
	}
	r, err := agreement.RatingsOf(marks)
	if err != nil {
		return 0, err
	}
	return median(3, func(int) error { _, err := agreement.KrippendorffAlpha(r, agreement.Ratio); return err })
}

// churned opens n stores one after another, works on each, and closes them.
func churned(ctx context.Context, n int) error {
	for i := range n {
		if _, err := withStore(ctx, func(st store.Store) (float64, error) {
			svc, err := service(st, workflow.Body{ID: "county"})
			if err != nil {
				return 0, err
			}
			_, err = assigned(ctx, svc, "county", strings.Repeat("1", 1+i%3))
			return 0, err
		}); err != nil {
			return err
		}
	}
	return nil
}

func goroutines(ctx context.Context, n int) (float64, error) {
	if err := churned(ctx, n); err != nil {
		return 0, err
	}
	time.Sleep(100 * time.Millisecond) // what is ending ends
	return float64(runtime.NumGoroutine()), nil
}

func memoryLeft(ctx context.Context, n int) (float64, error) {
	if err := churned(ctx, n); err != nil {
		return 0, err
	}
	return held(), nil
}
