package workflow_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// newer is the ticket of a release to come: it has a field more.
type newer struct {
	workflow.Header `json:"-"`
	Notes           []string `json:"notes,omitempty"`
	Urgent          *urgency `json:"urgent,omitempty"`
}

type urgency struct {
	Why string `json:"why"`
}

type hurry struct {
	As string `json:"as"`
}

func (h hurry) Event() string { return h.As }

func (h hurry) Apply(_ *workflow.Act[manners], c *newer) error {
	if h.As == "hurry" {
		c.Urgent = &urgency{Why: "flood"}
	}
	return nil
}

// release2 is a program of the next release: its definition has an event that the
// present one has no action for.
func release2(t *testing.T, st *memory.Store, options ...workflow.Option) *workflow.Engine[*newer, manners] {
	t.Helper()
	d := desk2()
	d.Transitions = append(d.Transitions, lifecycle.Transition{Event: "hurry", From: []string{"new", "open"}, To: "open", Roles: []string{"clerk"}})
	v := workflow.Vocabulary[*newer, manners]{
		Kind: "ticket", Fresh: func() *newer { return new(newer) },
		Definitions: []lifecycle.Definition{desk(), d}, Default: "desk", Roles: []string{"clerk"},
		Relations: []workflow.Relation[*newer]{{Name: "owner", Holds: func(workflow.Actor, *newer, string) bool { return false }}},
	}
	for _, event := range []string{workflow.Opening, "take", "finish", "note", "make", "raise", "hurry"} {
		v.Actions = append(v.Actions, workflow.Describe(hurry{As: event}, "急", "hurry"))
	}
	at := time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC)
	e, err := workflow.New(st, v, append([]workflow.Option{workflow.WithNow(func() time.Time { return at })}, options...)...)
	require.NoError(t, err)
	return e
}

// Two releases run side by side: the new one is held to the definition that both
// know until the last old process has gone.
func TestNewCasesAreHeldToTheVersionThatBothProgramsKnow(t *testing.T) {
	ctx := context.Background()
	st, old := store1(t)
	fresh := release2(t, st, workflow.WithUse("ticket", "", "desk@1"))
	c, err := fresh.Open(ctx, clerk, "b", hurry{As: workflow.Opening})
	require.NoError(t, err)
	require.Equal(t, "desk@1", c.Definition.String())
	_, err = old.Do(ctx, clerk, c.ID, note{As: "take"})
	require.NoError(t, err)
	_, err = fresh.Do(ctx, clerk, c.ID, hurry{As: "finish"})
	require.NoError(t, err)
	breaks, err := old.Verify(ctx, c.ID)
	require.NoError(t, err)
	require.Empty(t, breaks)

	unpinned, err := release2(t, st).Open(ctx, clerk, "b", hurry{As: workflow.Opening})
	require.NoError(t, err)
	require.Equal(t, "desk@2", unpinned.Definition.String())
	_, err = workflow.New(st, vocabulary(desk()), workflow.WithUse("ticket", "", "desk@2"))
	require.ErrorContains(t, err, `there is no definition "desk@2"`)
	_, err = workflow.New(st, vocabulary(desk()), workflow.WithUse("ticket", "b", "desk@2"))
	require.ErrorContains(t, err, `there is no definition "desk@2"`)
}

