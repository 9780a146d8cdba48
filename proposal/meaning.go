package proposal

import "github.com/tian-go/tian/proposal/workflow"

// The tracks that the code of this package reads. A definition of a place's own
// keeps their keys.
const (
	cosignTrack      = "cosign"
	partTrack        = "part"
	supervisionTrack = "supervision"
	hearingTrack     = "hearing"
	promiseTrack     = "promise" // the name of the date of a promise, too
)

// What states mean to the code of this package. A definition may give its states
// other keys, and says by "is" which one means what.
const (
	drafted    = "draft"     // of the proposal: not yet submitted
	secondable = "seconding" // of the proposal: not yet submitted, and open to be seconded
	filed      = "filed"     // of the proposal: filed, and with no unit

	invited   = "invited"   // of a co-signer
	consented = "consented" // of a co-signer

	accepted  = "accepted"  // of a part
	suspended = "suspended" // of a part
	checking  = "checking"  // of a part: its reply has been drafted
	answered  = "answered"  // of a part
	released  = "released"  // of a part: the unit was relieved of it

	unheard    = "unheard" // of the hearing: not everyone answered by the day
	supervised = "open"    // of the supervision
	promised   = "open"    // of a promise
)

// needs is what the code reads of a definition, by the events and guards that
// make it do so.
func needs() []workflow.Need {
	return []workflow.Need{
		{For: []string{"submit"}, Means: []string{drafted}},
		{For: []string{"invite", "consent", "decline", "leave"}, Track: cosignTrack, Each: true, Means: []string{invited, consented}},
		{For: []string{"consent"}, Track: cosignTrack, Each: true, Events: []string{"reask"}},
		{For: []string{"reinvite"}, Track: cosignTrack, Each: true, Events: []string{"reinvite"}},
		{For: []string{"second"}, Track: cosignTrack, Each: true, Means: []string{invited, consented}, Events: []string{"reinvite", "seconded"}},
		{For: []string{"hand_over"}, Track: cosignTrack, Each: true, Means: []string{invited, consented}, Events: []string{"reinvite", "seconded"}},
		{For: []string{"cosigners_answered"}, Track: cosignTrack, Each: true, Means: []string{invited}},
		{For: []string{"cosigners"}, Track: cosignTrack, Each: true, Means: []string{consented}},
		{For: []string{"assign", "add_units"}, Track: partTrack, Each: true, Means: []string{answered}, Events: []string{"reassign"}},
		{For: []string{"approve_objection", "transfer"}, Track: partTrack, Each: true, Means: []string{released}, Events: []string{"reassign"}},
		{For: []string{"countersign"}, Track: partTrack, Each: true, Means: []string{accepted, answered}, Events: []string{"answer_with"}},
		{For: []string{"give_opinion", "reopen"}, Track: partTrack, Each: true, Means: []string{answered}, Events: []string{"redo"}},
		{For: []string{"opinion_lapsed"}, Track: hearingTrack, Means: []string{unheard}, Events: []string{"ask_again"}},
		{For: []string{"part_accepted"}, Track: partTrack, Each: true, Means: []string{accepted}},
		{For: []string{"all_answered", "part_open", "co_units_answered", "opinions_in", "no_open_part"}, Track: partTrack, Each: true, Means: []string{answered}},
		{For: []string{"keep_promise", "drop_promise", "no_open_promise"}, Track: promiseTrack, Each: true, Means: []string{promised}},
		{For: []string{"not_supervised"}, Track: supervisionTrack, Means: []string{supervised}},
	}
}
