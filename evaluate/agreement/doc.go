// Package agreement measures how far the people who gave marks agree, and how
// fair their marks are: Krippendorff's alpha, Kendall's W, Fleiss' and Cohen's
// kappa, the intraclass correlations, a table of raters, the Wilson interval
// of a rate, trimmed means, ranks, and the weights of an analytic hierarchy
// process (AHP, 层次分析法).
//
// # Which one
//
//	marks on any scale, some missing        KrippendorffAlpha, or Coincidences when units come one at a time
//	labels ("A", "B"), some missing         AlphaOfLabels
//	rankings or marks, only their order      KendallW
//	categories, m raters per unit            FleissKappa
//	categories, the same two raters          CohenKappa
//	marks, every judge marks every target    IntraclassCorrelations
//	who is severe, who marks all alike       RaterTable
//	how sure is a rate                       Wilson, WilsonConfidence
//	drop the k highest and lowest            TrimmedMean
//	places                                   Ranks
//	would another panel decide alike         Bootstrap
//	weights from pairwise comparisons        AHP
//
// # Undefined is a result
//
// Agreement among raters who all gave one value is not 1 and not 0: there was
// no disagreement to expect, so the statistic does not exist. Such a result is
// a [Value] that holds a [Reason] in place of a number. No function returns
// NaN or an infinity, and none panics.
//
// Malformed input is an error instead: a ragged table, NaN, a negative count,
// comparisons that are not reciprocal. It is an [*InputError] that names the
// row and the column, and [errors.Is] finds [ErrInvalid] in it.
//
// # Advice, not points
//
// Everything here is real by nature and computed in float64. It describes
// marks; it is never fed back into a score, which is exact.
//
// # Concurrency
//
// The package has no state. Functions never write to what they are given.
// [Ratings] and [Coincidences] are plain data: many readers, or one writer.
package agreement
