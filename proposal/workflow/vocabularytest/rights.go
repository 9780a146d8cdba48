package vocabularytest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/dryrun"
	"github.com/tian-go/tian/proposal/workflow"
)

// Acts returns who may do what in which state, as a table to be read in review: a
// line for each definition, state (of a track as track.state) and role, with its
// events; who may open a case stands first, in the state "-". Guards may refuse what
// stands in it; what does not is denied.
func Acts(t *testing.T, definitions ...lifecycle.Definition) string {
	t.Helper()
	var table strings.Builder
	for _, d := range definitions {
		m := compiled(t, d)
		opens := make(map[string][]string)
		for _, role := range d.Open {
			opens[role] = []string{workflow.Opening}
		}
		write(&table, d.Name, notOpened, opens)
		for _, s := range d.States {
			write(&table, d.Name, s.Key, events(m, s.Key))
		}
		for _, track := range d.Tracks {
			for _, s := range track.States {
				write(&table, d.Name, track.Key+"."+s.Key, events(m.Track(track.Key), s.Key))
			}
		}
	}
	return table.String()
}

// Sights returns who sees which parts in which state, in the same form.
func Sights(t *testing.T, definitions ...lifecycle.Definition) string {
	t.Helper()
	var table strings.Builder
	for _, d := range definitions {
		m := compiled(t, d)
		for _, s := range d.States {
			sees := make(map[string][]string)
			for sight := range m.Sight(s.Key, s.Stage) {
				for _, who := range sight.Who {
					if sight.Left {
						who += leftBehind
					}
					sees[who] = append(sees[who], sight.Sees...)
				}
			}
			write(&table, d.Name, s.Key, sees)
		}
	}
	return table.String()
}

// notOpened stands in a table for the state of a case that is yet to be opened.
const notOpened = "-"

// leftBehind marks in a table whoever is so in a body that the case has left.
const leftBehind = "@left"

