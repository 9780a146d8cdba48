// Package ledger reads a ledger (台账) of published proposals and takes each row
// through every stage that its data supports, through the front door of package
// proposal only.
//
// The ledger that ships with it, [Sample], holds 239 real published proposals
// of 98 places, as printed, one row each, with its source in the last column.
// It is sparse, as public lists are: 224 rows have a title, 99 a number, 93 a
// lead unit, 28 a date of reply, 13 a class, 4 an opinion. No private person is
// named.
//
// # What a published list can tell
//
// A list tells results and not acts: that a proposal was filed, not who filed
// it. Its cases therefore run on a lifecycle of their own, [Definition], which
// is the nine stages with one more role, the registrar (登记员), for whoever
// enters a list. Every entry of such a case says in the journal that it was done
// as registrar, and the case keeps the source it was taken from in its extra
// data under "ledger.source".
//
//   - A title: opened and submitted.
//   - A number, a key mark, a unit, a class, an opinion or a date of assignment
//     or reply: reviewed and filed, with the number when one is printed.
//   - A unit, a class, an opinion or such a date: assigned. A lead unit leads its
//     co-units; units printed without roles handle separately. When an answer is
//     printed and no unit, the part is that of [UnitNotPrinted]. Either is said
//     under "ledger.units".
//   - A class, an opinion or a date of reply: accepted and answered, by every
//     unit that answers the proposer.
//   - An opinion: given.
//
// Dates are kept as printed ("ledger.submitted" and so on). An act is dated by
// the first printed date by which it must have happened, and by the time of
// import where none is printed or the dates contradict each other.
//
// Categories and opinions are coded where the scheme has their label, and kept
// as printed elsewhere; classes always stay the letters they are, because what
// A means in one place B means in another.
package ledger
