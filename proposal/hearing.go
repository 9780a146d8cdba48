package proposal

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Hearing (征询意见) says whose opinion on a reply is asked for, and what several
// make. With the zero Hearing the opinion of one proposer is enough, and each
// counts as it comes: the last one in figures, and every 不满意 reopens.
//
// Where somebody has not answered by the day, a definition closes the hearing:
// its limit fires "opinion_lapsed" on a track "hearing" whose state then means
// "unheard". No one is waited for from then on, and a reply on which there is no
// opinion counts as [NoFeedback] (未反馈) until there is one.
type Hearing struct {
	// Asked is AskedFirst or AskedAll; "": whoever of them comes first.
	Asked string `json:"asked,omitempty"`

	// Makes is how several opinions on one reply make one: MakesEach, MakesWorst,
	// MakesFirst or MakesMajority; "": each counts as it comes.
	Makes string `json:"makes,omitempty"`

	// Attitude names the scale on which the work (办理态度) is asked about; "": the
	// scale of the result.
	Attitude string `json:"attitude,omitempty"`

	// Redo is how many times a unit handles its part again because of 不满意. An
	// opinion after that is kept and stands: Opinion.Stands, and the guard
	// "opinion_stands". 0: every time.
	Redo int `json:"redo,omitempty"`
}

// Whose opinion is asked for.
const (
	AskedFirst = "first" // the first signer's (第一提案人); others may give theirs, which does not count
	AskedAll   = "all"   // the first signer's, that of everyone who consented to co-sign, and of proposers whose proposals were merged in
)

// How several opinions on one reply make one.
const (
	MakesEach     = "each"     // each counts, and one 不满意 reopens
	MakesWorst    = "worst"    // the worst counts, at once
	MakesFirst    = "first"    // the first signer's counts, once it is there
	MakesMajority = "majority" // the commonest counts, of equals the worse; it reopens when everyone asked has answered
)

// NoFeedback (未反馈) is the result of a reply on which nobody has had an opinion
// by the day, in figures. Nobody gives it; a scale may have a term of this key,
// to say how it is printed.
const NoFeedback = "no_feedback"

func (h Hearing) check(field string, scales []Versions) error {
	switch {
	case !slices.Contains([]string{"", AskedFirst, AskedAll}, h.Asked):
		return workflow.Invalid(field+".asked", "unknown", "征询对象%q不明，只能是 first 或 all", "%q is neither first nor all", h.Asked)
	case !slices.Contains([]string{"", MakesEach, MakesWorst, MakesFirst, MakesMajority}, h.Makes):
		return workflow.Invalid(field+".makes", "unknown", "合并办法%q不明，只能是 each、worst、first 或 majority", "%q is none of each, worst, first and majority", h.Makes)
	case h.Makes == MakesMajority && h.Asked != AskedAll:
		return workflow.Invalid(field+".makes", "unusable", "按多数合并须征询全体提案者", "a majority is of all: asked is %q, not all", h.Asked)
	case h.Redo < 0:
		return workflow.Invalid(field+".redo", "out_of_range", "重新办理次数%d不能为负", "a part is not handled again %d times", h.Redo)
	}
	if h.Attitude != "" && !slices.ContainsFunc(scales, func(v Versions) bool { return v.Latest().Name == h.Attitude }) {
		return workflow.Invalid(field+".attitude", "unknown", "没有评议量表%q", "there is no opinion scale %q", h.Attitude)
	}
	return nil
}

// makes is how several opinions make one, where only the first signer is asked too.
func (h Hearing) makes() string {
	if h.Asked == AskedFirst {
		return MakesFirst
	}
	return h.Makes
}

// asked returns the IDs of those whose opinion is waited for; none when one of
// them is enough.
func (h Hearing) asked(p *Proposal) []string {
	if h.Asked == "" {
		return nil
	}
	ids := []string{p.Proposer.ID}
	if h.Asked == AskedFirst {
		return ids
	}
	for _, c := range p.Cosigners {
		if p.Signed(c) {
			ids = append(ids, c.ID)
		}
	}
	for _, m := range p.MergedProposers {
		if !slices.Contains(ids, m.Proposer.ID) {
			ids = append(ids, m.Proposer.ID)
		}
	}
	return ids
}

