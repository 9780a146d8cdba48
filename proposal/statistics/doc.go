// Package statistics counts proposals for annual reports (统计): an iterator of
// proposals goes in, and figures come out, in memory that does not grow with
// the number of proposals.
//
//	what is counted, and by which rule    Options, Merging
//	the figures of a set of proposals     Of, New, Figures.Add, AddHistory, Merge
//	one of them, with base and cases      Figures.Figure, Total → Figure
//	the table by unit                     Figures.Units → Unit
//	what members take part in             Figures.Members, Participation → Member
//	limits kept, days taken               Figures.Limits, Days → Limit, Days
//	of a session, a year, a term, a body  By with SessionOf, YearOf, TermOf, BodyOf
//	this period beside the last           Compare → Change
//	a body with all below it              RollUp, Differences
//
// Everything is counted by a [proposal.Tally]; this package adds what a report
// needs beside it: a rule for merged proposals, items beside proposals, opinions
// by axis and base, limits, days, and for each figure the cases behind it.
//
// # Proposals and items
//
// A proposal handled separately by four units is one proposal and four items
// (承办件). Dimensions count proposals, once in each key that they state, unless
// they say that they count items.
//
// # Bases
//
// A [Figure] keeps its count and its base, and names both. The base is one of
// the totals, such as [Filed] or [Answered], or [Stated]: the proposals that
// state the dimension at all. A report over filed proposals takes the dimension
// [OfFiled].
//
// # Days
//
// A span of days runs between two dates in the zone of the body. The median and
// the 90th percentile are exact: every length is counted, and the nearest rank
// is read off, a length that did occur. Of an even number the median is the
// lower of the two in the middle.
//
// # What is not counted
//
// What a host keeps of its own by [proposal.Proposal.SetExtra] it counts itself, with
// [Figures.Count].
//
// # What it costs
//
// A count keeps one number for each key of a dimension, and the IDs of a few cases.
// On a machine of two cores that had much else to do, records of 600 units, read
// and decoded one by one, with the time as a ratio to reading and decoding alone:
//
//	proposals   µs each   most heap   ratio
//	10⁴             411      4.5 MB    1.65
//	10⁵             381      6.8 MB    1.10
//	10⁶             408      7.4 MB    0.92
//
//	go test ./proposal/statistics -run '^$' -bench Stream -benchtime 1x
package statistics
