package proposal_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// heardBy is a house whose body hears its proposers by these rules, and a reply to
// a proposal that two have signed with the first signer.
func heardBy(t *testing.T, hearing proposal.Hearing, options ...workflow.Option) (*house, *proposal.Proposal) {
	t.Helper()
	rules := proposal.DefaultRules()
	rules.Hearing = hearing
	h := newHouse(t, append(options, workflow.WithRules("", rules))...)
	p := h.take(h.draft().ID, then([]step{
		{member, proposal.Invite{ID: another.ID}}, {another, proposal.Consent{}},
		{member, proposal.Invite{ID: third.ID}}, {third, proposal.Consent{}},
	}, filed("1"), []step{{office, proposal.Assign{Lead: "market"}}, {clerk("market"), proposal.Accept{}}}, reply("market"))...)
	return h, p
}

func opinionsIn(p *proposal.Proposal) []string {
	var tally proposal.Tally
	tally.Add(p)
	return tally.Keys(proposal.ByOpinion)
}

// The opinions of the first signer and two co-signers, in this order, on one
// reply: where they lead, and what figures say.
func TestSeveralOpinionsMakeOneByTheRules(t *testing.T) {
	good, fair, bad := "satisfied", "basically_satisfied", "dissatisfied"
	for name, c := range map[string]struct {
		hearing proposal.Hearing
		given   []string
		state   string
		figures []string
	}{
		"whoever comes first":            {proposal.Hearing{}, []string{good}, "feedback", []string{good}},
		"the first signer's":             {proposal.Hearing{Asked: "first"}, []string{fair}, "feedback", []string{fair}},
		"all are waited for":             {proposal.Hearing{Asked: "all"}, []string{good, good}, "replied", []string{good}},
		"all, as they come":              {proposal.Hearing{Asked: "all"}, []string{good, good, fair}, "feedback", []string{fair}},
		"each":                           {proposal.Hearing{Asked: "all", Makes: "each"}, []string{good, fair, good}, "feedback", []string{fair, good}},
		"each reopens":                   {proposal.Hearing{Asked: "all", Makes: "each"}, []string{good, bad}, "handling", []string{bad, good}},
		"the worst":                      {proposal.Hearing{Asked: "all", Makes: "worst"}, []string{good, fair, good}, "feedback", []string{fair}},
		"the worst reopens at once":      {proposal.Hearing{Asked: "all", Makes: "worst"}, []string{bad}, "handling", []string{bad}},
		"the first signer's among all":   {proposal.Hearing{Asked: "all", Makes: "first"}, []string{good, bad, bad}, "feedback", []string{good}},
		"a majority":                     {proposal.Hearing{Asked: "all", Makes: "majority"}, []string{bad, good, good}, "feedback", []string{good}},
		"a majority waits for all":       {proposal.Hearing{Asked: "all", Makes: "majority"}, []string{bad, bad}, "replied", []string{bad}},
		"a majority reopens":             {proposal.Hearing{Asked: "all", Makes: "majority"}, []string{bad, bad, good}, "handling", []string{bad}},
		"of equals in number, the worse": {proposal.Hearing{Asked: "all", Makes: "majority"}, []string{good, bad, fair}, "handling", []string{bad}},
	} {
		t.Run(name, func(t *testing.T) {
			h, p := heardBy(t, c.hearing)
			for i, result := range c.given {
				p = h.take(p.ID, step{[]proposal.Actor{member, another, third}[i], proposal.GiveOpinion{Result: result}})
			}
			require.Equal(t, c.state, p.State)
			require.Equal(t, c.figures, opinionsIn(p))
			require.Len(t, p.Opinions, len(c.given), "every opinion is kept")
			h.sound()
		})
	}
}

// What does not count is kept, ends no waiting and reopens nothing.
func TestAnOpinionThatDoesNotCountIsKept(t *testing.T) {
	h, p := heardBy(t, proposal.Hearing{Asked: "first"})
	p = h.take(p.ID, step{another, proposal.GiveOpinion{Result: "dissatisfied"}})
	require.Equal(t, "replied", p.State)
	require.True(t, p.Opinions[0].Stands)
	require.Empty(t, p.Heard("market"))
	require.Empty(t, opinionsIn(p))
	p = h.take(p.ID, step{member, proposal.GiveOpinion{Result: "satisfied"}})
	require.Equal(t, "feedback", p.State)
}

