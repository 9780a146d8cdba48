package activity

import (
	"slices"

	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// The parts of an activity that a sight of a definition names, beside those of
// every case. A field is in one part, or nobody sees it.
//
//	summary       what it is, when and where, what it is about, whether it was held
//	preparation   research, notices, materials, surveys
//	participants  who takes part
//	own_opinions  the opinions that the reader gave, or their unit is asked about
//	record        statements, opinions, responses, minutes; what a source says of it
//	outcomes      what it produced
//	own_items     the items of the checklist that are the reader's, or their unit's
//	checklist     the whole checklist
//	follow_ups    what became of it, and the polls of satisfaction
//	publication   what the public is told, or why it is not
//	erasures      requests to erase personal data, and what was decided
//	extra         what users of the library have added
func parts() []workflow.Part[*Activity] {
	part := func(key, zh, en string, show func(a workflow.Actor, seen, c *Activity)) workflow.Part[*Activity] {
		return workflow.Part[*Activity]{Key: key, Label: lifecycle.Label{ZH: zh, EN: en}, Show: show}
	}
	return []workflow.Part[*Activity]{
		part("summary", "基本情况", "summary", func(_ workflow.Actor, seen, c *Activity) {
			seen.Title, seen.Form, seen.Platform, seen.Kind, seen.Convenor, seen.Unit, seen.OfPlatform = c.Title, c.Form, c.Platform, c.Kind, c.Convenor, c.Unit, c.OfPlatform
			seen.Topics, seen.Proposals, seen.On, seen.Month, seen.Place = c.Topics, c.Proposals, c.On, c.Month, c.Place
			seen.Postponed, seen.Cancelled, seen.Held, seen.Backfilled = c.Postponed, c.Cancelled, c.Held, c.Backfilled
			seen.Waivers, seen.Relocated, seen.Mode, seen.Sittings = c.Waivers, c.Relocated, c.Mode, c.Sittings
			seen.Call = c.Call.open()
		}),
		part("preparation", "会前准备", "preparation", func(_ workflow.Actor, seen, c *Activity) {
			seen.Research, seen.Notices, seen.Materials, seen.Surveys = c.Research, c.Notices, c.Materials, c.Surveys
		}),
		part("participants", "参加人员", "participants", func(_ workflow.Actor, seen, c *Activity) { seen.Participants, seen.Call = c.Participants, c.Call }),
		part("record", "协商记录", "record", func(_ workflow.Actor, seen, c *Activity) {
			seen.Statements, seen.Opinions, seen.Responses, seen.Minutes, seen.Account = c.Statements, c.Opinions, c.Responses, c.Minutes, c.Account
			seen.Corrections = c.Corrections
		}),
		part("own_opinions", "本人提出、交本单位办理的意见", "own opinions", func(a workflow.Actor, seen, c *Activity) {
			if seen.Opinions == nil {
				seen.Opinions = slices.DeleteFunc(slices.Clone(c.Opinions), func(o Opinion) bool {
					return (o.By == "" || o.By != a.ID) && (a.Unit == "" || o.request(a.Unit) == nil)
				})
			}
		}),
		part("outcomes", "成果", "outcomes", func(_ workflow.Actor, seen, c *Activity) { seen.Outcomes = c.Outcomes }),
		part("own_items", "本人、本单位清单事项", "own items", func(a workflow.Actor, seen, c *Activity) {
			if seen.Items == nil {
				seen.Items = slices.DeleteFunc(slices.Clone(c.Items), func(i checklist.Item) bool { return !i.Owner.Is(a) && !i.Helps(a) })
			}
		}),
		part("checklist", "协商清单", "checklist", func(_ workflow.Actor, seen, c *Activity) { seen.Items = c.Items }),
		part("follow_ups", "跟踪问效", "follow-ups", func(_ workflow.Actor, seen, c *Activity) {
			seen.FollowUps, seen.Satisfaction = c.FollowUps, c.Satisfaction
		}),
		part("publication", "公开", "publication", func(_ workflow.Actor, seen, c *Activity) { seen.Publication = c.publicly() }),
		erasure.Part[*Activity](),
		part("extra", "扩展内容", "additions", func(_ workflow.Actor, seen, c *Activity) { seen.Extra = c.Extra }),
	}
}

// attributes are those that index gives, each with the part whose reader may ask
// by it.
func attributes() []workflow.Attribute {
	attrs := []workflow.Attribute{{Name: "proposal", Part: "record"}} //nolint:prealloc // of the opinions too
	for _, name := range []string{"title", "form", "platform", "convenor", "unit", "held", "year", "topic", "planned", "month"} {
		attrs = append(attrs, workflow.Attribute{Name: name, Part: "summary"})
	}
	for _, name := range []string{"owner", "awaits", "item_due", "item_first", "item_owed"} {
		attrs = append(attrs, workflow.Attribute{Name: name, Part: "checklist"})
	}
	return attrs
}

// published reports whether the public may read of the activity.
func (a *Activity) published() bool { return a.Publication != nil && a.Publication.Reason == "" }
