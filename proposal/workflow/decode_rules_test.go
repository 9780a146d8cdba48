package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// What a file names is as the file has it, the rest as shipped; lists and pointers
// are never filled in from what stood there.
func TestRulesAreReadAboveTheShippedOnes(t *testing.T) {
	type term struct{ Key, As string }
	type rules struct {
		Terms []term `json:"terms"`
		Form  struct {
			Begins []string `json:"begins"`
			Most   int      `json:"most"`
		} `json:"form"`
		Names map[string]string `json:"names"`
		Share *term             `json:"share"`
		Since calendar.Date     `json:"since"`
		Plain string
	}
	shipped := rules{Terms: []term{{"a", "settled"}}, Names: map[string]string{"a": "1"}, Share: &term{"a", "b"}, Plain: "p"}
	shipped.Form.Begins, shipped.Form.Most = []string{"关于"}, 30
	own, err := workflow.DecodeRules(shipped, []byte(`{"terms": [{"Key": "x"}], "form": {"most": 5}, "share": {"Key": "x"}, "since": "2024-03-01", "names": {"b": "2"}}`))
	require.NoError(t, err)
	require.Equal(t, []term{{Key: "x"}}, own.Terms)
	require.Equal(t, term{Key: "x"}, *own.Share)
	require.Equal(t, []string{"关于"}, own.Form.Begins)
	require.Equal(t, 5, own.Form.Most)
	require.Equal(t, "2024-03-01", own.Since.String())
	require.Equal(t, "p", own.Plain)
	require.Equal(t, map[string]string{"a": "1", "b": "2"}, own.Names)
	require.Equal(t, map[string]string{"a": "1"}, shipped.Names)
	require.Equal(t, "settled", shipped.Terms[0].As, "what is shipped stays")
	require.Equal(t, "b", shipped.Share.As)

	for _, data := range []string{`{"form": {"most": 1e99}}`, `{"since": "yesterday"}`, `{"form": {"mosst": 1}}`, `{`} {
		again, err := workflow.DecodeRules(shipped, []byte(data))
		require.ErrorIs(t, err, workflow.ErrInvalid, data)
		require.Equal(t, shipped, again, data)
	}
}
