package topic

import (
	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// SourceKind (议题来源) is where a topic comes from.
type SourceKind string

// The sources of topics.
const (
	FromMember     SourceKind = "member"     // 委员提出
	FromParty      SourceKind = "party"      // 党委交题
	FromGovernment SourceKind = "government" // 政府点题
	FromResidents  SourceKind = "residents"  // 群众出题
	FromUnit       SourceKind = "unit"       // 单位荐题
	FromProposal   SourceKind = "proposal"   // 提案转化
)

// Values returns the sources.
func (SourceKind) Values() []form.Value {
	value := func(k SourceKind, zh, en string) form.Value {
		return form.Value{Key: string(k), Label: lifecycle.Label{ZH: zh, EN: en}}
	}
	return []form.Value{
		value(FromMember, "委员提出", "a member"), value(FromParty, "党委交题", "the Party committee"),
		value(FromGovernment, "政府点题", "the government"), value(FromResidents, "群众出题", "residents"),
		value(FromUnit, "单位荐题", "a unit"), value(FromProposal, "提案转化", "a proposal"),
	}
}

// Source (议题来源) is who, or which proposal, a topic comes from.
type Source struct {
	Kind SourceKind `json:"kind" zh:"来源类别" en:"kind" field:"required"`
	ID   string     `json:"id,omitempty" zh:"编号" en:"ID" field:"id"` // account, unit or proposal
	Name string     `json:"name,omitempty" zh:"名称" en:"name"`        // for people
}

func (s Source) check(field string) error {
	switch s.Kind {
	case FromMember, FromParty, FromGovernment, FromResidents, FromUnit:
	case FromProposal:
		if s.ID == "" {
			return workflow.Invalid(field+".id", "empty", "来自提案的议题须写明提案", "a topic from a proposal names the proposal")
		}
	default:
		return workflow.Invalid(field+".kind", "unknown", "没有来源%q", "there is no source %q", s.Kind)
	}
	if s.ID != "" {
		if err := check.ID(field+".id", s.ID); err != nil {
			return err
		}
	}
	return check.Line(field+".name", s.Name)
}
