package report

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/ledger/sheet"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// What VerifySheets reads at most.
const (
	MaxFile = 32 << 20  // bytes of a spreadsheet
	MaxOpen = 256 << 20 // bytes of it unpacked
	MaxRows = 100_000   // rows of all its sheets
)

// Verdict is what the figures of one table of a spreadsheet come to.
type Verdict struct {
	Sheet      string       `json:"sheet"`  // "" of a table that is in no spreadsheet
	Header     string       `json:"header"` // cell at which the table's header begins
	Consistent bool         `json:"consistent"`
	Sums       []SumCell    `json:"sums"`
	Rates      []RateCell   `json:"rates"`
	Unread     []UnreadCell `json:"unread"` // cells that hold no figure where one was expected; they are not judged
}

// SumCell is a total that is printed below its parts.
type SumCell struct {
	Cell string `json:"cell"`
	rates.SumFinding
}

// RateCell is a percentage beside its count.
type RateCell struct {
	Cell string `json:"cell"`
	rates.RateFinding
}

// UnreadCell is a cell that could not be read as what its column holds.
type UnreadCell struct {
	Cell string `json:"cell"`
	Text string `json:"text"`
}

// VerifySheets reads a spreadsheet (XLSX) and holds every percentage that stands
// beside a count against it, and every total against the rows above it; see
// [rates.Report.Verify]. What a cell prints is judged, not what is stored behind
// its format.
//
// A table begins with a row of headers of which one is of counts (件数, 数量,
// count …) and one of percentages (占比, 比例, 办复率, share, % …), and ends with
// an empty row. The base of a percentage is, in this order: the column 基数 or
// base; for a rate named for another column, as 办复率 is for 办复, the column 总数
// or all; the row 合计 or total; the sum of the counts. Rows named 收到, 立案, 交办,
// 办复 or received, filed, assigned, answered on a sheet are looked at as other
// bases.
//
// A file that is no spreadsheet, or too large, or that has no such table, is an
// error that matches [workflow.ErrInvalid].
func VerifySheets(r io.Reader) ([]Verdict, error) {
	f, err := sheet.Workbook(r, sheet.Limits{Packed: MaxFile, Unpacked: MaxOpen})
	if err != nil {
		return nil, err
	}
	verdicts, err := verifyBook(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	if len(verdicts) == 0 {
		return nil, noTable()
	}
	return verdicts, nil
}

func verifyBook(f *excelize.File) ([]Verdict, error) {
	var verdicts []Verdict
	left := MaxRows
	for _, sheet := range f.GetSheetList() {
		found, err := verifySheet(sheet, rowsOf(f, sheet), &left)
		if err != nil {
			return nil, err
		}
		verdicts = append(verdicts, found...)
	}
	return verdicts, nil
}

// rowsOf gives the rows of a sheet.
func rowsOf(f *excelize.File, sheet string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		rows, err := f.Rows(sheet)
		if err != nil {
			yield(nil, workflow.Invalid(sheet, "unreadable", "工作表无法读取：%v", "the sheet cannot be read: %v", err))
			return
		}
		for n := 1; rows.Next(); n++ {
			cells, err := rows.Columns()
			if err != nil {
				err = workflow.Invalid(sheet, "unreadable", "第%d行无法读取：%v", "row %d cannot be read: %v", n, err)
			}
			if !yield(cells, err) {
				_ = rows.Close() // the reader has seen enough
				return
			}
		}
		if err := errors.Join(rows.Error(), rows.Close()); err != nil {
			yield(nil, workflow.Invalid(sheet, "unreadable", "工作表无法读取：%v", "the sheet cannot be read: %v", err))
		}
	}
}

// VerifyTable judges a table that is none of a spreadsheet, as [VerifySheets] does
// each sheet: rows gives the cells of each row, of empty ones too. Cells are named as
// a spreadsheet would that opens it. An error of rows ends it.
func VerifyTable(rows iter.Seq2[[]string, error]) ([]Verdict, error) {
	left := MaxRows
	verdicts, err := verifySheet("", rows, &left)
	if err == nil && len(verdicts) == 0 {
		err = noTable()
	}
	return verdicts, err
}

func noTable() error {
	return workflow.Invalid("file", "no_table", "没有找到同时有数量和百分比的表", "there is no table with counts and percentages")
}

// verifySheet judges the tables of one sheet. It takes its rows from those left.
func verifySheet(sheet string, rows iter.Seq2[[]string, error], left *int) ([]Verdict, error) {
	var grids []*grid
	var open *grid
	n := 0
	for cells, err := range rows {
		if err != nil {
			return nil, err
		}
		n++
		if *left--; *left < 0 {
			return nil, workflow.Invalid(cmp.Or(sheet, "file"), "too_large", "超过%d行", "more than %d rows", MaxRows)
		}
		switch g := headers(cells, n); {
		case g != nil:
			open = g
			grids = append(grids, g)
		case blank(cells):
			open = nil
		case open != nil:
			open.rows = append(open.rows, gridRow{n, cells})
		}
	}
	var verdicts []Verdict
	known := totalsOf(grids)
	for _, g := range grids {
		v, err := g.verify(sheet, known)
		if err != nil {
			return nil, err
		}
		if len(v.Rates)+len(v.Sums) > 0 {
			verdicts = append(verdicts, v)
		}
	}
	return verdicts, nil
}

