package rules_test

import (
	"fmt"

	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/lifecycle"
)

// A place begins with the rules that ship, adds what it has, and retires what it no
// longer uses; a key that is in use is never taken out.
func Example() {
	place := rules.Default()
	place.Kinds = append(place.Kinds, rules.PlatformKind{
		Key: "courtyard", Label: lifecycle.Label{ZH: "院坝协商", EN: "courtyard"}, Quota: rules.Quota{N: 2, Per: rules.PerYear},
		Composition: []string{"parties:member,resident|interested"},
	})
	fmt.Println(place.Check("rules"))

	next := place
	next.Kinds = next.Kinds[:len(next.Kinds)-1]
	fmt.Println(rules.Follow("rules", place, next))
	// Output:
	// <nil>
	// workflow: invalid: rules.kinds: "courtyard" is gone: retire what was in use (lost)
}
