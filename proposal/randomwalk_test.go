package proposal_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"testing"
	"testing/quick"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

// Whatever anybody tries in whatever order, what holds of proposals goes on
// holding, what is refused changes nothing, and Choices agrees with Do.
func TestRandomWalks(t *testing.T) {
	walks := 4 * campaign()
	done := make(map[string]int)
	for _, name := range []string{"nine", "seven"} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, quick.Check(func(seed int64) bool {
				w := newWalk(t, name, seed)
				for range 200 {
					w.try(done)
				}
				w.sound()
				return true
			}, &quick.Config{MaxCount: walks, Rand: rand.New(rand.NewSource(20240304))})) //nolint:gosec // a test that can be repeated
		})
	}
	if campaign() > 1 { // fewer walks need not have met all of them
		for _, event := range []string{"submit", "file", "assign", "accept", "reply", "issue_reply", "give_opinion", "close", "approve_objection", "merge", "supervise"} {
			require.NotZero(t, done[event], "the walks never get to %s: %v", event, done)
		}
	}
}

// campaign says how many times longer than by default random tests are to look.
func campaign() int {
	if os.Getenv("TIAN_CAMPAIGN") == "large" {
		return 20
	}
	return 1
}

// walk is a few proposals and everyone who might do something to them.
type walk struct {
	*house
	r       *rand.Rand
	people  []proposal.Actor
	ids     []string
	numbers map[string]string // ID → number, once given
	entries int
}

func newWalk(t *testing.T, name string, seed int64) *walk {
	t.Helper()
	w := &walk{house: newHouse(t, workflow.WithUse(proposal.Kind, "", name)), r: rand.New(rand.NewSource(seed)), numbers: make(map[string]string)} //nolint:gosec // a test that can be repeated
	w.people = []proposal.Actor{member, another, third, committee, office, leader, evaluator, nobody, neighbour, overseer}
	for _, unit := range units {
		w.people = append(w.people, clerk(unit), chief(unit))
	}
	for range 3 {
		w.ids = append(w.ids, w.draft().ID)
		w.entries++
	}
	return w
}

var units = []string{"market", "banking", "tax"}

// try has someone try something on one of the proposals.
func (w *walk) try(done map[string]int) {
	ctx := context.Background()
	id := w.ids[w.r.Intn(len(w.ids))]
	was := w.take(id)
	if w.r.Intn(7) == 0 {
		w.tryMerge(done)
		return
	}
	who, do := w.people[w.r.Intn(len(w.people))], w.action()
	choices := w.choices(who, id)
	if w.r.Intn(4) > 0 { // mostly something that is possible, by someone who may
		for try := 0; try < 300 && !w.among(choices, who, do).Allowed; try++ {
			if try%25 == 24 {
				who = w.people[w.r.Intn(len(w.people))]
				choices = w.choices(who, id)
			}
			do = w.action()
		}
	}
	choice := w.among(choices, who, do)
	before := w.now()
	p, err := w.Do(ctx, who, id, do)
	if err != nil {
		w.refused(err, choice, do, before)
		return
	}
	done[do.Event()]++
	w.entries++
	require.True(w.t, choice.Allowed, "%T was done, and choices said: %v", do, choice.Blockers)
	require.Equal(w.t, was.Revision+1, p.Revision)
	require.Equal(w.t, asKept(w.t, p), asKept(w.t, w.take(id)))
	w.holds()
}

// refused holds an error against what Choices said: it may say more only for
// what is in the action's data.
func (w *walk) refused(err error, choice workflow.Choice, do proposal.Action, before string) {
	require.Equal(w.t, before, w.now(), "%T: %v", do, err)
	require.Contains(w.t, []string{"invalid", "refused", "denied"}, workflow.Code(err), "%v", err)
	var refused *workflow.RefusedError
	switch {
	case choice.Event == "":
		require.NotErrorIs(w.t, err, workflow.ErrInvalid, "an event that leads nowhere from here: %T %v", do, err)
	case !choice.Allowed:
		require.NotErrorIs(w.t, err, workflow.ErrInvalid)
		var codes string
		for i, b := range choice.Blockers {
			if i > 0 {
				codes += " "
			}
			codes += b.Code
		}
		require.Equal(w.t, codes, reasons(w.t, err))
	case errors.As(err, &refused):
		named := refused.Has("no_number") || refused.Has("taken")
		require.True(w.t, named || refused.Event != do.Event(), "choices allowed %s: %v", do.Event(), err)
	default:
		require.ErrorIs(w.t, err, workflow.ErrInvalid)
	}
}

