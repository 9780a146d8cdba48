package topic

import (
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// The parts of a topic that a sight of a definition names, beside those of every
// case. A field is in one part, or nobody sees it.
//
//	summary    title, where it comes from, the platform, why it was not taken
//	clues      what was said for it
//	screening  what was found of it, and the vote
//	plan       its place in the plans of the years
//	erasures   requests to erase personal data, and what was decided
//	extra      what users of the library have added
func parts() []workflow.Part[*Topic] {
	part := func(key, zh, en string, show func(seen, t *Topic)) workflow.Part[*Topic] {
		return workflow.Part[*Topic]{Key: key, Label: lifecycle.Label{ZH: zh, EN: en}, Show: func(_ workflow.Actor, seen, t *Topic) { show(seen, t) }}
	}
	return []workflow.Part[*Topic]{
		part("summary", "基本情况", "summary", func(seen, t *Topic) {
			seen.Title, seen.Source, seen.Platform, seen.Declined = t.Title, t.Source, t.Platform, t.Declined
			seen.Sources, seen.MergedInto, seen.Absorbed = t.Sources, t.MergedInto, t.Absorbed
		}),
		part("clues", "线索", "clues", func(seen, t *Topic) { seen.Clues = t.Clues }),
		part("screening", "审查和票选", "screening and ballot", func(seen, t *Topic) { seen.Screening, seen.Ballot = t.Screening, t.Ballot }),
		part("plan", "年度计划", "yearly plan", func(seen, t *Topic) { seen.Plan, seen.Carried = t.Plan, t.Carried }),
		erasure.Part[*Topic](),
		part("extra", "扩展内容", "additions", func(seen, t *Topic) { seen.Extra = t.Extra }),
	}
}

// attributes are those that index gives, each with the part whose reader may ask
// by it.
func attributes() []workflow.Attribute {
	return []workflow.Attribute{
		{Name: "title", Part: "summary"}, {Name: "source", Part: "summary"}, {Name: "platform", Part: "summary"}, {Name: "proposal", Part: "summary"},
		{Name: "year", Part: "plan"}, {Name: "lead", Part: "plan"}, {Name: "form", Part: "plan"},
	}
}

// Lists returns the lists of topics as people have them. What a topic waits for is
// told by what its definition lets happen next:
//
//	mine         of an account: raised by it
//	to_nominate  of a body: collected, and could be made a candidate
//	to_screen    of a body: candidates with no screening
//	to_choose    of a body: candidates that have been screened
//	to_schedule  of a body: chosen, and in no yearly plan
func Lists() []workflow.List[*Topic] {
	list := func(key, zh, en string, there func(*Topic) bool) workflow.List[*Topic] {
		return workflow.List[*Topic]{Key: key, Label: lifecycle.Label{ZH: zh, EN: en}, For: workflow.OfBody, Stands: func(t *Topic) []workflow.Standing {
			if !there(t) {
				return nil
			}
			return []workflow.Standing{{Sort: opened(t)}}
		}}
	}
	return []workflow.List[*Topic]{
		{Key: "mine", Label: lifecycle.Label{ZH: "我提出的议题", EN: "mine"}, For: workflow.OfPerson, Stands: func(t *Topic) []workflow.Standing {
			if t.Source.ID == "" || t.Source.Kind == FromProposal {
				return nil
			}
			return []workflow.Standing{{Key: t.Source.ID, Sort: opened(t)}}
		}},
		list("to_nominate", "待列备选", "to nominate", func(t *Topic) bool { return t.Declined == "" && t.Allows("nominate", "") }),
		list("to_screen", "待审查议题", "to screen", func(t *Topic) bool { return t.Screening == nil && t.Allows("screen", "") }),
		list("to_choose", "待选定议题", "to choose", func(t *Topic) bool {
			return t.Screening != nil && (t.Allows("select", "") || t.Allows("elect", ""))
		}),
		list("to_schedule", "待列计划议题", "to schedule", func(t *Topic) bool { return t.Plan == nil && t.Allows("schedule", "") }),
	}
}

func opened(t *Topic) string { return t.Opened.UTC().Format("2006-01-02T15:04:05Z") }
