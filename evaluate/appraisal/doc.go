// Package appraisal makes a round of appraisal (考评) a case: who scores whom by
// which sheet, until when, what came of it, and who appealed.
//
// It is the third vocabulary on the engine of package workflow, beside proposal
// and consult, and stands above package evaluate, which does the computing and
// knows nothing of rounds.
//
// A [Round] is announced with its sheet, which stays with it word for word: a
// sheet that changes later changes no round that has begun. Evaluators are
// invited, reminded and recused (回避). Cards are handed in until a day, replaced
// and withdrawn before the round is closed, never after; until then they are
// sealed: who sees which part when is data in the definition. Facts come from the
// host as data, each with the cases behind it; proposal/statistics draws those of a
// unit (ForUnit), the ledger of package consult those of a platform. The outcome is
// shown to who is scored first; appeals are decided by others than who scored; a
// second scoring stands beside the first. Then it is confirmed, published (公示) and
// archived.
//
// [Round.Scrutinise] tells what a mean hides: how far evaluators agree, who marks
// far off the others, whose voice decides a place. [Round.Sheet] and
// [Account.CSV] give the scored unit what it needs to recompute its points by
// hand. Personal data is taken out on demand, as package erasure has it: names and
// what people wrote, never marks and figures.
//
// Who may do what, and for how many days something is open, are data: the
// definition in lifecycles/appraisal.json, and the [Rules] of a body.
//
// # What a vocabulary costs
//
// This room is some 1 800 lines of Go, comments included; consult, the second
// vocabulary, is 10 400 without packages published and ledger: four kinds of cases
// and the parts that they are made of. The last of these to come, consult/plan, is
// 860. So a kind of case costs less than half of a round today, and a round less than
// a fifth of what consultation takes. What the engine does is in neither. Without
// tests, in a shell:
//
//	find evaluate/appraisal -name '*.go' ! -name '*_test.go' | xargs cat | wc -l
//	find consult -name '*.go' ! -name '*_test.go' ! -path '*/published/*' ! -path '*/ledger/*' | xargs cat | wc -l
package appraisal
