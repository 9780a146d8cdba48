package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/text"
)

// A day in figures, with what may stand behind it: a time of day, and a zone.
var (
	dayFirst  = regexp.MustCompile(`^(\d{4}) ?[-/.年、。\\] ?(\d{1,2}) ?[-/.月、。\\] ?(\d{1,2}) ?[日号]?(?:[t ]? ?(.*))?$`)
	dayBare   = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	timeOfDay = regexp.MustCompile(`^(?:上午|下午|中午|晚上|凌晨)? ?(?:(\d{1,2})[:时点](?:(\d{1,2})分?)?(?::?(\d{1,2})(?:\.\d+)?秒?)? ?([ap]m)?)? ?(z|utc|[-+]\d{2}:?\d{2})?$`)
	weekday   = regexp.MustCompile(` ?\(?(?:星期|周|礼拜)[一二三四五六日天]\)?`)
)

// Day reads a day as the systems of offices write it: 2017-04-18, with a
// time of day or a day of the week behind it or not, 2017年6月22日, 2017/6/22,
// 2017.6.22, 20170622, 二〇一七年六月二十二日, seconds or milliseconds since 1970, or
// the number of the day in a spreadsheet. The year comes first and has four figures.
func Day(s string) (time.Time, bool) {
	const longest = 100 // bytes
	if len(s) > longest {
		return time.Time{}, false
	}
	s = strings.Map(hyphen, WesternFigures(text.Fold(s)))
	if day, ok := counted(s); ok {
		return dayOf(day)
	}
	found := dayBare.FindStringSubmatch(s)
	if found == nil {
		found = dayFirst.FindStringSubmatch(weekday.ReplaceAllString(s, ""))
	}
	if found == nil {
		return time.Time{}, false
	}
	n := func(i int) int { v, _ := strconv.Atoi(found[i]); return v } // only figures are there
	day := time.Date(n(1), time.Month(n(2)), n(3), 0, 0, 0, 0, time.UTC)
	if int(day.Month()) != n(2) || day.Day() != n(3) {
		return time.Time{}, false
	}
	if len(found) < 5 || found[4] == "" {
		return dayOf(day)
	}
	clock := timeOfDay.FindStringSubmatch(found[4])
	if clock == nil {
		return time.Time{}, false
	}
	part := func(i int) int { v, _ := strconv.Atoi(clock[i]); return v }
	if part(1) > 24 || part(2) > 59 || part(3) > 60 {
		return time.Time{}, false
	}
	if zone := clock[5]; zone != "" && clock[1] != "" {
		return inBeijing(time.Date(n(1), time.Month(n(2)), n(3), part(1), part(2), part(3), 0, time.UTC), zone)
	}
	return dayOf(day)
}

// inBeijing is the day in Beijing of a time in another zone.
func inBeijing(at time.Time, zone string) (time.Time, bool) {
	if zone[0] == '+' || zone[0] == '-' {
		hours, _ := strconv.Atoi(zone[1:3])
		minutes, _ := strconv.Atoi(zone[len(zone)-2:])
		offset := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
		if zone[0] == '+' {
			offset = -offset
		}
		at = at.Add(offset)
	}
	return dayOf(at.In(Beijing()))
}

// counted reads a day that is a mere number.
func counted(s string) (time.Time, bool) {
	whole, part, _ := strings.Cut(s, ".") // the time of day is a part of one
	if strings.Trim(part, "0123456789") != "" {
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	switch {
	case err != nil:
		return time.Time{}, false
	case n >= 30_000 && n < 60_000: // 1982 to 2064, counted from 30 December 1899
		return time.Date(1899, 12, 30+int(n), 0, 0, 0, 0, time.UTC), true
	case n >= 500_000_000 && n < 4_000_000_000: // 1985 to 2096
		return time.Unix(n, 0).In(Beijing()), true
	case n >= 500_000_000_000 && n < 4_000_000_000_000 && part == "":
		return time.UnixMilli(n).In(Beijing()), true
	}
	return time.Time{}, false
}

func hyphen(r rune) rune {
	if r >= 0x2010 && r <= 0x2015 || r == 0x2212 {
		return '-'
	}
	return r
}

// WesternFigures returns a year or date in Chinese figures in others: 二〇一七年六月二十二日.
func WesternFigures(s string) string {
	if !strings.ContainsAny(s, "〇○零一二三四五六七八九十") || !strings.Contains(s, "年") {
		return s
	}
	year, rest, _ := strings.Cut(s, "年")
	year = strings.Map(func(r rune) rune {
		if r == '○' || r == '零' {
			r = '〇'
		}
		if at := strings.IndexRune("〇一二三四五六七八九", r); at >= 0 {
			return rune('0' + at/len("〇")) //nolint:gosec // a digit
		}
		return r
	}, year)
	month, rest, _ := strings.Cut(rest, "月")
	for i := 31; i > 0; i-- {
		chinese := text.Numeral(i)
		if month == chinese {
			month = strconv.Itoa(i)
		}
		for _, end := range []string{"日", "号"} {
			if after, is := strings.CutPrefix(rest, chinese+end); is {
				rest = strconv.Itoa(i) + end + after
			}
		}
	}
	if month == "" && rest == "" {
		return year + "年"
	}
	return year + "年" + month + "月" + rest
}

// dayOf returns the day alone, if it is one on which something can have been.
func dayOf(t time.Time) (time.Time, bool) {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC), year >= 1949 && year < 2100
}

// Beijing is the zone of printed dates. China has had no summer time since 1991,
// and a day is all that is printed.
func Beijing() *time.Location { return time.FixedZone("UTC+8", 8*60*60) }