// whose returns the ID of the proposer for whom the actor speaks: of a collective
// one, not of the person.
func (p *Proposal) whose(a Actor) string {
	if p.Proposer.is(a) {
		return p.Proposer.ID
	}
	if p.TrackMeans(cosignTrack, a.ID) == consented {
		return a.ID
	}
	for _, c := range p.Cosigners {
		if c.Organisation && a.Unit != "" && c.instance() == organisation(a.Unit) && p.Signed(c) {
			return c.ID
		}
	}
	for _, m := range p.MergedProposers {
		if m.Proposer.is(a) {
			return m.Proposer.ID
		}
	}
	return a.ID
}

// proposer is the ID of the proposer whose opinion it is.
func (o Opinion) proposer() string {
	if o.Of != "" {
		return o.Of
	}
	return o.By
}

// opinionsOn returns the last opinion of each proposer on a reply of a unit.
func (p *Proposal) opinionsOn(unit string, reply int) []Opinion {
	var given []Opinion
	for _, o := range p.Opinions {
		if o.Unit != unit || o.Reply != reply {
			continue
		}
		given = slices.DeleteFunc(given, func(earlier Opinion) bool { return earlier.proposer() == o.proposer() })
		given = append(given, o)
	}
	return given
}

// missing returns those who are asked and have no opinion on the unit's current
// reply. Where one is enough that is the first signer, as long as there is none.
func (h Hearing) missing(p *Proposal, part Part) []string {
	if p.TrackMeans(hearingTrack, "") == unheard {
		return nil
	}
	given := p.opinionsOn(part.Unit, len(part.Replies))
	if h.Asked == "" {
		if len(given) == 0 {
			return []string{p.Proposer.ID}
		}
		return nil
	}
	return slices.DeleteFunc(h.asked(p), func(id string) bool {
		return slices.ContainsFunc(given, func(o Opinion) bool { return text.Narrow(o.proposer()) == text.Narrow(id) })
	})
}

// weigh returns what the opinions on the unit's current reply make, nothing where
// each counts as it comes, and whether that reopens the part.
func (h Hearing) weigh(p *Proposal, part Part) (made []Opinion, reopens bool) {
	given := p.opinionsOn(part.Unit, len(part.Replies))
	switch h.makes() {
	case MakesEach:
		made = given
	case MakesFirst:
		made = slices.DeleteFunc(given, func(o Opinion) bool { return o.proposer() != p.Proposer.ID })
	case MakesWorst:
		made = []Opinion{slices.MaxFunc(given, func(a, b Opinion) int { return severity(a) - severity(b) })}
	case MakesMajority:
		made = []Opinion{commonest(given)}
		if len(h.missing(p, part)) > 0 {
			return made, false
		}
	}
	return made, slices.ContainsFunc(made, func(o Opinion) bool { return o.Counts == Dissatisfied })
}

func severity(o Opinion) int {
	return slices.Index([]string{"", Satisfied, Mostly, Dissatisfied}, o.Counts)
}

// commonest returns the opinion whose result is the commonest, of equals the worse.
func commonest(given []Opinion) Opinion {
	times := make(map[string]int)
	for _, o := range given {
		times[o.Scale+"/"+o.Result]++
	}
	return slices.MaxFunc(given, func(a, b Opinion) int {
		if n := times[a.Scale+"/"+a.Result] - times[b.Scale+"/"+b.Result]; n != 0 {
			return n
		}
		return severity(a) - severity(b)
	})
}

