// Package convened tells who convenes a platform now.
package convened

import (
	"context"
	"errors"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// Kind is the kind of the records that hold platforms.
const Kind = "consult.platform"

// By reports whether an actor is the convenor, or acts for the unit.
func By(convenor, unit string, a workflow.Actor) bool {
	return a.ID != "" && a.ID == convenor || a.Unit != "" && a.Unit == unit
}

// Platforms tells which platforms an actor convenes now, by their IDs: what is raised or
// planned there is theirs. It is the [workflow.Offices] of topics and activities. A
// platform that was edited behind the library's back is convened by nobody.
func Platforms(ctx context.Context, on workflow.Elsewhere, a workflow.Actor, among []string) ([]string, error) {
	if among == nil {
		is := func(attr, value string) store.Match {
			return store.Match{Attr: attr, Op: store.Is, Values: []string{value}}
		}
		where := is("convenor", a.ID)
		if a.Unit != "" {
			where = store.Match{Any: []store.Match{where, is("unit", check.Unit(a.Unit))}}
		}
		var err error
		if among, err = on.IDs(ctx, Kind, is("body", a.Body), where); err != nil {
			return nil, err //nolint:wrapcheck // the engine says whose offices
		}
	}
	var convened []string
	for _, id := range among {
		var p struct {
			Convenor string `json:"convenor"`
			Unit     string `json:"unit"`
		}
		body, err := on.Read(ctx, Kind, id, &p)
		switch {
		case errors.Is(err, store.ErrNotFound), errors.Is(err, store.ErrInvalid), errors.Is(err, workflow.ErrBroken), errors.Is(err, workflow.ErrUnreadable):
		case err != nil:
			return nil, err //nolint:wrapcheck // the engine says whose offices
		case body == a.Body && By(p.Convenor, p.Unit, a):
			convened = append(convened, id)
		}
	}
	return convened, nil
}
