package consult_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

func joined(kinds ...string) activity.Hold {
	h := activity.Hold{}
	for i, k := range kinds {
		h.Joined = append(h.Joined, activity.Participant{ID: fmt.Sprintf("p%d", i), Kind: k})
	}
	return h
}

func TestNothingIsHeldWithoutNotice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-01")})
	w.refused(convenor, a, joined(rules.Member), "wrong_state")
	undated := w.plan(activity.Plan{Platform: w.station.ID})
	w.refused(convenor, undated, activity.Notify{}, "no_date")
	gone := w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-02-29")})
	w.refused(convenor, gone, activity.Notify{}, "date_passed")

	early := w.do(convenor, w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-08")}), activity.Notify{})
	w.invalid(convenor, early, joined(rules.Member), "on", "future")
	require.Equal(t, "held", w.on("2024-03-08").do(convenor, early, joined(rules.Member)).State)
}

// TestNoticeIsFifteenWorkingDaysBefore: before Friday 2024-03-29 there are 15
// working days back to Friday 2024-03-08, counted by hand on a wall calendar;
// before 2024-05-06, with the five days of May and the worked Sunday of
// 2024-04-28 and Saturday 2024-05-11, back to 2024-04-12; worked: 04-15 to 19,
// 22 to 26, 28 to 30, 05-06 is day 15 from the 12th with 04-15 as day 1.
func TestNoticeIsFifteenWorkingDaysBefore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ on, last, late string }{
		{"2024-03-29", "2024-03-08", "2024-03-09"},
		{"2024-05-07", "2024-04-12", "2024-04-13"},
	} {
		w := newWorld(t)
		a := w.plan(activity.Plan{Form: rules.FormCounterpart, On: date(c.on)})
		require.Equal(t, c.last, a.Clocks[0].Due.String())
		w.on(c.late).refused(convenor, a, activity.Notify{}, "late.notice")
		other := newWorld(t)
		b := other.plan(activity.Plan{Form: rules.FormCounterpart, On: date(c.on)})
		require.Equal(t, "noticed", other.on(c.last).do(convenor, b, activity.Notify{}).State)
	}
}

func TestAFormalMeetingNeedsResearchAndMaterials(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.plan(activity.Plan{Form: rules.FormThematic, On: date("2024-03-29")})
	w.refused(convenor, a, activity.Notify{}, "not_researched")
	w.do(convenor, a, activity.Investigate{Found: "走访企业"}, activity.Notify{})
	w.on("2024-03-29").refused(convenor, a, joined(rules.Member), "not_done.materials")
	w.do(convenor, a, activity.SendMaterials{Files: []string{"调研报告"}})
	w.refused(convenor, a, joined(rules.Member), "late.materials")
}

func TestPostponingAsksForANewNotice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.do(convenor, w.plan(activity.Plan{Form: rules.FormSector, On: date("2024-03-29")}),
		activity.Notify{}, activity.SendMaterials{Files: []string{"材料"}})
	w.invalid(convenor, a, activity.Postpone{To: date("2024-03-20"), Reason: "汛情"}, "to", "not_later")
	w.do(convenor, a, activity.Postpone{Reason: "汛情"})
	w.refused(convenor, a, joined(rules.Member), "wrong_state")
	w.refused(convenor, a, activity.Notify{}, "no_date", "undated.notice")
	w.on("2024-03-20").do(convenor, a, activity.Replan{Title: "停车", On: date("2024-04-03")})
	w.refused(convenor, a, activity.Notify{}, "late.notice")
	w.do(convenor, a, activity.Replan{Title: "停车", On: date("2024-04-30")}, activity.Notify{})
	held := w.on("2024-04-30").do(convenor, a, joined(rules.Member))
	require.Len(t, held.Notices, 2)
	require.Equal(t, "2024-03-29", held.Postponed[0].From.String())
}

