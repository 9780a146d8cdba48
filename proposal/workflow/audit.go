package workflow

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/store"
)

// Report is what an audit of a whole store found.
type Report struct {
	Cases   int `json:"cases"`
	Entries int `json:"entries"`

	// Adoptions are the definitions and rules adopted as records, which are verified
	// too; what is broken of them is among Broken.
	Adoptions int `json:"adoptions,omitempty"`

	Broken []Break `json:"broken"`
	Gaps   []Gap   `json:"gaps,omitempty"`
}

// Gap is a run of positions that the feed does not have. The shipped stores
// number entries without a gap, so that there one means that entries were
// removed, were it all of a case; a store of your own may leave positions out.
type Gap struct {
	From uint64 `json:"from"`
	To   uint64 `json:"to"`
}

// Audit verifies every case of the store, the order of its entries in the feed
// and the names that are claimed, and with them the definitions and rules that have
// been adopted; and it looks through the feed for journals whose
// record is gone and for gaps. The last case, removed whole, leaves none: keep the
// last hash elsewhere. progress, if not nil, is called after each case with the
// number of cases verified.
func (e *Engine[C, R]) Audit(ctx context.Context, progress func(cases int)) (Report, error) {
	a := &audit[C, R]{engine: e, seen: make(map[string]uint64), claimed: make(map[string]string), progress: progress}
	a.report.Broken = []Break{}
	for _, look := range []func(context.Context) error{a.cases, a.feed, a.claims} {
		if err := look(ctx); err != nil {
			return a.report, fmt.Errorf("workflow: audit: %w", err)
		}
	}
	if e.adoptions == nil {
		return a.report, nil
	}
	adopted, err := e.adoptions.Audit(ctx, nil)
	a.report.Adoptions, a.report.Broken = adopted.Cases, append(a.report.Broken, adopted.Broken...)
	return a.report, err
}

// audit is an audit under way.
type audit[C Case, R any] struct {
	engine   *Engine[C, R]
	report   Report
	seen     map[string]uint64 // cases verified, with the last seq that the feed had of them
	claimed  map[string]string // the case that claimed a name, by the claim's ID
	progress func(cases int)
}

func (a *audit[C, R]) cases(ctx context.Context) error {
	for r, err := range store.AllRecords(ctx, a.engine.store.Find, store.Query{Kind: a.engine.vocabulary.Kind}) {
		if err != nil {
			return err //nolint:wrapcheck // Audit says where
		}
		breaks, stored, err := a.engine.inspect(ctx, r.ID, r)
		if err != nil {
			return err
		}
		a.report.Broken = append(a.report.Broken, breaks...)
		a.report.Cases++
		a.report.Entries += len(stored)
		a.seen[r.ID] = 0
		for _, name := range claimedIn(stored) {
			a.claimed[claimID(name.name)] = r.ID
		}
		if a.progress != nil {
			a.progress(a.report.Cases)
		}
	}
	return nil
}

// feed reports entries of this kind that stand after a later one of their case or
// whose record is gone, and gaps. A case that was opened while the audit ran is
// looked up before it is reported.
func (a *audit[C, R]) feed(ctx context.Context) error {
	after := uint64(0)
	for s, err := range store.AllLines(ctx, a.engine.store.Feed, 0) {
		if err != nil {
			return err //nolint:wrapcheck // Audit says where
		}
		if s.Position > after+1 {
			a.report.Gaps = append(a.report.Gaps, Gap{From: after + 1, To: s.Position - 1})
		}
		after = s.Position
		if s.Kind != a.engine.vocabulary.Kind {
			continue
		}
		last, seen := a.seen[s.ID]
		if !seen {
			breaks, err := a.engine.Verify(ctx, s.ID)
			if err != nil {
				return err
			}
			a.report.Broken = append(a.report.Broken, breaks...)
		}
		if s.Seq <= last {
			a.report.Broken = append(a.report.Broken, Break{ID: s.ID, Seq: s.Seq, Reason: BreakOrder})
		}
		a.seen[s.ID] = max(last, s.Seq)
	}
	return nil
}

// claims reports names that are kept for a case that did not claim them: such a
// name could be given to nobody.
func (a *audit[C, R]) claims(ctx context.Context) error {
	for r, err := range store.AllRecords(ctx, a.engine.store.Find, store.Query{Kind: a.engine.claimKind()}) {
		if err != nil {
			return err //nolint:wrapcheck // Audit says where
		}
		id, _, _ := strings.Cut(string(r.Data), "\n")
		if holder, ok := a.claimed[r.ID]; ok && holder == id {
			continue
		}
		foreign, err := a.foreign(ctx, r.ID, id)
		if err != nil {
			return err
		}
		if foreign {
			a.report.Broken = append(a.report.Broken, Break{ID: id, Reason: BreakClaim})
		}
	}
	return nil
}

// foreign reports whether the journal of a case as it is now does not claim the
// name; it may have since the case was verified.
func (a *audit[C, R]) foreign(ctx context.Context, claim, id string) (bool, error) {
	stored, err := a.engine.store.History(ctx, a.engine.vocabulary.Kind, id, 0, 0)
	switch {
	case errors.Is(err, store.ErrInvalid):
		return true, nil
	case err != nil:
		return false, err //nolint:wrapcheck // Audit says where
	}
	return !slices.ContainsFunc(claimedIn(stored), func(c claimed) bool { return claimID(c.name) == claim }), nil
}
