package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// attempts is how often a transaction begins anew after a lost race.
const attempts = 5

// together does things to the host's rows and to proposals in one transaction:
// all of it happens or nothing. The library does not try again in a transaction
// that is not its own, so the host begins anew, on what the others have left.
func (a *app) together(ctx context.Context, do func(rows *gorm.DB, acts *proposal.Service) error) error {
	for attempt := 1; ; attempt++ {
		var acts *proposal.Service
		err := a.inTransaction(ctx, func(rows *gorm.DB, here store.Store) error {
			acts = a.svc.On(here)
			return do(rows, acts)
		})
		if err == nil {
			acts.Committed(ctx) // now the observers hear of it
			return nil
		}
		if !errors.Is(err, workflow.ErrConflict) || attempt == attempts {
			return err
		}
	}
}

// inTransaction begins a transaction of GORM's and gives the store as it is there.
func (a *app) inTransaction(ctx context.Context, do func(rows *gorm.DB, here store.Store) error) error {
	return a.db.WithContext(ctx).Transaction(func(rows *gorm.DB) error {
		pool := rows.Statement.ConnPool
		if prepared, is := pool.(*gorm.PreparedStmtTX); is { // gorm.Config{PrepareStmt: true}
			pool = prepared.Tx
		}
		tx, ok := pool.(*sql.Tx)
		if !ok {
			return fmt.Errorf("GORM's transaction is a %T", pool)
		}
		return do(rows, a.store.In(tx))
	})
}
