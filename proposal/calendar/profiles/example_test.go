package profiles_test

import (
	"fmt"
	"log"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
	"github.com/tian-go/tian/proposal/calendar/profiles"
)

// A limit found in use is taken by its key, and counted like any other.
func ExampleGet() {
	p, found := profiles.Get("reply_2_months_cap_3")
	if !found {
		log.Fatal("no profile")
	}
	start, err := calendar.ParseDate("2024-04-26")
	if err != nil {
		log.Fatal(err)
	}
	timer, err := calendar.Start(p.Rule, start)
	if err != nil {
		log.Fatal(err)
	}
	due, _, err := timer.Explain(china.Calendar())
	fmt.Println(p.Key, p.Label.En, due, err)
	// Output: reply_2_months_cap_3 Reply: 2 months, at most 3 2024-06-26 <nil>
}
