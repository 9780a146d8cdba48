// Package points computes with exact decimals: a score (分) is a whole number of
// ten-thousandths, and nothing is rounded but once, at a step and by a rule that
// are named.
//
//	a score                                    Points, Parse, Whole, Sum
//	a weight, a part                           Ratio
//	a score between its marks and its rounding Exact: an exact fraction
//	how to round                               Rounding: HalfUp, HalfEven, Truncate
//	a plain weighted sum of decimals           WeightedSum
//	one entry's points among its proposers     CreditSplit
//
// Every overflow is an error. A figure without a value (nothing to divide by,
// nothing to add up) is an [*UndefinedError] with its reason. The sentinels of
// errors here serve all rooms of evaluate.
//
// Everything is plain data, safe for concurrent use.
package points
