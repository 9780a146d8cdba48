package proposal_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// Faults that users of other systems have reported, each by its kind. The names
// of the tests say what has to hold; the comments, where it did not.

// ConOnRails/ConOnRails#47, archivist/archivist#45: what was merged into a case
// died with it.
func TestAHolderDoesNotEndWhileItHoldsOthers(t *testing.T) {
	for _, end := range []step{
		{member, proposal.Withdraw{}},
		{committee, proposal.Refuse{Reason: "academic"}},
		{committee, proposal.Refer{To: "社情民意"}},
		{committee, proposal.Settle{Text: "会上已答复"}},
	} {
		t.Run(end.do.Event(), func(t *testing.T) {
			h := newHouse(t)
			ctx := context.Background()
			into, source := h.to("submitted", ""), h.to("submitted", "")
			_, err := h.Merge(ctx, committee, into.ID, []string{source.ID})
			require.NoError(t, err)
			_, err = h.Do(ctx, end.who, into.ID, end.do)
			require.Equal(t, "holds_others", reasons(t, err))
			_, err = h.Unmerge(ctx, committee, source.ID)
			require.NoError(t, err)
			h.take(into.ID, end)
			again, err := h.Get(ctx, source.ID)
			require.NoError(t, err)
			require.Equal(t, "reviewing", again.State)
		})
	}
}

// mysociety/alaveteli#7329, FusionIIIT/Fusion#748: a unit that is no more held
// a part that only it could pass on.
func TestTheOfficeMovesAPartThatItsUnitCannotPassOn(t *testing.T) {
	for _, situation := range []string{"assigned", "handling", "suspended"} {
		t.Run(situation, func(t *testing.T) {
			h := newHouse(t)
			p := h.to(situation, "1")
			p = h.take(p.ID, step{office, proposal.Transfer{Unit: "market", To: []string{"commerce"}, Reason: "机构已撤并"}})
			require.Equal(t, "released", p.PartState("market"))
			require.Equal(t, "assigned", p.PartState("commerce"))
			require.Equal(t, "机构已撤并", p.Part("market").Transferred[0].Reason)
			for _, clock := range p.Clocks {
				require.Equal(t, clock.Of == "commerce", clock.Running(), "%s of %s", clock.Limit, clock.Of)
			}
			p = h.take(p.ID, then([]step{{clerk("commerce"), proposal.Accept{}}}, reply("commerce"))...)
			require.Equal(t, "replied", p.State)
		})
	}
}

// decidim/decidim#2291: whoever reviews could not correct a wrong category.
func TestTheReviewCorrectsACategoryAndKeepsTheOldOne(t *testing.T) {
	h := newHouse(t)
	p := h.to("reviewing", "")
	p = h.take(p.ID, step{committee, proposal.Recategorise{Category: proposal.Social, Reason: "属社会事业"}})
	require.Equal(t, proposal.Social, p.Category)
	require.Equal(t, proposal.Economic, p.Recategorised[0].From)
	_, err := h.Do(context.Background(), member, p.ID, proposal.Recategorise{Category: proposal.Economic})
	require.ErrorIs(t, err, workflow.ErrDenied)
	_, err = h.Do(context.Background(), committee, p.ID, proposal.Recategorise{Category: proposal.Social})
	require.Equal(t, "category same", reasons(t, err))
}

// daytonaio/daytona#1778, alkem-io/server#4965: whoever declined, or was late,
// could not be invited again. bitcoin/bips#1701: a co-author could not leave.
func TestAnInvitationCanBeRepeatedAndAConsentTakenBack(t *testing.T) {
	now := time.Date(2024, 3, 4, 1, 0, 0, 0, time.UTC)
	h := newHouse(t, workflow.WithNow(func() time.Time { return now }))
	ctx := context.Background()
	invite := step{member, proposal.Invite{ID: another.ID}}
	p := h.to("invited", "")
	_, err := h.Do(ctx, member, p.ID, invite.do)
	require.Equal(t, "id duplicate", reasons(t, err))

	h.take(p.ID, step{another, proposal.Decline{}}, invite)
	now = now.AddDate(0, 0, 3)
	_, err = h.Sweep(ctx, now)
	require.NoError(t, err)
	p = h.take(p.ID)
	require.Equal(t, "expired", p.Track("cosign", another.ID))

	p = h.take(p.ID, invite, step{another, proposal.Consent{}})
	require.Equal(t, proposal.Joint, p.Proposer.Kind)
	p = h.take(p.ID, step{another, proposal.Leave{}})
	require.Zero(t, p.Consented())
	require.Equal(t, proposal.Member, p.Proposer.Kind)
	require.Len(t, p.Cosigners, 1)
	h.take(p.ID, step{member, proposal.Submit{}})
}

