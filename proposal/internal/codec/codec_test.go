package codec_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/evaluate/appraisal"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/internal/codec"
	"github.com/tian-go/tian/proposal/workflow"
)

// odd has a field of every sort that a host may think of.
type odd struct {
	workflow.Header `json:"-"`

	Plain    string
	Named    word            `json:"named,omitempty"`
	Yes      bool            `json:"yes,omitempty"`
	Always   bool            `json:"always"`
	Int      int8            `json:"int"`
	Big      int64           `json:"big,omitempty"`
	Natural  uint16          `json:"natural"`
	Real     float64         `json:"real"`
	Any      any             `json:"any"`
	Bytes    []byte          `json:"bytes"`
	Raw      json.RawMessage `json:"raw,omitempty"`
	At       time.Time       `json:"at"`
	Ended    time.Time       `json:"ended,omitzero"`
	Due      calendar.Date   `json:"due"`
	Days     []calendar.Date `json:"days"`
	Length   calendar.Length `json:"length,omitzero"`
	Texts    []string        `json:"texts"`
	Words    []word          `json:"words,omitempty"`
	Deep     [][]string      `json:"deep"`
	Array    [2]string       `json:"array"`
	Pointer  *string         `json:"pointer"`
	Twice    **int           `json:"twice"`
	Inner    inner           `json:"inner"`
	Inners   []inner         `json:"inners"`
	Behind   *inner          `json:"behind,omitempty"`
	Map      map[string]string
	Dates    map[word]calendar.Date `json:"dates,omitempty"`
	Numbers  map[int]string         `json:"numbers"`
	Structs  map[string]inner       `json:"structs"`
	Lists    map[string][]inner     `json:"lists"`
	Own      own                    `json:"own"`
	Owns     map[string]own         `json:"owns"`
	Self     *odd                   `json:"self,omitempty"`
	Quoted   int                    `json:"quoted,string"`
	Hidden   string                 `json:"-"`
	Umlaut   string                 `json:"größe"`
	Embedded embedding              `json:"embedded"`
	Among
	Spread spread `json:"spread"`
}

// Among is embedded, with fields that nothing hides.
type Among struct {
	Deeper
	Beside string `json:"beside"`
}

// Deeper is embedded in what is embedded.
type Deeper struct {
	Below []string `json:"below,omitempty"`
}

type spread struct {
	First string `json:"first,omitempty"`
	Among
	inner        // of no exported type
	Last  string `json:"last"`
}

// plainSpread embeds what the codec knows.
type plainSpread struct {
	First string `json:"first,omitempty"`
	Among
	Last string `json:"last"`
}

type word string

type inner struct {
	A string            `json:"a"`
	B []string          `json:"b,omitempty"`
	M map[string]string `json:"m,omitempty"`
	C own               `json:"c"`
}

// own writes itself, through a pointer.
type own struct{ s string }

func (o *own) MarshalJSON() ([]byte, error) { return json.Marshal("<" + o.s) }

func (o *own) UnmarshalJSON(data []byte) error {
	var s string
	err := json.Unmarshal(data, &s)
	o.s = strings.TrimPrefix(s, "<")
	return err
}

type embedding struct {
	inner
	B int `json:"b"`
}

// TestAgreesWithEncodingJSON writes and reads random values: the bytes are those
// of encoding/json, and what is read is what encoding/json reads.
func TestAgreesWithEncodingJSON(t *testing.T) {
	t.Run("odd", func(t *testing.T) { agree[odd](t, 1000, false) })
	t.Run("embedding", func(t *testing.T) { agree[plainSpread](t, 1000, true) })
	t.Run("header", func(t *testing.T) { agree[workflow.Header](t, 1000, true) })
	t.Run("entry", func(t *testing.T) { agree[workflow.Entry](t, 1000, true) })
	t.Run("proposal", func(t *testing.T) { agree[proposal.Proposal](t, 300, true) })
}

func agree[T any](t *testing.T, times int, always bool) {
	t.Helper()
	c := codec.Of(reflect.TypeFor[T]())
	read := 0
	for seed := range times {
		r := random{rand.New(rand.NewPCG(uint64(seed), 0))} //nolint:gosec // a test's randomness
		var value T
		r.fill(reflect.ValueOf(&value).Elem(), 4)
		expected, err := json.Marshal(&value)
		require.NoError(t, err)
		written, err := c.Append(nil, &value)
		require.NoError(t, err)
		require.Equal(t, string(expected), string(written), "seed %d", seed)

		var back, theirs T
		unread := json.Unmarshal(expected, &theirs) // as where a map hides a method of a pointer
		if c.Read(expected, &back) {
			read++
			require.NoError(t, unread)
			require.Equal(t, theirs, back, "seed %d", seed)
		}
	}
	if always {
		require.Equal(t, times, read, "what it writes it reads itself")
	} else {
		require.Positive(t, read)
	}
}

// TestLittleIsLeftToEncodingJSON names what the codec has no way of its own for: of
// every kind of case a few leaves. A kind that were left as a whole would be read
// and written as rightly, and several times as slowly.
func TestLittleIsLeftToEncodingJSON(t *testing.T) {
	const extra = ".Extra{} json.RawMessage"
	for _, kind := range []struct {
		of   any
		left []string
	}{
		{workflow.Header{}, []string{
			".Clocks[].Length calendar.Length", ".Clocks[].Extensions[].By calendar.Length", ".Clocks[].Request.By calendar.Length",
		}},
		{workflow.Entry{}, []string{".Action json.RawMessage", ".Note json.RawMessage"}},
		{proposal.Proposal{}, []string{".Evaluations[].Marks{} evaluate.Mark", extra}},
		{topic.Topic{}, []string{extra}},
		{activity.Activity{}, []string{".Corrections[].Was json.RawMessage", extra}},
		{platform.Platform{}, []string{extra}},
		{plan.Plan{}, []string{extra}},
		{appraisal.Round{}, []string{
			".Rubric json.RawMessage", ".Ranking.Quotas[].Least points.Points", ".Cards[].Ballot.Marks{} evaluate.Mark",
			".Facts[].Value evaluate.Fact", ".Scorings[].Outcomes[] evaluate.Outcome", ".Scorings[].Places[].Rank points.Points",
		}},
	} {
		require.Equal(t, kind.left, codec.Of(reflect.TypeOf(kind.of)).Left(), "%T", kind.of)
	}
}

