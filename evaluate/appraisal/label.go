package appraisal

import (
	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/proposal/lifecycle"
)

func label(zh, en string) lifecycle.Label { return lifecycle.Label{ZH: zh, EN: en} }

func statusLabel(s evaluate.Status) lifecycle.Label {
	switch s {
	case evaluate.Final:
		return label("确定", "final")
	case evaluate.Provisional:
		return label("暂定", "provisional")
	case evaluate.Undefined:
		return label("无法计分", "undefined")
	case evaluate.Void:
		return label("无效", "void")
	}
	return label(string(s), string(s))
}

func sectionLabel(key string) lifecycle.Label {
	switch key {
	case evaluate.SectionBase:
		return label("基本分", "base")
	case evaluate.SectionBonus:
		return label("加分", "bonus")
	case evaluate.SectionPenalty:
		return label("扣分", "penalty")
	}
	return label("调整", key)
}

// ruleLabel names the rules of package rubric, and the lines that a sheet adds by
// itself.
func ruleLabel(key string) lifecycle.Label {
	zh := map[string]string{
		"direct": "直接评分", "grade": "等次计分", "all_or_nothing": "达标计满分，否则不计分", "per_event": "按次计分", "shortfall": "按未达比例扣分",
		"steps": "分档计分", "lateness": "按逾期扣分", "rate": "按比例计分", "nested": "分表计分", "host": "另行计算",
		evaluate.LineCap: "封顶", evaluate.LineFloor: "保底", evaluate.LineRedistribute: "分值转摊", evaluate.LineVeto: "一票否决", evaluate.LineRounding: "舍入",
	}[key]
	if zh == "" {
		zh = key
	}
	return label(zh, key)
}
