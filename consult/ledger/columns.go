package ledger

import (
	"strconv"

	"github.com/tian-go/tian/proposal/calendar"
)

func platformColumns(w Words) []column[Platform] {
	return []column[Platform]{
		word("name", "平台名称", func(p *Platform) *string { return &p.Name }),
		coded("kind", "平台类别", w.Kinds, func(p *Platform) *string { return &p.Kind }),
		flag("open", "运行中", func(p *Platform) *bool { return &p.Open }),
		number("quota", "定额次数", func(p *Platform) *int { return &p.Quota }),
		coded("per", "定额周期", w.Periods, func(p *Platform) *string { return &p.Per }),
		number("held", "已召开", func(p *Platform) *int { return &p.Held }),
		number("undated", "日期不详", func(p *Platform) *int { return &p.Undated }),
		number("asks", "全年任务", func(p *Platform) *int { return &p.Asks }),
		number("due", "应完成", func(p *Platform) *int { return &p.Due }),
		number("short", "欠完成", func(p *Platform) *int { return &p.Short }),
		word("body", "所属政协", func(p *Platform) *string { return &p.Body }),
		word("id", "平台编号", func(p *Platform) *string { return &p.ID }),
	}
}

func activityColumns(w Words) []column[Activity] {
	columns := []column[Activity]{
		day("date", "日期", func(a *Activity) *calendar.Date { return &a.On }),
		word("title", "议题", func(a *Activity) *string { return &a.Title }),
		coded("form", "协商形式", w.Forms, func(a *Activity) *string { return &a.Form }),
		word("platform", "平台", func(a *Activity) *string { return &a.PlatformName }),
		coded("state", "状态", w.States, func(a *Activity) *string { return &a.State }),
		flag("held", "已召开", func(a *Activity) *bool { return &a.Held }),
		flag("backfilled", "补录", func(a *Activity) *bool { return &a.Backfilled }),
		flag("on_topic", "议题经选定", func(a *Activity) *bool { return &a.OnTopic }),
	}
	for _, kind := range w.Participants {
		columns = append(columns, present(kind.Key, kind.Label.In("zh", kind.Key)))
	}
	return append(columns,
		number("opinions", "意见", func(a *Activity) *int { return &a.Opinions }),
		number("answered", "已回应", func(a *Activity) *int { return &a.Answered }),
		number("on_spot", "现场回应", func(a *Activity) *int { return &a.OnSpot }),
		number("requests", "交办意见", func(a *Activity) *int { return &a.Requests }),
		number("taken_up", "采纳", func(a *Activity) *int { return &a.TakenUp }),
		number("in_part", "部分采纳", func(a *Activity) *int { return &a.InPart }),
		number("not_taken", "未采纳", func(a *Activity) *int { return &a.NotTaken }),
		day("minutes", "纪要日期", func(a *Activity) *calendar.Date { return &a.MinutesOn }),
		flag("minutes_late", "纪要逾期", func(a *Activity) *bool { return &a.MinutesLate }),
		list("outcomes", "成果", w.Outcomes, func(a *Activity) *[]string { return &a.Outcomes }),
		number("items", "清单事项", func(a *Activity) *int { return &a.Items }),
		number("confirmed", "办结认定", func(a *Activity) *int { return &a.Confirmed }),
		number("in_time", "按期", func(a *Activity) *int { return &a.InTime }),
		number("overdue", "逾期", func(a *Activity) *int { return &a.Overdue }),
		number("matters", "实事", func(a *Activity) *int { return &a.Matters }),
		number("follow_ups", "跟踪问效", func(a *Activity) *int { return &a.FollowUps }),
		number("satisfied", "满意", func(a *Activity) *int { return &a.Satisfied }),
		number("returned", "测评表", func(a *Activity) *int { return &a.Returned }),
		flag("published", "公开", func(a *Activity) *bool { return &a.Published }),
		word("body", "所属政协", func(a *Activity) *string { return &a.Body }),
		word("platform_id", "平台编号", func(a *Activity) *string { return &a.Platform }),
		word("id", "活动编号", func(a *Activity) *string { return &a.ID }),
	)
}

// present is the column of those of a kind who were there.
func present(kind, zh string) column[Activity] {
	return column[Activity]{
		key: "present_" + kind, zh: "参加人数：" + zh,
		put: func(a *Activity, _ string) string { return strconv.Itoa(a.Present[kind]) },
		take: func(a *Activity, cell, _ string) bool {
			n, ok := count(cell)
			if n > 0 {
				if a.Present == nil {
					a.Present = make(map[string]int)
				}
				a.Present[kind] = n
			}
			return ok
		},
	}
}

func itemColumns(w Words) []column[Item] {
	return []column[Item]{
		word("what", "事项", func(i *Item) *string { return &i.What }),
		word("unit", "责任单位", func(i *Item) *string { return &i.Unit }),
		word("owner", "责任人", func(i *Item) *string { return &i.Owner }),
		list("helpers", "协办", nil, func(i *Item) *[]string { return &i.Helpers }),
		day("due", "办理期限", func(i *Item) *calendar.Date { return &i.Due }),
		coded("state", "办理情况", w.ItemStates, func(i *Item) *string { return &i.State }),
		day("finished", "办结日期", func(i *Item) *calendar.Date { return &i.Finished }),
		word("reason", "暂不可行的理由", func(i *Item) *string { return &i.Reason }),
		coded("card", "亮牌", w.Cards, func(i *Item) *string { return &i.Card }),
		flag("practical", "实事", func(i *Item) *bool { return &i.Practical }),
		number("satisfied", "群众满意", func(i *Item) *int { return &i.Satisfied }),
		number("returned", "群众测评表", func(i *Item) *int { return &i.Returned }),
		day("given", "列入日期", func(i *Item) *calendar.Date { return &i.Given }),
		day("missed", "首次逾期的期限", func(i *Item) *calendar.Date { return &i.Missed }),
		word("title", "议题", func(i *Item) *string { return &i.Title }),
		word("account", "责任人账号", func(i *Item) *string { return &i.Account }),
		word("item", "事项编号", func(i *Item) *string { return &i.ID }),
		word("activity", "活动编号", func(i *Item) *string { return &i.Activity }),
	}
}
