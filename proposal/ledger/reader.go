package ledger

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/ledger/sheet"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// titleRows is how many rows a title above the first header may take up.
const titleRows = 30

// Reader reads a ledger row by row: CSV in UTF-8, UTF-16, GBK or GB18030, XLSX,
// and the HTML tables that some systems export as .xls. It holds one row at a
// time, and some bytes of each to tell the same row again; of a workbook, what
// is packed. It is for one goroutine.
//
// A file may have a title above its header, several tables each under a header
// of its own, headers over two rows with merged cells, and several sheets. Only a
// title is needed of the columns.
type Reader struct {
	source sheet.Source
	limits sheet.Limits
	means  reading
	table  *Table
	order  places
	header []string
	ahead  []sheet.Row
	seen   seen
	tables []Table
	cut    string // the sheet that is passed over, because it has no header
}

// places is where in a row each column stands. Headers that are spelled in several
// ways may name it more than once.
type places map[string][]int

// Table is how one table of a file was understood.
type Table struct {
	Sheet   string   `json:"sheet,omitempty"`
	Line    int      `json:"line"` // of its header
	Columns []Column `json:"columns"`
}

// Column is how one column was understood.
type Column struct {
	Header string   `json:"header"`
	Means  string   `json:"means,omitempty"`   // a column of Columns, or Ignore; "": not understood
	Filled int      `json:"filled"`            // rows in which it is not empty
	Sample string   `json:"sample,omitempty"`  // the first of them
	Words  []string `json:"unknown,omitempty"` // the first words of a coded column that were not understood
}

// Open begins to read a ledger. The error says why it is none at all; it matches
// [workflow.ErrInvalid], unless reading failed. A zero Map is [DefaultMap].
func Open(in io.Reader, m Map, limits sheet.Limits) (*Reader, error) {
	if m.Columns == nil && m.Words == nil {
		m = DefaultMap()
	}
	limits = limits.OrDefault()
	means := m.reading()
	s, err := sheet.Open(in, limits, func(cell string) bool { return means.column(cell) == "title" })
	if err != nil {
		return nil, err
	}
	r := &Reader{source: s, limits: limits, means: means, seen: seen{}}
	if err := r.begin(); err != nil {
		_ = s.Close() // the other error says more
		return nil, err
	}
	return r, nil
}

// Close lets go of the file. What was read from stays open.
func (r *Reader) Close() error { return r.source.Close() }

// Tables returns how the tables that have been met were understood.
func (r *Reader) Tables() []Table { return r.tables }

// begin finds the first header.
func (r *Reader) begin() error {
	first, nth := sheet.Row{}, 0
	for ; nth < titleRows; nth++ {
		rec, err := r.source.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if nth == 0 {
			first = rec
		}
		ok, err := r.heads(rec)
		if err != nil {
			return err
		}
		if ok {
			return nil
		}
	}
	switch {
	case nth == 0:
		return workflow.Invalid("file", "empty", "第1行：文件是空的，台账以表头开始", "line 1: the file is empty; a ledger begins with a header")
	case first.Fault != nil:
		return workflow.Invalid("file", "header", "第%[1]d行：表头有误：%[2]s", "line %[1]d: the header is malformed: %[3]s", first.Line, first.Fault.Chinese, first.Fault.Message)
	}
	return workflow.Invalid("file", "no_title", "第%d行：没有“案由”（题目、标题、title）一列",
		`line %d: the column "title" (案由, 题目) is missing`, first.Line)
}

// heads reports whether a row is the header of a table, and begins the table.
func (r *Reader) heads(rec sheet.Row) (bool, error) {
	if rec.Fault != nil {
		return false, nil
	}
	order, known, err := r.placed(rec)
	if err != nil || order == nil || known < 2 && r.inTable(rec) && !slices.Equal(rec.Cells, r.header) {
		return false, err
	}
	header := rec.Cells
	columns := make([]Column, len(header))
	for i, h := range header {
		columns[i] = Column{Header: short(strings.Join(strings.Fields(h), " ")), Means: r.means.column(h)}
	}
	next, err := r.record()
	switch {
	case errors.Is(err, io.EOF):
	case err != nil:
		return false, err
	default:
		if both := r.below(header, columns, next); both != nil {
			columns = both
			header = make([]string, len(columns))
			for i, c := range columns {
				header[i] = c.Header
			}
			if order, _, err = r.placedAt(columns, rec); err != nil {
				return false, err
			}
		} else {
			r.ahead = append([]sheet.Row{next}, r.ahead...)
		}
	}
	r.tables = append(r.tables, Table{Sheet: rec.Sheet, Line: rec.Line, Columns: columns})
	r.table, r.order, r.header = &r.tables[len(r.tables)-1], order, header
	return true, nil
}

