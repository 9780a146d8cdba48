package proposal_test

import (
	"context"

	"github.com/tian-go/tian/proposal/store"
)

// interfering is a store on which somebody else is quicker, once: before is
// called before the first commit.
type interfering struct {
	store.Store
	before func()
}

func (i *interfering) Commit(ctx context.Context, changes ...store.Change) error {
	if before := i.before; before != nil {
		i.before = nil
		before()
	}
	return i.Store.Commit(ctx, changes...)
}
