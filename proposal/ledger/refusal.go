package ledger

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tian-go/tian/proposal/workflow"
)

// Refusal says why a row is not in, and where it stands.
type Refusal struct {
	Sheet   string `json:"sheet,omitempty"` // of a workbook
	Line    int    `json:"line"`            // of the file, or row of the sheet
	Code    string `json:"code"`            // column_fault, such as title_empty; "row_…" is about the whole row
	Message string `json:"message"`         // in English
	Chinese string `json:"-"`               // the same in Chinese

	header, cells []string // of the table, and as much of the row as was read
}

// In returns the message in a language: zh, or English for any other.
func (r Refusal) In(lang string) string {
	if lang == "zh" {
		return r.Chinese
	}
	return r.Message
}

func newRefusal(code, zh, en string, args ...any) *Refusal {
	return &Refusal{Code: code, Chinese: fmt.Sprintf(zh, args...), Message: fmt.Sprintf(en, args...)}
}

// refusal says what the library has against a row.
func refusal(row Row, err error) *Refusal {
	r := row.refused("row_"+workflow.Code(err), "%v", "%v", err)
	var invalid *workflow.InvalidError
	if errors.As(err, &invalid) {
		r.Code, r.Chinese, r.Message = strings.ReplaceAll(invalid.Field, ".", "_")+"_"+invalid.Code, invalid.ZH, invalid.EN
	}
	var refused *workflow.RefusedError
	if errors.As(err, &refused) && len(refused.Blockers) > 0 {
		b := refused.Blockers[0]
		r.Code, r.Chinese, r.Message = "row_"+b.Code, b.ZH, b.EN
	}
	return r
}

// refused says something against a row.
func (r Row) refused(code, zh, en string, args ...any) *Refusal {
	refusal := newRefusal(code, zh, en, args...)
	refusal.Sheet, refusal.Line, refusal.header, refusal.cells = r.Sheet, r.Line, r.header, r.cells
	return refusal
}
