package platform_test

import (
	"fmt"

	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar/china"
)

// Four a year, of a platform that was closed from May to June: three are asked of it.
// By 31 August six of its ten months are over, which make 1.8 of the three: one is due.
func ExamplePlatform_Targets() {
	p := &platform.Platform{
		Since:  date("2023-01-01"),
		Breaks: []platform.Break{{From: date("2024-05-01"), To: date("2024-06-30"), Reason: "搬迁"}},
	}
	for _, day := range []string{"2024-03-30", "2024-03-31", "2024-08-31", "2024-12-31"} {
		targets, err := p.Targets(rules.Quota{N: 4, Per: rules.PerYear}, date(day), china.Calendar())
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(day, targets[0].Asks, "asked,", targets[0].Due, "due")
	}
	// Output:
	// 2024-03-30 3 asked, 0 due
	// 2024-03-31 3 asked, 0 due
	// 2024-08-31 3 asked, 1 due
	// 2024-12-31 3 asked, 3 due
}
