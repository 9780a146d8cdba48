package report

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/tian-go/tian/proposal/workflow"
)

// XLSX writes the report as a spreadsheet: a sheet for each section, and one
// that lists the cases behind the figures. Rows are streamed: the memory it
// takes does not grow with them.
func (r *Report) XLSX(w io.Writer) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	book := &book{file: f}
	for _, s := range r.sections() {
		if err := book.section(s); err != nil {
			return err
		}
	}
	if err := book.cases(r); err != nil {
		return err
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	f.SetActiveSheet(0)
	title := r.Title()
	if err := f.SetDocProps(&excelize.DocProperties{Title: title}); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if _, err := f.WriteTo(w); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

type book struct {
	file *excelize.File

	title, head, text, whole, percent, note int // styles
}

// styles makes the styles of cells, once.
func (b *book) styles() error {
	if b.title != 0 {
		return nil
	}
	line := []excelize.Border{{Type: "bottom", Style: 1, Color: "D5DBE2"}}
	percent := "0.00%"
	for to, s := range map[*int]*excelize.Style{
		&b.title:   {Font: &excelize.Font{Bold: true, Size: 14, Color: "A61C24"}},
		&b.head:    {Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F6F3EF"}}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}, Border: line},
		&b.text:    {Border: line, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}},
		&b.whole:   {Border: line, NumFmt: 1},
		&b.percent: {Border: line, CustomNumFmt: &percent},
		&b.note:    {Font: &excelize.Font{Color: "5A6572", Size: 9}},
	} {
		id, err := b.file.NewStyle(s)
		if err != nil {
			return fmt.Errorf("report: %w", err)
		}
		*to = id
	}
	return nil
}

// stream begins a sheet.
func (b *book) stream(name string, widths ...float64) (*excelize.StreamWriter, error) {
	if err := b.styles(); err != nil {
		return nil, err
	}
	if _, err := b.file.NewSheet(name); err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	s, err := b.file.NewStreamWriter(name)
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	for i, width := range widths {
		if err := s.SetColWidth(i+1, i+1, width); err != nil {
			return nil, fmt.Errorf("report: %w", err)
		}
	}
	return s, nil
}

// sheetName is a name that a sheet may have: at most 31 characters, some of them
// not allowed.
func sheetName(title string) string {
	name := []rune(strings.Map(func(c rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, c) {
			return ' '
		}
		return c
	}, title))
	return string(name[:min(len(name), 31)])
}

// section writes a section as a sheet of its own.
func (b *book) section(s section) error {
	widths := []float64{36}
	for _, t := range s.Tables {
		for i := range t.Head[1:] {
			width := 13.0
			if i < t.Words {
				width = []float64{44, 22, 16}[min(i, 2)]
			}
			if len(widths) <= i+1 {
				widths = append(widths, width)
			}
		}
	}
	w, err := b.stream(sheetName(s.Title), widths...)
	if err != nil {
		return err
	}
	sheet := &rows{to: w}
	sheet.add(excelize.Cell{Value: s.Title, StyleID: b.title})
	if s.Lead != "" {
		sheet.add(excelize.Cell{Value: s.Lead, StyleID: b.note})
	}
	if s.Drawing != nil {
		sheet.add()
		for _, step := range s.Drawing.Steps {
			sheet.add(excelize.Cell{Value: step.Name, StyleID: b.text}, excelize.Cell{Value: step.Count, StyleID: b.whole})
		}
	}
	for _, t := range s.Tables {
		b.table(sheet, t)
	}
	return sheet.end()
}

func (b *book) table(sheet *rows, t table) {
	sheet.add()
	sheet.add(excelize.Cell{Value: t.Caption, StyleID: b.title})
	head := make([]any, len(t.Head))
	for i, h := range t.Head {
		head[i] = excelize.Cell{Value: h, StyleID: b.head}
	}
	sheet.add(head...)
	for _, row := range t.Rows {
		cells := []any{excelize.Cell{Value: row.Name, StyleID: b.text}}
		for _, c := range row.Cells {
			cells = append(cells, b.cell(c))
		}
		sheet.add(cells...)
	}
	if t.Note != "" {
		sheet.add(excelize.Cell{Value: t.Note, StyleID: b.note})
	}
}

// cell is a cell with its value: a number, a share that a spreadsheet prints as
// a percentage, or a text, which is never a formula.
func (b *book) cell(c cell) excelize.Cell {
	switch c.Is {
	case count:
		return excelize.Cell{Value: c.Count, StyleID: b.whole}
	case share:
		if n, err := strconv.ParseFloat(strings.TrimSuffix(c.Text, "%"), 64); err == nil {
			return excelize.Cell{Value: n / 100, StyleID: b.percent}
		}
	case phrase:
	}
	return excelize.Cell{Value: c.Text, StyleID: b.text}
}

// cases lists the cases behind each figure that has some.
func (b *book) cases(r *Report) error {
	w, err := b.stream(sheetName(r.say("数字背后的提案", "Cases behind the figures")), 30, 36, 12, 12, 60)
	if err != nil {
		return err
	}
	sheet := &rows{to: w}
	head := []string{r.say("表", "table"), r.say("项目", "item"), r.say("数量", "count"), r.say("列出", "listed"), r.say("编号", "IDs")}
	line := make([]any, len(head))
	for i, h := range head {
		line[i] = excelize.Cell{Value: h, StyleID: b.head}
	}
	sheet.add(line...)
	for _, s := range r.sections() {
		for _, t := range s.Tables {
			for _, row := range t.Rows {
				if len(row.Cases) == 0 {
					continue
				}
				n := excelize.Cell{Value: "", StyleID: b.text}
				if row.Cells[0].Is == count {
					n = b.cell(row.Cells[0])
				}
				sheet.add(excelize.Cell{Value: t.Caption, StyleID: b.text}, excelize.Cell{Value: row.Name, StyleID: b.text}, n,
					excelize.Cell{Value: len(row.Cases), StyleID: b.whole}, excelize.Cell{Value: strings.Join(row.Cases, "\n"), StyleID: b.text})
			}
		}
	}
	return sheet.end()
}

// rows writes one row after another, until the first error.
type rows struct {
	to  *excelize.StreamWriter
	n   int
	err error
}

func (s *rows) add(cells ...any) {
	s.n++
	if s.err != nil {
		return
	}
	at, err := excelize.CoordinatesToCellName(1, s.n)
	if err == nil {
		err = s.to.SetRow(at, cells)
	}
	s.err = err
}

func (s *rows) end() error {
	if s.err == nil {
		s.err = s.to.Flush()
	}
	if s.err != nil {
		return workflow.Invalid("sheet", "unwritable", "表格写不成：%v", "the spreadsheet cannot be written: %v", s.err)
	}
	return nil
}
