package proposal_test

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// S38: what is unique cannot be had twice in another spelling.
func TestS38OneNumberInAnySpellingIsGivenOnce(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	require.Equal(t, "20240123", h.to("filed", "20240123").Number)
	other := h.to("reviewing", "")
	before := h.everything()
	for _, number := range []string{"20240123", "２０２４０１２３", "20240123\u200b", "2024\u00ad0123", "20240123\u3000", "第20240123号"} {
		_, err := h.Do(ctx, committee, other.ID, proposal.File{Number: number})
		require.Equal(t, "taken", reasons(t, err), "%q", number)
		require.Equal(t, before, h.everything())
	}
	for number, want := range map[string]string{"\u200b": "no_number", "第号": "no_number", "2024\x00": "number control_character"} {
		_, err := h.Do(ctx, committee, other.ID, proposal.File{Number: number})
		require.Equal(t, want, reasons(t, err), "%q", number)
	}
}

// F14: the list has 14, the letters of the units 第14号.
func TestF14ListAndLettersNumberOneProposal(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	p := h.to("filed", "第014号")
	require.Equal(t, "第014号", p.Number, "as it was printed")
	other := h.to("reviewing", "")
	for _, number := range []string{"14", "第14号", "14号", "提案第14号", "014"} {
		_, err := h.Do(ctx, committee, other.ID, proposal.File{Number: number})
		require.Equal(t, "taken", reasons(t, err), number)
		for _, op := range []store.Op{store.Is, store.Prefix, store.Contains} {
			require.Equal(t, []string{p.ID}, h.found("number", op, number), "%s %s", op, number)
		}
	}
}

// A session has one name in a hundred spellings, and its numbers are given once.
func TestNumbersAreOfTheSessionInAnySpelling(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	file := func(session string) error {
		p, err := h.Open(ctx, member, proposal.Draft{Title: "题", Session: session})
		require.NoError(t, err)
		p = h.take(p.ID, step{member, proposal.Submit{}})
		_, err = h.Do(ctx, committee, p.ID, proposal.File{Number: "7"})
		return err
	}
	err := file("十一届一次会议")
	require.NoError(t, err)
	for _, session := range []string{"11-1", "市政协十一届一次会议", "慈溪市政协十一届第一次会议"} {
		err = file(session)
		require.Equal(t, "taken", reasons(t, err), session)
		require.Len(t, h.found("session", store.Is, "第十一届第1次会议"), len(h.found("session", store.Is, session)))
	}
	require.Len(t, h.found("session", store.Is, "11-1"), 4)
	err = file("11-2")
	require.NoError(t, err)
}

// S68: names of characters nobody sees.
func TestS68NamesNobodySeesAreRefused(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	for title, want := range map[string]string{
		"\u200b": "title empty", "\u3164": "title empty", "\u202e": "title empty", "\u3000": "title empty",
		"关于\u200b人行道": "title invisible_character", "关于\u202e人行道": "title invisible_character", "\ue000人行道": "title invisible_character",
	} {
		_, err := h.Open(ctx, member, proposal.Draft{Title: title})
		require.Equal(t, want, reasons(t, err), "%q", title)
	}
	p := h.to("filed", "1")
	for place, action := range map[string]proposal.Action{
		"lead":        proposal.Assign{Lead: "市场监管局\u200b"},
		"co[0]":       proposal.Assign{Lead: "市场监管局", Co: []string{"文\u00ad旅局"}},
		"separate[1]": proposal.Assign{Separate: []string{"甲", "乙\u2060"}},
	} {
		_, err := h.Do(ctx, office, p.ID, action)
		require.Equal(t, place+" invisible_character", reasons(t, err))
	}
	_, err := h.Open(ctx, member, proposal.Draft{Title: "题", Text: proposal.Text{Background: "甲\u202e乙"}})
	require.Equal(t, "text.background invisible_character", reasons(t, err))
	_, err = h.Open(ctx, member, proposal.Draft{Title: "题", Proposer: proposal.Proposer{ID: "m\u200b"}})
	require.Equal(t, "proposer.id invisible_character", reasons(t, err))
}

