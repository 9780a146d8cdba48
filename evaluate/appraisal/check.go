package appraisal

import (
	"fmt"

	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// The most that the parts of a round may hold.
const (
	maxName = 200    // characters of a name
	maxText = 20_000 // characters of a text
	maxList = 1_000  // subjects, evaluators, appeals
	maxCard = 20_000 // cards and facts, with those replaced
	maxID   = 100    // bytes of an ID
)

func invalid(field string, p *text.Problem) error {
	if p == nil {
		return nil
	}
	return workflow.Invalid(field, p.Code, "%[1]s", "%[2]s", p.ZH, p.EN)
}

func name(field, s string) error { return invalid(field, text.Name(s, maxName)) }
func line(field, s string) error { return invalid(field, text.Line(s, maxName)) }
func said(field, s string) error { return invalid(field, text.Said(s, maxText)) }
func id(field, s string) error   { return invalid(field, text.ID(s, maxID)) }

func entries(field string, n, most int) error { return invalid(field, text.Entries(n, most)) }

func at(field string, i int) string { return fmt.Sprintf("%s[%d]", field, i) }

func noSubject(field, key string) error {
	return workflow.Invalid(field, "unknown", "%q不是被考评对象", "%q is not scored in this round", key)
}