func TestCompositionIsAskedOfThoseWhoAreThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	forum, err := w.svc.Establish(w.ctx, office, platform.Establish{Name: "厅", Kind: rules.KindForum, Tier: platform.Prefecture, Convenor: convenor.ID})
	require.NoError(t, err)
	noticed := func(form, at string) *activity.Activity {
		return w.do(convenor, w.plan(activity.Plan{Form: form, Platform: at, On: date("2024-03-01")}), activity.Notify{})
	}
	four := noticed(rules.FormPlatform, forum.ID)
	w.refused(convenor, four, joined(rules.Member, rules.Department), "party_missing", "party_missing")
	w.refused(convenor, four, joined(), "party_missing", "party_missing", "party_missing", "party_missing")
	w.do(convenor, four, joined(rules.Member, rules.Department, rules.Interested, rules.Resident))

	half := noticed(rules.FormMicro, w.station.ID)
	w.refused(convenor, half, joined(rules.Member, rules.Department, rules.Resident), "interested_minority")
	w.refused(convenor, half, joined(), "interested_minority")
	w.do(convenor, half, joined(rules.Member, rules.Department, rules.Resident, rules.Interested))

	// An invitation that was declined, and one who is counted twice, are nobody.
	twice := noticed(rules.FormMicro, w.station.ID)
	w.do(convenor, twice, activity.Invite{Participants: []activity.Participant{
		{ID: "m1", Kind: rules.Member}, {ID: "m2", Kind: rules.Member}, {ID: "r1", Kind: rules.Resident},
	}})
	w.refused(convenor, twice, &activity.Hold{Attended: []string{"m1", "m2", "r1", "r1"}}, "interested_minority")
	w.invalid(convenor, twice, activity.Hold{Attended: []string{"r1", "nobody"}}, "attended[1]", "unknown")
	w.do(convenor, twice, activity.Hold{Attended: []string{"m1", "r1"}})
}

func TestNothingIsClosedWithOpenItems(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.concluded(task("2024-04-30"), task("2024-05-31"))
	w.do(office, a, activity.Publish{Title: "清单"})
	w.refused(office, a, activity.Close{}, "item_open", "item_open")
	w.do(bureau, a, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}})
	w.refused(office, a, activity.Close{}, "item_open", "item_open")
	w.do(office, a, activity.ConfirmItem{Item: "i1"})
	w.refused(office, a, activity.Close{}, "item_open")
	w.do(bureau, a, activity.GiveUpItem{Item: "i2", Reason: "没有用地"})
	w.do(office, a, activity.ConfirmItem{Item: "i2"}, activity.Close{})

	reopened := w.do(office, a, activity.Reopen{Items: []string{"i1"}, Reason: "又堵了"})
	require.Equal(t, "followed_up", reopened.State)
	require.Equal(t, checklist.UnderWay, reopened.ItemState("i1"))
	require.Zero(t, reopened.Item("i1").Finished)
	w.refused(office, a, activity.Close{}, "item_open")
}

func TestNothingIsPublishedWithContacts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	due := task("2024-04-30")
	due.What = "联系 13812345678 清理"
	a := w.concluded(due)
	w.refused(office, a, activity.Publish{Title: "清单", Text: "居民反映：身份证 11010519491231002X，邮箱 wang@example.cn"}, "contact", "contact")
	w.refused(office, a, activity.Publish{Title: "清单", Checklist: true}, "contact")
	w.refused(office, a, activity.Publish{Title: "清单 １３８－１２３４－５６７８"}, "contact")
	published := w.do(office, a, activity.Publish{Title: "清单", Text: text.Redact("联系 13812345678")})
	require.Equal(t, "联系 ***", published.Publication.Text)
	require.Error(t, w.try(convenor, a, activity.Withhold{Reason: "有误"}), "whoever convenes does not decide on publication")
	withheld := w.do(office, a, activity.Withhold{Reason: "有误"})
	require.Equal(t, "withheld", withheld.State)
}

func TestEveryItemHasAnOwnerAndADate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct {
		spoil       func(*checklist.Task)
		field, code string
	}{
		{func(k *checklist.Task) { k.Owner = checklist.Owner{} }, "items[1].owner", "no_owner"},
		{func(k *checklist.Task) { k.Owner = checklist.Owner{Name: "  "} }, "items[1].owner", "no_owner"},
		{func(k *checklist.Task) { k.Due = date("2024-03-07") }, "items[1].due", "too_early"},
		{func(k *checklist.Task) { k.What = " " }, "items[1].what", "empty"},
		{func(k *checklist.Task) { k.From = []string{"o9"} }, "items[1].from[0]", "unknown"},
	} {
		w.on("2024-03-01")
		a := w.do(convenor, w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-08")}), activity.Notify{})
		w.on("2024-03-08").do(convenor, a, joined(rules.Member), activity.FileMinutes{Text: "纪要"})
		bad := task("2024-04-30")
		c.spoil(&bad)
		w.invalid(convenor, a, activity.Conclude{Items: []checklist.Task{task("2024-04-30"), bad}}, c.field, c.code)
	}
	a := w.concluded()
	dateless := task("2024-04-30")
	dateless.Due = date("2024-04-30")
	w.do(convenor, a, activity.AddItems{Items: []checklist.Task{dateless}})
	nodate := checklist.Task{What: "做", Owner: checklist.Owner{Name: "张主任"}}
	w.invalid(convenor, a, activity.AddItems{Items: []checklist.Task{nodate}}, "items[0].due", "empty")
}

