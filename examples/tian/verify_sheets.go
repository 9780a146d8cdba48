package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/ledger/sheet"
	"github.com/tian-go/tian/proposal/report"
)

// verifySheets judges the tables of a spreadsheet.
func (c *console) verifySheets(name string, data []byte, lang string) error {
	verdicts, err := report.VerifySheets(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("%s: %w", inputName(name), err)
	}
	return c.judged(verdicts, lang)
}

// verifyTable judges the tables of a CSV or HTML file.
func (c *console) verifyTable(name string, data []byte, lang string) error {
	verdicts, err := report.VerifyTable(sheet.Grid(bytes.NewReader(data), sheet.Limits{}))
	if err != nil {
		return fmt.Errorf("%s: %w", inputName(name), err)
	}
	return c.judged(verdicts, lang)
}

func (c *console) judged(verdicts []report.Verdict, lang string) error {
	return c.answer(verdicts, func() error {
		tables := make([]string, len(verdicts))
		for i, v := range verdicts {
			tables[i] = verdictTable(onPaper(v), lang)
			if len(v.Unread) > 0 {
				tables[i] += "\n" + unread(v, lang)
			}
		}
		return c.say("%s", strings.Join(tables, "\n\n"))
	})
}

// onPaper is a verdict with the cells in the names of its figures.
func onPaper(v report.Verdict) rates.Verdict {
	paper := rates.Verdict{Name: strings.TrimSpace(v.Sheet + " " + v.Header), Consistent: v.Consistent}
	for _, s := range v.Sums {
		s.Label = s.Cell + " " + s.Label
		paper.Sums = append(paper.Sums, s.SumFinding)
	}
	for _, r := range v.Rates {
		r.Label = r.Cell + " " + r.Label
		paper.Rates = append(paper.Rates, r.RateFinding)
	}
	return paper
}

func unread(v report.Verdict, lang string) string {
	cells := make([]string, len(v.Unread))
	for i, u := range v.Unread {
		cells[i] = fmt.Sprintf("%s %q", u.Cell, u.Text)
	}
	if lang == "en" {
		return "Not judged, because no figure could be read: " + strings.Join(cells, ", ")
	}
	return "读不出数字而未判断的单元格：" + strings.Join(cells, "，")
}
