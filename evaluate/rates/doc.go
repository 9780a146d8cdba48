// Package rates keeps a rate (率) with its count and its base, prints it by a
// named rounding, and verifies the tables that reports print.
//
//	a rate                                     Rate: Percent, Points, Add
//	which roundings print a figure             Rate.Reproduces
//	percentages that add up to 100             LargestRemainder → Forced
//	a printed table, held against its counts   DecodeReport, Report.Verify → Verdict
//
// A rate without a base is undefined, with a reason; nothing is ever NaN.
// Arithmetic is exact, whatever the size of a count.
//
// Everything is plain data, safe for concurrent reading.
package rates