func TestNobodyActsOnAnothersPlatform(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.svc.Plan(w.ctx, stranger, activity.Plan{Title: "x", Form: rules.FormPlatform, Platform: w.station.ID})
	require.ErrorIs(t, err, workflow.ErrDenied)
	var denied *workflow.DeniedError
	require.ErrorAs(t, err, &denied)
	require.Equal(t, "other_platform", denied.Reason.Code)
	_, err = w.svc.Platforms.Do(w.ctx, stranger, w.station.ID, platform.LogDuty{})
	require.ErrorIs(t, err, workflow.ErrDenied)
	_, err = w.svc.Platforms.Do(w.ctx, stranger, w.station.ID, platform.Revise{Name: "我的站", Kind: rules.KindStation, Tier: platform.Town, Convenor: stranger.ID})
	require.ErrorIs(t, err, workflow.ErrDenied)

	resident := consult.Actor{ID: "resident", Body: "county", Roles: []string{"member"}}
	a, err := w.svc.Plan(w.ctx, resident, activity.Plan{Title: "周·微协商", Form: rules.FormMicro, Platform: w.station.ID, On: date("2024-03-08")})
	require.NoError(t, err, "a member of the station may begin one there")
	require.Equal(t, convenor.ID, a.Convenor)
	require.ErrorIs(t, w.try(stranger, a, activity.Notify{}), workflow.ErrDenied)
	require.ErrorIs(t, w.try(resident, a, activity.Notify{}), workflow.ErrDenied)

	elsewhere := consult.Actor{ID: "office", Body: "other", Roles: []string{"office"}}
	require.ErrorIs(t, w.try(elsewhere, a, activity.Notify{}), workflow.ErrDenied)
	_, err = w.svc.Plan(w.ctx, elsewhere, activity.Plan{Title: "x", Form: rules.FormPlatform, Platform: w.station.ID})
	require.ErrorIs(t, err, workflow.ErrInvalid)
}

func TestAPlatformOutOfServiceHoldsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.svc.Platforms.Do(w.ctx, office, w.station.ID, platform.Suspend{Reason: "装修"})
	require.NoError(t, err)
	_, err = w.svc.Plan(w.ctx, convenor, activity.Plan{Title: "x", Form: rules.FormPlatform, Platform: w.station.ID})
	require.ErrorIs(t, err, workflow.ErrRefused)
	_, err = w.svc.Platforms.Do(w.ctx, convenor, w.station.ID, platform.Resume{})
	require.ErrorIs(t, err, workflow.ErrDenied)
	_, err = w.svc.Platforms.Do(w.ctx, office, w.station.ID, platform.Resume{})
	require.NoError(t, err)
	w.plan(activity.Plan{Platform: w.station.ID})
}

// TestTheRecordNamesOnlyWhoWasThere: nobody speaks who was not there, and no
// response is to what nobody said.
func TestTheRecordNamesOnlyWhoWasThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.do(convenor, w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-01")}), activity.Notify{},
		activity.Invite{Participants: []activity.Participant{{ID: "absent", Kind: rules.Member}}})
	w.refused(convenor, a, activity.Speak{By: "absent", Text: "话"}, "wrong_state")
	w.do(convenor, a, joined(rules.Member, rules.Department), activity.Speak{By: "p0", Text: "话"},
		activity.Raise{Opinions: []activity.Opinion{{By: "p0", Text: "一"}, {Text: "二"}}})
	w.invalid(convenor, a, activity.Speak{By: "absent", Text: "话"}, "by", "unknown")
	w.invalid(convenor, a, activity.Respond{By: "p1", To: []string{"o3"}, Text: "答"}, "to[0]", "unknown")
	w.invalid(convenor, a, activity.Respond{By: "p1", Text: "答"}, "to", "empty")
	a = w.do(convenor, a, activity.Respond{By: "p1", To: []string{"s1", "o2"}, Text: "答", OnSpot: true})
	require.True(t, a.Answered("o2"))
	require.False(t, a.Answered("o1"))
	w.refused(convenor, a, activity.Conclude{}, "no_minutes")
}
