package ledger

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/tian-go/tian/proposal/ledger/sheet"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Refusal says why a row was not read, and where it stands.
type Refusal struct {
	Sheet  string `json:"sheet,omitempty"`
	Line   int    `json:"line"`
	Column string `json:"column,omitempty"` // as it is headed; "": it is about the whole row
	Code   string `json:"code"`
	ZH     string `json:"zh"`
	EN     string `json:"en"`
}

// Found is what was read of a file.
type Found struct {
	Year
	Refused []Refusal
	Ignored []string // headers that are not known
}

// mostRows is how many rows a year has at most.
const mostRows = 1 << 20

// Read reads what [WriteXLSX] and [WriteCSV] write, in any order of its columns. The
// error says why a file is no ledger at all; it matches [workflow.ErrInvalid], unless
// reading failed.
func Read(in io.Reader, words Words) (_ *Found, err error) {
	parts := []*part{
		partOf("title", activityColumns(words), func(f *Found, a Activity) { f.Activities = append(f.Activities, a) }),
		partOf("what", itemColumns(words), func(f *Found, i Item) { f.Items = append(f.Items, i) }),
		partOf("name", platformColumns(words), func(f *Found, p Platform) { f.Platforms = append(f.Platforms, p) }),
	}
	s, err := sheet.Open(in, sheet.Limits{}, func(cell string) bool { return best(parts, []string{cell}, 1) != nil })
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	found := new(Found)
	var open *part
	of := ""
	for n := 0; ; n++ {
		row, err := s.Next()
		switch {
		case errors.Is(err, io.EOF):
			if len(found.Platforms)+len(found.Activities)+len(found.Items)+len(found.Refused) == 0 && open == nil {
				return nil, workflow.Invalid("file", "no_ledger", "没有找到协商台账的表头（议题、事项或平台名称）", "there is no header of a ledger: title, what or name")
			}
			return found, nil
		case err != nil:
			return nil, err
		case n > mostRows:
			return nil, workflow.Invalid("file", "too_large", "超过%d行", "more than %d rows", mostRows)
		case row.Sheet != of:
			of, open = row.Sheet, nil
		}
		for i, cell := range row.Cells {
			row.Cells[i] = strings.TrimSpace(text.Bare(cell))
		}
		if head := best(parts, row.Cells, 3); head != nil && row.Fault == nil {
			open = head
			head.begin(found, row.Cells)
			continue
		}
		if open == nil || row.Fault == nil && strings.Join(row.Cells, "") == "" {
			continue // what stands above the header
		}
		if refused := open.row(found, row); refused != nil {
			refused.Sheet, refused.Line = row.Sheet, row.Line
			found.Refused = append(found.Refused, *refused)
		}
	}
}

// part reads the rows of one table.
type part struct {
	knows func(header string) bool
	needs string // the column without which it is not this table
	begin func(found *Found, header []string)
	row   func(found *Found, row sheet.Row) *Refusal
}

// best returns the part of which a row is a header: the one that knows most of its
// cells, and at least some.
func best(parts []*part, cells []string, least int) *part {
	var head *part
	for _, p := range parts {
		known, needed := 0, false
		for _, c := range cells {
			if p.knows(c) {
				known++
			}
			needed = needed || p.knows(p.needs+"\x00"+c)
		}
		if needed && known >= least {
			head, least = p, known+1
		}
	}
	return head
}

func heading(s string) string { return strings.Join(strings.Fields(text.Fold(s)), "") }

func partOf[T any](needs string, columns []column[T], keep func(*Found, T)) *part {
	byHead := make(map[string]int)
	for i, c := range columns {
		byHead[heading(c.key)], byHead[heading(c.zh)] = i, i
	}
	var places []int // of the columns of the file; -1: not known
	return &part{
		needs: needs,
		knows: func(header string) bool {
			if key, cell, asked := strings.Cut(header, "\x00"); asked {
				i, known := byHead[heading(cell)]
				return known && columns[i].key == key
			}
			_, known := byHead[heading(header)]
			return known
		},
		begin: func(found *Found, header []string) {
			places = make([]int, len(header))
			for i, h := range header {
				at, known := byHead[heading(h)]
				if places[i] = at; known {
					continue
				}
				if places[i] = -1; h != "" {
					found.Ignored = append(found.Ignored, h)
				}
			}
		},
		row: func(found *Found, row sheet.Row) *Refusal {
			if row.Fault != nil {
				return &Refusal{Code: row.Fault.Code, ZH: row.Fault.Chinese, EN: row.Fault.Message}
			}
			var value T
			for i, at := range places {
				if at < 0 || i >= len(row.Cells) {
					continue
				}
				cell, stored := row.Cells[i], ""
				if i < len(row.Stored) {
					stored = row.Stored[i]
				}
				if c := columns[at]; !c.take(&value, cell, stored) {
					return refuse(c.zh, c.key, "unknown", fmt.Sprintf("“%s”不能识别", clip(cell)), fmt.Sprintf("%q is not understood", clip(cell)))
				} else if cell == "" && c.key == needs {
					return refuse(c.zh, c.key, "empty", "不能为空", "is empty")
				}
			}
			keep(found, value)
			return nil
		},
	}
}

func refuse(zh, key, code, why, en string) *Refusal {
	return &Refusal{Column: key, Code: code, ZH: zh + "：" + why, EN: key + ": " + en}
}

// clip shortens what is repeated from a file.
func clip(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
