package calendar

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Unmarked is an event of an iCalendar file that does not say whether its days
// are off or worked.
type Unmarked struct {
	Line    int // of its BEGIN:VEVENT, from 1
	Summary string
}

// ReadICalendar reads listed days from an iCalendar file (RFC 5545) as holiday
// calendars are published. Of every VEVENT it reads
//
//   - DTSTART, which must be a date without time (VALUE=DATE, 20240210);
//   - DTEND, the day after the last one; without it, or when it equals DTSTART,
//     the event is one day;
//   - STATUS: an event that is CANCELLED is passed over, whatever else it says;
//   - SUMMARY, whose text without its mark is the holiday's name.
//
// The event is off or worked by the first of these that says so:
//
//   - X-APPLE-SPECIAL-DAY: WORK-HOLIDAY is off, ALTERNATE-WORKDAY is worked;
//   - a CATEGORIES value: 休, 放假, OFF or HOLIDAY is off; 班, 上班, 调休上班, WORK
//     or WORKDAY is worked;
//   - the end of SUMMARY: （休） or 假期 is off, （班） is worked, with full-width or
//     ASCII parentheses; or its beginning: 上班 is worked.
//
// Events that say neither, such as solar terms and festivals without a day off,
// list no days and come back as unmarked, for the caller to judge; their dates
// are not looked at. All other properties and components are passed over. Lines may be folded and may end
// in LF alone. A line that cannot be read, an event that repeats (RRULE, RDATE)
// or lasts more than 366 days, and two events that say different things of one
// day are a [LineError]; nothing is returned then.
//
// A file does not say which notice it prints: put the days into a [Notice] of
// the year they arrange.
func ReadICalendar(r io.Reader) (days []ListedDay, unmarked []Unmarked, err error) {
	p := icalParser{seen: make(map[Date]DayKind)}
	if err := unfold(r, p.line); err != nil {
		return nil, nil, err
	}
	if err := p.finish(); err != nil {
		return nil, nil, err
	}
	return p.days, p.unmarked, nil
}

type icalParser struct {
	open     []icalComponent // components begun and not ended, outermost first
	event    *icalEvent
	last     int
	days     []ListedDay
	unmarked []Unmarked
	seen     map[Date]DayKind
}

type icalComponent struct {
	name string
	line int
}

type icalEvent struct {
	line              int
	start, end        Date
	summary           string
	apple, categories DayKind
	repeats           int // line of RRULE or RDATE
	cancelled         bool
	err               error // of the first date that could not be read
}

// line takes one unfolded line.
func (p *icalParser) line(number int, text string) error {
	p.last = number
	if text == "" {
		return nil
	}
	name, params, value, ok := icalProperty(text)
	if !ok {
		return fileError(number, "不是iCalendar的内容行", "not an iCalendar content line")
	}
	if len(p.open) == 0 && (name != "BEGIN" || !strings.EqualFold(value, "VCALENDAR")) {
		return fileError(number, "文件应以BEGIN:VCALENDAR开头", "the file does not begin with BEGIN:VCALENDAR")
	}
	switch name {
	case "BEGIN":
		if len(p.open) == 16 {
			return fileError(number, "组件嵌套太深", "components are nested too deeply")
		}
		p.open = append(p.open, icalComponent{strings.ToUpper(value), number})
		if len(p.open) == 2 && strings.EqualFold(value, "VEVENT") {
			p.event = &icalEvent{line: number}
		}
		return nil
	case "END":
		k := len(p.open) - 1
		if !strings.EqualFold(p.open[k].name, value) {
			return fileError(number, "END与第"+fmt.Sprint(p.open[k].line)+"行的BEGIN不符", fmt.Sprintf("END does not match BEGIN in line %d", p.open[k].line))
		}
		p.open = p.open[:k]
		if k == 1 && p.event != nil {
			e := p.event
			p.event = nil
			return p.finishEvent(e)
		}
		return nil
	}
	if p.event == nil || len(p.open) != 2 {
		return nil
	}
	p.event.property(number, name, params, value)
	return nil
}

func (e *icalEvent) property(number int, name, params, value string) {
	switch name {
	case "DTSTART", "DTEND":
		d, err := icalDate(number, params, value)
		if err != nil && e.err == nil {
			e.err = err
		}
		if name == "DTSTART" {
			e.start = d
		} else {
			e.end = d
		}
	case "SUMMARY":
		e.summary = icalUnescape(value)
	case "CATEGORIES":
		for c := range strings.SplitSeq(value, ",") {
			switch strings.ToUpper(strings.TrimSpace(c)) {
			case "休", "放假", "OFF", "HOLIDAY":
				e.categories = Off
			case "班", "上班", "调休上班", "WORK", "WORKDAY":
				e.categories = Work
			}
		}
	case "X-APPLE-SPECIAL-DAY":
		switch strings.ToUpper(value) {
		case "WORK-HOLIDAY":
			e.apple = Off
		case "ALTERNATE-WORKDAY":
			e.apple = Work
		}
	case "STATUS":
		e.cancelled = strings.EqualFold(strings.TrimSpace(value), "CANCELLED")
	case "RRULE", "RDATE":
		e.repeats = number
	}
}

