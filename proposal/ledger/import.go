package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger/sheet"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/workflow"
)

// Report says what became of a ledger.
type Report struct {
	Rows     int       `json:"rows"`
	Imported int       `json:"imported"`
	Already  int       `json:"already"` // in before, by an earlier import
	Undated  int       `json:"undated"` // of those imported: without any date, and so dated by the import
	Refused  []Refusal `json:"refused"` // in the order of the file; at most [MostRefused]
	More     int       `json:"more_refused,omitempty"`
	Ignored  []string  `json:"ignored,omitempty"` // columns that are none of a ledger's
	Until    int       `json:"-"`                 // all rows up to this line are done
}

// MostRefused is how many refusals a report holds. The others are told to who
// asks for them by [Watch].
const MostRefused = 10_000

// Done is how many rows are accounted for.
func (r Report) Done() int { return r.Imported + r.Already + len(r.Refused) + r.More }

func (r *Report) refuse(refused Refusal) {
	if len(r.Refused) < MostRefused {
		r.Refused = append(r.Refused, refused)
	} else {
		r.More++
	}
}

// add adds the report on what came after.
func (r *Report) add(next Report) {
	r.Rows += next.Rows
	r.Imported += next.Imported
	r.Already += next.Already
	r.Undated += next.Undated
	r.More += next.More
	r.Until = max(r.Until, next.Until)
	for _, refused := range next.Refused {
		r.refuse(refused)
	}
}

// Watch is told how an import goes on. Calls do not overlap.
type Watch struct {
	Now      time.Time           // rows with a later day are refused; zero: the store's service refuses them on the way
	Progress func(done int)      // after each row, with the number of rows done
	Refused  func(Refusal) error // each row that is refused; its error ends the import
}

// Source gives the rows of a ledger: a [Reader], or a [Ledger] that is held.
type Source interface {
	// Next returns a row, or what is wrong with it, and io.EOF after the last.
	Next() (Row, *Refusal, error)
}

// registrar enters the whole ledger: a role on the root of its bodies.
func registrar() proposal.Actor {
	return proposal.Actor{ID: "ledger-import", Body: Root, Grants: []workflow.Grant{{Role: Registrar, Body: Root}}}
}

// rowsAtOnce is how many rows are on their way at a time: enough to fill the
// commits that they share.
const rowsAtOnce = 64

// rowsInChunk is how many rows are held at a time.
const rowsInChunk = 1024

// Import takes the rows of a ledger that is held into a store; see [ImportFrom].
// progress, if not nil, is told the number of rows done.
func Import(ctx context.Context, st store.Store, l Ledger, progress func(done int), options ...workflow.Option) (Report, error) {
	report, err := ImportFrom(ctx, st, &held{ledger: l}, Watch{Progress: progress}, options...)
	report.Ignored = l.Ignored
	return report, err
}

// held gives the rows of a ledger, and its refusals, in the order of lines.
type held struct {
	ledger    Ledger
	row, told int
}

// Next returns the next row or refusal.
func (h *held) Next() (Row, *Refusal, error) {
	rows, refused := h.ledger.Rows[h.row:], h.ledger.Refused[h.told:]
	switch {
	case len(refused) > 0 && (len(rows) == 0 || refused[0].Line < rows[0].Line):
		h.told++
		return Row{}, &refused[0], nil
	case len(rows) > 0:
		h.row++
		return rows[0], nil, nil
	}
	return Row{}, nil, io.EOF
}

// ImportFrom takes the rows of a ledger into a store, each as far as its data
// goes, in memory that does not grow with them. A row that is in already, because
// the same ledger or one that has the same row was imported before, is left as it
// is, at the cost of reading it, or finished if the import before was cut off.
// What is wrong with one row keeps no other out.
//
// The error is a fault of the store, of the source, or the context's: what was
// imported until then is in, and the report says how far that is. The same import
// goes on from there.
func ImportFrom(ctx context.Context, st store.Store, from Source, watch Watch, options ...workflow.Option) (Report, error) {
	run := &run{ctx: ctx, watch: watch, report: Report{Refused: []Refusal{}}}
	for {
		rows, last, err := run.chunk(from)
		if err == nil || errors.Is(err, io.EOF) {
			if fault := run.take(st, rows, options); fault != nil {
				return run.report, fault
			}
			run.report.Until = max(run.report.Until, last)
		}
		slices.SortStableFunc(run.report.Refused[run.sorted:], func(a, b Refusal) int { return a.Line - b.Line })
		run.sorted = len(run.report.Refused)
		switch {
		case errors.Is(err, io.EOF):
			return run.report, nil
		case err != nil:
			return run.report, fmt.Errorf("ledger: after line %d: %w", run.report.Until, err)
		}
	}
}

// run is an import on its way.
type run struct {
	ctx    context.Context
	watch  Watch
	mu     sync.Mutex // guards report, fault, and the calls to watch
	report Report
	fault  error
	sorted int
}

