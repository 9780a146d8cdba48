// Package ranking puts contenders in order of their exact marks: leagues (组别),
// ties, lots and quotas (名额), such as the best 5 %.
//
//	who is ranked             Contender
//	what equals share         Ties, and recorded Lots
//	how many get an award     Quota, and who gets it at its Edge
//	all of it                 Rules.Rank → Place
//
// Nothing here depends on the order of the input: what marks and lots do not
// decide stays a tie. Package evaluate ranks its outcomes by it. Everything is
// plain data, safe for concurrent use.
package ranking
