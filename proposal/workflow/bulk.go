package workflow

import (
	"context"
	"slices"
	"strconv"
)

// Result is what became of one case in a bulk act.
type Result[C Case] struct {
	ID   string // of the case; "" when one was to be opened and was not
	Case C      // as it is now, when Err is nil
	Err  error
}

// DoEach does one action to many cases, each for itself: a result per ID, in
// their order, and never a silent part; see [Engine.Batch]. With Command, a
// second call does only what the first left undone.
func (e *Engine[C, R]) DoEach(ctx context.Context, actor Actor, ids []string, action Action[C, R], options ...DoOption) []Result[C] {
	steps := make([]Step[C, R], len(ids))
	for i, id := range ids {
		steps[i] = Step[C, R]{ID: id, Action: action}
	}
	return e.Batch(ctx, actor, steps, options...)
}

// batch is how many cases are committed together.
const batch = 100

// Batch does many steps, each an act of its own: a result per step, in their
// order. The options are of every step, those of a step come after them. A step
// whose action opens begins a case; without a command of its own its command is
// that of the call with the place of the step behind it, as import-7/0.
//
// What can be done is committed in batches of a hundred cases, so that a
// database is asked less often; what fails keeps nothing else from being done. A
// case may occur once only: a second step on it gets an ErrInvalid, and so does
// IfRevision for all.
func (e *Engine[C, R]) Batch(ctx context.Context, actor Actor, steps []Step[C, R], options ...DoOption) []Result[C] {
	results := make([]Result[C], len(steps))
	seen := make(map[string]bool, len(steps))
	todo := make([]bulkStep[C, R], 0, len(steps))
	shared, err := e.doing(options)
	if err == nil && shared.pinned {
		err = Invalid("revision", "bulk", "多件没有共同的版次", "many cases have no revision in common")
	}
	for i, s := range steps {
		results[i].ID = s.ID
		if err != nil {
			results[i].Err = err
			continue
		}
		one, err := e.bulkStep(actor, shared.command, i, s, options)
		if err == nil && seen[one.deed.caseID()] {
			err = Invalid("steps", "duplicate", "%s重复", "%s is there twice", s.ID)
		}
		if err != nil {
			results[i].Err = err
			continue
		}
		seen[one.deed.caseID()] = true
		one.result = &results[i]
		todo = append(todo, one)
	}
	for part := range slices.Chunk(todo, batch) {
		e.batch(ctx, actor, part)
	}
	return results
}

// bulkStep is a step made ready: what is to be done, how, and where the result
// goes.
type bulkStep[C Case, R any] struct {
	doing  doing
	deed   deed[C, R]
	result *Result[C]
}

func (e *Engine[C, R]) bulkStep(actor Actor, command string, place int, s Step[C, R], options []DoOption) (bulkStep[C, R], error) {
	d, err := e.doing(slices.Concat(options, s.Options))
	if err != nil {
		return bulkStep[C, R]{}, err
	}
	if s.opens() && d.command == command && command != "" {
		d.command += "/" + strconv.Itoa(place) // each opens a case of its own
	}
	if d.command == "" { // a batch that was committed in spite of an error must not be done again singly
		d.command = e.newID()
	}
	made, err := e.deedOf(actor, s, d.command)
	return bulkStep[C, R]{doing: d, deed: made}, err
}

// batch does steps on different cases. Those that can be done are committed
// together; when that fails, or for those that cannot, each is an act by itself,
// which says what became of it.
func (e *Engine[C, R]) batch(ctx context.Context, actor Actor, steps []bulkStep[C, R]) {
	var plan []done[C]
	var planned, single []bulkStep[C, R]
	for _, s := range steps {
		if one, err := e.walk(ctx, actor, s.doing, s.deed); err == nil {
			plan, planned = append(plan, one), append(planned, s)
		} else {
			single = append(single, s)
		}
	}
	if len(plan) > 0 && e.commit(ctx, plan) != nil {
		planned, single = nil, steps
	}
	for i, s := range planned {
		s.result.ID, s.result.Case = s.deed.caseID(), e.tell(ctx, plan[i:i+1])[0]
	}
	for _, s := range single {
		cases, err := e.act(ctx, actor, s.doing, s.deed)
		if s.result.Err = err; err == nil {
			s.result.ID, s.result.Case = s.deed.caseID(), cases[0]
		}
	}
}
