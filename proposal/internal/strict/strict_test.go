package strict_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/internal/strict"
)

type whole struct {
	inner
	Name  string            `json:"name"`
	Count int               `json:"count"`
	Yes   *bool             `json:"yes"`
	At    time.Time         `json:"at"`
	Parts []part            `json:"parts"`
	Words map[string]string `json:"words"`
	Raw   json.RawMessage   `json:"raw"`
}

type inner struct {
	Deep string `json:"deep"`
}

type part struct {
	Key string `json:"key"`
}

func TestCheckNamesWhatIsWrongAndWhere(t *testing.T) {
	require.NoError(t, strict.Check([]byte(`{"deep":"x","name":"a","count":-3,"yes":true,"at":"2024-01-02T03:04:05Z",
		"parts":[{"key":"k"},null],"words":{"a":"b"},"raw":[{"any":1}]}`), reflect.TypeFor[whole]()))
	for data, want := range map[string]string{
		`{"nama":"a"}`:                      "line 1, nama: unknown field",
		`{"Name":"a"}`:                      "line 1, Name: unknown field",
		`{"name":"a","name":"b"}`:           "line 1, name: there twice",
		"{\n\"parts\":[{\"key\":\"k\"},5]}": "line 2, parts[1]: an object, not 5, is wanted",
		`{"parts":[{"kez":"k"}]}`:           "line 1, parts[0].kez: unknown field",
		`{"count":1.5}`:                     "line 1, count: a whole number, not 1.5, is wanted",
		`{"yes":"true"}`:                    `line 1, yes: true or false, not the text "true", is wanted`,
		`{"words":{"a":1}}`:                 "line 1, words.a: a text, not 1, is wanted",
		`{"words":{"a":"1","a":"2"}}`:       "line 1, words.a: there twice",
		`{"at":"yesterday"}`:                "line 1, at: parsing time",
		`[]`:                                "line 1, the whole: an object, not a list, is wanted",
		`{} {}`:                             "line 1, the whole: more after the end",
		`{"name":"a"`:                       "the text ends too early",
		"{\"name\":\"\xff\"}":               "line 1, the whole: not UTF-8",
	} {
		err := strict.Check([]byte(data), reflect.TypeFor[whole]())
		require.ErrorContains(t, err, want, data)
		var wrong *strict.Error
		require.ErrorAs(t, err, &wrong)
		require.NotEmpty(t, wrong.ZH, data)
	}
}

// Whatever passes, encoding/json decodes, and misses no field.
func FuzzWhatPassesIsDecoded(f *testing.F) {
	for _, seed := range []string{`{}`, `{"deep":"x","name":"a","count":3}`, `{"parts":[{"key":"k"}]}`, `{"at":null,"raw":{"a":[1,2]}}`, `{"words":{"":""}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if strict.Check(data, reflect.TypeFor[whole]()) != nil {
			return
		}
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		var w whole
		require.NoError(t, d.Decode(&w), "%q", data)
	})
}
