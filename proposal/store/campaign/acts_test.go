//go:build unix

package campaign

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/sqlstore"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// scene is one crash: a body of its own with the cases that the act is done on.
type scene struct {
	body  string
	cases []string
	staged,
	after uint64 // acts that were acknowledged before; position of the feed up to which it was read
}

// at is where an act is done: a service, its store, and a pool of the host's.
type at struct {
	*proposal.Service
	store *sqlstore.Store
	host  *sql.DB
	rows  string // name of the host's table
}

// kindOfAct is one kind of act whose statements are all visited.
type kindOfAct struct {
	name  string
	cases int      // how many cases it is done on
	stage []staged // what is done to each before
	do    func(ctx context.Context, a at, s *scene) error

	// event names the entries that the act leaves, one in each case; together:
	// in all of them or none.
	event    string
	together bool
	row      bool // a row of the host's comes with it, or neither does
	also     bool // the store has a function of the host's take part in its commits
	silent   bool // it leaves no entry
}

type staged struct {
	role, unit string
	do         func(s *scene, i int) proposal.Action
}

func (s *scene) actor(role, unit string) proposal.Actor {
	return proposal.Actor{ID: role + unit, Body: s.body, Unit: unit, Roles: []string{role}}
}

// number is a case number that no other scene has.
func (s *scene) number(i int) string { return fmt.Sprintf("%s%02d", s.body[1:], i) }

func plain(role string, action proposal.Action) staged {
	return staged{role, "", func(*scene, int) proposal.Action { return action }}
}

var (
	submitted = []staged{plain("member", proposal.Submit{})}
	reviewing = append(submitted[:1:1], plain("committee", proposal.Receive{}))
	filed     = append(reviewing[:2:2], staged{"committee", "", func(s *scene, i int) proposal.Action { return proposal.File{Number: s.number(i)} }})
	assigned  = append(filed[:3:3], plain("office", proposal.Assign{Lead: "market", Co: []string{"banking"}}))
)

const theAct = "the-act" // the command of the act that is interrupted

// does is an act by Do, under a command.
func does(role string, action func(s *scene) proposal.Action) func(context.Context, at, *scene) error {
	return func(ctx context.Context, a at, s *scene) error {
		_, err := a.Do(ctx, s.actor(role, ""), s.cases[0], action(s), workflow.Command(theAct))
		return err
	}
}

// again is a definition that differs from the first in its name only.
var again = named(proposal.Nine(), "nine_again")

func named(d lifecycle.Definition, name string) lifecycle.Definition {
	d.Name = name
	return d
}

