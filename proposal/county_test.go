package proposal_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/faulty"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// county is a year of two counties of one city in virtual time: people who do
// this and that, two engines on one store that fails, loses answers and has each
// engine come between the other's reading and writing; sweeps, restarts, notices,
// recounts and migrations. All of it follows from the seed, so that what went
// wrong once goes wrong again.
type county struct {
	seed    uint64
	r       *rand.Rand
	store   store.Store // without faults
	tree    *workflow.Tree
	engines [2]*proposal.Service
	plain   *proposal.Service // without faults
	now     time.Time
	ids     int
	steps   int
	between bool // one engine is at work inside a commit of the other
	again   lifecycle.Definition
	year    [2]*calendar.Calendar // without and with the notice of next year
	made    [2][2]*proposal.Service
	noticed [2]bool // which calendar each engine has

	cases   []sited
	acked   map[string][]string // commands that were acknowledged, by case
	refused map[string][]string // commands that were refused for good
	told    []string            // crossings that a sweep returned
	faults  int
	acts    map[string]int

	log      func(format string, args ...any)
	problems []string
}

// sited is a case and the county it belongs to.
type sited struct{ id, body string }

// nineAgain is a definition that differs from the first in its name.
var nineAgain = named(proposal.Nine(), "nine_again")

var errFault = errors.New("connection reset")

// virtualYear is when a year begins.
var virtualYear = time.Date(2024, 1, 15, 1, 0, 0, 0, time.UTC)

// newCounty makes the year of a seed on an empty store; log hears of each step.
func newCounty(seed uint64, st store.Store, log func(format string, args ...any)) (*county, error) {
	c := &county{
		seed: seed, r: rand.New(rand.NewPCG(seed, 2024)), store: st, now: virtualYear,
		acked: make(map[string][]string), refused: make(map[string][]string), acts: make(map[string]int),
		again: nineAgain, log: log,
	}
	var err error
	c.tree, err = workflow.NewTree(
		workflow.Body{ID: "chongqing", Zone: shanghai},
		workflow.Body{ID: "xiushan", Parent: "chongqing"},
		workflow.Body{ID: "jiulongpo", Parent: "chongqing"},
	)
	if err != nil {
		return nil, err
	}
	if c.year[0], err = calendar.New(calendar.Spec{Name: "year", Notices: []calendar.Notice{{Year: 2024}}}); err != nil {
		return nil, err
	}
	if c.year[1], err = c.year[0].With(calendar.Notice{Year: 2025, Days: []calendar.ListedDay{{Date: day("2025-01-01"), Kind: calendar.Off}}}); err != nil {
		return nil, err
	}
	for i := range c.engines {
		if err := c.start(i, false); err != nil {
			return nil, err
		}
	}
	c.plain, err = c.service(st, c.year[1])
	return c, err
}

// start starts an engine anew, as after an update of its program, with the notice
// of next year or still without. Engines keep nothing between acts, so that one of
// the same making is as good as a new one.
func (c *county) start(i int, noticed bool) error {
	c.noticed[i] = c.noticed[i] || noticed
	which := 0
	if c.noticed[i] {
		which = 1
	}
	if c.made[i][which] == nil {
		svc, err := c.service(faulty.New(c.store, c.plan(i)), c.year[which])
		if err != nil {
			return err
		}
		c.made[i][which] = svc
	}
	c.engines[i] = c.made[i][which]
	return nil
}

func (c *county) service(st store.Store, year *calendar.Calendar) (*proposal.Service, error) {
	return proposal.New(st, workflow.WithTree(c.tree), workflow.WithCalendar("", year),
		workflow.WithNow(func() time.Time { return c.now }), workflow.WithIDs(c.newID),
		workflow.WithDefinition(proposal.Kind, c.again), workflow.WithUse(proposal.Kind, "", "nine"))
}

func (c *county) newID() string {
	c.ids++
	return fmt.Sprintf("id-%06d", c.ids)
}

// plan is what befalls the store of one engine: now and then a call fails, a
// commit's answer is lost, or the other engine is quicker.
func (c *county) plan(engine int) faulty.Plan {
	return func(_ context.Context, call faulty.Call) faulty.Fault {
		dice := c.r.IntN(100)
		switch {
		case dice < 2:
			c.faults++
			return faulty.Fault{Before: errFault}
		case dice < 5 && call.Method == faulty.Commit:
			c.faults++
			return faulty.Fault{After: errFault}
		case dice < 15 && call.Method == faulty.Commit && !c.between:
			c.between = true
			c.act(1 - engine)
			c.between = false
		}
		return faulty.Fault{}
	}
}

// wrong notes what must not be.
func (c *county) wrong(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf("seed %d, step %d, %s: ", c.seed, c.steps, c.now.Format(time.DateOnly))+fmt.Sprintf(format, args...))
}