// chunk reads the next rows, and the last line read.
func (r *run) chunk(from Source) (rows []Row, last int, err error) {
	for len(rows) < rowsInChunk {
		row, refused, err := from.Next()
		if err != nil {
			return rows, last, err
		}
		r.report.Rows++
		if refused != nil {
			last = refused.Line
			if err := r.refuse(*refused); err != nil {
				return rows, last, err
			}
			continue
		}
		last = row.Line
		if day := row.later(r.watch.Now); day != "" {
			if err := r.refuse(*row.refused("dates_future", "日期%s晚于今天", "the day %s is later than today", day)); err != nil {
				return rows, last, err
			}
			continue
		}
		rows = append(rows, row)
		if err := r.ctx.Err(); err != nil {
			return rows, last, err
		}
	}
	return rows, last, nil
}

// later returns a day of the row that is after the present one.
func (r Row) later(now time.Time) string {
	if now.IsZero() {
		return ""
	}
	today := now.In(sheet.Beijing()).Format(time.DateOnly)
	for _, d := range r.known() {
		if day := date(d); day > today {
			return day
		}
	}
	return ""
}

func (r *run) refuse(refused Refusal) error {
	r.report.refuse(refused)
	if r.watch.Refused != nil {
		if err := r.watch.Refused(refused); err != nil {
			return err
		}
	}
	r.tick()
	return nil
}

func (r *run) tick() {
	if r.watch.Progress != nil && r.fault == nil {
		r.watch.Progress(r.report.Done())
	}
}

// take takes rows in, many at once.
func (r *run) take(st store.Store, rows []Row, options []workflow.Option) error {
	if len(rows) == 0 {
		return r.ctx.Err()
	}
	i, err := newImporter(st, rows, options)
	if err != nil {
		return err
	}
	waiting := make(chan Row)
	stop := make(chan struct{})
	var once sync.Once
	var workers sync.WaitGroup
	for range min(rowsAtOnce, len(rows)) {
		workers.Go(func() {
			for row := range waiting {
				already, err := i.take(r.ctx, row)
				if !r.tell(row, already, err) {
					once.Do(func() { close(stop) })
				}
			}
		})
	}
	for _, row := range rows {
		select {
		case waiting <- row:
			continue
		case <-stop:
		}
		break
	}
	close(waiting)
	workers.Wait()
	return r.fault
}

// tell notes what became of a row, and reports whether to go on.
func (r *run) tell(row Row, already bool, err error) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch code := workflow.Code(err); {
	case code == "unavailable", code == "cancelled":
		if r.fault == nil {
			r.fault = fmt.Errorf("ledger: line %d: %w", row.Line, err)
		}
		return false
	case err != nil:
		if err := r.refuse(*refusal(row, err)); err != nil && r.fault == nil {
			r.fault = err
		}
		return r.fault == nil
	case already:
		r.report.Already++
	default:
		r.report.Imported++
		if len(row.known()) == 0 {
			r.report.Undated++
		}
	}
	r.tick()
	return r.fault == nil
}

// importer takes rows in, one at a time or many at once.
type importer struct {
	service *proposal.Service
}

func newImporter(st store.Store, rows []Row, options []workflow.Option) (*importer, error) {
	tree, err := Tree(rows)
	if err != nil {
		return nil, err
	}
	i := &importer{}
	i.service, err = proposal.New(groupcommit.New(st), slices.Concat(Options(), []workflow.Option{
		workflow.WithUse(proposal.Kind, "", "ledger"), workflow.WithRules("", rules(rows)), workflow.WithTree(tree),
	}, options)...)
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	return i, nil
}

// take takes one row in, and reports whether it was in already.
func (i *importer) take(ctx context.Context, r Row) (already bool, err error) {
	id, steps := r.ID(), r.steps()
	submitted, _, _ := r.dates()
	open := "ledger:" + id
	p, err := i.service.All().Get(ctx, i.service.OpeningID(r.Body(), open))
	switch {
	case err == nil:
		already = true
	case !errors.Is(err, workflow.ErrNotFound):
		return false, err
	default:
		if p, err = i.service.Engine.Open(ctx, registrar(), r.Body(), entering(r), dated(open, submitted)...); err != nil {
			return false, taken(r, err)
		}
	}
	done := make(map[string]bool)
	switch {
	case already && p.Seq > uint64(len(steps)):
		return true, nil // as many entries as the row makes, with the opening
	case already:
		entries, err := i.service.History(ctx, p.ID)
		if err != nil {
			return true, err
		}
		for _, e := range entries {
			done[e.Command] = true
		}
	}
	for _, s := range steps {
		command := open + ":" + s.name
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

// taken says of a number that another case has it.
func taken(r Row, err error) error {
	var refused *workflow.RefusedError
	if !errors.As(err, &refused) || !refused.Has("taken") {
		return err
	}
	return workflow.Invalid("number", "taken", "案号%s在同一政协、同一届次已属另一件提案", "number %s of this place and session is another case's", r.Number)
}

// dated names an act, and dates it unless at is zero.
func dated(command string, at time.Time) []workflow.DoOption {
	if at.IsZero() {
		return []workflow.DoOption{workflow.Command(command)}
	}
	return []workflow.DoOption{workflow.Command(command), workflow.Happened(at)}
}
