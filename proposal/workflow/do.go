package workflow

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// DoOption says something about one act.
type DoOption interface{ applyDo(*doing) }

type doing struct {
	command  string
	revision uint64 // 0: whichever is current
	at       time.Time
	dated    bool // at was given by the caller
}

type doFunc func(*doing)

func (f doFunc) applyDo(d *doing) { f(d) }

// Command names the act, so that asking twice is one effect: at most
// store.MaxKey bytes, unique for what is asked. Without it each call is an act
// of its own.
func Command(id string) DoOption { return doFunc(func(d *doing) { d.command = id }) }

// AtRevision has the act conflict unless the case is at this revision, that is,
// unless nothing has happened since the caller looked. Without it a lost race
// is run again on the new state.
func AtRevision(revision uint64) DoOption { return doFunc(func(d *doing) { d.revision = revision }) }

// At gives the act a time other than the engine's clock, as when what happened
// on paper is entered later. It cannot be before the case's last entry.
func At(t time.Time) DoOption {
	return doFunc(func(d *doing) { d.at, d.dated = t.UTC(), true })
}

// attempts is how often a lost race is run again before the conflict is
// reported. Of n racers one wins each round, so that it bounds the crowd on one
// case, not the load.
const attempts = 100

// plan is an act that has passed every step but the commit.
type plan[C Case] struct {
	c       C
	changes []store.Change
	entry   Entry
}

// Open begins a case in a body, with action's data as its first. The actor
// needs one of the roles by which the body's definition opens. The new case
// gets a new ID, the same for the same command.
func (e *Engine[C]) Open(ctx context.Context, actor Actor, body string, action Action[C], options ...DoOption) (C, error) {
	var none C
	d := e.doing(options)
	if action == nil {
		return none, Invalid("action", "empty", "there is no action to open a case with")
	}
	data, err := encodeChecked(action)
	if err != nil {
		return none, err
	}
	id := e.newID()
	if d.command != "" {
		id = uuid.NewSHA1(uuid.NameSpaceOID, []byte(e.kind+"\n"+body+"\n"+d.command)).String()
	}
	p, err := e.planOpen(actor, body, id, action, data, d)
	if err == nil {
		if err = e.store.Commit(ctx, p.changes...); err == nil {
			return e.committed(ctx, []*plan[C]{p})[0], nil
		}
		err = e.commitError(err, "open", p)
	}
	if d.command != "" && known(err) {
		if c, done, again := e.repeated(ctx, id, d.command, "open", data); done || again != nil {
			return c, again
		}
	}
	return none, err
}

func (e *Engine[C]) planOpen(actor Actor, body, id string, action Action[C], data json.RawMessage, d doing) (*plan[C], error) {
	if _, ok := e.tree.Body(body); e.tree != nil && !ok {
		return nil, Invalid("body", "unknown", "there is no body %q", body)
	}
	machine := e.MachineFor(body)
	c := e.fresh()
	h := c.Head()
	*h = Header{
		ID: id, Body: body, State: machine.Initial(), Opened: d.at, Changed: d.at,
		Definition: Pin{machine.Name(), machine.Version(), machine.Fingerprint()},
	}
	roles := e.granted(actor, body)
	role := firstOf(machine.Opens(), roles)
	switch {
	case actor.ID == "":
		return nil, &DeniedError{actor.ID, "open", id, noActor()}
	case role == "" && actor.Body != body:
		return nil, &DeniedError{actor.ID, "open", id, otherBody()}
	case role == "":
		return nil, &DeniedError{actor.ID, "open", id, Block("no_role", "没有发起的权限", "no role that may open a case")}
	}
	act, err := e.act(actor, roles, d, "open", action, machine, h)
	if err != nil {
		return nil, err
	}
	moves := []Move{{Event: "open", To: h.State}}
	return e.finish(c, act, role, action, data, moves)
}

// Do does action to the case of that ID: the only way in which a case changes.
// It returns the case as it is then.
//
// The error matches ErrNotFound, ErrDenied, ErrRefused (with every blocker),
// ErrInvalid (the action's data is wrong), ErrConflict (with AtRevision), or is
// a fault of the store; in every case but the last nothing has changed, and
// after the last the same Command tells.
func (e *Engine[C]) Do(ctx context.Context, actor Actor, id string, action Action[C], options ...DoOption) (C, error) {
	cases, err := e.Together(ctx, actor, []Step[C]{{ID: id, Action: action}}, options...)
	if err != nil {
		var none C
		return none, err
	}
	return cases[0], nil
}

