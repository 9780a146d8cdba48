package calendar_test

import (
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
)

func day(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		log.Fatal(err)
	}
	return d
}

// A reply is due in two months and at most three. The unit waits ten days for
// the proposer, and the committee grants ten days more.
func ExampleTimer() {
	limit := calendar.Rule{Length: calendar.Months(2), Cap: calendar.Months(3), Roll: calendar.RollNext}
	clock, err := calendar.Start(limit, day("2024-03-01"))
	if err != nil {
		log.Fatal(err)
	}
	if clock, err = clock.Pause(day("2024-03-11"), "等待提案人补充材料"); err != nil {
		log.Fatal(err)
	}
	if clock, err = clock.Resume(day("2024-03-21")); err != nil {
		log.Fatal(err)
	}
	cal := china.Calendar()
	clock, err = clock.Extend(cal, calendar.Extension{By: calendar.Days(10), Reason: "需实地调研", Approver: "提案委员会", On: day("2024-04-25")})
	if err != nil {
		log.Fatal(err)
	}
	due, trace, err := clock.Explain(cal)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(due)
	fmt.Println(strings.Join(trace.In("zh"), "\n"))
	fmt.Println(strings.Join(trace.In("en"), "\n"))
	// Output:
	// 2024-05-21
	// 自2024年3月1日（星期五）起算，当日为第0天，不计入。
	// 2024年3月11日（星期一）至2024年3月20日（星期三）暂停（等待提案人补充材料），10日不计。
	// 期限2个月，到期日为2024年5月11日（星期六）。未暂停时为2024年5月1日（星期三），按暂停的日数顺延。
	// 延期10日，批准人提案委员会，批准日2024年4月25日（星期四），理由：需实地调研：到期日由2024年5月11日（星期六）移至2024年5月21日（星期二）。
	// The clock starts on Friday 1 March 2024; that day is day 0 and does not count.
	// From Monday 11 March 2024 to Wednesday 20 March 2024 the clock is paused (等待提案人补充材料): 10 days left out.
	// The limit is 2 months and ends on Saturday 11 May 2024. Without the pauses it would be Wednesday 1 May 2024; it moved by the days paused.
	// The limit is extended by 10 days, approved by 提案委员会 on Thursday 25 April 2024, because: 需实地调研: the due date moves from Saturday 11 May 2024 to Tuesday 21 May 2024.
}

func ExampleTimer_Extend_refused() {
	limit := calendar.Rule{Length: calendar.Months(2), Cap: calendar.Months(3)}
	clock, err := calendar.Start(limit, day("2024-03-01"))
	if err != nil {
		log.Fatal(err)
	}
	_, err = clock.Extend(china.Calendar(), calendar.Extension{By: calendar.Months(2), On: day("2024-04-20")})
	fmt.Println(calendar.Code(err))
	fmt.Println(calendar.ErrorText(err).Zh)
	// Output:
	// beyond_cap
	// 延期后到期日为2024-07-01，超过最迟日期2024-06-01
}

func ExampleTimer_State() {
	limit := calendar.Rule{Length: calendar.Workdays(10), Warnings: []calendar.Warning{
		{Colour: "yellow", Before: calendar.Workdays(5)},
		{Colour: "red", Before: calendar.Workdays(2)},
	}}
	clock, err := calendar.Start(limit, day("2024-04-26"))
	if err != nil {
		log.Fatal(err)
	}
	for _, today := range []string{"2024-04-30", "2024-05-09", "2024-05-13", "2024-05-20"} {
		s, err := clock.State(china.Calendar(), day(today))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(today, s.Phase, s.Colour, s.Text().En)
	}
	// Output:
	// 2024-04-30 running  Running, due on Monday 13 May 2024, 7 working days (13 days) left.
	// 2024-05-09 running yellow Running, due on Monday 13 May 2024, 3 working days (4 days) left.
	// 2024-05-13 running red Running, due on Monday 13 May 2024, 0 working days (0 days) left.
	// 2024-05-20 late red Late by 5 working days (7 days), due on Monday 13 May 2024.
}

func ExampleTimer_Alarms() {
	limit := calendar.Rule{
		Length:    calendar.Days(30),
		Warnings:  []calendar.Warning{{Colour: "red", Before: calendar.Days(3)}},
		Reminders: []calendar.Reminder{{Every: calendar.Days(10)}},
	}
	clock, err := calendar.Start(limit, day("2024-03-01"))
	if err != nil {
		log.Fatal(err)
	}
	alarms, err := clock.Alarms(china.Calendar())
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range alarms {
		fmt.Println(strings.TrimSpace(fmt.Sprint(a.On, " ", a.Kind, " ", a.Colour)))
	}
	// Output:
	// 2024-03-11 reminder
	// 2024-03-21 reminder
	// 2024-03-28 warning red
	// 2024-03-31 reminder
	// 2024-04-01 overdue
}

