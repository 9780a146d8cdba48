package calendar_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
)

func named() map[string]*calendar.Calendar {
	return map[string]*calendar.Calendar{"china": china.Calendar()}
}

func TestRequestsAreAnswered(t *testing.T) {
	for _, tc := range []struct{ request, due string }{
		{`{"start":"2024-04-26","limit":{"n":10,"unit":"workday"},"roll":"next_workday","pauses":[],"extend":[],"calendar":"china"}`, "2024-05-13"},
		{`{"start":"2024-04-26","limit":{"n":10,"unit":"workday"},"pauses":[{"from":"2024-05-06","to":"2024-05-10"}],"extend":[{"n":5,"unit":"workday"}],"calendar":"china"}`, "2024-05-27"},
		{`{"start":"2024-01-31","limit":{"n":1,"unit":"month"},"calendar":"china"}`, "2024-02-29"},
		{`{"start":"2030-01-01","limit":{"n":10,"unit":"day"},"calendar":"china"}`, "2030-01-11"},
		{`{"start":"2030-01-01","limit":"10 days","calendar":"china"}`, "2030-01-11"},
		{`{"start":"2024-03-01","limit":{"on":"08-31"},"roll":"next_workday","calendar":"china"}`, "2024-09-02"},
		{`{"start":"2030-01-03","limit":{"n":3,"unit":"workday"},"calendar":{"weekend":["Sat","Sun"],"off":["2030-01-07"],"work":["2030-01-05"]}}`, "2030-01-08"},
		{`{"start":"2030-01-03","limit":{"n":1,"unit":"workday"},"calendar":{"weekend":["Fri"]}}`, "2030-01-05"},
		{`{"start":"2030-01-03","limit":{"n":3,"unit":"workday"},"calendar":{"weekend":[]}}`, "2030-01-06"},
		{`{"start":"2030-01-03","limit":{"n":2,"unit":"workday"},"calendar":{}}`, "2030-01-07"},
	} {
		answer, err := calendar.AnswerDue([]byte(tc.request), named(), "zh")
		require.NoError(t, err, tc.request)
		require.Equal(t, tc.due, answer.Due.String(), tc.request)
		require.NotEmpty(t, answer.Trace)
		require.Contains(t, answer.Trace[0], "起算")
		text, err := json.Marshal(answer)
		require.NoError(t, err)
		require.Contains(t, string(text), `{"due":"`+tc.due+`","trace":["`)
	}
	_, err := calendar.AnswerDue([]byte(`{"start":"2024-01-31","limit":{"n":1,"unit":"month"}}`), map[string]*calendar.Calendar{"": china.Calendar()}, "en")
	require.NoError(t, err, "the default calendar")
}

