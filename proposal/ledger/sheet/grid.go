package sheet

import (
	"errors"
	"io"
	"iter"

	"github.com/tian-go/tian/proposal/workflow"
)

// Grid gives the cells of a table as they stand, row by row and empty rows too,
// whatever the table is of: CSV or HTML in every form that [Open] reads. It ends
// with the first row that cannot be taken apart. Workbooks have several sheets, and
// are refused.
func Grid(in io.Reader, limits Limits) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		if err := grid(in, limits, func(cells []string) bool { return yield(cells, nil) }); err != nil {
			yield(nil, err)
		}
	}
}

func grid(in io.Reader, limits Limits, row func([]string) bool) (err error) {
	s, err := Open(in, limits, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	switch s := s.(type) {
	case *csvSource:
		s.blanks = true
	case *htmlSource:
		s.blanks = true
	case *workbookSource:
		return workflow.Invalid("file", "workbook", "这是工作簿，不是CSV或HTML表格", "this is a workbook, and neither CSV nor HTML")
	}
	for {
		rec, err := s.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case rec.Fault != nil:
			return workflow.Invalid("file", rec.Fault.Code, "第%[1]d行：%[2]s", "line %[1]d: %[3]s", rec.Line, rec.Fault.Chinese, rec.Fault.Message)
		case !row(rec.Cells):
			return nil
		}
	}
}
