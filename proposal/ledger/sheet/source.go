package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/tian-go/tian/proposal/workflow"
)

// Limits bound what one file may make the reader hold. Zero values are the
// defaults.
type Limits struct {
	Cell     int   // bytes of one cell; 64 KiB
	Row      int   // bytes of one row; 1 MiB
	Columns  int   // columns of a table; 1000
	Packed   int64 // bytes of a workbook as it is stored; 256 MiB
	Unpacked int64 // bytes of its sheets when unpacked; 4 GiB
}

// OrDefault returns the limits with the defaults for what is zero.
func (l Limits) OrDefault() Limits {
	or := func(n *int, otherwise int) {
		if *n <= 0 {
			*n = otherwise
		}
	}
	or(&l.Cell, 1<<16)
	or(&l.Row, 1<<20)
	or(&l.Columns, 1000)
	if l.Packed <= 0 {
		l.Packed = 256 << 20
	}
	if l.Unpacked <= 0 {
		l.Unpacked = 4 << 30
	}
	return l
}

// Row is one row of a file before anything is known of it.
type Row struct {
	Sheet  string // of a workbook
	Line   int    // of the file, or of the sheet, from 1
	Cells  []string
	Stored []string // the cells without their number formats, where a spreadsheet has both
	Loose  bool     // cells at the end may be missing, as in spreadsheets
	Fault  *Fault   // the row cannot be taken apart; Cells is as much of it as can be shown
}

// Fault says why a row cannot be taken apart.
type Fault struct {
	Code    string
	Message string // in English
	Chinese string // the same in Chinese
}

func newFault(code, zh, en string, args ...any) *Fault {
	return &Fault{Code: code, Chinese: fmt.Sprintf(zh, args...), Message: fmt.Sprintf(en, args...)}
}

// Source gives the rows of a file one after the other, and io.EOF at the end. It is
// for one goroutine.
type Source interface {
	Next() (Row, error)
	Close() error // what was read from stays open
}

// Open finds out what kind of file it is, and begins to read it. A line of separated
// values is its header when isTitle holds of a cell of it, whatever separates them; a
// nil one leaves it to the first line. The error says why it is no table at all; it
// matches [workflow.ErrInvalid], unless reading failed.
func Open(in io.Reader, limits Limits, isTitle func(cell string) bool) (Source, error) {
	limits = limits.OrDefault()
	if isTitle == nil {
		isTitle = func(string) bool { return false }
	}
	b := bufio.NewReaderSize(in, 1<<16)
	begin, err := b.Peek(1 << 12)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(begin, []byte("PK\x03\x04")):
		return workbook(b, limits)
	case bytes.HasPrefix(begin, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return nil, workflow.Invalid("file", "old_workbook", "这是旧格式（.xls）或加密的工作簿，请另存为不加密的 .xlsx 或 CSV",
			"this is a workbook of the old form (.xls) or an encrypted one: save it as .xlsx without a password, or as CSV")
	case isHTML(begin):
		return newHTML(b, limits), nil
	}
	return newCSV(b, limits, isTitle), nil
}

// isHTML reports whether a text begins as a page or a table does.
func isHTML(begin []byte) bool {
	begin = bytes.TrimLeft(bytes.TrimPrefix(begin, []byte(bom)), " \t\r\n")
	if len(begin) == 0 || begin[0] != '<' {
		return false
	}
	lower := strings.ToLower(string(begin))
	return strings.Contains(lower, "<html") || strings.Contains(lower, "<table") || strings.HasPrefix(lower, "<!doctype html") ||
		strings.Contains(lower, "urn:schemas-microsoft-com:office:spreadsheet")
}