// inTable reports whether a row can be one of the present table: then it takes
// more than one known name to be a header.
func (r *Reader) inTable(rec sheet.Row) bool { return r.table != nil && r.table.Sheet == rec.Sheet }

// placed returns where in a row each column stands, nil when the row is no
// header, and how many are known.
func (r *Reader) placed(rec sheet.Row) (order places, known int, err error) {
	columns := make([]Column, len(rec.Cells))
	for i, header := range rec.Cells {
		columns[i] = Column{Header: header, Means: r.means.column(header)}
	}
	return r.placedAt(columns, rec)
}

func (r *Reader) placedAt(columns []Column, rec sheet.Row) (order places, known int, err error) {
	order = make(places)
	twice := ""
	for i, c := range columns {
		if c.Means == "" || c.Means == Ignore {
			continue
		}
		known++
		for _, before := range order[c.Means] {
			if heading(columns[before].Header) == heading(c.Header) {
				twice = c.Means
			}
		}
		order[c.Means] = append(order[c.Means], i)
	}
	switch {
	case order["title"] == nil:
		return nil, 0, nil
	case twice != "" && (!r.inTable(rec) || known > 2):
		return nil, 0, workflow.Invalid("file", "column_twice", "第%d行：列%q出现两次；可用列名对照表把其中一列列入 ignore",
			"line %d: the column %q is there twice; a map can name one of them under ignore", rec.Line, twice)
	}
	return order, known, nil
}

// below puts a header together that goes over two rows, because cells above
// others are merged; nil when the next row is no header. A name that is not known
// stands behind the one above it.
func (r *Reader) below(header []string, columns []Column, next sheet.Row) []Column {
	if next.Fault != nil || len(next.Cells) > len(header)+r.limits.Columns {
		return nil
	}
	both, named, upper := slices.Clone(columns), 0, ""
	for i, cell := range next.Cells {
		if i < len(header) && strings.TrimSpace(header[i]) != "" {
			upper = header[i]
		}
		if strings.TrimSpace(cell) == "" || i < len(header) && cell == header[i] {
			continue
		}
		if i < len(columns) && columns[i].Means == "title" {
			return nil // a row with a title
		}
		means := r.means.under(upper, cell)
		switch {
		case means != "":
			named++
		case !isCovered(header, i, len(next.Cells)) || strings.ContainsAny(cell, "0123456789"):
			return nil
		}
		for len(both) <= i {
			both = append(both, Column{})
		}
		both[i] = Column{Header: short(strings.Join(strings.Fields(cell), " ")), Means: means}
		if means == "" {
			both[i].Header = short(strings.Join(strings.Fields(upper+" "+cell), " "))
		}
	}
	if named == 0 {
		return nil
	}
	return both
}

// isCovered reports whether a column of a header stands under a cell that goes over
// several.
func isCovered(header []string, i, width int) bool {
	blank := func(i int) bool {
		return i >= len(header) && i < width || i < len(header) && strings.TrimSpace(header[i]) == ""
	}
	return blank(i) || blank(i+1)
}

func (r *Reader) record() (sheet.Row, error) {
	if len(r.ahead) > 0 {
		rec := r.ahead[0]
		r.ahead = r.ahead[1:]
		return rec, nil
	}
	return r.source.Next()
}

// Next returns the next row, or what is wrong with it. It returns io.EOF after
// the last, and any other error when the rest cannot be read.
func (r *Reader) Next() (Row, *Refusal, error) {
	for {
		rec, err := r.record()
		if err != nil {
			return Row{}, nil, err
		}
		if rec.Sheet != r.table.Sheet && rec.Sheet != r.cut {
			r.cut = ""
		}
		head, err := r.heads(rec)
		switch {
		case err != nil:
			return Row{}, nil, err
		case head:
			continue
		case rec.Sheet != r.table.Sheet: // a sheet, or what stands above its header
			r.cut = rec.Sheet
			continue
		case rec.Fault == nil && filled(rec.Cells) == 0: // an empty row
			continue
		case rec.Fault == nil && filled(rec.Cells) == 1 && r.isTitleOfNext(rec):
			continue
		}
		row, refused := r.row(rec)
		return row, refused, nil
	}
}

