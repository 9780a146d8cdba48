package platform

import (
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// The parts of a platform that a sight of a definition names, beside those of
// every case. A field is in one part, or nobody sees it.
//
//	summary      what it is and was, its people, its quota, its times out of service
//	duties       the days of duty
//	inspections  what inspections found
//	accounts     what sources say of it
//	erasures     requests to erase personal data, and what was decided
//	extra        what users of the library have added
func parts() []workflow.Part[*Platform] {
	part := func(key, zh, en string, show func(seen, p *Platform)) workflow.Part[*Platform] {
		return workflow.Part[*Platform]{Key: key, Label: lifecycle.Label{ZH: zh, EN: en}, Show: func(_ workflow.Actor, seen, p *Platform) { show(seen, p) }}
	}
	return []workflow.Part[*Platform]{
		part("summary", "基本情况", "summary", func(seen, p *Platform) {
			seen.Name, seen.Kind, seen.Tier, seen.Place, seen.Convenor, seen.Unit = p.Name, p.Kind, p.Tier, p.Place, p.Convenor, p.Unit
			seen.Members, seen.Wall, seen.Quota, seen.Since, seen.Breaks, seen.Past = p.Members, p.Wall, p.Quota, p.Since, p.Breaks, p.Past
			seen.MergedInto, seen.Absorbed = p.MergedInto, p.Absorbed
		}),
		part("duties", "值班", "days of duty", func(seen, p *Platform) { seen.Duties = p.Duties }),
		part("inspections", "检查", "inspections", func(seen, p *Platform) { seen.Inspections = p.Inspections }),
		part("accounts", "公开报道", "accounts", func(seen, p *Platform) { seen.Accounts = p.Accounts }),
		erasure.Part[*Platform](),
		part("extra", "扩展内容", "additions", func(seen, p *Platform) { seen.Extra = p.Extra }),
	}
}

// attributes are those that index gives, each with the part whose reader may ask
// by it.
func attributes() []workflow.Attribute {
	return []workflow.Attribute{
		{Name: "name", Part: "summary"}, {Name: "kind", Part: "summary"}, {Name: "tier", Part: "summary"},
		{Name: "convenor", Part: "summary"}, {Name: "unit", Part: "summary"}, {Name: "member", Part: "summary"},
	}
}

// Lists returns the lists of platforms as people have them:
//
//	mine        of an account: it convenes them
//	ours        of a unit: it runs them
//	in_service  of a body: open
//	paused      of a body: suspended, and could be resumed
func Lists() []workflow.List[*Platform] {
	list := func(key, zh, en string, keeper workflow.Keeper, of func(*Platform) (key string, there bool)) workflow.List[*Platform] {
		return workflow.List[*Platform]{Key: key, Label: lifecycle.Label{ZH: zh, EN: en}, For: keeper, Stands: func(p *Platform) []workflow.Standing {
			if key, there := of(p); there {
				return []workflow.Standing{{Key: key, Sort: p.Opened.UTC().Format("2006-01-02T15:04:05Z")}}
			}
			return nil
		}}
	}
	return []workflow.List[*Platform]{
		list("mine", "我召集的平台", "mine", workflow.OfPerson, func(p *Platform) (string, bool) { return p.Convenor, p.Convenor != "" }),
		list("ours", "本单位平台", "ours", workflow.OfUnit, func(p *Platform) (string, bool) { return p.Unit, p.Unit != "" }),
		list("in_service", "运行中的平台", "in service", workflow.OfBody, func(p *Platform) (string, bool) { return "", p.Means() == InService }),
		list("paused", "暂停的平台", "paused", workflow.OfBody, func(p *Platform) (string, bool) { return "", p.Means() != InService && p.Allows("resume", "") }),
	}
}
