// Package ledger reads a ledger (台账) of proposals as offices have them, takes
// each row through every stage that its data supports, through the front door of
// package proposal only, and writes ledgers again.
//
// [Open] reads one row by row, in whatever form it comes; what its headers and
// words mean is a [Map], which is data. [ImportFrom] takes the rows into a store,
// [Rejects] keeps those that are refused as a file to correct. [Rows] gives cases
// as rows, and [WriteCSV] and [WriteXLSX] write them.
//
// The ledger that ships with it, [Sample], holds 239 real published proposals
// of 98 places, as printed, one row each, with its source in the last column.
// It is sparse, as public lists are: 224 rows have a title, 99 a number, 93 a
// lead unit, 28 a date of reply, 13 a class, 4 an opinion. No private person is
// named.
//
// # What it costs
//
// An import is linear in the rows, and holds 1024 of them. On a machine of two
// cores shared with other work, numbered rows of one place into an SQLite file,
// eight acts each:
//
//	rows     first import   again   most memory
//	10³             19 s     1 s        56 MB
//	10⁴            158 s     6 s        70 MB
//
//	tian import --in rows.csv --db new.db     # twice
//
// Reading alone, 10⁶ rows took 37 s and 106 MB at most:
//
//	tian import --in rows.csv --dry-run
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
//   - An outcome of the review: as it says; a proposal that was merged stays in
//     review, because into which is not printed, and so does one that waits (待审).
//   - A number, a key mark, a unit, a class, an opinion or a date of assignment
//     or reply: reviewed and filed, with the number when one is printed.
//   - A unit, a class, an opinion or such a date: assigned. A lead unit leads its
//     co-units; units printed without roles handle separately. When an answer is
//     printed and no unit, the part is that of [UnitNotPrinted]. Either is said
//     under "ledger.units".
//   - A class, an opinion or a date of reply: accepted and answered, by every
//     unit that answers the proposer.
//   - An opinion: given, with that on the attitude where both are on one scale.
//
// The number and the signer of a reply are those of the reply where one unit gave it.
// What a list says of publication and of the day by which a promise is due is kept
// beside: it publishes nothing, and what was promised, and by whose hand, it does not
// print.
//
// Dates are kept as printed ("ledger.submitted" and so on). An act is dated by
// the first printed date by which it must have happened, and by the time of
// import where none is printed. Dates that contradict each other, or have not
// come, are told, and the row stays out.
//
// Categories and opinions are coded where the scheme has their label, and kept
// as printed elsewhere; classes always stay the letters they are, because what
// A means in one place B means in another.
package ledger
