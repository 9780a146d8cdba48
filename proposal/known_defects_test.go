package proposal_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// The tests of this file are named for defects of public systems that do the
// same job. Due dates of 90 days, ones that cannot be explained, and rules that
// never run are held in the tests of clocks and of package calendar.

// Defect: any state can be overwritten by any other.
func TestDefectAnyStateCanBeOverwritten(t *testing.T) {
	h := newHouse(t)
	machine := h.MachineFor("xiushan")
	ctx := context.Background()
	situations := []string{
		"draft", "seconding", "submitted", "reviewing", "returned", "merged", "referred", "refused", "withdrawn", "settled",
		"filed", "assigned", "handling", "replied", "feedback", "closed",
	}
	reached := make(map[string]bool)
	refusals := 0
	for i, situation := range situations {
		p := h.to(situation, fmt.Sprint("n", i))
		require.Equal(t, situation, p.State)
		reached[p.State] = true
		for _, e := range every {
			event := e.do.Event()
			if machine.TrackOf(event) != "" || machine.Can(p.State, event) {
				continue
			}
			before := h.everything()
			_, err := h.Do(ctx, e.who, p.ID, e.do)
			require.ErrorIs(t, err, workflow.ErrRefused, "%s in %s", event, p.State)
			require.Equal(t, before, h.everything())
			refusals++
		}
	}
	for _, s := range machine.Definition().States {
		require.True(t, reached[s.Key], "the state %s has not been tried", s.Key)
	}
	require.Greater(t, refusals, 100)
}

// Defect: every filing renumbers all numbers.
func TestDefectFilingRenumbersOthers(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	first := h.to("filed", "2024-002")
	h.to("filed", "2024-001")
	h.to("filed", "2024-003")
	require.Equal(t, "2024-002", h.take(first.ID).Number)

	// it stays the same through merging, its undoing, and to the end
	into := h.to("filed", "2024-004")
	_, err := h.Merge(ctx, committee, into.ID, []string{first.ID})
	require.NoError(t, err)
	require.Equal(t, "2024-002", h.take(first.ID).Number)
	_, err = h.Unmerge(ctx, committee, first.ID)
	require.NoError(t, err)
	p := h.take(first.ID, then([]step{{office, proposal.Assign{Lead: "market"}}, {clerk("market"), proposal.Accept{}}}, reply("market"))...)
	require.Equal(t, "2024-002", p.Number)

	// and nobody else gets it, not even after a withdrawal
	gone := h.to("filed", "2024-005")
	h.take(gone.ID, step{member, proposal.Withdraw{}})
	other := h.to("reviewing", "")
	before := h.everything()
	for _, number := range []string{"2024-002", " 2024-002 ", "2024-005"} {
		_, err = h.Do(ctx, committee, other.ID, proposal.File{Number: number})
		require.Equal(t, "taken", reasons(t, err))
		require.ErrorContains(t, err, "number/xiushan/15-3/"+strings.TrimSpace(number))
		require.Equal(t, before, h.everything())
	}
}

// A number is the only one of its session in its body: another session, and
// another body, count for themselves.
func TestNumbersAreUniquePerBodyAndSession(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	number := "1"
	file := func(body string, d proposal.Draft) error {
		d.Title = "题"
		who, reviewer := member, committee
		who.Body, reviewer.Body = body, body
		p, err := h.Open(ctx, who, d)
		require.NoError(t, err)
		_, err = h.Do(ctx, who, p.ID, proposal.Submit{})
		require.NoError(t, err)
		_, err = h.Do(ctx, reviewer, p.ID, proposal.File{Number: number})
		return err
	}
	for _, term := range []proposal.Draft{{}, {Session: "15-3"}, {Session: "15-4"}, {Session: "15-4/1"}, {Year: 2023}, {Year: 2024}, {Session: "15-3", Year: 2024}} {
		err := file("xiushan", term)
		if term.Session == "15-3" && term.Year == 2024 {
			require.Equal(t, "taken", reasons(t, err), "the session counts, where there is one")
			continue
		}
		require.NoError(t, err)
		require.Equal(t, "taken", reasons(t, file("xiushan", term)))
	}
	require.NoError(t, file("jiulongpo", proposal.Draft{Session: "15-3"}))
	number = "1/1"
	require.NoError(t, file("xiushan", proposal.Draft{Session: "15-4"}), "1 of 15-4/1 is another")
}

// Racing for one number, one case gets it, and no other is filed.
func TestRacingForOneNumber(t *testing.T) {
	h := newHouse(t)
	const racers = 16
	ids := make([]string, racers)
	for i := range ids {
		ids[i] = h.to("reviewing", "").ID
	}
	errs := make([]error, racers)
	race(racers, func(i int) {
		_, errs[i] = h.Do(context.Background(), committee, ids[i], proposal.File{Number: "2024-001"})
	})
	won := 0
	for i, err := range errs {
		p := h.take(ids[i])
		if err == nil {
			won++
			require.Equal(t, "2024-001", p.Number)
			continue
		}
		require.Equal(t, "taken", reasons(t, err))
		require.Equal(t, "reviewing", p.State)
		require.Empty(t, p.Number)
	}
	require.Equal(t, 1, won)
	h.sound()
}

