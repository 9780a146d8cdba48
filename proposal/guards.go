package proposal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Guard is asked whether an act on a proposal may happen.
type Guard = workflow.Guard[*Proposal, Rules]

// Guards returns the guards that definitions may name. Those with an argument
// are written "name:argument".
//
//	cosigners_answered    no invitation to co-sign is open
//	cosigners:N           at least N co-signers have consented; cosigners:N,K,K asks so of
//	                      proposers of the kinds K only
//	no_conflict           whoever decides neither proposes or co-signs it nor stands back from it
//	own_units             the office that assigns is that of every unit that is to answer
//	complete              there is a category, and at least one concrete suggestion
//	form                  title and text are as the body asks: see [Form]
//	plenary_only:K,K      proposers of the kinds K propose at a plenary only
//	timing:T              the proposal is of a plenary, or ordinary
//	by:K,K                the proposer is of one of the kinds K
//	numbered              filing gives a number, unless there is one already
//	holds_none            no other proposal is merged into this one
//	part_accepted         a unit has accepted its part
//	no_part               no required part is left
//	all_answered          every required unit has answered
//	part_open             a required unit has yet to answer
//	co_units_answered     a lead's co-units have given it their opinion
//	opinions_in           every required unit's reply has the opinions that are asked for,
//	                      or the day for them has passed
//	opinion_stands        a proposer is dissatisfied, and the part is not handled again
//	redone_at_most:N      the units to reopen have handled their parts again fewer than N times
//	four_eyes             whoever drafted the reply does not decide on it, nor change its
//	                      class, nor decide whether it is published; whoever objected does
//	                      not decide on the objection, nor whoever asked for an erasure on
//	                      that, nor whoever wrote, co-signed or entered a proposal on its
//	                      publication, nor whoever marked words on letting them pass
//	not_supervised        no supervision is open
//	no_open_part          every unit, co-units too, has answered or was relieved
//	no_open_promise       what replies promised has been kept or given up
//	redacted              there is no contact data and no marked passage in what is to be
//	                      published, unless somebody has allowed it
//	reply_has:P,P         the reply has these: document, signer, responsible, contact, text, class
//	countersigned         whoever answers with the lead has countersigned its draft
//	consulted_on          somebody has been consulted on the candidate for a key proposal
//	led                   a leader takes the key proposal on
//	visited               the supervision has had a visit, meeting or inspection
//	nominated             the distinction goes to what was put up for it
func Guards() map[string]Guard {
	return map[string]Guard{
		"cosigners_answered": cosignersAnswered,
		"cosigners":          enoughCosigners,
		"no_conflict":        noConflict,
		"own_units":          ownUnits,
		"complete":           complete,
		"form":               inForm,
		"plenary_only":       plenaryOnly,
		"timing":             timedAs,
		"by":                 proposedBy,
		"numbered":           numbered,
		"holds_none":         holdsNone,
		"part_accepted":      partAccepted,
		"no_part":            noPart,
		"all_answered":       allAnswered,
		"part_open":          partOpen,
		"co_units_answered":  coUnitsAnswered,
		"opinions_in":        opinionsIn,
		"opinion_stands":     opinionStands,
		"redone_at_most":     redoneAtMost,
		"four_eyes":          fourEyes,
		"not_supervised":     notSupervised,
		"no_open_part":       noOpenPart,
		"no_open_promise":    noOpenPromise,
		"redacted":           redacted,
		"reply_has":          replyHas,
		"countersigned":      countersigned,
		"consulted_on":       consultedOn,
		"led":                led,
		"visited":            visited,
		"nominated":          wasNominated,
	}
}

func block(code, zh, en string) []workflow.Blocker {
	return []workflow.Blocker{workflow.Block(code, zh, en)}
}

// looked has a guard look at what an action would do, of which T is the question:
// an action of this package answers it, and so does a pointer to one, or what
// embeds one. Any other action is blocked, in these words and with its type for
// %T. While it is only asked what may be done there is no action, and nothing is.
func looked[T any](act *Act, zh, en string, at func(T) []workflow.Blocker) []workflow.Blocker {
	if act.Action == nil {
		return nil
	}
	action, ok := act.Action.(T)
	if !ok {
		return block("unknown_action", zh, fmt.Sprintf(en, act.Action))
	}
	return at(action)
}

func cosignersAnswered(_ *Act, p *Proposal) []workflow.Blocker {
	var blockers []workflow.Blocker
	for _, c := range p.Cosigners {
		if p.TrackMeans(cosignTrack, c.instance()) == invited {
			blockers = append(blockers, workflow.Block("cosigner_open",
				fmt.Sprintf("联名人“%s”尚未答复", c.ID), fmt.Sprintf("%q has not answered the invitation to co-sign", c.ID)))
		}
	}
	return blockers
}

