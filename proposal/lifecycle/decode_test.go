package lifecycle_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
)

func TestDecodeNamesThePlaceOfWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"nothing":              {"", "line 1, the whole: the text ends too early"},
		"null":                 {"null", "line 1, the whole: an object, not null, is wanted"},
		"a list":               {"[]", "line 1, the whole: an object, not a list, is wanted"},
		"unknown field":        {"{\"name\":\"a\",\n\"iniital\":\"x\"}", "line 2, iniital: unknown field"},
		"unknown, deep":        {"{\"transitions\":[{},\n{\"form\":[]}]}", "line 2, transitions[1].form: unknown field"},
		"unknown, in a track":  {`{"tracks":[{"states":[{"key":"a"},{"keys":"b"}]}]}`, "line 1, tracks[0].states[1].keys: unknown field"},
		"another case":         {`{"Name":"a"}`, "line 1, Name: unknown field"},
		"field twice":          {"{\"initial\":\"a\",\n\n\"initial\":\"b\"}", "line 3, initial: there twice"},
		"field twice, deep":    {`{"states":[{"key":"a","key":"b"}]}`, "line 1, states[0].key: there twice"},
		"number for text":      {`{"name":7}`, "line 1, name: a text, not 7, is wanted"},
		"text for list":        {`{"transitions":[{"from":"draft"}]}`, `line 1, transitions[0].from: a list, not the text "draft", is wanted`},
		"text for number":      {`{"version":"1"}`, `line 1, version: a whole number, not the text "1", is wanted`},
		"fraction":             {`{"version":1.5}`, "line 1, version: a whole number, not 1.5, is wanted"},
		"number too large":     {`{"version":99999999999999999999}`, "line 1, version: a whole number, not 99999999999999999999, is wanted"},
		"text for bool":        {`{"states":[{"final":"yes"}]}`, `line 1, states[0].final: true or false, not the text "yes", is wanted`},
		"list for object":      {`{"label":[]}`, "line 1, label: an object, not a list, is wanted"},
		"object for text":      {`{"states":[{"key":{}}]}`, "line 1, states[0].key: a text, not an object, is wanted"},
		"text in list":         {`{"states":["draft"]}`, `line 1, states[0]: an object, not the text "draft", is wanted`},
		"two definitions":      {"{}\n{}", "line 2, the whole: more after the end"},
		"rubbish after":        {"{} x", "line 1, the whole: more after the end"},
		"cut off":              {`{"states":[{"key":"a"`, "line 1, states[0]: the text ends too early"},
		"cut off in a text":    {`{"name":"a`, "line 1, name: the text ends too early"},
		"comma too many":       {"{\"states\":[\n{},]}", "line 2, states[1]: invalid character ']'"},
		"bad escape":           {`{"name":"\x"}`, `line 1, name: invalid character 'x' in string escape code`},
		"not UTF-8":            {"{\n\"name\":\"\xff\"}", "line 2, the whole: not UTF-8"},
		"a surprise of length": {`{"version":"` + strings.Repeat("9", 1<<20) + `"}`, "…"},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := lifecycle.Decode([]byte(c.text))
			require.ErrorContains(t, err, c.want)
			require.ErrorContains(t, err, "lifecycle: definition, line ")
			require.Less(t, len(err.Error()), 500)
			require.Zero(t, d)
		})
	}
}

func TestDecodeTakesWhatEditorsAndGeneratorsWrite(t *testing.T) {
	want := lifecycle.Definition{Name: "a", Version: 2, States: []lifecycle.State{{Key: "x"}}}
	for name, text := range map[string]string{
		"plain":           `{"name":"a","version":2,"states":[{"key":"x"}]}`,
		"byte order mark": "\xef\xbb\xbf" + `{"name":"a","version":2,"states":[{"key":"x"}]}`,
		"white space":     "\r\n{\"name\" : \"a\",\t\"version\":2,\"states\":[ {\"key\":\"x\"} ]}\r\n",
		"nulls":           `{"name":"a","version":2,"label":null,"limits":null,"states":[{"key":"x","stage":null,"final":null}]}`,
		"escapes":         `{"n\u0061me":"\u0061","version":2,"states":[{"key":"x"}]}`,
	} {
		d, err := lifecycle.Decode([]byte(text))
		require.NoError(t, err, name)
		require.Equal(t, want, d, name)
	}
}

func FuzzDecode(f *testing.F) {
	seed, err := json.Marshal(sound())
	require.NoError(f, err)
	f.Add(seed)
	files, err := filepath.Glob("testdata/public/*.json")
	require.NoError(f, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(text)
	}
	for _, text := range []string{
		"", "null", "{}", `{"version":1e3}`, `{"name":null,"states":[null],"tracks":[{}],"limits":[{}]}`,
		`{"name":"a\"b\\","version":1,"initial":"a","stages":[{"key":"s","label":{"zh":"\"};\n-->:#{}"}}],"states":[{"key":"a","stage":"s","final":true,"label":{"zh":"\u2028%%{init}"}},{"key":"_in_"}],"transitions":[{"event":"e","from":["a",""],"to":"b_\u0000","roles":["r"]}],"tracks":[{"key":"","initial":"x"}]}`,
		`{"name":"a","version":1,"initial":"a","states":[{"key":"a","final":true}],"transitions":[{"event":"e","from":["a"],"to":"a","roles":["r"]}]}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := lifecycle.Decode(text)
		if err != nil {
			require.Zero(t, d)
			return
		}
		first, err := json.Marshal(d)
		require.NoError(t, err)
		again, err := lifecycle.Decode(first)
		require.NoError(t, err)
		second, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(first), string(second))
		require.Equal(t, d.Fingerprint(), again.Fingerprint())

		problems := lifecycle.Lint(d)
		m, err := lifecycle.Compile(d)
		require.Equal(t, len(problems) == 0, err == nil)
		tolerant, err := lifecycle.Compile(d, lifecycle.Tolerate(everyCode...))
		if m != nil {
			require.NoError(t, err)
		}
		if err == nil {
			walkAll(t, tolerant)
		}
		for _, lang := range []string{"zh", "en"} {
			requireMermaid(t, lifecycle.Mermaid(d, lang))
			requireDOT(t, lifecycle.DOT(d, lang))
		}
	})
}

// walkAll asks the machine everything that it can be asked.
func walkAll(t *testing.T, m *lifecycle.Machine) {
	t.Helper()
	stages := make(map[string]bool)
	for _, s := range m.Stages() {
		require.False(t, stages[s.Key], "stage %q twice", s.Key)
		stages[s.Key] = true
	}
	for _, s := range m.Definition().States {
		require.True(t, stages[m.Stage(s.Key, nil)])
		for _, event := range m.Allowed(s.Key) {
			transition, ok := m.Transition(s.Key, event)
			require.True(t, ok)
			to, err := m.Fire(t.Context(), s.Key, event)
			require.NoError(t, err)
			require.Equal(t, transition.To, to)
			for _, role := range transition.Roles {
				require.Empty(t, m.Blockers(s.Key, event, []string{role}))
			}
		}
	}
}
