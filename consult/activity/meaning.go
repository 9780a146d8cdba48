package activity

// The tracks that the code of this package reads. A definition of a place's own
// keeps their keys.
const (
	itemTrack       = "item"
	invitationTrack = "invitation"
	requestTrack    = "request"
)

// What states mean to the code of this package; for items see [checklist.Open]. A
// definition may give its states other keys, and says by "is" which one means
// what.
const (
	platformOpen = "open"     // of the platform that an activity is held on: in service
	declined     = "declined" // of an invitation
)

// The named dates that limits count from.
const (
	consultationDay = "consultation_day" // of the activity
	itemDue         = "item_due"         // of each item
	opinionDue      = "opinion_due"      // of each unit asked about an opinion
)

// attendee is the relation of one who was there.
const attendee = "attendee"
