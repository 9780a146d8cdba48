package sheet

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/tian-go/tian/proposal/workflow"
)

// htmlSource reads the tables of a page, which some systems export under the
// name .xls. A row's line is that of the file on which it begins.
type htmlSource struct {
	tokens  *html.Tokenizer
	text    *lineText
	limits  Limits
	rows    []int // how many more rows each column is covered by a cell from above
	covered []string
	sheet   string
	begun   bool // the tag of a row has been read
	blanks  bool // empty rows are rows too
}

// lineText reads decoded lines as a stream, and counts them. Whole pages are
// written as one line, which comes in pieces that end with a tag.
type lineText struct {
	lines *lines
	rest  string
	at    int // the line that is being read
	err   error
}

// Read reads from the lines.
func (t *lineText) Read(p []byte) (int, error) {
	if t.rest == "" && t.err == nil {
		var l line
		l, t.err = t.lines.next()
		if t.at = l.number; l.open {
			t.at++
		}
		switch {
		case t.err != nil:
		case l.long:
			t.err = workflow.Invalid("file", "line_too_long", "第%d行有超过%d字节不含标签", "line %d: there are more than %d bytes without a tag", l.number, t.lines.most)
		case l.open:
			t.rest = l.text
		default:
			t.rest = l.text + "\n"
		}
	}
	if t.rest == "" {
		return 0, t.err
	}
	n := copy(p, t.rest)
	t.rest = t.rest[n:]
	return n, nil
}

func newHTML(in *bufio.Reader, limits Limits) *htmlSource {
	text := &lineText{lines: newLines(in, limits.Row)}
	text.lines.cut = '>'
	s := &htmlSource{text: text, tokens: html.NewTokenizer(text), limits: limits}
	s.tokens.SetMaxBuf(limits.Row)
	return s
}

// Close does nothing.
func (s *htmlSource) Close() error { return nil }

// Next returns the next row.
func (s *htmlSource) Next() (Row, error) {
	for {
		if !s.begun {
			switch kind := s.tokens.Next(); kind { //nolint:exhaustive // what is between rows is no row
			case html.ErrorToken:
				return Row{}, s.tokens.Err()
			case html.StartTagToken, html.SelfClosingTagToken:
				name, has := s.tokens.TagName()
				s.tag(string(name), has, kind == html.SelfClosingTagToken)
			}
			continue
		}
		s.begun = false
		r, err := s.row()
		if err != nil || r.Fault != nil || s.blanks || strings.Join(r.Cells, "") != "" {
			return r, err
		}
	}
}

// tag begins a table, a sheet or a row.
func (s *htmlSource) tag(name string, has, closed bool) {
	switch name {
	case "table":
		s.rows, s.covered = nil, nil
	case "worksheet":
		for has {
			var key, value []byte
			key, value, has = s.tokens.TagAttr()
			if string(key) == "ss:name" {
				s.sheet = string(value)
			}
		}
	case "tr", "row":
		s.begun = !closed
	}
}

// spans reads over how many columns and rows a cell goes, and in which column it
// stands where it says so, from 1.
func (s *htmlSource) spans() (wide, tall, at int) {
	wide, tall = 1, 1
	for more := true; more; {
		var key, value []byte
		key, value, more = s.tokens.TagAttr()
		n, err := strconv.Atoi(string(value))
		if err != nil || n < 1 {
			continue
		}
		switch string(key) {
		case "colspan":
			wide = min(n, s.limits.Columns)
		case "ss:mergeacross":
			wide = min(n, s.limits.Columns) + 1
		case "rowspan":
			tall = min(n, mostTall)
		case "ss:mergedown":
			tall = min(n, mostTall) + 1
		case "ss:index":
			at = min(n, s.limits.Columns+1)
		}
	}
	return wide, tall, at
}

// mostTall is over how many rows a cell can go.
const mostTall = 1 << 16

// htmlRow is a row that is being read.
type htmlRow struct {
	Row

	cell       *strings.Builder // the one that is open
	wide, tall int
	size       int
	inner      int // tables in the cell that are open
}