// isTitleOfNext reports whether a row with one cell stands above a header.
func (r *Reader) isTitleOfNext(rec sheet.Row) bool {
	if len(r.header) < 2 {
		return false
	}
	next, err := r.record()
	if err != nil {
		return false // it ends there, and says so again
	}
	r.ahead = append([]sheet.Row{next}, r.ahead...)
	if next.Fault != nil || next.Sheet != rec.Sheet {
		return false
	}
	order, known, err := r.placed(next)
	return err == nil && order != nil && known >= 2
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// row makes a row of a record, or says what is wrong with it.
func (r *Reader) row(rec sheet.Row) (Row, *Refusal) {
	row := Row{Sheet: rec.Sheet, Line: rec.Line, header: r.header, cells: rec.Cells}
	if rec.Fault != nil {
		return row, row.refused(rec.Fault.Code, "%[1]s", "%[2]s", rec.Fault.Chinese, rec.Fault.Message)
	}
	width := len(r.header)
	for len(rec.Cells) < width && (rec.Loose || strings.TrimSpace(r.header[len(rec.Cells)]) == "") {
		rec.Cells = append(rec.Cells, "")
	}
	for len(rec.Cells) > width && strings.TrimSpace(rec.Cells[len(rec.Cells)-1]) == "" {
		rec.Cells = rec.Cells[:len(rec.Cells)-1]
	}
	if len(rec.Cells) != width {
		return row, row.refused("row_fields", "这一行有%d列，表头有%d列", "the row has %d fields, and the header %d", len(rec.Cells), width)
	}
	for i := range rec.Cells {
		if len(rec.Cells[i]) > r.limits.Cell {
			name := r.table.Columns[i].Means
			rec.Cells[i] = short(rec.Cells[i])
			return row, row.refused(name+"_too_long", "单元格超过%d字节", "the cell has more than %d bytes", r.limits.Cell)
		}
		rec.Cells[i] = text.Bare(rec.Cells[i])
		r.table.Columns[i].meets(rec.Cells[i])
	}
	if refused := row.read(rec, r.order, r.means, r.table); refused != nil {
		return row, refused
	}
	return row, r.seen.once(row)
}

// meets counts a cell.
func (c *Column) meets(cell string) {
	if strings.TrimSpace(cell) == "" {
		return
	}
	if c.Filled++; c.Filled == 1 {
		c.Sample = short(strings.TrimSpace(cell))
	}
}

// Ledger is what has been read of a file that is small enough to be held: the
// rows that can be taken in, and those that cannot.
type Ledger struct {
	Rows    []Row
	Refused []Refusal // in the order of their lines
	Ignored []string  // columns of the file that are none of a ledger's
}

// Size is the number of rows of the file, refused ones included. Blank lines
// are none.
func (l Ledger) Size() int { return len(l.Rows) + len(l.Refused) }

// Read reads a whole ledger with [DefaultMap]; see [Reader]. A row that is
// malformed is refused, and the ones after it are read all the same. The error
// says why the file is no ledger at all.
func Read(data []byte) (Ledger, error) {
	r, err := Open(bytes.NewReader(data), Map{}, sheet.Limits{})
	if err != nil {
		return Ledger{}, err
	}
	var l Ledger
	for {
		row, refused, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			l.Ignored = r.Ignored()
			return l, r.Close()
		case err != nil:
			return l, errors.Join(err, r.Close())
		case refused != nil:
			l.Refused = append(l.Refused, *refused)
		default:
			l.Rows = append(l.Rows, row)
		}
	}
}

// Ignored returns the headers met so far that were not understood.
func (r *Reader) Ignored() []string {
	var headers []string
	for _, t := range r.tables {
		for _, c := range t.Columns {
			if c.Means == "" && c.Header != "" {
				headers = append(headers, c.Header)
			}
		}
	}
	return headers
}

// short keeps what is quoted from a file from filling a screen.
func short(s string) string {
	const most = 60 // characters
	if utf8.RuneCountInString(s) > most {
		return string([]rune(s)[:most]) + "…"
	}
	return s
}
