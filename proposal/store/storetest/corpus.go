package storetest

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"

	"github.com/tian-go/tian/proposal/store"
)

// The corpus holds what released versions wrote: commits as they were handed
// in, and what the store had to answer. A file is never changed once it is
// released; a new version adds a folder.
//
//go:embed testdata
var corpus embed.FS

// recorded is one file of the corpus. Bodies are base64, as encoding/json has it.
type recorded struct {
	Commits []struct {
		Changes []store.Change
		Refused string // the sentinel's text; "": accepted
	}
	Records   []store.Record // in the end, with their revisions
	Journals  []store.Line   // the feed in the end; positions count from 1
	Questions []struct {
		Query store.Query
		IDs   []string
	}
}

func corpusRules() []rule {
	return []rule{{
		name: "what earlier versions wrote is written and read the same today",
		mend: "a change of meaning needs a new version of the seam: see the files in storetest/testdata",
		test: func(c *checker) {
			for _, version := range []string{"v1"} {
				files, err := corpus.ReadDir("testdata/" + version)
				c.ok(err, "corpus")
				for _, f := range files {
					text, err := corpus.ReadFile("testdata/" + version + "/" + f.Name())
					c.ok(err, "corpus")
					var r recorded
					d := json.NewDecoder(bytes.NewReader(text))
					d.DisallowUnknownFields()
					c.ok(d.Decode(&r), "corpus %s", f.Name())
					(&checker{Store: c.open(c.t), t: c.t, ctx: c.ctx}).replay(version+"/"+f.Name(), r)
				}
			}
		},
	}}
}

func (c *checker) replay(file string, r recorded) {
	sentinels := map[string]error{}
	for _, err := range []error{store.ErrNotFound, store.ErrConflict, store.ErrExists, store.ErrDuplicate, store.ErrInvalid, store.ErrClosed} {
		sentinels[err.Error()] = err
	}
	for i, commit := range r.Commits {
		err := c.Commit(c.ctx, commit.Changes...)
		if commit.Refused != "" {
			c.wants(err, sentinels[commit.Refused], "%s: commit %d", file, i)
			continue
		}
		c.ok(err, "%s: commit %d", file, i)
	}
	for _, want := range r.Records {
		want.Revision-- // sameRecord compares with what was written
		c.sameRecord(c.load(want.Kind, want.ID), want)
	}
	feed := c.feed(3)
	if len(feed) != len(r.Journals) {
		c.fail("%s: the feed has %d entries, not %d", file, len(feed), len(r.Journals))
	}
	for i, want := range r.Journals {
		c.sameEntries(want.Kind, want.ID, feed[i:i+1], []store.Line{want})
	}
	for i, q := range r.Questions {
		c.sameIDs(c.find(q.Query), q.IDs, fmt.Sprintf("%s: question %d", file, i))
	}
}
