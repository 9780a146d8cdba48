package main

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// handPgx is written by hand for PostgreSQL, over a pgx pool, which prepares each
// statement once for every connection. Every act is one transaction: the row of
// the proposal is locked and its status checked; the rows that the act changes
// are written, and a row that says who did what. There are foreign keys, and the
// indexes that worklists need.
type handPgx struct{ pool *pgxpool.Pool }

const handPgxTables = `
CREATE TABLE proposals (
	id uuid PRIMARY KEY, body text NOT NULL, session text NOT NULL, number text,
	title text NOT NULL, content text NOT NULL, category text NOT NULL, proposer text NOT NULL,
	status text NOT NULL, is_key boolean NOT NULL DEFAULT false,
	opinion text, opinion_text text, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX proposals_number ON proposals (body, session, number);
CREATE INDEX proposals_status ON proposals (body, status);
CREATE INDEX proposals_proposer ON proposals (proposer);
CREATE TABLE parts (
	proposal_id uuid NOT NULL REFERENCES proposals, unit text NOT NULL, role text NOT NULL, status text NOT NULL,
	assigned_at timestamptz NOT NULL, due_at timestamptz NOT NULL, accepted_at timestamptz,
	reply text, class text, drafted_by text, drafted_at timestamptz, issued_by text, issued_at timestamptz,
	PRIMARY KEY (proposal_id, unit)
);
CREATE INDEX parts_unit ON parts (unit, status);
CREATE INDEX parts_due ON parts (due_at) WHERE issued_at IS NULL;
CREATE TABLE audit (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, proposal_id uuid NOT NULL REFERENCES proposals, at timestamptz NOT NULL,
	actor text NOT NULL, event text NOT NULL, unit text, from_status text, to_status text NOT NULL
);
CREATE INDEX audit_proposal ON audit (proposal_id, id);
`

func newHandPgx(ctx context.Context, pool *pgxpool.Pool) (*handPgx, error) {
	if _, err := pool.Exec(ctx, handPgxTables); err != nil {
		return nil, fmt.Errorf("hand-written: tables: %w", err)
	}
	return &handPgx{pool}, nil
}

func (h *handPgx) close() error { //nolint:unparam // closing other rivals can fail
	h.pool.Close()
	return nil
}

