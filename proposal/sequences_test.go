package proposal_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// Under definitions made at random, whatever 200 acts anybody tries in whatever
// order, the laws hold: numbers are given once and stay, histories lead to what is
// stored, no part is without an owner, nothing ends with something open, no merged
// source is lost, and the figures of parts equal the whole.
//
// TIAN_SEQUENCES is how many sequences, 200 by default; a seed that fails is told, and
// fails again.
func TestRandomSequencesUnderRandomDefinitions(t *testing.T) {
	many := 200
	if testing.Short() {
		many = 40
	}
	if text := os.Getenv("TIAN_SEQUENCES"); text != "" {
		var err error
		many, err = strconv.Atoi(text)
		require.NoError(t, err, "TIAN_SEQUENCES")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(rarely))
	const each = 40 // sequences under one definition
	var (
		mu      sync.Mutex
		done    = make(map[string]int)
		broken  []string
		workers sync.WaitGroup
		seeds   = make(chan uint64)
	)
	for range runtime.GOMAXPROCS(0) {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for seed := range seeds {
				acts, wrong := sequencesOf(seed, each)
				mu.Lock()
				for event, n := range acts {
					done[event] += n
				}
				broken = append(broken, wrong...)
				mu.Unlock()
			}
		}()
	}
	for seed := range uint64(many / each) {
		seeds <- seed
	}
	close(seeds)
	workers.Wait()
	require.Empty(t, broken)
	total := 0
	for _, n := range done {
		total += n
	}
	t.Logf("%d sequences of 200 acts under %d definitions: %d acts of %d kinds were done", many/each*each, many/each, total, len(done))
	if many < 1000 {
		return // so few need not meet all of these
	}
	for _, event := range []string{"submit", "file", "assign", "accept", "reply", "issue_reply", "give_opinion", "close", "approve_objection", "merge", "unmerge", "supervise", "relocate_case", "second", "countersign"} {
		require.NotZero(t, done[event], "they never get to %s: %v", event, done)
	}
}

// rarely is how often garbage is looked for where little of it is kept: what these
// tests keep is small, and what they throw away is much.
const rarely = 800

// sequencesOf takes some sequences under the definition of a seed.
func sequencesOf(seed uint64, many int) (done map[string]int, broken []string) {
	done = make(map[string]int)
	r := rand.New(rand.NewPCG(seed, 200)) //nolint:gosec // a test that can be repeated
	d, svc, err := anyDefinition(r, seed)
	if err != nil {
		return done, []string{fmt.Sprintf("seed %d: no definition: %v", seed, err)}
	}
	of := enough(r)
	for i := range many {
		s := &sequence{svc: svc.On(memory.New()), r: r, tries: of, at: time.Date(2024, 1, 8, 1, 0, 0, 0, time.UTC), cases: make(map[string]*proposal.Proposal), done: done}
		for range 200 {
			if s.try(); s.broken != "" {
				break
			}
		}
		if s.broken == "" {
			s.broken = s.sound(i%10 == 0)
		}
		if s.broken != "" {
			broken = append(broken, fmt.Sprintf("seed %d (%s), sequence %d, after %s: %s", seed, d.Name, i, s.last, s.broken))
		}
	}
	return done, broken
}

// anyDefinition makes a definition at random from a shipped one, and a service that
// knows it: other names of states, events that are not there, more guards, other
// limits, one more state in the review.
func anyDefinition(r *rand.Rand, seed uint64) (lifecycle.Definition, *proposal.Service, error) {
	tree, err := workflow.NewTree(workflow.Body{ID: "chongqing", Zone: shanghai}, workflow.Body{ID: "xiushan", Parent: "chongqing"}, workflow.Body{ID: "jiulongpo", Parent: "chongqing"})
	if err != nil {
		return lifecycle.Definition{}, nil, err
	}
	rules := proposal.DefaultRules()
	rules.Numbers = []proposal.NumberForm{{Format: "{seq}"}}
	rules.Hearing = proposal.Hearing{Asked: pick(r, "", proposal.AskedFirst, proposal.AskedAll), Makes: pick(r, "", proposal.MakesEach, proposal.MakesWorst), Redo: r.IntN(3)}
	for try := 0; ; try++ {
		d := altered(r)
		d.Name = fmt.Sprintf("any_%d_%d", seed, try)
		svc, err := proposal.New(memory.New(), workflow.WithTree(tree), workflow.WithNow(func() time.Time { return time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC) }),
			workflow.WithRules("", rules), workflow.WithDefinition(proposal.Kind, d), workflow.WithUse(proposal.Kind, "", d.Name))
		if err == nil || try == 50 {
			return d, svc, err
		}
	}
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// mayGo are events without which there still is a way from draft to end.
var mayGo = []string{
	"research", "add_clue", "confer", "recall", "settle", "refer", "recall_objection", "recall_reply", "divide", "urge", "follow_up", "evaluate", "mark_passage",
	"nominate_key", "consult_on_key", "withhold", "honour", "recuse", "tag", "attach", "detach", "hand_over", "contact", "pre_assign", "countersign", "leave", "visit",
}