// run plays the year and looks at what is left.
func (c *county) run(steps int) {
	for c.steps = 1; c.steps <= steps && len(c.problems) == 0; c.steps++ {
		c.now = c.now.Add(time.Duration(c.r.Int64N(int64(2 * 365 * 24 * time.Hour / time.Duration(steps)))))
		c.step()
	}
	c.inspect()
}

// step is one thing that happens.
func (c *county) step() {
	engine := c.r.IntN(2)
	switch dice := c.r.IntN(100); {
	case dice < 10:
		c.sweep(engine)
	case dice < 12:
		noticed := c.noticed[engine] || c.steps > 100
		c.log("engine %d starts anew", engine)
		if err := c.start(engine, noticed); err != nil {
			c.wrong("start: %v", err)
		}
	case dice < 14:
		c.recount(engine)
	default:
		c.act(engine)
	}
}

// act has someone do something by one of the engines.
func (c *county) act(engine int) {
	dice := c.r.IntN(100)
	if len(c.cases) == 0 || dice < 12 && len(c.cases) < 14 {
		c.open(engine)
		return
	}
	it := c.cases[c.r.IntN(len(c.cases))]
	switch {
	case dice < 20:
		c.mergeOrUndo(engine, it)
	case dice < 26:
		c.moreTime(engine, it)
	case dice < 30:
		c.migrate(engine, it)
	default:
		c.do(engine, it)
	}
}

func (c *county) open(engine int) {
	body := []string{"xiushan", "xiushan", "jiulongpo"}[c.r.IntN(3)]
	who := at(member, body)
	command := c.command()
	id := c.engines[engine].OpeningID(body, command)
	draft := proposal.Draft{
		Title: "关于支持小店经济的提案", Category: []proposal.Category{proposal.Economic, proposal.Social, ""}[c.r.IntN(3)], Session: "15-3",
		Text: proposal.Text{Background: "小店多。", Suggestions: []string{"设立专项。"}},
	}
	if c.settle(engine, id, "open", command, func(s *proposal.Service) error {
		_, err := s.Open(context.Background(), who, draft, workflow.Command(command))
		return err
	}) {
		c.cases = append(c.cases, sited{id, body})
	}
}

func (c *county) command() string {
	c.ids++
	return fmt.Sprintf("command-%06d", c.ids)
}

// at is a person of another county.
func at(who proposal.Actor, body string) proposal.Actor {
	who.Body = body
	return who
}

// settle asks for an act until it is known what became of it, by one engine and
// by the other, and reports whether it was done.
func (c *county) settle(engine int, id, what, command string, do func(*proposal.Service) error) bool {
	for attempt := range 100 {
		if attempt > 0 && !c.between { // who comes between waits for nobody
			engine = 1 - engine
		}
		err := do(c.engines[engine])
		switch {
		case err == nil:
			c.log("%s of %s by engine %d, at attempt %d", what, id, engine, attempt+1)
			c.acts[what]++
			if command != "" {
				c.acked[id] = append(c.acked[id], command)
			}
			return true
		case errors.Is(err, errFault):
			continue
		}
		switch workflow.Code(err) {
		case "refused", "denied", "invalid", "conflict":
		default:
			c.wrong("%s of %s: %v", what, id, err)
		}
		if command != "" {
			c.refused[id] = append(c.refused[id], command)
		}
		return false
	}
	c.wrong("%s of %s fails for ever", what, id)
	return false
}

// do has someone do one of the actions that there are, mostly one that leads on.
func (c *county) do(engine int, it sited) {
	chosen := every[c.r.IntN(len(every))].step
	if c.r.IntN(3) > 0 {
		p, err := c.plain.Get(context.Background(), it.id)
		if err != nil {
			c.wrong("%s: %v", it.id, err)
			return
		}
		if next, leads := onward(p); leads {
			chosen = next
		}
	}
	if _, files := chosen.do.(proposal.File); files {
		chosen.do = proposal.File{Number: fmt.Sprint(1 + c.r.IntN(20))} // often one that is taken
	}
	if ends(chosen.do) && c.r.IntN(4) > 0 {
		return
	}
	command := c.command()
	c.settle(engine, it.id, chosen.do.Event(), command, func(s *proposal.Service) error {
		_, err := s.Do(context.Background(), at(chosen.who, it.body), it.id, chosen.do, workflow.Command(command))
		return err
	})
}

