package workflow

import (
	"context"
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

const maxReason = 10_000 // characters

// Migrate pins a case to another definition: the only way in which a running
// case comes under new rules. The actor needs the role [Administrator]. A state
// that the new definition does not have is a blocker unless it is mapped.
func (e *Engine[C, R]) Migrate(ctx context.Context, actor Actor, id string, m Migration, options ...DoOption) (C, error) {
	own := &ownAct[C, R]{
		engine: e, id: id, name: Migrated, permit: administrators[C],
		change: func(act *Act[R], c C) (any, error) { return e.migrate(act, c, m) },
	}
	return own.do(ctx, actor, m, options)
}

func (e *Engine[C, R]) migrate(act *Act[R], c C, m Migration) (any, error) {
	h := c.Head()
	to := e.Machine(m.Name, m.Version)
	if to == nil {
		return nil, Invalid("migration", "unknown", "没有流程%s@%d", "there is no definition %s@%d", m.Name, m.Version)
	}
	switch n := utf8.RuneCountInString(m.Reason); {
	case strings.TrimSpace(m.Reason) == "":
		return nil, Invalid("migration.reason", "empty", "迁移须有理由", "a migration needs a reason")
	case n > maxReason:
		return nil, Invalid("migration.reason", "too_long", "%d字，超过%d字", "%d characters, more than %d", n, maxReason)
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
	blockers = append(blockers, carry(h, to, m.Limits)...)
	if len(blockers) > 0 {
		return nil, &RefusedError{h.ID, act.Event, moves[0].From, blockers}
	}
	note := struct {
		From Pin `json:"from"`
	}{h.Definition}
	h.machine = to
	h.Definition = Pin{to.Name(), to.Version(), to.Fingerprint()}
	h.Stage = to.Stage(h.State, h.Tracks)
	e.recount(act, c)
	act.moves = moves
	return note, nil
}

func lost(what string) Blocker {
	return Block("no_such_state", fmt.Sprintf("新流程中没有“%s”", what), fmt.Sprintf("the new definition has no %q", what))
}

// carry takes the running clocks of a case over to the limits of another
// definition, and returns a blocker for each limit that it does not have.
func carry(h *Header, to *lifecycle.Machine, mapped map[string]string) []Blocker {
	has := make(map[string]bool)
	for _, l := range to.Limits() {
		has[l.Key] = true
	}
	var blockers []Blocker
	h.Clocks = slices.DeleteFunc(h.Clocks, func(c Clock) bool {
		limit, named := mapped[c.Limit]
		return c.Running() && named && limit == ""
	})
	for i := range h.Clocks {
		clock := &h.Clocks[i]
		limit, named := mapped[clock.Limit]
		if !named {
			limit = clock.Limit
		}
		switch {
		case has[limit]:
			clock.Limit = limit
		case clock.Running():
			blockers = append(blockers, Block("no_such_limit",
				fmt.Sprintf("新流程中没有时限“%s”", limit), fmt.Sprintf("the new definition has no limit %q", limit)))
		}
	}
	return blockers
}
