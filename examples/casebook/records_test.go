package casebook

import (
	"fmt"
	"os"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/published"
)

// The 63 printed records of 43 places that come with the book all load. What a
// record lacks stays empty: 近日 is no date and falls in no year.
func Example_records() {
	b := open("2026-01-05")
	file, err := os.Open("consultations.csv")
	if b.check(err); err != nil {
		return
	}
	records, refused, err := published.Read(file)
	b.check(err)
	b.check(file.Close())
	fmt.Println("rows:", len(records), "refused:", len(refused))
	done, refused, err := published.Import(b.ctx, b.consults, func(place string) (consult.Actor, error) {
		if place == "" {
			place = "地名未印"
		}
		return consult.Actor{ID: "clerk", Body: place, Roles: []string{"office"}}, nil
	}, records)
	b.check(err)
	fmt.Println("refused:", len(refused))
	fmt.Println("held:", done.Activities, "prepared:", done.Prepared, "topics:", done.Topics, "accounts:", done.Accounts, "inspections:", done.Inspected)
	dated := 0
	for _, r := range records {
		if _, ok := r.Date.Day(); ok {
			dated++
		}
		if r.Kind == published.Collection {
			var sum int64
			for _, class := range r.Figures() {
				sum += class.N
			}
			fmt.Printf("%s: %d classes, sum %d, printed %d\n", r.Place, len(r.Figures()), sum, r.Opinions[0].N)
		}
	}
	fmt.Println("records with a full date:", dated)
	// Output:
	// rows: 63 refused: 0
	// refused: 0
	// held: 45 prepared: 1 topics: 2 accounts: 14 inspections: 1
	// 济南市: 12 classes, sum 272, printed 272
	// records with a full date: 11
}