// The co-unit's opinion is due 20 days before the lead's deadline.
func ExampleRule_before() {
	limit := calendar.Rule{Length: calendar.Days(20), Before: "lead_reply_due", Roll: calendar.RollPrevious}
	clock, err := calendar.StartBefore(limit, day("2024-03-01"), day("2024-06-01"))
	if err != nil {
		log.Fatal(err)
	}
	due, err := clock.Due(china.Calendar())
	fmt.Println(due, err)
	// Output: 2024-05-11 <nil>
}

// One minute past midnight in Chongqing is still the day before for a machine
// that runs in UTC.
func ExampleDateOf() {
	zone := time.FixedZone("北京时间", 8*60*60)
	instant := time.Date(2024, 5, 13, 16, 1, 0, 0, time.UTC)
	d, err := calendar.DateOf(instant, zone)
	fmt.Println(d, err)
	// Output: 2024-05-14 <nil>
}

func ExampleParseLength() {
	for _, s := range []string{"10 workdays", "3 months", "08-31"} {
		l, err := calendar.ParseLength(s)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(l, "=", l.Text().Zh)
	}
	// Output:
	// 10 workdays = 10个工作日
	// 3 months = 3个月
	// 08-31 = 8月31日
}

// A unit closes for two days of its own.
func ExampleCalendar_Layer() {
	unit, err := china.Calendar().Layer("建设局",
		calendar.ListedDay{Date: day("2024-05-06"), Kind: calendar.Off, Name: "搬迁"},
		calendar.ListedDay{Date: day("2024-05-07"), Kind: calendar.Off, Name: "搬迁"})
	if err != nil {
		log.Fatal(err)
	}
	next, err := unit.Next(day("2024-04-30"))
	fmt.Println(unit.Name(), next, err)
	// Output: china/建设局 2024-05-08 <nil>
}

func ExampleReadCSV() {
	file := strings.NewReader("date,name,kind,announcement_year\n2027-01-01,元旦,off,2027\n2027-01-02,元旦,off,2027\n")
	notices, err := calendar.ReadCSV(file)
	if err != nil {
		log.Fatal(err)
	}
	cal, err := china.Calendar().With(notices...)
	if err != nil {
		log.Fatal(err)
	}
	next, err := cal.Next(day("2026-12-31"))
	fmt.Println(next, err)
	// Output: 2027-01-04 <nil>
}

func ExampleReadICalendar() {
	file := strings.NewReader("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:元旦（休）\r\n" +
		"DTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:20270104\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
	days, unmarked, err := calendar.ReadICalendar(file)
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range days {
		fmt.Println(d.Date, d.Kind, d.Name)
	}
	fmt.Println(len(unmarked))
	// Output:
	// 2027-01-01 off 元旦
	// 2027-01-02 off 元旦
	// 2027-01-03 off 元旦
	// 0
}

func ExampleAnswerDue() {
	request := `{"start":"2024-01-31","limit":{"n":1,"unit":"month"},"roll":"next_workday","calendar":"china"}`
	answer, err := calendar.AnswerDue([]byte(request), map[string]*calendar.Calendar{"china": china.Calendar()}, "en")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer.Due)
	fmt.Println(strings.Join(answer.Trace, "\n"))
	// Output:
	// 2024-02-29
	// The clock starts on Wednesday 31 January 2024; that day is day 0 and does not count.
	// The limit is 1 month and ends on Thursday 29 February 2024. The month it ends in has no day 31, so its last day holds.
}

// Two working hours to sign for what comes in on a Friday at five.
func ExampleTimer_DueAt() {
	morning, _ := calendar.ParseShift("09:00-12:00")
	afternoon, _ := calendar.ParseShift("13:00-18:00")
	cal, err := china.Calendar().WithHours(morning, afternoon)
	if err != nil {
		fmt.Println(err)
		return
	}
	length, _ := calendar.ParseLength("2 workhours")
	friday := time.Date(2024, time.April, 19, 17, 0, 0, 0, cal.Zone())
	timer, err := calendar.Timer{Rule: calendar.Rule{Length: length}}.At(friday)
	if err != nil {
		fmt.Println(err)
		return
	}
	due, err := timer.DueAt(cal)
	fmt.Println(due.Format("2006-01-02 15:04"), err)
	// Output: 2024-04-22 10:00 <nil>
}
