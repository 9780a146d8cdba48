package activity_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/minutes"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

func day(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	require.NoError(t, err)
	return d
}

// ask asks a guard, and returns the codes of what it holds against the act.
func ask(t *testing.T, guard string, act *rules.Act, a *activity.Activity) (codes []string) {
	t.Helper()
	for _, b := range activity.Guards()[guard](act, a) {
		require.NotEmpty(t, b.ZH)
		require.NotEmpty(t, b.EN)
		codes = append(codes, b.Code)
	}
	return codes
}

// Who must be there, among whom and how many: before anybody came of those invited who
// have not declined, at the sitting of those who came.
func TestGuardsCountWhoIsThere(t *testing.T) {
	t.Parallel()
	of := func(kinds ...string) (hold activity.Hold) {
		for _, k := range kinds {
			hold.Joined = append(hold.Joined, activity.Participant{ID: k, Kind: k})
		}
		return hold
	}
	invited := activity.Activity{Participants: []activity.Participant{{ID: "a", Kind: rules.Member}, {ID: "b", Kind: rules.Expert}}}
	declined := invited
	declined.Tracks = map[string]string{"invitation/b": "declined"}
	nobody := activity.Activity{}
	came := func(ids ...string) activity.Hold { return activity.Hold{Attended: ids} }
	sent := func(whom string) activity.Hold {
		return activity.Hold{Attended: []string{"a"}, Joined: []activity.Participant{{ID: "x", Kind: rules.Expert, For: whom}}}
	}
	for _, c := range []struct {
		rule, argument string
		action         any
		a              activity.Activity
		code           string
	}{
		{"parties", "member", nil, invited, ""},
		{"parties", "expert", nil, declined, "party_missing"},
		{"parties", "member", activity.Hold{}, invited, "party_missing"}, // nobody came
		{"parties", "member", came("a"), invited, ""},
		{"parties", "member", &activity.Hold{Attended: []string{"a"}}, invited, ""},
		{"parties", "expert", came("a"), invited, "party_missing"},
		{"parties", "media|expert", came("b"), invited, ""},
		{"parties", "media|resident", came("a", "b"), invited, "party_missing"},
		{"parties", "member,expert", came("a"), invited, "party_missing"},
		{"interested_half", "", of("interested"), nobody, ""},
		{"interested_half", "", of("interested", "member"), nobody, ""},
		{"interested_half", "", of("interested", "member", "expert"), nobody, "interested_minority"},
		{"interested_half", "", of("resident"), nobody, "interested_minority"},
		{"interested_half", "interested,resident", of("resident", "interested", "member", "expert"), nobody, ""},
		{"interested_half", "", of(), nobody, "interested_minority"},
		{"least", "member=1", came("a"), invited, ""},
		{"least", "member=2", came("a"), invited, "too_few"},
		{"least", "member|expert=2", came("a", "b"), invited, ""},
		{"least", "member=1,expert=1", came("a"), invited, "too_few"},
		{"least", "member=many", came("a"), invited, "guard_argument"},
		{"share", "member=1/2", came("a", "b"), invited, ""},
		{"share", "member=2/3", came("a", "b"), invited, "too_small_a_share"},
		{"share", "member|expert=1/1", came("a", "b"), invited, ""},
		{"share", "member=0/1", of(), nobody, "too_small_a_share"}, // none of nobody is no share
		{"share", "member=half", came("a", "b"), invited, "guard_argument"},
		{"quorum", "1/2", nil, invited, ""}, // nobody has come yet
		{"quorum", "1/2", came("a", "b"), invited, ""},
		{"quorum", "1/2", came("a"), invited, "no_quorum"}, // half is not more than half
		{"quorum", "1/2", sent("b"), invited, ""},          // somebody came for who did not
		{"quorum", "1/2", sent(""), invited, "no_quorum"},  // and somebody who was not invited does not count
		{"quorum", "most", came("a", "b"), invited, "guard_argument"},
	} {
		want := []string{c.code}
		if c.code == "" {
			want = nil
		}
		act := &rules.Act{Rules: rules.Default()}
		act.Argument, act.Action = c.argument, c.action
		require.Equal(t, want, ask(t, c.rule, act, &c.a), "%s:%s when %+v", c.rule, c.argument, c.action)

		// A form or a kind of platform may ask for the same.
		act.Argument = ""
		act.Rules.Forms, act.Rules.Kinds = []rules.Form{{Key: "form", Composition: []string{c.rule + ":" + c.argument}}}, []rules.PlatformKind{{Key: "kind"}}
		c.a.Form, c.a.Kind = "form", "kind"
		require.Equal(t, want, ask(t, "composition", act, &c.a), "%s:%s of a form when %+v", c.rule, c.argument, c.action)
		act.Rules.Forms[0].Composition, act.Rules.Kinds[0].Composition = nil, act.Rules.Forms[0].Composition
		require.Equal(t, want, ask(t, "composition", act, &c.a), "%s:%s of a kind when %+v", c.rule, c.argument, c.action)
	}
}

