package calendar

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// maxFileDays bounds what a calendar file may list: some 270 years of days.
const maxFileDays = 100_000

// ReadCSV reads notices from a file of comma-separated values in UTF-8 with
// the header
//
//	date,name,kind,announcement_year
//
// and one listed day a row: the date as 2006-01-02, the holiday's name (may be
// empty), off or work, and the year of the notice that lists the day. The
// notices come back in order of their year, their days in order of the file;
// issuer, title and number are for the caller to fill in. An unusable row is a
// [LineError], and nothing is returned. A day listed twice by one notice is
// unusable.
func ReadCSV(r io.Reader) ([]Notice, error) {
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = -1
	header, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return nil, fileError(1, "文件是空的", "the file is empty")
	}
	if err != nil {
		return nil, csvError(err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	if !slices.Equal(header, []string{"date", "name", "kind", "announcement_year"}) {
		return nil, fileError(1, "表头应为date,name,kind,announcement_year", "the header is not date,name,kind,announcement_year")
	}
	byYear := make(map[int]*Notice)
	seen := make(map[yearDate]bool)
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, csvError(err)
		}
		line, _ := rows.FieldPos(0)
		year, day, err := csvRow(row)
		if err != nil {
			return nil, &LineError{line, err}
		}
		if seen[yearDate{year, day.Date}] {
			return nil, fileError(line, fmt.Sprintf("%d年的通知重复列出%s", year, day.Date), fmt.Sprintf("the notice for %d lists %s again", year, day.Date))
		}
		seen[yearDate{year, day.Date}] = true
		if len(seen) > maxFileDays {
			return nil, fileError(line, "列出的日子太多", "the file lists too many days")
		}
		n := byYear[year]
		if n == nil {
			n = &Notice{Year: year}
			byYear[year] = n
		}
		n.Days = append(n.Days, day)
		if err := (Notice{Year: year, Days: []ListedDay{day}}).validate(); err != nil {
			return nil, &LineError{line, err}
		}
	}
	notices := make([]Notice, 0, len(byYear))
	for _, n := range byYear {
		notices = append(notices, *n)
	}
	slices.SortFunc(notices, func(a, b Notice) int { return a.Year - b.Year })
	return notices, nil
}

type yearDate struct {
	year int
	date Date
}

func csvRow(row []string) (year int, day ListedDay, err error) {
	if len(row) != 4 {
		return 0, day, invalid(CodeInvalidFile, fmt.Sprintf("有%d列，应为4列", len(row)), fmt.Sprintf("%d columns instead of 4", len(row)))
	}
	if day.Date, err = ParseDate(row[0]); err != nil {
		return 0, day, err
	}
	day.Name, day.Kind = row[1], DayKind(row[2])
	year, ok := digits(row[3])
	if !ok || len(row[3]) != 4 {
		return 0, day, invalid(CodeInvalidFile,
			fmt.Sprintf("%q不是年份", clip(row[3])), fmt.Sprintf("%q is not a year", clip(row[3])))
	}
	return year, day, nil
}

func csvError(err error) error {
	var at *csv.ParseError
	if errors.As(err, &at) {
		return fileError(at.Line, "CSV格式有误："+at.Err.Error(), "malformed CSV: "+at.Err.Error())
	}
	return fmt.Errorf("reading the calendar file: %w", err)
}

func fileError(line int, zh, en string) error {
	return &LineError{line, invalid(CodeInvalidFile, zh, en)}
}