// Defect: 不满意 leaves the proposal settled. It reopens the unit's part and the
// proposal, from wherever the proposal has got to.
func TestDefectDissatisfactionMovesOnlyOneOfTwo(t *testing.T) {
	dissatisfied := proposal.GiveOpinion{Result: "dissatisfied", Text: "未解决"}
	for _, situation := range []string{"replied", "feedback"} {
		h := newHouse(t)
		p := h.to(situation, "1")
		p = h.take(p.ID, step{member, dissatisfied})
		require.Equal(t, "accepted", p.PartState("market"), situation)
		require.Equal(t, "handling", p.State, situation)
		require.Equal(t, "handling", p.Stage, situation)

		history, err := h.History(context.Background(), p.ID)
		require.NoError(t, err)
		var lines []string
		for _, m := range history[len(history)-1].Moves {
			lines = append(lines, fmt.Sprintf("%s%s:%s>%s", m.Event, m.Line, m.From, m.To))
		}
		require.Equal(t, []string{
			"give_opinion:" + situation + ">" + situation, "redopart/market:answered>accepted", "resume:" + situation + ">handling",
		}, lines, "one entry tells all of it")

		p = h.take(p.ID, then(reply("market"), []step{{member, proposal.GiveOpinion{Result: "satisfied"}}})...)
		require.Equal(t, "feedback", p.State)
		require.Len(t, p.Part("market").Replies, 2, "the first reply is kept")
		require.Equal(t, []int{1, 2}, []int{p.Opinions[len(p.Opinions)-2].Reply, p.Opinions[len(p.Opinions)-1].Reply})
	}

	// of several units, the one in question goes on, and with it the proposal
	h := newHouse(t)
	p := h.to("filed", "1")
	p = h.take(p.ID, then([]step{
		{office, proposal.Assign{Separate: []string{"market", "banking"}}}, {clerk("market"), proposal.Accept{}}, {clerk("banking"), proposal.Accept{}},
	}, reply("market"), reply("banking"), []step{{member, proposal.GiveOpinion{Unit: "banking", Result: "dissatisfied"}}})...)
	require.Equal(t, []string{"handling", "answered", "accepted"}, []string{p.State, p.PartState("market"), p.PartState("banking")})

	// a co-unit answers the lead: an opinion on it would move one machine only
	p = h.to("filed", "2")
	p = h.take(p.ID, then([]step{
		{office, proposal.Assign{Lead: "market", Co: []string{"banking"}}}, {clerk("market"), proposal.Accept{}}, {clerk("banking"), proposal.Accept{}},
	}, reply("banking"), reply("market"))...)
	require.Equal(t, "replied", p.State)
	_, err := h.Do(context.Background(), member, p.ID, proposal.GiveOpinion{Unit: "banking", Result: "dissatisfied"})
	require.Equal(t, "unit co_unit", reasons(t, err))
}

// Defect: numeric codes drift between code and database. Keys are text that
// says what it is, in the record, the journal and the index.
func TestDefectNumericCodesDrift(t *testing.T) {
	h := newHouse(t)
	p := h.to("closed", "1")
	records, err := h.store.Find(context.Background(), store.Query{Kind: proposal.Kind})
	require.NoError(t, err)
	for _, key := range []string{`"category":"economic"`, `"scheme":"categories@2"`, `"state":"closed"`, `"class":"b"`, `"scheme":"classes@1"`, `"result":"satisfied"`, `"scale":"opinion3@1"`} {
		require.Contains(t, string(records[0].Data), key)
	}
	found, err := h.Find(context.Background(), "", 0, store.Match{Attr: "category", Op: store.Is, Values: []string{"economic"}})
	require.NoError(t, err)
	require.Equal(t, p.ID, found[0].ID)
}

// Defect: state names depend on the language. Other labels change no key, no
// record and no fingerprint.
func TestDefectStateNamesDependOnTheLanguage(t *testing.T) {
	d := proposal.Nine()
	for i := range d.States {
		d.States[i].Label.ZH, d.States[i].Label.EN = d.States[i].Label.EN, "état"
	}
	for i := range d.Transitions {
		d.Transitions[i].Label.ZH = "動作"
	}
	for i := range d.Tracks {
		d.Tracks[i].Label.ZH = "並行"
	}
	require.Equal(t, proposal.Nine().Fingerprint(), d.Fingerprint())

	plain, reworded := newHouse(t), newHouse(t, workflow.WithUse(proposal.Kind, "", "relabelled"), workflow.WithDefinition(proposal.Kind, named(d, "relabelled")))
	p := plain.to("closed", "1")
	q := reworded.to("closed", "1")
	require.Equal(t, []string{p.State, p.Stage}, []string{q.State, q.Stage})
	require.Equal(t, p.Tracks, q.Tracks)

	// the words of a refusal are in both languages, its code in none
	_, err := plain.Do(context.Background(), member, p.ID, proposal.Submit{})
	require.ErrorContains(t, err, "wrong_state")
	var refused *workflow.RefusedError
	require.ErrorAs(t, err, &refused)
	require.Contains(t, refused.Blockers[0].ZH, "办结")
	require.Contains(t, refused.Blockers[0].EN, "closed")
}

