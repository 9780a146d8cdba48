package platform

import (
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Tier (层级) is the level a platform is at.
type Tier string

// The tiers.
const (
	Province   Tier = "province"   // 省级
	Prefecture Tier = "prefecture" // 市级
	County     Tier = "county"     // 区县级
	Town       Tier = "town"       // 乡镇、街道
	Village    Tier = "village"    // 村、社区
	Site       Tier = "site"       // 站点
)

func (t Tier) known() bool {
	switch t {
	case Province, Prefecture, County, Town, Village, Site:
		return true
	}
	return false
}

// Values returns the tiers.
func (Tier) Values() []form.Value {
	value := func(t Tier, zh, en string) form.Value {
		return form.Value{Key: string(t), Label: lifecycle.Label{ZH: zh, EN: en}}
	}
	return []form.Value{
		value(Province, "省级", "province"), value(Prefecture, "市级", "prefecture"), value(County, "区县级", "county"),
		value(Town, "乡镇、街道", "town"), value(Village, "村、社区", "village"), value(Site, "站点", "site"),
	}
}