// kindsOfActs are all the ways in which the library writes.
func kindsOfActs() []kindOfAct {
	return []kindOfAct{
		{name: "open", cases: 1, event: workflow.Opening, do: func(ctx context.Context, a at, s *scene) error {
			p, err := a.Open(ctx, s.actor("member", ""), draft, workflow.Command("opening-0"))
			if err == nil && p.ID != s.cases[0] {
				return fmt.Errorf("it is opened as %s, not as %s", p.ID, s.cases[0])
			}
			return err
		}},
		{name: "do", cases: 1, stage: filed, event: "assign",
			do: does("office", func(*scene) proposal.Action { return proposal.Assign{Lead: "market", Co: []string{"banking"}} })},
		{name: "claim a number", cases: 1, stage: reviewing, event: "file",
			do: does("committee", func(s *scene) proposal.Action { return proposal.File{Number: s.number(0)} })},
		{name: "merge (together)", cases: 3, stage: submitted, together: true, do: func(ctx context.Context, a at, s *scene) error {
			_, err := a.Merge(ctx, s.actor("committee", ""), s.cases[0], s.cases[1:], workflow.Command(theAct))
			return err
		}},
		{name: "each of several", cases: 2, stage: assigned, event: "urge", do: func(ctx context.Context, a at, s *scene) error {
			var all error
			for _, r := range a.DoEach(ctx, s.actor("office", ""), s.cases, proposal.Urge{Text: "请抓紧"}, workflow.Command(theAct)) {
				all = errors.Join(all, r.Err)
			}
			return all
		}},
		{name: "extend", cases: 1, stage: assigned, event: clock.Extending, do: func(ctx context.Context, a at, s *scene) error {
			_, err := a.Extend(ctx, s.actor("office", ""), s.cases[0], clock.Extend{Limit: "reply", Of: "market", By: calendar.Days(5), Reason: "调研"}, workflow.Command(theAct))
			return err
		}},
		{name: "migrate", cases: 1, stage: assigned, event: workflow.Migrated, do: func(ctx context.Context, a at, s *scene) error {
			_, err := a.Migrate(ctx, s.actor(workflow.Administrator, ""), s.cases[0], workflow.Migration{Name: again.Name, Version: 1, Reason: "换流程"}, workflow.Command(theAct))
			return err
		}},
		{name: "sweep", cases: 2, stage: assigned, event: workflow.Crossed, do: func(ctx context.Context, a at, _ *scene) error {
			_, err := a.Sweep(ctx, beginning.AddDate(0, 0, 20))
			return err
		}},
		{name: "recount", cases: 2, stage: assigned, event: workflow.Recounted, do: func(ctx context.Context, a at, s *scene) error {
			_, err := a.Recount(ctx, s.actor(workflow.Administrator, ""), s.body)
			return err
		}},
		{name: "in a host's transaction", cases: 1, stage: filed, event: "assign", row: true, do: func(ctx context.Context, a at, s *scene) error {
			tx, err := a.host.BeginTx(ctx, nil)
			if err != nil {
				return err
			}
			inside := a.On(a.store.In(tx))
			_, err = inside.Do(ctx, s.actor("office", ""), s.cases[0], proposal.Assign{Lead: "market"}, workflow.Command(theAct))
			if err == nil {
				err = a.note(ctx, tx, s.body)
			}
			if err != nil {
				return errors.Join(err, tx.Rollback())
			}
			return tx.Commit()
		}},
		{name: "with a host's function", cases: 1, stage: filed, event: "assign", row: true, also: true,
			do: does("office", func(*scene) proposal.Action { return proposal.Assign{Lead: "market"} })},
		{name: "read the feed", cases: 2, stage: filed, silent: true, do: func(ctx context.Context, a at, s *scene) error {
			after := s.after
			for {
				page, err := a.store.Feed(ctx, after, 3)
				if err != nil || len(page) == 0 {
					return err
				}
				for _, e := range page {
					if e.Position != after+1 {
						return fmt.Errorf("the feed goes from position %d to %d", after, e.Position)
					}
					after = e.Position
				}
			}
		}},
	}
}

// note writes the host's row for a body, once.
func (a at) note(ctx context.Context, tx *sql.Tx, body string) error {
	var n int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM "+a.rows+" WHERE body = '"+body+"'").Scan(&n); err != nil || n > 0 {
		return err
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO "+a.rows+" VALUES ('"+body+"')")
	return err
}

// alsoNote is the host's function of a store whose table of the host's is named.
func alsoNote(rows string) sqlstore.Also {
	return func(ctx context.Context, tx *sql.Tx, changes []store.Change) error {
		for _, c := range changes {
			for _, e := range c.Entries {
				if e.Command == workflow.CommandKey(theAct) {
					_, err := tx.ExecContext(ctx, "INSERT INTO "+rows+" VALUES ('"+bodyOf(c.Record)+"')")
					return err
				}
			}
		}
		return nil
	}
}

func bodyOf(r store.Record) string {
	for _, a := range r.Index {
		if a.Name == "body" {
			return a.Value
		}
	}
	return ""
}

// beginning is when every scene plays; time stands still in it.
var beginning = time.Date(2024, 3, 4, 1, 0, 0, 0, time.UTC)

var draft = proposal.Draft{
	Title: "关于支持小店经济的提案", Category: proposal.Economic, Session: "15-3",
	Text: proposal.Text{Background: "小店多。", Suggestions: []string{"设立专项。"}},
}
