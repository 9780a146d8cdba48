package proposal_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/quick"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// stored returns every byte that a store holds of a proposal.
func (h *house) stored(id string) string {
	s := got(h, id)
	all := fmt.Sprintf("%s %v", s.record.Data, s.record.Index)
	for _, l := range s.journal {
		all += "\n" + string(l.Data)
	}
	return all
}

// erase has a request decided by the committee.
func (h *house) erase(id string, a proposal.Erase) (*proposal.Proposal, error) {
	h.t.Helper()
	h.take(id, step{office, proposal.AskErasure{Reason: "应本人请求"}})
	if a.Reason == "" {
		a.Reason = "个人信息保护法第四十七条"
	}
	p, err := h.Do(context.Background(), committee, id, a)
	if err != nil {
		h.take(id, step{committee, proposal.RefuseErasure{Text: "不能"}})
	}
	return p, err
}

// S44: what has to be erased does not stay in the log. A telephone number and a
// name go from the record, from what the proposal is found by and from every entry;
// both verifiers find the history whole; whoever reads it sees what happened.
func TestS44WhatAPersonAsksForIsErasedEverywhere(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.to("handling", "2024-001")
	h.take(p.ID, step{clerk("market"), proposal.LogContact{Form: proposal.ByPhone, Text: "与张 小明（138 0013 8000）通话"}},
		step{clerk("market"), proposal.Reply{Responsible: "张小明", Text: "联系人张小明，１３８００１３８０００。", Class: "b"}},
		step{chief("market"), proposal.IssueReply{Unit: "market"}})
	h.take(p.ID, step{committee, proposal.Withhold{Reason: "含张小明电话"}})
	require.Contains(t, h.stored(p.ID), "张小明")

	p, err := h.erase(p.ID, proposal.Erase{Words: []string{"张小明"}, Contacts: true})
	require.NoError(t, err)
	held := h.stored(p.ID)
	for _, gone := range []string{"张小明", "张 小明", "0013 8000", "１３８００"} {
		require.NotContains(t, held, gone, gone)
	}
	require.Equal(t, "与***（***）通话", p.Parts[0].Contacts[0].Text)
	require.Equal(t, "***", p.Part("market").Reply().Responsible)
	require.Equal(t, "联系人***，***。", p.Part("market").Reply().Text)
	require.Equal(t, "b", p.Part("market").Reply().Class)
	require.Equal(t, "含***电话", p.Publication.Reason)
	h.sound()
	require.Empty(t, reread(t, h.store).Broken)

	history, err := h.As(committee).History(ctx, p.ID)
	require.NoError(t, err)
	last := history[len(history)-1]
	require.Equal(t, "erase", last.Event)
	require.Equal(t, committee.ID, last.Actor)
	require.Len(t, last.Erased, 3)
	for _, x := range last.Erased {
		require.Equal(t, []uint64{last.Seq}, history[x.Seq-1].ErasedBy)
		action, err := h.ActionOf(history[x.Seq-1])
		require.NoError(t, err, "what is left is still an action")
		require.Equal(t, history[x.Seq-1].Event, action.Event())
	}
	require.JSONEq(t, `{"reason":"个人信息保护法第四十七条","contacts":true}`, string(last.Action))
	require.Equal(t, []proposal.Erasure{{At: p.Erasures[0].At, By: office.ID, Reason: "应本人请求", Decided: last.At, Decider: committee.ID,
		Erased: true, Text: "个人信息保护法第四十七条"}}, p.Erasures)
	timeline, err := h.As(member).History(ctx, p.ID)
	require.NoError(t, err)
	require.NotEmpty(t, timeline[last.Erased[0].Seq-1].ErasedBy, "whoever sees when things happened sees that something was erased")

	h.take(p.ID, step{member, proposal.GiveOpinion{Result: "satisfied"}}, step{committee, proposal.Close{}})
	h.sound()
}

