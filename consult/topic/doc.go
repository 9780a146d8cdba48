// Package topic is what might be consulted on (协商议题): collected with its clues,
// screened against the criteria and exclusions of a body's rules, chosen by
// criteria or by vote, put into the yearly plan (年度协商计划), or declined.
//
// A [Topic] is a case. Whether it has been consulted on is told by the
// activities that name it.
package topic
