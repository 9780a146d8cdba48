package proposal

import "github.com/tian-go/tian/proposal/workflow"

// The tracks that the code of this package reads. A definition of a place's own
// keeps their keys.
const (
	cosignTrack      = "cosign"
	partTrack        = "part"
	supervisionTrack = "supervision"
)

// What states mean to the code of this package. A definition may give its states
// other keys, and says by "is" which one means what.
const (
	drafted = "draft" // of the proposal: not yet submitted
	filed   = "filed" // of the proposal: filed, and with no unit

	invited   = "invited"   // of a co-signer
	consented = "consented" // of a co-signer

	accepted  = "accepted"  // of a part
	suspended = "suspended" // of a part
	checking  = "checking"  // of a part: its reply has been drafted
	answered  = "answered"  // of a part
	released  = "released"  // of a part: the unit was relieved of it

	supervised = "open" // of the supervision
)

// needs is what the code reads of a definition, by the events and guards that
// make it do so.
func needs() []workflow.Need {
	return []workflow.Need{
		{For: []string{"submit"}, Means: []string{drafted}},
		{For: []string{"invite", "consent", "decline", "leave"}, Track: cosignTrack, Each: true, Means: []string{invited, consented}},
		{For: []string{"reinvite"}, Track: cosignTrack, Each: true, Events: []string{"reinvite"}},
		{For: []string{"cosigners_answered"}, Track: cosignTrack, Each: true, Means: []string{invited}},
		{For: []string{"cosigners"}, Track: cosignTrack, Each: true, Means: []string{consented}},
		{For: []string{"assign", "add_units"}, Track: partTrack, Each: true, Means: []string{answered}, Events: []string{"reassign"}},
		{For: []string{"approve_objection", "transfer"}, Track: partTrack, Each: true, Means: []string{released}, Events: []string{"reassign"}},
		{For: []string{"give_opinion", "reopen"}, Track: partTrack, Each: true, Means: []string{answered}, Events: []string{"redo"}},
		{For: []string{"part_accepted"}, Track: partTrack, Each: true, Means: []string{accepted}},
		{For: []string{"all_answered", "part_open", "co_units_answered", "opinions_in"}, Track: partTrack, Each: true, Means: []string{answered}},
		{For: []string{"not_supervised"}, Track: supervisionTrack, Means: []string{supervised}},
	}
}
