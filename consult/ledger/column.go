package ledger

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/ledger/sheet"
)

// column is one column of a table of rows T: how it is headed, and how a cell is
// written and read.
type column[T any] struct {
	key, zh string
	put     func(row *T, lang string) string
	take    func(row *T, cell, stored string) bool // false: it is not understood
}

func (c column[T]) head(lang string) string {
	if lang == "zh" {
		return c.zh
	}
	return c.key
}

func word[T any](key, zh string, at func(*T) *string) column[T] {
	return column[T]{
		key: key, zh: zh,
		put:  func(row *T, _ string) string { return *at(row) },
		take: func(row *T, cell, _ string) bool { *at(row) = cell; return true },
	}
}

func number[T any](key, zh string, at func(*T) *int) column[T] {
	return column[T]{
		key: key, zh: zh,
		put: func(row *T, _ string) string { return strconv.Itoa(*at(row)) },
		take: func(row *T, cell, _ string) (ok bool) {
			*at(row), ok = count(cell)
			return ok
		},
	}
}

// count reads a number that is not below zero; an empty cell is none.
func count(cell string) (int, bool) {
	if cell == "" {
		return 0, true
	}
	n, err := strconv.Atoi(strings.TrimSuffix(cell, ".0"))
	return n, err == nil && n >= 0
}

func day[T any](key, zh string, at func(*T) *calendar.Date) column[T] {
	return column[T]{
		key: key, zh: zh,
		put: func(row *T, _ string) string { return at(row).String() },
		take: func(row *T, cell, stored string) bool {
			if cell == "" {
				*at(row) = calendar.Date{}
				return true
			}
			for _, s := range []string{stored, cell} {
				if t, ok := sheet.Day(s); ok {
					d, err := calendar.DateOf(t, t.Location())
					*at(row) = d
					return err == nil
				}
			}
			return false
		},
	}
}

func flag[T any](key, zh string, at func(*T) *bool) column[T] {
	return column[T]{
		key: key, zh: zh,
		put: func(row *T, lang string) string {
			words := [2]string{"no", "yes"}
			if lang == "zh" {
				words = [2]string{"否", "是"}
			}
			if *at(row) {
				return words[1]
			}
			return words[0]
		},
		take: func(row *T, cell, _ string) bool {
			*at(row) = slices.Contains([]string{"yes", "是", "√", "有"}, cell)
			return *at(row) || slices.Contains([]string{"", "no", "否", "×", "无"}, cell)
		},
	}
}

func coded[T any](key, zh string, terms Terms, at func(*T) *string) column[T] {
	return column[T]{
		key: key, zh: zh,
		put: func(row *T, lang string) string { return terms.word(lang, *at(row)) },
		take: func(row *T, cell, _ string) (ok bool) {
			if *at(row) = ""; cell == "" {
				return true
			}
			*at(row), ok = terms.key(cell)
			return ok
		},
	}
}

// list is a column whose cell holds several entries; terms is nil where they are not
// coded.
func list[T any](key, zh string, terms Terms, at func(*T) *[]string) column[T] {
	return column[T]{
		key: key, zh: zh,
		put: func(row *T, lang string) string {
			entries := slices.Clone(*at(row))
			for i, e := range entries {
				entries[i] = terms.word(lang, e)
			}
			if lang == "zh" {
				return strings.Join(entries, "；")
			}
			return strings.Join(entries, ";")
		},
		take: func(row *T, cell, _ string) bool {
			*at(row) = nil
			for _, entry := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
				entry = strings.TrimSpace(entry)
				if terms != nil {
					key, known := terms.key(entry)
					if !known {
						return false
					}
					entry = key
				}
				*at(row) = append(*at(row), entry)
			}
			return true
		},
	}
}
