package proposal_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// Whatever is refused is refused clearly, for programs and for people in two
// languages, and leaves no trace in the store.
func TestRefusals(t *testing.T) {
	granted := func(role, body string) proposal.Actor {
		a := overseer
		a.Grants = []workflow.Grant{{Role: role, Body: body}}
		return a
	}
	both := func(a proposal.Actor, roles ...string) proposal.Actor {
		a.Roles = append(roles, a.Roles...)
		return a
	}
	for _, c := range []struct {
		name      string
		situation string // "" for opening
		who       proposal.Actor
		do        proposal.Action
		options   []workflow.DoOption
		sentinel  error
		code      string // of the error
		reasons   string // codes of the blockers or of the field that is wrong
	}{
		// who may not
		{"no actor", "draft", proposal.Actor{Body: "xiushan", Roles: []string{"committee"}}, proposal.Submit{}, nil, workflow.ErrDenied, "denied", "no_actor"},
		{"without the role", "submitted", office, proposal.File{Number: "9"}, nil, workflow.ErrDenied, "denied", "no_role"},
		{"without any role", "submitted", nobody, proposal.Receive{}, nil, workflow.ErrDenied, "denied", "no_role"},
		{"a relation claimed as a role", "draft", both(another, "proposer"), proposal.Submit{}, nil, workflow.ErrDenied, "denied", "no_role"},
		{"the system's own role claimed", "handling", both(office, "system"), redo{"market"}, nil, workflow.ErrDenied, "denied", "no_role"},
		{"another unit accepts", "assigned", clerk("banking"), proposal.Accept{}, nil, workflow.ErrDenied, "denied", "no_role"},
		{"another unit replies", "handling", clerk("banking"), proposal.Reply{Text: "x"}, nil, workflow.ErrDenied, "denied", "no_role"},
		{"another unit issues the reply", "drafted", chief("banking"), proposal.IssueReply{Unit: "market"}, nil, workflow.ErrDenied, "denied", "no_role"},
		{"a unit on a part that is not there", "drafted", chief("market"), proposal.IssueReply{Unit: "banking"}, nil, workflow.ErrDenied, "denied", "no_role"},
		{"the office on a part that is not there", "drafted", office, proposal.IssueReply{Unit: "banking"}, nil, workflow.ErrRefused, "refused", "no_instance"},
		{"another body", "submitted", neighbour, proposal.Receive{}, nil, workflow.ErrDenied, "denied", "other_body"},
		{"another body, as if the proposer's account", "draft", proposal.Actor{ID: member.ID, Body: "jiulongpo", Roles: []string{"member"}}, proposal.Submit{}, nil, workflow.ErrDenied, "denied", "other_body"},
		{"a grant beside the tree's branch", "submitted", granted("committee", "jiulongpo"), proposal.Receive{}, nil, workflow.ErrDenied, "denied", "other_body"},
		{"a grant of another role", "submitted", granted("office", "chongqing"), proposal.Receive{}, nil, workflow.ErrDenied, "denied", "no_role"},
		{"a grant of a relation", "draft", granted("proposer", "chongqing"), proposal.Submit{}, nil, workflow.ErrDenied, "denied", "other_body"},
		{"another's draft: revise", "draft", another, proposal.Revise{Title: "改"}, nil, workflow.ErrDenied, "denied", "no_role"},
		{"another's draft: submit", "draft", another, proposal.Submit{}, nil, workflow.ErrDenied, "denied", "no_role"},
		{"another's draft: withdraw", "draft", committee, proposal.Withdraw{}, nil, workflow.ErrDenied, "denied", "no_role"},
		{"another's invitation", "invited", third, proposal.Consent{}, nil, workflow.ErrDenied, "denied", "no_role"},
		{"a co-signer who has not consented", "invited", another, proposal.Research{Topic: "x"}, nil, workflow.ErrDenied, "denied", "no_role"},
		{"opening without the role", "", office, proposal.Draft{Title: "x"}, nil, workflow.ErrDenied, "denied", "no_role"},
		{"opening without an account", "", proposal.Actor{Body: "xiushan", Roles: []string{"member"}}, proposal.Draft{Title: "x"}, nil, workflow.ErrDenied, "denied", "no_actor"},

		// what may not happen now
		{"from the wrong state", "draft", committee, proposal.File{Number: "9"}, nil, workflow.ErrRefused, "refused", "wrong_state"},
		{"a part from the wrong state", "assigned", clerk("market"), proposal.Reply{Text: "x"}, nil, workflow.ErrRefused, "refused", "wrong_state"},
		{"beside the wrong state", "filed", office, proposal.AddUnits{Units: []string{"x"}}, nil, workflow.ErrRefused, "refused", "wrong_state"},
		{"with an invitation open", "invited", member, proposal.Submit{}, nil, workflow.ErrRefused, "refused", "cosigner_open"},
		{"filing without a number", "reviewing", committee, proposal.File{}, nil, workflow.ErrRefused, "refused", "no_number"},
		{"filing under a taken number", "reviewing", committee, proposal.File{Number: "taken"}, nil, workflow.ErrRefused, "refused", "taken"},
		{"the drafter issues the reply", "drafted", clerk("market"), proposal.IssueReply{Unit: "market"}, nil, workflow.ErrRefused, "refused", "same_person"},
		{"closing under supervision", "replied and supervised", committee, proposal.Close{}, nil, workflow.ErrRefused, "refused", "supervised"},
		{"an event that no line has", "draft", member, unheardOf{}, nil, workflow.ErrRefused, "refused", "unknown_event"},
		{"on a stale revision", "submitted", committee, proposal.Receive{}, []workflow.DoOption{workflow.IfRevision(1)}, workflow.ErrConflict, "conflict", ""},
		{"on a revision that is still to come", "submitted", committee, proposal.Receive{}, []workflow.DoOption{workflow.IfRevision(3)}, workflow.ErrConflict, "conflict", ""},

		// what is wrong in itself
		{"unknown category", "draft", member, proposal.Revise{Title: "x", Category: "military"}, nil, workflow.ErrInvalid, "invalid", "category unknown"},
		{"empty title", "draft", member, proposal.Revise{}, nil, workflow.ErrInvalid, "invalid", "title empty"},
		{"blank title", "draft", member, proposal.Revise{Title: " 　\t"}, nil, workflow.ErrInvalid, "invalid", "title empty"},
		{"10 MB title", "draft", member, proposal.Revise{Title: strings.Repeat("x", 10<<20)}, nil, workflow.ErrInvalid, "invalid", "title too_long"},
		{"title that is not UTF-8", "draft", member, proposal.Revise{Title: "\xff"}, nil, workflow.ErrInvalid, "invalid", "title not_utf8"},
		{"title over two lines", "draft", member, proposal.Revise{Title: "a\nb"}, nil, workflow.ErrInvalid, "invalid", "title control_character"},
		{"too many suggestions", "draft", member, proposal.Revise{Title: "x", Text: proposal.Text{Suggestions: make([]string, proposal.MaxSuggestions+1)}}, nil, workflow.ErrInvalid, "invalid", "text.suggestions too_many"},
		{"more than a record holds", "draft", member, proposal.Revise{Title: "x", Text: proposal.Text{Suggestions: repeated(strings.Repeat("字", proposal.MaxText), 30)}}, nil, workflow.ErrInvalid, "invalid", ""},
		{"opening with an unknown category", "", member, proposal.Draft{Title: "x", Category: "military"}, nil, workflow.ErrInvalid, "invalid", "category unknown"},
		{"opening with an empty title", "", member, proposal.Draft{}, nil, workflow.ErrInvalid, "invalid", "title empty"},
		{"opening with a 10 MB title", "", member, proposal.Draft{Title: strings.Repeat("x", 10<<20)}, nil, workflow.ErrInvalid, "invalid", "title too_long"},
		{"opening with a title that is not UTF-8", "", member, proposal.Draft{Title: "\xff"}, nil, workflow.ErrInvalid, "invalid", "title not_utf8"},
		{"opening in an unknown kind of proposer", "", member, proposal.Draft{Title: "x", Proposer: proposal.Proposer{Kind: "robot"}}, nil, workflow.ErrInvalid, "invalid", "proposer.kind unknown"},
		{"opening at an unknown time", "", member, proposal.Draft{Title: "x", Timing: "tomorrow"}, nil, workflow.ErrInvalid, "invalid", "timing unknown"},
		{"opening in the year 20240", "", member, proposal.Draft{Title: "x", Year: 20240}, nil, workflow.ErrInvalid, "invalid", "year out_of_range"},
		{"an actor that is not UTF-8", "draft", proposal.Actor{ID: "m\xff", Body: "xiushan", Roles: []string{"member"}}, proposal.Submit{}, nil, workflow.ErrInvalid, "invalid", "actor.id not_utf8"},
		{"a unit that is not UTF-8", "assigned", person("x", "market\xff"), proposal.Accept{}, nil, workflow.ErrInvalid, "invalid", "actor.unit not_utf8"},
		{"a command that is not UTF-8", "draft", member, proposal.Submit{}, []workflow.DoOption{workflow.Command("\xff")}, workflow.ErrInvalid, "invalid", "command not_utf8"},
		{"a command of a kilobyte", "draft", member, proposal.Submit{}, []workflow.DoOption{workflow.Command(strings.Repeat("x", 1024))}, workflow.ErrInvalid, "invalid", "command too_long"},
		{"a time before the last entry", "draft", member, proposal.Submit{}, []workflow.DoOption{workflow.Happened(time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC).AddDate(-1, 0, 0))}, workflow.ErrInvalid, "invalid", "at too_early"},
		{"a nil action", "draft", member, nil, nil, workflow.ErrInvalid, "invalid", "action empty"},
		{"a nil pointer as action", "draft", member, (*proposal.Submit)(nil), nil, workflow.ErrInvalid, "invalid", "action empty"},
		{"an action that is no JSON", "draft", member, unwritable{Do: func() {}}, nil, workflow.ErrInvalid, "invalid", "action unencodable"},
		{"unknown reason for refusing", "reviewing", committee, proposal.Refuse{Reason: "dislike"}, nil, workflow.ErrInvalid, "invalid", "reason unknown"},
		{"unknown answer class", "handling", clerk("market"), proposal.Reply{Text: "已办理。", Class: "z"}, nil, workflow.ErrInvalid, "invalid", "class unknown"},
		{"unknown opinion", "replied", member, proposal.GiveOpinion{Result: "delighted"}, nil, workflow.ErrInvalid, "invalid", "result unknown"},
		{"unknown attitude", "replied", member, proposal.GiveOpinion{Result: "satisfied", Attitude: "?"}, nil, workflow.ErrInvalid, "invalid", "attitude unknown"},
		{"unknown scale", "replied", member, proposal.GiveOpinion{Scale: "stars", Result: "satisfied"}, nil, workflow.ErrInvalid, "invalid", "scale unknown"},
		{"an opinion on no reply", "replied", member, proposal.GiveOpinion{Unit: "banking", Result: "satisfied"}, nil, workflow.ErrInvalid, "invalid", "unit unknown"},
		{"no unit", "filed", office, proposal.Assign{}, nil, workflow.ErrInvalid, "invalid", "lead empty"},
		{"co-units without a lead", "filed", office, proposal.Assign{Co: []string{"a"}}, nil, workflow.ErrInvalid, "invalid", "lead empty"},
		{"the lead as a unit beside it", "filed", office, proposal.Assign{Lead: "a", Separate: []string{"b", "a"}}, nil, workflow.ErrInvalid, "invalid", "separate duplicate"},
		{"a co-unit as a unit beside the lead", "filed", office, proposal.Assign{Lead: "a", Co: []string{"b"}, Separate: []string{"b"}}, nil, workflow.ErrInvalid, "invalid", "separate duplicate"},
		{"a party's proposal by one who acts for no unit", "", member, proposal.Draft{Title: "x", Proposer: proposal.Proposer{Kind: proposal.Party}}, nil, workflow.ErrInvalid, "invalid", "proposer.id empty"},
		{"six units suggested", "", member, proposal.Draft{Title: "x", SuggestedUnits: []string{"a", "b", "c", "d", "e", "f"}}, nil, workflow.ErrInvalid, "invalid", "suggested_units too_many"},
		{"a part moved without a reason", "assigned", office, proposal.Transfer{Unit: "market"}, nil, workflow.ErrInvalid, "invalid", "reason empty"},
		{"a part moved to the unit that has it", "assigned", office, proposal.Transfer{Unit: "market", To: []string{"market"}, Reason: "x"}, nil, workflow.ErrInvalid, "invalid", "to duplicate"},
		{"the same category again", "submitted", committee, proposal.Recategorise{Category: "nothing"}, nil, workflow.ErrInvalid, "invalid", "category unknown"},
		{"the lead as its own co-unit", "filed", office, proposal.Assign{Lead: "a", Co: []string{"a"}}, nil, workflow.ErrInvalid, "invalid", "co duplicate"},
		{"a unit twice", "filed", office, proposal.Assign{Separate: []string{"a", "a"}}, nil, workflow.ErrInvalid, "invalid", "separate[1] duplicate"},
		{"a unit with white space", "filed", office, proposal.Assign{Lead: "a "}, nil, workflow.ErrInvalid, "invalid", "lead white_space"},
		{"more units than there are", "filed", office, proposal.Assign{Separate: make([]string, proposal.MaxList+1)}, nil, workflow.ErrInvalid, "invalid", "separate too_many"},
		{"adding nobody", "handling", office, proposal.AddUnits{}, nil, workflow.ErrInvalid, "invalid", "units empty"},
		{"adding a unit that has a part", "handling", office, proposal.AddUnits{Units: []string{"market"}}, nil, workflow.ErrInvalid, "invalid", "units[0] duplicate"},
		{"an objection without a reason", "assigned", clerk("market"), proposal.Object{}, nil, workflow.ErrInvalid, "invalid", "reason empty"},
		{"two leads after an objection", "objecting", office, proposal.ApproveObjection{Unit: "market", To: []string{"a", "b"}}, nil, workflow.ErrInvalid, "invalid", "to mode"},
		{"a reopening of nothing", "closed", office, proposal.Reopen{Reason: "x"}, nil, workflow.ErrInvalid, "invalid", "units empty"},
		{"a reopening without a reason", "closed", office, proposal.Reopen{Units: []string{"market"}}, nil, workflow.ErrInvalid, "invalid", "reason empty"},
		{"a reopening of a unit twice", "closed", office, proposal.Reopen{Units: []string{"market", "market"}, Reason: "x"}, nil, workflow.ErrInvalid, "invalid", "units[1] duplicate"},
		{"a follow-up on an unknown unit", "closed", office, proposal.Follow{Unit: "nobody", Found: "x"}, nil, workflow.ErrInvalid, "invalid", "unit unknown"},
		{"inviting oneself", "draft", member, proposal.Invite{ID: member.ID}, nil, workflow.ErrInvalid, "invalid", "id proposer"},
		{"inviting twice", "invited", member, proposal.Invite{ID: another.ID}, nil, workflow.ErrInvalid, "invalid", "id duplicate"},
		{"a second number", "filed, then merged and undone", committee, merged{}, nil, workflow.ErrInvalid, "invalid", "action unregistered"},
		{"an action nobody has registered", "draft", member, unknown{}, nil, workflow.ErrInvalid, "invalid", "action unregistered"},
		{"an action that embeds another", "filed", committee, likePublish{proposal.Publish{Title: "x"}}, nil, workflow.ErrInvalid, "invalid", "action unregistered"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t)
			h.to("filed", "taken")
			id := ""
			switch c.situation {
			case "":
			case "replied and supervised":
				id = h.to("supervised", "2024-001").ID
				h.take(id, reply("market")...)
			case "filed, then merged and undone":
				id = h.to("filed", "2024-001").ID
			default:
				id = h.to(c.situation, "2024-001").ID
			}
			before := h.everything()

			var p *proposal.Proposal
			var err error
			if draft, opening := c.do.(proposal.Draft); opening {
				p, err = h.Open(context.Background(), c.who, draft, c.options...)
			} else {
				p, err = h.Do(context.Background(), c.who, id, c.do, c.options...)
			}
			require.ErrorIs(t, err, c.sentinel)
			require.Nil(t, p)
			require.Equal(t, c.code, workflow.Code(err))
			for _, other := range []error{workflow.ErrDenied, workflow.ErrRefused, workflow.ErrInvalid, workflow.ErrConflict, workflow.ErrNotFound} {
				require.Equal(t, errors.Is(c.sentinel, other), errors.Is(err, other), "%v is %v", err, other)
			}
			require.Less(t, len(err.Error()), 1000, "an error is not as long as what it is about")
			if c.reasons != "" {
				require.Equal(t, c.reasons, reasons(t, err))
			}
			require.Equal(t, before, h.everything(), "something has changed")
		})
	}
}

