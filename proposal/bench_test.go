package proposal_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// grown returns a proposal as it is in the middle of its handling: a text of
// two pages, a lead with two co-units of which one has replied, a supervision.
func grown(h *house) *proposal.Proposal {
	p, err := h.Open(context.Background(), member, proposal.Draft{
		Title: "关于支持小店经济高质量发展的提案", Category: proposal.Economic, Session: "15-3", Year: 2024, Timing: proposal.Plenary,
		Text: proposal.Text{
			Background:  strings.Repeat("我县小店经济面广量大，吸纳就业多。", 30),
			Analysis:    strings.Repeat("融资难、引流难、数字化程度低。", 30),
			Suggestions: repeated(strings.Repeat("由市场监管部门牵头，设立专项资金。", 8), 4),
		},
	})
	require.NoError(h.t, err)
	return h.take(p.ID, then(filed("2024-001"), []step{
		{office, proposal.Assign{Lead: "market", Co: []string{"banking", "commerce"}}},
		{clerk("market"), proposal.Accept{}}, {clerk("banking"), proposal.Accept{}}, {clerk("commerce"), proposal.Accept{}},
		{clerk("banking"), proposal.Reply{Text: strings.Repeat("已出台普惠金融措施。", 60), Class: "b", Document: "秀银函〔2024〕1号", Signer: "王五", Contact: "面商"}},
		{chief("banking"), proposal.IssueReply{Unit: "banking"}},
		{committee, proposal.Supervise{Leader: "主席", Form: "调研"}},
		{leader, proposal.VisitSite{Place: "步行街", Who: []string{"委员", "第三方"}, Found: strings.Repeat("商户反映良好。", 20)}},
	})...)
}

// BenchmarkDo does an action on a case in memory, a small one and a grown one,
// and reports how many times dearer that is than what no engine can do without:
// reading the record, writing it, taking one hash of the entry, and one move of
// the machine. 3 is the most that it may be.
func BenchmarkDo(b *testing.B) {
	b.Run("draft", func(b *testing.B) {
		h := newHouse(b)
		p := h.draft()
		revise := proposal.Revise{Title: p.Title, Text: p.Text, Category: p.Category}
		benchmarkDo(b, h, p, step{member, revise}, step{member, revise})
	})
	b.Run("handling", func(b *testing.B) {
		h := newHouse(b)
		benchmarkDo(b, h, grown(h), step{committee, proposal.MarkKey{Leader: "主席"}}, step{committee, proposal.UnmarkKey{}})
	})
}

// benchmarkDo does two steps, which undo each other, in turn with their floor.
func benchmarkDo(b *testing.B, h *house, p *proposal.Proposal, steps ...step) {
	ctx := context.Background()
	h.take(p.ID, steps...)
	s := got(h, p.ID)
	machine := h.MachineFor("xiushan")
	var entries []workflow.Entry
	for _, e := range s.journal[len(s.journal)-len(steps):] {
		entry, err := workflow.DecodeEntry(e)
		require.NoError(b, err)
		entries = append(entries, entry)
	}
	line := machine
	if track := machine.TrackOf(entries[0].Event); track != "" {
		line = machine.Track(track)
	}
	floor := func(i int) {
		lines := bytes.SplitN(s.record.Data, []byte{'\n'}, 3) // the hash, the header, the data
		var record struct {
			Header workflow.Header
			Data   proposal.Proposal
		}
		if err := errors.Join(json.Unmarshal(lines[1], &record.Header), json.Unmarshal(lines[2], &record.Data)); err != nil {
			b.Fatal(err)
		}
		if _, err := json.Marshal(record); err != nil {
			b.Fatal(err)
		}
		sha256.Sum256(s.journal[len(s.journal)-1].Data)
		move := entries[i%len(entries)].Moves[0]
		if _, err := line.Fire(ctx, move.From, move.Event); err != nil {
			b.Fatal(err)
		}
	}
	var ours, theirs time.Duration
	const turn = 50 // acts between two looks at the clock
	b.ReportAllocs()
	b.ResetTimer()
	for done := 0; done < b.N; done += turn {
		began := time.Now()
		for i := range turn {
			if _, err := h.Do(ctx, steps[i%2].who, p.ID, steps[i%2].do); err != nil {
				b.Fatal(err)
			}
		}
		between := time.Now()
		for i := range turn {
			floor(i)
		}
		ours += between.Sub(began)
		theirs += time.Since(between)
	}
	b.ReportMetric(float64(ours)/float64(theirs), "x-floor")
	b.ReportMetric(float64(ours)/float64((b.N+turn-1)/turn*turn), "ns/do")
	b.ReportMetric(float64(len(s.record.Data)), "record-bytes")
}

// BenchmarkChoices tells what one actor may do to a case.
func BenchmarkChoices(b *testing.B) {
	h := newHouse(b)
	p := grown(h)
	for b.Loop() {
		if _, err := h.Choices(context.Background(), office, p.ID); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkVerify verifies a history, for each of its entries.
func BenchmarkVerify(b *testing.B) {
	h := newHouse(b)
	p := grown(h)
	for range 100 {
		h.take(p.ID, step{office, proposal.Urge{}})
	}
	entries := h.take(p.ID).Seq
	b.ResetTimer()
	for b.Loop() {
		if breaks, err := h.Verify(context.Background(), p.ID); err != nil || len(breaks) > 0 {
			b.Fatal(breaks, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(entries), "ns/entry")
}