// now returns the records and how long their histories are.
func (w *walk) now() string {
	all := ""
	for _, id := range w.ids {
		r, _, err := w.store.Load(context.Background(), proposal.Kind, id)
		require.NoError(w.t, err)
		all += fmt.Sprintf("@%d %q %s\n", r.Revision, r.Index, r.Data)
	}
	later, err := w.store.Feed(context.Background(), uint64(w.entries), 0) //nolint:gosec // a small number
	require.NoError(w.t, err)
	return all + fmt.Sprint(len(later))
}

func (w *walk) choices(who proposal.Actor, id string) []workflow.Choice {
	choices, err := w.Choices(context.Background(), who, id)
	require.NoError(w.t, err)
	for _, c := range choices {
		require.Equal(w.t, c.Allowed, len(c.Blockers) == 0)
	}
	return choices
}

// among returns what the choices say of the action, the zero Choice when nothing.
func (w *walk) among(choices []workflow.Choice, who proposal.Actor, do proposal.Action) workflow.Choice {
	of := ""
	if track := w.MachineFor("xiushan").Track(w.MachineFor("xiushan").TrackOf(do.Event())); track != nil && track.Each() {
		of = who.ID
		if who.Unit != "" {
			of = who.Unit
		}
		if a, ok := do.(workflow.Addressed); ok {
			of = a.Instance(who)
		}
	}
	for _, c := range choices {
		if c.Event == do.Event() && c.Instance == of {
			return c
		}
	}
	return workflow.Choice{}
}

func (w *walk) tryMerge(done map[string]int) {
	before := w.now()
	into, source := w.ids[w.r.Intn(len(w.ids))], w.ids[w.r.Intn(len(w.ids))]
	var err error
	event := "merge"
	if w.r.Intn(2) == 0 {
		_, err = w.Merge(context.Background(), committee, into, []string{source})
	} else {
		event = "unmerge"
		_, err = w.Unmerge(context.Background(), committee, source)
	}
	if err != nil {
		require.Contains(w.t, []string{"invalid", "refused"}, workflow.Code(err), "%v", err)
		require.Equal(w.t, before, w.now())
		return
	}
	done[event]++
	w.entries += 2
	w.holds()
}

// action returns an action with random data, right or wrong.
func (w *walk) action() proposal.Action {
	unit := units[w.r.Intn(len(units))]
	other := units[w.r.Intn(len(units))]
	pick := func(words ...string) string { return words[w.r.Intn(len(words))] }
	if w.r.Intn(3) > 0 { // the way to the end
		actions := []proposal.Action{
			proposal.Submit{}, proposal.File{Number: pick("1", "2", "3", "4", "5", "6")}, proposal.Assign{Lead: unit}, proposal.Assign{Separate: []string{unit}},
			proposal.Accept{}, proposal.Reply{Text: "x", Class: pick("a", "b", "c")}, proposal.IssueReply{Unit: unit}, proposal.RefuseObjection{Unit: unit},
			proposal.Continue{}, proposal.GiveOpinion{Result: pick("satisfied", "satisfied", "dissatisfied")}, proposal.Conclude{}, proposal.Close{}, proposal.Consent{},
		}
		return actions[w.r.Intn(len(actions))]
	}
	actions := []proposal.Action{
		proposal.Revise{Title: pick("题", ""), Category: proposal.Category(pick("social", "military", ""))},
		proposal.Research{Topic: pick("小店", "")}, proposal.Invite{ID: pick(another.ID, third.ID)}, proposal.Consent{}, proposal.Decline{},
		proposal.Submit{}, proposal.Withdraw{}, proposal.Receive{}, proposal.File{Number: pick("1", "2", "3", "4", "")}, proposal.File{Number: pick("5", "6", "7")},
		proposal.Refuse{Reason: pick("academic", "?")}, proposal.Refer{To: "来信"}, proposal.Return{Text: "x"}, proposal.Settle{}, proposal.Reconsider{},
		proposal.Assign{Lead: unit}, proposal.Assign{Lead: unit, Co: []string{other}}, proposal.Assign{Separate: []string{unit, other}},
		proposal.Accept{}, proposal.Accept{}, proposal.Accept{}, proposal.Object{Reason: "x"},
		proposal.ApproveObjection{Unit: unit}, proposal.ApproveObjection{Unit: unit, To: []string{other}}, proposal.RefuseObjection{Unit: unit},
		proposal.AddUnits{Units: []string{unit}}, proposal.Suspend{Reason: "x"}, proposal.Continue{},
		proposal.Reply{Text: "x", Class: pick("a", "b", "c", "z")}, proposal.Reply{Text: "x"}, proposal.IssueReply{Unit: unit}, proposal.IssueReply{Unit: other},
		proposal.Recall{}, proposal.RecallObjection{}, proposal.RecallReply{},
		proposal.ReturnReply{Unit: unit, Reason: "x"}, proposal.GiveOpinion{Unit: pick("", unit), Result: pick("satisfied", "dissatisfied", "?")},
		proposal.Supervise{}, proposal.VisitSite{}, proposal.Conclude{}, proposal.Urge{Unit: pick("", unit)}, proposal.MarkKey{Leader: "主席"}, proposal.UnmarkKey{},
		proposal.Close{}, proposal.Reopen{Units: []string{unit}, Reason: "x"}, proposal.Follow{Unit: unit, Found: "x", Class: pick("", "a")},
		proposal.Evaluate{Text: "x"}, proposal.GiveHonour{Title: "x"}, proposal.Publish{Title: "x"}, proposal.Withhold{Reason: "x"}, redo{unit},
	}
	for {
		a := actions[w.r.Intn(len(actions))]
		switch a.(type) {
		case proposal.Withdraw, proposal.Refuse, proposal.Refer, proposal.Settle, proposal.Return:
			if w.r.Intn(25) > 0 { // a way that ends early shows little
				continue
			}
		}
		return a
	}
}

