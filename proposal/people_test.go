package proposal_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// A draft that is open to be seconded is seen and seconded by any member of its
// body until the day, and by nobody before, after, or from elsewhere.
func TestAnyMemberSecondsUntilTheDay(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2024, 3, 4, 9, 0, 0, 0, shanghai)
	h := newHouse(t, workflow.WithNow(func() time.Time { return now }))
	p := h.draft()
	_, err := h.As(third).Get(ctx, p.ID)
	require.ErrorIs(t, err, workflow.ErrNotFound)
	_, err = h.Do(ctx, third, p.ID, proposal.Second{})
	require.Error(t, err)
	_, err = h.Do(ctx, member, p.ID, proposal.OpenSeconding{Until: day("2024-03-03")})
	require.Equal(t, "until out_of_range", reasons(t, err))
	p = h.take(p.ID, step{member, proposal.OpenSeconding{Until: day("2024-03-20")}})
	require.True(t, p.Draft())
	seen, err := h.As(third).Get(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, p.Title, seen.Title)
	_, err = h.As(neighbour).Get(ctx, p.ID)
	require.ErrorIs(t, err, workflow.ErrNotFound)
	_, err = h.Do(ctx, neighbour, p.ID, proposal.Second{})
	require.ErrorIs(t, err, workflow.ErrDenied)
	_, err = h.Do(ctx, member, p.ID, proposal.Second{})
	require.Equal(t, "id proposer", reasons(t, err))

	p = h.take(p.ID, step{member, proposal.Invite{ID: another.ID}}, step{another, proposal.Second{}}, step{third, proposal.Second{Name: "李四"}})
	require.Equal(t, 2, p.Consented())
	require.Equal(t, proposal.Joint, p.Proposer.Kind)
	_, err = h.Do(ctx, third, p.ID, proposal.Second{})
	require.Equal(t, "id duplicate", reasons(t, err))
	now = time.Date(2024, 3, 20, 23, 59, 0, 0, shanghai)
	h.take(p.ID, step{person("m-5", "", "member"), proposal.Second{}})
	now = time.Date(2024, 3, 21, 0, 1, 0, 0, shanghai)
	_, err = h.Do(ctx, person("m-4", "", "member"), p.ID, proposal.Second{})
	require.Equal(t, "too_late", reasons(t, err))
	_, err = h.Sweep(ctx, now)
	require.NoError(t, err)
	p = h.take(p.ID)
	require.Equal(t, "draft", p.State)
	_, err = h.As(person("m-4", "", "member")).Get(ctx, p.ID)
	require.ErrorIs(t, err, workflow.ErrNotFound)
	h.sound()
}