// altered is a shipped definition of which something is otherwise.
func altered(r *rand.Rand) lifecycle.Definition {
	d := pick(r, proposal.Nine, proposal.Seven)()
	main := renamed(r, d.States)
	rename(d.States, d.Transitions, main)
	d.Initial = main(d.Initial)
	for i := range d.Tracks {
		track := &d.Tracks[i]
		own := renamed(r, track.States)
		rename(track.States, track.Transitions, own)
		track.Initial = own(track.Initial)
		for j := range track.Transitions {
			for k, while := range track.Transitions[j].While {
				track.Transitions[j].While[k] = main(while)
			}
		}
	}
	gone := slices.DeleteFunc(slices.Clone(mayGo), func(string) bool { return r.IntN(8) > 0 })
	goneFrom := func(of []lifecycle.Transition) []lifecycle.Transition {
		return slices.DeleteFunc(of, func(t lifecycle.Transition) bool { return slices.Contains(gone, t.Event) })
	}
	d.Transitions = goneFrom(d.Transitions)
	for i := range d.Tracks {
		d.Tracks[i].Transitions = goneFrom(d.Tracks[i].Transitions)
	}
	for _, more := range []struct{ event, guard string }{
		{"submit", "cosigners:1"}, {"submit", "complete"}, {"close", "no_open_promise"}, {"assign", "form"}, {"withdraw", "no_conflict"}, {"reopen", "redone_at_most:2"},
	} {
		for i := range d.Transitions {
			if t := &d.Transitions[i]; t.Event == more.event && r.IntN(6) == 0 {
				t.Guards = append(slices.Clone(t.Guards), more.guard)
			}
		}
	}
	if r.IntN(3) == 0 {
		key := main("reviewing")
		d.States = append(d.States, lifecycle.State{Key: "second_review", Like: key})
		d.Transitions = append(d.Transitions, lifecycle.Transition{Event: "receive", From: []string{key}, To: "second_review", Roles: []string{"committee"}})
	}
	for i := range d.Limits {
		l := &d.Limits[i]
		if l.Before == "" && r.IntN(2) == 0 {
			l.Length, l.Cap = pick(r, "1 day", "5 workdays", "1 month", "3 months", "40 days"), ""
		}
		if r.IntN(3) == 0 {
			l.Late, l.Closes = pick(r, "", lifecycle.LateMark, lifecycle.LateWarn), nil
		}
	}
	return d
}

// renamed gives some states other keys, and lets them mean what they meant.
func renamed(r *rand.Rand, states []lifecycle.State) func(string) string {
	to := make(map[string]string)
	for _, s := range states {
		if s.Like == "" && r.IntN(4) == 0 {
			to[s.Key] = "our_" + s.Key
		}
	}
	return func(key string) string {
		if other, is := to[key]; is {
			return other
		}
		return key
	}
}

func rename(states []lifecycle.State, transitions []lifecycle.Transition, as func(string) string) {
	for i := range states {
		s := &states[i]
		if as(s.Key) != s.Key && s.Is == "" {
			s.Is = s.Key
		}
		if s.Like != "" {
			s.Like = as(s.Like)
		}
		s.Key = as(s.Key)
	}
	for i := range transitions {
		t := &transitions[i]
		for j, from := range t.From {
			t.From[j] = as(from)
		}
		t.To = as(t.To)
	}
}

// sequence is a few proposals, and everybody who might do something to them.
type sequence struct {
	svc    *proposal.Service
	r      *rand.Rand
	tries  tries
	at     time.Time
	cases  map[string]*proposal.Proposal
	ids    []string
	done   map[string]int
	last   string
	broken string
}

func (s *sequence) wrong(format string, args ...any) {
	if s.broken == "" {
		s.broken = fmt.Sprintf(format, args...)
	}
}