// row reads the cells of a row up to its end, which the next row is too where the
// row is not closed. A table in a row that has said something is part of its cell;
// one in a row that has not, as pages are laid out, has rows of its own.
func (s *htmlSource) row() (Row, error) {
	r := htmlRow{Row: Row{Sheet: s.sheet, Line: s.text.at, Loose: true}}
	for {
		kind := s.tokens.Next()
		switch kind { //nolint:exhaustive // comments say nothing
		case html.ErrorToken:
			s.end(&r)
			if err := s.tokens.Err(); err != io.EOF || len(r.Cells) == 0 { //nolint:errorlint // the tokenizer gives it bare
				return r.Row, err
			}
			return r.Row, nil
		case html.TextToken:
			if r.size += len(s.tokens.Raw()); r.size > s.limits.Row {
				r.Fault = tooLong(s.limits.Row)
			} else if r.cell != nil {
				flow(r.cell, string(s.tokens.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, has := s.tokens.TagName()
			if s.opens(&r, string(name), has, kind == html.SelfClosingTagToken) {
				return r.Row, nil
			}
		case html.EndTagToken:
			name, _ := s.tokens.TagName()
			if s.closes(&r, string(name)) {
				return r.Row, nil
			}
		}
		if len(r.Cells) > s.limits.Columns {
			r.Cells, r.Fault = r.Cells[:s.limits.Columns], tooWide(s.limits.Columns)
		}
	}
}

// opens takes the beginning of an element in a row, and reports whether the row
// ends before it.
func (s *htmlSource) opens(r *htmlRow, name string, has, closed bool) (over bool) {
	switch name {
	case "table":
		if r.inner > 0 || strings.Join(r.Cells, "") != "" || r.cell != nil && r.cell.Len() > 0 {
			r.inner++
			return false
		}
		r.Cells = nil
		s.rows, s.covered = nil, nil
		return true
	case "tr", "row":
		if r.inner > 0 {
			return false
		}
		s.end(r)
		s.cover(&r.Row)
		s.begun = !closed
		return true
	case "td", "th", "cell":
		if r.inner > 0 {
			flow(r.cell, " ")
			return false
		}
		s.end(r)
		r.cell, r.wide, r.tall = new(strings.Builder), 1, 1
		if has {
			var at int
			r.wide, r.tall, at = s.spans()
			for len(r.Cells) < at-1 {
				s.put(&r.Row, "", 1, 1)
			}
		}
		if closed && name == "cell" {
			s.end(r)
		}
	case "br", "p", "div", "li":
		if r.cell != nil && r.cell.Len() > 0 {
			r.cell.WriteByte('\n')
		}
	}
	return false
}

// closes takes the end of an element in a row, and reports whether it ends the row.
func (s *htmlSource) closes(r *htmlRow, name string) (over bool) {
	switch name {
	case "table":
		if r.inner > 0 {
			r.inner--
			return false
		}
		over = true
	case "tr", "row":
		over = r.inner == 0
	case "td", "th", "cell":
		if r.inner == 0 {
			s.end(r)
		}
	}
	if over {
		s.end(r)
		s.cover(&r.Row)
	}
	return over
}

// end puts the open cell of a row in its place.
func (s *htmlSource) end(r *htmlRow) {
	if r.cell != nil {
		s.put(&r.Row, strings.TrimSpace(r.cell.String()), r.wide, r.tall)
		r.cell = nil
	}
}

// flow adds text to a cell as it is laid out: white space of any length is one
// space, and none where a line was broken between Chinese characters.
func flow(cell *strings.Builder, s string) {
	if cell == nil {
		return
	}
	for len(s) > 0 {
		word := strings.TrimLeft(s, " \t\r\n\f")
		blank := s[:len(s)-len(word)]
		end := strings.IndexAny(word, " \t\r\n\f")
		if end < 0 {
			end = len(word)
		}
		before, _ := utf8.DecodeLastRuneInString(cell.String())
		after, _ := utf8.DecodeRuneInString(word)
		const chinese = 0x2E80
		broken := strings.ContainsAny(blank, "\r\n") && before >= chinese && (after >= chinese || word == "")
		if blank != "" && !broken && cell.Len() > 0 && before != '\n' && before != ' ' {
			cell.WriteByte(' ')
		}
		cell.WriteString(word[:end])
		s = word[end:]
	}
}

// put sets a cell in the next column that no cell from above covers. A cell over
// several rows counts in each of them; one over several columns in the first.
func (s *htmlSource) put(r *Row, text string, wide, tall int) {
	s.cover(r)
	for i := range wide {
		if len(r.Cells) > s.limits.Columns {
			return
		}
		at := len(r.Cells)
		for len(s.rows) <= at {
			s.rows, s.covered = append(s.rows, 0), append(s.covered, "")
		}
		s.rows[at] = tall - 1
		if i > 0 {
			text = ""
		}
		s.covered[at] = text
		r.Cells = append(r.Cells, text)
	}
}

func (s *htmlSource) cover(r *Row) {
	for at := len(r.Cells); at < len(s.rows) && s.rows[at] > 0; at++ {
		s.rows[at]--
		r.Cells = append(r.Cells, s.covered[at])
	}
}
