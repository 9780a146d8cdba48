package calendar_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
)

func TestTheListingOfChinasDaysLoads(t *testing.T) {
	data, err := os.ReadFile("china/testdata/china_days.csv")
	require.NoError(t, err)
	for name, text := range map[string][]byte{
		"as it is, CRLF": data,
		"with BOM":       append([]byte("\ufeff"), data...),
		"LF":             bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")),
	} {
		notices, err := calendar.ReadCSV(bytes.NewReader(text))
		require.NoError(t, err, name)
		require.Len(t, notices, 20)
		loaded, err := calendar.New(calendar.Spec{Name: "file", Notices: notices})
		require.NoError(t, err)
		for d := date(t, "2007-01-01"); d.Year() < 2027; d = addDays(t, d, 1) {
			want, err := china.Calendar().IsWorkday(d)
			require.NoError(t, err)
			got, err := loaded.IsWorkday(d)
			require.NoError(t, err)
			require.Equal(t, want, got, d)
		}
	}
}

func TestBadRowsAreErrorsByLine(t *testing.T) {
	const header = "date,name,kind,announcement_year\n"
	for name, tc := range map[string]struct {
		text string
		line int
		code string
	}{
		"empty":          {"", 1, calendar.CodeInvalidFile},
		"other header":   {"day,name\n", 1, calendar.CodeInvalidFile},
		"bad date":       {header + "2024-01-01,元旦,off,2024\n2024-02-30,x,off,2024\n", 3, calendar.CodeInvalidDate},
		"no date":        {header + ",x,off,2024\n", 2, calendar.CodeInvalidDate},
		"bad kind":       {header + "2024-01-01,元旦,closed,2024\n", 2, calendar.CodeInvalidCalendar},
		"bad year":       {header + "2024-01-01,元旦,off,24\n", 2, calendar.CodeInvalidFile},
		"year far away":  {header + "2024-01-01,元旦,off,2020\n", 2, calendar.CodeInvalidCalendar},
		"too few cells":  {header + "2024-01-01,元旦,off\n", 2, calendar.CodeInvalidFile},
		"twice":          {header + "2024-01-01,元旦,off,2024\n2024-01-01,元旦,off,2024\n", 3, calendar.CodeInvalidFile},
		"open quote":     {header + "2024-01-01,\"元旦,off,2024\n", 2, calendar.CodeInvalidFile},
		"quoted newline": {header + "2024-01-01,\"元\n旦\",off,2024\n2024-99-01,x,off,2024\n", 4, calendar.CodeInvalidDate},
	} {
		notices, err := calendar.ReadCSV(strings.NewReader(tc.text))
		require.Nil(t, notices, name)
		var at *calendar.LineError
		require.ErrorAs(t, err, &at, name)
		require.Equal(t, tc.line, at.Line, "%s: %v", name, err)
		require.Equal(t, tc.code, calendar.Code(err), "%s: %v", name, err)
		require.ErrorIs(t, err, calendar.ErrInvalid)
		require.ErrorContains(t, err, fmt.Sprintf("line %d: ", tc.line), name)
	}
	broken := errors.New("disk")
	_, err := calendar.ReadCSV(iotest.ErrReader(broken))
	require.ErrorIs(t, err, broken)
	_, _, err = calendar.ReadICalendar(iotest.ErrReader(broken))
	require.ErrorIs(t, err, broken)
}

// The three ways in which published calendars mark their days, a folded line,
// a festival without a day off, and components to pass over.
const ical = "BEGIN:VCALENDAR\r\n" +
	"VERSION:2.0\r\n" +
	"X-WR-CALDESC:中国法定节假日\r\n" +
	"BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" +
	"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261008\r\nSUMMARY;LANGUAGE=zh_CN:国庆\r\n 节（休）\r\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260920\r\nSUMMARY:国庆节（班）\r\nBEGIN:VALARM\r\nSUMMARY:上班\r\nEND:VALARM\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\nSUMMARY:上班(补国庆节假期)\nDTSTART;VALUE=DATE:20261010\nDTEND;VALUE=DATE:20261011\nEND:VEVENT\n" +
	"BEGIN:VEVENT\r\nSUMMARY:中秋节假期\r\nDTSTART;TZID=\"a:b\";VALUE=DATE:20260925\r\nDTEND;VALUE=DATE:20260928\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nSUMMARY:搬迁\\, 闭馆\r\nCATEGORIES:单位,休\r\nDTSTART;VALUE=DATE:20261102\r\nDTEND;VALUE=DATE:20261102\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nSUMMARY:重阳节\r\nDTSTART;VALUE=DATE:20261018\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\n" +
	"END:VCALENDAR\r\n"

func TestPublishedICalendarsLoad(t *testing.T) {
	days, unmarked, err := calendar.ReadICalendar(strings.NewReader(ical))
	require.NoError(t, err)
	want := listed(t, calendar.Off, "国庆节", "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07")
	want = append(want, listed(t, calendar.Work, "国庆节", "2026-09-20")...)
	want = append(want, listed(t, calendar.Work, "上班(补国庆节假期)", "2026-10-10")...)
	want = append(want, listed(t, calendar.Off, "中秋节", "2026-09-25", "2026-09-26", "2026-09-27")...)
	want = append(want, listed(t, calendar.Off, "搬迁, 闭馆", "2026-11-02")...)
	require.Equal(t, want, days)
	require.Equal(t, []calendar.Unmarked{{Line: 40, Summary: "重阳节"}}, unmarked)

	cal, err := calendar.New(calendar.Spec{Name: "file", Notices: []calendar.Notice{{Year: 2026, Days: days}}})
	require.NoError(t, err)
	next, err := cal.Next(date(t, "2026-09-30"))
	require.NoError(t, err)
	require.Equal(t, "2026-10-08", next.String())
}