// S98: text copied out of a PDF has radicals for ideographs.
func TestS98RadicalsOfAPDFAreFound(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	p, err := h.Open(ctx, member, proposal.Draft{Title: "关于⼈⾏道ＡＢ的提案", Session: "15-3"})
	require.NoError(t, err)
	for _, part := range []string{"人行道", "⼈⾏道", "人行道ab", "道ＡＢ"} {
		require.Equal(t, []string{p.ID}, h.found("title", store.Contains, part), part)
	}
	require.Equal(t, []string{p.ID}, h.found("title", store.Prefix, "关于人"))

	p = h.take(p.ID, step{member, proposal.Revise{Title: "题", Category: proposal.Economic, Text: proposal.Text{Suggestions: []string{"修"}}}},
		step{member, proposal.Submit{}}, step{committee, proposal.Receive{}}, step{committee, proposal.File{Number: "98"}})
	_, err = h.Do(ctx, office, p.ID, proposal.Assign{Lead: "文旅局", Co: []string{"⽂旅局"}})
	require.Equal(t, "co duplicate", reasons(t, err))
	_, err = h.Do(ctx, office, p.ID, proposal.Assign{Separate: []string{"文旅局（侨办）", "文旅局(侨办)"}})
	require.Equal(t, "separate[1] duplicate", reasons(t, err))

	// and the unit acts, whatever its account and the form write
	radicals := clerk("⽂旅局（侨办）")
	p = h.take(p.ID, step{office, proposal.Assign{Lead: "⽂旅局（侨办）"}})
	require.Equal(t, "文旅局（侨办）", p.Parts[0].Unit, "one name, as people print it")
	for _, unit := range []string{"文旅局（侨办）", "⽂旅局(侨办)"} {
		require.Equal(t, []string{p.ID}, h.found("unit", store.Is, unit))
		require.Equal(t, []string{p.ID}, h.found("lead", store.Is, unit))
		require.NotNil(t, p.Part(unit))
		require.Equal(t, "assigned", p.PartState(unit))
	}
	p = h.take(p.ID, step{radicals, proposal.Accept{}}, step{clerk("文旅局(侨办)"), proposal.Reply{Text: "复", Document: "慈教提（2017）6号"}},
		step{chief("⽂旅局（侨办）"), proposal.IssueReply{Unit: "⽂旅局(侨办)"}})
	require.Equal(t, "answered", p.PartState("文旅局（侨办）"))
	require.Equal(t, "慈教提〔2017〕6号", p.Parts[0].Reply().Document)
	p = h.take(p.ID, step{member, proposal.GiveOpinion{Unit: "⽂旅局(侨办)", Result: "dissatisfied"}})
	require.Equal(t, "文旅局（侨办）", p.Opinions[0].Unit)
	require.NotEqual(t, "answered", p.PartState("文旅局（侨办）"))
	h.sound()
}

// A25: a title of 100 MB is refused before it is encoded, or read.
func TestA25SizeIsLookedAtFirst(t *testing.T) {
	h := newHouse(t)
	huge := strings.Repeat("题", 100<<20/3)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := h.Open(context.Background(), member, proposal.Draft{Title: huge})
	runtime.ReadMemStats(&after)
	require.Equal(t, "title too_long", reasons(t, err))
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20))
}

// What is published holds no contact data, in either lifecycle.
func TestContactDataIsNotPublished(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	p := h.to("filed", "1")
	before := h.everything()
	for _, c := range []struct {
		publish proposal.Publish
		reasons string
	}{
		{proposal.Publish{Title: "题", Text: "联系138.1234.5678"}, "contact_data"},
		{proposal.Publish{Title: "题13800138000", Text: "身份证11010519491231002X，wang@example.com"}, "contact_data contact_data contact_data"},
		{proposal.Publish{Title: strings.Repeat("13800138000", 100)}, "title too_long"},
	} {
		_, err := h.Do(ctx, committee, p.ID, c.publish)
		require.Equal(t, c.reasons, reasons(t, err))
		require.Equal(t, before, h.everything())
	}
	_, err := h.Do(ctx, committee, p.ID, &proposal.Publish{Title: "题", Text: "电话：68781234"})
	require.ErrorContains(t, err, "text holds a phone number at byte 9")
	var refused *workflow.RefusedError
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "正文第9字节起有电话号码", refused.Blockers[0].ZH)
	require.Equal(t, "published", h.take(p.ID, step{committee, proposal.Publish{Title: "题", Text: "2024年3月8日，渝协发〔2021〕38号"}}).Track("publication", ""))
	for _, d := range []lifecycle.Definition{proposal.Nine(), proposal.Seven()} {
		for _, track := range d.Tracks {
			for _, transition := range track.Transitions {
				require.Equal(t, transition.Event == "publish" || transition.Event == "publish_reply", slices.Contains(transition.Guards, "redacted"), "%s %s", d.Name, transition.Event)
			}
		}
	}
}

// found returns the IDs of the proposals that answer one condition.
func (h *house) found(attr string, op store.Op, value string) (ids []string) {
	h.t.Helper()
	cases, err := h.Find(context.Background(), "", 0, store.Match{Attr: attr, Op: op, Values: []string{value}})
	require.NoError(h.t, err)
	for _, p := range cases {
		ids = append(ids, p.ID)
	}
	return ids
}
