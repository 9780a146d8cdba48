// Package activity is the consultations themselves (协商活动): planned, researched,
// noticed, held, concluded, published, followed up and closed; postponed or
// cancelled on the way, or entered after the fact.
//
// An [Activity] is a case. It holds its participants and their invitations, its
// surveys, what was said and answered, the minutes, the outcomes, what was
// published, and the checklist of package checklist.
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
// the day of the activity, minutes within 7 working days after. The forms of the
// body's rules say which of those before the day bind them. A notice that comes
// too late is refused, as is holding the activity without the materials; minutes
// that come late are seen, not refused.
//
// # Publication
//
// What is published must be free of contact data: the guard "redacted" looks for
// it with [text.FindContacts], and [text.Redact] takes it out.
package activity
