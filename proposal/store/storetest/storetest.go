// Package storetest says, in a form that runs, what a correct store is.
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, openEmpty, storetest.Capabilities{Reopen: reopen})
//	}
//
// Each rule is a subtest. When one is broken the message names the rule, what
// was seen, and where to look for the cause. A store that passes may carry the
// engine; one that fails a single rule may lose, double or mix up a case.
//
// Outside of go test, [Examine] returns what holds and what does not; package
// certify makes a command and a certificate of it, for a database and a driver of
// your own.
//
// Decorators are stores and are held to the same rules. How fast a store is,
// package storebench measures.
package storetest

import (
	"errors"
	"testing"
)

// Run holds the stores that open returns to every rule. With -short, rules
// about volume use less of it.
func Run(t *testing.T, open Factory, can Capabilities) {
	t.Helper()
	for _, r := range rules() {
		t.Run(r.name, func(t *testing.T) {
			if can.Parallel {
				t.Parallel()
			}
			if why := r.missing(can); why != "" {
				t.Skip(why)
			}
			switch err := r.check(t, open, can); {
			case errors.As(err, new(unable)):
				t.Skip(err)
			case err != nil:
				t.Fatal(err)
			}
		})
	}
}

// short reports whether go test was told to be short; outside of it nobody can.
func short() bool { return testing.Testing() && testing.Short() }

func rules() []rule {
	var all []rule
	for _, group := range [][]rule{
		commitRules(), journalRules(), replaceRules(), raceRules(), readRules(), textRules(),
		findRules(), pageRules(), feedRules(), insideRules(), contextRules(), lifeRules(), corpusRules(),
	} {
		all = append(all, group...)
	}
	return all
}
