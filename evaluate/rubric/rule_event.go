package rubric

import "github.com/tian-go/tian/evaluate/points"

// PerEvent (按次计分) adds or takes points for each event: 每件加 5 分,
// 少一项扣 0.25 分. The fact is a tally by event, or a plain number when the rule
// has one event. Without the fact there were no events, unless it is required.
type PerEvent struct {
	// Start is "zero" (default) or "full": the criterion's points before events.
	Start  string  `json:"start,omitempty"`
	Events []Event `json:"events"`
}

// Event is one kind of event.
type Event struct {
	Key   string `json:"key"`
	Label Label  `json:"label,omitzero"`
	// Each is the points of one event, negative to take.
	Each points.Points `json:"each"`
	// Free events come first and count nothing (超过 1 件, 每多 1 件).
	Free int64 `json:"free,omitempty"`
	// Cap bounds this event's points in size, whichever way they go.
	Cap *points.Points `json:"cap,omitempty"`
}