func enoughCosigners(act *Act, p *Proposal) []workflow.Blocker {
	number, kinds, some := strings.Cut(act.Argument, ",")
	if some && !slices.Contains(strings.Split(kinds, ","), string(p.Proposer.Kind)) {
		return nil
	}
	want, err := strconv.Atoi(number)
	if err != nil {
		return block("guard_argument", "流程定义有误：联名人数", fmt.Sprintf("the definition asks for %q co-signers, which is no number", act.Argument))
	}
	if n := p.Consented(); n < want {
		return block("too_few_cosigners", fmt.Sprintf("联名人%d名，少于%d名", n, want), fmt.Sprintf("%d co-signers, fewer than %d", n, want))
	}
	return nil
}

func complete(_ *Act, p *Proposal) []workflow.Blocker {
	var blockers []workflow.Blocker
	if p.Category == "" {
		blockers = append(blockers, workflow.Block("no_category", "没有选定类别", "no category has been chosen"))
	}
	if !slices.ContainsFunc(p.Text.Suggestions, func(s string) bool { return !text.IsBlank(s) }) {
		blockers = append(blockers, workflow.Block("no_suggestion", "没有具体建议", "there is no concrete suggestion"))
	}
	return blockers
}

func plenaryOnly(act *Act, p *Proposal) []workflow.Blocker {
	if p.Timing != Plenary && slices.Contains(strings.Split(act.Argument, ","), string(p.Proposer.Kind)) {
		return block("plenary_only", "此类提案者只在全会期间提出提案", fmt.Sprintf("a %s proposes at a plenary only", p.Proposer.Kind))
	}
	return nil
}

func timedAs(act *Act, p *Proposal) []workflow.Blocker {
	if string(p.Timing) != act.Argument {
		return block("other_timing", "提出时间不符", fmt.Sprintf("the proposal is %q, not %q", p.Timing, act.Argument))
	}
	return nil
}

func proposedBy(act *Act, p *Proposal) []workflow.Blocker {
	if !slices.Contains(strings.Split(act.Argument, ","), string(p.Proposer.Kind)) {
		return block("other_proposer", "提案者类别不符", fmt.Sprintf("the proposer is a %s, not one of %s", p.Proposer.Kind, act.Argument))
	}
	return nil
}

func numbered(act *Act, p *Proposal) []workflow.Blocker {
	if act.Action == nil || p.Number != "" {
		return nil // it is only asked what may be done, or there is a number
	}
	f, ok := act.Action.(interface{ under() string }) // a File, or a pointer to one
	if ok {
		if _, key := text.Number(f.under()); key != "" {
			return nil
		}
	}
	return block("no_number", "立案须有案号", "filing gives a number")
}

func holdsNone(_ *Act, p *Proposal) []workflow.Blocker {
	if len(p.Absorbed) > 0 {
		return block("holds_others", "已有其他提案并入", fmt.Sprintf("%d proposals are merged into this one", len(p.Absorbed)))
	}
	return nil
}

// required calls do for every required part that is not released, until do
// returns false.
func (p *Proposal) required(do func(part Part, means string) bool) {
	for _, part := range p.Parts {
		means := p.partMeans(part.Unit)
		if part.Role.Required() && means != released && !do(part, means) {
			return
		}
	}
}

func partAccepted(_ *Act, p *Proposal) []workflow.Blocker {
	for _, part := range p.Parts {
		switch p.partMeans(part.Unit) {
		case accepted, checking, suspended, answered:
			return nil
		}
	}
	return block("not_accepted", "尚无单位接收", "no unit has accepted its part")
}

func noPart(_ *Act, p *Proposal) []workflow.Blocker {
	var blockers []workflow.Blocker
	p.required(func(part Part, _ string) bool {
		blockers = block("has_part", "仍有承办单位", fmt.Sprintf("%q has a part", part.Unit))
		return false
	})
	return blockers
}

func allAnswered(_ *Act, p *Proposal) []workflow.Blocker {
	parts := 0
	var blockers []workflow.Blocker
	p.required(func(part Part, means string) bool {
		parts++
		if means != answered {
			blockers = append(blockers, workflow.Block("not_answered", fmt.Sprintf("“%s”尚未答复", part.Unit), fmt.Sprintf("%q has not answered", part.Unit)))
		}
		return true
	})
	if parts == 0 {
		return block("no_part", "没有承办单位", "there is no part to answer")
	}
	return blockers
}

func partOpen(act *Act, p *Proposal) []workflow.Blocker {
	if blockers := allAnswered(act, p); len(blockers) > 0 && blockers[0].Code == "not_answered" {
		return nil
	}
	return block("all_answered", "各单位均已答复", "every required unit has answered")
}

func coUnitsAnswered(act *Act, p *Proposal) []workflow.Blocker {
	part := p.Part(act.Instance)
	if part == nil || part.Role != Lead {
		return nil
	}
	var blockers []workflow.Blocker
	for _, co := range p.Parts {
		if co.Role != Co {
			continue
		}
		switch p.partMeans(co.Unit) {
		case answered, released:
		default:
			blockers = append(blockers, workflow.Block("co_unit_open",
				fmt.Sprintf("协办单位“%s”尚未提出意见", co.Unit), fmt.Sprintf("the co-unit %q has not given its opinion", co.Unit)))
		}
	}
	return blockers
}

