//go:build unix

package campaign

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
)

// row is a line of the campaign's table: one kind of fault on one engine.
type row struct {
	fault, engine                   string
	faults, acts                    int // acts that were acknowledged in the end
	lost, doubled, half, notOrdered int // notOrdered: cases whose readings no order of the acts explains
}

func (r row) clean() bool { return r.lost+r.doubled+r.half+r.notOrdered == 0 }

// table collects the rows of all tests that run.
var table struct {
	sync.Mutex
	rows []row
}

// report puts a row into the table, adding to the one of the same fault and
// engine, and fails the test when something was lost, doubled or half done.
func report(t *testing.T, r row) {
	t.Helper()
	table.Lock()
	i := slices.IndexFunc(table.rows, func(o row) bool { return o.fault == r.fault && o.engine == r.engine })
	if i < 0 {
		table.rows = append(table.rows, r)
	} else {
		o := &table.rows[i]
		o.faults, o.acts = o.faults+r.faults, o.acts+r.acts
		o.lost, o.doubled, o.half, o.notOrdered = o.lost+r.lost, o.doubled+r.doubled, o.half+r.half, o.notOrdered+r.notOrdered
	}
	table.Unlock()
	if !r.clean() {
		t.Errorf("%s, %s: lost %d, doubled %d, half %d, not linearizable %d", r.fault, r.engine, r.lost, r.doubled, r.half, r.notOrdered)
	}
}

// printTable prints what the tests of this run have found, as Markdown.
func printTable(to io.Writer) {
	table.Lock()
	defer table.Unlock()
	if len(table.rows) == 0 {
		return
	}
	slices.SortStableFunc(table.rows, func(a, b row) int {
		if c := strings.Compare(a.fault, b.fault); c != 0 {
			return c
		}
		return strings.Compare(a.engine, b.engine)
	})
	var all row
	w := tabwriter.NewWriter(to, 0, 0, 1, ' ', tabwriter.Debug)
	line := func(cells ...any) {
		text := ""
		for _, c := range cells {
			text += fmt.Sprintf("\t %v", c)
		}
		_, _ = fmt.Fprintln(w, text+"\t")
	}
	line("fault", "engine", "faults", "acts", "lost", "doubled", "half", "not linearizable")
	line("---", "---", "---:", "---:", "---:", "---:", "---:", "---:")
	for _, r := range table.rows {
		line(r.fault, r.engine, r.faults, r.acts, r.lost, r.doubled, r.half, r.notOrdered)
		all.faults, all.acts = all.faults+r.faults, all.acts+r.acts
		all.lost, all.doubled, all.half, all.notOrdered = all.lost+r.lost, all.doubled+r.doubled, all.half+r.half, all.notOrdered+r.notOrdered
	}
	line("all", "", all.faults, all.acts, all.lost, all.doubled, all.half, all.notOrdered)
	_ = w.Flush()
}

// counted turns what an inspection found into a row.
func (f findings) counted(fault, engine string, faults, acts int) row {
	return row{fault: fault, engine: engine, faults: faults, acts: acts, lost: len(f.lost), doubled: len(f.doubled), half: len(f.broken)}
}

func TestTheTableAddsUpAndFailsWhatIsNotClean(t *testing.T) {
	t.Parallel()
	for _, dirty := range []row{{lost: 1}, {doubled: 1}, {half: 1}, {notOrdered: 1}} {
		if dirty.clean() {
			t.Errorf("%+v counts as clean", dirty)
		}
	}
	if !(row{faults: 3, acts: 5}).clean() {
		t.Error("a clean row does not count as clean")
	}
}
