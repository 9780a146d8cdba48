package proposal_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A place may write a definition that lets an action in where it makes no
// sense. It gets an error then, or something harmless, but never a panic.
func TestNoActionPanicsUnderAnyDefinition(t *testing.T) {
	ctx := context.Background()
	anyone := proposal.Actor{ID: "x", Body: "b", Unit: "market", Roles: []string{"anyone"}}
	for _, guards := range [][]string{nil, allGuards()} {
		d := anything()
		onTracks := map[string]bool{}
		for _, t := range d.Tracks {
			for _, tr := range t.Transitions {
				onTracks[tr.Event] = true
			}
		}
		events := map[string]bool{}
		for _, e := range every {
			if event := e.do.Event(); !events[event] && !onTracks[event] {
				events[event] = true
				d.Transitions = append(d.Transitions, lifecycle.Transition{Event: event, From: []string{"s"}, To: "s", Roles: []string{"anyone"}, Guards: guards})
			}
		}
		svc, err := proposal.New(memory.New(), workflow.WithDefinition(proposal.Kind, d), workflow.WithUse(proposal.Kind, "", "anything"),
			workflow.WithAction(workflow.Describe(bare{"turn"}, "", "")))
		require.NoError(t, err)
		p, err := svc.Open(ctx, anyone, proposal.Draft{Title: "x"})
		require.NoError(t, err)
		for _, e := range every {
			require.NotPanics(t, func() {
				if _, err = svc.Do(ctx, anyone, p.ID, e.do); err != nil {
					require.NotEqual(t, "unavailable", workflow.Code(err), "%v", err)
				}
			}, "%T", e.do)
		}
		choices, err := svc.Choices(ctx, anyone, p.ID)
		require.NoError(t, err)
		require.GreaterOrEqual(t, len(choices), len(events)+1)
		breaks, err := svc.Verify(ctx, p.ID)
		require.NoError(t, err)
		require.Empty(t, breaks)
	}
}

// anything is a definition that has as little as the code can do with: whatever
// actions it lets in beside, it lets in on the main line.
func anything() lifecycle.Definition {
	by := func(event, from, to string) lifecycle.Transition {
		return lifecycle.Transition{Event: event, From: []string{from}, To: to, Roles: []string{"anyone", lifecycle.System}}
	}
	final := func(keys ...string) (states []lifecycle.State) {
		for _, k := range keys {
			states = append(states, lifecycle.State{Key: k, Final: true})
		}
		return states
	}
	return lifecycle.Definition{
		Name: "anything", Version: 1, Open: []string{"anyone"}, Roles: []lifecycle.Role{{Key: "anyone"}},
		Initial: "s", States: []lifecycle.State{{Key: "s", Is: "draft"}, {Key: "t"}},
		Transitions: []lifecycle.Transition{by("turn", "s", "t"), by("turn", "t", "s")},
		Tracks: []lifecycle.Track{
			{Key: "cosign", Each: true, Initial: "invited", States: final("invited", "consented", "declined"), Transitions: []lifecycle.Transition{by("consent", "invited", "consented"), by("reask", "consented", "invited"), by("decline", "invited", "declined"), by("reinvite", "declined", "invited"), by("seconded", "invited", "consented")}},
			{Key: "part", Each: true, Initial: "assigned", States: final("assigned", "accepted", "answered", "released"), Transitions: []lifecycle.Transition{
				by("accept", "assigned", "accepted"), by("issue_reply", "accepted", "answered"), by("approve_objection", "accepted", "released"),
				by("reassign", "released", "assigned"), by("redo", "answered", "accepted"), by("answer_with", "accepted", "answered"),
			}},
			{Key: "promise", Each: true, Initial: "open", States: final("open", "kept"), Transitions: []lifecycle.Transition{by("keep_promise", "open", "kept")}},
			{Key: "supervision", Initial: "none", States: final("none", "open"), Transitions: []lifecycle.Transition{by("supervise", "none", "open")}},
		},
	}
}

