package main

import (
	"context"
	"fmt"
	"time"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// consultation brings in a platform and a made-up consultation, whose checklist
// has one item done and one to be done.
func (d *desk) consultation(ctx context.Context, today time.Time) error {
	n := 0
	at := func(ago int) []workflow.DoOption {
		n++
		return []workflow.DoOption{
			workflow.Command(fmt.Sprintf("desk-consultation-%d", n)),
			workflow.Happened(today.Add(-days(ago))),
		}
	}
	day := func(ago int) calendar.Date {
		on, _ := calendar.DateOf(today.Add(-days(ago)), beijing()) // a day of our years
		return on
	}
	office, _ := personOf("o-01")
	convenor, _ := personOf("m-017")
	bureau, _ := personOf("k-11")
	station, err := d.consults.Establish(ctx, office.Actor, platform.Establish{
		Name: "平凯街道委员工作站（示意）", Kind: rules.KindStation, Tier: platform.Town, Convenor: convenor.ID,
	}, at(90)...)
	if err != nil {
		return fmt.Errorf("platform: %w", err)
	}
	a, err := d.consults.Plan(ctx, convenor.Actor, activity.Plan{
		Title: "小区消防通道堵塞怎么办（示意）", Form: rules.FormPlatform, Platform: station.ID, On: day(30),
	}, at(45)...)
	for _, s := range []struct {
		by     person
		ago    int
		action workflow.Action[*activity.Activity, rules.Rules]
	}{
		{convenor, 40, activity.Notify{}},
		{convenor, 30, activity.Hold{Joined: []activity.Participant{
			{ID: convenor.ID, Kind: rules.Member}, {ID: market, Kind: rules.Department}, {ID: "业主代表", Kind: rules.Interested},
		}}},
		{convenor, 30, activity.Raise{Opinions: []activity.Opinion{{By: "业主代表", Text: "清理通道，并有人长期管"}}}},
		{convenor, 30, activity.Respond{By: market, To: []string{"o1"}, Text: "一个月内清理，再定巡查办法", OnSpot: true}},
		{convenor, 29, activity.FileMinutes{Text: "各方同意先清理、后立规。"}},
		{convenor, 29, activity.Conclude{Items: []checklist.Task{
			{What: "清理消防通道", Owner: checklist.Owner{Unit: market}, Due: day(5), Practical: true, From: []string{"o1"}},
			{What: "制定巡查办法", Owner: checklist.Owner{Unit: market}, Due: day(-20), From: []string{"o1"}},
		}}},
		{office, 28, activity.Publish{Title: "消防通道协商清单（示意）", Checklist: true}},
		{bureau, 9, activity.FinishItem{Item: "i1", Evidence: []string{"照片1"}}},
	} {
		if err != nil {
			return err
		}
		if a, err = d.consults.Activities.Do(ctx, s.by.Actor, a.ID, s.action, at(s.ago)...); err != nil {
			err = fmt.Errorf("%s: %w", s.action.Event(), err)
		}
	}
	if err != nil {
		return err
	}
	_, err = d.consults.Plan(ctx, convenor.Actor, activity.Plan{
		Title: "街边小店外摆怎么管（示意）", Form: rules.FormPlatform, Platform: station.ID, On: day(-12),
	}, at(3)...)
	return err
}