// Step is one action on one case of an act on several.
type Step[C Case] struct {
	ID     string
	Action Action[C]
}

// Together does several steps on different cases as one act: all of them
// happen, or none. AtRevision is of the first. It returns the cases as they are
// then, in the order of the steps.
func (e *Engine[C]) Together(ctx context.Context, actor Actor, steps []Step[C], options ...DoOption) ([]C, error) {
	d := e.doing(options)
	data := make([]json.RawMessage, len(steps))
	for i, s := range steps {
		if s.Action == nil {
			return nil, Invalid("action", "empty", "there is no action for %s", s.ID)
		}
		var err error
		if data[i], err = encodeChecked(s.Action); err != nil {
			return nil, err
		}
	}
	named := d.command != ""
	if !named {
		d.command = e.newID()
	}
	for attempt := 1; ; attempt++ {
		plans, err := e.planAll(ctx, actor, steps, data, d)
		if err == nil {
			err = e.store.Commit(ctx, changesOf(plans)...)
			if err == nil {
				return e.committed(ctx, plans), nil
			}
			err = e.commitError(err, steps[0].Action.Event(), plans...)
		}
		if named && known(err) {
			if cases, done, again := e.repeatedAll(ctx, steps, data, d.command); again != nil {
				return nil, again
			} else if done {
				return cases, nil
			}
		}
		if !errors.Is(err, ErrConflict) || d.revision != 0 || attempt == attempts || ctx.Err() != nil {
			return nil, err
		}
	}
}

// known tells whether err is a decision rather than a fault of the store.
func known(err error) bool {
	return errors.Is(err, ErrRefused) || errors.Is(err, ErrDenied) || errors.Is(err, ErrConflict) ||
		errors.Is(err, ErrInvalid) || errors.Is(err, store.ErrDuplicate)
}

func (e *Engine[C]) planAll(ctx context.Context, actor Actor, steps []Step[C], data []json.RawMessage, d doing) ([]*plan[C], error) {
	plans := make([]*plan[C], len(steps))
	for i, s := range steps {
		revision := d.revision
		if i > 0 {
			revision = 0
		}
		c, err := e.current(ctx, s.ID, revision)
		if err != nil {
			return nil, err
		}
		if plans[i], err = e.plan(actor, c, s.Action, data[i], d); err != nil {
			return nil, err
		}
	}
	return plans, nil
}

// current loads a case, at the revision asked for (0: any).
func (e *Engine[C]) current(ctx context.Context, id string, revision uint64) (C, error) {
	c, err := e.Get(ctx, id)
	if err == nil && revision != 0 && c.Head().Revision != revision {
		var none C
		return none, fmt.Errorf("%w: %s is at revision %d, not %d", ErrConflict, id, c.Head().Revision, revision)
	}
	return c, err
}

// plan takes a loaded case through authorise, guard, apply, move and journal.
func (e *Engine[C]) plan(actor Actor, c C, action Action[C], data json.RawMessage, d doing) (*plan[C], error) {
	h := c.Head()
	main, err := e.machineOf(h)
	if err != nil {
		return nil, err
	}
	event := action.Event()
	act, err := e.act(actor, nil, d, event, action, main, h)
	if err != nil {
		return nil, err
	}
	move, role, err := e.check(act, c, event, instanceOf(actor, action))
	if err != nil {
		return nil, err
	}
	return e.finish(c, act, role, action, data, []Move{move})
}

