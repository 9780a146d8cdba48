// Package calendar answers "by when": working days (工作日), time limits
// (办理期限) and timers that pause, extend and explain themselves.
//
// The types build on each other:
//
//   - [Date] is a day of the civil calendar, without hour or time zone.
//     [DateOf] turns an instant into the date of a body's own time zone, and
//     everything after that compares dates only.
//   - [Calendar] knows which days are worked. It rests on a weekend rule and
//     on notices ([Notice]): in China the General Office of the State Council
//     prints every year which days are off and which weekend days are worked
//     in exchange (调休). A year without a notice is an [UnknownYearError],
//     never a guess. Package calendar/china holds the notices of 2007 to 2026.
//   - [Length] is a number of days, working days or months, or a fixed date
//     of the year; [Rule] adds a cap, a rule for due days that are not
//     working days, and warnings.
//   - [Timer] is one limit that runs on one case. [Timer.Due] computes its due
//     date, [Timer.Explain] also says why in Chinese and English, [Timer.State]
//     says how it stands on a given day.
//
// # How days are counted
//
// The start day is day 0. The due day itself is in time. A length in months
// ends on the same day number or, where the month has no such day, on its last
// day: three months from 30 November end on the last day of February, and are
// not ninety days. Paused days do not count; [Timer] states for each unit what
// that means.
//
// # Purity
//
// The package reads no clock, no file and no network: today's date and the
// calendar are handed in. All values are either immutable or copied, nothing
// is registered or cached, and everything is safe for concurrent use.
//
// # Errors
//
// Unusable input matches [ErrInvalid], a step the rules forbid matches
// [ErrRefused], a year without notice matches [ErrUnknownYear]. [Code] gives
// the stable code of any of them for transport.
package calendar