// hear keeps what the opinions on the unit's current reply make, after one more
// has been given, and has the part handled again when that is called for.
func (h Hearing) hear(act *Act, p *Proposal, part Part) {
	last := &p.Opinions[len(p.Opinions)-1]
	reopens := last.Counts == Dissatisfied
	var made []Opinion
	if h.makes() != "" {
		last.Weighed = true
		made, reopens = h.weigh(p, part)
	}
	again := reopens && (h.Redo == 0 || p.redone(part) < h.Redo)
	if again {
		p.redo(act, part.Unit)
	}
	last.Stands = last.Counts == Dissatisfied && !again
	p.Verdicts = slices.DeleteFunc(p.Verdicts, func(o Opinion) bool { return o.Unit == part.Unit && o.Reply == len(part.Replies) })
	for _, o := range made {
		o.Stands, o.Weighed = o.Counts == Dissatisfied && !again, false
		p.Verdicts = append(p.Verdicts, o)
	}
}

// Heard returns the opinions on a unit's replies that count, oldest first: what
// several make by the body's [Hearing] where they make something, else each.
func (p *Proposal) Heard(unit string) []Opinion {
	var counted []Opinion
	for _, all := range [][]Opinion{p.Opinions, p.Verdicts} {
		for _, o := range all {
			if o.Unit == unit && !o.Weighed {
				counted = append(counted, o)
			}
		}
	}
	return counted
}

// Unheard reports whether nobody had an opinion that counts on the unit's current
// reply by the day (未反馈).
func (p *Proposal) Unheard(unit string) bool {
	part := p.Part(unit)
	return part != nil && part.issued() && p.TrackMeans(hearingTrack, "") == unheard &&
		!slices.ContainsFunc(p.Heard(unit), func(o Opinion) bool { return o.Reply == len(part.Replies) })
}

// results returns the results that figures count of a unit's replies: the last
// one, or where each counts all of those on the last reply that has one.
func (p *Proposal) results(unit string) []string {
	if p.Unheard(unit) {
		return []string{NoFeedback}
	}
	counted := p.Heard(unit)
	if len(counted) == 0 {
		return nil
	}
	last := counted[len(counted)-1]
	if len(p.Verdicts) == 0 {
		return []string{last.Result}
	}
	var results []string
	for _, o := range counted {
		if o.Reply == last.Reply {
			results = append(results, o.Result)
		}
	}
	return results
}

// redone returns how many times a unit has replied again since it was given its
// part.
func (p *Proposal) redone(part Part) int {
	n := 0
	for _, answer := range part.Replies {
		if !answer.Issued.IsZero() && !answer.Issued.Before(part.Assigned) {
			n++
		}
	}
	return max(0, n-1)
}

// redoneAtMost holds a [Reopen] to units that have handled their parts again
// fewer times than that.
func redoneAtMost(act *Act, p *Proposal) []workflow.Blocker {
	most, err := strconv.Atoi(act.Argument)
	if err != nil {
		return block("guard_argument", "流程定义有误：重新办理次数", fmt.Sprintf("the definition asks for %q times, which is no number", act.Argument))
	}
	return looked(act, "无法检查这一操作由谁重新办理", "whom %T has handle the proposal again cannot be told", func(reopen interface{ reopens() []string }) []workflow.Blocker {
		var blockers []workflow.Blocker
		for _, unit := range reopen.reopens() {
			if part := p.Part(unit); part != nil && p.redone(*part) >= most {
				blockers = append(blockers, workflow.Block("redone", fmt.Sprintf("“%s”已重新办理%d次，至多%d次", part.Unit, p.redone(*part), most),
					fmt.Sprintf("%q has handled its part again %d times, %d at most", part.Unit, p.redone(*part), most)))
			}
		}
		return blockers
	})
}

// opinionStands agrees when a proposer is dissatisfied with a unit's current reply
// and the part is not handled again.
func opinionStands(_ *Act, p *Proposal) []workflow.Blocker {
	for _, part := range p.Parts {
		counted := p.Heard(part.Unit)
		if slices.ContainsFunc(counted, func(o Opinion) bool { return o.Stands && o.Reply == len(part.Replies) }) {
			return nil
		}
	}
	return block("no_opinion_stands", "没有不再重新办理的不满意意见", "no dissatisfied opinion stands")
}