// try has somebody try something.
func (s *sequence) try() {
	ctx := context.Background()
	s.at = s.at.Add(time.Duration(s.r.IntN(36)) * time.Hour)
	happened := workflow.Happened(s.at)
	switch dice := s.r.IntN(100); {
	case len(s.ids) < 3 || len(s.ids) < 6 && dice < 2:
		p, err := s.svc.Open(ctx, member, proposal.Draft{Title: "题", Category: proposal.Economic, Session: "15-3", Text: proposal.Text{Suggestions: []string{"建议"}}}, happened)
		s.took("open", p, err)
		if err == nil {
			s.ids = append(s.ids, p.ID)
		}
	case dice < 4:
		s.merge(happened)
	case dice < 6:
		_, err := s.svc.Sweep(ctx, s.at)
		s.last = "a sweep"
		if err != nil {
			s.wrong("%v", err)
		}
		for _, id := range s.ids {
			s.read(id)
		}
	case dice < 7:
		id := pick(s.r, s.ids...)
		moved, err := s.svc.Relocate(ctx, everywhere, workflow.Relocation{Cases: []string{id}, To: pick(s.r, "xiushan", "jiulongpo"), Reason: "区划调整"}, happened)
		var p *proposal.Proposal
		if err == nil {
			p = moved[0]
		}
		s.took("relocate_case", p, err)
	case dice < 9:
		p, err := s.svc.FileNext(ctx, s.someone(committee, s.cases[pick(s.r, s.ids...)]), pick(s.r, s.ids...), happened)
		s.took("file", p, err)
	case dice < 11:
		s.time(happened)
	default:
		s.act(happened)
	}
}

// someone is an actor in the body that a proposal is in now.
func (s *sequence) someone(a proposal.Actor, p *proposal.Proposal) proposal.Actor {
	a.Body = p.Body
	return a
}

// act has somebody do something that the definition lets somebody do, or anything.
func (s *sequence) act(happened workflow.DoOption) {
	p := s.cases[pick(s.r, s.ids...)]
	choice := s.tries.one(s.r)
	for range 60 {
		if s.r.IntN(40) == 0 || p.Allows(choice.do.Event(), instanceOf(choice.do, choice.who)) {
			break
		}
		choice = s.tries.one(s.r)
	}
	if _, ends := choice.do.(proposal.Withdraw); ends && s.r.IntN(15) > 0 {
		return // a way that ends early shows little
	}
	who := s.someone(choice.who, p)
	if s.r.IntN(12) == 0 {
		who = s.someone(pick(s.r, member, another, third, committee, office, leader, evaluator, nobody, clerk("u1")), p)
	}
	done, err := s.svc.Do(context.Background(), who, p.ID, choice.do, happened)
	s.took(choice.do.Event(), done, err)
}

func instanceOf(do proposal.Action, who proposal.Actor) string {
	if a, ok := do.(workflow.Addressed); ok {
		return a.Instance(who)
	}
	if who.Unit != "" {
		return who.Unit
	}
	return who.ID
}

// tries are what anybody may try: what leads a proposal on, and all else.
type tries struct{ on, all []step }

// one is something to try: as often as not something that leads on.
func (t tries) one(r *rand.Rand) step {
	if r.IntN(2) == 0 {
		return pick(r, t.on...)
	}
	return pick(r, t.all...)
}

// waysOn is how many of triesAtRandom lead a proposal on, the first ones.
const waysOn = 12

// enough makes tries with much data that differ.
func enough(r *rand.Rand) (t tries) {
	for range 10 {
		for _, unit := range theUnits {
			all := triesAtRandom(r, unit)
			t.on, t.all = append(t.on, all[:waysOn]...), append(t.all, all[waysOn:]...)
		}
	}
	return t
}

