package consult

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/tian-go/tian/consult/rules"
)

// columns of the ledger's CSV: key, Chinese heading, cell.
type column struct {
	key, zh string
	cell    func(LedgerRow) string
}

func columns() []column {
	number := func(n func(LedgerRow) int) func(LedgerRow) string {
		return func(r LedgerRow) string { return strconv.Itoa(n(r)) }
	}
	yes := func(b func(LedgerRow) bool) func(LedgerRow) string {
		return func(r LedgerRow) string {
			if b(r) {
				return "yes"
			}
			return "no"
		}
	}
	here := func(kind string) func(LedgerRow) string {
		return func(r LedgerRow) string { return strconv.Itoa(r.Present[kind]) }
	}
	return []column{
		{"date", "日期", func(r LedgerRow) string { return r.On.String() }},
		{"title", "议题", func(r LedgerRow) string { return r.Title }},
		{"form", "协商形式", func(r LedgerRow) string { return r.Form }},
		{"state", "状态", func(r LedgerRow) string { return r.State }},
		{"backfilled", "补录", yes(func(r LedgerRow) bool { return r.Backfilled })},
		{"participants", "参加人数", number(func(r LedgerRow) int { return r.people() })},
		{"members", "委员", here(rules.Member)},
		{"departments", "职能部门", here(rules.Department)},
		{"interested", "利益相关方", here(rules.Interested)},
		{"residents", "群众", here(rules.Resident)},
		{"opinions", "意见", number(func(r LedgerRow) int { return r.Opinions })},
		{"answered", "已回应", number(func(r LedgerRow) int { return r.Answered })},
		{"on_spot", "现场回应", number(func(r LedgerRow) int { return r.OnSpot })},
		{"minutes", "纪要日期", func(r LedgerRow) string { return r.MinutesOn.String() }},
		{"outcomes", "成果", func(r LedgerRow) string { return strings.Join(r.Outcomes, ";") }},
		{"items", "清单事项", number(func(r LedgerRow) int { return r.Items })},
		{"confirmed", "办结认定", number(func(r LedgerRow) int { return r.Confirmed })},
		{"overdue", "逾期", number(func(r LedgerRow) int { return r.Overdue })},
		{"matters", "实事", number(func(r LedgerRow) int { return r.Matters })},
		{"follow_ups", "跟踪问效", number(func(r LedgerRow) int { return r.FollowUps })},
		{"satisfied", "满意", func(r LedgerRow) string { return strconv.FormatInt(r.Satisfied.Count, 10) }},
		{"returned", "测评表", func(r LedgerRow) string { return strconv.FormatInt(r.Satisfied.Base, 10) }},
		{"published", "公开", yes(func(r LedgerRow) bool { return r.Published })},
		{"id", "编号", func(r LedgerRow) string { return r.ID }},
	}
}

func (r LedgerRow) people() int {
	n := 0
	for _, k := range r.Present {
		n += k
	}
	return n
}

// WriteCSV writes the rows in UTF-8 with a heading in lang, "zh" or, for any
// other, the stable keys. A cell that a spreadsheet would run as a formula gets
// an apostrophe before it.
func (l *Ledger) WriteCSV(w io.Writer, lang string) error {
	out := csv.NewWriter(w)
	list := columns()
	line := make([]string, len(list))
	for i, c := range list {
		if line[i] = c.key; lang == "zh" {
			line[i] = c.zh
		}
	}
	if err := out.Write(line); err != nil {
		return fmt.Errorf("consult: ledger of %s: %w", l.ID, err)
	}
	for _, r := range l.Rows {
		for i, c := range list {
			line[i] = inert(c.cell(r))
		}
		if err := out.Write(line); err != nil {
			return fmt.Errorf("consult: ledger of %s: %w", l.ID, err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("consult: ledger of %s: %w", l.ID, err)
	}
	return nil
}

// inert keeps a cell from being a formula.
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