func (p *icalParser) finishEvent(e *icalEvent) error {
	if e.cancelled {
		return nil
	}
	name, kind := icalMark(e.summary)
	if e.categories != "" {
		kind = e.categories
	}
	if e.apple != "" {
		kind = e.apple
	}
	if kind == "" {
		p.unmarked = append(p.unmarked, Unmarked{e.line, e.summary})
		if len(p.unmarked) > maxFileDays {
			return fileError(e.line, "事件太多", "too many events")
		}
		return nil
	}
	if e.err != nil {
		return e.err
	}
	if e.repeats != 0 {
		return fileError(e.repeats, "放假或上班的事件不能重复", "an event that is off or worked cannot repeat")
	}
	if e.start.IsZero() {
		return fileError(e.line, "事件缺少DTSTART", "the event has no DTSTART")
	}
	last := e.start
	if !e.end.IsZero() && e.end != e.start {
		if e.end.Before(e.start) || e.end.Sub(e.start) > 366 {
			return fileError(e.line, fmt.Sprintf("事件自%s至%s，应为1到366日", e.start, e.end), fmt.Sprintf("the event runs from %s to %s, not for 1 to 366 days", e.start, e.end))
		}
		last = Date{e.end.n - 1}
	}
	for d := e.start; !d.After(last); d.n++ {
		switch p.seen[d] {
		case kind:
			continue
		case "":
		default:
			return fileError(e.line, fmt.Sprintf("%s既为放假又为上班", d), fmt.Sprintf("%s is both off and worked", d))
		}
		p.seen[d] = kind
		p.days = append(p.days, ListedDay{Date: d, Kind: kind, Name: name})
		if len(p.days) > maxFileDays {
			return fileError(e.line, "列出的日子太多", "the file lists too many days")
		}
	}
	return nil
}

func (p *icalParser) finish() error {
	if p.last == 0 {
		return fileError(1, "文件是空的", "the file is empty")
	}
	if k := len(p.open) - 1; k >= 0 {
		return fileError(p.last, "文件在"+p.open[k].name+"结束之前中断", "the file ends before "+clip(p.open[k].name)+" does")
	}
	return nil
}

// icalMark splits the mark that tells off from worked from a summary.
func icalMark(summary string) (name string, kind DayKind) {
	summary = strings.TrimSpace(summary)
	for _, m := range []struct {
		suffix string
		kind   DayKind
	}{{"（休）", Off}, {"(休)", Off}, {"假期", Off}, {"（班）", Work}, {"(班)", Work}} {
		if name, ok := strings.CutSuffix(summary, m.suffix); ok {
			return strings.TrimSpace(name), m.kind
		}
	}
	if strings.HasPrefix(summary, "上班") {
		return summary, Work
	}
	return summary, ""
}

// icalProperty splits a content line into its name in upper case, its
// parameters with their leading semicolon, and its value. Colons inside quoted
// parameter values do not end the parameters.
func icalProperty(text string) (name, params, value string, ok bool) {
	quoted := false
	for i := range len(text) {
		switch text[i] {
		case '"':
			quoted = !quoted
		case ':':
			if quoted {
				continue
			}
			name, value = text[:i], text[i+1:]
			if semicolon := strings.IndexByte(name, ';'); semicolon >= 0 {
				name, params = name[:semicolon], name[semicolon:]
			}
			return strings.ToUpper(name), params, value, name != ""
		}
	}
	return "", "", "", false
}

func icalDate(line int, params, value string) (Date, error) {
	isDate := strings.Contains(strings.ToUpper(params)+";", ";VALUE=DATE;")
	if isDate && len(value) == 8 {
		if d, err := ParseDate(value[:4] + "-" + value[4:6] + "-" + value[6:]); err == nil {
			return d, nil
		}
	}
	return Date{}, fileError(line,
		fmt.Sprintf("%q不是VALUE=DATE的日期，应如20240210", clip(value)),
		fmt.Sprintf("%q is not a VALUE=DATE date such as 20240210", clip(value)))
}

func icalUnescape(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\,`, ",", `\;`, ";", `\n`, " ", `\N`, " ").Replace(s)
}

// unfold hands every content line to take, with continuation lines joined and
// numbered by its first line.
func unfold(r io.Reader, take func(number int, text string) error) error {
	const longest = 64 << 10
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longest)
	number, first := 0, 0
	var current []byte
	for lines.Scan() {
		number++
		text := strings.TrimSuffix(lines.Text(), "\r")
		if number == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		if first > 0 && text != "" && (text[0] == ' ' || text[0] == '\t') {
			if current = append(current, text[1:]...); len(current) > longest {
				return fileError(first, "行太长", "the line is too long")
			}
			continue
		}
		if first > 0 {
			if err := take(first, string(current)); err != nil {
				return err
			}
		}
		first, current = number, append(current[:0], text...)
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return fileError(number+1, "行太长", "the line is too long")
	case err != nil:
		return fmt.Errorf("reading the calendar file: %w", err)
	case first > 0:
		return take(first, string(current))
	}
	return nil
}
