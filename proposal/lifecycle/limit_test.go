package lifecycle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
)

func TestLimitSaysWhatStartsAndStopsIt(t *testing.T) {
	byEvent := lifecycle.Limit{Start: []string{"assign", "return"}, Stop: []string{"reply"}}
	byState := lifecycle.Limit{In: []string{"new", "inspection", "approval"}}
	both := lifecycle.Limit{Start: []string{"reopen"}, In: []string{"inspection"}}
	for name, c := range map[string]struct {
		limit           lifecycle.Limit
		event, from, to string
		starts, stops   bool
	}{
		"start":                  {byEvent, "assign", "a", "b", true, false},
		"start anew":             {byEvent, "return", "b", "b", true, false},
		"stop":                   {byEvent, "reply", "b", "c", false, true},
		"neither":                {byEvent, "note", "b", "b", false, false},
		"opened, by events":      {byEvent, "", "", "new", false, false},
		"opened":                 {byState, "", "", "new", true, false},
		"coming in":              {byState, "forward", "applied", "inspection", true, false},
		"from one to another":    {byState, "forward", "inspection", "approval", false, false},
		"staying":                {byState, "note", "inspection", "inspection", false, false},
		"going out":              {byState, "forward", "approval", "approved", false, true},
		"outside":                {byState, "forward", "applied", "rejected", false, false},
		"an event of a track":    {byState, "answer", "", "", false, false},
		"an event as well":       {both, "reopen", "x", "y", true, false},
		"an event or the states": {both, "send_back", "inspection", "y", false, true},
	} {
		require.Equal(t, c.starts, c.limit.Starts(c.event, c.from, c.to), "%s: starts", name)
		require.Equal(t, c.stops, c.limit.Stops(c.event, c.from, c.to), "%s: stops", name)
	}
}
