package workflow

import (
	"context"
	"errors"

	"github.com/tian-go/tian/proposal/store"
)

// Planned is what a migration would do to a case.
type Planned struct {
	ID       string    `json:"id"`
	From     Pin       `json:"from"`
	State    string    `json:"state"` // the main state after it, or the one it stays in
	Does     bool      `json:"does"`  // it would migrate; otherwise Blockers or Error say why not, or there is nothing to do
	Note     *Carried  `json:"note,omitempty"`
	Blockers []Blocker `json:"blockers,omitempty"`
	Error    string    `json:"error,omitempty"` // a case that cannot be read or acted on
}

// PlanMigration says what a migration would do to every case that answers the
// conditions, and why not where it would not, and changes nothing. Bad input, such
// as a definition that is not there, is an error; a case that cannot be read hides no
// other: the error at the end names each.
func (e *Engine[C, R]) PlanMigration(ctx context.Context, actor Actor, m Migration, where ...store.Match) ([]Planned, error) {
	data, err := encode(m)
	if err != nil {
		return nil, err
	}
	d, err := e.doing(nil)
	if err != nil {
		return nil, err
	}
	var planned []Planned
	err = e.Each(ctx, func(c C) error {
		own := e.migration(c.Head().ID, m)
		own.json = data
		p := Planned{ID: c.Head().ID, From: c.Head().Definition, State: c.Head().State}
		done, err := e.walk(ctx, actor, d, own)
		var refused *RefusedError
		switch {
		case err == nil:
			p.Does, p.State, p.Note = true, done.c.Head().State, new(Carried)
			if err := readNote(done.entry, p.Note); err != nil {
				return err
			}
		case errors.Is(err, errNothing):
		case errors.As(err, &refused):
			p.Blockers = refused.Blockers
		case errors.Is(err, ErrBroken), errors.Is(err, ErrUnreadable), errors.Is(err, ErrDefinition), errors.Is(err, ErrNewer):
			p.Error = err.Error()
		default:
			return err
		}
		planned = append(planned, p)
		return nil
	}, where...)
	return planned, err
}
