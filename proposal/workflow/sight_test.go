package workflow_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// partiesOf reads notes such as "person=p" as the parties of a ticket.
func partiesOf(c *ticket) (parties []workflow.Party) {
	for _, n := range c.Notes {
		kind, id, _ := strings.Cut(n, "=")
		parties = append(parties, map[string]workflow.Party{
			"person": {Person: id}, "unit": {Unit: id}, "office": {Office: id}, "anyone": {Anyone: true}, "nobody": {},
		}[kind])
	}
	return parties
}

// watched is an engine of tickets which clerks and those named on them see: clerks how
// far they are, those named when what happened, clerks of a body they have left the dates.
func watched(t *testing.T) (*memory.Store, *tickets) {
	t.Helper()
	d := desk()
	d.Limits = []lifecycle.Limit{{Key: "finish", For: "clerk", In: []string{"new"}, Length: "3 months"}}
	d.Sight = []lifecycle.Sight{
		{Who: []string{"clerk", "named"}, Left: true, Sees: []string{workflow.SeeClocks}},
		{Who: []string{"clerk"}, Sees: []string{workflow.SeeProgress}},
		{Who: []string{"named", "clerk"}, Sees: []string{workflow.SeeTimeline}},
		{Who: []string{"chief"}, Sees: []string{workflow.SeeClocks}},
		{Who: []string{"chief"}, Left: true, Sees: []string{workflow.SeeProgress}},
	}
	v := vocabulary(d)
	v.Roles = append(v.Roles, "chief")
	v.Relations = append(v.Relations, workflow.Relation[*ticket]{Name: "named", Whom: partiesOf, Holds: func(workflow.Actor, *ticket, string) bool { return false }})
	v.Spelled = strings.ToLower
	v.Offices = func(_ context.Context, _ workflow.Elsewhere, a workflow.Actor, among []string) (held []string, err error) {
		for _, office := range []string{"chair", "desk"} {
			if a.ID == "holder of "+office && (among == nil || slices.Contains(among, office)) {
				held = append(held, office)
			}
		}
		return held, nil
	}
	tree, err := workflow.NewTree(workflow.Body{ID: "nation"}, workflow.Body{ID: "b", Parent: "nation"}, workflow.Body{ID: "x", Parent: "nation"})
	require.NoError(t, err)
	st := memory.New()
	return st, engine(t, st, v, workflow.WithTree(tree))
}

// naming opens a ticket on which somebody is named.
func naming(t *testing.T, e *tickets, notes ...string) *ticket {
	t.Helper()
	c, err := e.Open(context.Background(), clerk, "b", note{As: workflow.Opening, apply: func(_ *workflow.Act[manners], c *ticket) error {
		c.Notes = notes
		return nil
	}})
	require.NoError(t, err)
	return c
}

// What somebody sees of a case, whether they find it in a list, and what they are shown
// of it follow from one rule: what they are in its body.
func TestWhoSeesACaseFindsIt(t *testing.T) {
	ctx := context.Background()
	at := func(body, id string, roles ...string) workflow.Actor {
		return workflow.Actor{ID: id, Body: body, Roles: roles}
	}
	of := func(unit string) workflow.Actor { return workflow.Actor{ID: "clerk of it", Body: "b", Unit: unit} }
	instead := func(a workflow.Actor, whom string) workflow.Actor { a.For = whom; return a }
	by := func(role, body string) workflow.Actor {
		return workflow.Actor{ID: "g", Body: "x", Grants: []workflow.Grant{{Role: role, Body: body}}}
	}
	long := strings.Repeat("长", 300)
	progress, timeline, clocks := workflow.SeeProgress, workflow.SeeTimeline, workflow.SeeClocks
	for name, c := range map[string]struct {
		note string
		who  workflow.Actor
		sees []string
	}{
		"a role of the body":             {"nobody", at("b", "c", "clerk"), []string{progress, timeline}},
		"one of another body":            {"nobody", at("x", "c", "clerk"), nil},
		"a role that no sight names":     {"nobody", at("b", "c", "owner"), nil},
		"granted on the body":            {"nobody", by("clerk", "b"), []string{progress, timeline}},
		"granted above it":               {"nobody", by("clerk", "nation"), []string{progress, timeline}},
		"granted beside it":              {"nobody", by("clerk", "x"), nil},
		"another role above it":          {"nobody", by("chief", "nation"), []string{clocks}},
		"two roles":                      {"nobody", at("b", "c", "chief", "clerk"), []string{clocks, progress, timeline}},
		"nobody is nobody":               {"nobody", at("b", "p"), nil},
		"a person":                       {"person=p", at("b", "p"), []string{timeline}},
		"another person":                 {"person=p", at("b", "q"), nil},
		"a person of another body":       {"person=p", at("x", "p"), nil},
		"for the person":                 {"person=p", instead(at("b", "q"), "p"), []string{timeline}},
		"the person for another":         {"person=p", instead(at("b", "p"), "q"), nil},
		"a unit":                         {"unit=u", of("u"), []string{timeline}},
		"a unit, spelled in another way": {"unit=U", of("u"), []string{timeline}},
		"who spells it in another way":   {"unit=u", of("U"), []string{timeline}},
		"a person called as a unit":      {"unit=u", at("b", "u"), nil},
		"a unit called as a person":      {"person=u", of("u"), nil},
		"no unit":                        {"unit=u", of(""), nil},
		"who holds the office":           {"office=chair", at("b", "holder of chair"), []string{timeline}},
		"another office":                 {"office=chair", at("b", "holder of desk"), nil},
		"an office in another body":      {"office=chair", at("x", "holder of chair"), nil},
		"for who holds it":               {"office=chair", instead(at("b", "q"), "holder of chair"), []string{timeline}},
		"anyone":                         {"anyone", workflow.Actor{}, []string{timeline}},
		"anyone of another body":         {"anyone", at("x", "q"), []string{timeline}},
		"the public":                     {"person=p", workflow.Actor{Body: "b", Roles: []string{"clerk"}}, nil},
		"a relation that they claim":     {"person=p", at("b", "q", "named"), nil},
		"a relation granted":             {"person=p", by("named", "b"), nil},
		"a long name":                    {"person=" + long, at("b", long), []string{timeline}},
		"another as long":                {"person=" + long, at("b", long[3:]+"短"), nil},
	} {
		t.Run(name, func(t *testing.T) {
			_, e := watched(t)
			id := naming(t, e, c.note).ID
			sees, err := e.As(c.who).Sees(ctx, id)
			require.NoError(t, err)
			require.Equal(t, c.sees, append([]string(nil), sees...))
			page, err := e.As(c.who).Page(ctx, workflow.Query{})
			require.NoError(t, err)
			require.Equal(t, c.sees != nil, len(page.Cases) == 1, "whether it is found")
			one, err := e.As(c.who).Get(ctx, id)
			if c.sees == nil {
				require.ErrorIs(t, err, workflow.ErrNotFound)
				return
			}
			require.NoError(t, err)
			require.Equal(t, slices.Contains(c.sees, clocks), len(one.Clocks) == 1, "whether its clocks are shown")
		})
	}
}

