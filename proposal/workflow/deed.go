package workflow

import (
	"context"
	"encoding/json"
)

// deed is what an act does to one case: opening it, an action on it, or an act
// of the engine's own, such as a migration. They differ in these steps and go
// the same way otherwise.
type deed[C Case, R any] interface {
	caseID() string
	event() string
	data() json.RawMessage // goes into the journal as the action

	load(ctx context.Context, d doing) (C, error)
	authorise(act *Act[R], c C) (asked, error)
	gather(ctx context.Context) error // what apply needs beside the case, once the act is allowed
	apply(act *Act[R], c C) (note any, err error)
}