// reasons returns the codes by which an error says why.
func reasons(t testing.TB, err error) string {
	t.Helper()
	var blockers []workflow.Blocker
	var denied *workflow.DeniedError
	var refused *workflow.RefusedError
	var invalid *workflow.InvalidError
	switch {
	case errors.As(err, &invalid):
		require.NotEmpty(t, invalid.EN)
		require.NotEmpty(t, invalid.ZH)
		return invalid.Field + " " + invalid.Code
	case errors.As(err, &denied):
		blockers = []workflow.Blocker{denied.Reason}
	case errors.As(err, &refused):
		blockers = refused.Blockers
	}
	var codes []string
	for _, b := range blockers {
		codes = append(codes, b.Code)
		require.True(t, strings.ContainsFunc(b.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }), "%q is for people who read Chinese", b.ZH)
		require.NotEmpty(t, b.EN)
		require.Contains(t, err.Error(), b.EN)
	}
	return strings.Join(codes, " ")
}

func repeated(s string, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = s
	}
	return all
}

// redo, unheardOf and unwritable are actions that a user might write and
// register; merged, unknown and likePublish are not registered.
type redo struct{ Unit string }

func (redo) Event() string                                 { return "redo" }
func (r redo) Instance(proposal.Actor) string              { return r.Unit }
func (redo) Apply(*proposal.Act, *proposal.Proposal) error { return nil }

