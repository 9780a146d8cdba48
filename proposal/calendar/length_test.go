package calendar_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
)

func TestLengthsHaveOneTextFormAndOneJSONForm(t *testing.T) {
	for _, tc := range []struct {
		text, json string
		want       calendar.Length
	}{
		{"10 workdays", `{"n":10,"unit":"workday"}`, calendar.Workdays(10)},
		{"1 workday", `{"n":1,"unit":"workday"}`, calendar.Workdays(1)},
		{"5 days", `{"n":5,"unit":"day"}`, calendar.Days(5)},
		{"0 days", `{"n":0,"unit":"day"}`, calendar.Days(0)},
		{"3 months", `{"n":3,"unit":"month"}`, calendar.Months(3)},
		{"08-31", `{"on":"08-31"}`, calendar.On(time.August, 31)},
		{"02-29", `{"on":"02-29"}`, calendar.On(time.February, 29)},
	} {
		got, err := calendar.ParseLength(tc.text)
		require.NoError(t, err)
		require.Equal(t, tc.want, got)
		require.Equal(t, tc.text, got.String())
		written, err := json.Marshal(got)
		require.NoError(t, err)
		require.Equal(t, tc.json, string(written))
		for _, form := range []string{tc.json, `"` + tc.text + `"`} {
			var read calendar.Length
			require.NoError(t, json.Unmarshal([]byte(form), &read))
			require.Equal(t, tc.want, read)
		}
	}
	var none calendar.Length
	require.NoError(t, json.Unmarshal([]byte(`null`), &none))
	require.True(t, none.IsZero())
	text, err := json.Marshal(none)
	require.NoError(t, err)
	require.Equal(t, "null", string(text))
}

func TestWhatIsNoLengthIsRefused(t *testing.T) {
	for _, s := range []string{
		"", "10", "10 ", " 10 days", "10  days", "10days", "-1 days", "+1 days", "01 days", "1.5 months", "ten days",
		"10 weeks", "10 Days", "10 dayss", "3652060 days", "1000000000 workdays", "99999999999999999999 days",
		"13-01", "00-10", "02-30", "04-31", "8-31", "08-3a", "08-00", "2024-08-31",
	} {
		_, err := calendar.ParseLength(s)
		require.ErrorIs(t, err, calendar.ErrInvalid, "%q", s)
		require.Equal(t, calendar.CodeInvalidLength, calendar.Code(err), "%q", s)
	}
	for _, s := range []string{
		`{}`, `{"n":10}`, `{"unit":"day"}`, `{"n":10,"unit":"week"}`, `{"n":-1,"unit":"day"}`, `{"n":1.5,"unit":"day"}`,
		`{"n":1e30,"unit":"day"}`, `{"n":"10","unit":"day"}`, `{"n":10,"unit":"day","extra":1}`, `{"on":"08-31","n":1}`,
		`{"on":"3 days"}`, `{"n":1000000000,"unit":"month"}`, `[]`, `7`, `"10"`, `true`,
	} {
		var l calendar.Length
		require.Error(t, json.Unmarshal([]byte(s), &l), s)
		require.True(t, l.IsZero(), s)
	}
	require.Error(t, calendar.Length{}.Validate())
	require.Error(t, calendar.On(time.February, 30).Validate())
}

func FuzzParseLength(f *testing.F) {
	for _, s := range []string{"10 workdays", "1 month", "08-31", "0 days", "x", "1 "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := calendar.ParseLength(s)
		if err != nil {
			require.True(t, l.IsZero())
			return
		}
		require.NoError(t, l.Validate())
		again, err := calendar.ParseLength(l.String())
		require.NoError(t, err)
		require.Equal(t, l, again)
	})
}

func FuzzLengthJSON(f *testing.F) {
	for _, s := range []string{`{"n":10,"unit":"workday"}`, `{"on":"08-31"}`, `"3 months"`, `null`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var l calendar.Length
		if json.Unmarshal(data, &l) != nil || l.IsZero() {
			return
		}
		require.NoError(t, l.Validate())
		written, err := json.Marshal(l)
		require.NoError(t, err)
		var again calendar.Length
		require.NoError(t, json.Unmarshal(written, &again))
		require.Equal(t, l, again)
	})
}
