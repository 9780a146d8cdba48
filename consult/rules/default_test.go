package rules_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/rules"
)

func TestDefaultRulesSurviveJSON(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(rules.Default())
	require.NoError(t, err)
	var again rules.Rules
	require.NoError(t, json.Unmarshal(data, &again))
	require.Equal(t, rules.Default(), again)
}
