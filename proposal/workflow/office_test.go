package workflow_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// officed is an engine on which who is named on a ticket may note something, and that
// looks up offices by a function.
func officed(t *testing.T, st store.Store, offices workflow.Offices) *tickets {
	t.Helper()
	d := desk()
	d.Transitions[2].Roles = append(d.Transitions[2].Roles, "named")
	v := vocabulary(d)
	v.Relations = append(v.Relations,
		workflow.Relation[*ticket]{Name: "unlisted", Holds: func(workflow.Actor, *ticket, string) bool { return false }},
		workflow.Relation[*ticket]{Name: "named", Whom: partiesOf, Holds: func(workflow.Actor, *ticket, string) bool { return false }})
	v.Offices = offices
	return engine(t, st, v)
}

// Who holds an office is looked up for those who might hold one that the case names, and
// for nobody else; who holds none is denied.
func TestAnOfficeIsLookedUpWhereItMatters(t *testing.T) {
	ctx := context.Background()
	var asked [][]string
	var held []string
	e := officed(t, memory.New(), func(_ context.Context, _ workflow.Elsewhere, _ workflow.Actor, among []string) ([]string, error) {
		asked = append(asked, among)
		return held, nil
	})
	two := naming(t, e, "office=desk", "person=p", "office=chair", "office=desk").ID
	none := naming(t, e, "person=p", "unit=u").ID
	asked = nil
	note := note{As: "note"}

	_, err := e.Do(ctx, workflow.Actor{ID: "h", Body: "b"}, none, note)
	require.ErrorIs(t, err, workflow.ErrDenied)
	_, err = e.Do(ctx, workflow.Actor{ID: "h", Body: "x"}, two, note)
	require.ErrorIs(t, err, workflow.ErrDenied)
	require.Empty(t, asked, "a case without offices, and an actor of another body")

	_, err = e.Do(ctx, workflow.Actor{ID: "h", Body: "b"}, two, note)
	require.ErrorIs(t, err, workflow.ErrDenied)
	require.Equal(t, [][]string{{"chair", "desk"}}, asked, "each once, in order")
	for _, of := range []struct {
		held []string
		may  bool
	}{{[]string{"stool"}, false}, {[]string{"stool", "desk"}, true}, {nil, false}, {[]string{"chair"}, true}} {
		held = of.held
		_, err = e.Do(ctx, workflow.Actor{ID: "h", Body: "b"}, two, note)
		require.Equal(t, of.may, err == nil, "%v: %v", of.held, err)
	}
	asked = nil
	offices, err := e.Offices(ctx, workflow.Actor{Body: "b"})
	require.NoError(t, err)
	require.Empty(t, offices)
	require.Empty(t, asked, "nobody has none")
}

// What goes wrong while an office is looked up is an error, not a denial.
func TestAnOfficeThatCannotBeLookedUpIsAnError(t *testing.T) {
	ctx := context.Background()
	down := errors.New("down")
	e := officed(t, memory.New(), func(context.Context, workflow.Elsewhere, workflow.Actor, []string) ([]string, error) {
		return []string{"chair"}, down
	})
	id := naming(t, e, "office=chair").ID
	who := workflow.Actor{ID: "h", Body: "b"}
	_, err := e.Do(ctx, who, id, note{As: "note"})
	require.ErrorIs(t, err, down)
	require.ErrorContains(t, err, "offices of h")
	_, err = e.Offices(ctx, who)
	require.ErrorIs(t, err, down)
	_, err = e.Choices(ctx, who, id)
	require.ErrorIs(t, err, down)
	_, err = e.As(who).Get(ctx, id)
	require.ErrorIs(t, err, down)
	plain := engine(t, memory.New(), vocabulary(desk()))
	offices, err := plain.Offices(ctx, who)
	require.NoError(t, err)
	require.Empty(t, offices, "where there are none")
}

// unfindable is a store whose records cannot be listed.
type unfindable struct{ *memory.Store }

func (unfindable) Find(context.Context, store.Query) ([]store.Record, error) {
	return nil, errors.New("no list")
}

// Another case is read as its last entry left it, and what cannot be read is told.
func TestAnotherCaseIsReadAsItsLastEntryLeftIt(t *testing.T) {
	ctx := context.Background()
	st := memory.New()
	var id string
	var body string
	var other ticket
	var ids []string
	look := func(ctx context.Context, on workflow.Elsewhere, _ workflow.Actor, _ []string) (_ []string, err error) {
		if ids, err = on.IDs(ctx, "ticket", store.Match{Attr: "body", Op: store.Is, Values: []string{"b"}}); err != nil {
			return nil, err
		}
		body, err = on.Read(ctx, "ticket", id, &other)
		return nil, err
	}
	e := officed(t, st, look)
	id = naming(t, e, "office=chair", "person=p").ID
	who := workflow.Actor{ID: "h", Body: "b"}
	_, err := e.Offices(ctx, who)
	require.NoError(t, err)
	require.Equal(t, []any{"b", []string{"office=chair", "person=p"}, []string{id}}, []any{body, other.Notes, ids})

	_, err = officed(t, st, func(ctx context.Context, on workflow.Elsewhere, _ workflow.Actor, _ []string) ([]string, error) {
		var other struct{ Notes int }
		_, err := on.Read(ctx, "ticket", id, &other)
		return nil, err
	}).Offices(ctx, who)
	require.ErrorIs(t, err, workflow.ErrUnreadable)
	_, err = officed(t, unfindable{st}, look).Offices(ctx, who)
	require.ErrorContains(t, err, "no list")
	kept := id
	id = "nowhere"
	_, err = e.Offices(ctx, who)
	require.ErrorIs(t, err, store.ErrNotFound)
	id = kept
	r, _, err := st.Load(ctx, "ticket", id)
	require.NoError(t, err)
	r.Data = append(r.Data[:len(r.Data)-2], ` }`...)
	require.NoError(t, st.Commit(ctx, store.Change{Record: r}))
	_, err = e.Offices(ctx, who)
	require.ErrorIs(t, err, workflow.ErrBroken)
}
