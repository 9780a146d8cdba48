package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"
)

// orm is written with GORM, on any of its databases. Every act is one
// transaction, as in handPgx: the proposal is read and locked, what the act
// changes is updated, and a row says who did what.
//
// PrepareStmt is not set, because GORM is faster without it on all three: pgx
// prepares statements by itself, and the driver of MySQL puts the parameters in.
type orm struct{ db *gorm.DB }

// Proposal is a row of the table proposals.
type Proposal struct {
	ID          string  `gorm:"primaryKey;size:36"`
	Body        string  `gorm:"size:64;not null;uniqueIndex:number;index:status"`
	Session     string  `gorm:"size:64;not null;uniqueIndex:number"`
	Number      *string `gorm:"size:64;uniqueIndex:number"`
	Title       string  `gorm:"size:255;not null"`
	Content     string  `gorm:"type:text;not null"`
	Category    string  `gorm:"size:64;not null"`
	Proposer    string  `gorm:"size:64;not null;index"`
	Status      string  `gorm:"size:32;not null;index:status"`
	IsKey       bool    `gorm:"not null"`
	Opinion     string  `gorm:"size:32"`
	OpinionText string  `gorm:"type:text"`
	CreatedAt   time.Time
	UpdatedAt   time.Time
	Parts       []Part
	Audits      []Audit
}

// Part is a row of the table parts.
type Part struct {
	ProposalID string    `gorm:"primaryKey;size:36"`
	Unit       string    `gorm:"primaryKey;size:64;index:unit"`
	Role       string    `gorm:"size:32;not null"`
	Status     string    `gorm:"size:32;not null;index:unit"`
	AssignedAt time.Time `gorm:"not null"`
	DueAt      time.Time `gorm:"not null;index"`
	AcceptedAt *time.Time
	Reply      string `gorm:"type:text"`
	Class      string `gorm:"size:32"`
	DraftedBy  string `gorm:"size:64"`
	DraftedAt  *time.Time
	IssuedBy   string `gorm:"size:64"`
	IssuedAt   *time.Time
}

// Audit is a row of the table audits.
type Audit struct {
	ID         uint64    `gorm:"primaryKey"`
	ProposalID string    `gorm:"size:36;not null;index"`
	At         time.Time `gorm:"not null"`
	Actor      string    `gorm:"size:64;not null"`
	Event      string    `gorm:"size:32;not null"`
	Unit       string    `gorm:"size:64"`
	FromStatus string    `gorm:"size:32"`
	ToStatus   string    `gorm:"size:32;not null"`
}

func newORM(ctx context.Context, dialect gorm.Dialector) (*orm, error) {
	db, err := gorm.Open(dialect, &gorm.Config{Logger: logger.Discard})
	if err != nil {
		return nil, fmt.Errorf("gorm: %w", err)
	}
	if err := db.WithContext(ctx).AutoMigrate(&Proposal{}, &Part{}, &Audit{}); err != nil {
		return nil, fmt.Errorf("gorm: tables: %w", err)
	}
	return &orm{db}, nil
}

func (o *orm) close() error {
	db, err := o.db.DB()
	if err != nil {
		return err
	}
	return db.Close()
}

func (o *orm) open(ctx context.Context, s step) (string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", err
	}
	return id.String(), o.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		p := Proposal{
			ID: id.String(), Body: body, Session: session, Title: title(s.Number), Content: s.Text, Category: category,
			Proposer: s.By.ID, Status: "draft", CreatedAt: s.At, UpdatedAt: s.At,
		}
		if err := tx.Create(&p).Error; err != nil {
			return err
		}
		return tx.Create(auditOf(p.ID, s, "", p.Status)).Error
	})
}

func auditOf(id string, s step, from, to string) *Audit {
	return &Audit{ProposalID: id, At: s.At, Actor: s.By.ID, Event: s.Event, Unit: s.Unit, FromStatus: from, ToStatus: to}
}

func (o *orm) do(ctx context.Context, id string, s step) error {
	return o.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		var p Proposal
		if err := tx.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}).First(&p, "id = ?", id).Error; err != nil {
			return err
		}
		from := p.Status
		to, err := next(s.Event, from)
		if err != nil {
			return err
		}
		if to, err = o.parts(tx, p.ID, s, to); err != nil {
			return err
		}
		changed := map[string]any{"status": to, "updated_at": s.At}
		switch s.Event {
		case "file":
			changed["number"] = s.Number
		case "mark_key":
			changed["is_key"] = true
		case "give_opinion":
			changed["opinion"], changed["opinion_text"] = s.Result, s.Text
		}
		if err := tx.Model(&p).Updates(changed).Error; err != nil {
			return err
		}
		return tx.Create(auditOf(p.ID, s, from, to)).Error
	})
}

// parts writes what an act does to the parts, and returns the proposal's status.
func (o *orm) parts(tx *gorm.DB, id string, s step, to string) (string, error) {
	switch s.Event {
	case "assign":
		parts := make([]Part, 0, 1+len(s.Co))
		for i, unit := range append([]string{s.Unit}, s.Co...) {
			role, due := "lead", s.At.AddDate(0, 3, 0)
			if i > 0 {
				role, due = "co", s.At.AddDate(0, 0, 20)
			}
			parts = append(parts, Part{ProposalID: id, Unit: unit, Role: role, Status: "assigned", AssignedAt: s.At, DueAt: due})
		}
		return to, tx.Create(&parts).Error
	case "accept":
		return to, changeOne(tx.Model(&Part{}).Where("proposal_id = ? AND unit = ? AND status = 'assigned'", id, s.Unit).
			Updates(Part{Status: "accepted", AcceptedAt: &s.At}))
	case "reply", "issue_reply":
		var part Part
		if err := tx.First(&part, "proposal_id = ? AND unit = ?", id, s.Unit).Error; err != nil {
			return "", err
		}
		if part.Role == "lead" {
			var open int64
			err := tx.Model(&Part{}).Where("proposal_id = ? AND role = 'co' AND status <> 'answered'", id).Count(&open).Error
			switch {
			case err != nil:
				return "", err
			case open > 0:
				return "", fmt.Errorf("%d co-units have still to answer", open)
			}
		}
		if s.Event == "reply" {
			return to, changeOne(tx.Model(&part).Where("status = 'accepted'").
				Updates(Part{Status: "checking", Reply: s.Text, Class: s.Class, DraftedBy: s.By.ID, DraftedAt: &s.At}))
		}
		if part.Role == "lead" {
			to = "replied"
		}
		return to, changeOne(tx.Model(&part).Where("status = 'checking' AND drafted_by <> ?", s.By.ID).
			Updates(Part{Status: "answered", IssuedBy: s.By.ID, IssuedAt: &s.At}))
	}
	return to, nil
}

// changeOne is the error of an update, or that it has not changed one row.
func changeOne(done *gorm.DB) error {
	if done.Error == nil && done.RowsAffected != 1 {
		return fmt.Errorf("%d rows are in the state for it, not one", done.RowsAffected)
	}
	return done.Error
}

func (o *orm) outcome(ctx context.Context, id string) (outcome, error) {
	db := o.db.WithContext(ctx)
	var p Proposal
	var parts []Part
	var trail int64
	err := errors.Join(
		db.First(&p, "id = ?", id).Error,
		db.Find(&parts, "proposal_id = ?", id).Error,
		db.Model(&Audit{}).Where("proposal_id = ?", id).Count(&trail).Error,
	)
	found := outcome{Status: p.Status, Parts: map[string]string{}, Trail: int(trail)}
	for _, part := range parts {
		found.Parts[part.Unit] = part.Status
	}
	return found, err
}
