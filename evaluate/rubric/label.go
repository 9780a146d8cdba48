package rubric

// Label is what people read, beside the stable key that programs read: the
// Chinese text of the sheet and, where there is one, an English rendering.
type Label struct {
	Zh string `json:"zh"`
	En string `json:"en,omitempty"`
}