// Who changes their mind has one opinion still; the people of a party have one
// together.
func TestEachProposerHasOneOpinion(t *testing.T) {
	h, p := heardBy(t, proposal.Hearing{Asked: "all", Makes: "majority"})
	for _, result := range []string{"satisfied", "satisfied", "basically_satisfied"} {
		p = h.take(p.ID, step{member, proposal.GiveOpinion{Result: result}})
	}
	require.Equal(t, "replied", p.State)
	require.Len(t, p.Verdicts, 1)
	require.Equal(t, "basically_satisfied", p.Verdicts[0].Result)

	rules := proposal.DefaultRules()
	rules.Hearing = proposal.Hearing{Asked: "first"}
	h = newHouse(t, workflow.WithRules("", rules))
	of := func(id string) proposal.Actor { return person(id, "致公党市委会", "party") }
	opened, err := h.Open(context.Background(), of("z-1"), proposal.Draft{Title: "小店", Category: proposal.Economic, Proposer: proposal.Proposer{Kind: proposal.Party, ID: "致公党市委会"}})
	require.NoError(t, err)
	p = h.take(opened.ID, then([]step{{of("z-1"), proposal.Submit{}}}, filed("2")[1:],
		[]step{{office, proposal.Assign{Lead: "market"}}, {clerk("market"), proposal.Accept{}}}, reply("market"))...)
	p = h.take(p.ID, step{of("z-2"), proposal.GiveOpinion{Result: "satisfied"}})
	require.Equal(t, "feedback", p.State, "whoever of them speaks, the party has spoken")
	require.Equal(t, []string{"z-2", "致公党市委会"}, []string{p.Opinions[0].By, p.Opinions[0].Of})
}

// A unit handles its part again as many times as the rules say, and no more; what
// follows then is a line of the definition.
func TestAPartIsHandledAgainSoManyTimes(t *testing.T) {
	arbitrated := named(proposal.Nine(), "arbitrated")
	for i := range arbitrated.Transitions {
		if arbitrated.Transitions[i].Event == "reopen" {
			arbitrated.Transitions[i].Guards = append(arbitrated.Transitions[i].Guards, "redone_at_most:2")
		}
	}
	arbitrated.States = append(arbitrated.States, lifecycle.State{Key: "arbitration", Like: "replied", Label: lifecycle.Label{ZH: "提请主席会议研究", EN: "before the chairpersons"}})
	i := slices.IndexFunc(arbitrated.Transitions, func(t lifecycle.Transition) bool { return t.Event == "hear" })
	arbitrated.Transitions = slices.Insert(arbitrated.Transitions, i,
		lifecycle.Transition{Event: "bring_up", From: []string{"replied"}, To: "arbitration", Roles: []string{"system"}, Guards: []string{"opinion_stands"}, Auto: true},
		lifecycle.Transition{Event: "give_opinion", From: []string{"arbitration"}, To: "arbitration", Roles: []string{"proposer"}},
	)
	i = slices.IndexFunc(arbitrated.Transitions, func(t lifecycle.Transition) bool { return t.Event == "hear" })
	require.Equal(t, []string{"replied"}, arbitrated.Transitions[i].From)
	h, p := heardBy(t, proposal.Hearing{Redo: 1}, workflow.WithDefinition(proposal.Kind, arbitrated), workflow.WithUse(proposal.Kind, "", "arbitrated"))
	bad := step{member, proposal.GiveOpinion{Result: "dissatisfied"}}
	p = h.take(p.ID, bad)
	require.Equal(t, "handling", p.State)
	p = h.take(p.ID, then(reply("market"), []step{bad})...)
	require.Equal(t, []bool{false, true}, []bool{p.Opinions[0].Stands, p.Opinions[1].Stands})
	history, err := h.History(context.Background(), p.ID)
	require.NoError(t, err)
	last := history[len(history)-1]
	require.True(t, slices.ContainsFunc(last.Moves, func(m workflow.Move) bool { return m.Event == "bring_up" }), "%v", last.Moves)

	again := step{office, proposal.Reopen{Units: []string{"market"}, Reason: "主席会议意见"}}
	p = h.take(p.ID, then([]step{again}, reply("market"))...)
	_, err = h.Do(context.Background(), again.who, p.ID, again.do)
	require.Equal(t, "redone", reasons(t, err))
	h.sound()
}

// lapsing is nine stages whose limit of the opinion closes the hearing.
func lapsing() lifecycle.Definition {
	d := named(proposal.Nine(), "lapsing")
	d.Tracks = append(d.Tracks, lifecycle.Track{
		Key: "hearing", Initial: "open", States: []lifecycle.State{{Key: "open", Final: true}, {Key: "unheard", Final: true}},
		Transitions: []lifecycle.Transition{
			{Event: "opinion_lapsed", From: []string{"open"}, To: "unheard", Roles: []string{"system"}, While: []string{"replied"}},
			{Event: "ask_again", From: []string{"unheard"}, To: "open", Roles: []string{"system"}},
		},
	})
	for i := range d.Limits {
		if d.Limits[i].Key == "opinion" {
			d.Limits[i].Overdue = append(slices.Clone(d.Limits[i].Overdue), lifecycle.Reaction{Do: lifecycle.DoFire, Event: "opinion_lapsed"})
		}
	}
	return d
}