// Those of a body that a case has left see what a sight with "left" gives them, and
// those of its own body do not see that.
func TestThoseOfABodyThatACaseHasLeft(t *testing.T) {
	ctx := context.Background()
	_, e := watched(t)
	c := naming(t, e, "person=p")
	_, err := e.Relocate(ctx, workflow.Actor{ID: "a", Body: "nation", Grants: []workflow.Grant{{Role: workflow.Administrator, Body: "nation"}}},
		workflow.Relocation{Cases: []string{c.ID}, To: "x", Reason: "区划调整"})
	require.NoError(t, err)
	for _, tc := range []struct {
		body, id, role string
		sees           []string
	}{
		{"b", "c", "clerk", []string{workflow.SeeClocks}},
		{"x", "c", "clerk", []string{workflow.SeeProgress, workflow.SeeTimeline}},
		{"b", "p", "owner", []string{workflow.SeeClocks}},
		{"x", "p", "owner", []string{workflow.SeeTimeline}},
		{"b", "q", "owner", nil},
		{"b", "h", "chief", []string{workflow.SeeProgress}},
		{"x", "h", "chief", []string{workflow.SeeClocks}},
	} {
		who := workflow.Actor{ID: tc.id, Body: tc.body, Roles: []string{tc.role}}
		sees, err := e.As(who).Sees(ctx, c.ID)
		require.NoError(t, err)
		require.Equal(t, tc.sees, append([]string(nil), sees...), "%s %s", tc.body, tc.id)
		page, err := e.As(who).Page(ctx, workflow.Query{})
		require.NoError(t, err)
		require.Equal(t, tc.sees != nil, len(page.Cases) == 1, "%s %s", tc.body, tc.id)
	}
}

// A case is indexed once for each who sees it, and for nobody else.
func TestACaseIsIndexedForThoseWhoSeeIt(t *testing.T) {
	st, e := watched(t)
	c := naming(t, e, "person=p", "unit=U", "office=chair", "anyone", "nobody")
	r, _, err := st.Load(context.Background(), "ticket", c.ID)
	require.NoError(t, err)
	var keys []string
	for _, a := range r.Index {
		if a.Name == "seer" {
			keys = append(keys, strings.ReplaceAll(a.Value, "\x1f", "/"))
		}
	}
	require.ElementsMatch(t, []string{
		"role/b/clerk", "grant/nation/clerk", "role/b/chief", "grant/nation/chief",
		"person/b/p", "unit/b/u", "office/b/chair", "anyone",
	}, keys)
}

