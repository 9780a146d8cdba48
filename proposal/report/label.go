package report

import (
	"strings"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// say picks the language of the report.
func (r *Report) say(zh, en string) string {
	if r.Language == English {
		return en
	}
	return zh
}

func (r *Report) label(l lifecycle.Label, key string) string {
	if text := r.say(l.ZH, l.EN); text != "" {
		return text
	}
	if l.ZH != "" {
		return l.ZH
	}
	return key
}

// name is the label of a key of a dimension, or the key.
func (r *Report) name(d proposal.Dimension, key string) string {
	switch d { //nolint:exhaustive // the others have words of their own
	case statistics.ByCategoryIn, statistics.OfFiled(statistics.ByCategoryIn), statistics.ByUpper, statistics.OfFiled(statistics.ByUpper):
		return r.term(key, r.Rules.Categories)
	case statistics.ByTheme, statistics.OfFiled(statistics.ByTheme):
		return r.term(key, r.Rules.Themes)
	case statistics.ByClassIn:
		return r.term(key, r.Rules.Classes)
	case statistics.ByRefusal:
		return r.term(key, r.Rules.Refusals)
	case statistics.ByResult, statistics.ByAttitude:
		return r.term(key, r.Rules.Opinions...)
	case proposal.ByProposer, statistics.OfFiled(proposal.ByProposer):
		return r.value(proposal.ProposerKind("").Values(), key)
	case statistics.ByTiming, statistics.OfFiled(statistics.ByTiming):
		return r.value(proposal.Timing("").Values(), key)
	case proposal.ByStage:
		return r.stage(key)
	}
	if l, known := words()[key]; known {
		return r.label(l, key)
	}
	return key
}

func (r *Report) value(values []form.Value, key string) string {
	for _, v := range values {
		if v.Key == key {
			return r.label(v.Label, key)
		}
	}
	return key
}

// term is the label of a key that names its scheme; a letter stands before it.
func (r *Report) term(coded string, in ...proposal.Versions) string {
	scheme, key, named := strings.Cut(coded, ":")
	if !named {
		return coded
	}
	for _, versions := range in {
		if s, ok := versions.Scheme(scheme); ok {
			if t, ok := s.Term(key); ok {
				text := r.label(t.Label, key)
				if t.Letter != "" && t.Letter != key {
					text = t.Letter + r.say("类：", ": ") + text
				}
				return text
			}
		}
	}
	return key
}

func (r *Report) stage(key string) string {
	if r.Machine != nil {
		for _, s := range r.Machine.Stages() {
			if s.Key == key {
				return r.label(s.Label, key)
			}
		}
	}
	return key
}

func (r *Report) limit(key string) string {
	if r.Machine != nil {
		for _, l := range r.Machine.Limits() {
			if l.Key == key {
				return r.label(l.Label, key)
			}
		}
	}
	return key
}

// whom is who an overdue limit waits for: the unit, also that of a promise, or whoever
// the limit binds.
func (r *Report) whom(o Overdue) string {
	if o.Of != "" || r.Machine == nil {
		return proposal.Promise{ID: o.Of}.Unit()
	}
	for _, l := range r.Machine.Limits() {
		if l.Key == o.Limit && l.For == "proposer" {
			return r.say("提案者", "the proposer")
		}
	}
	return "–"
}

func (r *Report) date(d calendar.Date) string {
	if d.IsZero() {
		return "–"
	}
	return d.String()
}

// words are the labels of keys that are the same everywhere.
func words() map[string]lifecycle.Label {
	return map[string]lifecycle.Label{
		statistics.Individual: {ZH: "委员提案（含联名）", EN: "members, alone or jointly"},
		statistics.Collective: {ZH: "集体提案", EN: "collective"},

		string(proposal.Sole):     {ZH: "单独办理", EN: "one unit"},
		string(proposal.Led):      {ZH: "主办会办", EN: "lead with co-units"},
		string(proposal.Separate): {ZH: "分别办理", EN: "units separately"},
		string(proposal.Mixed):    {ZH: "主办与分办并用", EN: "lead, and units separately"},

		"filed": {ZH: "立案", EN: "filed"}, "open": {ZH: "未定或未载明", EN: "open, or not stated"}, "merged": {ZH: "并案", EN: "merged"},
		"refuse": {ZH: "不予立案", EN: "not filed"}, "refer": {ZH: "转送其他渠道", EN: "referred elsewhere"},
		"settle": {ZH: "会间解决", EN: "settled in session"}, "withdraw": {ZH: "撤案", EN: "withdrawn"},

		proposal.Settled:      {ZH: "已经解决或采纳", EN: "solved or adopted"},
		proposal.Planned:      {ZH: "正在解决或列入计划", EN: "under way or planned"},
		proposal.Reference:    {ZH: "留作参考", EN: "kept for reference"},
		proposal.Satisfied:    {ZH: "满意", EN: "satisfied"},
		proposal.Mostly:       {ZH: "基本满意", EN: "basically satisfied"},
		proposal.Dissatisfied: {ZH: "不满意", EN: "dissatisfied"},
	}
}

// total is the name of a total.
func (r *Report) total(b statistics.Base) string {
	switch b { //nolint:exhaustive // no table has the others
	case statistics.Received:
		return r.say("收到", "received")
	case statistics.Filed:
		return r.say("立案", "filed")
	case statistics.Merged:
		return r.say("并案", "merged")
	case statistics.NotFiled:
		return r.say("未立案", "not filed")
	case statistics.Open:
		return r.say("未定或未载明", "open, or not stated")
	case statistics.Assigned:
		return r.say("交办", "assigned")
	case statistics.Answered:
		return r.say("办复", "answered")
	case statistics.Heard:
		return r.say("收到反馈", "opinion given")
	case statistics.Key:
		return r.say("重点提案", "key proposals")
	case statistics.Supervised:
		return r.say("督办", "supervised")
	case statistics.Visited:
		return r.say("督办中开展调研走访", "supervised with a visit")
	case statistics.Urged:
		return r.say("催办", "urged")
	case statistics.Again:
		return r.say("二次办理", "handled again")
	case statistics.AgainDone:
		return r.say("其中再次办复", "of these, answered again")
	case statistics.Raised:
		return r.say("办理后变更答复类别", "class changed after the reply")
	case statistics.Contacted:
		return r.say("办理中与提案者沟通", "in contact with the proposers")
	case statistics.FaceToFace:
		return r.say("其中面商", "of these, face to face")
	case statistics.Promises:
		return r.say("承诺事项", "promises")
	case statistics.PromisesKept:
		return r.say("已落实", "kept")
	case statistics.PromisesDropped:
		return r.say("未能落实", "given up")
	case statistics.PromisesLate:
		return r.say("逾期未落实", "overdue")
	case statistics.Items:
		return r.say("承办件", "items")
	case statistics.RequiredItems:
		return r.say("应答复承办件", "items to be answered")
	case statistics.AnsweredItems:
		return r.say("已答复承办件", "answered items")
	case statistics.HeardItems:
		return r.say("收到反馈承办件", "items with an opinion")
	case statistics.Disordered:
		return r.say("日期前后矛盾的承办件", "items whose dates contradict each other")
	}
	return string(b)
}