// Defect: bulk actions silently hit only part.
func TestDefectBulkHitsOnlyPart(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	var ids []string
	for range 7 {
		ids = append(ids, h.to("submitted", "").ID)
	}
	ids = append(ids, "nowhere", h.draft().ID, ids[0])
	results := h.DoEach(ctx, committee, ids, proposal.Receive{}, workflow.Command("all"))
	require.Len(t, results, len(ids))
	for i, r := range results {
		require.Equal(t, ids[i], r.ID, "a result for each, in their order")
	}
	for i, r := range results[:7] {
		require.NoError(t, r.Err)
		require.Equal(t, "reviewing", r.Case.State)
		require.Equal(t, "reviewing", h.take(ids[i]).State)
	}
	require.ErrorIs(t, results[7].Err, workflow.ErrNotFound)
	require.ErrorIs(t, results[8].Err, workflow.ErrRefused)
	require.Equal(t, "steps duplicate", reasons(t, results[9].Err))

	// a second call does what is left, and nothing twice
	h.take(ids[8], step{member, proposal.Submit{}})
	before := h.take(ids[0]).Revision
	results = h.DoEach(ctx, committee, ids[:9], proposal.Receive{}, workflow.Command("all"))
	for i, r := range results {
		require.Equal(t, i == 7, r.Err != nil, "%v", r.Err)
	}
	require.Equal(t, before, h.take(ids[0]).Revision)

	// a revision is of one case
	for _, r := range h.DoEach(ctx, committee, ids[:2], proposal.Receive{}, workflow.IfRevision(2)) {
		require.Equal(t, "revision bulk", reasons(t, r.Err))
	}

	// and when the caller gives up, each is told so
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	for _, r := range h.DoEach(cancelled, committee, ids[:3], proposal.Return{Text: "x"}) {
		require.ErrorIs(t, r.Err, context.Canceled)
		require.Equal(t, "cancelled", workflow.Code(r.Err))
	}
	h.sound()
}

// More cases than are committed together, some of which fail.
func TestBulkOverManyBatches(t *testing.T) {
	h := newHouse(t)
	var ids []string
	fails := make(map[string]bool)
	for i := range 250 {
		p := h.draft()
		if i%97 != 5 {
			p = h.take(p.ID, step{member, proposal.Submit{}})
		} else {
			fails[p.ID] = true
		}
		ids = append(ids, p.ID)
	}
	for _, r := range h.DoEach(context.Background(), committee, ids, proposal.Receive{}) {
		require.Equal(t, fails[r.ID], r.Err != nil, "%v", r.Err)
		p := h.take(r.ID)
		require.Equal(t, fails[r.ID], p.State == "draft")
		require.EqualValues(t, 3-2*len(slices.DeleteFunc([]string{r.ID}, func(id string) bool { return !fails[id] })), p.Seq)
	}
}

// Defect: the same transition runs twice under load. Of n racers on one case one
// moves it, the others find that it has moved.
func TestDefectATransitionRunsTwiceUnderLoad(t *testing.T) {
	h := newHouse(t)
	p := h.to("assigned", "1")
	const racers = 48
	errs := make([]error, racers)
	race(racers, func(i int) {
		_, errs[i] = h.Do(context.Background(), clerk("market"), p.ID, proposal.Accept{})
	})
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		require.Equal(t, "wrong_state", reasons(t, err))
	}
	require.Equal(t, 1, won)
	require.Equal(t, p.Revision+1, h.take(p.ID).Revision)

	// at one revision, one wins and every other is told of the conflict
	p = h.take(p.ID)
	race(racers, func(i int) {
		_, errs[i] = h.Do(context.Background(), office, p.ID, proposal.Urge{}, workflow.IfRevision(p.Revision))
	})
	won = 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		require.ErrorIs(t, err, workflow.ErrConflict)
	}
	require.Equal(t, 1, won)
	require.Len(t, h.take(p.ID).Urgings, 1)

	// and what may happen many times, happens as often as it was asked for
	race(racers, func(i int) {
		_, errs[i] = h.Do(context.Background(), office, p.ID, proposal.Urge{Text: fmt.Sprint(i)})
	})
	for _, err := range errs {
		require.NoError(t, err)
	}
	p = h.take(p.ID)
	require.Equal(t, 1+racers, p.UrgedBefore+len(p.Urgings))
	h.sound()
}
