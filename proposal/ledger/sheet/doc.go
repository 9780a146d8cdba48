// Package sheet reads tables as offices have them, whatever they are of, row by row:
// CSV in UTF-8, UTF-16, GBK or GB18030 with any separator in use, workbooks (XLSX) of
// several sheets, and the HTML tables that some systems export as .xls; and writes
// tables that no spreadsheet runs as formulas.
//
// [Open] gives the rows of a file as they stand, one at a time, within [Limits]: what
// would fill the memory or the disk ends in an error. What a header or a word means is
// left to who reads them: see package ledger for proposals.
package sheet
