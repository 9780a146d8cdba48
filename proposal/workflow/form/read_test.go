package form_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"reflect"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/workflow/form"
)

type promise struct {
	What string `json:"what,omitempty" field:"text"`
	Day  int    `json:"day,omitempty"`
}

type answer struct {
	Text     string    `json:"text,omitempty" field:"text"`
	At       time.Time `json:"at,omitzero"`
	Open     bool      `json:"open,omitempty"`
	Pages    int       `json:"pages,omitempty"`
	Papers   []string  `json:"papers,omitempty" field:"id"`
	Signer   promise   `json:"signer,omitzero"`
	Promises []promise `json:"promises,omitempty"`
}

// What a browser sends of a reply with two promises, drawn as rows 0 and 10.
func ExampleRead() {
	sent := url.Values{
		"text": {" 已办结。\r\n"}, "at": {"2026-03-05T09:30"}, "pages": {"3"}, "papers": {"甲\r\n乙", "丙"},
		"promises.10.what": {"建成"}, "promises.0.what": {"立项"}, "promises.0.day": {"7"}, "signer.what": {""},
	}
	data, err := form.Read(form.Of(reflect.TypeFor[answer]()), sent, time.FixedZone("", 8*3600))
	fmt.Println(string(data), err)
	// Output: {"at":"2026-03-05T09:30:00+08:00","pages":3,"papers":["甲","乙","丙"],"promises":[{"day":7,"what":"立项"},{"what":"建成"}],"text":"已办结。"} <nil>
}

// Whatever is put into the controls of a form is what the action is read from it with.
func TestWhatIsSentIsRead(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a test that can be repeated
	word := func() string { return []string{"", "甲", "乙 丙", `"{}`, "a.0.b"}[r.IntN(5)] }
	made := func() promise { return promise{word(), r.IntN(3)} }
	fields := form.Of(reflect.TypeFor[answer]())
	for range 2000 {
		want := answer{Text: word(), Open: r.IntN(2) == 0, Pages: r.IntN(4) - 1, Signer: made()}
		if r.IntN(2) == 0 {
			want.At = time.Unix(r.Int64N(1e9)/60*60, 0).UTC()
		}
		sent := url.Values{"text": {want.Text}, "pages": {number(want.Pages)}, "signer.what": {want.Signer.What}, "signer.day": {number(want.Signer.Day)}}
		if want.Open {
			sent.Set("open", "true")
		}
		if !want.At.IsZero() {
			sent.Set("at", want.At.Format("2006-01-02T15:04"))
		}
		for range r.IntN(4) {
			sent.Add("papers", word())
		}
		for _, paper := range sent["papers"] {
			if paper != "" {
				want.Papers = append(want.Papers, paper)
			}
		}
		for row := range r.IntN(12) {
			p := made()
			at := "promises." + strconv.Itoa(row) + "."
			sent[at+"what"], sent[at+"day"] = []string{p.What}, []string{number(p.Day)}
			if p != (promise{}) {
				want.Promises = append(want.Promises, p)
			}
		}
		data, err := form.Read(fields, sent, time.UTC)
		require.NoError(t, err)
		var got answer
		require.NoError(t, json.Unmarshal(data, &got), "%s", data)
		require.Equal(t, want, got, "%v", sent)
	}
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// What is none of its type is left as it was typed, and an object may be JSON.
func TestWhatIsNotOfItsTypeIsLeft(t *testing.T) {
	t.Parallel()
	fields := form.Of(reflect.TypeFor[answer]())
	for typed, want := range map[string]string{
		"pages=three":              `{"pages":"three"}`,
		"pages=1.5":                `{"pages":"1.5"}`,
		"at=tomorrow":              `{"at":"tomorrow"}`,
		"at=2026-03-05T09:30:15":   `{"at":"2026-03-05T09:30:15Z"}`,
		"at=2026-03-05T09:30:00Z":  `{"at":"2026-03-05T09:30:00Z"}`,
		`signer={"day":2}`:         `{"signer":{"day":2}}`,
		"signer=nobody":            `{"signer":"nobody"}`,
		"promises.-1.day=2":        `{"promises":[{"day":2}]}`,
		"promises.01.day=2":        `{}`,
		"promises.x.day=2":         `{}`,
		"promises.0=2":             `{}`,
		"unknown=1":                `{}`,
		"open=yes":                 `{"open":false}`,
		"promises.0.unknown=1":     `{}`,
		"papers=%20%0A%0A":         `{}`,
		"promises.2000000.day=1":   `{"promises":[{"day":1}]}`,
		`promises={"what":"a"}`:    `{"promises":[{"what":"a"}]}`,
		"text=%C3%28&promises=%7B": `{"promises":["{"],"text":"�("}`,
	} {
		sent, err := url.ParseQuery(typed)
		require.NoError(t, err)
		data, err := form.Read(fields, sent, time.UTC)
		require.NoError(t, err)
		require.JSONEq(t, want, string(data), typed)
	}
}
