package proposal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Guard is asked whether an act on a proposal may happen.
type Guard = workflow.Guard[*Proposal, Rules]

// Guards returns the guards that definitions may name. Those with an argument
// are written "name:argument".
//
//	cosigners_answered    no invitation to co-sign is open
//	cosigners:N           at least N co-signers have consented
//	complete              there is a category, and at least one concrete suggestion
//	plenary_only:K,K      proposers of the kinds K propose at a plenary only
//	numbered              filing gives a number, unless there is one already
//	holds_none            no other proposal is merged into this one
//	part_accepted         a unit has accepted its part
//	no_part               no required part is left
//	all_answered          every required unit has answered
//	part_open             a required unit has yet to answer
//	co_units_answered     a lead's co-units have given it their opinion
//	opinions_in           every required unit's reply has an opinion
//	four_eyes             whoever drafted the reply does not decide on it
//	not_supervised        no supervision is open
//	redacted              there is no contact data in what is to be published
func Guards() map[string]Guard {
	return map[string]Guard{
		"cosigners_answered": cosignersAnswered,
		"cosigners":          enoughCosigners,
		"complete":           complete,
		"plenary_only":       plenaryOnly,
		"numbered":           numbered,
		"holds_none":         holdsNone,
		"part_accepted":      partAccepted,
		"no_part":            noPart,
		"all_answered":       allAnswered,
		"part_open":          partOpen,
		"co_units_answered":  coUnitsAnswered,
		"opinions_in":        opinionsIn,
		"four_eyes":          fourEyes,
		"not_supervised":     notSupervised,
		"redacted":           redacted,
	}
}

func block(code, zh, en string) []workflow.Blocker {
	return []workflow.Blocker{workflow.Block(code, zh, en)}
}

func cosignersAnswered(_ *Act, p *Proposal) []workflow.Blocker {
	var blockers []workflow.Blocker
	for _, c := range p.Cosigners {
		if p.TrackMeans(cosignTrack, c.ID) == invited {
			blockers = append(blockers, workflow.Block("cosigner_open",
				fmt.Sprintf("联名人“%s”尚未答复", c.ID), fmt.Sprintf("%q has not answered the invitation to co-sign", c.ID)))
		}
	}
	return blockers
}

func enoughCosigners(act *Act, p *Proposal) []workflow.Blocker {
	want, err := strconv.Atoi(act.Argument)
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

func opinionsIn(_ *Act, p *Proposal) []workflow.Blocker {
	var blockers []workflow.Blocker
	p.required(func(part Part, _ string) bool {
		if !p.heard(part) {
			blockers = append(blockers, workflow.Block("no_opinion", fmt.Sprintf("对“%s”的答复尚无意见", part.Unit), fmt.Sprintf("there is no opinion on the reply of %q", part.Unit)))
		}
		return true
	})
	return blockers
}

func fourEyes(act *Act, p *Proposal) []workflow.Blocker {
	part := p.Part(act.Instance)
	if part == nil || part.Reply() == nil || part.Reply().By != act.Actor.ID {
		return nil
	}
	return block("same_person", "拟稿人不能审核自己的答复", "whoever drafted the reply cannot decide on it")
}

func notSupervised(_ *Act, p *Proposal) []workflow.Blocker {
	if p.TrackMeans(supervisionTrack, "") == supervised {
		return block("supervised", "督办尚未结束", "a supervision is open")
	}
	return nil
}