func (h *handPgx) open(ctx context.Context, s step) (string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", err
	}
	return id.String(), pgx.BeginFunc(ctx, h.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO proposals (id, body, session, title, content, category, proposer, status, created_at, updated_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, 'draft', $8, $8)`,
			id, body, session, title(s.Number), s.Text, category, s.By.ID, s.At)
		if err != nil {
			return err
		}
		return h.audit(ctx, tx, id.String(), s, nil, "draft")
	})
}

func (h *handPgx) do(ctx context.Context, id string, s step) error {
	return pgx.BeginFunc(ctx, h.pool, func(tx pgx.Tx) error {
		var from string
		if err := tx.QueryRow(ctx, `SELECT status FROM proposals WHERE id = $1 FOR UPDATE`, id).Scan(&from); err != nil {
			return err
		}
		to, err := next(s.Event, from)
		if err != nil {
			return err
		}
		if to, err = h.parts(ctx, tx, id, s, to); err != nil {
			return err
		}
		if err := h.proposal(ctx, tx, id, s, to); err != nil {
			return err
		}
		return h.audit(ctx, tx, id, s, &from, to)
	})
}

// parts writes what an act does to the parts, and returns the proposal's status.
func (h *handPgx) parts(ctx context.Context, tx pgx.Tx, id string, s step, to string) (string, error) {
	switch s.Event {
	case "assign":
		for i, unit := range append([]string{s.Unit}, s.Co...) {
			role, due := "lead", s.At.AddDate(0, 3, 0)
			if i > 0 {
				role, due = "co", s.At.AddDate(0, 0, 20)
			}
			if _, err := tx.Exec(ctx, `INSERT INTO parts (proposal_id, unit, role, status, assigned_at, due_at) VALUES ($1, $2, $3, 'assigned', $4, $5)`,
				id, unit, role, s.At, due); err != nil {
				return "", err
			}
		}
	case "accept":
		return to, one(tx.Exec(ctx, `UPDATE parts SET status = 'accepted', accepted_at = $3
			WHERE proposal_id = $1 AND unit = $2 AND status = 'assigned'`, id, s.Unit, s.At))
	case "reply":
		// The lead answers when every co-unit has.
		return to, one(tx.Exec(ctx, `UPDATE parts SET status = 'checking', reply = $3, class = $4, drafted_by = $5, drafted_at = $6
			WHERE proposal_id = $1 AND unit = $2 AND status = 'accepted' AND (role = 'co' OR NOT EXISTS (
				SELECT FROM parts WHERE proposal_id = $1 AND role = 'co' AND status <> 'answered'))`,
			id, s.Unit, s.Text, s.Class, s.By.ID, s.At))
	case "issue_reply":
		var role string
		err := tx.QueryRow(ctx, `UPDATE parts SET status = 'answered', issued_by = $3, issued_at = $4
			WHERE proposal_id = $1 AND unit = $2 AND status = 'checking' AND drafted_by <> $3 RETURNING role`,
			id, s.Unit, s.By.ID, s.At).Scan(&role)
		if role == "lead" {
			to = "replied"
		}
		return to, err
	}
	return to, nil
}

// one is the error when a statement fails or has not changed exactly one row.
func one(tag interface{ RowsAffected() int64 }, err error) error {
	if err == nil && tag.RowsAffected() != 1 {
		return fmt.Errorf("%d rows are in the state for it, not one", tag.RowsAffected())
	}
	return err
}

// proposal writes what an act does to the proposal itself.
func (h *handPgx) proposal(ctx context.Context, tx pgx.Tx, id string, s step, to string) (err error) {
	switch s.Event {
	case "file":
		_, err = tx.Exec(ctx, `UPDATE proposals SET status = $2, updated_at = $3, number = $4 WHERE id = $1`, id, to, s.At, s.Number)
	case "mark_key":
		_, err = tx.Exec(ctx, `UPDATE proposals SET status = $2, updated_at = $3, is_key = true WHERE id = $1`, id, to, s.At)
	case "give_opinion":
		_, err = tx.Exec(ctx, `UPDATE proposals SET status = $2, updated_at = $3, opinion = $4, opinion_text = $5 WHERE id = $1`,
			id, to, s.At, s.Result, s.Text)
	default:
		_, err = tx.Exec(ctx, `UPDATE proposals SET status = $2, updated_at = $3 WHERE id = $1`, id, to, s.At)
	}
	return err
}

func (h *handPgx) audit(ctx context.Context, tx pgx.Tx, id string, s step, from *string, to string) error {
	_, err := tx.Exec(ctx, `INSERT INTO audit (proposal_id, at, actor, event, unit, from_status, to_status) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		id, s.At, s.By.ID, s.Event, s.Unit, from, to)
	return err
}

func (h *handPgx) outcome(ctx context.Context, id string) (outcome, error) {
	o := outcome{Parts: map[string]string{}}
	err := h.pool.QueryRow(ctx, `SELECT status, (SELECT count(*) FROM audit WHERE proposal_id = p.id) FROM proposals p WHERE id = $1`, id).
		Scan(&o.Status, &o.Trail)
	if err != nil {
		return o, err
	}
	rows, err := h.pool.Query(ctx, `SELECT unit, status FROM parts WHERE proposal_id = $1`, id)
	if err != nil {
		return o, err
	}
	var unit, status string
	_, err = pgx.ForEachRow(rows, []any{&unit, &status}, func() error {
		o.Parts[unit] = status
		return nil
	})
	return o, err
}