// triesAtRandom are the actions of everybody, with data that differ.
func triesAtRandom(r *rand.Rand, unit string) []step {
	other := pick(r, theUnits...)
	result := pick(r, "satisfied", "satisfied", "dissatisfied")
	return []step{
		{member, proposal.Submit{}}, {committee, proposal.File{Number: strconv.Itoa(1 + r.IntN(9))}}, {office, proposal.Assign{Lead: unit}}, {clerk(unit), proposal.Accept{}},
		{clerk(unit), proposal.Reply{Text: "已办。", Class: pick(r, "a", "b", "c", "z")}}, {office, proposal.IssueReply{Unit: unit}}, {member, proposal.GiveOpinion{Unit: pick(r, "", unit), Result: result}},
		{committee, proposal.Conclude{}}, {committee, proposal.Close{}}, {another, proposal.Consent{}}, {clerk(unit), proposal.Continue{}}, {clerk(unit), proposal.Countersign{}},

		{office, proposal.Assign{Lead: unit, Co: []string{other}}}, {office, proposal.Assign{Separate: []string{unit, other}}},
		{office, proposal.Assign{Lead: unit, With: []string{other}}}, {clerk(unit), proposal.RecallReply{}},
		{clerk(unit), proposal.Reply{Text: "已办。", Class: "b", Promises: []proposal.Undertaking{{What: "修好", By: day("2024-12-01"), Owner: "科长"}}}},
		{office, proposal.ReturnReply{Unit: unit, Reason: "不具体"}}, {another, proposal.GiveOpinion{Result: result}},
		{committee, proposal.Reopen{Units: []string{unit}, Reason: "未落实"}}, {clerk(unit), proposal.Object{Reason: "不属职责"}}, {clerk(unit), proposal.RecallObjection{}},
		{office, proposal.ApproveObjection{Unit: unit, To: pick(r, nil, []string{other})}}, {office, proposal.RefuseObjection{Unit: unit}}, {office, proposal.Transfer{Unit: unit, To: pick(r, nil, []string{other}), Reason: "改办"}},
		{office, proposal.AddUnits{Units: []string{unit}}}, {office, proposal.Succeed{Unit: unit, To: "merged-" + unit, Reason: "机构改革"}}, {office, proposal.Suspend{Unit: unit, Reason: "待听证"}},
		{member, proposal.Invite{ID: pick(r, another.ID, third.ID)}}, {third, proposal.Consent{}}, {another, proposal.Decline{}}, {another, proposal.Leave{}},
		{member, proposal.OpenSeconding{Until: day("2024-12-20")}}, {third, proposal.Second{}}, {member, proposal.CloseSeconding{}}, {member, proposal.HandOver{To: another.ID, Stay: r.IntN(2) == 0, Reason: "调动"}},
		{member, proposal.Revise{Title: pick(r, "新题", ""), Category: proposal.Social}}, {member, proposal.Research{Topic: "小店"}}, {member, proposal.Recall{}}, {member, proposal.Withdraw{}},
		{committee, proposal.Receive{}}, {committee, pick[proposal.Action](r, proposal.Refuse{Reason: "academic"}, proposal.Refer{To: "来信"}, proposal.Settle{}, proposal.Return{Text: "补充"}, proposal.Receive{}, proposal.Receive{})},
		{committee, proposal.Reconsider{}}, {committee, proposal.Recategorise{Category: proposal.Cultural, Reason: "归类"}}, {committee, proposal.Recuse{Reason: "亲属"}}, {committee, proposal.PreAssign{Assign: proposal.Assign{Lead: unit}}},
		{committee, proposal.Supervise{}}, {leader, proposal.VisitSite{Found: "好"}}, {office, proposal.Urge{Unit: unit}}, {committee, proposal.MarkKey{Leader: "主席"}}, {committee, proposal.UnmarkKey{}},
		{clerk(unit), proposal.LogContact{Unit: unit, Form: proposal.ByMeeting, Text: "面商"}}, {clerk(unit), proposal.Divide{Unit: unit, Matters: []string{"甲", "乙"}}}, {clerk(unit), proposal.KeepPromise{Promise: unit + "#1", Evidence: []string{"验收"}}},
		{office, proposal.DropPromise{Promise: unit + "#1", Reason: "调整"}}, {committee, proposal.Follow{Unit: unit, Found: "已建成", Class: "a"}}, {evaluator, proposal.Evaluate{Text: "好"}}, {committee, proposal.Nominate{Title: "优秀", Year: 2024, Reason: "好"}},
		{committee, proposal.GiveHonour{Title: "优秀", Year: 2024}}, {committee, proposal.Publish{Title: "题"}}, {committee, proposal.Withhold{Reason: "隐私"}}, {committee, proposal.Tag{Themes: []string{"小店"}}},
		{member, proposal.AskErasure{Reason: "本人请求"}}, {pick(r, committee, neighbour), pick[proposal.Action](r, proposal.Erase{Reason: "本人请求", Texts: true}, proposal.Conclude{}, proposal.Conclude{})}, {clerk("merged-" + unit), proposal.Accept{}},
	}
}

