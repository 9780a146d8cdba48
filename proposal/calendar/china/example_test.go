package china_test

import (
	"fmt"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
)

// The working days of every year with a notice.
func ExampleCalendar_workdaysPerYear() {
	cal := china.Calendar()
	first, last := cal.Years()
	for year := first; year <= last; year++ {
		n, err := cal.WorkdaysIn(year)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(year, n)
	}
	// Output:
	// 2007 249
	// 2008 251
	// 2009 250
	// 2010 250
	// 2011 250
	// 2012 249
	// 2013 250
	// 2014 250
	// 2015 249
	// 2016 250
	// 2017 249
	// 2018 250
	// 2019 250
	// 2020 249
	// 2021 250
	// 2022 249
	// 2023 249
	// 2024 251
	// 2025 248
	// 2026 248
}

func ExampleCalendar() {
	day, err := calendar.ParseDate("2024-04-28") // a Sunday
	if err != nil {
		fmt.Println(err)
		return
	}
	info, err := china.Calendar().Describe(day)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(day.Weekday(), info.Workday, info.Listed.Name, info.Notice.Number)

	_, err = china.Calendar().AddWorkdays(day, 1000)
	fmt.Println(err)
	// Output:
	// Sunday true 劳动节 国办发明电〔2023〕7号
	// calendar "china" has no notice for 2027, so the working days of that year are unknown
}