// Under a definition that lets an action in too early, or once more, it says
// what it lacks.
func TestActionsSayWhatTheyLack(t *testing.T) {
	d := named(proposal.Nine(), "loose")
	d.Limits = slices.DeleteFunc(d.Limits, func(l lifecycle.Limit) bool { return l.Key != "cosign" })
	loosen := map[string][]lifecycle.Transition{
		"part": {
			{Event: "issue_reply", From: []string{"answered", "accepted"}, To: "answered", Roles: []string{"office"}},
			{Event: "return_reply", From: []string{"answered"}, To: "answered", Roles: []string{"office"}},
			{Event: "refuse_objection", From: []string{"assigned"}, To: "assigned", Roles: []string{"office"}},
		},
		"supervision": {
			{Event: "visit", From: []string{"none"}, To: "none", Roles: []string{"leader"}},
			{Event: "conclude", From: []string{"none"}, To: "none", Roles: []string{"leader"}},
		},
	}
	for i := range d.Tracks {
		d.Tracks[i].Transitions = append(d.Tracks[i].Transitions, loosen[d.Tracks[i].Key]...)
		if d.Tracks[i].Key == "follow_up" {
			for j := range d.Tracks[i].Transitions {
				d.Tracks[i].Transitions[j].While = nil
			}
		}
	}
	h := newHouse(t, workflow.WithDefinition(proposal.Kind, d), workflow.WithUse(proposal.Kind, "", "loose"))
	decided := h.to("objecting", "decided")
	h.take(decided.ID, step{office, proposal.RefuseObjection{Unit: "market"}})
	concluded := h.to("supervised", "concluded")
	h.take(concluded.ID, step{leader, proposal.Conclude{}})
	returned := h.to("drafted", "returned")
	h.take(returned.ID, step{office, proposal.ReturnReply{Unit: "market", Reason: "x"}})
	for i, c := range []struct {
		id   string
		step step
		want string
	}{
		{h.to("replied", "a").ID, step{office, proposal.IssueReply{Unit: "market"}}, "unit no_draft"},
		{h.to("replied", "b").ID, step{office, proposal.ReturnReply{Unit: "market", Reason: "x"}}, "unit no_draft"},
		{h.to("handling", "c").ID, step{office, proposal.IssueReply{Unit: "market"}}, "unit no_draft"},
		{returned.ID, step{office, proposal.IssueReply{Unit: "market"}}, "unit no_draft"},
		{h.to("assigned", "d").ID, step{office, proposal.RefuseObjection{Unit: "market"}}, "unit no_objection"},
		{decided.ID, step{office, proposal.RefuseObjection{Unit: "market"}}, "unit no_objection"},
		{h.to("handling", "e").ID, step{leader, proposal.VisitSite{}}, "supervision unknown"},
		{concluded.ID, step{leader, proposal.VisitSite{}}, "supervision unknown"},
		{concluded.ID, step{leader, proposal.Conclude{}}, "supervision unknown"},
		{h.to("handling", "f").ID, step{office, proposal.Follow{Unit: "market", Found: "x", Class: "a"}}, "unit no_reply"},
		{h.to("drafted", "g").ID, step{office, proposal.Follow{Unit: "market", Found: "x", Class: "a"}}, "unit no_reply"},
		{h.to("handling", "h").ID, step{office, proposal.Follow{Found: "x", Class: "a"}}, "unit unknown"},
	} {
		before := h.everything()
		_, err := h.Do(context.Background(), c.step.who, c.id, c.step.do)
		require.Equal(t, c.want, reasons(t, err), "%d %T", i, c.step.do)
		require.Equal(t, before, h.everything())
	}
}

func allGuards() (names []string) {
	for name := range proposal.Guards() {
		switch name {
		case "cosigners", "redone_at_most":
			names = append(names, name+":1", name+":2")
		case "timing":
			names = append(names, name+":plenary", name+":ordinary")
		case "by":
			names = append(names, name+":member", name+":member,party")
		case "reply_has":
			names = append(names, name+":text", name+":document,signer,responsible,contact,text,class")
		case "plenary_only":
			names = append(names, name+":sector", name+":sector,group")
		default:
			names = append(names, name, name+":1", name+":x")
		}
	}
	return names
}

// A track that has no transitions yet is there to be asked about.
func TestATrackWithoutTransitions(t *testing.T) {
	d := named(proposal.Nine(), "own")
	d.Tracks = append(d.Tracks, lifecycle.Track{Key: "later", Initial: "none", States: []lifecycle.State{{Key: "none", Final: true}}})
	h := newHouse(t, workflow.WithDefinition(proposal.Kind, d), workflow.WithUse(proposal.Kind, "", "own"))
	_, err := h.Choices(context.Background(), member, h.draft().ID)
	require.NoError(t, err)
}