// Who asked does not decide, and who is not named may do neither.
func TestAnErasureTakesTwo(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.to("replied", "2024-001")
	erase := proposal.Erase{Reason: "应请求", Texts: true}
	_, err := h.Do(ctx, committee, p.ID, erase)
	require.Equal(t, "wrong_state", reasons(t, err), "nobody has asked")
	h.take(p.ID, step{committee, proposal.AskErasure{Reason: "应本人请求"}})
	_, err = h.Do(ctx, committee, p.ID, erase)
	require.Equal(t, "same_person", reasons(t, err))
	_, err = h.Do(ctx, office, p.ID, erase)
	require.ErrorIs(t, err, workflow.ErrDenied)
	second := committee
	second.ID = "c-2"
	h.take(p.ID, step{second, proposal.RefuseErasure{Text: "依法须保存"}})
	h.take(p.ID, step{committee, proposal.AskErasure{Reason: "再次请求"}}, step{second, erase})
	h.sound()
}

// What cannot be erased is refused, with the place, and nothing has changed.
func TestWhatHasToStayIsNamed(t *testing.T) {
	h := newHouse(t)
	p := h.to("replied", "2024-001")
	for name, c := range map[string]struct {
		erase  proposal.Erase
		reason string
	}{
		"a unit":               {proposal.Erase{Words: []string{"market"}}, "words[0] stands_in_key"},
		"an account":           {proposal.Erase{Words: []string{"无此", member.ID}}, "words[1] stands_in_key"},
		"nothing":              {proposal.Erase{}, "words empty"},
		"a blank":              {proposal.Erase{Words: []string{"\u200b"}}, "words[0] empty"},
		"one character":        {proposal.Erase{Words: []string{"的"}}, "words[0] too_short"},
		"the word as reason":   {proposal.Erase{Words: []string{"张三"}, Reason: "张 三请求"}, "reason names_it"},
		"no such entry":        {proposal.Erase{Entries: []uint64{99}}, "entries[0] unknown"},
		"what is nowhere":      {proposal.Erase{Words: []string{"无此词句"}}, "nothing_to_erase"},
		"more words than many": {proposal.Erase{Words: slices.Repeat([]string{"张三"}, 51)}, "words too_many"},
	} {
		before := len(got(h, p.ID).journal)
		_, err := h.erase(p.ID, c.erase)
		require.Equal(t, c.reason, reasons(t, err), name)
		require.Len(t, got(h, p.ID).journal, before+2, name)
	}
	h.sound()
}

// An entry is erased as a whole: who did what and when is left.
func TestAnEntryIsErasedAsAWhole(t *testing.T) {
	h := newHouse(t)
	p := h.to("replied", "2024-001")
	reply := p.Seq - 1
	p, err := h.erase(p.ID, proposal.Erase{Entries: []uint64{reply}, Texts: true})
	require.NoError(t, err)
	history, err := h.History(context.Background(), p.ID)
	require.NoError(t, err)
	require.Empty(t, history[reply-1].Action)
	require.Equal(t, "reply", history[reply-1].Event)
	require.Equal(t, "***", p.Title)
	require.Equal(t, "***", p.Part("market").Reply().Text)
	require.Equal(t, "2024-001", p.Number)
	h.sound()
	require.Empty(t, reread(t, h.store).Broken)
}

// A record that was accepted as found stands in a note as a whole; it is erased
// there too, and so are the reasons of the engine's own acts.
func TestNotesOfTheEngineAreErasedToo(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.to("feedback", "1")
	r, _, err := h.store.Load(ctx, proposal.Kind, p.ID)
	require.NoError(t, err)
	r.Data = []byte(strings.Replace(string(r.Data), "小店多", "小店多，问李四光", 1))
	require.NoError(t, h.store.Commit(ctx, store.Change{Record: r}))
	_, err = h.Accept(ctx, admin, p.ID, "李四光所改，已核实")
	require.NoError(t, err)
	_, err = h.Do(ctx, office, p.ID, proposal.AskErasure{Reason: "应请求"})
	require.NoError(t, err)
	h.take(p.ID, step{committee, proposal.Erase{Reason: "应请求", Words: []string{"李四光"}}})
	require.NotContains(t, h.stored(p.ID), "李四光")
	h.sound()
}

