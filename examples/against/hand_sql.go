package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

// handSQL is written by hand over database/sql, for SQLite and for MariaDB or
// MySQL, with prepared statements. The tables and the acts are those of handPgx.
type handSQL struct {
	db       *sql.DB
	prepared map[string]*sql.Stmt // by text, prepared once
	lock     string               // reads the status of a proposal, and keeps others off it
}

// handSQLTables has %s where the engines differ. SQLite does not enforce foreign
// keys unless it is asked to.
const handSQLTables = `
CREATE TABLE proposals (
	id char(36) PRIMARY KEY, body varchar(64) NOT NULL, session varchar(64) NOT NULL, number varchar(64),
	title varchar(255) NOT NULL, content text NOT NULL, category varchar(64) NOT NULL, proposer varchar(64) NOT NULL,
	status varchar(32) NOT NULL, is_key boolean NOT NULL DEFAULT false,
	opinion varchar(32), opinion_text text, created_at datetime NOT NULL, updated_at datetime NOT NULL
);
CREATE UNIQUE INDEX proposals_number ON proposals (body, session, number);
CREATE INDEX proposals_status ON proposals (body, status);
CREATE INDEX proposals_proposer ON proposals (proposer);
CREATE TABLE parts (
	proposal_id char(36) NOT NULL, unit varchar(64) NOT NULL, role varchar(32) NOT NULL, status varchar(32) NOT NULL,
	assigned_at datetime NOT NULL, due_at datetime NOT NULL, accepted_at datetime,
	reply text, class varchar(32), drafted_by varchar(64), drafted_at datetime, issued_by varchar(64), issued_at datetime,
	PRIMARY KEY (proposal_id, unit), FOREIGN KEY (proposal_id) REFERENCES proposals (id)
);
CREATE INDEX parts_unit ON parts (unit, status);
CREATE INDEX parts_due ON parts (due_at);
CREATE TABLE audit (
	id %s, proposal_id char(36) NOT NULL, at datetime NOT NULL,
	actor varchar(64) NOT NULL, event varchar(32) NOT NULL, unit varchar(64), from_status varchar(32), to_status varchar(32) NOT NULL,
	FOREIGN KEY (proposal_id) REFERENCES proposals (id)
);
CREATE INDEX audit_proposal ON audit (proposal_id, id)`

// The statements of the acts.
const (
	insertProposal = `INSERT INTO proposals (id, body, session, title, content, category, proposer, status, created_at, updated_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, 'draft', ?, ?)`
	updateStatus  = `UPDATE proposals SET status = ?, updated_at = ? WHERE id = ?`
	updateNumber  = `UPDATE proposals SET status = ?, updated_at = ?, number = ? WHERE id = ?`
	updateKey     = `UPDATE proposals SET status = ?, updated_at = ?, is_key = true WHERE id = ?`
	updateOpinion = `UPDATE proposals SET status = ?, updated_at = ?, opinion = ?, opinion_text = ? WHERE id = ?`
	insertPart    = `INSERT INTO parts (proposal_id, unit, role, status, assigned_at, due_at) VALUES (?, ?, ?, 'assigned', ?, ?)`
	acceptPart    = `UPDATE parts SET status = 'accepted', accepted_at = ? WHERE proposal_id = ? AND unit = ? AND status = 'assigned'`
	readPart      = `SELECT role, (SELECT count(*) FROM parts c WHERE c.proposal_id = p.proposal_id AND c.role = 'co' AND c.status <> 'answered')
		FROM parts p WHERE proposal_id = ? AND unit = ?`
	replyPart = `UPDATE parts SET status = 'checking', reply = ?, class = ?, drafted_by = ?, drafted_at = ?
		WHERE proposal_id = ? AND unit = ? AND status = 'accepted'`
	issuePart = `UPDATE parts SET status = 'answered', issued_by = ?, issued_at = ?
		WHERE proposal_id = ? AND unit = ? AND status = 'checking' AND drafted_by <> ?`
	insertAudit = `INSERT INTO audit (proposal_id, at, actor, event, unit, from_status, to_status) VALUES (?, ?, ?, ?, ?, ?, ?)`
)

// newHandSQL makes the tables. The serial is how the engine numbers rows, and
// forUpdate what it locks a row by, if it has to: SQLite's transactions are begun
// as writers, one at a time.
func newHandSQL(ctx context.Context, db *sql.DB, serial, forUpdate string) (*handSQL, error) {
	for statement := range strings.SplitSeq(fmt.Sprintf(handSQLTables, serial), ";\n") {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return nil, fmt.Errorf("hand-written: tables: %w", err)
		}
	}
	h := &handSQL{db: db, prepared: map[string]*sql.Stmt{}, lock: `SELECT status FROM proposals WHERE id = ?` + forUpdate}
	for _, text := range []string{
		h.lock, insertProposal, updateStatus, updateNumber, updateKey, updateOpinion,
		insertPart, acceptPart, readPart, replyPart, issuePart, insertAudit,
	} {
		prepared, err := db.PrepareContext(ctx, text) //nolint:sqlclosecheck // it lives as long as h
		if err != nil {
			return nil, fmt.Errorf("hand-written: %w", errors.Join(err, h.close()))
		}
		h.prepared[text] = prepared
	}
	return h, nil
}

