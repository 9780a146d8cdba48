package workflow

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/store"
)

// Refusal (拒绝) is what is told, and may be kept, of acts that were denied or refused:
// who tried what on which case, why not, when and how often. What they said is not in
// it.
type Refusal struct {
	Kind    string    `json:"kind" zh:"类别" en:"kind of the case"`
	Body    string    `json:"body,omitempty" zh:"所属政协" en:"body of the case"`
	Case    string    `json:"case,omitempty" zh:"所办之件" en:"case"` // "" where one was to be opened
	Attempt string    `json:"event,omitempty" zh:"事项" en:"event"`
	Account string    `json:"account,omitempty" zh:"账号" en:"account"` // "": there was no actor
	For     string    `json:"for,omitempty" zh:"代谁办理" en:"in whose name"`
	From    string    `json:"from,omitempty" zh:"操作人所属政协" en:"body of the actor"`
	Unit    string    `json:"unit,omitempty" zh:"操作人所属单位" en:"unit of the actor"`
	Code    string    `json:"code,omitempty" zh:"结果" en:"outcome"`                // as [Code] says: denied or refused
	Reasons []string  `json:"reasons,omitempty" zh:"原因" en:"reasons"`             // the codes of the blockers
	First   time.Time `json:"first" zh:"首次时间" en:"time of the first"`             // UTC, by the engine's own clock, as Last
	Last    time.Time `json:"last" zh:"末次时间" en:"time of the last"`               // equal to First for one
	Count   int       `json:"count" zh:"次数" en:"how many"`                        // of like ones: all but the times are the same
	Beyond  string    `json:"beyond,omitempty" zh:"超出何限" en:"beyond which limit"` // BeyondAccount, BeyondDay: only counted
}

// What is beyond the limits of a day is counted without its details: see
// [RefusalLimits].
const (
	BeyondAccount = "account" // of one account: Attempt, Case, Code and Reasons are left out
	BeyondDay     = "day"     // of all accounts together: these, and whose they are
)

// RefusalObserver is told of each act that was denied or refused, when it was. err
// says why it has not been kept, where [WithRefusals] has it kept: it stays counted, and
// is written with the next one. Like an [Observer] it is told from many goroutines at
// once, and should return soon: the caller waits for it.
type RefusalObserver func(ctx context.Context, r Refusal, err error)

// WithRefusalObserver adds an observer of acts that are denied or refused. What is
// only tried out on a store of package dryrun, what [Engine.Choices] says, and what a
// sweep leaves undone were no attempts of anybody's, and are not told.
func WithRefusalObserver(o RefusalObserver) Option {
	return optionFunc(func(s *settings) { s.witnesses = append(s.witnesses, o) })
}

// WithRefusals has acts that are denied or refused kept as evidence, in a
// [RefusedDay] of the body whose case it was. Without this option nothing is kept:
// a denied act then writes nothing, and whoever is denied has no hand in how much the
// store holds; with it he has, up to the limits. The answer to the actor is the same.
func WithRefusals(limits RefusalLimits) Option {
	return optionFunc(func(s *settings) { s.refusals = &limits })
}

// refused tells the observers that an act was denied or refused, and has it kept.
func (e *Engine[C, R]) refused(ctx context.Context, actor Actor, d doing, deeds []deed[C, R], plan []done[C], err error) {
	if e.docket == nil && len(e.witnesses) == 0 || len(plan) == 0 {
		return
	}
	r, id := refusalOf(err)
	if r.Code == "" {
		return
	}
	i := slices.IndexFunc(deeds[:len(plan)], func(d deed[C, R]) bool { return d.caseID() == id })
	if i < 0 {
		i = len(plan) - 1
	}
	own, is := deeds[i].(*ownAct[C, R])
	trial, tries := store.As[store.Trial](e.store)
	if is && own.permit == nil || tries && trial.OnlyTries() {
		return // nobody's attempt
	}
	h := plan[i].c.Head()
	r.Kind, r.Body, r.Attempt = e.vocabulary.Kind, h.Body, deeds[i].event()
	r.Account, r.For, r.From, r.Unit = actor.ID, actor.For, actor.Body, actor.Unit
	r.First, r.Last, r.Count = d.recorded, d.recorded, 1
	if r.Attempt != Opening {
		r.Case = h.ID
	} else if _, known := e.tree.Body(h.Body); !known {
		r.Body = actor.Body // anything may be said of a case that there is not
	}
	kept := e.keep(ctx, r)
	for _, tell := range e.witnesses {
		tell(ctx, r, kept)
	}
}

