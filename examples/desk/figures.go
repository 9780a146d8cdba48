package main

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/report"
)

// report is the annual report of everything in the database, as a page that loads
// nothing, or as a spreadsheet. It is read by code that may see all, so the desk
// says who may.
func (d *desk) report(w http.ResponseWriter, r *http.Request) {
	v := d.visitor(r)
	if !v.Figures {
		d.tell(w, r, http.StatusForbidden, named("年度报告供提案委、交办机构和督办领导查看。", "The annual report is for the committee, the office and leaders."))
		return
	}
	made, err := report.Gather(r.Context(), d.proposals, report.Options{
		Language: report.Language(v.Lang), Body: named("台账与示意", "ledger and illustrations").In(v.Lang, ""),
		At: d.now(), Histories: true, Take: ledger.Counts,
	})
	if err != nil {
		d.fail(w, r, err)
		return
	}
	write, kind := made.HTML, "text/html; charset=utf-8"
	if strings.HasSuffix(r.URL.Path, ".xlsx") {
		write, kind = made.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
		w.Header().Set("Content-Disposition", `attachment; filename="report.xlsx"`)
	}
	var page bytes.Buffer
	if err := write(&page); err != nil {
		d.fail(w, r, err)
		return
	}
	// The page brings its own style.
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'")
	w.Header().Set("Content-Type", kind)
	_, _ = page.WriteTo(w) // whoever asked is gone
}
