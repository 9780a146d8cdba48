package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// TestMaterialsAreHeldAgainstTheDayAsItIsNow: sent on 15 March they are ten working
// days before the 29th, and eight before the 27th, to which it moved.
func TestMaterialsAreHeldAgainstTheDayAsItIsNow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	materials := activity.SendMaterials{Files: []string{"材料"}}
	a := w.do(convenor, w.plan(activity.Plan{Form: rules.FormSector, On: date("2024-03-29")}), activity.Notify{})
	a = w.on("2024-03-15").do(convenor, a, materials, activity.Postpone{Reason: "汛情"}, activity.Replan{Title: "停车", On: date("2024-03-27")})
	w.refused(convenor, a, activity.Notify{}, "late.notice")
	a = w.do(office, a, activity.Waive{Limit: "notice", Reason: "防汛，主席会议同意"})
	w.do(convenor, a, activity.Notify{})
	w.on("2024-03-27").refused(convenor, a, joined(rules.Member), "late.materials")

	same := newWorld(t)
	b := same.do(convenor, same.plan(activity.Plan{Form: rules.FormSector, On: date("2024-03-29")}), activity.Notify{})
	same.on("2024-03-15").do(convenor, b, materials)
	require.Equal(t, "held", same.on("2024-03-29").do(convenor, b, joined(rules.Member)).State, "the tenth working day before is in time")
}

// A notice at short notice goes out with a waiver that says who and why, for one day.
func TestShortNoticeNeedsAWaiver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.plan(activity.Plan{Form: rules.FormSector, On: date("2024-03-08")})
	w.refused(convenor, a, activity.Notify{}, "late.notice")
	require.ErrorIs(t, w.try(convenor, a, activity.Waive{Limit: "notice", Reason: "急"}), workflow.ErrDenied, "whoever convenes does not let it pass")
	w.invalid(office, a, activity.Waive{Limit: "minutes", Reason: "急"}, "limit", "unknown")
	w.invalid(office, a, activity.Waive{Limit: "notice"}, "reason", "empty")
	a = w.do(office, a, activity.Waive{Limit: "notice", Reason: "省里临时督办"})
	w.invalid(office, a, activity.Waive{Limit: "notice", Reason: "再批"}, "limit", "duplicate")
	require.Equal(t, activity.Waiver{Limit: "notice", For: date("2024-03-08"), On: date("2024-03-01"), By: office.ID, Reason: "省里临时督办"}, a.Waivers[0])
	a = w.do(convenor, a, activity.Notify{}, activity.SendMaterials{Files: []string{"材料"}})
	w.on("2024-03-08").refused(convenor, a, joined(rules.Member), "late.materials")
	a = w.do(office, a, activity.Waive{Limit: "materials", Reason: "同上"})
	require.Equal(t, "held", w.do(convenor, a, joined(rules.Member)).State)

	// It holds for the day it was given for.
	other := newWorld(t)
	b := other.do(office, other.plan(activity.Plan{Form: rules.FormSector, On: date("2024-03-08")}), activity.Waive{Limit: "notice", Reason: "急"})
	other.do(convenor, b, activity.Postpone{To: date("2024-03-11"), Reason: "汛情"})
	other.refused(convenor, b, activity.Notify{}, "late.notice")
	undated := other.plan(activity.Plan{Form: rules.FormSector})
	other.invalid(office, undated, activity.Waive{Limit: "notice", Reason: "急"}, "limit", "no_date")
}

func TestTheRoomChangesAfterTheNotice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.do(convenor, w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-08"), Place: "一楼会议室"}), activity.Notify{})
	w.invalid(convenor, a, activity.Relocate{Place: "一楼会议室", Reason: "漏水"}, "place", "duplicate")
	w.invalid(convenor, a, activity.Relocate{Place: "社区活动室"}, "reason", "empty")
	a = w.do(convenor, a, activity.Relocate{Place: "社区活动室", Reason: "漏水"})
	require.Equal(t, []string{"社区活动室", "一楼会议室", "noticed"}, []string{a.Place, a.Relocated[0].From, a.State}, "the notice stands")
	w.on("2024-03-08").do(convenor, a, joined(rules.Member))
}
