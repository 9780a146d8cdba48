package outcome

import (
	"slices"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// How (转化情况) is what became of an outcome.
type How string

// What becomes of outcomes.
const (
	Adopted  How = "adopted"  // 采纳
	InPart   How = "in_part"  // 部分采纳
	Policy   How = "policy"   // 转化为政策文件
	Proposal How = "proposal" // 转为提案
	Kept     How = "kept"     // 留作参考
	Rejected How = "rejected" // 未采纳
)

// Values returns what becomes of outcomes.
func (How) Values() []form.Value {
	value := func(h How, zh, en string) form.Value {
		return form.Value{Key: string(h), Label: lifecycle.Label{ZH: zh, EN: en}}
	}
	return []form.Value{
		value(Adopted, "采纳", "adopted"), value(InPart, "部分采纳", "adopted in part"), value(Policy, "转化为政策文件", "made a policy"),
		value(Proposal, "转为提案", "made a proposal"), value(Kept, "留作参考", "kept for reference"), value(Rejected, "未采纳", "not adopted"),
	}
}

func (h How) known() bool {
	return slices.ContainsFunc(h.Values(), func(v form.Value) bool { return v.Key == string(h) })
}