// TestReadsNothingElse reads what encoding/json would not have written.
func TestReadsNothingElse(t *testing.T) {
	c := codec.Of(reflect.TypeFor[inner]())
	var v inner
	require.True(t, c.Read([]byte(`{"a":"x","b":["y"],"c":"z"}`), &v))
	for _, data := range []string{
		``, `null`, `{}x`, `{"a":"x"`, `{"a":"x",}`, `{"a":"x","unknown":1}`, `{"b":["y"],"a":"x"}`, `{"a":"x","a":"y"}`, `{"A":"x"}`,
		` {"a":"x"}`, `{"a": "x"}`, `{"a":1}`, `{"a":null}`, `{"a":"\x"}`, `{"a":"\u12"}`, `{"a":"\ud800"}`, "{\"a\":\"\xff\"}", "{\"a\":\"\n\"}",
		`{"a":"x","m":{"k"}}`, `{"a":"x","m":{"k":"v",}}`, `{"a":"x","m":{"k":1}}`, `{"a":"x","m":[]}`,
		`{"a":"x","b":["y",]}`, `{"a":"x","b":["y"}`, `{"a":"x","b":{}}`, `{"a":"x","c":5}`,
	} {
		require.False(t, c.Read([]byte(data), new(inner)), data)
	}
}

// TestSaysWhatCannotBeWritten hands over what has no JSON, or is of another type.
func TestSaysWhatCannotBeWritten(t *testing.T) {
	type timed struct{ At time.Time }
	c := codec.Of(reflect.TypeFor[timed]())
	_, err := c.Append(nil, &timed{time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)})
	require.ErrorContains(t, err, "year")
	for _, wrong := range []any{nil, timed{}, &inner{}, (*timed)(nil)} {
		_, err := c.Append(nil, wrong)
		require.ErrorContains(t, err, "pointer")
		require.False(t, c.Read([]byte(`{}`), wrong))
	}
}

// FuzzRead reads whatever: what is read is what encoding/json reads.
func FuzzRead(f *testing.F) {
	c := codec.Of(reflect.TypeFor[odd]())
	for seed := range 20 {
		r := random{rand.New(rand.NewPCG(uint64(seed), 1))} //nolint:gosec // a test's randomness
		var value odd
		r.fill(reflect.ValueOf(&value).Elem(), 3)
		data, err := json.Marshal(&value)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var ours, theirs odd
		if !c.Read(data, &ours) {
			return
		}
		require.NoError(t, json.Unmarshal(data, &theirs))
		require.Equal(t, theirs, ours)
	})
}

// random fills values.
type random struct{ *rand.Rand }

var pieces = []string{
	"a", "提案", "\"", "\\", "<b>&", "\n", "\t\r\b\f", "\x01", "\x7f", "\u2028", "\u2029", "\u2027", "€", "😀", "\ufffd", "\xff", "\xe2\x80", " ", "/", "—",
}

func (r random) text() string {
	var b strings.Builder
	for range r.IntN(6) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

func (r random) moment() time.Time {
	zone := []*time.Location{time.UTC, time.FixedZone("", 8*3600)}[r.IntN(2)]
	return time.Unix(r.Int64N(4e9), r.Int64N(2)*r.Int64N(1e9)).In(zone)
}

func (r random) fill(v reflect.Value, depth int) { //nolint:cyclop,gocyclo // one case for each kind
	switch into := v.Addr().Interface().(type) {
	case *time.Time:
		if r.IntN(3) > 0 {
			*into = r.moment()
		}
		return
	case *calendar.Date:
		if r.IntN(3) > 0 {
			*into, _ = calendar.DateOf(r.moment(), time.UTC)
		}
		return
	case *calendar.Length:
		if r.IntN(3) > 0 {
			*into = calendar.Length{N: 1 + r.IntN(30), Unit: calendar.Workday}
		}
		return
	case *json.RawMessage:
		*into, _ = json.Marshal(r.text())
		return
	case *own:
		into.s = r.text()
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(r.text())
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(r.Int64N(255) - 128)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(r.Uint64N(256))
	case reflect.Float64:
		v.SetFloat(r.NormFloat64())
	case reflect.Interface:
		v.Set(reflect.ValueOf(r.text()))
	case reflect.Pointer:
		if depth > 0 && r.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			r.fill(v.Elem(), depth-1)
		}
	case reflect.Slice:
		if n := r.IntN(5) - 1; n >= 0 && depth > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				r.fill(v.Index(i), depth-1)
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			r.fill(v.Index(i), depth-1)
		}
	case reflect.Map:
		if n := r.IntN(5) - 1; n >= 0 && depth > 0 {
			v.Set(reflect.MakeMap(v.Type()))
			for range n {
				key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
				r.fill(key, depth-1)
				r.fill(value, depth-1)
				v.SetMapIndex(key, value)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Tag.Get("json") != "-" {
				r.fill(v.Field(i), depth-1)
			}
		}
	default:
	}
}