// What must have been done before, by which day.
func TestGuardsHoldWhatTheySay(t *testing.T) {
	t.Parallel()
	eighth, ninth := day(t, "2024-03-08"), day(t, "2024-03-09")
	clocked := func(c workflow.Clock, waived ...activity.Waiver) activity.Activity {
		a := activity.Activity{On: ninth, Waivers: waived}
		a.Clocks = []workflow.Clock{c, {Limit: "other"}}
		return a
	}
	running, undated, stopped := workflow.Clock{Limit: "notice", Due: eighth}, workflow.Clock{Limit: "notice"}, workflow.Clock{Limit: "notice", Stopped: eighth}
	let, letBefore := activity.Waiver{Limit: "notice", For: ninth}, activity.Waiver{Limit: "notice", For: eighth}
	noted := func(notices ...calendar.Date) activity.Activity {
		a := activity.Activity{On: ninth}
		for _, d := range notices {
			a.Notices = append(a.Notices, activity.Notice{For: d})
		}
		return a
	}
	objected := func(answered ...calendar.Date) activity.Activity {
		m := new(minutes.Minutes)
		for _, d := range answered {
			m.Objections = append(m.Objections, minutes.Objection{ID: "b", Answered: d})
		}
		return activity.Activity{Minutes: m}
	}
	listed := func(states ...string) activity.Activity {
		a := activity.Activity{}
		a.Tracks = make(map[string]string)
		for i, s := range states {
			id := string(rune('1' + i))
			a.Items, a.Tracks["item/"+id] = append(a.Items, checklist.Item{ID: id, What: "修路灯"}), s
		}
		return a
	}
	for _, c := range []struct {
		guard, argument string
		a               activity.Activity
		codes           []string
	}{
		{"dated", "", activity.Activity{}, []string{"no_date"}},
		{"dated", "", activity.Activity{On: ninth}, nil},
		{"researched", "", activity.Activity{Form: rules.FormThematic}, []string{"not_researched"}},
		{"researched", "", activity.Activity{Form: rules.FormThematic, Research: []activity.Inquiry{{}}}, nil},
		{"researched", "", activity.Activity{Form: rules.FormMicro}, nil},
		{"timely", "notice", clocked(running), nil},
		{"timely", "notice", clocked(undated), []string{"undated.notice"}},
		{"timely", "notice,other", clocked(undated), []string{"undated.notice", "undated.other"}},
		{"timely", "notice", clocked(stopped), nil}, // done
		{"timely", "notice", clocked(undated, let), nil},
		{"timely", "notice", clocked(undated, letBefore), []string{"undated.notice"}},
		{"met", "notice", clocked(running), []string{"not_done.notice"}},
		{"met", "notice", clocked(running, let), []string{"not_done.notice"}}, // late is waived, not the notice
		{"met", "notice", clocked(undated), []string{"undated.notice"}},
		{"noticed", "", noted(), []string{"no_notice"}},
		{"noticed", "", noted(eighth), []string{"no_notice"}},
		{"noticed", "", noted(eighth, ninth), nil},
		{"minuted", "", activity.Activity{}, []string{"no_minutes"}},
		{"minuted", "", activity.Activity{Minutes: new(minutes.Minutes)}, []string{"no_minutes"}},
		{"minuted", "", activity.Activity{Minutes: &minutes.Minutes{Filed: eighth}}, nil},
		{"objections_settled", "", activity.Activity{}, nil},
		{"objections_settled", "", objected(eighth), nil},
		{"objections_settled", "", objected(eighth, calendar.Date{}), []string{"objection_open"}},
		{"items_settled", "", listed(), nil},
		{"items_settled", "", listed(checklist.Confirmed), nil},
		{"items_settled", "", listed(checklist.Confirmed, checklist.Done), []string{"item_open"}},
	} {
		act := &rules.Act{Rules: rules.Default()}
		act.Argument = c.argument
		require.Equal(t, c.codes, ask(t, c.guard, act, &c.a), "%s:%s of %+v", c.guard, c.argument, c.a)
	}
}

