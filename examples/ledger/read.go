package ledger

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/text"
)

// Ledger is what has been read of a file: the rows that can be taken in, and
// those that cannot.
type Ledger struct {
	Rows    []Row
	Refused []Refusal // in the order of their lines
	Ignored []string  // columns of the file that are none of a ledger's
}

// Size is the number of rows of the file, refused ones included. Blank lines
// are none.
func (l Ledger) Size() int { return len(l.Rows) + len(l.Refused) }

const bom = "\xef\xbb\xbf"

// Read reads a ledger: CSV in UTF-8, with or without a byte order mark, whose
// header has the names of [Columns], or those that offices print, in any order.
// Only a title is needed; columns that are none of ours are left aside, and named
// in Ignored. A row that is malformed is refused, and the ones after it are read
// all the same. The error says why the file is no ledger at all.
func Read(data []byte) (Ledger, error) {
	data = bytes.TrimPrefix(data, []byte(bom))
	in := &lines{data: data}
	header, err := in.next()
	switch {
	case errors.Is(err, io.EOF):
		return Ledger{}, errors.New("line 1: the file is empty; a ledger begins with a header")
	case err != nil:
		return Ledger{}, fmt.Errorf("line %d: the header is malformed: %w", in.line, err)
	}
	order, ignored, err := columns(header)
	if err != nil {
		return Ledger{}, fmt.Errorf("line %d: %w", in.line, err)
	}
	l := Ledger{Ignored: ignored}
	seen := make(map[string]int) // IDs of rows, and numbers in use → line
	for {
		record, err := in.next()
		if errors.Is(err, io.EOF) {
			return l, nil
		}
		row, refusal := parse(record, err, order, len(header), in.line)
		if refusal == nil {
			refusal = once(seen, row)
		}
		if refusal != nil {
			l.Refused = append(l.Refused, *refusal)
			continue
		}
		l.Rows = append(l.Rows, row)
	}
}

// columns returns where in a record each of Columns stands, -1 where it does not,
// and the columns that are none of ours.
func columns(header []string) (order []int, ignored []string, err error) {
	names := Columns()
	order = slices.Repeat([]int{-1}, len(names))
	for i, printed := range header {
		if !utf8.ValidString(printed) {
			return nil, nil, fmt.Errorf("column %d of the header is not UTF-8; a spreadsheet may have saved the file in GBK", i+1)
		}
		at := slices.Index(names, columnNamed(printed))
		switch {
		case at < 0:
			ignored = append(ignored, short(printed))
		case order[at] >= 0:
			return nil, nil, fmt.Errorf("the column %q is there twice", names[at])
		default:
			order[at] = i
		}
	}
	if order[slices.Index(names, "title")] < 0 {
		return nil, nil, errors.New(`the column "title" (案由, 题目) is missing`)
	}
	return order, ignored, nil
}

// once refuses a row that is there twice, or whose number is.
func once(seen map[string]int, r Row) *Refusal {
	id := r.ID()
	if line, twice := seen[id]; twice {
		return &Refusal{r.Line, "row_duplicate", fmt.Sprintf("the same row is on line %d", line)}
	}
	if r.Number != "" {
		_, key := text.Number(r.Number)
		number := strings.Join([]string{"number", r.Body(), r.term(), key}, "\x00")
		if line, twice := seen[number]; twice {
			return &Refusal{r.Line, "number_duplicate", fmt.Sprintf("number %s of this place and session is on line %d", r.Number, line)}
		}
		seen[number] = r.Line
	}
	seen[id] = r.Line
	return nil
}

// lines reads records and knows on which line each begins, also after one that
// is malformed: reading then goes on with the line after the one it began on,
// so that a stray quotation mark takes no other row along.
type lines struct {
	data   []byte
	base   int // the offset in data from which reader reads
	before int // lines of data before base
	reader *csv.Reader
	line   int // on which the record read last begins
}

func (l *lines) next() ([]string, error) {
	if l.reader == nil {
		l.reader = csv.NewReader(bytes.NewReader(l.data[l.base:]))
		l.reader.FieldsPerRecord = -1
	}
	record, err := l.reader.Read()
	var malformed *csv.ParseError
	switch {
	case err == nil:
		line, _ := l.reader.FieldPos(0)
		l.line = l.before + line
	case errors.As(err, &malformed):
		l.line = l.before + malformed.StartLine
		l.skip(malformed.StartLine)
		l.before, l.reader = l.line, nil
		err = malformed.Err
	}
	return record, err
}

// skip moves base past n lines, or to the end.
func (l *lines) skip(n int) {
	for range n {
		i := bytes.IndexByte(l.data[l.base:], '\n')
		if i < 0 {
			l.base = len(l.data)
			return
		}
		l.base += i + 1
	}
}

// short keeps what is quoted from a file from filling a screen.
func short(s string) string {
	const most = 60 // characters
	if utf8.RuneCountInString(s) > most {
		return string([]rune(s)[:most]) + "…"
	}
	return s
}