// Who has not answered by the day is waited for no longer, and counts as 未反馈
// until they do; a new reply is asked about anew.
func TestNoAnswerByTheDayIsAValueOfItsOwn(t *testing.T) {
	now := time.Date(2024, 3, 4, 1, 0, 0, 0, time.UTC)
	h, p := heardBy(t, proposal.Hearing{}, workflow.WithDefinition(proposal.Kind, lapsing()), workflow.WithUse(proposal.Kind, "", "lapsing"),
		workflow.WithNow(func() time.Time { return now }))
	require.Empty(t, opinionsIn(p))
	ctx := context.Background()
	now = now.AddDate(0, 1, 0)
	_, err := h.Sweep(ctx, now)
	require.NoError(t, err)
	p, err = h.Get(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, "feedback", p.State)
	require.True(t, p.Unheard("market"))
	require.Equal(t, []string{proposal.NoFeedback}, opinionsIn(p))

	p = h.take(p.ID, step{member, proposal.GiveOpinion{Result: "dissatisfied"}})
	require.Equal(t, "handling", p.State, "a late opinion is an opinion")
	require.Equal(t, []string{"dissatisfied"}, opinionsIn(p))
	p = h.take(p.ID, reply("market")...)
	require.Equal(t, "replied", p.State, "the new reply is asked about anew")
	require.False(t, p.Unheard("market"))
	h.sound()

	without := lapsing()
	without.Tracks[len(without.Tracks)-1].Transitions = without.Tracks[len(without.Tracks)-1].Transitions[:1]
	_, err = proposal.New(h.store, workflow.WithDefinition(proposal.Kind, without))
	require.ErrorContains(t, err, "ask_again", "a new reply could not go out")
}

// Result and attitude are each on the scale that the rules give them.
func TestEachAxisHasItsOwnScale(t *testing.T) {
	rules := proposal.DefaultRules()
	rules.Opinions = append(rules.Opinions, proposal.Versions{{Name: "attitude", Version: 1, Terms: []proposal.Term{
		{Key: "earnest", As: proposal.Satisfied}, {Key: "careless", As: proposal.Dissatisfied},
	}}})
	rules.Hearing.Attitude = "attitude"
	h := newHouse(t, workflow.WithRules("", rules))
	p := h.to("replied", "1")
	_, err := h.Do(context.Background(), member, p.ID, proposal.GiveOpinion{Result: "satisfied", Attitude: "satisfied"})
	require.Equal(t, "attitude unknown", reasons(t, err))
	p = h.take(p.ID, step{member, proposal.GiveOpinion{Result: "satisfied", Attitude: "careless"}})
	require.Equal(t, "feedback", p.State, "the attitude reopens nothing")
	require.Equal(t, []string{"opinion3@1", "attitude@1"}, []string{p.Opinions[0].Scale, p.Opinions[0].AttitudeScale})
}

func TestNobodyGivesNoFeedback(t *testing.T) {
	rules := proposal.DefaultRules()
	rules.Opinions[0][0].Terms = append(rules.Opinions[0][0].Terms, proposal.Term{Key: proposal.NoFeedback, Label: lifecycle.Label{ZH: "未反馈", EN: "no feedback"}})
	h := newHouse(t, workflow.WithRules("", rules))
	_, err := h.Do(context.Background(), member, h.to("replied", "1").ID, proposal.GiveOpinion{Result: proposal.NoFeedback})
	require.Equal(t, "result unusable", reasons(t, err))
}

func TestRulesOfHearingThatCannotBe(t *testing.T) {
	for want, hearings := range map[string][]proposal.Hearing{
		"hearing.asked":    {{Asked: "some"}},
		"hearing.makes":    {{Makes: "best"}, {Makes: "majority"}},
		"hearing.attitude": {{Attitude: "none"}},
		"hearing.redo":     {{Redo: -1}},
	} {
		for _, hearing := range hearings {
			rules := proposal.DefaultRules()
			rules.Hearing = hearing
			_, err := proposal.New(newHouse(t).store, workflow.WithRules("", rules))
			var invalid *workflow.InvalidError
			require.ErrorAs(t, err, &invalid, want)
			require.Contains(t, invalid.Field, want)
		}
	}
}

// Where several are asked, the clock of the opinions runs until all have been heard:
// nobody's is stopped by another's.
func TestNobodysOpinionStopsTheClockOfAnother(t *testing.T) {
	h, p := heardBy(t, proposal.Hearing{Asked: "all", Makes: "worst"})
	for _, who := range []proposal.Actor{another, member} {
		p = h.take(p.ID, step{who, proposal.GiveOpinion{Result: "satisfied"}})
		require.NotEmpty(t, dueOf(p, "opinion"), "%s has spoken, and the others have not", who.ID)
	}
	p = h.take(p.ID, step{third, proposal.GiveOpinion{Result: "satisfied"}})
	require.Empty(t, dueOf(p, "opinion"))
	require.False(t, clockOf(t, p, "opinion", "").Lapsed, "it was met")

	h, p = heardBy(t, proposal.Hearing{Asked: "first"})
	p = h.take(p.ID, step{another, proposal.GiveOpinion{Result: "satisfied"}})
	require.NotEmpty(t, dueOf(p, "opinion"), "an opinion that does not count")
	p = h.take(p.ID, step{member, proposal.GiveOpinion{Result: "dissatisfied"}})
	require.Empty(t, dueOf(p, "opinion"))
	require.False(t, clockOf(t, p, "opinion", "").Lapsed, "whoever is dissatisfied has answered too")
}
