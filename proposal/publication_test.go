package proposal_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// The text and the reply of each unit are published or withheld each by itself,
// and a reason is kept for what is not.
func TestTextAndRepliesArePublishedApart(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.take(h.to("filed", "1").ID, then(
		[]step{{office, proposal.Assign{Separate: []string{"market", "banking"}}}, {clerk("market"), proposal.Accept{}}, {clerk("banking"), proposal.Accept{}}},
		reply("market"))...)
	_, err := h.Do(ctx, committee, p.ID, proposal.PublishReply{Unit: "banking", Text: "已办理。"})
	require.Equal(t, "unit no_reply", reasons(t, err))
	_, err = h.Do(ctx, committee, p.ID, proposal.WithholdReply{Unit: "market"})
	require.Equal(t, "reason empty", reasons(t, err))

	p = h.take(p.ID, then([]step{{committee, proposal.PublishReply{Unit: "market", Text: "已办理。"}}}, reply("banking"),
		[]step{{office, proposal.WithholdReply{Unit: "banking", Reason: "涉及商业秘密"}}, {committee, proposal.Withhold{Reason: "提案者要求"}}})...)
	require.Equal(t, "涉及商业秘密", p.Part("banking").Publication.Reason)
	require.Equal(t, 1, p.Part("market").Publication.Reply)
	notice, ok := p.Notice()
	require.True(t, ok)
	require.Equal(t, proposal.Notice{Replies: []proposal.NoticeReply{{Unit: "market", Text: "已办理。", At: p.Part("market").Publication.At}}}, notice)
	h.sound()
}

// An anonymous reader sees what Notice says, and nothing else, whatever has
// happened to the case.
func TestNothingLeaksBesideTheNotice(t *testing.T) {
	ctx := context.Background()
	anyone := proposal.Actor{ID: "x", Body: "xiushan"}
	for _, e := range every {
		h := newHouse(t)
		p := h.to(e.situation, "2024-001")
		p = h.take(p.ID, e.step)
		notice, ok := p.Notice()
		seen, err := h.As(anyone).Get(ctx, p.ID)
		if !ok {
			require.ErrorIs(t, err, workflow.ErrNotFound, e.do.Event())
			continue
		}
		require.NoError(t, err)
		again, ok := seen.Notice()
		require.True(t, ok)
		require.Equal(t, notice, again)
		var only proposal.Proposal
		if !notice.At.IsZero() {
			only.Publication = &proposal.Publication{Title: notice.Title, Text: notice.Text, At: notice.At}
		}
		for _, r := range notice.Replies {
			only.Parts = append(only.Parts, proposal.Part{Unit: r.Unit, Publication: &proposal.Publication{Text: r.Text, At: r.At}})
		}
		only.Honours = notice.Honours
		want, err := json.Marshal(&only)
		require.NoError(t, err)
		got, err := json.Marshal(seen)
		require.NoError(t, err)
		require.JSONEq(t, string(want), string(got), e.do.Event())
		require.Empty(t, seen.Tracks)
		require.Empty(t, seen.Clocks)
	}
}