func opinionsIn(act *Act, p *Proposal) []workflow.Blocker {
	var blockers []workflow.Blocker
	p.required(func(part Part, _ string) bool {
		for _, id := range act.Rules.Hearing.missing(p, part) {
			zh, en := fmt.Sprintf("对“%s”的答复尚无意见", part.Unit), fmt.Sprintf("there is no opinion on the reply of %q", part.Unit)
			if act.Rules.Hearing.Asked != "" {
				zh, en = fmt.Sprintf("“%s”对“%s”的答复尚无意见", id, part.Unit), fmt.Sprintf("%q has given no opinion on the reply of %q", id, part.Unit)
			}
			blockers = append(blockers, workflow.Block("no_opinion", zh, en))
		}
		return true
	})
	return blockers
}

// fourEyes tells the two sides of a decision from the case: who asked for it is
// on record there, whatever they have become since.
func fourEyes(act *Act, p *Proposal) []workflow.Blocker {
	switch unit := act.Instance; act.Event {
	case Follow{}.Event():
		return looked(act, "无法检查这一操作由谁提出", "who asked for what %T decides cannot be told", func(follow interface{ changes() (unit, class string) }) []workflow.Blocker {
			if unit, class := follow.changes(); class != "" && p.drafted(unit, act.Actor.ID) {
				return block("same_person", "拟稿人不能更改自己答复的类别", "whoever drafted the reply cannot change its class")
			}
			return nil
		})
	case Erase{}.Event(), RefuseErasure{}.Event():
		return erasure.FourEyes(act, p)
	case ApproveObjection{}.Event(), RefuseObjection{}.Event():
		if part := p.Part(unit); part != nil && part.objection() != nil && part.objection().By == act.Actor.ID {
			return block("same_person", "申退人不能决定自己的申退", "whoever objected cannot decide on the objection")
		}
	case Publish{}.Event(), Withhold{}.Event():
		if p.wrote(act.Actor) {
			return block("same_person", "提案人、联名人或录入人不能决定该提案是否公开", "whoever wrote, co-signed or entered the proposal cannot decide on its publication")
		}
	case PublishReply{}.Event(), WithholdReply{}.Event():
		return looked(act, "无法检查这一操作公开哪一答复", "which reply %T decides on cannot be told", func(decides interface{ replyOf() string }) []workflow.Blocker {
			if p.drafted(decides.replyOf(), act.Actor.ID) {
				return block("same_person", "拟稿人不能决定自己的答复是否公开", "whoever drafted the reply cannot decide on its publication")
			}
			return nil
		})
	case AllowPassage{}.Event():
		return looked(act, "无法检查这一操作允许公开的内容", "which words %T lets pass cannot be told", func(allows interface{ passes() string }) []workflow.Blocker {
			if i := p.said(allows.passes()); i >= 0 && !p.Passages[i].Allowed && p.Passages[i].By == act.Actor.ID {
				return block("same_person", "标记人不能允许公开自己标记的内容", "whoever marked the words cannot let them pass")
			}
			return nil
		})
	default:
		if p.Part(unit) == nil {
			return block("two_sides_unknown", "不知道这一决定由谁提出，无法要求两人经手", "who asked for this is not on record, so that two people cannot be told apart")
		}
		if p.drafted(unit, act.Actor.ID) {
			return block("same_person", "拟稿人不能审核自己的答复", "whoever drafted the reply cannot decide on it")
		}
	}
	return nil
}

// wrote reports whether somebody is behind a proposal as it stands: as its first
// signer, one of its co-signers, or who entered it.
func (p *Proposal) wrote(a Actor) bool {
	return p.Proposer.is(a) || p.EnteredBy == a.ID || p.TrackMeans(cosignTrack, a.ID) == consented
}

// drafted reports whether an account drafted the current reply of a unit.
func (p *Proposal) drafted(unit, account string) bool {
	part := p.Part(unit)
	return part != nil && part.Reply() != nil && part.Reply().By == account
}

// noOpenPart finds every part that is not yet at an end, those of co-units too.
func noOpenPart(_ *Act, p *Proposal) []workflow.Blocker {
	var blockers []workflow.Blocker
	for _, part := range p.Parts {
		switch p.partMeans(part.Unit) {
		case answered, released:
			continue
		}
		if part.objection() != nil {
			blockers = append(blockers, workflow.Block("objection_open",
				fmt.Sprintf("“%s”的申退尚未决定", part.Unit), fmt.Sprintf("the objection of %q has not been decided on", part.Unit)))
			continue
		}
		blockers = append(blockers, workflow.Block("part_open",
			fmt.Sprintf("“%s”的承办尚未完结", part.Unit), fmt.Sprintf("the part of %q is still open", part.Unit)))
	}
	return blockers
}

func notSupervised(_ *Act, p *Proposal) []workflow.Blocker {
	if p.TrackMeans(supervisionTrack, "") == supervised {
		return block("supervised", "督办尚未结束", "a supervision is open")
	}
	return nil
}
