package main

import (
	"net/http"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// migration is to the definition that this application has now.
func (a *app) migration() workflow.Migration {
	d := ownDefinition()
	return workflow.Migration{Name: d.Name, Version: d.Version, Reason: "启用新流程"}
}

// planMigration says what the migration would do to each case, and does nothing.
func (a *app) planMigration(r *http.Request, who proposal.Actor) (any, error) {
	return a.svc.PlanMigration(r.Context(), who, a.migration())
}

// migrate does what the plan says can be done.
func (a *app) migrate(r *http.Request, who proposal.Actor) (any, error) {
	plan, err := a.svc.PlanMigration(r.Context(), who, a.migration())
	if err != nil {
		return nil, err
	}
	outcomes := []outcome{}
	for _, planned := range plan {
		if !planned.Does {
			continue
		}
		p, err := a.svc.Migrate(r.Context(), who, planned.ID, a.migration())
		if err != nil {
			outcomes = append(outcomes, failed(planned.ID, err))
			continue
		}
		outcomes = append(outcomes, outcome{Case: p.ID, State: p.State})
	}
	return outcomes, nil
}

// rebuilt is how far a rebuilding has come.
type rebuilt struct {
	Cases  int `json:"cases"`
	Mended int `json:"mended"`
}

// reindex puts every case on the lists it belongs on, as after a list was added,
// while others go on working.
func (a *app) reindex(r *http.Request, _ proposal.Actor) (any, error) {
	var so rebuilt
	err := a.svc.Reindex(r.Context(), func(cases, mended int) { so = rebuilt{cases, mended} })
	return so, err
}

// followed is a part of the feed, for a system that keeps its own place in it.
type followed struct {
	Entries []workflow.Entry `json:"entries"`
	Cursor  store.Cursor     `json:"cursor"` // for ?after=
}

// feed returns what comes behind ?after=. A system that has read further than the
// database goes, as after it was restored from a backup, is told so: 410, "rewound".
func (a *app) feed(r *http.Request, _ proposal.Actor) (any, error) {
	var after store.Cursor
	if err := after.UnmarshalText([]byte(r.FormValue("after"))); err != nil {
		return nil, err
	}
	lines, cursor, err := store.Follow(r.Context(), a.store, after, 0)
	if err != nil {
		return nil, err
	}
	answer := followed{Entries: []workflow.Entry{}, Cursor: cursor}
	for _, l := range lines {
		if l.Kind != proposal.Kind {
			continue
		}
		e, err := workflow.DecodeEntry(l)
		if err != nil {
			return nil, err
		}
		answer.Entries = append(answer.Entries, e)
	}
	return answer, nil
}