// Nobody decides on an item in which they have a hand.
func TestNobodyDecidesOnAnItemOfTheirs(t *testing.T) {
	t.Parallel()
	a := &activity.Activity{Items: []checklist.Item{{
		ID: "i1", Owner: checklist.Owner{Unit: "bureau"}, With: []checklist.Owner{{Account: "helper"}}, Did: []string{"clerk"},
		Owners: []checklist.Handing{{By: "hander", From: checklist.Owner{Account: "before"}}},
	}}}
	for _, c := range []struct {
		actor workflow.Actor
		item  string
		codes []string
	}{
		{workflow.Actor{ID: "office"}, "i1", nil},
		{workflow.Actor{ID: "x", Unit: "bureau"}, "i1", []string{"own_item"}},
		{workflow.Actor{ID: "helper"}, "i1", []string{"own_item"}},
		{workflow.Actor{ID: "before"}, "i1", []string{"own_item"}},
		{workflow.Actor{ID: "hander"}, "i1", []string{"handed_on"}},
		{workflow.Actor{ID: "clerk"}, "i1", []string{"own_work"}},
		{workflow.Actor{ID: "clerk"}, "i2", nil}, // there is none: its act says so
		{workflow.Actor{ID: "clerk"}, "", nil},
	} {
		act := &rules.Act{Actor: c.actor, Instance: c.item}
		require.Equal(t, c.codes, ask(t, "not_owner", act, a), "%+v of %q", c.actor, c.item)
	}
}

// What would be published says whose each item is, and how to reach nobody.
func TestGuardsLookIntoWhatWouldBePublished(t *testing.T) {
	t.Parallel()
	const phone = "电话13812345678"
	with := func(what string, owner checklist.Owner) *activity.Activity {
		return &activity.Activity{Items: []checklist.Item{{ID: "i1", What: what, Owner: owner}}}
	}
	bureau := checklist.Owner{Unit: "bureau"}
	publish, listed := activity.Publish{Title: "公开"}, activity.Publish{Title: "公开", Checklist: true}
	for _, c := range []struct {
		guard  string
		action any
		a      *activity.Activity
		codes  []string
	}{
		{"redacted", nil, with(phone, bureau), nil}, // it is only asked what may be done
		{"redacted", activity.Withhold{}, with("修路灯", bureau), []string{"unknown_action"}},
		{"redacted", publish, with(phone, bureau), nil}, // without the checklist
		{"redacted", listed, with("修路灯", bureau), nil},
		{"redacted", &listed, with(phone, bureau), []string{"contact"}},
		{"redacted", listed, with(phone, bureau), []string{"contact"}},
		{"redacted", listed, with("修路灯", checklist.Owner{Name: "张三，" + phone}), []string{"contact"}},
		{"redacted", activity.Publish{Title: phone}, with("", bureau), []string{"contact"}},
		{"redacted", activity.Publish{Title: "公开", Text: phone}, with("", bureau), []string{"contact"}},
		{"owners_named", nil, with("修路灯", checklist.Owner{Account: "m-1"}), nil},
		{"owners_named", publish, with("修路灯", checklist.Owner{Account: "m-1"}), nil},
		{"owners_named", listed, with("修路灯", checklist.Owner{Account: "m-1"}), []string{"owner_unnamed"}},
		{"owners_named", listed, with("修路灯", bureau), nil},
	} {
		act := &rules.Act{Action: c.action}
		require.Equal(t, c.codes, ask(t, c.guard, act, c.a), "%s of %+v", c.guard, c.action)
	}
}
