package main

import (
	"math/rand/v2"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

const (
	year    = 2024
	session = "15-3"
)

// ends is the engine's clock: every way has come to its end by then.
func ends() time.Time { return time.Date(year+1, time.December, 31, 0, 0, 0, 0, time.UTC) }

// step is one thing that happens to the first or the second proposal of a pair.
type step struct {
	on     int
	by     proposal.Actor
	at     time.Time
	action proposal.Action // a Draft opens
	more   *clock.Extend   // instead of an action: more time
	merge  bool            // the other proposal of the pair is merged into this one
	sweep  bool            // an alarm has come, and is looked for
}

// facts are what the plan of one proposal comes to. They are written down while
// it is planned; the library is asked for none of them.
type facts struct {
	body       int
	category   proposal.Category
	proposer   proposal.ProposerKind
	timing     proposal.Timing
	outcome    string
	stage      string
	mode       proposal.Mode
	filed      bool
	key        bool
	supervised bool
	urged      bool
	again      bool // handled a second time
	classes    []string
	opinion    string
	parts      int
	entries    int
}

// pair is the plan of two proposals of one body, of which the first may be merged
// into the second; the last pair of an odd number has one.
type pair struct {
	body  string
	first int // the number of its first proposal
	steps []step
	facts []facts
}

// planner plans pairs.
type planner struct {
	seed    uint64
	cases   int
	country *country
}

// pairs is how many there are.
func (p *planner) pairs() int { return (p.cases + 1) / 2 }

// pair returns the nth pair, the proposals 2n and 2n+1. It is the same whatever
// was planned before. The bodies have their turns one after the other, as when
// they are taken over: what lies together in a database is then written together.
func (p *planner) pair(n int) *pair {
	r := rand.New(rand.NewPCG(p.seed, uint64(n))) //nolint:gosec // a plan, no secret; n is not negative
	body, opens, closes := p.country.at((float64(n) + r.Float64()) / float64(p.pairs()))
	made := &pair{body: p.country.ids[body], first: 2 * n}
	ways := make([]*way, min(2, p.cases-made.first))
	for i := range ways {
		ways[i] = &way{rand: r, pair: made, on: i, number: made.first + i, facts: facts{body: body}}
		ways[i].submit(opens, closes)
	}
	if len(ways) == 2 && r.IntN(5898) < 2*160 { // of 5898 received 160 are merged, at most one of a pair
		ways[0].mergedInto(ways[1])
		ways = ways[1:]
		ways[0].handle()
	} else {
		for _, w := range ways {
			if pick(r, reviewed()) {
				w.handle()
			} else {
				w.reject()
			}
		}
	}
	return made
}

// way plans one proposal, step by step.
type way struct {
	rand     *rand.Rand
	pair     *pair
	on       int
	number   int
	now      time.Time
	proposer proposal.Actor
	title    string
	facts    facts
}

// later moves on by some days, to an hour of work.
func (w *way) later(least, most int) {
	day := w.now.AddDate(0, 0, least+w.rand.IntN(most-least+1)).Truncate(24 * time.Hour)
	next := day.Add(time.Duration(60+w.rand.IntN(8*60)) * time.Minute) // from 09:00 to 17:00 in China
	if !next.After(w.now) {
		next = w.now.Add(time.Minute)
	}
	w.now = next
}

func (w *way) add(s step) {
	s.on, s.at = w.on, w.now
	w.facts.entries++
	w.pair.steps = append(w.pair.steps, s)
}

func (w *way) do(by proposal.Actor, action proposal.Action) { w.add(step{by: by, action: action}) }

// sweep has the clocks looked at some days from the last step, when an alarm has
// come for certain.
func (w *way) sweep(days int) {
	w.now = w.now.AddDate(0, 0, days)
	w.add(step{sweep: true})
}

// submit takes the proposal from its draft into the review.
func (w *way) submit(opens, closes time.Time) {
	r, f := w.rand, &w.facts
	f.category, f.proposer, f.timing = pick(r, categories()), pick(r, proposers()), proposal.Ordinary
	if chance(r, atPlenary) || f.proposer == proposal.Sector || f.proposer == proposal.Group {
		f.timing = proposal.Plenary
	}
	w.now = closes.AddDate(0, 0, 5+r.IntN(300))
	if f.timing == proposal.Plenary {
		w.now = opens.AddDate(0, 0, -3-r.IntN(20))
	}
	kind := f.proposer
	if kind == proposal.Joint {
		kind = proposal.Member // until somebody has consented
	}
	w.proposer = w.person(kind)
	w.title = topic(r).title(w.number)
	draft := proposal.Draft{
		Title: w.title, Text: words(r), Category: f.category, Session: session, Year: year, Timing: f.timing,
		Proposer: proposal.Proposer{Kind: kind},
	}
	w.do(w.proposer, draft)
	if chance(r, researched) {
		w.later(2, 9)
		w.do(w.proposer, proposal.Research{Topic: w.title, Place: "基层一线", Found: "走访群众和企业，问题属实。"})
	}
	cosigner := w.actor("cosigner", "member")
	if f.proposer == proposal.Joint {
		w.later(0, 0)
		w.do(w.proposer, proposal.Invite{ID: cosigner.ID})
		w.later(0, 0)
		w.do(cosigner, proposal.Consent{})
	}
	w.later(1, 2)
	if f.timing == proposal.Plenary {
		w.now = later(w.now, opens.AddDate(0, 0, r.IntN(1+int(closes.Sub(opens).Hours()/24))))
	}
	w.do(w.proposer, proposal.Submit{})
	w.later(1, 5)
	w.do(w.committee(), proposal.Receive{})
	if !chance(r, returned) {
		return
	}
	w.later(1, 3)
	w.do(w.committee(), proposal.Return{Text: "建议再具体些。"})
	w.later(1, 5)
	text := draft.Text
	text.Suggestions = append(slices.Clone(text.Suggestions), "明确牵头部门和完成时限。")
	w.do(w.proposer, proposal.Revise{Title: w.title, Text: text, Category: f.category})
	if f.proposer == proposal.Joint { // the text has changed: the co-signer is asked again
		w.later(0, 0)
		w.do(cosigner, proposal.Consent{})
	}
	w.later(0, 1)
	w.do(w.proposer, proposal.Submit{})
	w.later(1, 3)
	w.do(w.committee(), proposal.Receive{})
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// end writes down how it ended.
func (w *way) end(outcome, stage string) {
	w.facts.outcome, w.facts.stage = outcome, stage
	w.pair.facts = append(w.pair.facts, w.facts)
}

// mergedInto merges it into the other of its pair.
func (w *way) mergedInto(other *way) {
	other.now = later(w.now, other.now)
	other.later(1, 4)
	other.add(step{by: other.committee(), merge: true})
	w.facts.entries++
	w.end("merged", "review")
}

// reject ends it in the review.
func (w *way) reject() {
	w.later(2, 10)
	outcome := pick(w.rand, rejections())
	switch outcome {
	case "refer":
		w.do(w.committee(), proposal.Refer{To: "意见建议", Text: "作意见建议转有关部门参考。"})
	case "refuse":
		w.do(w.committee(), proposal.Refuse{Reason: pick(w.rand, refusals())})
	case "withdraw":
		w.do(w.proposer, proposal.Withdraw{Text: "情况有变化。"})
	case "settle":
		w.do(w.committee(), proposal.Settle{Text: "会间已当面答复。"})
	}
	w.end(outcome, "review")
}