// hydroshare/hydroshare#3709, aegif/NemakiWare#173: a person and a unit with
// one ID were taken for each other.
func TestAPersonIsNotTheUnitOfTheSameName(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	twelve := person("12", "", "member")
	p, err := h.Open(ctx, twelve, proposal.Draft{Title: "x"})
	require.NoError(t, err)
	_, err = h.Do(ctx, person("c-7", "12"), p.ID, proposal.Withdraw{})
	require.ErrorIs(t, err, workflow.ErrDenied)

	p, err = h.Open(ctx, person("c-7", "12", "party"), proposal.Draft{Title: "x", Proposer: proposal.Proposer{Kind: proposal.Party}})
	require.NoError(t, err)
	require.Equal(t, "12", p.Proposer.ID)
	_, err = h.Do(ctx, twelve, p.ID, proposal.Withdraw{})
	require.ErrorIs(t, err, workflow.ErrDenied)
	h.take(p.ID, step{person("c-8", "12"), proposal.Withdraw{}})
}

// A member opened drafts in the name of another, a party, a committee.
func TestNobodyProposesInAnothersNameWithoutTheRight(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	for _, other := range []proposal.Proposer{
		{Kind: proposal.Member, ID: another.ID}, {Kind: proposal.Party, ID: "jiusan"}, {Kind: proposal.Committee, ID: "economy"},
	} {
		_, err := h.Open(ctx, member, proposal.Draft{Title: "x", Proposer: other})
		require.ErrorIs(t, err, workflow.ErrDenied)
		require.Equal(t, "not_proposer", workflow.Explain(err).Blockers[0].Code)

		p, err := h.Open(ctx, committee, proposal.Draft{Title: "x", Proposer: other})
		require.NoError(t, err)
		require.Equal(t, other, p.Proposer)
		require.Equal(t, committee.ID, p.EnteredBy)
	}
	p, err := h.Open(ctx, member, proposal.Draft{Title: "x", Proposer: proposal.Proposer{Kind: proposal.Member, ID: member.ID}})
	require.NoError(t, err)
	require.Empty(t, p.EnteredBy)
}

// A system of 渝北 gives one proposal lead, co- and separate units at once.
func TestALeadAnswersBesideSeparateUnits(t *testing.T) {
	h := newHouse(t)
	p := h.to("filed", "1")
	p = h.take(p.ID, step{office, proposal.Assign{Lead: "a", Co: []string{"b"}, Separate: []string{"c"}}})
	require.Equal(t, proposal.Mixed, p.Mode)
	for _, unit := range []string{"a", "b", "c"} {
		p = h.take(p.ID, step{clerk(unit), proposal.Accept{}})
	}
	p = h.take(p.ID, reply("c")...)
	require.Equal(t, "handling", p.State)
	_, err := h.Do(context.Background(), clerk("a"), p.ID, reply("a")[0].do)
	require.Equal(t, "co_unit_open", reasons(t, err))
	p = h.take(p.ID, then(reply("b"), reply("a"))...)
	require.Equal(t, "replied", p.State)
}

// Systems of 慈溪, 渝北 and 河池 ask whom the proposer would like.
func TestADraftHoldsTheUnitsItsProposerWouldLike(t *testing.T) {
	h := newHouse(t)
	p, err := h.Open(context.Background(), member, proposal.Draft{Title: "x", SuggestedUnits: []string{"market", "commerce"}})
	require.NoError(t, err)
	p = h.take(p.ID, step{member, proposal.Submit{}})
	require.Equal(t, []string{"market", "commerce"}, p.SuggestedUnits)
}