// The first signer hands over to a co-signer and stays one, or goes; a committee
// hands over for whoever has left the conference.
func TestTheFirstSignerHandsOver(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.to("consented", "")
	_, err := h.Do(ctx, member, p.ID, proposal.HandOver{To: third.ID, Reason: "工作调动"})
	require.Equal(t, "to unknown", reasons(t, err))
	_, err = h.Do(ctx, another, p.ID, proposal.HandOver{To: another.ID, Reason: "x"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	p = h.take(p.ID, step{member, proposal.HandOver{To: another.ID, Stay: true, Reason: "工作调动"}})
	require.Equal(t, proposal.Proposer{Kind: proposal.Joint, ID: another.ID}, p.Proposer)
	require.Equal(t, 1, p.Consented())
	_, err = h.Do(ctx, member, p.ID, proposal.Submit{})
	require.ErrorIs(t, err, workflow.ErrDenied)
	p = h.take(p.ID, step{another, proposal.Submit{}}, step{committee, proposal.HandOver{To: third.ID, Name: "李四", Reason: "已不再担任委员"}})
	require.Equal(t, third.ID, p.Proposer.ID)
	require.Len(t, p.Handed, 2)
	require.Equal(t, another.ID, p.Handed[1].From.ID)
	h.take(p.ID, step{third, proposal.Withdraw{}})

	alone := h.take(h.to("consented", "").ID, step{member, proposal.HandOver{To: another.ID, Reason: "离任"}})
	require.Equal(t, proposal.Member, alone.Proposer.Kind)
	h.sound()
}

// Several bodies propose together: an organisation consents through its people,
// and an account of the same ID is not taken for it.
func TestOrganisationsCosignThroughTheirPeople(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	party := proposal.Actor{ID: "j-1", Body: "xiushan", Unit: "九三学社", Roles: []string{"party"}}
	union := proposal.Actor{ID: "g-1", Body: "xiushan", Unit: "总工会", Roles: []string{"organisation"}}
	p, err := h.Open(ctx, party, proposal.Draft{Title: "联合提案", Proposer: proposal.Proposer{Kind: proposal.JointBodies, ID: "九三学社"}})
	require.NoError(t, err)
	p = h.take(p.ID, step{party, proposal.Invite{ID: "总工会", Organisation: true}}, step{party, proposal.Invite{ID: "总工会"}})
	require.Len(t, p.Cosigners, 2, "the organisation and a member whose account is spelled alike")
	_, err = h.Do(ctx, proposal.Actor{ID: "总工会", Body: "xiushan"}, p.ID, proposal.Consent{Organisation: true})
	require.Error(t, err)
	p = h.take(p.ID, step{union, proposal.Consent{Organisation: true}})
	require.Equal(t, 1, p.Consented())
	_, err = h.As(union).Get(ctx, p.ID)
	require.NoError(t, err)
	p = h.take(p.ID, step{proposal.Actor{ID: "总工会", Body: "xiushan"}, proposal.Decline{}}, step{union, proposal.Leave{Organisation: true}})
	require.Zero(t, p.Consented())
	h.sound()
}

// How many co-signers there are to be hangs on who proposes.
func TestTheLeastNumberOfCosignersHangsOnTheKind(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t, withDefault(guarded(proposal.Nine(), "three", "", "submit", "cosigners:3,member,joint"))...)
	_, err := h.Do(ctx, member, h.to("consented", "").ID, proposal.Submit{})
	require.Equal(t, "too_few_cosigners", reasons(t, err))
	party := proposal.Actor{ID: "j-1", Body: "xiushan", Unit: "九三学社", Roles: []string{"party"}}
	p, err := h.Open(ctx, party, proposal.Draft{Title: "党派提案", Proposer: proposal.Proposer{Kind: proposal.Party}})
	require.NoError(t, err)
	h.take(p.ID, step{party, proposal.Submit{}})
	d := guarded(proposal.Nine(), "typo", "", "submit", "cosigners:3,membr")
	_, err = proposal.New(h.store, withDefault(d)...)
	require.ErrorContains(t, err, "membr")
}

// Nobody decides on their own proposal, nor on one from which they stand back.
func TestWhoHasAnInterestDoesNotDecide(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	both := proposal.Actor{ID: "m-1", Body: "xiushan", Roles: []string{"member", "committee"}}
	p := h.to("reviewing", "")
	_, err := h.Do(ctx, both, p.ID, proposal.File{Number: "1"})
	require.Equal(t, "own_proposal", reasons(t, err))
	p = h.take(p.ID, step{committee, proposal.Recuse{Reason: "亲属所在单位"}})
	_, err = h.Do(ctx, committee, p.ID, proposal.Refuse{Reason: "empty"})
	require.Equal(t, "recused", reasons(t, err))
	_, err = h.Do(ctx, committee, p.ID, proposal.Recuse{Reason: "亲属所在单位"})
	require.Equal(t, "who duplicate", reasons(t, err))
	h.take(p.ID, step{person("c-2", "", "committee"), proposal.File{Number: "1"}})
}

// listedUnits is a list with two offices, a unit that is no more, and what became of it.
func listedUnits() proposal.Rules {
	rules := proposal.DefaultRules()
	rules.Units = []proposal.Unit{
		{ID: "market", Kind: "government", Office: "gov-office"}, {ID: "banking", Kind: "government", Office: "gov-office"},
		{ID: "youth", Kind: "party", Office: "party-office"},
		{ID: "old", Kind: "government", Office: "gov-office", Until: day("2024-03-01"), Into: []string{"market"}},
	}
	return rules
}

// Each office assigns its own units, as was proposed before; a unit that is no
// more is refused with what it is now.
func TestOfficesAssignTheirOwnUnits(t *testing.T) {
	ctx := context.Background()
	d := guarded(proposal.Nine(), "offices", "", "assign", "own_units")
	h := newHouse(t, append(withDefault(d), workflow.WithRules("", listedUnits()))...)
	government, party := person("o-1", "gov-office", "office"), person("o-2", "party-office", "office")
	p := h.to("filed", "1")
	_, err := h.Do(ctx, committee, p.ID, proposal.PreAssign{Assign: proposal.Assign{Lead: "old"}})
	require.Equal(t, "lead gone", reasons(t, err))
	require.ErrorContains(t, err, "market")
	several := proposal.PreAssign{Assign: proposal.Assign{Lead: "market", With: []string{"old"}, Co: []string{"old"}, Separate: []string{"old"}}}
	for range 10 {
		_, err = h.Do(ctx, committee, p.ID, several)
		require.Equal(t, "with[0] gone", reasons(t, err), "the first that is wrong")
	}
	_, err = h.Do(ctx, government, p.ID, proposal.Assign{Lead: "nowhere"})
	require.Equal(t, "other_office", reasons(t, err))
	p = h.take(p.ID, step{committee, proposal.PreAssign{Assign: proposal.Assign{Lead: "youth", Co: []string{"market"}}}})
	require.Equal(t, "youth", p.Proposed.Units.Lead)
	_, err = h.Do(ctx, government, p.ID, proposal.Assign{})
	require.Equal(t, "other_office", reasons(t, err))
	p = h.take(p.ID, step{party, proposal.Assign{}})
	require.Equal(t, proposal.Lead, p.Part("youth").Role)
	require.Equal(t, proposal.Co, p.Part("market").Role)

	for _, change := range []func(*proposal.Rules){
		func(r *proposal.Rules) { r.Units[1].ID = "market" },
		func(r *proposal.Rules) { r.Units[1].ID = "ｍａｒｋｅｔ" },
		func(r *proposal.Rules) { r.Units[3].Into = []string{"nowhere"} },
		func(r *proposal.Rules) { r.Units[0].ID = "" },
	} {
		bad := listedUnits()
		change(&bad)
		_, err = proposal.New(h.store, workflow.WithRules("", bad))
		require.ErrorIs(t, err, workflow.ErrInvalid)
	}
}

// A unit that takes another's place does what is still to be done, under the name
// the part was given; whoever was there before does no more.
func TestASuccessorActsUnderTheOldName(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.take(h.to("handling", "1").ID, step{office, proposal.Succeed{Unit: "market", To: "commerce", Reason: "机构改革"}})
	_, err := h.Do(ctx, clerk("market"), p.ID, proposal.Reply{Text: "已办理。"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	_, err = h.As(clerk("market")).Get(ctx, p.ID)
	require.ErrorIs(t, err, workflow.ErrNotFound)
	_, err = h.Do(ctx, office, p.ID, proposal.Succeed{Unit: "market", To: "commerce", Reason: "再次"})
	require.Equal(t, "to duplicate", reasons(t, err))
	page, err := h.As(clerk("commerce")).Page(ctx, workflow.Query{List: "open_parts"})
	require.NoError(t, err)
	require.Len(t, page.Cases, 1)
	p = h.take(p.ID, step{clerk("commerce"), proposal.Reply{Text: "已办理。", Class: "a"}}, step{chief("commerce"), proposal.IssueReply{Unit: "market"}})
	require.Equal(t, "replied", p.State)
	require.Equal(t, "market", p.Parts[0].Unit)
	require.ElementsMatch(t, []string{p.ID}, h.found("unit", store.Is, "commerce"))
	h.sound()
}
