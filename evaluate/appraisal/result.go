package appraisal

// Show (反馈) shows each subject its own outcome; from then on it may appeal.
type Show struct{}

// Event is "show".
func (Show) Event() string { return "show" }

// Apply notes the day.
func (Show) Apply(act *Act, r *Round) error {
	r.Shown = act.Today()
	return nil
}

// Confirm (审定) confirms the outcomes.
type Confirm struct {
	Text string `json:"text" zh:"审定意见" en:"decision" field:"text,required"`
}

// Event is "confirm".
func (Confirm) Event() string { return "confirm" }

// Apply changes nothing but the state.
func (c Confirm) Apply(*Act, *Round) error { return said("text", c.Text) }

// Publish (公示) makes outcomes, ranks and honours public.
type Publish struct{}

// Event is "publish".
func (Publish) Event() string { return "publish" }

// Apply notes the day.
func (Publish) Apply(act *Act, r *Round) error {
	r.Published = act.Today()
	return nil
}

// Archive (归档) ends the round.
type Archive struct{}

// Event is "archive".
func (Archive) Event() string { return "archive" }

// Apply changes nothing but the state.
func (Archive) Apply(*Act, *Round) error { return nil }

// Cancel (取消) ends the round without an outcome.
type Cancel struct {
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "cancel".
func (Cancel) Event() string { return "cancel" }

// Apply keeps the reason.
func (c Cancel) Apply(_ *Act, r *Round) error {
	r.Cancelled = c.Reason
	return said("reason", c.Reason)
}
