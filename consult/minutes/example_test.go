package minutes_test

import (
	"fmt"
	"time"

	"github.com/tian-go/tian/consult/minutes"
	"github.com/tian-go/tian/proposal/calendar"
)

// A text that was filed is replaced with a reason, and what was in force on a day can
// be read for good.
func Example() {
	first, _ := calendar.NewDate(2024, time.March, 11)
	later, _ := calendar.NewDate(2024, time.March, 20)
	m := &minutes.Minutes{Draft: "城管局一个月内清理。"}
	if err := m.Send(first, "o-01", []string{"m-017", "urban-bureau"}); err != nil {
		fmt.Println(err)
		return
	}
	if err := m.Object(first, "urban-bureau", "应为六周"); err != nil {
		fmt.Println(err)
		return
	}
	if err := m.Answer(first, "b1", false, "以现场答复为准"); err != nil {
		fmt.Println(err)
		return
	}
	if err := m.File(first, "o-01", "城管局一个月内清理。", ""); err != nil {
		fmt.Println(err)
		return
	}
	if err := m.File(later, "o-01", "城管局4月底前清理。", "写明日期"); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(first, m.As(first))
	fmt.Println(later, m.As(later))
	// Output:
	// 2024-03-11 城管局一个月内清理。
	// 2024-03-20 城管局4月底前清理。
}
