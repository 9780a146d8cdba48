// Package evaluate scores proposals, the units that handle them, members and
// platforms (考评, 测评), and prints the rates an annual report is made of.
// It stands alone: it imports the standard library and its own rooms only;
// room appraisal alone stands above it and the engine of package workflow.
//
// # What it is for
//
//	a sheet (评分表) is a Rubric, plain JSON       rubric.Parse, Compile → Sheet
//	what is known of one subject is a Card         DecodeCards, DecodeCard
//	the result is an Outcome with its ledger       Sheet.Score, Sheet.ScoreAll
//	why two results differ                         Explain
//	places, ties, leagues, quotas                  Ranking.Rank
//	from proposals to units                        RollUpRule.RollUp
//	votes too large to keep                        Sheet.Stream
//	evaluation both ways, back to back             Mutual.Score
//	what low totals call for                       Sheet.FollowUps
//	does a place hang on a weight, a voice         SmallestSwap, Sheet.LeaveOneOut
//
// # The rooms below
//
//	points      exact decimals, their rounding, weighted sums, one entry's points among its proposers
//	rates       a rate with its count and base; the tables of reports, verified
//	ranking     places, ties, lots and quotas, of anything with exact marks
//	agreement   how far evaluators agree, and whether a place hangs on chance
//	rubric      the sheet as data
//	problem     what is wrong with a rubric or a card: codes, places, texts
//	sheets      ready sheets, as published
//	appraisal   above this package and the engine: a round of appraisal as a case
//
// Package agreement reads the marks that [Sheet.BallotTotals] hands it. The
// sentinels of errors are those of points. A complete rubric and its cards are in
// testdata/rubric.json and testdata/cards.json.
//
// # Points are exact
//
// A score is a fixed-point decimal of four places (points.Points); every overflow
// is an error. Between a mark and the total, parts are exact fractions. They are
// rounded once, at the step the sheet names (rubric.Round) and by the rule it
// names (points.Rounding). Floats appear only in statistics that are real by
// nature, and never find their way back into points.
//
// # A sheet is data
//
// A rubric.Rubric is a tree of criteria, each leaf with one rubric.Rule and one
// source: a fact from the records or the ballots of groups. It is versioned and
// known by its content hash, which every outcome repeats. [Compile] tells every
// problem at once, with a code and a place: points that do not add up, a band that
// leaves 89.5 without a name, a table that rewards more of what it should not.
//
// # A score is explained
//
// The lines of an [Outcome]'s ledger sum exactly to its total. Each names its
// criterion, its rule, and the fact or the ballots it was made from; what a cap
// cuts off, a veto takes or a rounding adds is a line of its own. A card whose
// vote is void or whose required fact is missing has no total, and says why:
// that is an outcome. A card that cannot be read is an error, and its problems
// name card, place, criterion and reason; it does not stop the others.
//
// # Conventions
//
// Keys are lower-case ASCII; labels carry the Chinese. Numbers in JSON are
// strings or plain decimals with at most four places, never exponents.
// Decoding is strict: unknown fields and duplicate keys are errors.
//
// Nothing here reads a clock, a file or a global. A [Sheet] and all plain data
// are safe for concurrent reading; a type that may not be shared while it is
// written to ([Stream]) says so.
package evaluate
