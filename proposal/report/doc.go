// Package report prints the annual report on proposals (年度提案工作统计报告), in
// Chinese or English, and reads spreadsheets of others to verify them.
//
//	what is reported                    Gather, from a service → Report
//	one page for people, no network     Report.HTML
//	the same tables as a spreadsheet    Report.XLSX
//	a spreadsheet held to its counts    VerifySheets → Verdict
//
// Page and spreadsheet have the same tables, from the same
// [statistics.Figures]: every percentage stands beside its count and its base,
// and is rounded half up to two places, never forced to add up to 100. The
// spreadsheet also lists the cases behind each figure.
//
// The page holds everything it shows and loads nothing. It prints on A4, and has
// landmarks, captions and headers for those who listen to it.
package report