func TestUnusableRequestsNameThePlace(t *testing.T) {
	for _, tc := range []struct{ request, code, says string }{
		{`x`, calendar.CodeInvalidRequest, "request"},
		{`[]`, calendar.CodeInvalidRequest, "request"},
		{`{} {}`, calendar.CodeInvalidRequest, "more than one"},
		{`{"limit":{"n":1,"unit":"day"},"calendar":"china"}`, calendar.CodeInvalidRequest, `"start"`},
		{`{"start":"2024-01-31","calendar":"china"}`, calendar.CodeInvalidRequest, `"limit"`},
		{`{"start":"2024-02-30","limit":{"n":1,"unit":"day"},"calendar":"china"}`, calendar.CodeInvalidDate, "start: "},
		{`{"start":20240230,"limit":{"n":1,"unit":"day"},"calendar":"china"}`, calendar.CodeInvalidRequest, "start"},
		{`{"start":"2024-01-31","limit":{"n":1,"unit":"week"},"calendar":"china"}`, calendar.CodeInvalidLength, "limit: "},
		{`{"start":"2024-01-31","limit":{"n":1000000000,"unit":"workday"},"calendar":"china"}`, calendar.CodeInvalidLength, "1000000000"},
		{`{"start":"2024-01-31","limit":{"n":1,"unit":"day"},"roll":"back","calendar":"china"}`, calendar.CodeInvalidLimit, "roll"},
		{`{"start":"2024-01-31","limit":{"n":1,"unit":"day"},"cap":3,"calendar":"china"}`, calendar.CodeInvalidRequest, "cap"},
		{`{"start":"2024-01-31","limit":{"n":1,"unit":"day"},"pauses":[{"from":"2024-02-01","to":"2024-02-02"},{"from":"2024-13-01","to":"2024-02-02"}],"calendar":"china"}`, calendar.CodeInvalidDate, "pauses[1]"},
		{`{"start":"2024-01-31","limit":{"n":1,"unit":"day"},"pauses":[{"from":"2024-02-01"}],"calendar":"china"}`, calendar.CodeInvalidRequest, "pauses[0]"},
		{`{"start":"2024-01-31","limit":{"n":1,"unit":"day"},"pauses":[{"from":"2024-02-03","to":"2024-02-02"}],"calendar":"china"}`, calendar.CodeInvalidClock, "pause 1"},
		{`{"start":"2024-01-31","limit":{"n":1,"unit":"day"},"extend":[{"n":1}],"calendar":"china"}`, calendar.CodeInvalidLength, "extend[0]"},
		{`{"start":"2024-01-31","limit":{"n":1,"unit":"day"},"extend":[null],"calendar":"china"}`, calendar.CodeInvalidLength, "extension 1"},
		{`{"start":"2024-01-31","limit":{"n":1,"unit":"day"}}`, calendar.CodeNoCalendar, `""`},
		{`{"start":"2024-01-31","limit":{"n":1,"unit":"day"},"calendar":"mars"}`, calendar.CodeNoCalendar, "mars"},
		{`{"start":"2024-01-31","limit":{"n":1,"unit":"day"},"calendar":{"weekend":["Sonntag"]}}`, calendar.CodeInvalidCalendar, "Sonntag"},
		{`{"start":"2024-01-31","limit":{"n":1,"unit":"day"},"calendar":{"off":["2024-01-01"],"work":["2024-01-01"]}}`, calendar.CodeInvalidCalendar, "2024-01-01"},
		{`{"start":"2024-01-31","limit":{"n":1,"unit":"day"},"calendar":{"holidays":[]}}`, calendar.CodeInvalidCalendar, "holidays"},
		{`{"start":"2026-12-25","limit":{"n":10,"unit":"workday"},"calendar":"china"}`, calendar.CodeUnknownYear, "2027"},
		{`{"start":"9999-12-25","limit":{"n":10,"unit":"day"},"calendar":"china"}`, calendar.CodeOutOfRange, "9999"},
	} {
		_, err := calendar.AnswerDue([]byte(tc.request), named(), "en")
		require.Error(t, err, tc.request)
		require.Equal(t, tc.code, calendar.Code(err), "%s: %v", tc.request, err)
		require.ErrorContains(t, err, tc.says, tc.request)
		require.NotContains(t, err.Error(), "\n", "one line")
	}
}

// What is given twice, or in other letters, is not quietly taken for the last
// one; and no error speaks of Go types or repeats ten megabytes.
func TestRequestsAreReadStrictlyAndRefusedPlainly(t *testing.T) {
	long := strings.Repeat("9", 10_000)
	for request, says := range map[string]string{
		`{"start":"2024-04-26","start":"2024-04-27","limit":{"n":1,"unit":"day"},"calendar":"china"}`:              `member "start" is given twice`,
		`{"start":"2024-04-26","START":"2024-04-27","limit":{"n":1,"unit":"day"},"calendar":"china"}`:              `unknown member "START"`,
		`{"start":"2024-04-26","limit":{"n":1,"unit":"day","n":2},"calendar":"china"}`:                             `member "n" is given twice`,
		`{"start":"2024-04-26","limit":{"N":1,"unit":"day"},"calendar":"china"}`:                                   `unknown member "N"`,
		`{"start":"2024-04-26","limit":{"n":1,"unit":"day"},"pauses":[{"from":"2024-05-01","from":"2024-05-02"}]}`: `pauses[0]`,
		`{"start":"2024-04-26","limit":{"n":1,"unit":"day"},"calendar":{"off":[],"off":["2024-05-01"]}}`:           `member "off" is given twice`,
		`7`: `an object is needed, not number`,
		`{"start":20240426,"limit":{"n":1,"unit":"day"}}`:                                     `a date in quotation marks is needed, not number`,
		`{"start":"2024-04-26","limit":{"n":1.5,"unit":"day"}}`:                               `n: a whole number is needed, not number 1.5`,
		`{"start":"2024-04-26","limit":{"n":"10","unit":"day"}}`:                              `n: a whole number is needed, not string`,
		`{"start":"2024-04-26","limit":{"n":` + long + `}}`:                                   `n: a whole number is needed, not number 999`,
		`{"start":"2024-04-26","limit":{"n":1,"unit":5}}`:                                     `unit: a string is needed, not number`,
		`{"start":"2024-04-26","limit":{"n":1,"unit":"day"},"pauses":{}}`:                     `pauses: an array is needed, not object`,
		`{"start":"2024-04-26","limit":{"n":1,"unit":"day"},"calendar":{"off":"2024-05-01"}}`: `off: an array is needed, not string`,
		`{"` + long + `":1}`: `unknown member "999`,
		`{"start":`:          `the text ends too early`,
	} {
		_, err := calendar.AnswerDue([]byte(request), named(), "en")
		require.ErrorIs(t, err, calendar.ErrInvalid, says)
		require.ErrorContains(t, err, says)
		require.NotContains(t, err.Error(), "Go ")
		require.Less(t, len(err.Error()), 200)
	}
}

