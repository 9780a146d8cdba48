package workflow

import (
	"context"
	"errors"
	"fmt"
	"maps"
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

	// Refusals are the days on which refused acts were kept ([WithRefusals]), which are
	// verified too; what is broken of them is among Broken.
	Refusals int `json:"refusals,omitempty"`

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
// been adopted and the refusals that have been kept; and it looks through the feed for journals whose
// record is gone and for gaps. The last case, removed whole, leaves none: keep the
// last hash elsewhere. progress, if not nil, is called after each case with the
// number of cases verified.
func (e *Engine[C, R]) Audit(ctx context.Context, progress func(cases int)) (Report, error) {
	own := newAudit(e)
	own.progress = progress
	looks := []looking{own}
	if e.adoptions != nil {
		looks = append(looks, newAudit(e.adoptions))
	}
	if e.refusals != nil {
		looks = append(looks, newAudit(e.refusals))
	}
	gaps, err := audited(ctx, e.store, looks)
	report := own.report
	report.Gaps = gaps
	for _, l := range looks[1:] {
		switch a := l.(type) {
		case *audit[*Adoption, Adopting]:
			report.Adoptions, report.Broken = a.report.Cases, append(report.Broken, a.report.Broken...)
		case *audit[*RefusedDay, RefusalLimits]:
			report.Refusals, report.Broken = a.report.Cases, append(report.Broken, a.report.Broken...)
		}
	}
	if err != nil {
		err = fmt.Errorf("workflow: audit: %w", err)
	}
	return report, err
}

// looking is an audit of one kind, whatever its cases are.
type looking interface {
	cases(ctx context.Context) error
	line(ctx context.Context, l store.Line) error
	claims(ctx context.Context) error
}

// audited has each kind look at its cases, at what the feed has of them, which is read
// once, and at the names that are claimed. It returns the gaps of the feed.
func audited(ctx context.Context, st store.Store, looks []looking) (gaps []Gap, err error) {
	for _, l := range looks {
		if err := l.cases(ctx); err != nil {
			return nil, err //nolint:wrapcheck // Audit says where
		}
	}
	after := uint64(0)
	for s, err := range store.AllLines(ctx, st.Feed, 0) {
		if err != nil {
			return gaps, err //nolint:wrapcheck // Audit says where
		}
		if s.Position > after+1 {
			gaps = append(gaps, Gap{From: after + 1, To: s.Position - 1})
		}
		after = s.Position
		for _, l := range looks {
			if err := l.line(ctx, s); err != nil {
				return gaps, err //nolint:wrapcheck // Audit says where
			}
		}
	}
	for _, l := range looks {
		if err := l.claims(ctx); err != nil {
			return gaps, err //nolint:wrapcheck // Audit says where
		}
	}
	return gaps, nil
}

// audit is an audit under way.
type audit[C Case, R any] struct {
	engine   *Engine[C, R]
	report   Report
	seen     map[string]uint64 // cases verified, with the last seq that the feed had of them
	claimed  map[string]string // the case that claimed a name, by the claim's ID
	progress func(cases int)
}

func newAudit[C Case, R any](e *Engine[C, R]) *audit[C, R] {
	return &audit[C, R]{engine: e, report: Report{Broken: []Break{}}, seen: make(map[string]uint64), claimed: make(map[string]string)}
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
	return a.index(ctx)
}

// index reports cases that a store's own index has otherwise than their records say.
func (a *audit[C, R]) index(ctx context.Context) error {
	found, err := a.engine.misindexed(ctx)
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(found)) {
		if b := (Break{ID: id, Reason: BreakIndex}); !slices.Contains(a.report.Broken, b) {
			a.report.Broken = append(a.report.Broken, b)
		}
	}
	return nil
}

// line reports an entry of this kind that stands in the feed after a later one of its
// case, or whose record is gone. A case that was opened while the audit ran is looked up
// before it is reported.
func (a *audit[C, R]) line(ctx context.Context, s store.Line) error {
	if s.Kind != a.engine.vocabulary.Kind {
		return nil
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
	return nil
}

// claims reports names that are kept for a case that did not claim them: such a
// name could be given to nobody.
func (a *audit[C, R]) claims(ctx context.Context) error {
	for r, err := range store.AllRecords(ctx, a.engine.store.Find, store.Query{Kind: a.engine.claimKind()}) {
		if err != nil {
			return err //nolint:wrapcheck // Audit says where
		}
		if free(r) {
			continue
		}
		id, _, _ := strings.Cut(string(r.Data), "\n")
		if holder, ok := a.claimed[r.ID]; ok && holder == id {
			continue
		}
		foreign, err := a.engine.foreign(ctx, r.ID, id)
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
func (e *Engine[C, R]) foreign(ctx context.Context, claim, id string) (bool, error) {
	stored, err := e.store.History(ctx, e.vocabulary.Kind, id, 0, 0)
	switch {
	case errors.Is(err, store.ErrInvalid):
		return true, nil
	case err != nil:
		return false, err //nolint:wrapcheck // Audit says where
	}
	return !slices.ContainsFunc(claimedIn(stored), func(c claimed) bool { return claimID(c.name) == claim }), nil
}
