package main

import (
	"context"
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/workflow"
)

// fill brings the sample ledger and the made-up cases into the database. Done
// again, on a later day too, it finds everything done.
func (d *desk) fill(ctx context.Context) error {
	l, err := ledger.Read(ledger.Sample())
	if err != nil {
		return err
	}
	if _, err := ledger.Import(ctx, d.store, l, nil); err != nil {
		return err
	}
	today := d.now()
	for i, c := range madeUp() {
		p, err := d.play(ctx, fmt.Sprintf("desk-sample-%d", i), today, c)
		if err != nil {
			return fmt.Errorf("sample %d: %w", i, err)
		}
		if i == 0 { // the day on which the file was filled
			today = p.Opened.Add(days(c.ago))
		}
	}
	return d.consultation(ctx, today)
}

// story is a made-up case: who did what, how many days ago.
type story struct {
	by    string
	ago   int
	draft proposal.Draft
	then  []step
}

type step struct {
	by     string
	ago    int
	action proposal.Action
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }

func (d *desk) play(ctx context.Context, command string, today time.Time, s story) (*proposal.Proposal, error) {
	at := func(n, ago int) []workflow.DoOption {
		return []workflow.DoOption{
			workflow.Command(fmt.Sprintf("%s-%d", command, n)),
			workflow.Happened(today.Add(-days(ago))),
		}
	}
	by, _ := personOf(s.by)
	p, err := d.proposals.Open(ctx, by.Actor, s.draft, at(0, s.ago)...)
	for i, step := range s.then {
		if err != nil {
			return nil, err
		}
		by, _ := personOf(step.by)
		if p, err = d.proposals.Do(ctx, by.Actor, p.ID, step.action, at(i+1, step.ago)...); err != nil {
			err = fmt.Errorf("%s: %w", step.action.Event(), err)
		}
	}
	return p, err
}

func text(background, analysis string, suggestions ...string) proposal.Text {
	return proposal.Text{Background: background, Analysis: analysis, Suggestions: suggestions}
}

// madeUp are the cases by which each desk has something on it. No fact in them is
// one.
func madeUp() []story {
	filed := func(number string, ago int) []step {
		return []step{{"m-017", ago, proposal.Submit{}}, {"c-01", ago - 3, proposal.Receive{}}, {"c-01", ago - 6, proposal.File{Number: number}}}
	}
	handled := func(number string, ago int, unit, clerk, signer, reply string) []step {
		return append(filed(number, ago),
			step{"o-01", ago - 8, proposal.Assign{Lead: unit}}, step{clerk, ago - 10, proposal.Accept{}},
			step{clerk, ago - 20, proposal.LogContact{Form: proposal.ByPhone, Text: "与提案者电话沟通办理思路。"}},
			step{clerk, ago - 28, proposal.Reply{Text: reply, Class: "a", Contact: "电话"}}, step{signer, ago - 30, proposal.IssueReply{Unit: unit}})
	}
	return []story{
		{by: "m-017", ago: 2, draft: proposal.Draft{
			Title: "关于优化农村客运班线的提案（示意）", Category: proposal.Social,
			Text: text("赶集日班车拥挤，平日又常常空驶。", "固定班次与实际客流不相称。", "试行赶集日加密、平日预约的班次"),
		}},
		{by: "m-018", ago: 6, draft: proposal.Draft{
			Title: "关于乡镇卫生院远程会诊常态化的提案（示意）", Category: proposal.Social,
			Text: text("部分卫生院设备已到位，使用不多。", "排班和结算尚无统一办法。", "明确每周固定会诊时段", "把会诊纳入医共体结算"),
		}, then: []step{{"m-018", 5, proposal.Submit{}}}},
		{by: "m-017", ago: 14, draft: proposal.Draft{
			Title: "关于保护和传承花灯技艺的提案（示意）", Category: proposal.Cultural,
			Text: text("能独立扎制花灯的匠人渐少。", "缺少固定的传习场所。", "在镇文化站设传习点"),
		}, then: filed("20260014", 13)},
		{by: "m-017", ago: 40, draft: proposal.Draft{
			Title: "关于老旧小区增设电动自行车充电设施的提案（示意）", Category: proposal.Social,
			Text: text("飞线充电屡禁不止。", "小区内集中充电位不足。", "结合老旧小区改造统一布点", "明确充电服务价格"),
		}, then: append(filed("20260009", 38),
			step{"o-01", 30, proposal.Assign{Lead: housing, Co: []string{market}}}, step{"k-21", 28, proposal.Accept{}}, step{"k-11", 27, proposal.Accept{}})},
		{by: "m-017", ago: 60, draft: proposal.Draft{
			Title: "关于支持小店经济发展的提案（示意）", Category: proposal.Economic,
			Text: text("小店带动就业，融资和登记仍有不便。", "信息分散在几个窗口。", "设立一站式服务", "公布融资产品清单"),
		}, then: handled("20260003", 58, market, "k-11", "k-12", "已在政务大厅设小店服务专窗，融资产品清单同步公布。")},
		{by: "m-018", ago: 150, draft: proposal.Draft{
			Title: "关于梅江河水质治理的提案（示意）", Category: proposal.Ecological,
			Text: text("枯水期部分河段水质波动。", "沿岸排口权责不清。", "逐一登记排口并公示责任单位"),
		}, then: []step{
			{"m-018", 148, proposal.Submit{}}, {"c-01", 145, proposal.File{Number: "20260002"}},
			{"c-01", 140, proposal.MarkKey{Leader: "冯静", Tier: "重点提案"}}, {"o-01", 138, proposal.Assign{Lead: housing}},
			{"k-21", 135, proposal.Accept{}}, {"l-01", 60, proposal.Supervise{Form: "实地调研"}},
		}},
		{by: "m-017", ago: 200, draft: proposal.Draft{
			Title: "关于城区公共停车位错时共享的提案（示意）", Category: proposal.Social,
			Text: text("白天单位车位紧、夜间闲置。", "缺少共享的规则。", "选三处机关停车场夜间向居民开放"),
		}, then: append(handled("20260001", 198, housing, "k-21", "k-22", "三处机关停车场已夜间开放，车位信息接入停车平台。"),
			step{"m-017", 160, proposal.GiveOpinion{Result: "satisfied", Text: "开放及时，居民方便。"}},
			step{"c-01", 158, proposal.Close{}}, step{"c-01", 157, proposal.Publish{
				Title: "关于城区公共停车位错时共享的提案（示意）", Text: "建议机关停车场夜间向居民开放。",
			}},
		)},
	}
}
