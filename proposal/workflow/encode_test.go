package workflow

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Text that is not UTF-8 is found wherever it is and named, and text that only
// looks like what the encoder makes of it is let through.
func TestTextThatIsNotUTF8IsNamed(t *testing.T) {
	type inner struct {
		Text string          `json:"text"`
		List []string        `json:"list"`
		Raw  json.RawMessage `json:"raw"`
	}
	type outer struct {
		A     string         `json:"a"`
		Inner inner          `json:"inner"`
		Map   map[string]any `json:"map"`
	}
	raw := json.RawMessage(`{"ok":"x"}`)
	for place, action := range map[string]any{
		"a":             outer{A: "x\xff", Inner: inner{Raw: raw}},
		"inner.text":    outer{A: "ok", Inner: inner{Text: "\xc3\x28", Raw: raw}},
		"inner.list[2]": outer{Inner: inner{List: []string{"a", "b", "c\xe4\xb8"}, Raw: raw}},
		"inner.raw.ok":  outer{Inner: inner{Raw: json.RawMessage("{\"ok\":\"\xff\"}")}},
		"map.k[0].z":    outer{Inner: inner{Raw: raw}, Map: map[string]any{"a": 1, "k": []any{map[string]any{"z": "\x80"}}}},
		"map":           outer{Inner: inner{Raw: raw}, Map: map[string]any{"k\xff": 1}},
		"action":        "\xff",
	} {
		_, err := encode(action)
		var invalid *InvalidError
		require.ErrorAs(t, err, &invalid, place)
		require.Equal(t, []string{place, "not_utf8"}, []string{invalid.Field, invalid.Code})
	}
	for _, fine := range []string{"", "提案", "\ufffd", `\ufffd`, `\\ufffd`, strings.Repeat(`\`, 7) + "ufffd", "\u2028<>&"} {
		data, err := encode(outer{A: fine, Inner: inner{Raw: raw}})
		require.NoError(t, err, "%q", fine)
		var back outer
		require.NoError(t, json.Unmarshal(data, &back))
		require.Equal(t, fine, back.A)
	}
}

func FuzzEncode(f *testing.F) {
	f.Add("提案", "\xff")
	f.Add(`\ufffd`, `\`)
	f.Fuzz(func(t *testing.T, a, b string) {
		data, err := encode([]string{a, b})
		valid := strings.ToValidUTF8(a, "?") == a && strings.ToValidUTF8(b, "?") == b
		require.Equal(t, valid, err == nil)
		if err == nil {
			var back []string
			require.NoError(t, json.Unmarshal(data, &back))
			require.Equal(t, []string{a, b}, back)
		}
	})
}
