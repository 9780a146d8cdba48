package proposal_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// A term of a place's file has nothing of the shipped one in whose place it
// stands: neither its English label nor what it counts as.
func TestRulesOfAFileHaveNothingOfTheTermsTheyReplace(t *testing.T) {
	rules, err := workflow.DecodeRules(proposal.DefaultRules(), []byte(`{
		"classes": [{"name": "city", "version": 1, "terms": [{"key": "x", "label": {"zh": "甲"}}]}],
		"form": {"background": true}}`))
	require.NoError(t, err)
	require.Equal(t, proposal.Versions{{Name: "city", Version: 1, Terms: []proposal.Term{{Key: "x", Label: lifecycle.Label{ZH: "甲"}}}}}, rules.Classes)
	require.True(t, rules.Form.Background)

	shipped := proposal.DefaultRules()
	require.Equal(t, shipped.Categories, rules.Categories, "what the file does not name is as shipped")
	require.Equal(t, shipped.EnterFor, rules.EnterFor)

	_, err = workflow.DecodeRules(shipped, []byte(`{"categories": []}`))
	require.NoError(t, err)
	require.Equal(t, proposal.DefaultRules(), shipped, "what is shipped stays")
	for data, place := range map[string]string{
		`{"form": {"begin": ["关于"]}}`: "rules.form.begin", `{"form": 1}`: "rules.form", `{"form": {}} {}`: "rules", `{"form"`: "rules", `null`: "rules",
	} {
		_, err = workflow.DecodeRules(shipped, []byte(data))
		var invalid *workflow.InvalidError
		require.ErrorAs(t, err, &invalid, data)
		require.Contains(t, invalid.Field, place, data)
	}
}
