package consult_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

var (
	committee = consult.Actor{ID: "committee", Body: "county", Roles: []string{"committee"}}
	second    = consult.Actor{ID: "second", Body: "county", Roles: []string{"committee"}}
)

// held returns all the text that a value holds, in fields that nobody can name too:
// of a store in memory all its bytes.
func held(of any) string {
	var all strings.Builder
	seen := make(map[uintptr]bool)
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			all.WriteString(v.String() + "\n")
		case reflect.Pointer, reflect.Interface:
			if v.IsNil() || v.Kind() == reflect.Pointer && seen[v.Pointer()] {
				return
			}
			if v.Kind() == reflect.Pointer {
				seen[v.Pointer()] = true
			}
			walk(v.Elem())
		case reflect.Slice:
			if v.Type().Elem().Kind() == reflect.Uint8 {
				all.WriteString(string(v.Bytes()) + "\n")
				return
			}
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Array:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Map:
			for _, key := range v.MapKeys() {
				walk(key)
				walk(v.MapIndex(key))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		}
	}
	walk(reflect.ValueOf(of))
	return all.String()
}

// eraseIn has an erasure asked for and done in every case of a kind where there is
// something to erase.
func eraseIn[C erasure.Case](w *world, e *workflow.Engine[C, rules.Rules], what erasure.Erase[C, rules.Rules]) {
	w.Helper()
	require.NoError(w, e.Each(w.ctx, func(c C) error {
		_, err := e.Do(w.ctx, committee, c.Head().ID, erasure.Ask[C, rules.Rules]{Reason: "应本人请求"})
		require.NoError(w, err)
		what.Reason = "个人信息保护法第四十七条"
		if _, err = e.Do(w.ctx, second, c.Head().ID, what); err != nil {
			require.ErrorContains(w, err, "nothing_to_erase")
			_, err = e.Do(w.ctx, second, c.Head().ID, erasure.Refuse[C, rules.Rules]{Text: "没有可删除的内容"})
		}
		return err
	}))
}

// saidIn has all that was said erased in every case of a kind. What goes from the
// record goes from the journal, and what stays in the one stays in the other.
func saidIn[C erasure.Case](w *world, e *workflow.Engine[C, rules.Rules], kind string) {
	w.Helper()
	marks := func(id string) (record, journal []string) {
		r, _, err := w.store.Load(w.ctx, kind, id)
		require.NoError(w, err)
		lines, err := w.store.History(w.ctx, kind, id, 0, 0)
		require.NoError(w, err)
		mark := regexp.MustCompile(`说\d+`)
		return mark.FindAllString(string(r.Data), -1), mark.FindAllString(held(lines), -1)
	}
	before := make(map[string][]string)
	require.NoError(w, e.Each(w.ctx, func(c C) error {
		before[c.Head().ID], _ = marks(c.Head().ID)
		return nil
	}))
	eraseIn(w, e, erasure.Erase[C, rules.Rules]{Texts: true})
	for id, there := range before {
		record, journal := marks(id)
		for _, mark := range there {
			require.Equal(w, slices.Contains(record, mark), slices.Contains(journal, mark), "%s of %s", mark, kind)
		}
	}
}

// whole holds all cases to their journals, by both verifiers.
func whole(w *world) {
	w.Helper()
	var cases, entries int
	add := func(c, n int) { cases, entries = cases+c, entries+n }
	add(vocabularytest.Histories(w.TB, w.svc.Activities))
	add(vocabularytest.Histories(w.TB, w.svc.Topics))
	add(vocabularytest.Histories(w.TB, w.svc.Platforms))
	add(vocabularytest.Histories(w.TB, w.svc.Plans))
	python, err := exec.LookPath("python3")
	if err != nil {
		w.Log("python3 is not installed: the second verifier is not run")
		return
	}
	var export, complaint bytes.Buffer
	require.NoError(w, workflow.ExportJournal(w.ctx, w.store, &export))
	run := exec.CommandContext(w.ctx, python, "-I", filepath.Join("..", "proposal", "docs", "verify.py"), "-")
	run.Stdin, run.Stderr = &export, &complaint
	out, err := run.Output()
	var exit *exec.ExitError
	require.True(w, err == nil || errors.As(err, &exit), "%v", err)
	require.JSONEq(w, fmt.Sprintf(`{"cases":%d,"entries":%d,"broken":[],"gaps":[]}`, cases, entries), string(out), complaint.String())
}