// onward returns what leads a proposal towards its end.
func onward(p *proposal.Proposal) (step, bool) {
	switch p.State {
	case "draft", "returned":
		return step{member, proposal.Submit{}}, true
	case "submitted":
		return step{committee, proposal.Receive{}}, true
	case "reviewing":
		return step{committee, proposal.File{}}, true
	case "filed":
		return step{office, proposal.Assign{Lead: "market", Co: []string{"banking"}}}, true
	case "replied":
		return step{member, proposal.GiveOpinion{Result: "satisfied"}}, true
	case "feedback":
		return step{committee, proposal.Close{}}, true
	}
	for _, part := range slices.Backward(p.Parts) { // the lead answers after the others
		switch p.PartState(part.Unit) {
		case "assigned":
			return step{clerk(part.Unit), proposal.Accept{}}, true
		case "accepted":
			return step{clerk(part.Unit), proposal.Reply{Text: "已办理。", Class: "b", Document: "秀市监函〔2024〕1号"}}, true
		case "checking":
			return step{chief(part.Unit), proposal.IssueReply{Unit: part.Unit}}, true
		case "suspended":
			return step{clerk(part.Unit), proposal.Continue{}}, true
		}
	}
	return step{}, false
}

// ends reports whether an action ends a proposal early, after which little happens.
func ends(a proposal.Action) bool {
	switch a.(type) {
	case proposal.Withdraw, proposal.Refuse, proposal.Refer, proposal.Settle:
		return true
	}
	return false
}

func (c *county) mergeOrUndo(engine int, it sited) {
	source := c.cases[c.r.IntN(len(c.cases))]
	command := c.command()
	who := at(committee, it.body)
	if c.r.IntN(2) == 0 {
		c.settle(engine, source.id, "unmerge", command, func(s *proposal.Service) error {
			_, err := s.Unmerge(context.Background(), at(committee, source.body), source.id, workflow.Command(command))
			return err
		})
		return
	}
	if c.settle(engine, it.id, "merge", command, func(s *proposal.Service) error {
		_, err := s.Merge(context.Background(), who, it.id, []string{source.id}, workflow.Command(command))
		return err
	}) {
		c.acked[source.id] = append(c.acked[source.id], command) // it is in both, or in neither
	} else {
		c.refused[source.id] = append(c.refused[source.id], command)
	}
}

func (c *county) moreTime(engine int, it sited) {
	command := c.command()
	days := calendar.Days(1 + c.r.IntN(20))
	switch c.r.IntN(3) {
	case 0:
		c.settle(engine, it.id, "extend", command, func(s *proposal.Service) error {
			_, err := s.Extend(context.Background(), at(office, it.body), it.id, clock.Extend{Limit: "reply", Of: "market", By: days, Reason: "调研"}, workflow.Command(command))
			return err
		})
	case 1:
		c.settle(engine, it.id, "ask_time", command, func(s *proposal.Service) error {
			_, err := s.AskTime(context.Background(), at(clerk("market"), it.body), it.id, clock.Ask{Limit: "reply", Of: "market", By: days, Reason: "调研"}, workflow.Command(command))
			return err
		})
	default:
		c.settle(engine, it.id, "answer_time", command, func(s *proposal.Service) error {
			_, err := s.AnswerTime(context.Background(), at(office, it.body), it.id, clock.Answer{Limit: "reply", Of: "market", Grant: true}, workflow.Command(command))
			return err
		})
	}
}

func (c *county) migrate(engine int, it sited) {
	to := workflow.Migration{Name: []string{"nine", c.again.Name}[c.r.IntN(2)], Version: c.again.Version, Reason: "换流程"}
	command := c.command()
	p, err := c.plain.Get(context.Background(), it.id)
	if err != nil {
		c.wrong("%s: %v", it.id, err)
		return
	}
	if p.Definition.Name == to.Name {
		return // it would be left as it is, without an entry
	}
	// Where the other engine is quicker, the case is on the definition already, and
	// left as it is: an acknowledged migration need not be in the journal.
	c.settle(engine, it.id, "migrate", "", func(s *proposal.Service) error {
		_, err := s.Migrate(context.Background(), at(admin, it.body), it.id, to, workflow.Command(command))
		return err
	})
}

func (c *county) recount(engine int) {
	body := []string{"xiushan", "jiulongpo"}[c.r.IntN(2)]
	c.settle(engine, body, "recount", "", func(s *proposal.Service) error {
		_, err := s.Recount(context.Background(), at(admin, body), body)
		return err
	})
}

// sweep sweeps until it is through. What it returns it has crossed, also with an
// error.
func (c *county) sweep(engine int) {
	c.settle(engine, "all", "sweep", "", func(s *proposal.Service) error {
		crossed, err := s.Sweep(context.Background(), c.now)
		for _, x := range crossed {
			c.told = append(c.told, x.ID+" "+alarmOf(x))
		}
		return err
	})
}

// alarmOf names an alarm of a case.
func alarmOf(x workflow.Crossing) string {
	return fmt.Sprintf("%s/%s %s%s of %s, due %s", x.Limit, x.Of, x.Alarm.Kind, x.Alarm.Colour, x.Alarm.On, x.Due)
}

// empty is a store for a year.
func empty() store.Store { return memory.New() }
