package proposal_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// house is a service over 重庆 Chongqing with two of its districts, whose clock
// goes a second on with every look at it and whose IDs are numbers, so that the
// same acts give the same bytes.
type house struct {
	*proposal.Service
	t     testing.TB
	store *memory.Store
}

func newHouse(t testing.TB, options ...workflow.Option) *house {
	t.Helper()
	return newHouseOn(t, memory.New(), options...)
}

// bodies are the bodies of a house: without them another service would find its
// cases by less.
func bodies(t testing.TB) workflow.Option {
	t.Helper()
	tree, err := workflow.NewTree(
		workflow.Body{ID: "chongqing", Zone: shanghai},
		workflow.Body{ID: "xiushan", Parent: "chongqing"},
		workflow.Body{ID: "jiulongpo", Parent: "chongqing"},
	)
	require.NoError(t, err)
	return workflow.WithTree(tree)
}

func newHouseOn(t testing.TB, st *memory.Store, options ...workflow.Option) *house {
	t.Helper()
	var seconds, ids atomic.Int64
	already, err := st.Feed(context.Background(), 0, store.MaxLimit)
	require.NoError(t, err)
	ids.Store(int64(len(already)) * 100) // another house may have used fewer
	start := time.Date(2024, 3, 4, 1, 0, 0, 0, time.UTC)
	options = append([]workflow.Option{bodies(t),
		workflow.WithNow(func() time.Time { return start.Add(time.Duration(seconds.Add(1)) * time.Second) }),
		workflow.WithIDs(func() string { return fmt.Sprintf("id-%06d", ids.Add(1)) }),
		workflow.WithAction(workflow.Describe(redo{}, "", "")), workflow.WithAction(workflow.Describe(unheardOf{}, "", "")),
		workflow.WithAction(workflow.Describe(unwritable{}, "", "")), workflow.WithAction(workflow.Describe(look{}, "", "")),
		workflow.WithAction(workflow.Describe(lookDone{}, "", "")),
	}, options...)
	svc, err := proposal.New(st, options...)
	require.NoError(t, err)
	return &house{svc, t, st}
}

// The people of Xiushan, and two of elsewhere.
var (
	member    = person("m-1", "", "member")
	another   = person("m-2", "", "member")
	third     = person("m-3", "", "member")
	committee = person("c-1", "", "committee")
	office    = person("o-1", "", "office")
	leader    = person("l-1", "", "leader")
	evaluator = person("e-1", "", "evaluator")
	admin     = person("a-1", "", workflow.Administrator)
	nobody    = person("n-1", "")

	neighbour = proposal.Actor{ID: "c-9", Body: "jiulongpo", Roles: []string{"committee", "office", "member"}}
	overseer  = proposal.Actor{ID: "s-1", Body: "chongqing", Grants: []workflow.Grant{{Role: "committee", Body: "chongqing"}}}
)

func person(id, unit string, roles ...string) proposal.Actor {
	return proposal.Actor{ID: id, Body: "xiushan", Unit: unit, Roles: roles}
}

func clerk(unit string) proposal.Actor { return person(unit+"-clerk", unit) }
func chief(unit string) proposal.Actor { return person(unit+"-chief", unit) }

// step is one action by someone.
type step struct {
	who proposal.Actor
	do  proposal.Action
}

func (h *house) draft(options ...workflow.DoOption) *proposal.Proposal {
	h.t.Helper()
	p, err := h.Open(context.Background(), member, proposal.Draft{
		Title: "关于支持小店经济的提案", Category: proposal.Economic, Session: "15-3",
		Text: proposal.Text{Background: "小店多。", Suggestions: []string{"设立专项。"}},
	}, options...)
	require.NoError(h.t, err)
	return p
}

// take has the steps done to a proposal and returns it.
func (h *house) take(id string, steps ...step) *proposal.Proposal {
	h.t.Helper()
	p, err := h.Get(context.Background(), id)
	require.NoError(h.t, err)
	for i, s := range steps {
		p, err = h.Do(context.Background(), s.who, id, s.do)
		require.NoError(h.t, err, "step %d, %T", i, s.do)
	}
	return p
}

// day returns a date as it is written, the zero date for what is none.
func day(s string) calendar.Date {
	d, _ := calendar.ParseDate(s)
	return d
}

// filed returns the steps from the draft to the case number.
func filed(number string) []step {
	return []step{{member, proposal.Submit{}}, {committee, proposal.Receive{}}, {committee, proposal.File{Number: number}}}
}

// reply returns the steps by which a unit that has accepted answers.
func reply(unit string) []step {
	return []step{
		{clerk(unit), proposal.Reply{Text: "已办理。", Class: "b", Document: "秀市监函〔2024〕1号"}},
		{chief(unit), proposal.IssueReply{Unit: unit}},
	}
}

func then(steps ...[]step) []step {
	var all []step
	for _, s := range steps {
		all = append(all, s...)
	}
	return all
}