// check authorises event and asks its guards, and returns the move it would
// make and the role by which it is allowed.
func (e *Engine[C]) check(act *Act, c C, event, of string) (Move, string, error) {
	h := c.Head()
	line, instance, at, missing := act.line(event, of)
	if line.Each() {
		act.Instance = of
	}
	var reason Blocker
	if act.Roles, reason = e.roles(act.Actor, c, act.Instance); reason.Code != "" {
		return Move{}, "", &DeniedError{act.Actor.ID, event, h.ID, reason}
	}
	if !line.Permits(event, act.Roles) {
		blockers := line.Blockers(at, event, act.Roles)
		if blockers[0].Code == lifecycle.BlockUnknownEvent {
			return Move{}, "", &RefusedError{h.ID, event, at, blockers}
		}
		return Move{}, "", &DeniedError{act.Actor.ID, event, h.ID, blockers[len(blockers)-1]}
	}
	if missing != nil {
		return Move{}, "", missing
	}
	t, ok := line.Transition(at, event)
	if !ok {
		return Move{}, "", &RefusedError{h.ID, event, at, line.Blockers(at, event, act.Roles)}
	}
	role := firstOf(t.Roles, act.Roles)
	if role == "" {
		return Move{}, "", &DeniedError{act.Actor.ID, event, h.ID, line.Blockers(at, event, act.Roles)[0]}
	}
	var blockers []Blocker
	if len(t.While) > 0 && !slices.Contains(t.While, h.State) {
		state, _ := act.machine.State(h.State)
		blockers = append(blockers, Block(lifecycle.BlockWrongState,
			fmt.Sprintf("当前状态“%s”不能进行 %s", state.Label.In("zh", h.State), event),
			fmt.Sprintf("%s does not happen in the state %q", event, state.Label.In("en", h.State))))
	}
	blockers = append(blockers, e.ask(act, c, t)...)
	if len(blockers) > 0 {
		return Move{}, "", &RefusedError{h.ID, event, at, blockers}
	}
	return Move{Event: event, Line: instance, From: at, To: t.To}, role, nil
}

// ask returns what every guard of t has against the act.
func (e *Engine[C]) ask(act *Act, c C, t lifecycle.Transition) []Blocker {
	var blockers []Blocker
	for _, g := range t.Guards {
		name, argument, _ := strings.Cut(g, ":")
		act.Argument = argument
		blockers = append(blockers, e.guards[name](act, c)...)
	}
	act.Argument = ""
	return blockers
}

// line finds the line that event is on, the name of its instance, and the state
// that line is in. The error says that the instance has not begun; the line is
// given all the same.
func (a *Act) line(event, of string) (m *lifecycle.Machine, instance, at string, err error) {
	key := a.machine.TrackOf(event)
	if key == "" {
		return a.machine, "", a.header.State, nil
	}
	m = a.machine.Track(key)
	if !m.Each() {
		of = ""
	}
	instance = lifecycle.Instance(key, of)
	if at, begun := a.header.Tracks[instance]; begun {
		return m, instance, at, nil
	}
	if !m.Each() {
		return m, instance, m.Initial(), nil
	}
	return m, instance, "", &RefusedError{a.header.ID, event, "", []Blocker{Block("no_instance",
		fmt.Sprintf("没有“%s”的%s", of, m.Label().In("zh", key)),
		fmt.Sprintf("%q has no %s", of, m.Label().In("en", key)))}}
}

// instanceOf returns whose instance of a track the action is about.
func instanceOf(actor Actor, action any) string {
	if a, ok := action.(Addressed); ok {
		return a.Instance(actor)
	}
	if actor.Unit != "" {
		return actor.Unit
	}
	return actor.ID
}

// finish applies the action, makes the moves and what follows from them, and
// writes the entry and the changes.
func (e *Engine[C]) finish(c C, act *Act, role string, action Action[C], data json.RawMessage, moves []Move) (*plan[C], error) {
	h := c.Head()
	before := h.clone()
	if err := action.Apply(act, c); err != nil {
		return nil, err //nolint:wrapcheck // an action's error is the caller's own
	}
	*h = before // the header is the engine's alone
	act.setDates()
	if len(moves) > 0 && moves[0].From != "" {
		if err := act.fire(moves[0]); err != nil {
			return nil, err
		}
	}
	moves, err := e.follow(act, c, moves)
	if err != nil {
		return nil, err
	}
	return e.journal(c, act, role, data, nil, moves)
}

