package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// shown is a case with everything that is known of it.
type shown struct {
	Case    shownCase          `json:"case"`
	History []shownEntry       `json:"history"`
	Clocks  []workflow.Reading `json:"clocks"`

	zone  *time.Location // of the body
	names names
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
		Use:     "show ID_OR_NUMBER --db DSN",
		Short:   c.t("显示一件提案及其办理过程、时限", "Show a case with its history, hash by hash, and its clocks"),
		Example: "  tian show 2016-079 --db tian.db\n  tian show 一号 --db tian.db --body county/汉寿县",
		Long: c.t(`显示一件提案及其办理过程、各项时限和到期日的推算步骤。案号在各政协、各届次分别编列：几件提案案号相同时逐一列出，用 --body 指明是哪一件。`,
			`Show prints a case, its history and its clocks with the steps by which their due
dates were counted. Numbers are given by each place and session anew: where
several cases have the number, they are named, and --body tells which is meant.`),
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
		return nil, said("没有编号或案号为“%s”的提案", "there is no case with the ID or number %q", name)
	case len(found) > 1:
		var which []string
		for _, p := range found {
			which = append(which, fmt.Sprintf("%s (--body %s)", p.ID, p.Body))
		}
		return nil, said("有%d件提案的案号为%s：%s", "%d cases have the number %s: %s", len(found), name, strings.Join(which, ", "))
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
	s := shown{Case: shownCase{p.Header, p.Revision, p}, History: []shownEntry{}, Clocks: clocks, zone: zoneOf(svc, p.Body), names: namesOf(svc, p.Definition)}
	for _, e := range entries {
		s.History = append(s.History, shownEntry{e, e.Hash})
	}
	return s, nil
}

func (c *console) printCase(s shown) error {
	p, w := s.Case.Proposal, words{c.lang, s.names}
	number, proposer := or(p.Number, extra(p, ledger.ExtraNumber)), p.Proposer.ID
	rows := [][]string{
		{c.t("题目", "title"), p.Title}, {"ID", p.ID}, {c.t("本级政协", "body"), strings.ReplaceAll(p.Body, "unstated", c.t("未载明", "not stated"))}, {c.t("案号", "number"), number},
		{c.t("届次", "session"), p.Session}, {c.t("类别", "category"), or(c.keyLabel(proposal.ByCategory, string(p.Category)), extra(p, ledger.ExtraCategory))},
		{c.t("状态", "state"), w.state("", p.State)}, {c.t("环节", "stage"), w.stage(p.Stage)}, {c.t("流程", "definition"), p.Definition.String()},
		{c.t("提案者", "proposer"), strings.TrimSpace(c.keyLabel(proposal.ByProposer, string(p.Proposer.Kind)) + " " + proposer)},
	}
	for i := range p.Parts {
		part := &p.Parts[i]
		rows = append(rows, []string{c.t("承办单位", "unit"), fmt.Sprintf("%s (%s) %s", part.Unit, c.partRole(part.Role), w.state("part/", p.PartState(part.Unit)))})
	}
	rows = append(rows, []string{c.t("来源", "source"), extra(p, ledger.ExtraSource)}, []string{c.t("示意", "illustration"), extra(p, ledger.ExtraIllustration)})
	rows = slices.DeleteFunc(rows, func(row []string) bool { return row[1] == "" })
	if err := c.say("%s\n%s", fitted(rows), c.historyTable(s, w)); err != nil {
		return err
	}
	for _, t := range s.Clocks {
		due := t.Due.String()
		if t.Due.IsZero() {
			due = c.t("未知：", "unknown: ") + t.Why
		}
		lines := wrap(fmt.Sprintf("%s %s: %s %s", t.Label.In(c.lang, t.Limit), t.Of, c.t("到期", "due"), due), screen)
		for _, step := range t.Trace.In(c.lang) {
			for _, line := range wrap(step, screen-len("  ")) {
				lines = append(lines, "  "+line)
			}
		}
		if err := c.say("%s", strings.Join(lines, "\n")); err != nil {
			return err
		}
	}
	return nil
}

// historyTable prints a history in the time of its body; hashes are cut to their
// first eight digits.
func (c *console) historyTable(s shown, w words) string {
	zone := s.zone
	if zone == nil {
		zone = time.UTC
	}
	when := c.t("时间", "when")
	if len(s.History) > 0 {
		when += " (" + zoneName(s.History[0].At, zone) + ")"
	}
	rows := [][]string{{"#", when, c.t("哈希", "hash"), c.t("身份", "role"), c.t("何人", "who"), c.t("事项与去向", "what, from → to")}}
	for _, e := range s.History {
		var moves []string
		for _, m := range e.Moves {
			if m.From == m.To {
				continue
			}
			move := w.state(m.Line, m.To)
			if m.From != "" {
				move = w.state(m.Line, m.From) + " → " + move
			}
			if m.Line != "" {
				move = w.track(m.Line) + " " + move
			}
			moves = append(moves, move)
		}
		what := w.event(e.Event).In(c.lang, e.Event)
		if len(moves) > 0 {
			what += c.t("：", ": ") + strings.Join(moves, c.t("；", "; "))
		}
		rows = append(rows, []string{fmt.Sprint(e.Seq), clockTime(e.At, zone), cut(e.Hash, 8), w.role(e.Role), e.Actor, what})
	}
	return fitted(rows)
}

// cut keeps the first n bytes of a hash.
func cut(hash string, n int) string { return hash[:min(n, len(hash))] }

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// zoneOf is the zone of a body; China's, where the database does not say.
func zoneOf(svc *proposal.Service, body string) *time.Location {
	if _, known := svc.Tree().Body(body); known {
		return svc.Tree().Zone(body)
	}
	return time.FixedZone("UTC+8", 8*60*60)
}

// extra reads a text from a case's extra data, or "".
func extra(p *proposal.Proposal, key string) string {
	var text string
	if _, err := p.GetExtra(key, &text); err != nil {
		return ""
	}
	return text
}
