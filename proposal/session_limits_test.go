package proposal_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// Limits as places print them: members' proposals of a plenary are answered by 30
// June and those of parties by 10 May, what comes between sessions in three months;
// elsewhere in five months from the close of the session. A co-signer has three
// hours in session and a day after.
func TestLimitsHangOnSessionTimingAndProposer(t *testing.T) {
	ctx := context.Background()
	byKind, bySession := named(proposal.Nine(), "by_kind"), named(proposal.Nine(), "by_session")
	for i := range byKind.Limits {
		switch l := &byKind.Limits[i]; l.Key {
		case "reply":
			l.Cap = ""
			l.Lengths = []lifecycle.When{
				{If: []string{"timing:plenary", "by:member"}, Length: "06-30"}, {If: []string{"timing:plenary", "by:party,group"}, Length: "05-10"},
			}
			bySession.Limits[i].Lengths = []lifecycle.When{{If: []string{"timing:plenary"}, Length: "5 months"}}
			bySession.Limits[i].From = proposal.PlenaryEnd
		case "cosign":
			l.Lengths = []lifecycle.When{{If: []string{"timing:plenary"}, Length: "3 hours"}}
		}
	}
	rules := proposal.DefaultRules()
	at := func(day string, hour int) time.Time {
		read, err := time.ParseInLocation(time.DateOnly, day, shanghai)
		require.NoError(t, err)
		return read.Add(time.Duration(hour) * time.Hour)
	}
	rules.Plenaries = []proposal.PlenaryTime{{Session: "15-3", Opens: at("2024-01-08", 9), Closes: at("2024-01-15", 12), Ends: at("2024-01-18", 12)}}
	member := proposal.Proposer{}
	party := proposal.Proposer{Kind: proposal.Party, ID: "minmeng"}
	for name, tc := range map[string]struct {
		use      string
		proposer proposal.Proposer
		submit   time.Time
		due      string
	}{
		"a member's":                {"by_kind", member, at("2024-01-10", 9), "2024-06-30"},
		"a party's":                 {"by_kind", party, at("2024-01-10", 9), "2024-05-10"},
		"a minute late":             {"by_kind", member, at("2024-01-15", 12).Add(time.Minute), "2024-04-22"},
		"from the close, in it":     {"by_session", member, at("2024-01-10", 9), "2024-06-18"},
		"from the close, after it":  {"by_session", member, at("2024-01-16", 9), "2024-04-18"},
		"a party's, after the hour": {"by_kind", party, at("2024-01-16", 9), "2024-04-22"},
	} {
		now := at("2024-01-09", 9)
		s, err := proposal.New(memory.New(), workflow.WithDefinition(proposal.Kind, byKind), workflow.WithDefinition(proposal.Kind, bySession),
			workflow.WithUse(proposal.Kind, "", tc.use), workflow.WithRules("", rules), workflow.WithNow(func() time.Time { return now }))
		require.NoError(t, err)
		who := aMember
		if tc.proposer.ID != "" {
			who = proposal.Actor{ID: "party", Body: "yinchuan", Unit: "minmeng", Roles: []string{"party"}}
		}
		p, err := s.Open(ctx, who, proposal.Draft{Title: "小店经济", Session: "15-3", Proposer: tc.proposer, Timing: proposal.Plenary})
		require.NoError(t, err, name)
		for _, step := range []struct {
			who proposal.Actor
			at  time.Time
			do  proposal.Action
		}{
			{who, tc.submit, proposal.Submit{}}, {aCommittee, at("2024-01-17", 9), proposal.File{Number: "1"}}, {anOffice, at("2024-01-22", 9), proposal.Assign{Lead: "market"}},
		} {
			now = step.at
			p, err = s.Do(ctx, step.who, p.ID, step.do)
			require.NoError(t, err, name)
		}
		require.Equal(t, tc.due, clockOf(t, p, "reply", "market").Due.String(), name)
	}

	now := at("2024-01-09", 9)
	s, err := proposal.New(memory.New(), workflow.WithDefinition(proposal.Kind, byKind), workflow.WithUse(proposal.Kind, "", "by_kind"), workflow.WithNow(func() time.Time { return now }))
	require.NoError(t, err)
	for timing, due := range map[proposal.Timing]string{proposal.Plenary: "2024-01-09 12:00", proposal.Ordinary: ""} {
		p, err := s.Open(ctx, aMember, proposal.Draft{Title: "小店经济", Timing: timing})
		require.NoError(t, err)
		p, err = s.Do(ctx, aMember, p.ID, proposal.Invite{ID: "m-2"})
		require.NoError(t, err)
		c := clockOf(t, p, "cosign", "m-2")
		if due == "" {
			require.Equal(t, "2024-01-10", c.Due.String())
			require.True(t, c.DueAt.IsZero())
			continue
		}
		require.Equal(t, due, c.DueAt.In(shanghai).Format("2006-01-02 15:04"))
	}

	wrong := named(proposal.Nine(), "wrong")
	wrong.Limits[0].Lengths = []lifecycle.When{{If: []string{"timing:sometimes"}, Length: "1 day"}}
	_, err = proposal.New(memory.New(), workflow.WithDefinition(proposal.Kind, wrong))
	require.ErrorContains(t, err, "limits[0].lengths[0].if[0]")
}