func compiled(t *testing.T, d lifecycle.Definition) *lifecycle.Machine {
	t.Helper()
	m, err := lifecycle.Compile(d, lifecycle.Tolerate(lifecycle.MissingGuard))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// events returns the events that each role may fire in a state of a line.
func events(line *lifecycle.Machine, state string) map[string][]string {
	may := make(map[string][]string)
	for _, event := range line.Allowed(state) {
		transition, _ := line.Transition(state, event)
		for _, role := range transition.Roles {
			if role != lifecycle.System {
				may[role] = append(may[role], event)
			}
		}
	}
	return may
}

func write(table *strings.Builder, definition, state string, of map[string][]string) {
	for _, role := range slices.Sorted(maps.Keys(of)) {
		words := slices.Compact(slices.Sorted(slices.Values(of[role])))
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", definition, state, role, strings.Join(words, " "))
	}
}

// Rights are the tables of [Acts] and [Sights] as they were checked in.
type Rights struct {
	Acts, Sights string
}

// Checked returns the tables of these definitions, having held them to what was
// checked in as acts.tsv and sight.tsv in a folder. With update it writes those anew.
func Checked(t *testing.T, folder string, update bool, definitions ...lifecycle.Definition) Rights {
	t.Helper()
	r := Rights{Acts: Acts(t, definitions...), Sights: Sights(t, definitions...)}
	for name, now := range map[string]string{"acts.tsv": r.Acts, "sight.tsv": r.Sights} {
		file := filepath.Join(folder, name)
		if update {
			if err := os.WriteFile(file, []byte(now), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := os.ReadFile(file) //nolint:gosec // the test names it
		if err != nil {
			t.Fatal(err)
		}
		if string(kept) != now {
			t.Fatalf("%s is not what the definitions say now; look at the difference, and write it anew:\n%s", file, now)
		}
	}
	return r
}

// Inside holds an engine to tables of rights: whatever the actors try on the cases,
// nothing that does not stand in them is done, offered or seen. What somebody is to
// a case it finds out by itself: by roles, by grants (covers says whether a body is
// another or above it), and by whom each relation lists. It returns how many acts
// and parts stood in the tables, and how many did not.
//
// Every event of the vocabulary is tried with empty data, and each action in do
// besides. What is not in the table must be denied or refused before its data is
// looked at.
func Inside[C workflow.Case, R any](t *testing.T, rights Rights, st store.Store, e *workflow.Engine[C, R], v workflow.Vocabulary[C, R],
	actors []workflow.Actor, covers func(above, body string) bool, do ...workflow.Action[C, R],
) (inside, outside int) {
	t.Helper()
	i := insider[C, R]{t: t, store: st, engine: e, vocabulary: v, covers: covers, acts: read(rights.Acts), sights: read(rights.Sights)}
	for _, a := range v.Actions {
		if action, err := e.Decode(a.Event, nil); err == nil {
			i.try = append(i.try, action)
		}
	}
	i.try = append(i.try, do...)
	if err := e.Each(context.Background(), func(c C) error {
		for _, a := range actors {
			i.hold(a, c)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return i.inside, i.outside
}

type insider[C workflow.Case, R any] struct {
	t               *testing.T
	store           store.Store
	engine          *workflow.Engine[C, R]
	vocabulary      workflow.Vocabulary[C, R]
	covers          func(above, body string) bool
	acts, sights    map[string][]string // definition, state and role → events, parts
	try             []workflow.Action[C, R]
	inside, outside int
}

func read(table string) map[string][]string {
	rows := make(map[string][]string)
	for line := range strings.Lines(table) {
		at, words, _ := cutLast(strings.TrimSuffix(line, "\n"))
		rows[at] = strings.Fields(words)
	}
	return rows
}

func cutLast(line string) (before, after string, found bool) {
	i := strings.LastIndex(line, "\t")
	if i < 0 {
		return line, "", false
	}
	return line[:i], line[i+1:], true
}

// hold tries everything that one actor might do to one case, or see of it.
func (i *insider[C, R]) hold(a workflow.Actor, c C) {
	i.t.Helper()
	ctx := context.Background()
	h := c.Head()
	roles := i.roles(a, c, h.Body)
	for _, s := range h.Stays {
		for _, role := range i.roles(a, c, s.Body) {
			if s.Body != h.Body {
				roles = append(roles, role+leftBehind)
			}
		}
	}
	parts, err := i.engine.As(a).Sees(ctx, h.ID)
	if err != nil {
		i.t.Fatal(err)
	}
	for _, part := range parts {
		i.count(i.stands(i.sights, h, roles, part), "%+v sees %s of %s, in %s", a, part, h.ID, h.State)
	}
	i.sees(ctx, a, c)
	for _, action := range i.try {
		in := i.stands(i.acts, h, roles, action.Event())
		_, err := i.engine.On(dryrun.New(i.store)).Do(ctx, a, h.ID, action)
		switch {
		case in:
			i.inside++
		case errors.Is(err, workflow.ErrDenied), errors.Is(err, workflow.ErrRefused):
			i.outside++
		default:
			i.t.Errorf("%+v came past the table with %s (%T) on %s, in %s %v: %v", a, action.Event(), action, h.ID, h.State, h.Tracks, err)
		}
	}
	choices, err := i.engine.Choices(ctx, a, h.ID)
	if err != nil {
		i.t.Fatal(err)
	}
	for _, choice := range choices {
		if choice.Allowed {
			i.count(i.stands(i.acts, h, roles, choice.Event), "%+v is offered %s of %s, in %s", a, choice.Event, h.ID, h.State)
		}
	}
}

// sees holds that of a case in hand an actor sees what he sees of the one that is kept.
func (i *insider[C, R]) sees(ctx context.Context, a workflow.Actor, c C) {
	i.t.Helper()
	kept, none := i.engine.As(a).Get(ctx, c.Head().ID)
	inHand, ok, err := i.engine.As(a).Of(ctx, c)
	switch {
	case err != nil, none != nil && !errors.Is(none, workflow.ErrNotFound):
		i.t.Fatal(errors.Join(err, none))
	case ok != (none == nil) || ok && jsonOf(i.t, kept) != jsonOf(i.t, inHand):
		i.t.Errorf("%+v sees %t, %s of a case in hand, and %s when he asks for it", a, ok, jsonOf(i.t, inHand), jsonOf(i.t, kept))
	}
}

func jsonOf(t *testing.T, value any) string {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func (i *insider[C, R]) count(in bool, format string, args ...any) {
	i.t.Helper()
	if in {
		i.inside++
		return
	}
	i.t.Errorf(format, args...)
}

// stands reports whether the table has the word for one of the roles in one of the
// states that the lines of the case are in.
func (i *insider[C, R]) stands(table map[string][]string, h *workflow.Header, roles []string, word string) bool {
	definition, _, _ := strings.Cut(h.Definition.String(), "@")
	states := append(i.tracksNotBegun(h), h.State)
	for instance, state := range h.Tracks {
		track, _, _ := strings.Cut(instance, "/")
		states = append(states, track+"."+state)
	}
	for _, state := range states {
		for _, role := range roles {
			if slices.Contains(table[definition+"\t"+state+"\t"+role], word) {
				return true
			}
		}
	}
	return false
}

// tracksNotBegun returns where the tracks of which there is one stand that nothing
// has happened on yet.
func (i *insider[C, R]) tracksNotBegun(h *workflow.Header) (states []string) {
	definition, _, _ := strings.Cut(h.Definition.String(), "@")
	for _, d := range i.vocabulary.Definitions {
		for _, track := range d.Tracks {
			if _, begun := h.Tracks[track.Key]; d.Name == definition && !track.Each && !begun {
				states = append(states, track.Key+"."+track.Initial)
			}
		}
	}
	return states
}

// roles returns what an actor is to a case in a body, its own or one that it has
// left: what they were given there or above, and the relations that list them.
func (i *insider[C, R]) roles(a workflow.Actor, c C, body string) (roles []string) {
	isRelation := func(role string) bool {
		return role == lifecycle.System || slices.ContainsFunc(i.vocabulary.Relations, func(r workflow.Relation[C]) bool { return r.Name == role })
	}
	if a.Body == body && a.ID != "" {
		roles = append(roles, a.Roles...)
	}
	for _, g := range a.Grants {
		if a.ID != "" && i.covers(g.Body, body) {
			roles = append(roles, g.Role)
		}
	}
	roles = slices.DeleteFunc(roles, isRelation)
	offices, err := i.engine.Offices(context.Background(), a)
	if err != nil {
		i.t.Fatal(err)
	}
	for _, r := range i.vocabulary.Relations {
		if r.Whom != nil && slices.ContainsFunc(r.Whom(c), func(p workflow.Party) bool {
			here := a.Body == body && a.ID != ""
			return p.Anyone || here && p.Person != "" && p.Person == a.InName() || here && p.Unit != "" && p.Unit == a.Unit ||
				here && slices.Contains(offices, p.Office)
		}) {
			roles = append(roles, r.Name)
		}
	}
	return roles
}
