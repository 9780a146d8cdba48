package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// A form can be drawn in both languages: every action and each of its fields,
// at any depth, has a label in Chinese and in English.
func TestEveryFieldHasALabel(t *testing.T) {
	t.Parallel()
	for _, a := range platform.Actions() {
		labelled(t, "platform "+a.Event, a.Label, a.Fields)
	}
	for _, a := range topic.Actions() {
		labelled(t, "topic "+a.Event, a.Label, a.Fields)
	}
	for _, a := range plan.Actions() {
		labelled(t, "plan "+a.Event, a.Label, a.Fields)
	}
	for _, a := range activity.Actions() {
		labelled(t, "activity "+a.Event, a.Label, a.Fields)
	}
}

func labelled(t *testing.T, where string, label lifecycle.Label, fields []form.Field) {
	t.Helper()
	require.NotEmpty(t, label.ZH, where)
	require.NotEmpty(t, label.EN, where)
	for _, f := range fields {
		labelled(t, where+"."+f.Name, f.Label, f.Fields)
	}
}
