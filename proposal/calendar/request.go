package calendar

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// DueRequest asks for one due date, as data. [AnswerDue] decodes and answers
// it.
type DueRequest struct {
	Start    Date              `json:"start"`
	StartAt  time.Time         `json:"-"` // the moment, for a limit in hours: "start" is then such as 2024-04-26T09:00:00+08:00
	Limit    Length            `json:"limit"`
	Roll     Roll              `json:"roll"`
	Pauses   []PauseRequest    `json:"pauses"`
	Extend   []Length          `json:"extend"`
	Calendar RequestedCalendar `json:"calendar"`
}

// PauseRequest is a pause with both ends given; both days do not count.
type PauseRequest struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// RequestedCalendar is a calendar by name, or one given in full, which knows
// every year: {"weekend":["Sat","Sun"],"off":[D…],"work":[D…],
// "hours":["09:00-12:00","13:00-18:00"]}. Each member may
// be left out; without weekend it is Saturday and Sunday.
type RequestedCalendar struct {
	Name string
	Own  *Calendar
}

// DueAnswer is the answer to a DueRequest.
type DueAnswer struct {
	Due   Date      `json:"due"`
	DueAt time.Time `json:"due_at,omitzero"` // the moment, of a limit in hours
	Trace []string  `json:"trace"`
}

// AnswerDue decodes one request strictly, counts it and returns the due date
// with its trace in the language "zh" or, for any other, English. Named holds
// the calendars a request may name; the one under "" serves requests that name
// none, if it is there. Errors name the member of the request they are about.
func AnswerDue(element []byte, named map[string]*Calendar, lang string) (DueAnswer, error) {
	var r DueRequest
	if err := r.UnmarshalJSON(element); err != nil {
		return DueAnswer{}, err
	}
	return r.Answer(named, lang)
}

// UnmarshalJSON reads a request with no member but the known ones.
func (r *DueRequest) UnmarshalJSON(data []byte) error {
	var raw struct {
		Start    json.RawMessage   `json:"start"`
		Limit    json.RawMessage   `json:"limit"`
		Roll     json.RawMessage   `json:"roll"`
		Pauses   []json.RawMessage `json:"pauses"`
		Extend   []json.RawMessage `json:"extend"`
		Calendar json.RawMessage   `json:"calendar"`
	}
	if err := member("request", data, &raw); err != nil {
		return err
	}
	read := DueRequest{Pauses: make([]PauseRequest, len(raw.Pauses)), Extend: make([]Length, len(raw.Extend))}
	for _, m := range []struct {
		name string
		data json.RawMessage
		into any
	}{
		{"start", raw.Start, startOf{&read}},
		{"limit", raw.Limit, &read.Limit},
		{"roll", raw.Roll, &read.Roll},
		{"calendar", raw.Calendar, &read.Calendar},
	} {
		if m.data == nil {
			continue
		}
		if start, ok := m.into.(startOf); ok && start.moment(m.data) {
			continue
		} else if ok {
			m.into = &read.Start
		}
		if err := member(m.name, m.data, m.into); err != nil {
			return err
		}
	}
	for i, p := range raw.Pauses {
		if err := member(fmt.Sprintf("pauses[%d]", i), p, &read.Pauses[i]); err != nil {
			return err
		}
	}
	for i, e := range raw.Extend {
		if err := member(fmt.Sprintf("extend[%d]", i), e, &read.Extend[i]); err != nil {
			return err
		}
	}
	*r = read
	return nil
}

// startOf reads the start of a request where it is a moment rather than a day.
type startOf struct{ r *DueRequest }

func (s startOf) moment(data json.RawMessage) bool {
	var at time.Time
	if json.Unmarshal(data, &at) != nil || at.IsZero() {
		return false
	}
	day, err := DateOf(at, at.Location())
	if err != nil {
		return false
	}
	s.r.Start, s.r.StartAt = day, at
	return true
}

