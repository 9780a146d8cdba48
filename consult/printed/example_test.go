package printed_test

import (
	"fmt"

	"github.com/tian-go/tian/consult/printed"
)

// What a newspaper prints stays as exact as it was printed.
func ExampleParseFigures() {
	for _, f := range printed.ParseFigures("办实事240余件；收集意见近60条，协商35次") {
		fmt.Printf("%s %d%s %q\n", f.What, f.N, f.Unit, f.Bound)
	}
	// Output:
	// 办实事 240件 "at_least"
	// 收集意见 60条 "nearly"
	// 协商 35次 ""
}