// grid is one table of a sheet.
type grid struct {
	row    int // of the header
	head   []string
	counts []int  // columns
	all    int    // the column 总数, or -1
	pairs  []pair // percentages
	rows   []gridRow
}

// pair is a column of percentages with the columns it follows from.
type pair struct {
	share, count int
	base         int // -1: the total row, or the sum
}

type gridRow struct {
	n     int
	cells []string
}

func (r gridRow) at(column int) string {
	if column < 0 || column >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[column])
}

var (
	baseHead  = regexp.MustCompile(`^(基数|分母|base|base count)$`)
	shareHead = regexp.MustCompile(`(占比|比例|比重|百分比|百分率|[\p{Han}]率|%|％|percent(age)?$|share|rate)`)
	countHead = regexp.MustCompile(`^(.*(件数|数量|提案数|数|件)|count|number|cases|answered|filed|received|办复|立案|主办|协办|会办|分办|合计|总计|满意|基本满意|不满意|all)(（[^）]*）|\([^)]*\))?$`)
	allHead   = regexp.MustCompile(`^(总数|合计|总计|小计|承办总数|应办件数|交办件数|all|total)$`)
	totalRow  = regexp.MustCompile(`^(合计|总计|总数|共计|total|sum)$`)
	namedRow  = regexp.MustCompile(`^(收到|立案|交办|办复|received|filed|assigned|answered)(提案)?(数|总数|件数)?$`)
)

// headers reads a row of headers, or nil when it is none.
func headers(cells []string, n int) *grid {
	g := &grid{row: n, all: -1, head: make([]string, len(cells))}
	base := -1
	for i, c := range cells {
		h := strings.ToLower(strings.Join(strings.Fields(text.Narrow(c)), " "))
		g.head[i] = h
		if figure(h) {
			return nil
		}
		switch {
		case baseHead.MatchString(h):
			base = i
		case shareHead.MatchString(h):
			g.pairs = append(g.pairs, pair{share: i, count: -1, base: -1})
		case countHead.MatchString(h):
			g.counts = append(g.counts, i)
			if allHead.MatchString(h) {
				g.all = i
			}
		}
	}
	if len(g.pairs) == 0 || len(g.counts) == 0 {
		return nil
	}
	for k := range g.pairs {
		g.pair(&g.pairs[k], base)
	}
	return g
}

// figure reports whether a cell holds a count or a percentage.
func figure(s string) bool {
	if _, isCount := plain(s); isCount {
		return true
	}
	_, err := (rates.Rate{Count: 1, Base: 1}).Reproduces(s)
	return err == nil
}

// pair finds the columns of a percentage: the count named as the rate is, else
// the nearest before it.
func (g *grid) pair(p *pair, base int) {
	stem, isRate := strings.CutSuffix(g.head[p.share], "率")
	if !isRate {
		stem, isRate = strings.CutSuffix(g.head[p.share], " rate")
	}
	for _, c := range g.counts {
		if isRate && stem != "" && strings.HasPrefix(g.head[c], stem) {
			p.count, p.base = c, g.all
			break
		}
		if c < p.share {
			p.count = c
		}
	}
	if base >= 0 {
		p.base = base
	}
	if p.base == p.count {
		p.base = -1
	}
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// label is the first cell of a row that is no figure of a known column.
func (g *grid) label(r gridRow) string {
	for i := range r.cells {
		if s := r.at(i); s != "" && !g.holds(i) {
			return s
		}
	}
	return ""
}

func (g *grid) holds(column int) bool {
	for _, p := range g.pairs {
		if p.share == column || p.base == column {
			return true
		}
	}
	return slices.Contains(g.counts, column)
}

// plain brings a count as it is printed to digits: 1,234件.
func plain(s string) (*big.Int, bool) {
	s = strings.TrimSuffix(strings.NewReplacer(",", "", " ", "").Replace(text.Narrow(s)), "件")
	if s == "" || len(s) > 30 || strings.Trim(s, "0123456789") != "" {
		return nil, false
	}
	return new(big.Int).SetString(s, 10)
}

// totalsOf are the totals that rows of a sheet name.
func totalsOf(grids []*grid) map[string]*big.Int {
	known := make(map[string]*big.Int)
	for _, g := range grids {
		for _, r := range g.rows {
			name := strings.ToLower(g.label(r))
			if !namedRow.MatchString(name) {
				continue
			}
			if n, ok := plain(r.at(g.counts[0])); ok && known[name] == nil {
				known[name] = n
			}
		}
	}
	return known
}

func cellName(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		return fmt.Sprintf("R%dC%d", row, column+1)
	}
	return name
}

