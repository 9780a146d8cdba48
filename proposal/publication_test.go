package proposal_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
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
