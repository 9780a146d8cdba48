package letter

import (
	"maps"
	"slices"
)

// Fields are the values of a letter by the English names of fields; see [Names].
// A value may have several lines.
type Fields map[string]string

// Names are the fields that a letter knows: English names, which [Fields] use,
// and the Chinese ones that a template may use as well.
func Names() map[string]string {
	return map[string]string{
		"title":         "标题",   // of the letter
		"sender":        "发文机关", // on the letterhead, and below the letter
		"document":      "文号",
		"signer":        "签发人",
		"class":         "答复类别",
		"to":            "主送",
		"you":           "称谓", // 您, 你们 or 贵单位
		"body":          "正文",
		"date":          "日期",
		"contact":       "联系人",
		"phone":         "联系电话",
		"copies":        "抄送",
		"session":       "届次",
		"number":        "案号",
		"proposal":      "案由",
		"proposer":      "提案者",
		"category":      "类别",
		"unit":          "承办单位",
		"role":          "办理方式", // 主办, 会办, 分办, 单独办理
		"lead":          "主办单位", // where it is another than the unit
		"co":            "会办单位",
		"due":           "答复期限",
		"objection_due": "申退期限",
		"background":    "背景",
		"analysis":      "分析",
		"suggestions":   "建议",
	}
}

// english brings a name as a template has it to its English form.
func english(name string) (string, bool) {
	names := Names()
	if _, known := names[name]; known {
		return name, true
	}
	for _, en := range slices.Sorted(maps.Keys(names)) {
		if names[en] == name {
			return en, true
		}
	}
	return "", false
}
