package sheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/xuri/excelize/v2"

	"github.com/tian-go/tian/proposal/text"
)

// Table is a table to be written: a header and rows, which end with their first error.
type Table struct {
	Name string // of its sheet, where it is one of a workbook
	Head []string
	Rows iter.Seq2[[]string, error]
}

// each gives the header and the rows, with no cell that is a formula.
func (t Table) each(put func([]string) error) error {
	inert := func(cells []string) []string {
		safe := make([]string, len(cells))
		for i, c := range cells {
			safe[i] = text.Inert(c)
		}
		return safe
	}
	if err := put(inert(t.Head)); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	for cells, err := range t.Rows {
		if err != nil {
			return err
		}
		if err := put(inert(cells)); err != nil {
			return fmt.Errorf("sheet: %w", err)
		}
	}
	return nil
}

// WriteCSV writes a table as CSV in UTF-8 with a byte order mark, which spreadsheets
// need.
func WriteCSV(w io.Writer, t Table) error {
	if _, err := io.WriteString(w, bom); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	c := csv.NewWriter(w)
	if err := t.each(c.Write); err != nil {
		return err
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return nil
}

// WriteXLSX writes tables as a workbook, each on a sheet of its own. Every cell is
// text, and rows beyond a small number are kept on disk until the end. A sheet has at
// most 1,048,576 rows.
func WriteXLSX(w io.Writer, tables ...Table) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	for i, t := range tables {
		if i == 0 {
			err = f.SetSheetName("Sheet1", t.Name)
		} else {
			_, err = f.NewSheet(t.Name)
		}
		if err != nil {
			return fmt.Errorf("sheet: %w", err)
		}
		if err := stream(f, t); err != nil {
			return err
		}
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return nil
}

func stream(f *excelize.File, t Table) error {
	s, err := f.NewStreamWriter(t.Name)
	if err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	n := 0
	err = t.each(func(cells []string) error {
		n++
		line := make([]any, len(cells))
		for i, c := range cells {
			line[i] = c
		}
		at, err := excelize.CoordinatesToCellName(1, n)
		if err != nil {
			return fmt.Errorf("row %d: %w", n, err)
		}
		return s.SetRow(at, line) //nolint:wrapcheck // each says where
	})
	if err != nil {
		return err
	}
	if err := s.Flush(); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return nil
}