// follow begins instances and fires what follows from an act: first the
// action's consequences, then automatic transitions until none agrees; and the
// clocks go along with it all.
func (e *Engine[C]) follow(act *Act, c C, moves []Move) ([]Move, error) {
	h := c.Head()
	for _, instance := range act.begun {
		m := act.machine.Track(trackOf(instance))
		if m == nil {
			return nil, Invalid("action", "unknown_track", "%s has no track for %q", h.Definition, instance)
		}
		if _, there := h.Tracks[instance]; !there {
			h.setTrack(instance, m.Initial())
			moves = append(moves, Move{Event: lifecycle.Begin, Line: instance, To: m.Initial()})
		}
	}
	system := []string{lifecycle.System}
	for _, f := range act.consequence {
		line, instance, at, err := act.line(f.event, f.of)
		if err != nil {
			return nil, err
		}
		if blockers := line.Blockers(at, f.event, system); len(blockers) > 0 {
			return nil, &RefusedError{h.ID, f.event, at, blockers}
		}
		t, _ := line.Transition(at, f.event)
		m := Move{Event: f.event, Line: instance, From: at, To: t.To}
		if err := act.fire(m); err != nil {
			return nil, err
		}
		moves = append(moves, m)
	}
	for passed := []string{h.State}; ; passed = append(passed, h.State) {
		m, ok := e.auto(act, c)
		if !ok {
			h.Stage = act.machine.Stage(h.State, h.Tracks)
			return moves, e.tick(act, c, moves)
		}
		if slices.Contains(passed, m.To) {
			return nil, fmt.Errorf("%w: %s: the automatic transitions of %s run in a circle by %s", ErrInvalid, h.ID, h.Definition, m.Event)
		}
		if err := act.fire(m); err != nil {
			return nil, err
		}
		moves = append(moves, m)
	}
}

// auto returns the first automatic transition whose guards all agree.
func (e *Engine[C]) auto(act *Act, c C) (Move, bool) {
	h := c.Head()
	for _, t := range act.machine.Autos(h.State) {
		if len(e.ask(act, c, t)) == 0 {
			return Move{Event: t.Event, From: h.State, To: t.To}, true
		}
	}
	return Move{}, false
}

// fire has the machine make a move, and writes where it led into the header.
func (a *Act) fire(m Move) error {
	line := a.machine
	if m.Line != "" {
		line = a.machine.Track(trackOf(m.Line))
	}
	to, err := line.Fire(context.Background(), m.From, m.Event)
	if err != nil {
		return err //nolint:wrapcheck // the machine names event and state
	}
	if m.Line != "" {
		a.header.setTrack(m.Line, to)
	} else {
		a.header.State = to
	}
	return nil
}

// journal seals the act: it writes the entry and the change that commits it.
func (e *Engine[C]) journal(c C, act *Act, role string, data, note json.RawMessage, moves []Move) (*plan[C], error) {
	h := c.Head()
	prev := h.Hash
	h.Seq++
	h.Changed = act.At
	header, content, err := content(c)
	if err != nil {
		return nil, err
	}
	entry := Entry{
		Kind: e.kind, ID: h.ID, Seq: h.Seq, Command: act.Command, At: act.At,
		Actor: act.Actor.ID, Body: act.Actor.Body, Unit: act.Actor.Unit, Role: role,
		Event: act.Event, Moves: moves, Definition: h.Definition, Action: data, Note: note,
		Digest: e.sealer.digest(header, content), Prev: prev, Algorithm: e.sealer.name,
	}
	line, err := json.Marshal(entry)
	if err != nil {
		return nil, fmt.Errorf("workflow: entry of %s: %w", h.ID, err)
	}
	h.Hash = e.sealer.sum(line)
	entry.Hash = h.Hash
	p := &plan[C]{c: c, entry: entry, changes: []store.Change{{
		Record: store.Record{
			Kind: e.kind, ID: h.ID, Revision: h.Revision,
			Body: wrap(h.Hash, header, content), Index: e.attributes(c),
		},
		Entries: []store.Entry{{Kind: e.kind, ID: h.ID, Seq: h.Seq, Command: act.Command, Body: line, Hash: h.Hash}},
	}}}
	for _, name := range act.claims {
		p.changes = append(p.changes, store.Change{Record: store.Record{
			Kind: e.claimKind(), ID: claimID(name), Body: []byte(h.ID + "\n" + name),
		}})
	}
	h.Revision++
	return p, nil
}

func (e *Engine[C]) claimKind() string { return e.kind + ".claim" }

// claimID is the claim's name if it may be an ID, else a hash of it.
func claimID(name string) string {
	if name != "" && len(name) <= store.MaxKey {
		return name
	}
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)).String()
}

func (e *Engine[C]) doing(options []DoOption) doing {
	d := doing{at: e.now().UTC()}
	for _, o := range options {
		o.applyDo(&d)
	}
	d.at = d.at.Round(0)
	return d
}