// holds requires what is true of all proposals at any time.
func (w *walk) holds() {
	t := w.t
	byStage := make(map[string]int)
	holder := make(map[string]string)
	for _, id := range w.ids {
		p := w.take(id)
		machine := w.MachineFor(p.Body)
		byStage[p.Stage]++
		require.Equal(t, machine.Stage(p.State, p.Tracks), p.Stage)
		require.True(t, slices.ContainsFunc(machine.Definition().Stages, func(s lifecycle.Stage) bool { return s.Key == p.Stage }))

		live, open, begun := 0, 0, 0
		for _, part := range p.Parts {
			state := p.PartState(part.Unit)
			require.NotEmpty(t, state)
			if slices.Contains([]string{"accepted", "checking", "answered", "suspended"}, state) {
				begun++
			}
			if !part.Role.Required() || state == "released" {
				continue
			}
			live++
			if state != "answered" {
				open++
			} else {
				require.False(t, part.Reply().Issued.IsZero(), "answered by a reply that went out")
			}
		}
		at := fmt.Sprintf("%s in %s with %d live, %d open parts: %v", id, p.State, live, open, p.Tracks)
		switch p.State {
		case "assigned":
			require.True(t, live > 0 && begun == 0, at)
		case "handling":
			require.Positive(t, open, at)
		case "replied", "feedback", "closed":
			require.True(t, live > 0 && open == 0, at)
		default:
			require.Zero(t, live, at)
		}
		if slices.Contains([]string{"closed", "withdrawn", "merged"}, p.State) {
			require.NotEqual(t, "open", p.Track("supervision", ""), at)
			for _, part := range p.Parts {
				require.Contains(t, []string{"answered", "released"}, p.PartState(part.Unit), at)
			}
		}
		require.Len(t, p.MergedProposers, len(p.Absorbed), at)
		leads := 0
		for _, part := range p.Parts {
			if part.Role == proposal.Lead && p.PartState(part.Unit) != "released" {
				leads++
			}
		}
		require.LessOrEqual(t, leads, 1, at)

		number, given := w.numbers[id]
		require.True(t, !given || number == p.Number, "a number never changes")
		if p.Number != "" {
			w.numbers[id] = p.Number
			require.Empty(t, holder[p.Number], "nor is it given twice")
			holder[p.Number] = id
		}
		require.Equal(t, p.State == "merged", p.MergedInto != "")
		if p.MergedInto != "" {
			require.Contains(t, w.take(p.MergedInto).Absorbed, id)
		}
	}
	sum := 0
	for _, n := range byStage {
		sum += n
	}
	require.Equal(t, len(w.ids), sum)
}

// sound requires that the histories verify, have an entry for every act, and
// lead from state to state.
func (w *walk) sound() {
	cases, entries := vocabularytest.Histories(w.t, w.Engine)
	require.Equal(w.t, []int{len(w.ids), w.entries}, []int{cases, entries})
	w.counted()
}

// counted holds the figures from the index against the full count.
func (w *walk) counted() {
	none := store.Match{Attr: "category", Op: store.Is, Values: []string{"none"}}
	for _, where := range [][]store.Match{nil, {{Attr: "stage", Op: store.Is, Values: []string{w.take(w.ids[0]).Stage}}}, {none}} {
		full, err := w.Figures(context.Background(), nil, where...)
		require.NoError(w.t, err)
		kept, err := w.Tallies(context.Background(), where...)
		require.NoError(w.t, err)
		require.Equal(w.t, full, kept)
	}
}
