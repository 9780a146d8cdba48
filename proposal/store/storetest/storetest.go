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
// Decorators are stores and are held to the same rules. How fast a store is,
// package storebench measures.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/tian-go/tian/proposal/store"
)

// Factory returns a new, empty store. What it opens, it closes and removes in
// a cleanup of t.
type Factory func(t testing.TB) store.Store

// Capabilities says what else can be done with a store, beyond the seam. Rules
// about a capability that is nil are skipped, and say so.
type Capabilities struct {
	// Reopen closes s and opens the same data anew. nil: the data ends with
	// the store.
	Reopen func(t testing.TB, s store.Store) store.Store

	// Beside opens the data of s a second time, as another process would,
	// while s goes on. nil: one process has the data to itself.
	Beside func(t testing.TB, s store.Store) store.Store

	// Slow returns a new, empty store whose commits linger, each for a random
	// time of some milliseconds, after their entries have been numbered and
	// before anybody sees them. It is what makes a feed that loses entries
	// lose them. A delay in a trigger on the table of entries will do.
	Slow Factory

	// Parallel lets rules be tested at the same time, each on a store of its
	// own. The functions above must bear that.
	Parallel bool
}

// patience bounds a rule: no rule takes a tenth of it on a store that works.
const patience = 2 * time.Minute

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
			if err := r.check(t, open, can); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// rule is one sentence of the definition.
type rule struct {
	name string
	mend string                        // where to look when it is broken
	need func(can Capabilities) string // what is missing to test it; nil: nothing
	test func(c *checker)
}

func rules() []rule {
	var all []rule
	for _, group := range [][]rule{
		commitRules(), journalRules(), raceRules(), readRules(), textRules(),
		findRules(), pageRules(), feedRules(), contextRules(), lifeRules(), corpusRules(),
	} {
		all = append(all, group...)
	}
	return all
}

func (r rule) missing(can Capabilities) string {
	if r.need == nil {
		return ""
	}
	return r.need(can)
}

// checker is at hand while a rule is tested, with an empty store to do it on.
type checker struct {
	store.Store
	t    testing.TB
	ctx  context.Context
	open Factory
	can  Capabilities
}

// broken is what a checker panics with, to be recovered in check.
type broken struct{ text string }

// check returns an error when the rule does not hold.
func (r rule) check(t testing.TB, open Factory, can Capabilities) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			b, ours := p.(broken)
			if !ours {
				panic(p)
			}
			err = fmt.Errorf("broken rule: %s\n  seen: %s\n  look: %s", r.name, b.text, r.mend)
		}
	}()
	r.test(&checker{Store: open(t), t: t, ctx: ctx, open: open, can: can})
	return nil
}

// fail ends the rule; only on the rule's own goroutine.
func (c *checker) fail(format string, args ...any) {
	panic(broken{fmt.Sprintf(format, args...)})
}

// ok ends the rule when err is an error.
func (c *checker) ok(err error, doing string, args ...any) {
	if err != nil {
		c.fail("%s: %v", fmt.Sprintf(doing, args...), err)
	}
}

// wants ends the rule when err does not match target.
func (c *checker) wants(err, target error, doing string, args ...any) {
	if !errors.Is(err, target) {
		c.fail("%s: the error should match %q, it is: %v", fmt.Sprintf(doing, args...), target, err)
	}
}

// commit commits and ends the rule when it fails.
func (c *checker) commit(changes ...store.Change) {
	c.ok(c.Commit(c.ctx, changes...), "commit of %s", name(changes))
}

func (c *checker) load(kind, id string) store.Record {
	r, err := c.Load(c.ctx, kind, id)
	c.ok(err, "load %s %q", kind, id)
	return r
}

func (c *checker) history(kind, id string) []store.Line {
	h, err := c.History(c.ctx, kind, id, 0, 0)
	c.ok(err, "history of %s %q", kind, id)
	return h
}

func (c *checker) find(q store.Query) []store.Record {
	found, err := c.Find(c.ctx, q)
	c.ok(err, "find %+v", q)
	return found
}

// feed reads the whole feed, in pages of the given size.
func (c *checker) feed(page int) []store.Line {
	var all []store.Line
	for after := uint64(0); ; {
		entries, err := c.Feed(c.ctx, after, page)
		c.ok(err, "feed after %d", after)
		if len(entries) == 0 {
			return all
		}
		all = append(all, entries...)
		after = entries[len(entries)-1].Position
	}
}
