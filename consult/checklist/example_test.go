package checklist_test

import (
	"fmt"
	"time"

	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/proposal/calendar"
)

// An item is late on days after its last one, and stays late when more time is given
// after that: whoever reads the checklist later sees both.
func Example() {
	day := func(month time.Month, day int) calendar.Date {
		d, _ := calendar.NewDate(2024, month, day)
		return d
	}
	task := checklist.Task{What: "清理消防通道", Owner: checklist.Owner{Unit: "urban-bureau"}, Due: day(time.April, 30), Practical: true}
	if err := task.Check("item", day(time.March, 8)); err != nil {
		fmt.Println(err)
		return
	}
	item := task.Item("i1")
	fmt.Printf("%q %d\n", item.Card(day(time.April, 30), checklist.Open), item.Late(day(time.April, 30)))
	fmt.Printf("%q %d\n", item.Card(day(time.May, 2), checklist.Open), item.Late(day(time.May, 2)))

	now := time.Date(2024, time.May, 2, 9, 0, 0, 0, time.UTC)
	if err := item.Extend(now, day(time.May, 2), "o-01", day(time.May, 31), "雨季"); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("due", item.Due, "missed", item.Missed)
	fmt.Println(item.Finish(day(time.May, 20), nil))
	// Output:
	// "" 0
	// "yellow" 2
	// due 2024-05-31 missed 2024-04-30
	// workflow: invalid: evidence: an item is done with evidence (empty)
}
