package lifecycle_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// sound returns a small definition without problems when the guard answered
// stands: three stages, an automatic transition, a track for the case, one for
// each unit, and a limit with everything that a limit can have.
func sound() lifecycle.Definition {
	label := func(zh, en string) lifecycle.Label { return lifecycle.Label{ZH: zh, EN: en} }
	return lifecycle.Definition{
		Name: "sound", Version: 1, Label: label("提案", "Proposal"),
		Stages: []lifecycle.Stage{
			{Key: "submission", Label: label("征集", "Submission")},
			{Key: "handling", Label: label("办理", "Handling")},
			{Key: "supervision", Label: label("督办", "Supervision")},
		},
		Open:    []string{"proposer"},
		Initial: "draft",
		States: []lifecycle.State{
			{Key: "draft", Stage: "submission", Label: label("草稿", "Draft")},
			{Key: "in_hand", Stage: "handling", Label: label("办理中", "In hand")},
			{Key: "closed", Label: label("办结", "Closed"), Final: true},
		},
		Transitions: []lifecycle.Transition{
			{Event: "submit", From: []string{"draft"}, To: "in_hand", Roles: []string{"proposer"}, Label: label("提交", "Submit")},
			{Event: "note", From: []string{"in_hand", "closed"}, To: "in_hand", Roles: []string{"office", "proposer"}},
			{Event: "close", From: []string{"in_hand"}, To: "closed", Roles: []string{lifecycle.System}, Guards: []string{"answered:all"}, Auto: true},
		},
		Tracks: []lifecycle.Track{
			{
				Key: "supervision", Label: label("督办", "Supervision"), Over: []string{"handling"}, Initial: "off",
				States: []lifecycle.State{{Key: "off"}, {Key: "on", Stage: "supervision"}},
				Transitions: []lifecycle.Transition{
					{Event: "supervise", From: []string{"off"}, To: "on", Roles: []string{"leader"}, While: []string{"in_hand"}},
					{Event: "release", From: []string{"on"}, To: "off", Roles: []string{"leader"}},
				},
			},
			{
				Key: "part", Each: true, Initial: "given",
				States: []lifecycle.State{{Key: "given"}, {Key: "done", Final: true, Is: "answered"}, {Key: "pressed", Like: "given"}},
				Transitions: []lifecycle.Transition{
					{Event: "answer", From: []string{"given"}, To: "done", Roles: []string{"unit"}},
					{Event: "press", From: []string{"given"}, To: "pressed", Roles: []string{"office"}},
				},
			},
		},
		Limits: []lifecycle.Limit{{
			Key: "reply", Label: label("答复", "Reply"), For: "unit", Start: []string{"submit"}, Stop: []string{"answer"}, In: []string{"in_hand"},
			Pause: []string{"supervise"}, Resume: []string{"release"}, Length: "3 months", Roll: lifecycle.RollNextWorkday,
			Extend: []string{"office"}, Longest: "2 months", Each: "part", Before: "plenary",
			Remind:   []lifecycle.Reminder{{Every: "7 days", Within: "1 month", Do: []lifecycle.Reaction{{Do: lifecycle.DoUrge, Role: "unit"}}}},
			Warnings: []lifecycle.Warning{{Key: "yellow", Before: "5 workdays", Do: []lifecycle.Reaction{{Do: lifecycle.DoUrge, Role: "unit"}}}},
			Overdue:  []lifecycle.Reaction{{Do: lifecycle.DoFire, Event: "close"}, {Do: lifecycle.DoEscalate, Role: "leader"}},
		}, {
			Key: "whole", For: "office", Start: []string{"submit"}, Stop: []string{"close"}, Length: "3 months", Cap: "6 months",
			Lengths: []lifecycle.When{{If: []string{"answered"}, Length: "5 months"}}, From: "plenary", Again: lifecycle.AgainStand, Missed: lifecycle.MissedStands,
			Lapse: []string{"press"}, Beyond: true, Late: lifecycle.LateMark, Closes: []string{"close"}, Judged: lifecycle.JudgedRecorded,
			Extend: []string{"office"}, Times: 2, Ask: []string{"unit"}, AskUntil: "10 days", LongestPause: "30 days",
			Remind: []lifecycle.Reminder{
				{Every: "7 days", After: "due", Missed: lifecycle.MissedEach}, {Every: "7 days", Until: "done"},
			},
		}},
		Roles: []lifecycle.Role{{Key: "clerk", Label: label("办事员", "Clerk")}},
		Sight: []lifecycle.Sight{{Who: []string{"office"}, Stages: []string{"supervision"}, While: []string{"closed"}, Unless: []string{"draft"}, Left: true, Sees: []string{"text"}}},
	}
}

func machine(t testing.TB, d lifecycle.Definition) *lifecycle.Machine {
	t.Helper()
	m, err := lifecycle.Compile(d, lifecycle.Guards("answered"))
	require.NoError(t, err)
	return m
}

func TestLabelFallsBackToTheOtherLanguageThenToTheKey(t *testing.T) {
	for _, c := range []struct {
		label      lifecycle.Label
		lang, want string
	}{
		{lifecycle.Label{ZH: "立案", EN: "File"}, "zh", "立案"},
		{lifecycle.Label{ZH: "立案", EN: "File"}, "en", "File"},
		{lifecycle.Label{ZH: "立案", EN: "File"}, "fr", "File"},
		{lifecycle.Label{ZH: "立案"}, "en", "立案"},
		{lifecycle.Label{EN: "File"}, "zh", "File"},
		{lifecycle.Label{}, "zh", "file"},
	} {
		require.Equal(t, c.want, c.label.In(c.lang, "file"), "%+v in %s", c.label, c.lang)
	}
}