// What a person has erased is nowhere any more, in none of the texts that people give:
// records, journals, what is found by, names that were taken. What is kept of an act
// is kept of the record, and both verifiers find the histories whole.
func TestWhatAPersonAsksForIsErasedInEveryKind(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := &voice{}
	tellEverything(w, v)
	before := held(w.store)
	require.Contains(t, before, "张小明")
	stays := func(all string) {
		for _, kept := range v.kept {
			require.Equal(t, strings.Count(before, kept), strings.Count(all, kept), kept)
		}
	}
	found := func() map[string]int64 {
		counts := make(map[string]int64)
		for what, count := range map[string]func(workflow.Query) (int64, error){
			"title of an activity": func(q workflow.Query) (int64, error) { return w.svc.Activities.All().Count(w.ctx, q) },
			"owner of an activity": func(q workflow.Query) (int64, error) { return w.svc.Activities.All().Count(w.ctx, q) },
			"title of a topic":     func(q workflow.Query) (int64, error) { return w.svc.Topics.All().Count(w.ctx, q) },
			"name of a platform":   func(q workflow.Query) (int64, error) { return w.svc.Platforms.All().Count(w.ctx, q) },
			"title of a plan":      func(q workflow.Query) (int64, error) { return w.svc.Plans.All().Count(w.ctx, q) },
		} {
			attr, _, _ := strings.Cut(what, " ")
			n, err := count(workflow.Query{Where: []store.Match{{Attr: attr, Op: store.Contains, Values: []string{"张小明"}}}})
			require.NoError(t, err)
			counts[what] = n
		}
		return counts
	}
	for what, n := range found() {
		require.Positive(t, n, what)
	}

	words := []string{"张小明"}
	eraseIn(w, w.svc.Activities, activity.Erase{Words: words, Contacts: true})
	eraseIn(w, w.svc.Topics, topic.Erase{Words: words})
	eraseIn(w, w.svc.Platforms, platform.Erase{Words: words})
	eraseIn(w, w.svc.Plans, plan.Erase{Words: words})
	all := held(w.store)
	for _, gone := range []string{"张小明", "张 小明", "張小明", "13800138000", "0013 8000"} {
		require.NotContains(t, all, gone)
	}
	require.Contains(t, all, "说")
	stays(all)
	for what, n := range found() {
		require.Zero(t, n, what)
	}

	saidIn(w, w.svc.Activities, activity.Kind)
	saidIn(w, w.svc.Topics, topic.Kind)
	saidIn(w, w.svc.Platforms, platform.Kind)
	saidIn(w, w.svc.Plans, plan.Kind)
	eraseIn(w, w.svc.Activities, activity.Erase{People: true})
	eraseIn(w, w.svc.Topics, topic.Erase{People: true})
	eraseIn(w, w.svc.Plans, plan.Erase{People: true})
	all = held(w.store)
	require.NotContains(t, all, "说")
	stays(all)
	whole(w)
}

// Every text that an action has is told in these acts, so that the test above looks at
// it.
func TestEveryTextOfAnActionIsErasedOrKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tellEverything(w, &voice{})
	require.Empty(t, untold(w, w.svc.Activities, activity.Actions()), "of activities")
	require.Empty(t, untold(w, w.svc.Topics, topic.Actions()), "of topics")
	require.Empty(t, untold(w, w.svc.Platforms, platform.Actions()), "of platforms")
	require.Empty(t, untold(w, w.svc.Plans, plan.Actions()), "of plans")
}

// untold returns the texts of actions that no entry has.
func untold[C workflow.Case](w *world, e *workflow.Engine[C, rules.Rules], actions []workflow.ActionType[C, rules.Rules]) (left []string) {
	told := make(map[string]bool)
	require.NoError(w, e.Each(w.ctx, func(c C) error {
		history, err := e.History(w.ctx, c.Head().ID)
		for _, entry := range history {
			var said any
			if json.Unmarshal(entry.Action, &said) == nil {
				leaves(entry.Event, said, told)
			}
		}
		return err
	}))
	var walk func(at string, fields []form.Field)
	walk = func(at string, fields []form.Field) {
		for _, f := range fields {
			if here := at + "." + f.Name; (f.Type == form.Line || f.Type == form.Text) && !told[here] {
				left = append(left, here)
			}
			walk(at+"."+f.Name, f.Fields)
		}
	}
	for _, a := range actions {
		if !strings.Contains(a.Event, "eras") { // which say what is erased
			walk(a.Event, a.Fields)
		}
	}
	return left
}

func leaves(at string, v any, told map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for key, x := range v {
			leaves(at+"."+key, x, told)
		}
	case []any:
		for _, x := range v {
			leaves(at, x, told)
		}
	case string:
		told[at] = true
	}
}

