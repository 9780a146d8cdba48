package ledger

import (
	"io"

	"github.com/tian-go/tian/proposal/ledger/sheet"
	"github.com/tian-go/tian/proposal/workflow"
)

// Part is one of the tables of a year.
type Part string

// The parts.
const (
	Platforms  Part = "platforms"
	Activities Part = "activities"
	Items      Part = "items"
)

// WriteXLSX writes a year as a workbook of three sheets: for "zh" with Chinese headers
// and words, for any other language with the keys.
func WriteXLSX(w io.Writer, lang string, words Words, y Year) error {
	return sheet.WriteXLSX(w, y.table(Activities, lang, words), y.table(Items, lang, words), y.table(Platforms, lang, words))
}

// WriteCSV writes one part of a year as CSV in UTF-8 with a byte order mark.
func WriteCSV(w io.Writer, lang string, words Words, y Year, part Part) error {
	t := y.table(part, lang, words)
	if t.Head == nil {
		return workflow.Invalid("part", "unknown", "台账没有%q", "a ledger has no %q", part)
	}
	return sheet.WriteCSV(w, t)
}

func (y Year) table(part Part, lang string, words Words) sheet.Table {
	switch part {
	case Platforms:
		return tableOf(name(lang, "协商平台", "platforms"), lang, platformColumns(words), y.Platforms)
	case Activities:
		return tableOf(name(lang, "协商活动", "activities"), lang, activityColumns(words), y.Activities)
	case Items:
		return tableOf(name(lang, "清单事项", "items"), lang, itemColumns(words), y.Items)
	}
	return sheet.Table{}
}

func name(lang, zh, en string) string {
	if lang == "zh" {
		return zh
	}
	return en
}

func tableOf[T any](name, lang string, columns []column[T], rows []T) sheet.Table {
	t := sheet.Table{Name: name, Head: make([]string, len(columns))}
	for i, c := range columns {
		t.Head[i] = c.head(lang)
	}
	t.Rows = func(yield func([]string, error) bool) {
		for i := range rows {
			cells := make([]string, len(columns))
			for k, c := range columns {
				cells[k] = c.put(&rows[i], lang)
			}
			if !yield(cells, nil) {
				return
			}
		}
	}
	return t
}