type unheardOf struct{}

func (unheardOf) Event() string                                 { return "fly" }
func (unheardOf) Apply(*proposal.Act, *proposal.Proposal) error { return nil }

type merged struct{}

func (merged) Event() string                                 { return "unmerge_filed" }
func (merged) Apply(*proposal.Act, *proposal.Proposal) error { return nil }

type unknown struct{}

func (unknown) Event() string                                 { return "swim" }
func (unknown) Apply(*proposal.Act, *proposal.Proposal) error { return nil }

type likePublish struct{ proposal.Publish }

type unwritable struct{ Do func() }

func (unwritable) Event() string                                 { return "do_not" }
func (unwritable) Apply(*proposal.Act, *proposal.Proposal) error { return nil }

// Someone of another body may do what a grant on the tree says, there and below.
func TestAGrantOnTheTreeAllows(t *testing.T) {
	h := newHouse(t)
	p := h.to("submitted", "")
	p = h.take(p.ID, step{overseer, proposal.Receive{}})
	history, err := h.History(context.Background(), p.ID)
	require.NoError(t, err)
	last := history[len(history)-1]
	require.Equal(t, []string{"s-1", "chongqing", "committee"}, []string{last.Actor, last.Body, last.Role})

	opener := overseer
	opener.Grants = []workflow.Grant{{Role: "member", Body: "chongqing"}}
	p, err = h.OpenIn(context.Background(), opener, "jiulongpo", proposal.Draft{Title: "协商平台"})
	require.NoError(t, err)
	require.Equal(t, "jiulongpo", p.Body)
	_, err = h.OpenIn(context.Background(), opener, "wanzhou", proposal.Draft{Title: "x"})
	require.ErrorIs(t, err, workflow.ErrInvalid)
	require.Equal(t, "body unknown", reasons(t, err))
}

// The errors of cases that are not there, or cannot be.
func TestAnUnknownCaseIsNotFound(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	_, err := h.Do(ctx, member, "nowhere", proposal.Submit{})
	require.ErrorIs(t, err, workflow.ErrNotFound)
	require.Equal(t, "not_found", workflow.Code(err))
	_, err = h.Choices(ctx, member, "nowhere")
	require.ErrorIs(t, err, workflow.ErrNotFound)
	_, err = h.Verify(ctx, "nowhere")
	require.ErrorIs(t, err, workflow.ErrNotFound)
	for id, want := range map[string]string{"": "id empty", "\xff": "id not_utf8", "a\x00": "id control_character", strings.Repeat("x", 129): "id too_long"} {
		_, err = h.Get(ctx, id)
		require.ErrorIs(t, err, workflow.ErrInvalid)
		require.Equal(t, want, reasons(t, err))
		_, err = h.History(ctx, id)
		require.ErrorIs(t, err, workflow.ErrInvalid)
	}
}