// Every text of a proposal is either what may be erased, or known to be kept.
func TestEveryTextIsErasedOrKept(t *testing.T) {
	fields := make(map[string]bool)
	var walk func(at string, typ reflect.Type)
	walk = func(at string, typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice && typ != reflect.TypeFor[json.RawMessage]() {
			typ = typ.Elem()
		}
		switch {
		case typ == reflect.TypeFor[time.Time](), typ == reflect.TypeFor[calendar.Date](), typ.Kind() <= reflect.Float64:
		case at == "extra", at == "evaluations.marks": // what users add, which is erased; marks and grades, which are kept
		case typ.Kind() == reflect.String:
			fields[at] = true
		case typ.Kind() == reflect.Struct:
			for i := range typ.NumField() {
				if name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ","); name != "-" && typ.Field(i).IsExported() {
					walk(strings.TrimPrefix(at+"."+name, "."), typ.Field(i).Type)
				}
			}
		default:
			require.Fail(t, "nobody has said what may stand in it", "%s is a %s", at, typ)
		}
	}
	walk("", reflect.TypeFor[proposal.Proposal]())
	kept := strings.Fields(`
		category scheme session timing number mode merged_into absorbed entered_by suggested_units
		proposer.kind proposer.id cosigners.id research.by
		recategorised.by recategorised.from recategorised.scheme recategorised.to
		review.outcome review.reason review.scheme review.by
		merged_proposers.of merged_proposers.proposer.kind merged_proposers.proposer.id
		parts.unit parts.role parts.more_units parts.objections.by parts.objections.suggested parts.contacts.by parts.contacts.form
		parts.replies.document parts.replies.class parts.replies.scheme parts.replies.by parts.replies.issuer parts.replies.promises.id
		parts.replies.raised.from parts.replies.raised.to parts.replies.raised.by parts.transferred.by
		key.tier key.by supervisions.form supervisions.by supervisions.visits.by urgings.by urgings.unit
		opinions.unit opinions.scale opinions.result opinions.attitude opinions.counts opinions.by opinions.of opinions.attitude_scale
		verdicts.unit verdicts.scale verdicts.result verdicts.attitude verdicts.counts verdicts.by verdicts.of verdicts.attitude_scale
		evaluations.by evaluations.role evaluations.score follow_ups.by follow_ups.unit publication.by
		erasures.by erasures.decider
		research.cites clues.by clues.channel clues.ref conferrals.by conferrals.ref
		attachments.media_type attachments.digest attachments.ref attachments.by themes theme_scheme
		handed.by handed.from.kind handed.from.id recused.who recused.by
		proposed.units.lead proposed.units.with proposed.units.co proposed.units.separate proposed.by
		parts.replies.matters.class parts.signatures.by parts.signatures.lead numbered_in parts.successions.by parts.successions.to parts.publication.by
		key.scheme candidacy.by candidacy.asked.by supervisions.scheme evaluations.of evaluations.unit evaluations.group
		passages.by nominations.by`)
	all := proposal.Erase{Words: []string{"张小明"}, Texts: true, People: true}
	for field := range fields {
		left, err := all.Redact(workflow.Passage{Field: field, Text: "x"})
		require.NoError(t, err)
		require.NotEqual(t, left == "***", slices.Contains(kept, field), "%s: personal.go says whether it can be erased, this test whether that is meant", field)
	}
	for _, field := range kept {
		require.True(t, fields[field], "%s is gone", field)
	}
}

// leaves calls do with every text of what is encoded, and with its path.
func leaves(t *testing.T, encoded any, do func(path, s string)) {
	t.Helper()
	data, err := json.Marshal(encoded)
	require.NoError(t, err)
	var decoded any
	require.NoError(t, json.Unmarshal(data, &decoded))
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, x := range v {
				walk(path+"."+key, x)
			}
		case []any:
			for i, x := range v {
				walk(fmt.Sprintf("%s[%d]", path, i), x)
			}
		case string:
			do(path, v)
		}
	}
	walk("", decoded)
}