// Everything that can be given to New wrongly is told at once, not when the
// first case needs it.
func TestNewRefusesWhatCannotWork(t *testing.T) {
	tree, err := workflow.NewTree(workflow.Body{ID: "xiushan"})
	require.NoError(t, err)
	scheme := func(name string, version int, keys ...string) proposal.Scheme {
		s := proposal.Scheme{Name: name, Version: version}
		for _, k := range keys {
			s.Terms = append(s.Terms, proposal.Term{Key: k})
		}
		return s
	}
	rules := func(change func(*proposal.Rules)) workflow.Option {
		r := proposal.DefaultRules()
		change(&r)
		return workflow.WithRules("", r)
	}
	categories := func(v ...proposal.Scheme) workflow.Option {
		return rules(func(r *proposal.Rules) { r.Categories = v })
	}
	mapped := func(s proposal.Scheme, from map[string]string) proposal.Scheme {
		s.From = from
		return s
	}
	circle := named(proposal.Nine(), "own")
	circle.Transitions = append(circle.Transitions, lifecycle.Transition{Event: "submit", From: []string{"filed"}, To: "nowhere", Roles: []string{"x"}})
	for want, option := range map[string]workflow.Option{
		`the guard "g" is nil`:                                   workflow.WithGuard("g", proposal.Guard(nil)),
		`the relation "r" has no name`:                           workflow.WithRelation(proposal.Relation{Name: "r"}),
		`the relation "unit" is there twice`:                     workflow.WithRelation(proposal.Relation{Name: "unit", Holds: func(proposal.Actor, *proposal.Proposal, string) bool { return true }}),
		`the relation "system" is there twice`:                   workflow.WithRelation(proposal.Relation{Name: "system", Holds: func(proposal.Actor, *proposal.Proposal, string) bool { return true }}),
		`there is no definition "ten"`:                           workflow.WithUse(proposal.Kind, "", "ten"),
		`there is no definition "nime"; did you mean "nine"?`:    workflow.WithUse(proposal.Kind, "", "nime"),
		`there is no definition "sven@1"; did you mean "seven"?`: workflow.WithUse(proposal.Kind, "xiushan", "sven@1"),
		`rules of every body (*proposal.Rules) is for none of the kinds [proposal]; hand in the value, not a pointer to it`: workflow.WithRules("", new(proposal.Rules)),
		`rules of every body (<nil>) is for none of the kinds [proposal]`:                                                   workflow.WithRules[any]("", nil),
		`nine@1 is there twice: one of your own has a name or version of its own`:                                           workflow.WithDefinition(proposal.Kind, proposal.Nine()),
		`"nowhere"`:                           workflow.WithDefinition(proposal.Kind, circle),
		`there is no definition "eight"`:      workflow.WithUse(proposal.Kind, "xiushan", "eight"),
		`there is no body "xiu shan"`:         workflow.WithUse(proposal.Kind, "xiu shan", "seven"),
		`there is no body "nowhere"`:          workflow.WithRules("nowhere", proposal.DefaultRules()),
		`tells the time`:                      workflow.WithNow(nil),
		`what makes IDs`:                      workflow.WithIDs(nil),
		`an observer is nil`:                  workflow.WithObserver(nil),
		`the algorithm "sm3" has no name`:     workflow.WithHash("sm3", nil),
		`the algorithm "" has no name`:        workflow.WithOldHash("", nil),
		`loses "b": retire it, or map it`:     categories(scheme("c", 1, "a", "b"), scheme("c", 2, "a")),
		`maps "x", which c@1 does not have`:   categories(scheme("c", 1, "a"), mapped(scheme("c", 2, "a"), map[string]string{"x": "a"})),
		`has no version before it`:            categories(mapped(scheme("c", 1, "a"), map[string]string{"x": "a"})),
		`c@1 has the key "a" twice`:           categories(scheme("c", 1, "a", "a")),
		`terms[1].key: the ID is empty`:       categories(scheme("c", 1, "a", "")),
		`d@2 does not follow c@1`:             categories(scheme("c", 1, "a"), scheme("d", 2, "a")),
		`c@1 does not follow c@1`:             categories(scheme("c", 1, "a"), scheme("c", 1, "a")),
		`versions count from 1`:               categories(scheme("c", 0, "a")),
		`"" is no name of a scheme`:           categories(scheme("", 1, "a")),
		`"Kategorien" is no name of a scheme`: categories(scheme("Kategorien", 1, "a")),
		`counts as "unhappy", which is none of satisfied, basically_satisfied, dissatisfied`: rules(func(r *proposal.Rules) { r.Opinions[0][0].Terms[0].As = "unhappy" }),
		`counts as "solved", which is none of settled, planned, reference`:                   rules(func(r *proposal.Rules) { r.Classes[0].Terms[0].As = "solved" }),
		`there are two scales "opinion3"`:                                                    rules(func(r *proposal.Rules) { r.Opinions = append(r.Opinions, r.Opinions[0]) }),
		`the scale has no version`:                                                           rules(func(r *proposal.Rules) { r.Opinions = append(r.Opinions, nil) }),
	} {
		_, err := proposal.New(memory.New(), nil, workflow.WithTree(tree), nil, option)
		require.ErrorContains(t, err, want)
		if want != `"nowhere"` {
			require.ErrorIs(t, err, workflow.ErrInvalid, want)
		}
	}
	_, err = proposal.New(nil)
	require.ErrorIs(t, err, workflow.ErrInvalid)
	_, err = proposal.New(memory.New(), workflow.WithTree(tree), workflow.WithRules("xiushan", proposal.Rules{}))
	require.NoError(t, err, "rules that know no code are rules")
}

// A tree that is none.
func TestATreeOfBodies(t *testing.T) {
	for want, bodies := range map[string][]workflow.Body{
		"bodies[1] empty":     {{ID: "a"}, {}},
		"bodies[1] duplicate": {{ID: "a"}, {ID: "a"}},
		"bodies[0] unknown":   {{ID: "a", Parent: "b"}},
		"bodies[0] circle":    {{ID: "a", Parent: "b"}, {ID: "b", Parent: "a"}},
		"bodies[0] not_utf8":  {{ID: "\xff"}},
	} {
		_, err := workflow.NewTree(bodies...)
		require.ErrorIs(t, err, workflow.ErrInvalid)
		require.Equal(t, want, reasons(t, err), fmt.Sprint(bodies))
	}
}