// A holiday that was called off is in the file still, so that subscribers hear of
// it. It is no day off, and nothing for the caller to judge either.
func TestACancelledEventListsNoDay(t *testing.T) {
	const text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:国庆节（休）\nSTATUS:%s\nDTSTART;VALUE=DATE:20261001\nEND:VEVENT\nEND:VCALENDAR\n"
	for status, off := range map[string]int{"CANCELLED": 0, "cancelled": 0, "CONFIRMED": 1, "TENTATIVE": 1} {
		days, unmarked, err := calendar.ReadICalendar(strings.NewReader(fmt.Sprintf(text, status)))
		require.NoError(t, err, status)
		require.Len(t, days, off, status)
		require.Empty(t, unmarked, status)
	}
}

func TestBadICalendarLinesAreErrorsByLine(t *testing.T) {
	event := func(lines ...string) string {
		return "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + strings.Join(lines, "\n") + "\nEND:VEVENT\nEND:VCALENDAR\n"
	}
	for name, tc := range map[string]struct {
		text string
		line int
	}{
		"empty":               {"", 1},
		"not iCalendar":       {"date,name\n", 1},
		"begins elsewhere":    {"BEGIN:VEVENT\nEND:VEVENT\n", 1},
		"cut off":             {"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", 2},
		"crossed":             {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", 3},
		"no colon":            {"BEGIN:VCALENDAR\nnonsense\nEND:VCALENDAR\n", 2},
		"ends twice":          {"BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR\n", 3},
		"no date":             {event("SUMMARY:春节（休）"), 2},
		"date with time":      {event("SUMMARY:春节（休）", "DTSTART:20240210T000000"), 4},
		"no such date":        {event("SUMMARY:春节（休）", "DTSTART;VALUE=DATE:20240230"), 4},
		"ends before it does": {event("SUMMARY:春节（休）", "DTSTART;VALUE=DATE:20240210", "DTEND;VALUE=DATE:20240209"), 2},
		"lasts for years":     {event("SUMMARY:春节（休）", "DTSTART;VALUE=DATE:20240210", "DTEND;VALUE=DATE:20290210"), 2},
		"repeats":             {event("SUMMARY:春节（休）", "DTSTART;VALUE=DATE:20240210", "RRULE:FREQ=YEARLY"), 5},
		"off and worked": {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a（休）\nDTSTART;VALUE=DATE:20240210\nEND:VEVENT\n" +
			"BEGIN:VEVENT\nSUMMARY:b（班）\nDTSTART;VALUE=DATE:20240210\nEND:VEVENT\nEND:VCALENDAR\n", 6},
		"too deep":       {strings.Repeat("BEGIN:VCALENDAR\n", 17), 17},
		"too long":       {"BEGIN:VCALENDAR\nSUMMARY:" + strings.Repeat("x", 70_000), 2},
		"folds too long": {"BEGIN:VCALENDAR\nSUMMARY:\n" + strings.Repeat(" "+strings.Repeat("x", 1000)+"\n", 70), 2},
	} {
		days, unmarked, err := calendar.ReadICalendar(strings.NewReader(tc.text))
		require.Nil(t, days, name)
		require.Nil(t, unmarked, name)
		var at *calendar.LineError
		require.ErrorAs(t, err, &at, name)
		require.Equal(t, tc.line, at.Line, "%s: %v", name, err)
		require.Equal(t, calendar.CodeInvalidFile, calendar.Code(err), name)
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add("date,name,kind,announcement_year\n2024-01-01,元旦,off,2024\n2024-02-04,春节,work,2024\n")
	f.Add("date,name,kind,announcement_year\n\"2024-01-01\",\"a\n\",off,2024\n")
	f.Fuzz(func(t *testing.T, text string) {
		notices, err := calendar.ReadCSV(strings.NewReader(text))
		if err != nil {
			var at *calendar.LineError
			require.ErrorAs(t, err, &at)
			require.LessOrEqual(t, at.Line, strings.Count(text, "\n")+strings.Count(text, "\r")+1)
			return
		}
		_, err = calendar.New(calendar.Spec{Name: "file", Notices: notices})
		require.NoError(t, err, "what loads builds a calendar")
	})
}

func FuzzReadICalendar(f *testing.F) {
	f.Add(ical)
	f.Add("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a（休）\nDTSTART;VALUE=DATE:99991231\nDTEND;VALUE=DATE:99991231\nEND:VEVENT\nEND:VCALENDAR\n")
	f.Fuzz(func(t *testing.T, text string) {
		days, _, err := calendar.ReadICalendar(strings.NewReader(text))
		if err != nil {
			var at *calendar.LineError
			require.ErrorAs(t, err, &at)
			require.LessOrEqual(t, at.Line, strings.Count(text, "\n")+1)
			return
		}
		_, err = calendar.New(calendar.Spec{Name: "file", Days: days, Complete: true})
		require.NoError(t, err, "what loads builds a calendar")
	})
}