// What an action brings into a proposal stays in both when all that was said is
// erased, in the record and in the entry, or goes from both.
func TestTheEntryKeepsWhatTheRecordKeeps(t *testing.T) {
	ctx := context.Background()
	gone, stay := 0, 0
	erased := func(h *house, before, p *proposal.Proposal) {
		was := make(map[string]string)
		leaves(t, before, func(path, s string) { was[path] = s })
		record := make(map[string]string)
		leaves(t, p, func(path, s string) {
			if was[path] != s {
				record[path] = s
			}
		})
		history, err := h.History(ctx, p.ID)
		require.NoError(t, err)
		last := len(history) - 1
		action := make(map[string]string)
		leaves(t, history[last].Action, func(path, s string) { action[path] = s })

		for _, who := range []proposal.Actor{member, office} { // drafts are their proposer's
			if _, err = h.Do(ctx, who, p.ID, proposal.AskErasure{Reason: "应本人请求"}); err == nil {
				break
			}
		}
		require.NoError(t, err)
		left, err := h.Do(ctx, committee, p.ID, proposal.Erase{Reason: "已决定", Texts: true, People: true})
		require.NoError(t, err)
		kept := make(map[string]bool)
		leaves(t, left, func(path, s string) { kept[path] = s != "***" })
		history, err = h.History(ctx, p.ID)
		require.NoError(t, err)
		leaves(t, history[last].Action, func(path, s string) {
			for at, brought := range record {
				if brought == action[path] && brought != "" {
					require.Equal(t, kept[at], s != "***", "%s: %s brought %q to %s", history[last].Event, path, brought, at)
					if kept[at] {
						stay++
					} else {
						gone++
					}
				}
			}
		})
	}
	for _, e := range every {
		switch e.do.(type) {
		case proposal.AskErasure, proposal.Erase, proposal.RefuseErasure:
			continue
		}
		h := newHouse(t)
		id := h.to(e.situation, "2024-001").ID
		before, err := h.Get(ctx, id)
		require.NoError(t, err)
		p, err := h.Do(ctx, e.who, id, e.do)
		require.NoError(t, err)
		erased(h, before, p)
	}
	h := newHouse(t)
	p, err := h.Open(ctx, member, proposal.Draft{
		Title: "关于小店的提案", Category: proposal.Social, Session: "十一届一次会议", SuggestedUnits: []string{"市场监管局"},
		Text: proposal.Text{Background: "背景", Analysis: "分析", Suggestions: []string{"建议"}}, Proposer: proposal.Proposer{Name: "张小明"},
	})
	require.NoError(t, err)
	erased(h, new(proposal.Proposal), p)
	require.Greater(t, gone, 50)
	require.Greater(t, stay, 40)
}

// Whatever is done and erased, in whatever order, both verifiers find the history
// whole and nothing of what was erased is left; and any other edit of a content is
// found by both.
func TestRandomErasuresVerify(t *testing.T) {
	names := []string{"欧阳修远", "司马相如", "13900139000"}
	require.NoError(t, quick.Check(func(seed int64) bool {
		r := rand.New(rand.NewSource(seed)) //nolint:gosec // a test that can be repeated
		h := newHouse(t)
		p := h.to("handling", "2024-001")
		for range 3 + r.Intn(6) {
			name := names[r.Intn(len(names))]
			switch r.Intn(5) {
			case 0:
				h.take(p.ID, step{office, proposal.Urge{Unit: "market", Text: "请与" + name + "联系"}})
			case 1:
				h.take(p.ID, step{clerk("market"), proposal.LogContact{Form: proposal.ByMeeting, With: []string{name}, Text: name}})
			case 2:
				_, err := h.Extend(context.Background(), office, p.ID, clock.Extend{Limit: "reply", Of: "market", By: calendar.Length{N: 1, Unit: calendar.Day}, Reason: name})
				require.True(t, err == nil || workflow.Code(err) == "refused" || workflow.Code(err) == "invalid", "%v", err)
			default:
				a := proposal.Erase{Words: []string{name}, Contacts: r.Intn(2) == 0, Texts: r.Intn(6) == 0}
				if r.Intn(3) == 0 {
					a.Entries = []uint64{uint64(1 + r.Intn(5))} //nolint:gosec // a small number
				}
				if _, err := h.erase(p.ID, a); err != nil {
					require.Equal(t, "nothing_to_erase", reasons(t, err))
				}
				require.NotContains(t, h.stored(p.ID), name, name)
			}
		}
		h.sound()
		s := got(h, p.ID)
		l := &s.journal[r.Intn(len(s.journal))]
		at := bytes.IndexByte(l.Data, '\n') + 1
		if at == len(l.Data) {
			l.Data = append(l.Data, '{', '}')
		} else {
			l.Data[at+r.Intn(len(l.Data)-at)] ^= byte(1 + r.Intn(255))
		}
		return slices.ContainsFunc(s.verify(t, p.ID), func(b workflow.Break) bool { return b.Seq == l.Seq && b.Reason == workflow.BreakContent })
	}, &quick.Config{MaxCount: 5 * campaign()}))
}
