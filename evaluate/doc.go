// Package evaluate scores proposals, the units that handle them, members and
// platforms (考评, 测评), and prints the rates an annual report is made of.
// It stands alone: it imports the standard library only.
//
// Four ideas carry the package.
//
// Points are exact. A score is a fixed-point decimal of four places
// ([Points]); every overflow is an error, and rounding happens only where a
// rule names it ([Rounding]).
//
// A rate keeps its count and its base ([Rate]). It is printed by a stated rule
// with integer arithmetic, and without a base it is undefined for a stated
// reason, never NaN.
//
// A sheet is data. A [Rubric] is a versioned tree of criteria with a content
// hash; [Compile] tells every problem it has at once and gives a [Sheet] that
// scores a [Card], one subject's facts and ballots.
//
// A score is explained. An [Outcome] carries a ledger whose lines sum exactly
// to the total, each line traced to its criterion, its rule and the ballots or
// facts it came from; [Explain] tells where two subjects differ.
//
// Nothing here reads a clock, a file or a global. Values are safe for
// concurrent reading; a type that may not be shared while it is written to
// says so.
package evaluate