func TestJSONRoundTripIsStable(t *testing.T) {
	for name, d := range map[string]lifecycle.Definition{"sound": sound(), "zero": {}, "empty lists": {States: []lifecycle.State{}, Transitions: []lifecycle.Transition{}}} {
		t.Run(name, func(t *testing.T) {
			first, err := json.Marshal(d)
			require.NoError(t, err)
			back, err := lifecycle.Decode(first)
			require.NoError(t, err)
			require.Equal(t, d, back)
			second, err := json.Marshal(back)
			require.NoError(t, err)
			require.Equal(t, string(first), string(second))
		})
	}
}

func TestEveryFieldIsInTheSoundDefinition(t *testing.T) {
	// The tests on copies and fingerprints walk sound(): a field added to a
	// type and not set there would escape them.
	set := make(map[string]bool)
	all := make(map[string]bool)
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				name := v.Type().Name() + "." + v.Type().Field(i).Name
				all[name] = true
				if !v.Field(i).IsZero() {
					set[name] = true
				}
				walk(v.Field(i))
			}
		default:
		}
	}
	walk(reflect.ValueOf(sound()))
	for name := range all {
		require.True(t, set[name], name)
	}
}

// change calls f once for every string, number, bool and list in v, after
// changing it, and puts it back.
func change(v reflect.Value, path string, f func(path string)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			change(v.Field(i), path+"."+v.Type().Field(i).Name, f)
		}
		return
	case reflect.Slice:
		for i := range v.Len() {
			change(v.Index(i), path, f)
		}
		if v.Len() == 0 {
			return
		}
		old := reflect.ValueOf(v.Interface())
		v.Set(v.Slice(0, v.Len()-1))
		f(path + "[shorter]")
		v.Set(old)
		return
	default:
	}
	old := reflect.ValueOf(v.Interface())
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Int:
		v.SetInt(v.Int() + 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	default:
		panic("a kind of field that the test does not know: " + path)
	}
	f(path)
	v.Set(old)
}

func TestFingerprintSeesEveryChangeOfBehaviourAndNoLabel(t *testing.T) {
	d := sound()
	before := d.Fingerprint()
	require.Len(t, before, 64)
	seen := map[string]string{before: "unchanged"}
	changes := 0
	change(reflect.ValueOf(&d).Elem(), "", func(path string) {
		changes++
		now := d.Fingerprint()
		if strings.Contains(path, ".Label.") || strings.HasPrefix(path, ".Roles.Key") || path == ".Roles[shorter]" { // words, and roles that are only declared
			require.Equal(t, before, now, path)
			return
		}
		require.NotContains(t, seen, now, "%s and %s have one fingerprint", path, seen[now])
		seen[now] = path
	})
	require.Greater(t, changes, 100)
	require.Equal(t, before, d.Fingerprint(), "asking changes nothing")
	require.Equal(t, sound(), d)
}

func TestFingerprintTakesEmptyForNil(t *testing.T) {
	a := lifecycle.Definition{States: []lifecycle.State{{Key: "x"}}, Transitions: []lifecycle.Transition{{Event: "e"}}, Tracks: []lifecycle.Track{{}}, Limits: []lifecycle.Limit{{}}}
	b := lifecycle.Definition{
		Stages: []lifecycle.Stage{}, States: []lifecycle.State{{Key: "x"}},
		Transitions: []lifecycle.Transition{{Event: "e", From: []string{}, Roles: []string{}, Guards: []string{}, While: []string{}}},
		Tracks:      []lifecycle.Track{{Over: []string{}, States: []lifecycle.State{}, Transitions: []lifecycle.Transition{}}},
		Limits:      []lifecycle.Limit{{Start: []string{}, Stop: []string{}, In: []string{}, Warnings: []lifecycle.Warning{}, Overdue: []lifecycle.Reaction{}}},
	}
	require.Equal(t, a.Fingerprint(), b.Fingerprint())
	require.NotEqual(t, a.Fingerprint(), lifecycle.Definition{}.Fingerprint())
}

func TestMachineKeepsACopyOfItsDefinition(t *testing.T) {
	given := sound()
	m := machine(t, given)
	change(reflect.ValueOf(&given).Elem(), "", func(path string) {
		require.Equal(t, sound(), m.Definition(), "a change of the definition given reached the machine: %s", path)
	})
	got := m.Definition()
	change(reflect.ValueOf(&got).Elem(), "", func(path string) {
		require.Equal(t, sound(), m.Definition(), "a change of the definition returned reached the machine: %s", path)
	})
	require.Equal(t, sound().Fingerprint(), m.Fingerprint())
	require.Equal(t, "sound", m.Name())
	require.Equal(t, 1, m.Version())
	require.Equal(t, "draft", m.Initial())
	require.Equal(t, []string{"proposer"}, m.Opens())
	require.Equal(t, "提案", m.Label().ZH)
	require.Equal(t, "督办", m.Track("supervision").Label().ZH)
}
