package workflow

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// Migration moves a running case to another definition or version.
type Migration struct {
	Name    string            `json:"name"`
	Version int               `json:"version"`
	States  map[string]string `json:"states,omitempty"` // main states, old → new; one not named keeps its key
	Tracks  map[string]string `json:"tracks,omitempty"` // states of tracks as "track.state", old → new state
	Limits  map[string]string `json:"limits,omitempty"` // running limits, old → new; "": it ends; one not named keeps its key
	Reason  string            `json:"reason"`
}

// Migrate pins a case to another definition: the only way in which a running
// case comes under new rules. The actor needs the role [Administrator]. A state
// that the new definition does not have is a blocker unless it is mapped.
//
// Clocks are carried along by the mapping: one whose limit is not in the new
// definition is a blocker unless it is mapped or ended. A limit that the case has
// not had, and whose start lies in its history, starts on the day of that; a pause
// whose event the new limit does not pause for is lifted; what counts from a date is
// held against it; and automatic transitions that are due fire. The entry's note
// says what was started, ended and lifted. A case that is on the definition already,
// with nothing to map, is left as it is, without an entry.
func (e *Engine[C, R]) Migrate(ctx context.Context, actor Actor, id string, m Migration, options ...DoOption) (C, error) {
	c, err := e.migration(id, m).do(ctx, actor, m, options)
	if errors.Is(err, errNothing) {
		return e.Get(ctx, id)
	}
	return c, err
}

// migration is the deed of migrating a case.
func (e *Engine[C, R]) migration(id string, m Migration) *ownAct[C, R] {
	var history []Entry
	return &ownAct[C, R]{
		engine: e, id: id, name: Migrated, permit: administrators[C],
		read: func(ctx context.Context) (err error) {
			history, err = e.History(ctx, id)
			return err
		},
		change: func(act *Act[R], c C) (any, error) { return e.migrate(act, c, m, history) },
	}
}

// Carried is the note of a migration: where the case came from, and what became of
// its clocks beside those that were carried over, as "limit" or "limit/instance".
type Carried struct {
	From    Pin      `json:"from"`
	Started []string `json:"started,omitempty"` // new limits whose start had passed
	Ended   []string `json:"ended,omitempty"`   // clocks that the mapping ended
	Lifted  []string `json:"lifted,omitempty"`  // clocks whose pause nothing could have ended any more
}

func (e *Engine[C, R]) migrate(act *Act[R], c C, m Migration, history []Entry) (any, error) {
	h := c.Head()
	to := e.Machine(m.Name, m.Version)
	if to == nil {
		return nil, Invalid("migration", "unknown", "没有流程%s@%d", "there is no definition %s@%d", m.Name, m.Version)
	}
	if err := e.inForce("migration", m.Name, m.Version, act.recorded); err != nil {
		return nil, err
	}
	switch n := utf8.RuneCountInString(m.Reason); {
	case strings.TrimSpace(m.Reason) == "":
		return nil, Invalid("migration.reason", "empty", "迁移须有理由", "a migration needs a reason")
	case n > maxReason:
		return nil, Invalid("migration.reason", "too_long", "%d字，超过%d字", "%d characters, more than %d", n, maxReason)
	}
	if to == h.machine && m.nothing(h) {
		return nil, errNothing
	}
	if to == h.machine {
		return nil, &RefusedError{h.ID, act.Event, h.State, []Blocker{Block("same_definition",
			fmt.Sprintf("本件已在流程%s@%d上", m.Name, m.Version), fmt.Sprintf("the case is on %s@%d already", m.Name, m.Version))}}
	}
	var moves []Move
	var blockers []Blocker
	before, _ := h.machine.State(h.State)
	place := func(line *lifecycle.Machine, instance, from, mapped string) string {
		if mapped == "" {
			mapped = from
		}
		if line == nil || instance != "" && line.Each() != strings.Contains(instance, "/") {
			blockers = append(blockers, lost(instance))
		} else if _, ok := line.State(mapped); !ok {
			blockers = append(blockers, lost(mapped))
		}
		moves = append(moves, Move{Event: act.Event, Line: instance, From: from, To: mapped})
		return mapped
	}
	h.State = place(to, "", h.State, m.States[h.State])
	for _, instance := range slices.Sorted(maps.Keys(h.Tracks)) {
		track := trackOf(instance)
		at := h.Tracks[instance]
		h.Tracks[instance] = place(to.Track(track), instance, at, m.Tracks[track+"."+at])
	}
	if after, ok := to.State(h.State); ok && after.Final && !before.Final {
		blockers = append(blockers, Block("ends_case",
			fmt.Sprintf("迁移不能使未办结的件变为“%s”", after.Label.In("zh", h.State)),
			fmt.Sprintf("a migration does not end a case: %q is final", after.Label.In("en", h.State))))
	}
	note := Carried{From: h.Definition}
	blockers = append(blockers, carry(h, to, m.Limits, &note)...)
	if len(blockers) > 0 {
		return nil, &RefusedError{h.ID, act.Event, moves[0].From, blockers}
	}
	h.machine, act.machine = to, to
	h.Definition = Pin{to.Name(), to.Version(), to.Fingerprint()}
	if err := e.settleClocks(act, c, m, history, &note); err != nil {
		return nil, err
	}
	fired, err := e.autos(act, c)
	if err != nil {
		return nil, err
	}
	act.moves = slices.Concat(moves, fired)
	e.recount(act, c)
	return note, e.tick(act, c, fired)
}

// nothing reports whether a migration to the definition that a case is on would
// change nothing.
func (m Migration) nothing(h *Header) bool {
	if to, mapped := m.States[h.State]; mapped && to != h.State {
		return false
	}
	for instance, at := range h.Tracks {
		if to, mapped := m.Tracks[trackOf(instance)+"."+at]; mapped && to != at {
			return false
		}
	}
	for _, c := range h.Clocks {
		if to, mapped := m.Limits[c.Limit]; mapped && to != c.Limit {
			return false
		}
	}
	return true
}

func lost(what string) Blocker {
	return Block("no_such_state", fmt.Sprintf("新流程中没有“%s”", what), fmt.Sprintf("the new definition has no %q", what))
}
