package clock_test

import (
	"encoding/json"
	"fmt"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// What is asked of a clock is read from a browser and written into the journal in one
// form; a length is written as people say it. Package proposal has an example that asks
// and grants.
func ExampleAsk() {
	var ask clock.Ask
	if err := json.Unmarshal([]byte(`{"limit": "reply", "of": "education", "by": "10 workdays", "reason": "需现场踏勘"}`), &ask); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(ask.By == calendar.Workdays(10))
	data, err := json.Marshal(clock.Answer{Limit: ask.Limit, Of: ask.Of, Grant: true, By: calendar.Workdays(5)})
	fmt.Println(string(data), err)
	// Output:
	// true
	// {"limit":"reply","of":"education","grant":true,"by":{"n":5,"unit":"workday"}} <nil>
}
