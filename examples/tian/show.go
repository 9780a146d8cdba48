package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/examples/ledger"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// shown is a case with everything that is known of it.
type shown struct {
	Case    shownCase          `json:"case"`
	History []shownEntry       `json:"history"`
	Clocks  []workflow.Reading `json:"clocks"`
}

// shownCase puts the two halves of a case together.
type shownCase struct {
	workflow.Header
	Revision uint64             `json:"revision"`
	Proposal *proposal.Proposal `json:"proposal"`
}

// shownEntry is an entry with the hash that seals it.
type shownEntry struct {
	workflow.Entry
	Hash string `json:"hash"`
}

func showCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show ID_OR_NUMBER --db DSN",
		Short: "Show a case with its history, hash by hash, and its clocks",
		Long: `Show prints a case, its history and its clocks with the steps by which their due
dates were counted. Numbers are given by each place and session anew: where
several cases have the number, they are named, and --body tells which is meant.`,
		Args: cobra.ExactArgs(1),
	}
	db := databaseFlag(cmd, "")
	body := cmd.Flags().String("body", "", "the body whose number it is, such as county/舒城县")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return withDatabase(cmd.Context(), *db, false, func(st database) error {
			svc, err := ledger.Service(st)
			if err != nil {
				return err
			}
			p, err := find(cmd.Context(), svc, args[0], *body)
			if err != nil {
				return err
			}
			s, err := show(cmd.Context(), svc, p, time.Now())
			if err != nil {
				return err
			}
			return c.answer(s, func() error { return c.printCase(s) })
		})
	}
	return cmd
}

// find finds a case by its ID or number.
func find(ctx context.Context, svc *proposal.Service, name, body string) (*proposal.Proposal, error) {
	p, err := svc.Get(ctx, name)
	if err == nil || !errors.Is(err, workflow.ErrNotFound) && !errors.Is(err, workflow.ErrInvalid) {
		return p, err
	}
	where := []store.Match{{Attr: "number", Op: store.Is, Values: []string{name}}}
	if body != "" {
		where = append(where, store.Match{Attr: "body", Op: store.Is, Values: []string{body}})
	}
	found, err := svc.Find(ctx, "", 0, where...)
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0:
		return nil, fmt.Errorf("there is no case with the ID or number %q", name)
	case len(found) > 1:
		var which []string
		for _, p := range found {
			which = append(which, fmt.Sprintf("%s (--body %s)", p.ID, p.Body))
		}
		return nil, fmt.Errorf("%d cases have the number %s: %s", len(found), name, strings.Join(which, ", "))
	}
	return found[0], nil
}

func show(ctx context.Context, svc *proposal.Service, p *proposal.Proposal, at time.Time) (shown, error) {
	entries, err := svc.History(ctx, p.ID)
	if err != nil {
		return shown{}, err
	}
	clocks, err := svc.Readings(p, at)
	if err != nil {
		return shown{}, err
	}
	s := shown{Case: shownCase{p.Header, p.Revision, p}, History: []shownEntry{}, Clocks: clocks}
	for _, e := range entries {
		s.History = append(s.History, shownEntry{e, e.Hash})
	}
	return s, nil
}

func (c *console) printCase(s shown) error {
	p := s.Case.Proposal
	d := proposal.Nine()
	state := p.State
	for _, st := range d.States {
		if st.Key == p.State {
			state = both(st.Label.ZH, st.Label.EN)
		}
	}
	rows := [][]string{
		{"title 题目", p.Title}, {"id", p.ID}, {"body 本级政协", p.Body}, {"number 案号", p.Number},
		{"session 届次", p.Session}, {"category 类别", keyLabel(proposal.ByCategory, string(p.Category))}, {"state 状态", state},
		{"stage 环节", keyLabel(proposal.ByStage, p.Stage)}, {"definition 流程", p.Definition.String()},
		{"proposer 提案者", strings.TrimSpace(keyLabel(proposal.ByProposer, string(p.Proposer.Kind)) + " " + p.Proposer.ID)},
	}
	for _, part := range p.Parts {
		rows = append(rows, []string{"unit 承办单位", part.Unit + " " + string(part.Role) + ", " + p.PartState(part.Unit)})
	}
	if source := extra(p, ledger.ExtraSource); source != "" {
		rows = append(rows, []string{"source 来源", source})
	}
	if note := extra(p, ledger.ExtraIllustration); note != "" {
		rows = append(rows, []string{"illustration 示意", note})
	}
	rows = slices.DeleteFunc(rows, func(row []string) bool { return row[1] == "" })
	if err := c.say("%s\n%s", table(rows), historyTable(s.History)); err != nil {
		return err
	}
	for _, t := range s.Clocks {
		due := t.Due.String()
		if t.Due.IsZero() {
			due = "unknown: " + t.Why
		}
		if err := c.say("%s %s: due 到期 %s", both(t.Label.ZH, t.Label.EN), t.Of, due); err != nil {
			return err
		}
		for i, zh := range t.Trace.In("zh") {
			if err := c.say("  %s %s", zh, t.Trace.In("en")[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// historyTable prints a history; hashes are cut to their first sixteen digits.
func historyTable(history []shownEntry) string {
	rows := make([][]string, 1, 1+len(history))
	rows[0] = []string{"#", "when (UTC)", "hash", "role", "who", "what", "from → to"}
	for _, e := range history {
		var moves []string
		for _, m := range e.Moves {
			from, line := m.From, ""
			if from == "" {
				from = "·"
			}
			if m.Line != "" {
				line = m.Line + " "
			}
			if from != m.To {
				moves = append(moves, line+from+" → "+m.To)
			}
		}
		rows = append(rows, []string{
			fmt.Sprint(e.Seq), e.At.Format("2006-01-02 15:04"), cut(e.Hash, 16), e.Role, e.Actor, e.Event, strings.Join(moves, ", "),
		})
	}
	return table(rows)
}

// cut keeps the first n bytes of a hash.
func cut(hash string, n int) string { return hash[:min(n, len(hash))] }

func both(zh, en string) string { return strings.TrimSpace(zh + " " + en) }

// extra reads a text from a case's extra data, or "".
func extra(p *proposal.Proposal, key string) string {
	var text string
	if _, err := p.GetExtra(key, &text); err != nil {
		return ""
	}
	return text
}
