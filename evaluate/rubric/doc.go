// Package rubric is the scoring sheet (评分表, 考核细则) as data: plain JSON both
// ways, read strictly by [Parse], known by its content hash. Package evaluate
// compiles it and scores by it.
//
//	the sheet, its criteria, bonus and penalty   Rubric, Criterion, Section, Round
//	how a criterion is scored                    Rule: Direct, Grade, AllOrNothing, PerEvent,
//	                                             Shortfall, Steps, Lateness, Tallied, Nested, Host
//	who judges, and when a vote counts           Group, Quorum, Drop, Aggregation
//	why there is no mark, and what becomes of it Missing, MissingPolicy, NoBase
//	what a total means                           Band, Veto, FollowUp
//
// Keys are lower-case ASCII; labels carry the Chinese. Numbers in JSON are
// strings or plain decimals with at most four places, never exponents. Unknown
// fields and duplicate keys are errors.
package rubric
