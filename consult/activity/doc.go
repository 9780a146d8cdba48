// Package activity is the consultations themselves (协商活动): planned, researched,
// noticed, held, concluded, published, followed up and closed; postponed or
// cancelled on the way, or entered after the fact.
//
// An [Activity] is a case. It holds its participants and their invitations, its
// surveys, what was said and answered, the minutes, the outcomes, what was
// published, and the checklist of package checklist.
//
// # Actions
//
// Every action is a name here, which makes the package wide. By what they are
// about: planning and preparing (prepare.go, notice, materials, open calls), who
// takes part (invite.go, stay.go, sittings), what is said and answered (speak.go,
// opinion.go, survey), the record (minutes.go, conclude.go, outcome.go,
// publication.go), what follows (items.go, follow.go), and correcting (correct.go).
//
// # Checklists
//
// Every item has a machine of its own on the track "item". An item lives in its
// activity, so that both change in one commit: items are given with the
// conclusion or not at all, and an activity with an open item cannot be closed,
// whoever works on it at the same time.
//
// # Time
//
// The lifecycle carries limits: notice 15 and materials 10 working days before
// the day of the activity, minutes within 7 working days after, and an answer to each
// opinion that a unit was asked about by its own day. The forms of the
// body's rules say which of those before the day bind them. A notice that comes
// too late is refused, as is holding the activity without the materials; minutes
// that come late are seen, not refused.
//
// # Publication
//
// What is published must be free of contact data: the guard "redacted" looks for
// it with [text.FindContacts], and [text.Redact] takes it out. The public reads what
// has become of each item since.
//
// # Correcting
//
// What was recorded wrongly is corrected by an act that gives a reason and keeps what
// was there before: [CorrectAttendance], [CorrectMinutes], [CorrectSurvey], [Unlink],
// [AmendOutcome]. A limit before the day may be waived ([Waive]), by others than who
// convenes, for that day only.
package activity
