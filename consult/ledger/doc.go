// Package ledger writes the year of a body's consultation as offices keep it
// (协商工作年度台账), and reads it again: a workbook of three sheets, platforms, activities
// and the items of checklists, or one of them as CSV, with headers and words in
// Chinese, or the stable keys that programs read.
//
// [Gather] takes a [Year] out of a service, with the [Words] of its rules; [WriteXLSX]
// and [WriteCSV] write it, [Read] reads what they wrote as the same year, also after a
// spreadsheet has rewritten its dates, moved its columns or put a title above them.
// [Enter] brings the activities of a year into a service, as held before they were
// planned there.
//
// A column that is not known is passed over, and told; a row with a cell that is not
// understood is told by its place and stays out.
package ledger
