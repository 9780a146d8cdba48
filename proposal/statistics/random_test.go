package statistics_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/workflow"
)

func day(n int) time.Time { return time.Date(2024, 1, 1+n, 9, 0, 0, 0, time.UTC) }

func date(n int) calendar.Date {
	d, err := calendar.DateOf(day(n), time.UTC)
	if err != nil {
		panic(err)
	}
	return d
}

// random makes a proposal in which anything may be stated or not.
func random(r *rand.Rand, n int) *proposal.Proposal {
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	some := func() bool { return r.IntN(2) == 0 }
	p := &proposal.Proposal{
		Header: workflow.Header{
			ID: fmt.Sprintf("p-%07d", n), Body: pick("city", "a", "a1", "b"), Tracks: map[string]string{},
			State: pick("draft", "submitted", "filed", "handling", "closed"), Stage: pick("review", "handling", "reply"), Opened: day(r.IntN(500)),
		},
		Category: proposal.Category(pick("", "social", "economic", "cultural")), Scheme: pick("categories@1", "categories@2"),
		Session: pick("", "十一届一次会议", "11-2", "第十二届第一次会议"), Year: []int{0, 2023, 2024}[r.IntN(3)],
		Timing:   proposal.Timing(pick("", "plenary", "ordinary")),
		Proposer: proposal.Proposer{Kind: proposal.ProposerKind(pick("", "member", "joint", "party")), ID: pick("m-1", "m-2", "m-3", "m-4")},
	}
	for _, id := range []string{"m-3", "m-4", "m-5"} {
		if some() {
			p.Cosigners = append(p.Cosigners, proposal.Cosign{ID: id})
			p.Tracks["cosign/"+id] = pick("invited", "consented", "declined")
		}
	}
	if r.IntN(4) == 0 { // spelled as the account of a member, and no member
		p.Cosigners = append(p.Cosigners, proposal.Cosign{ID: "m-5", Organisation: true})
	}
	switch r.IntN(8) {
	case 0:
		p.MergedInto = "p-0000000"
	case 1:
		p.Review = &proposal.Review{Outcome: pick("refuse", "refer", "settle", "withdraw", "return"), Reason: pick("", "empty"), Scheme: "refusals@1"}
	case 2:
		p.Absorbed = []string{fmt.Sprintf("q-%d", n), fmt.Sprintf("r-%d", n)}
	}
	if some() {
		p.Number = fmt.Sprint(n)
	}
	if r.IntN(4) == 0 {
		p.Key = &proposal.Key{Tier: pick("", "主席督办")}
	}
	if some() {
		p.Supervisions = []proposal.Supervision{{Visits: make([]proposal.Visit, r.IntN(2))}}
		p.Urgings = make([]proposal.Urging, r.IntN(2))
	}
	p.Mode = proposal.Mode(pick("", "sole", "led", "separate"))
	for i, unit := range []string{"教育局", "财政局", "卫健委"} {
		if some() {
			continue
		}
		part := proposal.Part{Unit: unit, Role: []proposal.PartRole{proposal.Lead, proposal.Co, proposal.EachOwn}[r.IntN(3)], Assigned: day(r.IntN(100))}
		if r.IntN(6) == 0 {
			p.Tracks["part/"+unit] = "released"
		}
		if some() {
			part.Accepted = part.Assigned.AddDate(0, 0, r.IntN(10)-1)
		}
		if some() {
			part.Contacts = []proposal.Contact{{Form: proposal.ContactForm(pick("phone", "visit", "meeting"))}}
		}
		for range r.IntN(3) {
			a := proposal.Answer{Class: pick("", "a", "b", "c", "zz"), Scheme: "classes@1"}
			if r.IntN(3) > 0 {
				a.Issued = part.Assigned.AddDate(0, 0, r.IntN(120)-2)
			}
			if some() {
				a.Raised = []proposal.Raise{{From: "b", To: "a"}}
			}
			for range r.IntN(3) {
				promise := proposal.Promise{By: date(r.IntN(100))}
				if some() {
					promise.Settled, promise.Reason = day(60), pick("", "no money")
				}
				a.Promises = append(a.Promises, promise)
			}
			part.Replies = append(part.Replies, a)
		}
		for k := range part.Replies {
			if some() {
				result := pick("satisfied", "basically_satisfied", "dissatisfied")
				o := proposal.Opinion{Unit: unit, Reply: k + 1, Scale: "opinion3@1", Result: result, Attitude: pick("", "satisfied", "dissatisfied"), At: part.Assigned.AddDate(0, 0, r.IntN(150))}
				if some() {
					o.Counts = result
				}
				p.Opinions = append(p.Opinions, o)
			}
		}
		p.Parts = append(p.Parts, part)
		c := workflow.Clock{Limit: pick("reply", "objection"), Of: unit, Start: date(i)}
		if some() {
			c.Due = date(r.IntN(100))
		}
		if some() {
			c.Stopped = date(r.IntN(100))
			c.Lapsed = r.IntN(4) == 0
		}
		if r.IntN(4) == 0 {
			c.Missed = date(r.IntN(100))
		}
		if r.IntN(3) == 0 {
			c.Extensions = make([]calendar.Extension, 1)
		}
		p.Clocks = append(p.Clocks, c)
	}
	return p
}

func randoms(seed uint64, n int) []*proposal.Proposal {
	r := rand.New(rand.NewPCG(seed, 7))
	all := make([]*proposal.Proposal, n)
	for i := range all {
		all[i] = random(r, i)
	}
	return all
}

func each(all []*proposal.Proposal) iter.Seq2[*proposal.Proposal, error] {
	return func(yield func(*proposal.Proposal, error) bool) {
		for _, p := range all {
			if !yield(p, nil) {
				return
			}
		}
	}
}

func options(m statistics.Merging) statistics.Options {
	return statistics.Options{
		Merging: m, Cases: 5, Today: date(50),
		Rules: func(string) proposal.Rules { return proposal.DefaultRules() },
	}
}
