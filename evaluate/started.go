package evaluate

import (
	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

func checkStarted(c *compiler, at string, n *node, s rubric.Started) {
	switch s {
	case "", rubric.StartedProRata, rubric.StartedWhole, rubric.StartedDropped:
	default:
		c.add(problem.Rule, at+".started", n.c.Key, "started %s is not pro_rata, whole or dropped", quote.Short(string(s)))
	}
}

// units brings a positive amount to what of it counts, in whole Points of one
// unit each.
func units(s rubric.Started, x points.Exact) points.Exact {
	switch s {
	case rubric.StartedWhole:
		return x.Ceil()
	case rubric.StartedDropped:
		return x.Floor()
	case "", rubric.StartedProRata:
	}
	return x
}