// verify holds one table against its counts.
func (g *grid) verify(sheet string, known map[string]*big.Int) (Verdict, error) {
	v := Verdict{Sheet: sheet, Header: cellName(0, g.row), Sums: []SumCell{}, Rates: []RateCell{}, Unread: []UnreadCell{}}
	report := rates.Report{Totals: known}
	labels := make(map[string]string)
	for _, c := range g.counts {
		g.sums(c, &report, labels)
	}
	for _, p := range g.pairs {
		if p.count >= 0 {
			g.rates(p, &report, labels, &v)
		}
	}
	found, err := report.Verify()
	if err != nil {
		return v, workflow.Invalid(cmp.Or(sheet, "file"), "unreadable", "%v", "%v", err)
	}
	v.Consistent = found.Consistent
	for _, s := range found.Sums {
		cell := s.Label
		s.Label = labels[cell]
		v.Sums = append(v.Sums, SumCell{cell, s})
	}
	for _, r := range found.Rates {
		cell := r.Label
		r.Label = labels[cell]
		v.Rates = append(v.Rates, RateCell{cell, r})
	}
	return v, nil
}

// total returns the index of the total row, or -1: the last that is named so.
func (g *grid) total() int {
	for i, r := range slices.Backward(g.rows) {
		if totalRow.MatchString(strings.ToLower(g.label(r))) {
			return i
		}
	}
	return -1
}

// sums holds the total of a column against the rows above it.
func (g *grid) sums(column int, report *rates.Report, labels map[string]string) {
	at := g.total()
	if at <= 0 {
		return
	}
	total, ok := plain(g.rows[at].at(column))
	if !ok {
		return
	}
	sum := rates.PrintedSum{Label: cellName(column, g.rows[at].n), Total: total}
	for _, r := range g.rows[:at] {
		if n, ok := plain(r.at(column)); ok {
			sum.Parts = append(sum.Parts, n)
		}
	}
	labels[sum.Label] = g.label(g.rows[at]) + " " + g.head[column]
	report.Sums = append(report.Sums, sum)
}

// rates takes the percentages of a column into the report, and those cells that
// hold none among the unread.
func (g *grid) rates(p pair, report *rates.Report, labels map[string]string, v *Verdict) {
	fractions := g.fractions(p.share)
	whole, complete := g.whole(p)
	for i, r := range g.rows {
		printed := r.at(p.share)
		if printed == "" || printed == "–" || printed == "-" || printed == "/" {
			continue
		}
		one := rates.PrintedRate{Label: cellName(p.share, r.n), Printed: printed, Base: whole}
		if fractions {
			one.Printed = hundredfold(printed)
		}
		var ok bool
		if one.Count, ok = plain(r.at(p.count)); !ok {
			v.Unread = append(v.Unread, UnreadCell{cellName(p.count, r.n), r.at(p.count)})
			continue
		}
		if p.base >= 0 {
			if one.Base, ok = plain(r.at(p.base)); !ok {
				v.Unread = append(v.Unread, UnreadCell{cellName(p.base, r.n), r.at(p.base)})
				continue
			}
		}
		if !figure(one.Printed) {
			v.Unread = append(v.Unread, UnreadCell{one.Label, printed})
			continue
		}
		if complete && i != g.total() {
			one.Group = cellName(p.share, g.row)
		}
		labels[one.Label] = g.label(r)
		report.Rates = append(report.Rates, one)
	}
}

// whole is what a column of percentages divides by where no column says: the
// total row, else the sum of the counts; and whether the counts add up to it, as
// those do that may have been forced to 100.
func (g *grid) whole(p pair) (whole *big.Int, complete bool) {
	sum, at := new(big.Int), g.total()
	for i, r := range g.rows {
		if n, ok := plain(r.at(p.count)); ok && i != at {
			sum.Add(sum, n)
		}
	}
	if at >= 0 {
		if n, ok := plain(g.rows[at].at(p.count)); ok {
			return n, p.base < 0 && n.Cmp(sum) == 0
		}
	}
	return sum, p.base < 0
}

// fractions reports whether a column prints shares of one, such as 0.368, rather
// than percentages: no cell has a sign or is above 1.
func (g *grid) fractions(column int) bool {
	dotted := false
	for _, r := range g.rows {
		s := text.Narrow(r.at(column))
		whole, rest, dot := strings.Cut(s, ".")
		switch {
		case s == "":
		case strings.Trim(s, "0123456789.") != "", whole != "0" && whole != "1", whole == "1" && strings.Trim(rest, "0") != "":
			return false
		}
		dotted = dotted || dot
	}
	return dotted
}

// hundredfold moves the point of a fraction two places: 0.368 is 36.8.
func hundredfold(s string) string {
	whole, rest, _ := strings.Cut(text.Narrow(s), ".")
	for len(rest) < 2 {
		rest += "0"
	}
	digits := strings.TrimLeft(whole+rest[:2], "0")
	if digits == "" {
		digits = "0"
	}
	if rest = rest[2:]; rest != "" {
		digits += "." + rest
	}
	return digits
}
