package sheet

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

// csvSource reads comma-separated values, also with tabs or semicolons. A row
// that is malformed takes no other along: reading goes on with the line after
// the one on which it began.
type csvSource struct {
	lines  *lines
	limits Limits
	comma  byte
	blanks bool // empty lines are rows too
}

// titleRows is how many lines above the header are looked at.
const titleRows = 30

// linesInRow is how many lines a quoted cell may take a row over.
const linesInRow = 1000

// separators are what cells may be separated by.
const separators = ",\t;|"

func newCSV(in *bufio.Reader, limits Limits, isTitle func(cell string) bool) *csvSource {
	s := &csvSource{lines: newLines(in, limits.Row), limits: limits, comma: ','}
	var ahead []line
	found := false
	for len(ahead) < titleRows && !found {
		l, err := s.lines.next()
		if err != nil {
			break // met again on reading
		}
		ahead = append(ahead, l)
		for _, c := range []byte(separators) {
			if found = heads(l.text, c, isTitle); found {
				s.comma = c
				break
			}
		}
	}
	for i := 0; i < len(ahead) && !found; i++ {
		if found = strings.ContainsAny(ahead[i].text, separators); found {
			s.comma = separator(ahead[i].text)
		}
	}
	s.lines.unread(ahead)
	return s
}

// heads reports whether a line is a header when its cells are separated so: then
// isTitle holds of one of several. A quoted cell may continue on the next line.
func heads(line string, comma byte, isTitle func(cell string) bool) bool {
	cells := strings.Split(line, string(comma))
	for _, cell := range cells {
		if len(cells) > 1 && isTitle(strings.Trim(cell, `"`)) {
			return true
		}
	}
	return false
}

// separator is what the cells of a line are separated by.
func separator(line string) byte {
	best := byte(',')
	for _, c := range []byte(separators) {
		if strings.Count(line, string(c)) > strings.Count(line, string(best)) {
			best = c
		}
	}
	return best
}

// Close does nothing.
func (s *csvSource) Close() error { return nil }

// Next returns the next row.
func (s *csvSource) Next() (Row, error) {
	for {
		first, err := s.lines.next()
		if err != nil {
			return Row{}, err
		}
		if first.text == "" && !first.long && !s.blanks {
			continue
		}
		return s.row(first)
	}
}

// row takes a row apart that begins with a line.
func (s *csvSource) row(first line) (Row, error) {
	r := Row{Line: first.number}
	if first.long {
		r.Fault, r.Cells = tooLong(s.limits.Row), []string{first.text}
		return r, nil
	}
	used, size := []line(nil), len(first.text)
	var fault error
	more := func() (string, bool) {
		if len(used) >= linesInRow {
			return "", false
		}
		l, err := s.lines.next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				fault = err
			}
			return "", false
		}
		used = append(used, l)
		size += len(l.text)
		return l.text, !l.long && size <= s.limits.Row
	}
	cells, ok := split(first.text, s.comma, s.limits.Columns, more)
	switch {
	case fault != nil:
		return Row{}, fault
	case !ok:
		s.lines.unread(used)
		r.Cells = strings.Split(first.text, string(s.comma))
		if len(r.Cells) > s.limits.Columns {
			r.Cells = nil
			r.Fault = tooWide(s.limits.Columns)
			return r, nil
		}
		r.Fault = newFault("row_quote", "引号位置不对：含引号的单元格须用引号括起，其中的引号写两遍",
			"a quotation mark is out of place: a field with one is put in quotation marks, and it is doubled")
		return r, nil
	}
	r.Cells = cells
	return r, nil
}

// split takes a line apart into cells; more gives the next line where a quoted
// cell goes on. It returns false when a quotation mark is out of place or there
// are too many cells.
func split(s string, comma byte, most int, more func() (string, bool)) ([]string, bool) {
	var cells []string
	for {
		if len(cells) >= most {
			return nil, false
		}
		if !strings.HasPrefix(s, `"`) {
			end := strings.IndexByte(s, comma)
			if end < 0 {
				end = len(s)
			}
			if strings.Contains(s[:end], `"`) {
				return nil, false
			}
			cells = append(cells, s[:end])
			if end == len(s) {
				return cells, true
			}
			s = s[end+1:]
			continue
		}
		var cell strings.Builder
		for s = s[1:]; ; {
			end := strings.IndexByte(s, '"')
			if end < 0 {
				cell.WriteString(s + "\n")
				next, ok := more()
				if !ok {
					return nil, false
				}
				s = next
				continue
			}
			cell.WriteString(s[:end])
			s = s[end+1:]
			if !strings.HasPrefix(s, `"`) {
				break
			}
			cell.WriteByte('"')
			s = s[1:]
		}
		cells = append(cells, cell.String())
		switch {
		case s == "":
			return cells, true
		case s[0] != comma:
			return nil, false
		}
		s = s[1:]
	}
}

func tooLong(most int) *Fault {
	return newFault("row_too_long", "这一行超过%d字节", "the row has more than %d bytes", most)
}

func tooWide(most int) *Fault {
	return newFault("row_too_wide", "这一行超过%d列", "the row has more than %d columns", most)
}