// No two lists make the same key, and none is longer than an index takes.
func TestKeysOfDifferentPeopleDiffer(t *testing.T) {
	long := strings.Repeat("k", store.MaxAttr)
	seen := map[string][]string{}
	for _, parts := range [][]string{
		{"person", "b", "p"}, {"person", "b\x1fp"}, {"person", "b", "p\x1f"}, {"person", "b\x1f", "p"}, {"person", "\x1fb", "p"}, {"person", "", "b"}, {"person", "\x1fb"},
		{"person", "b", long}, {"person", "b", long + "k"}, {"person", "b" + long, "k"}, {"unit", "b", long}, {"person", "b", `"`}, {"person", "b\x1f\"", "\""},
		{"person", long[:store.MaxAttr/2-9], "p"}, {"person", long[:store.MaxAttr/2-8], "p"},
	} {
		key := workflow.KeyOf(parts...)
		require.Nil(t, seen[key], "%q", parts)
		require.LessOrEqual(t, len(key), store.MaxAttr/2)
		require.True(t, strings.HasPrefix(key, parts[0]+"\x1f"))
		seen[key] = parts
	}
	require.Equal(t, "person\x1fb\x1fp", workflow.KeyOf("person", "b", "p"), "what can be read as it is stays")
	require.Len(t, workflow.KeyOf("person", long[:store.MaxAttr/2-9], "p"), store.MaxAttr/2)
}

// Every way in which a sight does not go with the code behind it is told.
func TestASightIsHeldAgainstItsVocabulary(t *testing.T) {
	for _, tc := range []struct {
		sight lifecycle.Sight
		code  lifecycle.Code
		where string
	}{
		{lifecycle.Sight{Who: []string{lifecycle.Anyone, "clerk", "named"}, Sees: []string{workflow.SeeHistory}}, "", ""},
		{lifecycle.Sight{Who: []string{"clerk", "wizard"}, Sees: []string{workflow.SeeHistory}}, lifecycle.UnknownRole, "sight[0].who[1]"},
		{lifecycle.Sight{Who: []string{"clerk", "owner"}, Sees: []string{workflow.SeeHistory}}, lifecycle.BadSight, "sight[0].who[1]"},
		{lifecycle.Sight{Who: []string{"clerk"}, Sees: []string{workflow.SeeHistory, "heart"}}, lifecycle.UnknownPart, "sight[0].sees[1]"},
	} {
		d := desk()
		d.Sight = []lifecycle.Sight{tc.sight}
		v := vocabulary(d)
		v.Relations = append(v.Relations, workflow.Relation[*ticket]{Name: "named", Whom: partiesOf, Holds: func(workflow.Actor, *ticket, string) bool { return false }})
		problems := v.Lint(d)
		if tc.code == "" {
			require.Empty(t, problems)
			continue
		}
		require.Len(t, problems, 1, "%+v", tc.sight)
		require.Equal(t, tc.code, problems[0].Code)
		require.Equal(t, tc.where, problems[0].Where)
	}
}

// What is for anyone is for the public too, with or without an account.
func TestWhatIsForAnyoneIsForThePublic(t *testing.T) {
	ctx := context.Background()
	d := desk()
	d.Sight = []lifecycle.Sight{{Who: []string{lifecycle.Anyone}, Unless: []string{"new"}, Sees: []string{workflow.SeeTimeline}}}
	e := engine(t, memory.New(), vocabulary(d))
	c := opened(t, e)
	for _, seen := range []bool{false, true} {
		for _, who := range []workflow.Actor{{}, {ID: "p", Body: "x"}, {ID: "p", Body: "b", Roles: []string{"clerk"}}} {
			page, err := e.As(who).Page(ctx, workflow.Query{})
			require.NoError(t, err)
			require.Equal(t, seen, len(page.Cases) == 1, "%+v", who)
			_, ok, err := e.As(who).Of(ctx, c)
			require.NoError(t, err)
			require.Equal(t, seen, ok, "%+v", who)
		}
		if !seen {
			var err error
			c, err = e.Do(ctx, clerk, c.ID, note{As: "take"})
			require.NoError(t, err)
		}
	}
}

// What a sight gives the system is for nobody: no actor has that role.
func TestNobodyReadsAsTheSystem(t *testing.T) {
	d := desk()
	d.Sight = []lifecycle.Sight{{Who: []string{lifecycle.System}, Sees: []string{workflow.SeeTimeline}}}
	e := engine(t, memory.New(), vocabulary(d))
	c := opened(t, e)
	sees, err := e.As(workflow.Actor{
		ID: "p", Body: "b", Roles: []string{lifecycle.System}, Grants: []workflow.Grant{{Role: lifecycle.System, Body: "b"}},
	}).Sees(context.Background(), c.ID)
	require.NoError(t, err)
	require.Empty(t, sees)
}

// A case whose definition this program does not have is seen by nobody but by code that
// may see all.
func TestACaseOfAnUnknownDefinitionIsSeenByNobody(t *testing.T) {
	ctx := context.Background()
	st, e := watched(t)
	c := naming(t, e, "person=p")
	other := desk()
	other.Name = "another"
	blind := engine(t, st, vocabulary(other))
	sees, err := blind.As(workflow.Actor{ID: "p", Body: "b", Roles: []string{"clerk"}}).Sees(ctx, c.ID)
	require.NoError(t, err)
	require.Empty(t, sees)
	_, err = blind.All().Get(ctx, c.ID)
	require.NoError(t, err)
}
