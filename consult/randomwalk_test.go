package consult_test

import (
	"errors"
	"math/rand"
	"os"
	"slices"
	"testing"
	"testing/quick"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

// Whatever anybody tries in whatever order, what holds of consultations goes on
// holding, what is refused changes nothing, and Choices agrees with Do.
func TestRandomActs(t *testing.T) {
	t.Parallel()
	walks := 6
	if os.Getenv("TIAN_CAMPAIGN") == "large" {
		walks = 120
	}
	done := make(map[string]int)
	require.NoError(t, quick.Check(func(seed int64) bool {
		w := newWalk(t, seed)
		for range 250 {
			w.try(done)
		}
		w.sound()
		return true
	}, &quick.Config{MaxCount: walks, Rand: rand.New(rand.NewSource(20240308))})) //nolint:gosec // a test that can be repeated
	for _, event := range []string{"notify", "hold", "raise", "file_minutes", "conclude", "publish", "finish_item", "confirm_item", "ask_unit", "erase"} {
		require.NotZero(t, done[event], "the walks never get to %s: %v", event, done)
	}
}

// walk is a few activities and everyone who might do something to them.
type walk struct {
	*world
	r       *rand.Rand
	people  []consult.Actor
	ids     []string
	entries int
	overdue map[calendar.Date]int // how many items were overdue at the end of a day, as told then
}

func newWalk(t *testing.T, seed int64) *walk {
	t.Helper()
	w := &walk{world: newWorld(t), r: rand.New(rand.NewSource(seed)), overdue: make(map[calendar.Date]int)} //nolint:gosec // a test that can be repeated
	w.people = []consult.Actor{
		office, convenor, convenor, stranger, bureau, {ID: "m", Body: "county"}, {ID: "sup", Body: "county", Roles: []string{"supervisor"}},
		{ID: "com", Body: "county", Roles: []string{"committee"}}, {ID: "neighbour", Body: "other", Roles: []string{"office"}},
	}
	for range 2 {
		w.ids = append(w.ids, w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-04")}).ID)
		w.entries++
	}
	return w
}

// try has someone try something on one of the activities, mostly something possible by
// someone who may; now and then a day passes.
func (w *walk) try(done map[string]int) {
	if w.r.Intn(8) == 0 {
		w.passes()
	}
	id := w.ids[w.r.Intn(len(w.ids))]
	was, err := w.svc.Activities.Get(w.ctx, id)
	require.NoError(w, err)
	who, do := w.people[w.r.Intn(len(w.people))], w.action(was)
	choice := w.choice(who, id, do)
	for n := 0; n < 60 && w.r.Intn(5) > 0 && !choice.Allowed; n++ {
		who, do = w.people[w.r.Intn(len(w.people))], w.action(was)
		choice = w.choice(who, id, do)
	}
	a, err := w.svc.Activities.Do(w.ctx, who, id, do)
	if err != nil {
		w.failed(err, was, choice, do)
		return
	}
	done[do.Event()]++
	w.entries++
	require.True(w, choice.Allowed, "%T was done, and choices said: %v", do, choice.Blockers)
	require.Equal(w, was.Revision+1, a.Revision)
	again, err := w.svc.Activities.Get(w.ctx, id)
	require.NoError(w, err)
	require.Equal(w, again.Tracks, a.Tracks)
	w.holds(a)
}

// passes lets a day pass, and notes what was overdue at its end.
func (w *walk) passes() {
	today, err := calendar.DateOf(w.now, w.svc.Activities.Zone("county"))
	require.NoError(w, err)
	late, err := w.svc.Overdue(w.ctx, "county", today)
	require.NoError(w, err)
	w.overdue[today] = len(late)
	w.now = w.now.AddDate(0, 0, 1+w.r.Intn(4))
}

// failed holds an error against what Choices said, and requires that nothing changed.
func (w *walk) failed(err error, was *activity.Activity, choice workflow.Choice, do workflow.Action[*activity.Activity, rules.Rules]) {
	now, loadErr := w.svc.Activities.Get(w.ctx, was.ID)
	require.NoError(w, loadErr)
	require.Equal(w, was, now, "%T: %v", do, err)
	require.Contains(w, []string{"invalid", "refused", "denied"}, workflow.Code(err), "%v", err)
	var refused *workflow.RefusedError
	switch {
	case choice.Event == "", !choice.Allowed:
		require.NotErrorIs(w, err, workflow.ErrInvalid, "%T is not possible from here: %v", do, err)
	case errors.As(err, &refused): // what hangs on the action's own data
		require.True(w, slices.ContainsFunc(refused.Blockers, func(b workflow.Blocker) bool {
			return slices.Contains([]string{"party_missing", "interested_minority", "contact", "owner_unnamed", "taken", "not_adopted", "nothing_to_erase"}, b.Code)
		}), "choices allowed %s: %v", do.Event(), err)
	default:
		require.ErrorIs(w, err, workflow.ErrInvalid, "%T", do)
	}
}

// choice returns what Choices says of an action, the zero one when nothing.
func (w *walk) choice(who consult.Actor, id string, do workflow.Action[*activity.Activity, rules.Rules]) workflow.Choice {
	choices, err := w.svc.Activities.Choices(w.ctx, who, id)
	require.NoError(w, err)
	machine, of := w.svc.Activities.MachineFor("county"), ""
	if track := machine.Track(machine.TrackOf(do.Event())); track != nil && track.Each() {
		of = who.ID
		if who.Unit != "" {
			of = who.Unit
		}
		if a, ok := do.(workflow.Addressed); ok {
			of = a.Instance(who)
		}
	}
	for _, c := range choices {
		require.Equal(w, c.Allowed, len(c.Blockers) == 0)
		if c.Event == do.Event() && c.Instance == of {
			return c
		}
	}
	return workflow.Choice{}
}

// action returns an action with random data, right or wrong.
func (w *walk) action(a *activity.Activity) workflow.Action[*activity.Activity, rules.Rules] {
	pick := func(words ...string) string { return words[w.r.Intn(len(words))] }
	item, opinion := pick("i1", "i1", "i1", "i2", "i9"), pick("o1", "o1", "o1", "o2", "o9")
	soon := func() calendar.Date {
		today, _ := calendar.DateOf(w.now, w.svc.Activities.Zone("county"))
		day, _ := today.AddDays(w.r.Intn(9) - 1)
		return day
	}
	if w.r.Intn(20) == 0 {
		erasing := []workflow.Action[*activity.Activity, rules.Rules]{
			activity.AskErasure{Reason: "应请求"}, activity.RefuseErasure{Text: "须保存"},
			activity.Erase{Reason: "应请求", Texts: w.r.Intn(2) == 0, Words: []string{pick("意见", "无此词句")}},
		}
		return erasing[w.r.Intn(len(erasing))]
	}
	if w.r.Intn(3) > 0 { // the way to the end
		way := []workflow.Action[*activity.Activity, rules.Rules]{
			activity.Replan{Title: a.Title, On: soon()}, activity.Notify{}, joined(rules.Member, rules.Resident), activity.Raise{Opinions: []activity.Opinion{{Text: "意见"}}},
			activity.FileMinutes{Text: "纪要"}, activity.Conclude{Items: []checklist.Task{{What: "办", Owner: checklist.Owner{Unit: "bureau"}, Due: soon()}}},
			activity.AskUnit{Opinion: opinion, Unit: "bureau", Due: soon()}, activity.AnswerOpinion{Opinion: opinion, Unit: "bureau", Taken: activity.TakenUp, Text: "办"},
			activity.Publish{Title: "清单", Checklist: true}, activity.FinishItem{Item: item, Evidence: []string{"照片"}}, activity.ConfirmItem{Item: item}, activity.Close{},
		}
		return way[w.r.Intn(len(way))]
	}
	actions := []workflow.Action[*activity.Activity, rules.Rules]{
		activity.Notify{}, activity.Notify{}, joined(rules.Member, rules.Resident), joined(rules.Member), activity.Hold{},
		activity.Replan{Title: a.Title, On: soon()}, activity.Postpone{To: soon(), Reason: pick("汛情", "")},
		activity.Invite{Participants: []activity.Participant{{ID: pick("m", "n"), Kind: rules.Member}}}, activity.Consent{}, activity.Refuse{},
		activity.Raise{Opinions: []activity.Opinion{{Text: pick("意见", "")}}}, activity.Speak{By: pick("p0", "p9"), Text: "说"},
		activity.Respond{Unit: "bureau", To: []string{opinion}, Text: "答"},
		activity.DraftMinutes{Text: "草稿"}, activity.SendMinutes{}, activity.ObjectToMinutes{By: "p0", Text: "有误"}, activity.AnswerObjection{Objection: "b1", Answer: "改"},
		activity.FileMinutes{Text: "纪要"}, activity.FileMinutes{}, activity.CorrectMinutes{Text: "更正", Reason: "笔误"},
		activity.Conclude{Items: []checklist.Task{{What: "办", Owner: checklist.Owner{Unit: "bureau"}, Due: soon()}}}, activity.Conclude{},
		activity.AddItems{Items: []checklist.Task{{What: "再办", Owner: checklist.Owner{Account: "m", Name: "王"}, Due: soon()}}},
		activity.BeginItem{Item: item}, activity.FinishItem{Item: item, Evidence: []string{"照片"}}, activity.GiveUpItem{Item: item, Reason: "不可行"},
		activity.ConfirmItem{Item: item}, activity.ReturnItem{Item: item, Reason: "返工"}, activity.ExtendItem{Item: item, To: soon(), Reason: "雨"},
		activity.AskItemTime{Item: item, To: soon(), Reason: "雨"}, activity.AnswerItemTime{Item: item, Granted: w.r.Intn(2) == 0, Answer: "可"},
		activity.HandItem{Item: item, To: checklist.Owner{Unit: pick("bureau", "roads")}, Reason: "职能"}, activity.RevisitItem{Item: item, Found: "好", Lasts: true},
		activity.AskUnit{Opinion: opinion, Unit: "bureau", Due: soon()}, activity.AnswerOpinion{Opinion: opinion, Unit: "bureau", Taken: activity.TakenUp, Text: "办"},
		activity.HearAnswer{Opinion: opinion, Unit: "bureau"}, activity.Issue{Outcome: outcome.Outcome{Kind: rules.OutcomeNote, Title: "信息"}},
		activity.AddSurvey{Survey: survey.Survey{Title: pick("甲", "乙"), Sent: survey.Count(int64(w.r.Intn(9)))}},
		activity.CorrectAttendance{Absent: []string{pick("p0", "p1")}, Reason: "误记"}, activity.Publish{Title: pick("清单", "13812345678"), Checklist: true},
		activity.Withhold{Reason: "内部"}, activity.Follow{Kind: rules.Visit, Found: "看"}, activity.Close{}, activity.Reopen{Items: []string{item}, Reason: "返工"},
		activity.Waive{Limit: "notice", Reason: "急"}, activity.Relocate{Place: pick("东", "西"), Reason: "漏水"},
		activity.Link{Proposal: pick("p1", "p2")}, activity.Unlink{Proposal: pick("p1", "p2"), Reason: "误"},
	}
	if w.r.Intn(150) == 0 {
		return activity.Cancel{Reason: "取消"} // a way that ends early shows little
	}
	return actions[w.r.Intn(len(actions))]
}

// holds requires what is true of an activity at any time.
func (w *walk) holds(a *activity.Activity) {
	machine := w.svc.Activities.MachineFor("county")
	require.Equal(w, machine.Stage(a.State, a.Tracks), a.Stage)
	present := 0
	for _, n := range a.Present() {
		present += n
	}
	require.Equal(w, a.Held, present > 0, "what was held had somebody there")
	if a.State == "closed" {
		require.Equal(w, len(a.Items), a.ConfirmedItems(), "nothing is closed with an open item")
	}
	if slices.Contains([]string{"concluded", "published", "withheld", "followed_up", "closed"}, a.State) {
		require.False(w, a.Minutes.Filed.IsZero())
		require.NotEmpty(w, a.Minutes.Text)
	}
	for _, item := range a.Items {
		state := a.ItemState(item.ID)
		require.Equal(w, checklist.Awaited(state), item.Finished.IsZero(), "%s is %s", item.ID, state)
		require.Equal(w, state == checklist.Confirmed, !item.Confirmed.IsZero(), "%s is %s", item.ID, state)
		for _, d := range item.Extended {
			require.True(w, d.To.After(d.From))
		}
	}
	n := a.Adoption(date("2030-01-01"))
	require.Equal(w, n.Answered, n.TakenUp+n.InPart+n.Not)
	require.LessOrEqual(w, n.Heard, n.Answered)
	require.LessOrEqual(w, n.Answered, n.Requests)
	require.LessOrEqual(w, n.Given, n.Opinions)
}

// sound requires that the histories verify, have an entry for every act, and that what
// was overdue at the end of each day is still told so, whatever has happened since.
func (w *walk) sound() {
	cases, entries := vocabularytest.Histories(w.TB, w.svc.Activities)
	require.Equal(w, []int{len(w.ids), w.entries}, []int{cases, entries})
	for day, count := range w.overdue {
		late, err := w.svc.Overdue(w.ctx, "county", day)
		require.NoError(w, err)
		require.Len(w, late, count, "overdue on %s", day)
	}
}