func (h *handSQL) close() error {
	var err error
	for _, prepared := range h.prepared {
		err = errors.Join(err, prepared.Close())
	}
	return errors.Join(err, h.db.Close())
}

// inTx runs f in a transaction, which ends with f's error if it has one.
func (h *handSQL) inTx(ctx context.Context, f func(handTx) error) error {
	tx, err := h.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(handTx{ctx, tx, h.prepared}); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// handTx is a transaction that knows the prepared statements.
type handTx struct {
	ctx      context.Context
	tx       *sql.Tx
	prepared map[string]*sql.Stmt
}

func (t handTx) row(text string, args ...any) *sql.Row {
	return t.tx.StmtContext(t.ctx, t.prepared[text]).QueryRowContext(t.ctx, args...) //nolint:sqlclosecheck // it ends with the transaction
}

// exec runs a statement that has to change one row.
func (t handTx) exec(text string, args ...any) error {
	result, err := t.tx.StmtContext(t.ctx, t.prepared[text]).ExecContext(t.ctx, args...) //nolint:sqlclosecheck // it ends with the transaction
	if err != nil {
		return err
	}
	rows, err := result.RowsAffected()
	if err == nil && rows != 1 {
		err = fmt.Errorf("%d rows are in the state for it, not one", rows)
	}
	return err
}

func (h *handSQL) open(ctx context.Context, s step) (string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", err
	}
	return id.String(), h.inTx(ctx, func(tx handTx) error {
		err := tx.exec(insertProposal, id.String(), body, session, title(s.Number), s.Text, category, s.By.ID, s.At, s.At)
		if err != nil {
			return err
		}
		return tx.audit(id.String(), s, nil, "draft")
	})
}

func (h *handSQL) do(ctx context.Context, id string, s step) error {
	return h.inTx(ctx, func(tx handTx) error {
		var from string
		if err := tx.row(h.lock, id).Scan(&from); err != nil {
			return err
		}
		to, err := next(s.Event, from)
		if err != nil {
			return err
		}
		if to, err = tx.parts(id, s, to); err != nil {
			return err
		}
		if err := tx.proposal(id, s, to); err != nil {
			return err
		}
		return tx.audit(id, s, &from, to)
	})
}

// parts writes what an act does to the parts, and returns the proposal's status.
func (t handTx) parts(id string, s step, to string) (string, error) {
	switch s.Event {
	case "assign":
		for i, unit := range append([]string{s.Unit}, s.Co...) {
			role, due := "lead", s.At.AddDate(0, 3, 0)
			if i > 0 {
				role, due = "co", s.At.AddDate(0, 0, 20)
			}
			if err := t.exec(insertPart, id, unit, role, s.At, due); err != nil {
				return "", err
			}
		}
	case "accept":
		return to, t.exec(acceptPart, s.At, id, s.Unit)
	case "reply", "issue_reply":
		var role string
		var open int
		if err := t.row(readPart, id, s.Unit).Scan(&role, &open); err != nil {
			return "", err
		}
		if role == "lead" && open > 0 {
			return "", fmt.Errorf("%d co-units have still to answer", open)
		}
		if s.Event == "reply" {
			return to, t.exec(replyPart, s.Text, s.Class, s.By.ID, s.At, id, s.Unit)
		}
		if role == "lead" {
			to = "replied"
		}
		return to, t.exec(issuePart, s.By.ID, s.At, id, s.Unit, s.By.ID)
	}
	return to, nil
}

// proposal writes what an act does to the proposal itself.
func (t handTx) proposal(id string, s step, to string) error {
	switch s.Event {
	case "file":
		return t.exec(updateNumber, to, s.At, s.Number, id)
	case "mark_key":
		return t.exec(updateKey, to, s.At, id)
	case "give_opinion":
		return t.exec(updateOpinion, to, s.At, s.Result, s.Text, id)
	}
	return t.exec(updateStatus, to, s.At, id)
}

func (t handTx) audit(id string, s step, from *string, to string) error {
	return t.exec(insertAudit, id, s.At, s.By.ID, s.Event, s.Unit, from, to)
}

func (h *handSQL) outcome(ctx context.Context, id string) (outcome, error) {
	o := outcome{Parts: map[string]string{}}
	err := h.db.QueryRowContext(ctx, `SELECT status, (SELECT count(*) FROM audit WHERE proposal_id = p.id) FROM proposals p WHERE id = ?`, id).
		Scan(&o.Status, &o.Trail)
	if err != nil {
		return o, err
	}
	rows, err := h.db.QueryContext(ctx, `SELECT unit, status FROM parts WHERE proposal_id = ?`, id)
	if err != nil {
		return o, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var unit, status string
		if err := rows.Scan(&unit, &status); err != nil {
			return o, err
		}
		o.Parts[unit] = status
	}
	return o, rows.Err()
}