// Who asked does not decide, who is not named may do neither, and what has to stay is
// named.
func TestAnErasureTakesTwoInEveryKind(t *testing.T) {
	t.Parallel()
	w, p, topics := planned(t)
	a := w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-08")})
	takesTwo(w, w.svc.Activities, a.ID, convenor, "words[0] stands_in_key", convenor.ID)
	takesTwo(w, w.svc.Topics, topics[0].ID, office, "nothing_to_erase", "无此词句")
	takesTwo(w, w.svc.Platforms, w.station.ID, convenor, "words[0] stands_in_key", "resident")
	takesTwo(w, w.svc.Plans, p.ID, office, "words[0] stands_in_key", topics[0].ID)
}

func takesTwo[C erasure.Case](w *world, e *workflow.Engine[C, rules.Rules], id string, asks consult.Actor, why, word string) {
	w.Helper()
	do := func(who consult.Actor, action workflow.Action[C, rules.Rules]) (C, error) {
		return e.Do(w.ctx, who, id, action)
	}
	code := func(err error) string {
		var refused *workflow.RefusedError
		var invalid *workflow.InvalidError
		switch {
		case errors.As(err, &refused):
			return refused.Blockers[0].Code
		case errors.As(err, &invalid):
			return invalid.Field + " " + invalid.Code
		}
		return workflow.Code(err)
	}
	erase := erasure.Erase[C, rules.Rules]{Reason: "应请求", Texts: true}
	_, err := do(committee, erase)
	require.Equal(w, "wrong_state", code(err), "nobody has asked")
	_, err = do(consult.Actor{ID: "passer-by", Body: "county", Roles: []string{"media"}}, erasure.Ask[C, rules.Rules]{Reason: "好奇"})
	require.Equal(w, "denied", code(err))
	_, err = do(committee, erasure.Ask[C, rules.Rules]{Reason: "应本人请求"})
	require.NoError(w, err)
	_, err = do(committee, erase)
	require.Equal(w, "same_person", code(err))
	_, err = do(office, erase)
	require.Equal(w, "denied", code(err))
	c, err := do(second, erasure.Refuse[C, rules.Rules]{Text: "依法须保存"})
	require.NoError(w, err)
	_, err = do(asks, erasure.Ask[C, rules.Rules]{Reason: "再次请求"})
	require.NoError(w, err)
	_, err = do(committee, erasure.Erase[C, rules.Rules]{Reason: "应请求", Words: []string{word}})
	require.Equal(w, why, code(err))
	before := c.Head().Seq
	c, err = do(committee, erase)
	require.NoError(w, err)
	require.Equal(w, before+2, c.Head().Seq, "what was refused left nothing")
	data, err := json.Marshal(c)
	require.NoError(w, err)
	var kept erasure.Requests
	require.NoError(w, json.Unmarshal(data, &kept))
	require.Equal(w, []string{"committee", "second", asks.ID, "committee"},
		[]string{kept.Erasures[0].By, kept.Erasures[0].Decider, kept.Erasures[1].By, kept.Erasures[1].Decider})
	require.Equal(w, []bool{false, true}, []bool{kept.Erasures[0].Erased, kept.Erasures[1].Erased})
}

// Two consultations whose titles were erased are not taken for one.
func TestAnErasedTitleIsNoNameOfAConsultation(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 2 {
		w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-01")})
	}
	eraseIn(w, w.svc.Activities, activity.Erase{Texts: true})
	require.NoError(t, w.svc.Activities.Each(w.ctx, func(a *activity.Activity) error {
		w.do(convenor, a, activity.Notify{}, joined(rules.Member))
		return nil
	}))
}