// A calendar of many scattered days off, all of them named in the trace, costs
// in proportion to their number: a file of some megabytes does not hang.
func TestATraceCostsInProportionToItsDays(t *testing.T) {
	allocated := func(days int) float64 {
		first := date(t, "2024-05-01")
		off := make([]string, days)
		for i := range off {
			d, err := first.AddDays(2 * i)
			require.NoError(t, err)
			off[i] = d.String()
		}
		list, err := json.Marshal(off)
		require.NoError(t, err)
		request := fmt.Appendf(nil, `{"start":"2024-04-26","limit":{"n":%d,"unit":"workday"},"calendar":{"weekend":[],"off":%s}}`, 2*days, list)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		answer, err := calendar.AnswerDue(request, nil, "en")
		runtime.ReadMemStats(&after)
		require.NoError(t, err)
		require.Greater(t, len(answer.Trace[1]), days)
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	require.Less(t, allocated(8000)/allocated(2000), 6.0, "four times the days, about four times the bytes")
}

func FuzzAnswerDue(f *testing.F) {
	f.Add([]byte(`{"start":"2024-04-26","limit":{"n":10,"unit":"workday"},"roll":"next_workday","pauses":[{"from":"2024-05-06","to":"2024-05-10"}],"extend":[{"n":5,"unit":"workday"}],"calendar":"china"}`))
	f.Add([]byte(`{"start":"2024-04-26","limit":"08-31","calendar":{"weekend":["Sat","Sun"],"off":["2030-01-07"],"work":["2030-01-05"]}}`))
	f.Add([]byte(`{"start":"9999-12-31","limit":{"n":3652059,"unit":"month"},"calendar":{}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		answer, err := calendar.AnswerDue(data, named(), "zh")
		if err != nil {
			require.NotEmpty(t, calendar.Code(err), err)
			require.Zero(t, answer)
			return
		}
		require.False(t, answer.Due.IsZero())
		require.NotEmpty(t, answer.Trace)
	})
}

func FuzzClockJSON(f *testing.F) {
	f.Add([]byte(`{"start":"2024-03-01","limit":{"length":"2 months","cap":"3 months","roll":"next_workday","warnings":[{"colour":"red","before":"3 workdays"}],"reminders":[{"every":"7 days"}]},"pauses":[{"from":"2024-03-05","to":"2024-03-07"}],"extensions":[{"by":"10 days"}]}`), "2024-04-01")
	f.Add([]byte(`{"start":"2024-03-01","anchor":"2024-06-01","limit":{"length":"20 days","before":"lead"},"stopped":"2024-04-01"}`), "2025-01-01")
	f.Fuzz(func(t *testing.T, data []byte, day string) {
		var c calendar.Timer
		today, err := calendar.ParseDate(day)
		if err != nil || json.Unmarshal(data, &c) != nil || c.Validate() != nil {
			return
		}
		due, err := c.Due(china.Calendar())
		if err != nil {
			require.NotEmpty(t, calendar.Code(err), err)
			return
		}
		explained, trace, err := c.Explain(china.Calendar())
		require.NoError(t, err)
		require.Equal(t, due, explained)
		require.Equal(t, due, trace[len(trace)-1].Date)
		if s, err := c.State(china.Calendar(), today); err == nil {
			require.NotEmpty(t, s.Phase)
		}
	})
}