// The old program shows what the new one wrote, says what it cannot do, and harms
// nothing: a field that it does not know is not lost by an act of its own.
func TestAnOldProgramDoesNotHarmWhatANewerOneWrote(t *testing.T) {
	ctx := context.Background()
	st, old := store1(t)
	fresh := release2(t, st)
	held := release2(t, st, workflow.WithUse("ticket", "", "desk@1"))

	// A field, on a definition that both know.
	field, err := held.Open(ctx, clerk, "b", hurry{As: workflow.Opening})
	require.NoError(t, err)
	r, last, err := st.Load(ctx, "ticket", field.ID)
	require.NoError(t, err)
	require.Equal(t, uint64(1), last.Seq)
	// An event and a definition that only the new one knows, with the field.
	event, err := fresh.Open(ctx, clerk, "b", hurry{As: workflow.Opening})
	require.NoError(t, err)
	_, err = fresh.Do(ctx, clerk, event.ID, hurry{As: "hurry"})
	require.NoError(t, err)
	plain := opened(t, old)

	for name, try := range map[string]func(id string) error{
		"an act": func(id string) error {
			_, err := old.Do(ctx, clerk, id, note{As: "note"})
			return err
		},
		"a migration": func(id string) error {
			_, err := old.Migrate(ctx, chief, id, workflow.Migration{Name: "desk", Version: 1, Reason: "x"})
			return err
		},
	} {
		before, _, err := st.Load(ctx, "ticket", event.ID)
		require.NoError(t, err)
		err = try(event.ID)
		require.ErrorIs(t, err, workflow.ErrNewer, name)
		require.ErrorContains(t, err, `has the field "urgent"`, name)
		require.Equal(t, "newer", workflow.Code(err))
		after, _, err := st.Load(ctx, "ticket", event.ID)
		require.NoError(t, err)
		require.Equal(t, before, after, name)
	}
	shown, err := old.Get(ctx, event.ID)
	require.NoError(t, err, "it can be read")
	require.Equal(t, "open", shown.State)
	entries, err := old.History(ctx, event.ID)
	require.NoError(t, err)
	require.Equal(t, "hurry", entries[1].Event)
	_, err = old.ActionOf(entries[1])
	require.ErrorContains(t, err, `no action fires the event "hurry"`)
	page, err := old.All().Page(ctx, workflow.Query{})
	require.NoError(t, err)
	require.Len(t, page.Cases, 3)
	require.Empty(t, page.Unreadable)
	breaks, err := old.Verify(ctx, event.ID)
	require.NoError(t, err)
	require.Empty(t, breaks)

	// Neither does it give the case other attributes than the new one did.
	err = old.Reindex(ctx, nil)
	require.ErrorIs(t, err, workflow.ErrNewer)
	again, _, err := st.Load(ctx, "ticket", event.ID)
	require.NoError(t, err)
	report, err := fresh.Audit(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, report.Broken)
	require.NotEmpty(t, again.Index)

	// What both know goes on, by either.
	_, err = old.Do(ctx, clerk, plain.ID, note{As: "take"})
	require.NoError(t, err)
	_, err = held.Do(ctx, clerk, plain.ID, hurry{As: "finish"})
	require.NoError(t, err)
	_, err = fresh.Do(ctx, clerk, event.ID, hurry{As: "finish"})
	require.NoError(t, err, "the newer one loses nothing")
	kept, err := fresh.Get(ctx, event.ID)
	require.NoError(t, err)
	require.Equal(t, "flood", kept.Urgent.Why)
	require.NotEmpty(t, r.Data)
}

// A case on a definition that only the new program has, without any field of its
// own, is read by the old one and left alone.
func TestAnOldProgramSaysWhichDefinitionItLacks(t *testing.T) {
	ctx := context.Background()
	st, old := store1(t)
	c, err := release2(t, st).Open(ctx, clerk, "b", hurry{As: workflow.Opening})
	require.NoError(t, err)
	before, _, err := st.Load(ctx, "ticket", c.ID)
	require.NoError(t, err)
	_, err = old.Do(ctx, clerk, c.ID, note{As: "take"})
	require.ErrorIs(t, err, workflow.ErrDefinition)
	require.ErrorContains(t, err, "desk@2, which this engine was not given")
	require.ErrorIs(t, old.Reindex(ctx, nil), workflow.ErrDefinition)
	after, _, err := st.Load(ctx, "ticket", c.ID)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

// An edit behind the engine's back is told as one, also where it looks like a
// newer program's field.
func TestAFieldPutInBehindTheEnginesBackIsAnEdit(t *testing.T) {
	ctx := context.Background()
	st, e := store1(t)
	c := opened(t, e)
	edit(t, st, "ticket", c.ID, `"notes":[""]`, `"notes":[""],"more":1`)
	_, err := e.Do(ctx, clerk, c.ID, note{As: "take"})
	require.ErrorIs(t, err, workflow.ErrBroken)
}

// What a newer program adopted and an older one cannot go by holds up that body's
// acts in the older one, with the reason, and no other's.
func TestAnOldProgramSaysWhatItCannotGoByOfWhatWasAdopted(t *testing.T) {
	o := newOffice(t)
	newer := vocabulary(desk())
	newer.Guards["fresh"] = func(*workflow.Act[manners], *ticket) []workflow.Blocker { return nil }
	fresh, old := o.process(newer), o.process(vocabulary(desk()))
	d := desk2()
	d.Transitions[0].Guards = []string{"fresh"}
	a, err := fresh.Adopt(o.ctx, chief, "b", workflow.Adopt{Definition: &d})
	require.NoError(t, err)
	o.go2("2024-03-04T09:00:00Z")
	c := o.open(fresh)
	_, err = old.Open(o.ctx, clerk, "b", note{As: workflow.Opening})
	require.ErrorIs(t, err, workflow.ErrDefinition)
	require.ErrorContains(t, err, a.ID)
	require.ErrorContains(t, err, `guard "fresh"`)
	_, err = old.Do(o.ctx, clerk, c.ID, note{As: "take"})
	require.ErrorContains(t, err, `guard "fresh"`)
	_, err = old.Open(o.ctx, workflow.Actor{ID: "eve", Body: "c", Roles: []string{"clerk"}}, "c", note{As: workflow.Opening})
	require.NoError(t, err)
	list, err := old.Holds(o.ctx, "b")
	require.NoError(t, err)
	require.Contains(t, list[1].Unusable, `guard "fresh"`)
	require.ErrorIs(t, old.Reindex(o.ctx, nil), workflow.ErrDefinition)
}