// refusalOf returns the code and the reasons of a denial or refusal, and the case that
// it is of. Of another error the code is "".
func refusalOf(err error) (r Refusal, id string) {
	var denied *DeniedError
	var refused *RefusedError
	switch {
	case errors.As(err, &denied):
		return Refusal{Code: codeDenied, Reasons: []string{denied.Reason.Code}}, denied.ID
	case errors.As(err, &refused):
		for _, b := range refused.Blockers {
			r.Reasons = append(r.Reasons, b.Code)
		}
		slices.Sort(r.Reasons)
		r.Code, r.Reasons = codeRefused, slices.Compact(r.Reasons)
		return r, refused.ID
	}
	return r, ""
}

// keep counts a refusal, and writes what is due. In a transaction of the host's it
// only counts: what is written there would go with it, and what is written beside it
// would wait for it.
func (e *Engine[C, R]) keep(ctx context.Context, r Refusal) error {
	if e.docket == nil {
		return nil
	}
	e.docket.count(r, e.dayIn(r.Body, r.First))
	if e.host != nil {
		return nil
	}
	return e.keepDue(ctx, e.docket.due(r.First))
}

// dayIn is the date of a moment in a body, or in UTC where a calendar cannot tell.
func (e *Engine[C, R]) dayIn(body string, at time.Time) string {
	return at.In(e.Zone(body)).Format(time.DateOnly)
}

// KeepRefusals writes the refusals that [WithRefusals] has had counted and that have
// not been written yet: those of windows that have not ended, and of transactions of
// the host's. A program calls it before it ends. Otherwise [Engine.Sweep], the next
// refusal and [Engine.Committed] write them when their window has ended. After an error
// they stay counted.
func (e *Engine[C, R]) KeepRefusals(ctx context.Context) error {
	if e.docket == nil {
		return nil
	}
	for {
		due := e.docket.all(e.now().UTC())
		if len(due) == 0 {
			return nil
		}
		if err := e.keepDue(ctx, due); err != nil {
			return err
		}
	}
}

// keepDue writes refusals, each as an entry of its day. What the limits leave no room
// for is counted by fewer marks.
func (e *Engine[C, R]) keepDue(ctx context.Context, due []counted) error {
	var failed []error
	for i := 0; i < len(due); i++ {
		if due[i].command == "" {
			due[i].command = e.newID()
		}
		err := e.noteRefusal(ctx, due[i])
		var full *RefusedError
		switch {
		case err == nil:
		case errors.As(err, &full) && full.Has(beyond+BeyondDay):
			due = append(due, e.docket.coarsen(due[i], BeyondDay)...)
		case errors.As(err, &full) && full.Has(beyond+BeyondAccount):
			due = append(due, e.docket.coarsen(due[i], BeyondAccount)...)
		default:
			e.docket.back(due[i])
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// like returns what refusals that are counted together have in common.
func (r Refusal) like() string {
	return strings.Join([]string{r.Kind, r.Body, r.Case, r.Attempt, r.Account, r.For, r.From, r.Unit, r.Code, strings.Join(r.Reasons, ","), r.Beyond}, "\x00")
}

// coarser returns the refusal without what is not kept beyond a limit.
func (r Refusal) coarser(limit string) Refusal {
	c := Refusal{Kind: r.Kind, Body: r.Body, First: r.First, Last: r.Last, Count: r.Count, Beyond: limit}
	if limit == BeyondAccount {
		c.Account = r.Account
	}
	return c
}