// Every text of a record is either what may be erased, or known to be kept.
func TestEveryTextIsErasedOrKept(t *testing.T) {
	t.Parallel()
	corrected := []reflect.Type{ // what a correction keeps of before
		reflect.TypeFor[activity.Participant](), reflect.TypeFor[activity.Link](),
		fieldOf[activity.Activity]("Surveys"), fieldOf[activity.Activity]("Outcomes"),
	}
	erasedOrKept[*activity.Activity](t, map[string][]reflect.Type{"corrections.was": corrected}, `
		form platform kind convenor unit topics proposals month mode
		research.by notices.by notices.to materials.by materials.to postponed.by call.kind call.registered.id waivers.limit waivers.by relocated.by
		participants.id participants.kind participants.for participants.came participants.left
		surveys.id surveys.strata.key surveys.questions.key surveys.questions.kind account.figures.bound sittings.mode sittings.attended
		statements.id statements.by statements.topic opinions.id opinions.by opinions.proposals opinions.asked.unit opinions.asked.by opinions.asked.taken
		responses.id responses.by responses.unit responses.to minutes.rounds.by minutes.rounds.to minutes.objections.id minutes.objections.by
		minutes.by minutes.versions.by outcomes.id outcomes.kind outcomes.number outcomes.sent.by outcomes.sent.number
		outcomes.instructions.id outcomes.instructions.units outcomes.became.by outcomes.became.how
		items.id items.owner.unit items.owner.account items.with.unit items.with.account items.continues items.from items.steps.id items.steps.by
		items.progress.by items.reopened.by items.extended.by items.asked.by items.asked.decider items.owners.by items.owners.from.unit items.owners.from.account
		items.past.state items.past.owner.unit items.past.owner.account items.did items.revisits.by
		items.polls.scale.key items.polls.scale.label.zh items.polls.scale.label.en satisfaction.scale.key satisfaction.scale.label.zh satisfaction.scale.label.en
		follow_ups.kind follow_ups.by follow_ups.items publication.items.id publication.items.due publication.items.state publication.by
		corrections.of corrections.by corrections.was.id corrections.was.kind corrections.was.for corrections.was.came corrections.was.left
		corrections.was.opinion corrections.was.proposal corrections.was.strata.key corrections.was.questions.key corrections.was.questions.kind
		corrections.was.number corrections.was.sent.by corrections.was.sent.number corrections.was.instructions.id corrections.was.instructions.units
		corrections.was.became.by corrections.was.became.how erasures.by erasures.decider`)
	erasedOrKept[*topic.Topic](t, nil, `
		source.kind source.id sources.kind sources.id platform clues.source.kind clues.source.id screening.by screening.met screening.excluded
		plan.form plan.platform plan.lead plan.units plan.approved carried.form carried.platform carried.lead carried.units carried.approved
		merged_into absorbed.topic absorbed.sources.kind absorbed.sources.id erasures.by erasures.decider`)
	erasedOrKept[*platform.Platform](t, nil, `
		kind tier convenor unit members quota.per quota.on merged_into absorbed.platform
		past.kind past.tier past.convenor past.unit past.members past.quota.per past.quota.on
		duties.by inspections.by inspections.score accounts.figures.bound erasures.by erasures.decider`)
	erasedOrKept[*plan.Plan](t, nil, `
		entries.id entries.slot.topic entries.slot.form entries.slot.platform entries.slot.units entries.slot.carried entries.replaced
		rounds.by comments.id submitter decisions.by decisions.number
		changes.id changes.by changes.drop changes.add.topic changes.add.form changes.add.platform changes.add.units changes.add.carried
		changes.decision.by changes.decision.number report.by report.held report.undone.entry accounts.figures.bound erasures.by erasures.decider`)
}

func fieldOf[T any](name string) reflect.Type {
	f, _ := reflect.TypeFor[T]().FieldByName(name)
	return f.Type
}

// erasedOrKept requires that each text of a case is erased with the others, unless it
// is listed; inside says what may stand in raw JSON.
func erasedOrKept[C erasure.Case](t *testing.T, inside map[string][]reflect.Type, kept string) {
	t.Helper()
	fields := make(map[string]bool)
	var walk func(at string, typ reflect.Type)
	walk = func(at string, typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice && typ != reflect.TypeFor[json.RawMessage]() {
			typ = typ.Elem()
		}
		switch {
		case typ == reflect.TypeFor[time.Time](), typ == reflect.TypeFor[calendar.Date](), typ == reflect.TypeFor[map[string]int64](), typ.Kind() <= reflect.Float64:
		case at == "extra": // what users add, which is erased
		case typ.Kind() == reflect.String:
			fields[at] = true
		case typ.Kind() == reflect.Struct:
			for f := range typ.NumField() {
				f := typ.Field(f)
				if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "-" && f.IsExported() {
					walk(strings.Trim(at+"."+name, "."), f.Type)
				}
			}
		case inside[at] != nil:
			for _, one := range inside[at] {
				walk(at, one)
			}
		default:
			require.Fail(t, "nobody has said what may stand in it", "%s is a %s", at, typ)
		}
	}
	walk("", reflect.TypeFor[C]())
	stays := strings.Fields(kept)
	all := erasure.Erase[C, rules.Rules]{Texts: true, People: true}
	for field := range fields {
		left, err := all.Redact(workflow.Passage{Field: field, Text: "x"})
		require.NoError(t, err)
		require.NotEqual(t, left == erasure.Gone, slices.Contains(stays, field), "%s of %T: erasure.go says whether it can be erased, this test whether that is meant", field, *new(C))
	}
	for _, field := range stays {
		require.True(t, fields[field], "%s of %T is gone", field, *new(C))
	}
	var none C
	for _, field := range slices.Concat(none.Personal().Said, none.Personal().Named) {
		require.True(t, fields[field], "%s of %T is gone", field, none)
	}
}
