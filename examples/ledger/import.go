package ledger

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/workflow"
)

// Report says what became of a ledger.
type Report struct {
	Rows     int       `json:"rows"`
	Imported int       `json:"imported"`
	Already  int       `json:"already"` // in before, by an earlier import
	Refused  []Refusal `json:"refused"`
	Ignored  []string  `json:"ignored,omitempty"` // columns that are none of a ledger's
}

// registrar enters the whole ledger: a role on the root of its bodies.
func registrar() proposal.Actor {
	return proposal.Actor{ID: "ledger-import", Body: Root, Grants: []workflow.Grant{{Role: Registrar, Body: Root}}}
}

// rowsAtOnce is how many rows are on their way at a time: enough to fill the
// commits that they share.
const rowsAtOnce = 64

// Import takes the rows of a ledger into a store, each as far as its data goes.
// A row that is in already, because the same ledger or one that has the same
// row was imported before, is left as it is, or finished if the import before
// was cut off. What is wrong with one row keeps no other out.
//
// progress, if not nil, is called after each row with the number of rows done;
// calls do not overlap. The error is a fault of the store, or the context's:
// what was imported until then is in, and the same Import goes on from there.
func Import(ctx context.Context, st store.Store, l Ledger, progress func(done int), options ...workflow.Option) (Report, error) {
	i, err := newImporter(st, l.Rows, options)
	if err != nil {
		return Report{}, err
	}
	report := Report{Rows: l.Size(), Refused: slices.Clone(l.Refused), Ignored: l.Ignored}
	var mu sync.Mutex // guards report, fault and progress
	var fault error
	tell := func(row Row, already bool, err error) (goOn bool) {
		mu.Lock()
		defer mu.Unlock()
		switch code := workflow.Code(err); {
		case code == "unavailable", code == "cancelled":
			if fault == nil {
				fault = fmt.Errorf("ledger: line %d: %w", row.Line, err)
			}
		case err != nil:
			report.Refused = append(report.Refused, *refusal(row.Line, err))
		case already:
			report.Already++
		default:
			report.Imported++
		}
		if progress != nil && fault == nil {
			progress(report.Imported + report.Already + len(report.Refused))
		}
		return fault == nil
	}
	rows := make(chan Row)
	stop := make(chan struct{})
	var once sync.Once
	var workers sync.WaitGroup
	for range rowsAtOnce {
		workers.Go(func() {
			for row := range rows {
				already, err := i.take(ctx, row)
				if !tell(row, already, err) {
					once.Do(func() { close(stop) })
				}
			}
		})
	}
	for _, row := range l.Rows {
		select {
		case rows <- row:
			continue
		case <-stop:
		}
		break
	}
	close(rows)
	workers.Wait()
	slices.SortFunc(report.Refused, func(a, b Refusal) int { return a.Line - b.Line })
	return report, fault
}

// importer takes rows in, one at a time or many at once.
type importer struct {
	service *proposal.Service
	mu      sync.Mutex
	opened  map[string]bool // IDs of the cases that this import opened
}

func newImporter(st store.Store, rows []Row, options []workflow.Option) (*importer, error) {
	tree, err := Tree(rows)
	if err != nil {
		return nil, err
	}
	i := &importer{opened: make(map[string]bool)}
	options = slices.Concat(Options(), []workflow.Option{
		workflow.WithUse(proposal.Kind, "", "ledger"), workflow.WithRules("", rules(rows)), workflow.WithTree(tree),
	}, options, []workflow.Option{workflow.WithObserver(func(_ context.Context, entries []workflow.Entry) {
		i.mu.Lock()
		defer i.mu.Unlock()
		for _, e := range entries {
			if e.Event == "open" {
				i.opened[e.ID] = true
			}
		}
	})})
	i.service, err = proposal.New(groupcommit.New(st), options...)
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	return i, nil
}

// take takes one row in, and reports whether it was in already.
func (i *importer) take(ctx context.Context, r Row) (already bool, err error) {
	if err := i.free(ctx, r); err != nil {
		return false, err
	}
	id := r.ID()
	submitted, _, _ := r.dates()
	p, err := i.service.Engine.Open(ctx, registrar(), r.Body(), entering(r), dated("ledger:"+id, submitted)...)
	if err != nil {
		return false, err
	}
	i.mu.Lock()
	already = !i.opened[p.ID]
	delete(i.opened, p.ID)
	i.mu.Unlock()
	done := make(map[string]bool)
	if already {
		entries, err := i.service.History(ctx, p.ID)
		if err != nil {
			return true, err
		}
		for _, e := range entries {
			done[e.Command] = true
		}
	}
	for _, s := range r.steps() {
		command := "ledger:" + id + ":" + s.name
		if done[command] {
			continue
		}
		if s.at.Before(p.Changed) {
			s.at = time.Time{}
		}
		if p, err = i.service.Do(ctx, registrar(), p.ID, s.action, dated(command, s.at)...); err != nil {
			return already, fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return already, nil
}

// dated names an act, and dates it unless at is zero.
func dated(command string, at time.Time) []workflow.DoOption {
	if at.IsZero() {
		return []workflow.DoOption{workflow.Command(command)}
	}
	return []workflow.DoOption{workflow.Command(command), workflow.Happened(at)}
}

// free refuses a row whose number another case has.
func (i *importer) free(ctx context.Context, r Row) error {
	if r.Number == "" {
		return nil
	}
	is := func(attr, value string) store.Match {
		return store.Match{Attr: attr, Op: store.Is, Values: []string{value}}
	}
	return i.service.Each(ctx, func(p *proposal.Proposal) error {
		var row string
		if _, err := p.GetExtra(ExtraRow, &row); err != nil {
			return err
		}
		if row != r.ID() && (Row{Session: p.Session, Year: p.Year}).term() == r.term() {
			return workflow.Invalid("number", "taken", "number %s of this place and session is that of %s", r.Number, p.ID)
		}
		return nil
	}, is("body", r.Body()), is("number", r.Number))
}
