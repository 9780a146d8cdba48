package workflow

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// Administrator is the role that may move a running case to another version of
// its definition.
const Administrator = "administrator"

// Migration moves a running case to another definition or version.
type Migration struct {
	Name    string            `json:"name"`
	Version int               `json:"version"`
	States  map[string]string `json:"states,omitempty"` // main states, old → new; one not named keeps its key
	Tracks  map[string]string `json:"tracks,omitempty"` // states of tracks as "track.state", old → new state
	Reason  string            `json:"reason"`
}

// Migrate pins a case to another definition: the only way in which a running
// case comes under new rules. The actor needs the role [Administrator]. A state
// that the new definition does not have is a blocker unless it is mapped.
func (e *Engine[C]) Migrate(ctx context.Context, actor Actor, id string, m Migration, options ...DoOption) (C, error) {
	return e.administer(ctx, actor, id, "migrate", m, options, func(act *Act, c C) ([]Move, json.RawMessage, error) {
		return e.migrate(act, c, m)
	})
}

func (e *Engine[C]) migrate(act *Act, c C, m Migration) ([]Move, json.RawMessage, error) {
	h := c.Head()
	to := e.Machine(m.Name, m.Version)
	if to == nil {
		return nil, nil, Invalid("migration", "unknown", "there is no definition %s@%d", m.Name, m.Version)
	}
	if m.Reason == "" {
		return nil, nil, Invalid("migration.reason", "empty", "a migration needs a reason")
	}
	var moves []Move
	var blockers []Blocker
	place := func(line *lifecycle.Machine, instance, from, mapped string) string {
		if mapped == "" {
			mapped = from
		}
		if line == nil {
			blockers = append(blockers, lost(instance))
		} else if _, ok := line.State(mapped); !ok {
			blockers = append(blockers, lost(from))
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
	if len(blockers) > 0 {
		return nil, nil, &RefusedError{h.ID, act.Event, moves[0].From, blockers}
	}
	note, err := json.Marshal(struct {
		From Pin `json:"from"`
	}{h.Definition})
	if err != nil {
		return nil, nil, fmt.Errorf("workflow: migrate %s: %w", h.ID, err)
	}
	h.Definition = Pin{to.Name(), to.Version(), to.Fingerprint()}
	h.Stage = to.Stage(h.State, h.Tracks)
	return moves, note, nil
}

func lost(what string) Blocker {
	return Block("no_such_state", fmt.Sprintf("新流程中没有“%s”", what), fmt.Sprintf("the new definition has no %q", what))
}

// administer does an act of the engine's own on a case: one that is not in the
// case's definition, and so needs the role Administrator.
func (e *Engine[C]) administer(ctx context.Context, actor Actor, id, event string, data any, options []DoOption, change func(*Act, C) ([]Move, json.RawMessage, error)) (C, error) {
	var none C
	d := e.doing(options)
	encoded, err := encodeChecked(data)
	if err != nil {
		return none, err
	}
	for attempt := 1; ; attempt++ {
		c, err := e.administerOnce(ctx, actor, id, event, encoded, d, change)
		if err == nil {
			return c, nil
		}
		if d.command != "" && known(err) {
			if c, done, again := e.repeated(ctx, id, d.command, event, encoded); done || again != nil {
				return c, again
			}
		}
		if !errors.Is(err, ErrConflict) || d.revision != 0 || attempt == attempts || ctx.Err() != nil {
			return none, err
		}
	}
}

func (e *Engine[C]) administerOnce(ctx context.Context, actor Actor, id, event string, data json.RawMessage, d doing, change func(*Act, C) ([]Move, json.RawMessage, error)) (C, error) {
	var none C
	c, err := e.current(ctx, id, d.revision)
	if err != nil {
		return none, err
	}
	h := c.Head()
	roles, reason := e.roles(actor, c, "")
	if reason.Code == "" && !slices.Contains(roles, Administrator) {
		reason = Block("no_role", "没有管理员权限", "only an administrator may do this")
	}
	if reason.Code != "" {
		return none, &DeniedError{actor.ID, event, id, reason}
	}
	act, err := e.act(actor, roles, d, event, nil, nil, h)
	if err != nil {
		return none, err
	}
	moves, note, err := change(act, c)
	if err != nil {
		return none, err
	}
	p, err := e.journal(c, act, Administrator, data, note, moves)
	if err != nil {
		return none, err
	}
	if err := e.store.Commit(ctx, p.changes...); err != nil {
		return none, e.commitError(err, event, p)
	}
	return e.committed(ctx, []*plan[C]{p})[0], nil
}
