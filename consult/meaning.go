package consult

import "github.com/tian-go/tian/proposal/workflow"

// The tracks that the code of this package reads. A definition of a place's own
// keeps their keys.
const (
	itemTrack       = "item"
	invitationTrack = "invitation"
)

// What states mean to the code of this package; for items see [ItemOpen]. A
// definition may give its states other keys, and says by "is" which one means
// what.
const (
	platformOpen = "open" // of a platform: in service

	topicSelected  = "selected"  // of a topic: it may be held
	topicScheduled = "scheduled" // of a topic: it has its place in the yearly plan

	declined = "declined" // of an invitation
)

// activityNeeds is what the code reads of a definition of activities, by the
// events and guards that make it do so.
func activityNeeds() []workflow.Need {
	return []workflow.Need{
		{For: []string{"invite", "consent", "decline"}, Track: invitationTrack, Each: true, Means: []string{declined}},
		{For: []string{"conclude", "add_items", "backfill"}, Track: itemTrack, Each: true, Means: []string{ItemOpen, ItemConfirmed}},
		{For: []string{"begin_item", "finish_item", "confirm_item", "items_settled"}, Track: itemTrack, Each: true, Means: []string{ItemConfirmed}},
		{For: []string{"reopen"}, Track: itemTrack, Each: true, Events: []string{"return_item"}},
	}
}

// topicNeeds is the same for topics.
func topicNeeds() []workflow.Need {
	return []workflow.Need{
		{For: []string{"select", "elect"}, Means: []string{topicSelected}},
		{For: []string{"schedule"}, Means: []string{topicScheduled}},
	}
}