// took looks at what became of an act: what was refused has changed nothing, and the
// laws hold of what was done.
func (s *sequence) took(event string, p *proposal.Proposal, err error) {
	s.last = event
	if err != nil {
		if !errors.Is(err, workflow.ErrRefused) && !errors.Is(err, workflow.ErrDenied) && !errors.Is(err, workflow.ErrInvalid) {
			s.wrong("%v", err)
		}
		return
	}
	s.done[event]++
	was := s.cases[p.ID]
	if was != nil {
		if p.Seq != was.Seq+1 {
			s.wrong("it has %d entries, and had %d", p.Seq, was.Seq)
		}
		if was.Number != "" && p.Number != was.Number {
			s.wrong("its number was %s, and is %s", was.Number, p.Number)
		}
	}
	s.cases[p.ID] = p
	if broken := lawsOfOne(s.svc, p); broken != "" {
		s.wrong("%s", broken)
	}
}

// read reads a case anew.
func (s *sequence) read(id string) {
	p, err := s.svc.Get(context.Background(), id)
	if err != nil {
		s.wrong("%v", err)
		return
	}
	if was := s.cases[id]; was != nil && was.Number != "" && was.Number != p.Number {
		s.wrong("the number of %s was %s, and is %s", id, was.Number, p.Number)
	}
	if broken := lawsOfOne(s.svc, p); broken != "" {
		s.wrong("%s", broken)
	}
	s.cases[id] = p
}

// merge merges two, or undoes it.
func (s *sequence) merge(happened workflow.DoOption) {
	into, source := pick(s.r, s.ids...), pick(s.r, s.ids...)
	who := s.someone(committee, s.cases[into])
	s.last = "merge"
	var err error
	if s.r.IntN(2) == 0 {
		_, err = s.svc.Merge(context.Background(), who, into, []string{source}, happened)
	} else {
		s.last = "unmerge"
		_, err = s.svc.Unmerge(context.Background(), who, source, happened)
	}
	switch {
	case err == nil:
		s.done[s.last]++
	case !errors.Is(err, workflow.ErrRefused) && !errors.Is(err, workflow.ErrInvalid) && !errors.Is(err, workflow.ErrDenied):
		s.wrong("%v", err)
	}
	for _, id := range s.ids {
		s.read(id)
	}
	if broken := lawsOfAll(s.cases); broken != "" {
		s.wrong("%s", broken)
	}
}

// time asks for more of it, or answers.
func (s *sequence) time(happened workflow.DoOption) {
	p := s.cases[pick(s.r, s.ids...)]
	unit := pick(s.r, theUnits...)
	if s.r.IntN(2) == 0 {
		done, err := s.svc.AskTime(context.Background(), s.someone(clerk(unit), p), p.ID, clock.Ask{Limit: "reply", Of: unit, By: calendar.Months(1), Reason: "调研"}, happened)
		s.took(clock.Asking, done, err)
		return
	}
	done, err := s.svc.AnswerTime(context.Background(), s.someone(office, p), p.ID, clock.Answer{Limit: "reply", Of: unit, Grant: s.r.IntN(2) == 0}, happened)
	s.took(clock.Answering, done, err)
}

// sound holds all that is stored to the laws; with every seal of the journals, if
// asked for.
func (s *sequence) sound(sealed bool) string {
	ctx := context.Background()
	for _, id := range s.ids {
		known := s.cases[id]
		s.read(id)
		history, err := s.svc.History(ctx, id)
		if err != nil {
			return err.Error()
		}
		if broken := lawOfHistory(history, s.cases[id]); broken != "" {
			return broken
		}
		was, err := json.Marshal(known)
		is, failed := json.Marshal(s.cases[id])
		if err != nil || failed != nil || string(was) != string(is) || !maps.Equal(known.Tracks, s.cases[id].Tracks) {
			return fmt.Sprintf("%s is not as the last act left it: %s, %s", id, was, is)
		}
		if !sealed {
			continue
		}
		if breaks, err := s.svc.Verify(ctx, id); err != nil || len(breaks) > 0 {
			return fmt.Sprintf("%s: %v %v", id, breaks, err)
		}
	}
	if s.broken != "" {
		return s.broken
	}
	if broken := lawsOfAll(s.cases); broken != "" {
		return broken
	}
	return lawOfFigures(ctx, s.svc, s.cases)
}