// Marked words and contact data are published once somebody with the right has
// allowed just these words; the last that was said of them counts.
func TestMarkedPassagesArePublishedOnlyWhenAllowed(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.take(h.to("filed", "1").ID, step{member, proposal.MarkPassage{Words: "某某公司", Reason: "商业秘密"}})
	refused := func(text, want string) {
		t.Helper()
		before := h.everything()
		_, err := h.Do(ctx, committee, p.ID, proposal.Publish{Title: "题", Text: text})
		require.Equal(t, want, reasons(t, err))
		require.Equal(t, before, h.everything())
	}
	refused("由某某公司承建，电话023-68781234", "contact_data marked_passage")
	_, err := h.Do(ctx, member, p.ID, proposal.AllowPassage{Words: "某某公司", Reason: "已公告"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	h.take(p.ID, step{committee, proposal.AllowPassage{Words: "023-68781234", Reason: "单位公开电话"}})
	refused("由某某公司承建，电话023-68781234", "marked_passage")
	h.take(p.ID, step{committee, proposal.AllowPassage{Words: "某某公司", Reason: "中标已公告"}},
		step{committee, proposal.Publish{Title: "题", Text: "由某某公司承建，电话023-68781234"}})
	h.take(p.ID, step{member, proposal.MarkPassage{Words: "某某公司", Reason: "仍有异议"}}, step{committee, proposal.Withhold{Reason: "待核"}})
	refused("由某某公司承建", "marked_passage")
	refused("电话023-68781235", "contact_data")
}

// What was published is closed to the public as soon as words of it are marked, and
// opened by a decision in which they do not stand, or by letting them pass.
func TestAMarkClosesWhatHasBeenPublished(t *testing.T) {
	ctx := context.Background()
	anyone := proposal.Actor{ID: "x", Body: "xiushan"}
	h := newHouse(t)
	p := h.take(h.to("replied", "1").ID, step{committee, proposal.Publish{Title: "题", Text: "由某某公司承建。"}},
		step{committee, proposal.PublishReply{Unit: "market", Text: "已办理。"}}, step{member, proposal.MarkPassage{Words: "某某公司", Reason: "未经核实"}})
	notice, ok := p.Notice()
	require.True(t, ok)
	require.Empty(t, notice.Text+notice.Title)
	require.Len(t, notice.Replies, 1, "the reply has nothing of it")
	p = h.take(p.ID, step{member, proposal.MarkPassage{Words: "已办理", Reason: "不实"}})
	_, ok = p.Notice()
	require.False(t, ok)
	_, err := h.As(anyone).Get(ctx, p.ID)
	require.ErrorIs(t, err, workflow.ErrNotFound)
	found, err := h.Find(ctx, "", 0, store.Match{Attr: "published", Op: store.Is, Values: []string{"yes"}})
	require.NoError(t, err)
	require.Empty(t, found)

	p = h.take(p.ID, step{committee, proposal.AllowPassage{Words: "某某公司", Reason: "已公告"}})
	notice, ok = p.Notice()
	require.True(t, ok)
	require.Equal(t, "由某某公司承建。", notice.Text)
	seen, err := h.As(anyone).Get(ctx, p.ID)
	require.NoError(t, err)
	require.Empty(t, seen.Parts)
	h.sound()
}

// Where a definition asks for two pairs of eyes on a publication, those who wrote,
// drafted or marked are one of them, whatever else they are.
func TestTwoPairsOfEyesOnAPublication(t *testing.T) {
	ctx := context.Background()
	watched := named(proposal.Nine(), "watched")
	for _, track := range watched.Tracks {
		for i := range track.Transitions {
			switch track.Transitions[i].Event {
			case "publish", "withhold", "publish_reply", "withhold_reply", "allow_passage":
				track.Transitions[i].Guards = append(track.Transitions[i].Guards, "four_eyes")
			case "urge":
				track.Transitions[i].Guards = []string{"four_eyes"}
			}
		}
	}
	h := newHouse(t, workflow.WithDefinition(proposal.Kind, watched), workflow.WithUse(proposal.Kind, "", "watched"))
	also := func(a proposal.Actor, role string) proposal.Actor {
		a.Roles = append(slices.Clone(a.Roles), role)
		return a
	}
	p := h.take(h.to("handling", "1").ID, step{office, proposal.MarkPassage{Words: "某某公司", Reason: "商业秘密"}})
	_, err := h.Do(ctx, office, p.ID, proposal.Urge{})
	require.Equal(t, "two_sides_unknown", reasons(t, err), "a guard that cannot tell does not agree")
	p = h.take(p.ID, reply("market")...)
	for name, s := range map[string]step{
		"the proposer":             {also(member, "committee"), proposal.Publish{Title: "题"}},
		"the proposer's no":        {also(member, "office"), proposal.Withhold{Reason: "隐私"}},
		"whoever drafted":          {also(clerk("market"), "office"), proposal.PublishReply{Unit: "market", Text: "已办。"}},
		"whoever drafted, his no":  {also(clerk("market"), "office"), proposal.WithholdReply{Unit: "market", Reason: "隐私"}},
		"whoever marked the words": {also(office, "committee"), proposal.AllowPassage{Words: " 某某公司", Reason: "已公告"}},
	} {
		_, err := h.Do(ctx, s.who, p.ID, s.do)
		require.Equal(t, "same_person", reasons(t, err), name)
	}
	h.take(p.ID, step{committee, proposal.AllowPassage{Words: "某某公司", Reason: "已公告"}}, step{committee, proposal.Publish{Title: "题"}},
		step{office, proposal.Withhold{Reason: "隐私"}}, step{office, proposal.PublishReply{Unit: "market", Text: "已办。"}})
	h.sound()
}