// act is what the action and its guards are told. Time never runs backwards in
// a history: when the machine that wrote last has a clock ahead of this one's,
// the act gets the time of the last entry.
func (e *Engine[C]) act(actor Actor, roles []string, d doing, event string, action any, m *lifecycle.Machine, h *Header) (*Act, error) {
	if d.at.Before(h.Changed) {
		if d.dated {
			return nil, Invalid("at", "too_early", "%s last changed at %s, after %s", h.ID, h.Changed.Format(time.RFC3339), d.at.Format(time.RFC3339))
		}
		d.at = h.Changed
	}
	if d.command == "" {
		d.command = e.newID()
	}
	zone := e.tree.Zone(h.Body)
	today, err := calendar.DateOf(d.at, zone)
	if err != nil {
		return nil, Invalid("at", "out_of_range", "%v", err)
	}
	act := &Act{
		Actor: actor, Roles: roles, At: d.at, Command: d.command, Event: event,
		Action: action, machine: m, header: h, newID: e.newID,
		zone: zone, today: today, calendar: e.calendarOf(h.Body),
	}
	if e.rules != nil {
		act.Rules = e.rules(h.Body)
	}
	return act, nil
}

// commitError turns what the store says into what the caller can act on: a
// claim that is taken becomes a refusal.
func (e *Engine[C]) commitError(err error, event string, plans ...*plan[C]) error {
	var r *store.RecordError
	if errors.As(err, &r) && r.Kind == e.claimKind() && errors.Is(err, store.ErrExists) {
		return &RefusedError{ID: plans[0].c.Head().ID, Event: event, State: plans[0].entry.From(), Blockers: []Blocker{
			Block("taken", fmt.Sprintf("“%s”已被使用", r.ID), fmt.Sprintf("%q is taken", r.ID)),
		}}
	}
	return fmt.Errorf("workflow: %s: %w", event, err)
}

func changesOf[C Case](plans []*plan[C]) []store.Change {
	var changes []store.Change
	for _, p := range plans {
		changes = append(changes, p.changes...)
	}
	return changes
}

// committed tells the observers and returns the cases of the plans.
func (e *Engine[C]) committed(ctx context.Context, plans []*plan[C]) []C {
	cases := make([]C, len(plans))
	entries := make([]Entry, len(plans))
	for i, p := range plans {
		cases[i], entries[i] = p.c, p.entry
	}
	for _, o := range e.observers {
		o(ctx, entries)
	}
	return cases
}

// repeatedAll tells whether the command has been done to every case already,
// and returns them as they are now.
func (e *Engine[C]) repeatedAll(ctx context.Context, steps []Step[C], data []json.RawMessage, command string) ([]C, bool, error) {
	cases := make([]C, len(steps))
	for i, s := range steps {
		c, done, err := e.repeated(ctx, s.ID, command, s.Action.Event(), data[i])
		if err != nil || !done {
			return nil, false, err
		}
		cases[i] = c
	}
	return cases, true, nil
}

// repeated tells whether the command has been done to the case already, and
// returns the case as it is now. The same command for something else is an
// error.
func (e *Engine[C]) repeated(ctx context.Context, id, command, event string, data json.RawMessage) (C, bool, error) {
	var none C
	entries, err := e.History(ctx, id)
	if err != nil {
		return none, false, err
	}
	for _, entry := range entries {
		if entry.Command != command {
			continue
		}
		if entry.Event != event || !bytes.Equal(entry.Action, data) {
			return none, false, Invalid("command", "reused", "command %q was given for %s of %s, entry %d", command, entry.Event, id, entry.Seq)
		}
		c, err := e.Get(ctx, id)
		return c, err == nil, err
	}
	return none, false, nil
}

// encodeChecked encodes an action and refuses text that is not UTF-8, which
// JSON would otherwise mend in silence.
func encodeChecked(action any) (json.RawMessage, error) {
	data, err := encode(action)
	if err != nil {
		return nil, err
	}
	mended := []byte(`\ufffd`) // the encoder writes it so only for a byte that is no character
	for i := 0; ; {
		j := bytes.Index(data[i:], mended)
		if j < 0 {
			return data, nil
		}
		i += j
		slashes := 0
		for i-1-slashes >= 0 && data[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return nil, Invalid("action", "not_utf8", "%T holds text that is not valid UTF-8", action)
		}
		i += len(mended)
	}
}

func firstOf(wanted, held []string) string {
	for _, w := range wanted {
		if slices.Contains(held, w) {
			return w
		}
	}
	return ""
}
