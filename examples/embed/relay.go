package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// handOn writes a notice for each entry of the feed that calls for one, up to its
// end. The notices and the place of the relay are one transaction: a notice is
// written once, though the application be killed at any moment or run twice.
func (a *app) handOn(ctx context.Context) error {
	for {
		n := 0
		err := a.inTransaction(ctx, func(rows *gorm.DB, here store.Store) (err error) {
			n, err = a.post.Pass(ctx, here, func(lines []store.Line) error { return writeNotices(rows, lines) })
			return err
		})
		if errors.Is(err, store.ErrConflict) {
			return nil // another process was there first
		}
		if err != nil || n == 0 {
			return err
		}
	}
}

func writeNotices(rows *gorm.DB, lines []store.Line) error {
	for _, l := range lines {
		if l.Kind != proposal.Kind {
			continue
		}
		entry, err := workflow.DecodeEntry(l)
		if err != nil {
			return err
		}
		for _, n := range noticesOf(entry) {
			// Two relays at once: the later waits here, and then finds the place moved.
			if err := rows.Clauses(clause.OnConflict{DoNothing: true}).Create(&n).Error; err != nil {
				return err
			}
		}
	}
	return nil
}

// noticesOf tells whom an entry concerns.
func noticesOf(e workflow.Entry) []Notice {
	to := func(recipients ...string) (notices []Notice) {
		for _, r := range recipients {
			notices = append(notices, Notice{Position: e.Position, Recipient: r, ProposalID: e.ID, Text: e.Event})
		}
		return notices
	}
	switch e.Event {
	case "submit":
		return to("committee")
	case "file":
		return to("office")
	case "assign":
		var a proposal.Assign
		if json.Unmarshal(e.Action, &a) != nil {
			return nil
		}
		return to(slices.Concat([]string{a.Lead}, a.With, a.Co, a.Separate)...)
	}
	return nil
}

// notices returns those of the actor's unit and roles.
func (a *app) notices(r *http.Request, who proposal.Actor) (any, error) {
	notices := []Notice{}
	for _, recipient := range append([]string{who.Unit}, who.Roles...) {
		if recipient == "" {
			continue
		}
		var some []Notice
		if err := a.db.WithContext(r.Context()).Where("recipient = ?", recipient).Order("position").Find(&some).Error; err != nil {
			return nil, err
		}
		notices = append(notices, some...)
	}
	return notices, nil
}
