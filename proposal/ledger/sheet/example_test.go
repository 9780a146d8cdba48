package sheet_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/ledger/sheet"
)

// The cells of a table as an office has it, and the days in it, however they are written.
func ExampleGrid() {
	for cells, err := range sheet.Grid(strings.NewReader("案号;提案日期\n1号;二〇一七年六月二十二日\n2号;20170622\n3号;22/6\n"), sheet.Limits{}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		if day, ok := sheet.Day(cells[1]); ok {
			cells[1] = day.Format(time.DateOnly)
		}
		fmt.Println(cells)
	}
	// Output:
	// [案号 提案日期]
	// [1号 2017-06-22]
	// [2号 2017-06-22]
	// [3号 22/6]
}

// A cell that a spreadsheet would run as a formula stays text.
func ExampleWriteCSV() {
	rows := func(yield func([]string, error) bool) { yield([]string{"1", "=cmd|' /C calc'!A0"}, nil) }
	var file strings.Builder
	if err := sheet.WriteCSV(&file, sheet.Table{Head: []string{"案号", "案由"}, Rows: rows}); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(strings.TrimPrefix(file.String(), "\ufeff")) // the mark by which spreadsheets know UTF-8
	// Output:
	// 案号,案由
	// 1,'=cmd|' /C calc'!A0
}
