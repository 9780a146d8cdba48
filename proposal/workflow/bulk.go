package workflow

import (
	"context"
	"slices"
)

// Result is what became of one case in a bulk act.
type Result[C Case] struct {
	ID   string
	Case C // as it is now, when Err is nil
	Err  error
}

// DoEach does one action to many cases, each for itself: a result per ID, in
// their order, and never a silent part. Cases are committed in batches; when
// one of a batch fails, all of it are done singly. With Command, a second call
// does only what the first left undone. IfRevision, which is of one case, is an
// ErrInvalid for each.
func (e *Engine[C, R]) DoEach(ctx context.Context, actor Actor, ids []string, action Action[C, R], options ...DoOption) []Result[C] {
	steps := make([]Step[C, R], len(ids))
	for i, id := range ids {
		steps[i] = Step[C, R]{ID: id, Action: action}
	}
	return e.Batch(ctx, actor, steps, options...)
}

// batch is how many cases are committed together.
const batch = 100

// Batch does many steps, each for itself, committing them in batches: a result
// per step, in their order. A case may occur once only; a second step on it
// gets an ErrInvalid.
func (e *Engine[C, R]) Batch(ctx context.Context, actor Actor, steps []Step[C, R], options ...DoOption) []Result[C] {
	results := make([]Result[C], len(steps))
	d, err := e.doing(options)
	if d.command == "" { // a batch that was committed in spite of an error must not be done again singly
		options = append(slices.Clip(options), command(e.newID()))
	}
	seen := make(map[string]bool, len(steps))
	var todo []int
	for i, s := range steps {
		results[i].ID = s.ID
		switch {
		case err != nil:
			results[i].Err = err
		case d.pinned:
			results[i].Err = Invalid("revision", "bulk", "多件没有共同的版次", "many cases have no revision in common")
		case seen[s.ID]:
			results[i].Err = Invalid("steps", "duplicate", "%s重复", "%s is there twice", s.ID)
		default:
			seen[s.ID] = true
			todo = append(todo, i)
		}
	}
	for len(todo) > 0 {
		n := min(batch, len(todo))
		e.batch(ctx, actor, steps, todo[:n], results, options)
		todo = todo[n:]
	}
	return results
}

func (e *Engine[C, R]) batch(ctx context.Context, actor Actor, steps []Step[C, R], chosen []int, results []Result[C], options []DoOption) {
	together := make([]Step[C, R], len(chosen))
	for j, i := range chosen {
		together[j] = steps[i]
	}
	if cases, err := e.Together(ctx, actor, together, options...); err == nil {
		for j, i := range chosen {
			results[i].Case = cases[j]
		}
		return
	}
	for _, i := range chosen {
		results[i].Case, results[i].Err = e.Do(ctx, actor, steps[i].ID, steps[i].Action, options...)
	}
}