// camunda/camunda#15918: a timer that the new version calls otherwise was lost.
func TestAMigrationCarriesRunningLimits(t *testing.T) {
	renamed := named(proposal.Nine(), "renamed")
	for i := range renamed.Limits {
		if renamed.Limits[i].Key == "reply" {
			renamed.Limits[i].Key = "answer"
		}
		if renamed.Limits[i].Before == "reply" {
			renamed.Limits[i].Before = "answer"
		}
	}
	h := newHouse(t, workflow.WithDefinition(proposal.Kind, renamed))
	ctx := context.Background()
	p := h.to("handling", "1")
	due := dueOf(p, "reply")
	require.NotEmpty(t, due)
	_, err := h.Migrate(ctx, admin, p.ID, workflow.Migration{Name: "renamed", Version: 1, Reason: "x"})
	require.Equal(t, "no_such_limit", reasons(t, err))
	p, err = h.Migrate(ctx, admin, p.ID, workflow.Migration{Name: "renamed", Version: 1, Reason: "x", Limits: map[string]string{"reply": "answer"}})
	require.NoError(t, err)
	require.Equal(t, due, dueOf(p, "answer"))
	overdue, err := h.Overdue(ctx, time.Date(2025, 3, 4, 1, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	require.Equal(t, "answer", overdue[0].Limit)
}

func dueOf(p *proposal.Proposal, limit string) string {
	for _, c := range p.Clocks {
		if c.Limit == limit && c.Running() {
			return c.Due.String()
		}
	}
	return ""
}

// An administrator closed a case without a reply, by migrating it to where it was.
func TestAMigrationEndsNoCase(t *testing.T) {
	other := named(proposal.Nine(), "other")
	h := newHouse(t, workflow.WithDefinition(proposal.Kind, other))
	ctx := context.Background()
	p := h.to("handling", "1")
	states := map[string]string{"handling": "closed"}
	_, err := h.Migrate(ctx, admin, p.ID, workflow.Migration{Name: "nine", Version: 1, States: states, Reason: "x"})
	require.Equal(t, "same_definition", reasons(t, err))
	_, err = h.Migrate(ctx, admin, p.ID, workflow.Migration{Name: "other", Version: 1, States: states, Reason: "x"})
	require.Equal(t, "ends_case", reasons(t, err))
	_, err = h.Migrate(ctx, admin, p.ID, workflow.Migration{Name: "other", Version: 1, Reason: "x"})
	require.NoError(t, err)
}

// bardsoftware/ganttproject#1474, opf/openproject#8914: a date went on hanging
// on that of somebody who is out.
func TestACoUnitsDayFollowsTheLeadWhoIsLeft(t *testing.T) {
	now := time.Date(2024, 4, 1, 1, 0, 0, 0, time.UTC)
	h := newHouse(t, workflow.WithNow(func() time.Time { return now }))
	ctx := context.Background()
	p := h.to("filed", "1")
	h.take(p.ID, step{office, proposal.Assign{Lead: "market", Co: []string{"banking"}}}, step{clerk("market"), proposal.Accept{}})
	_, err := h.Extend(ctx, office, p.ID, clock.Extend{Limit: "reply", Of: "market", By: calendar.Length{N: 3, Unit: calendar.Month}, Reason: "情况复杂"})
	require.NoError(t, err)
	now = time.Date(2024, 4, 8, 1, 0, 0, 0, time.UTC)
	p = h.take(p.ID, step{office, proposal.Transfer{Unit: "market", To: []string{"commerce"}, Reason: "机构已撤并"}})
	require.Equal(t, "2024-07-08", dueOf(p, "reply"))
	require.Equal(t, "2024-06-18", dueOf(p, "co_opinion"))
}

// be-BOP-io-SA/be-BOP#2540: one record that could not be read hid all others.
func TestOneBadRecordHidesNoOther(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	h.to("filed", "1")
	h.to("submitted", "")
	broken := store.Record{Kind: proposal.Kind, ID: "broken", Data: []byte("no record")}
	require.NoError(t, h.store.Commit(ctx, store.Change{Record: broken}))
	tallies, err := h.Figures(ctx, nil)
	require.ErrorIs(t, err, workflow.ErrUnreadable)
	require.ErrorContains(t, err, "broken")
	require.EqualValues(t, 2, tallies["xiushan"].Received)
	require.EqualValues(t, 1, tallies["xiushan"].Filed)
}

// A message of 渝北: 提案提交截止时间：2019年1月15日中午12：00. What comes a minute
// later is made between sessions.
func TestTheClosingHourOfAPlenaryDecides(t *testing.T) {
	at := func(s string) time.Time {
		parsed, err := time.Parse(time.RFC3339, s)
		require.NoError(t, err)
		return parsed
	}
	rules := proposal.DefaultRules()
	rules.Plenaries = []proposal.PlenaryTime{{Session: "十五届三次会议", Opens: at("2018-10-15T00:00:00+08:00"), Closes: at("2019-01-15T12:00:00+08:00")}}
	for submitted, want := range map[string]proposal.Timing{
		"2018-10-14T23:59:59+08:00": proposal.Ordinary, "2018-10-15T00:00:00+08:00": proposal.Plenary,
		"2019-01-15T12:00:00+08:00": proposal.Plenary, "2019-01-15T12:01:00+08:00": proposal.Ordinary,
	} {
		h := newHouse(t, workflow.WithRules("", rules), workflow.WithNow(func() time.Time { return at(submitted) }))
		p := h.take(h.draft().ID, step{member, proposal.Submit{}})
		require.Equal(t, want, p.Timing, submitted)
	}
	rules.Plenaries[0].Closes = rules.Plenaries[0].Opens
	_, err := proposal.New(memory.New(), workflow.WithRules("", rules))
	require.ErrorContains(t, err, "plenaries[0].closes")
}

// caseflow#9218, trailmix#145: a mistyped year was taken, and the case was stuck.
func TestAMistypedYearIsRefused(t *testing.T) {
	h := newHouse(t)
	p := h.to("submitted", "")
	year := func(y int) workflow.DoOption { return workflow.Happened(time.Date(y, 4, 1, 0, 0, 0, 0, time.UTC)) }
	_, err := h.Do(context.Background(), committee, p.ID, proposal.Receive{}, year(2204))
	require.Equal(t, "at future", reasons(t, err))
	h.take(p.ID, step{committee, proposal.Receive{}})
}
