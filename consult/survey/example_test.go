package survey_test

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/points"
)

// Every share keeps its base: who answered that question. Weighted, large firms are
// the tenth that they are of all firms, and not the half that they are of the answers.
func ExampleSurvey_Weighted() {
	s := firms()
	if err := s.Check(""); err != nil {
		fmt.Println(err)
		return
	}
	share, _ := s.Share("1", "是")
	weighted, err := s.Weighted("1", "是", 2, points.HalfUp)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d of %d who %s, weighted %s %%\n", share.Count, share.Base, share.Of, weighted)
	// Output:
	// 60 of 100 who answered, weighted 44 %
}