// member decodes one member strictly; its error names the member.
func member(name string, data []byte, into any) error {
	err := strictJSON(data, into)
	switch {
	case err == nil:
		return nil
	case Code(err) != "":
		return fmt.Errorf("%s: %w", name, err)
	}
	return invalid(CodeInvalidRequest, name+"无法读取："+err.Error(), "cannot read "+name+": "+err.Error())
}

// Answer counts the request; see AnswerDue.
func (r DueRequest) Answer(named map[string]*Calendar, lang string) (DueAnswer, error) {
	if r.Limit.IsZero() {
		return DueAnswer{}, invalid(CodeInvalidRequest, "请求缺少limit", `the request has no "limit"`)
	}
	if r.Start.IsZero() {
		return DueAnswer{}, invalid(CodeInvalidRequest, "请求缺少start", `the request has no "start"`)
	}
	cal := r.Calendar.Own
	if cal == nil {
		var ok bool
		if cal, ok = named[r.Calendar.Name]; !ok {
			return DueAnswer{}, invalid(CodeNoCalendar,
				fmt.Sprintf("没有名为%q的日历", clip(r.Calendar.Name)),
				fmt.Sprintf("there is no calendar %q", clip(r.Calendar.Name)))
		}
	}
	timer := Timer{Start: r.Start, StartAt: r.StartAt, Rule: Rule{Length: r.Limit, Roll: r.Roll}}
	for i, p := range r.Pauses {
		if p.To.IsZero() {
			return DueAnswer{}, invalid(CodeInvalidRequest,
				fmt.Sprintf("pauses[%d]缺少to", i), fmt.Sprintf(`pauses[%d] has no "to"`, i))
		}
		timer.Pauses = append(timer.Pauses, Pause{From: p.From, To: p.To})
	}
	for _, by := range r.Extend {
		timer.Extensions = append(timer.Extensions, Extension{By: by})
	}
	due, trace, err := timer.Explain(cal)
	if err != nil {
		return DueAnswer{}, err
	}
	at, err := timer.DueAt(cal)
	return DueAnswer{Due: due, DueAt: at, Trace: trace.In(lang)}, err
}

// UnmarshalJSON reads a name or a calendar given in full.
func (c *RequestedCalendar) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &c.Name)
	}
	var raw struct {
		Weekend []string `json:"weekend"`
		Off     []Date   `json:"off"`
		Work    []Date   `json:"work"`
		Hours   []string `json:"hours"`
	}
	if err := strictJSON(data, &raw); err != nil {
		return invalid(CodeInvalidCalendar, "日历无法读取："+err.Error(), "cannot read the calendar: "+err.Error())
	}
	spec := Spec{Name: "given", Complete: true}
	if raw.Weekend != nil {
		spec.Weekend = []time.Weekday{}
	}
	for _, name := range raw.Weekend {
		d, ok := weekday(name)
		if !ok {
			return invalid(CodeInvalidCalendar,
				fmt.Sprintf("%q不是星期几，应如Sat", clip(name)),
				fmt.Sprintf("%q is not a day of the week such as Sat", clip(name)))
		}
		spec.Weekend = append(spec.Weekend, d)
	}
	for _, d := range raw.Off {
		spec.Days = append(spec.Days, ListedDay{Date: d, Kind: Off})
	}
	for _, d := range raw.Work {
		spec.Days = append(spec.Days, ListedDay{Date: d, Kind: Work})
	}
	for _, text := range raw.Hours {
		shift, err := ParseShift(text)
		if err != nil {
			return err
		}
		spec.Hours = append(spec.Hours, shift)
	}
	own, err := New(spec)
	if err != nil {
		return err
	}
	c.Own = own
	return nil
}

// weekday reads an English day of the week, in full or its first three
// letters, in any case.
func weekday(name string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if full := d.String(); strings.EqualFold(name, full) || strings.EqualFold(name, full[:3]) {
			return d, true
		}
	}
	return 0, false
}
