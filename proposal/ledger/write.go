package ledger

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/ledger/sheet"
	"github.com/tian-go/tian/proposal/text"
)

// Titles returns the headers of [Columns] in a language: zh, or those of Columns
// themselves for any other.
func Titles(lang string) []string {
	names := Columns()
	if lang != "zh" {
		return names
	}
	m := DefaultMap()
	for i, name := range names {
		if headers := m.Columns[name]; len(headers) > 0 {
			names[i] = headers[0]
		}
	}
	return names
}

// WriteCSV writes rows as CSV in UTF-8 with a byte order mark, which spreadsheets
// need, under headers in a language, with the words of coded cells in Chinese for zh
// and their keys for any other. What it writes, [Reader] reads again as the
// same rows. It ends with the first error of the rows.
func WriteCSV(w io.Writer, lang string, rows iter.Seq2[Row, error]) error {
	return sheet.WriteCSV(w, tableOf(lang, rows))
}

// WriteXLSX writes rows as a workbook with one sheet. Every cell is text, and
// rows beyond a small number are kept on disk until the end. A sheet has at most
// 1,048,576 rows.
func WriteXLSX(w io.Writer, lang string, rows iter.Seq2[Row, error]) error {
	return sheet.WriteXLSX(w, tableOf(lang, rows))
}

func tableOf(lang string, rows iter.Seq2[Row, error]) sheet.Table {
	words := make([]map[string]string, len(Columns())) // by column, in Chinese
	if m := DefaultMap(); lang == "zh" {
		for i, name := range Columns() {
			words[i] = m.firstWords(name)
		}
	}
	return sheet.Table{Name: "Sheet1", Head: Titles(lang), Rows: func(yield func([]string, error) bool) {
		for row, err := range rows {
			cells := row.record()
			for i, cell := range cells {
				if word := words[i][cell]; word != "" {
					cells[i] = word
				}
			}
			if !yield(cells, err) {
				return
			}
		}
	}}
}

// firstWords returns, for each key of a coded column, the first of its words that is
// read as that key.
func (m Map) firstWords(column string) map[string]string {
	first, means := make(map[string]string), m.reading()
	for key, words := range m.Words[column] {
		if i := slices.IndexFunc(words, func(w string) bool { return means.word(column, w) == key }); i >= 0 {
			first[key] = words[i]
		}
	}
	return first
}

// safe neutralises every cell that a spreadsheet would take for a formula.
func safe(cells []string) []string {
	cells = slices.Clone(cells)
	for i, c := range cells {
		cells[i] = text.Inert(c)
	}
	return cells
}

// Rejects writes the rows that were refused as a ledger: each under the header it
// had, with line, code and reason behind it. Corrected, the file can be imported
// as it is.
type Rejects struct {
	csv    *csv.Writer
	lang   string
	header []string
	begun  bool
	out    io.Writer
}

// NewRejects begins a file of refused rows, with reasons in a language: zh, or
// English for any other.
func NewRejects(w io.Writer, lang string) *Rejects {
	return &Rejects{csv: csv.NewWriter(w), lang: lang, out: w}
}

// Add writes a refused row.
func (r *Rejects) Add(refused Refusal) error {
	if !r.begun {
		if _, err := io.WriteString(r.out, "\ufeff"); err != nil {
			return fmt.Errorf("ledger: %w", err)
		}
	}
	if !r.begun || !slices.Equal(r.header, refused.header) {
		told := []string{"refused_line", "refused_code", "refused_why"}
		if r.lang == "zh" {
			told = []string{"行", "错误代码", "原因"}
		}
		r.begun, r.header = true, refused.header
		if err := r.csv.Write(safe(append(slices.Clone(refused.header), told...))); err != nil {
			return fmt.Errorf("ledger: %w", err)
		}
	}
	cells := make([]string, 0, len(refused.header)+3)
	cells = append(cells, refused.cells[:min(len(refused.cells), len(refused.header))]...)
	for len(cells) < len(refused.header) {
		cells = append(cells, "")
	}
	cells = append(cells, fmt.Sprint(refused.Line), refused.Code, refused.In(r.lang))
	for i, c := range cells {
		cells[i] = strings.ToValidUTF8(c, "\ufffd")
	}
	if err := r.csv.Write(safe(cells)); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	r.csv.Flush()
	if err := r.csv.Error(); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	return nil
}