// to brings a new proposal into a situation, named for its state or for what is
// special about it; the number is its case number, should it get one.
func (h *house) to(situation, number string) *proposal.Proposal {
	h.t.Helper()
	submitted := []step{{member, proposal.Submit{}}}
	reviewing := then(submitted, []step{{committee, proposal.Receive{}}})
	assigned := then(filed(number), []step{{office, proposal.Assign{Lead: "market"}}})
	handling := then(assigned, []step{{clerk("market"), proposal.Accept{}}})
	drafted := then(handling, reply("market")[:1])
	replied := then(handling, reply("market"))
	feedback := then(replied, []step{{member, proposal.GiveOpinion{Result: "satisfied"}}})
	situations := map[string][]step{
		"draft":     {},
		"invited":   {{member, proposal.Invite{ID: another.ID}}},
		"consented": {{member, proposal.Invite{ID: another.ID}}, {another, proposal.Consent{}}},
		"submitted": submitted,
		"reviewing": reviewing,
		"returned":  then(reviewing, []step{{committee, proposal.Return{Text: "建议不具体"}}}),
		"refused":   then(reviewing, []step{{committee, proposal.Refuse{Reason: "academic"}}}),
		"referred":  then(reviewing, []step{{committee, proposal.Refer{To: "社情民意"}}}),
		"settled":   then(reviewing, []step{{committee, proposal.Settle{Text: "会上已答复"}}}),
		"withdrawn": then(reviewing, []step{{member, proposal.Withdraw{}}}),
		"filed":     filed(number),
		"seconding": {{member, proposal.OpenSeconding{Until: day("2024-03-20")}}},
		"attached":  {{member, proposal.Attach{Name: "调研报告.pdf", MediaType: "application/pdf", Size: 1, Digest: strings.Repeat("0a", 32)}}},
		"candidate": then(filed(number), []step{{committee, proposal.NominateKey{Reason: "涉及民生"}}}),
		"together": then(filed(number), []step{
			{office, proposal.Assign{Lead: "market", With: []string{"banking"}}}, {clerk("market"), proposal.Accept{}}, {clerk("banking"), proposal.Accept{}},
		}, reply("market")[:1]),
		"key":        then(filed(number), []step{{committee, proposal.MarkKey{Leader: "主席"}}}),
		"assigned":   assigned,
		"objecting":  then(assigned, []step{{clerk("market"), proposal.Object{Reason: "不属本单位职责", Suggested: "commerce"}}}),
		"handling":   handling,
		"suspended":  then(handling, []step{{office, proposal.Suspend{Unit: "market", Reason: "待听证"}}}),
		"supervised": then(handling, []step{{committee, proposal.Supervise{Leader: "主席", Form: "调研"}}}),
		"drafted":    drafted,
		"replied":    replied,
		"feedback":   feedback,
		"promised": then(handling, []step{
			{clerk("market"), proposal.Reply{Text: "拟拓宽。", Class: "b", Promises: []proposal.Undertaking{{What: "拓宽人行道", By: day("2024-09-30"), Owner: "市政科"}}}},
			{chief("market"), proposal.IssueReply{Unit: "market"}},
		}),
		"closed":  then(feedback, []step{{committee, proposal.Close{}}}),
		"erasure": then(replied, []step{{office, proposal.AskErasure{Reason: "应本人请求"}}}),
	}
	if situation == "merged" {
		into, source := h.to("submitted", ""), h.to("submitted", "")
		_, err := h.Merge(context.Background(), committee, into.ID, []string{source.ID})
		require.NoError(h.t, err)
		return h.take(source.ID)
	}
	steps, ok := situations[situation]
	require.True(h.t, ok, situation)
	return h.take(h.draft().ID, steps...)
}

// everything returns all that the store holds: records with revisions and
// attributes, claims, and the whole feed.
func (h *house) everything() string {
	h.t.Helper()
	ctx := context.Background()
	all := ""
	for _, kind := range []string{proposal.Kind, proposal.Kind + ".claim"} {
		records, err := h.store.Find(ctx, store.Query{Kind: kind, Max: store.MaxLimit})
		require.NoError(h.t, err)
		for _, r := range records {
			all += fmt.Sprintf("%s %s @%d %q %s\n", r.Kind, r.ID, r.Revision, r.Index, r.Data)
		}
	}
	entries, err := h.store.Feed(ctx, 0, store.MaxLimit)
	require.NoError(h.t, err)
	for _, e := range entries {
		all += fmt.Sprintf("%d %s %d %s %s %s\n", e.Position, e.ID, e.Seq, e.Command, e.Hash, e.Data)
	}
	return all
}

// sound requires that the histories of all cases verify.
func (h *house) sound() {
	h.t.Helper()
	report, err := h.Audit(context.Background(), nil)
	require.NoError(h.t, err)
	require.Empty(h.t, report.Broken)
}

// asKept returns all that is kept of a proposal.
func asKept(t testing.TB, p *proposal.Proposal) string {
	t.Helper()
	header, err := json.Marshal(p.Head())
	require.NoError(t, err)
	data, err := json.Marshal(p)
	require.NoError(t, err)
	return fmt.Sprintf("@%d %s %s %s", p.Revision, p.Hash, header, data)
}
