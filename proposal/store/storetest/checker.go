package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/tian-go/tian/proposal/store"
)

// rule is one sentence of the definition.
type rule struct {
	name string
	mend string                        // where to look when it is broken
	need func(can Capabilities) string // what is missing to test it; nil: nothing
	test func(c *checker)
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

// unable is what a checker panics with when the store lacks an optional ability.
type unable struct{ text string }

func (u unable) Error() string { return u.text }

// check returns an error when the rule does not hold, and unable when it is about
// an ability that the store does not have.
func (r rule) check(t testing.TB, open Factory, can Capabilities) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			if u, ok := p.(unable); ok {
				err = u
				return
			}
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
	r, _, err := c.Load(c.ctx, kind, id)
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
