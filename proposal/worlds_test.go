package proposal_test

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// Every world that two members, a party, three units, an office and a committee can
// reach by a bounded number of acts, on up to two proposals in the nine stages, from
// nothing or from anywhere on the usual way of a proposal to its end, is visited
// through the engine itself. The laws hold in each; and from each that is not at its
// end, somebody can still bring it there.
//
// TIAN_WORLDS is the number of acts, 2 by default; with TIAN_WORLDS_SECONDS it goes
// on, an act at a time, until they are over:
//
//	TIAN_WORLDS=99 TIAN_WORLDS_SECONDS=300 go test -v -timeout 1h -run '^TestEveryWorld' ./proposal
func TestEveryWorldKeepsTheLawsAndCanBeBroughtToAnEnd(t *testing.T) {
	depth, seconds := 2, 1<<20
	if testing.Short() {
		depth = 1
	}
	for name, into := range map[string]*int{"TIAN_WORLDS": &depth, "TIAN_WORLDS_SECONDS": &seconds} {
		if text := os.Getenv(name); text != "" {
			var err error
			*into, err = strconv.Atoi(text)
			require.NoError(t, err, name)
		}
	}
	defer debug.SetGCPercent(debug.SetGCPercent(rarely))
	x := newExplorer(t)
	until := time.Now().Add(time.Duration(seconds) * time.Second)
	frontier := x.usualWay(t)
	t.Logf("%d worlds on the usual way", len(x.seen))
	for n := 1; n <= depth && len(frontier) > 0; n++ {
		next, whole := x.expand(frontier, until)
		require.Empty(t, x.broken)
		if !whole {
			t.Logf("%d acts: not finished in %d seconds; %d worlds by then", n, seconds, len(x.seen))
			break
		}
		frontier = next
		t.Logf("%d acts: %d worlds, %d of them new; %d acts were done, %d more to bring worlds to their end", n, len(x.seen), len(next), x.acts, x.endings)
	}
	require.Greater(t, len(x.seen), 50)
}

// world is what is stored, as nobody changes it any more.
type world struct {
	records map[[2]string]store.Record
	last    map[[2]string]store.Line
	cases   map[string]*proposal.Proposal
	path    string   // how it was reached, for people
	told    [32]byte // its digest, once it was asked for
}

// sheet is a store over a world, which it leaves as it is.
type sheet struct {
	store.Store // an empty one, for what is looked for: nothing has been adopted

	of      *world
	changes []store.Change
}

func (s *sheet) Load(_ context.Context, kind, id string) (store.Record, store.Line, error) {
	r, ok := s.of.records[[2]string{kind, id}]
	if !ok {
		return store.Record{}, store.Line{}, &store.RecordError{Kind: kind, ID: id, Err: store.ErrNotFound}
	}
	return r, s.of.last[[2]string{kind, id}], nil
}

func (s *sheet) Commit(_ context.Context, changes ...store.Change) error {
	for _, c := range changes {
		r := c.Record
		if _, there := s.of.records[[2]string{r.Kind, r.ID}]; there && r.Revision == 0 {
			return &store.RecordError{Kind: r.Kind, ID: r.ID, Err: store.ErrExists}
		}
	}
	s.changes = append(s.changes, changes...)
	return nil
}

// explorer goes from world to world.
type explorer struct {
	svc   *proposal.Service
	empty store.Store
	at    workflow.DoOption

	mu            sync.Mutex
	seen, ends    map[[32]byte]bool // worlds, and those from which an end is known to be reached
	acts, endings int
	broken        string
}

func newExplorer(t *testing.T) *explorer {
	t.Helper()
	at := time.Date(2024, 3, 4, 1, 0, 0, 0, time.UTC) // at one moment, so that no record tells worlds apart by its times
	svc, err := proposal.New(memory.New(), bodies(t), workflow.WithNow(func() time.Time { return at }), workflow.WithIDs(func() string { return "one" }))
	require.NoError(t, err)
	return &explorer{svc: svc, empty: memory.New(), at: workflow.Happened(at), seen: make(map[[32]byte]bool), ends: make(map[[32]byte]bool)}
}

// usualWay returns the worlds that a proposal of the first kind passes on its way from
// nothing to its end.
func (x *explorer) usualWay(t *testing.T) []*world {
	t.Helper()
	w := new(world)
	way := []*world{w}
	forth := func(name string, do func(s *proposal.Service, id string, o ...workflow.DoOption) error) {
		id := strings.Join(slices.Collect(maps.Keys(w.cases)), "") // of which there is one
		n := x.do(w, deed{name: name, do: func(s *proposal.Service, o ...workflow.DoOption) error { return do(s, id, o...) }})
		require.NotNil(t, n, "%s after %s", name, w.path)
		require.True(t, x.first(n))
		x.look(n)
		way, w = append(way, n), n
	}
	forth("open", func(s *proposal.Service, _ string, o ...workflow.DoOption) error { return w.deeds()[0].do(s, o...) })
	for _, step := range then(filed("1"), []step{{office, proposal.Assign{Lead: "u1"}}, {clerk("u1"), proposal.Accept{}}, {clerk("u1"), proposal.Reply{Text: "已办。", Class: "b"}},
		{office, proposal.IssueReply{Unit: "u1"}}, {member, proposal.GiveOpinion{Result: "satisfied"}}, {committee, proposal.Close{}}}) {
		forth(fmt.Sprintf("%T", step.do), func(s *proposal.Service, id string, o ...workflow.DoOption) error {
			_, err := s.Do(context.Background(), step.who, id, step.do, o...)
			return err
		})
	}
	require.Empty(t, x.broken)
	require.True(t, x.ended(w))
	return way
}

// deed is what somebody may try in a world.
type deed struct {
	name  string
	on    string // a case; "": none
	event string
	of    string // the instance of the event's track
	do    func(*proposal.Service, ...workflow.DoOption) error
}

var (
	aParty    = person("j-1", "九三学社", "party")
	theUnits  = []string{"u1", "u2", "u3"}
	theWorlds = []struct {
		who   proposal.Actor
		draft proposal.Draft
	}{
		{member, proposal.Draft{Title: "甲", Session: "15-3", Text: proposal.Text{Suggestions: []string{"设立专项。"}}}},
		{aParty, proposal.Draft{Title: "乙", Session: "15-3", Proposer: proposal.Proposer{Kind: proposal.Party, ID: "九三学社"}, Text: proposal.Text{Suggestions: []string{"设立专项。"}}}},
	}
)

// deeds are all that may be tried in a world.
func (w *world) deeds() (all []deed) {
	ctx := context.Background()
	if n := len(w.cases); n < len(theWorlds) {
		open := theWorlds[n]
		all = append(all, deed{name: "open " + open.draft.Title, do: func(s *proposal.Service, o ...workflow.DoOption) error {
			_, err := s.Open(ctx, open.who, open.draft, append(o, workflow.Command(open.draft.Title))...)
			return err
		}})
	}
	for _, id := range slices.Sorted(maps.Keys(w.cases)) {
		all = append(all, triesOn(w.cases[id])...)
		for other := range w.cases {
			if other != id {
				all = append(all, deed{name: "merge", on: id, event: "merge", do: func(s *proposal.Service, o ...workflow.DoOption) error {
					_, err := s.Merge(ctx, committee, other, []string{id}, o...)
					return err
				}})
			}
		}
		all = append(all, deed{name: "unmerge", on: id, event: "unmerge", do: func(s *proposal.Service, o ...workflow.DoOption) error {
			_, err := s.Unmerge(ctx, committee, id, o...)
			return err
		}})
	}
	return all
}

// triesOn are the actions that may be tried on a proposal: all that move a line of it
// or change who has to do with it.
func triesOn(p *proposal.Proposal) (all []deed) {
	by := func(who proposal.Actor, of string, actions ...proposal.Action) {
		for _, action := range actions {
			all = append(all, deed{
				name: fmt.Sprintf("%s %T%+v", who.ID, action, action), on: p.ID, event: action.Event(), of: of,
				do: func(s *proposal.Service, o ...workflow.DoOption) error {
					_, err := s.Do(context.Background(), who, p.ID, action, o...)
					return err
				},
			})
		}
	}
	first := proposerOf(p)
	by(first, "", proposal.Submit{}, proposal.Recall{}, proposal.Withdraw{}, proposal.Invite{ID: another.ID}, proposal.OpenSeconding{Until: day("2024-03-20")},
		proposal.CloseSeconding{}, proposal.GiveOpinion{Result: "satisfied"}, proposal.GiveOpinion{Result: "dissatisfied"})
	by(another, another.ID, proposal.Consent{}, proposal.Decline{}, proposal.Leave{})
	by(another, "", proposal.Second{}, proposal.GiveOpinion{Result: "dissatisfied"})
	by(committee, "", proposal.Receive{}, proposal.File{Number: "1"}, proposal.File{Number: "2"}, proposal.Refuse{Reason: "academic"}, proposal.Refer{To: "来信"}, proposal.Return{Text: "补充"},
		proposal.Settle{}, proposal.Reconsider{}, proposal.Supervise{}, proposal.Conclude{}, proposal.MarkKey{Leader: "主席"}, proposal.UnmarkKey{},
		proposal.Close{}, proposal.Reopen{Units: []string{"u1"}, Reason: "未落实"})
	by(office, "", proposal.Assign{Lead: "u1"}, proposal.Assign{Lead: "u1", Co: []string{"u2"}}, proposal.Assign{Lead: "u1", With: []string{"u2"}},
		proposal.Assign{Separate: []string{"u1", "u2"}}, proposal.AddUnits{Units: []string{"u3"}})
	for _, unit := range theUnits {
		by(clerk(unit), unit, proposal.Accept{}, proposal.Object{Reason: "不属职责"}, proposal.RecallObjection{}, proposal.Continue{},
			proposal.Countersign{}, proposal.Reply{Text: "已办。", Class: "b"}, proposal.RecallReply{})
		by(office, unit, proposal.Suspend{Unit: unit, Reason: "待听证"}, proposal.ApproveObjection{Unit: unit}, proposal.ApproveObjection{Unit: unit, To: []string{"u3"}}, proposal.RefuseObjection{Unit: unit},
			proposal.Transfer{Unit: unit, Reason: "改办"}, proposal.Transfer{Unit: unit, To: []string{"u3"}, Reason: "改办"},
			proposal.IssueReply{Unit: unit}, proposal.ReturnReply{Unit: unit, Reason: "不具体"})
	}
	return all
}

func proposerOf(p *proposal.Proposal) proposal.Actor {
	if p.Proposer.Kind == proposal.Party {
		return aParty
	}
	return member
}

// expand goes a number of acts further from each world: it returns the worlds that
// are new, and whether it got through with all before the time was over.
func (x *explorer) expand(frontier []*world, until time.Time) (next []*world, whole bool) {
	var each sync.WaitGroup
	todo := make(chan *world)
	for range runtime.GOMAXPROCS(0) {
		each.Add(1)
		go func() {
			defer each.Done()
			for w := range todo {
				for _, d := range w.deeds() {
					if p := w.cases[d.on]; p != nil && d.event != "unmerge" && !p.Allows(d.event, d.of) {
						continue
					}
					if n := x.do(w, d); n != nil && x.first(n) {
						x.look(n)
						x.mu.Lock()
						next = append(next, n)
						x.mu.Unlock()
					}
				}
			}
		}()
	}
	whole = true
	for _, w := range frontier {
		if x.over() || time.Now().After(until) {
			whole = false
			break
		}
		todo <- w
	}
	close(todo)
	each.Wait()
	return next, whole
}

func (x *explorer) over() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.broken != ""
}

func (x *explorer) wrong(w *world, format string, args ...any) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.broken = cmp.Or(x.broken, w.path+": "+fmt.Sprintf(format, args...))
}

// do returns the world that a deed leads to; nil: it was refused.
func (x *explorer) do(w *world, d deed) *world {
	s := &sheet{Store: x.empty, of: w}
	err := d.do(x.svc.On(s), x.at)
	x.mu.Lock()
	x.acts++
	x.mu.Unlock()
	switch {
	case err == nil:
	case !errors.Is(err, workflow.ErrRefused) && !errors.Is(err, workflow.ErrDenied) && !errors.Is(err, workflow.ErrInvalid):
		x.wrong(w, "%s: %v", d.name, err)
		return nil
	default:
		if len(s.changes) > 0 {
			x.wrong(w, "%s was refused, and has changed something: %v", d.name, err)
		}
		return nil
	}
	n := &world{records: maps.Clone(w.records), last: maps.Clone(w.last), cases: maps.Clone(w.cases), path: w.path + "; " + d.name}
	if n.records == nil {
		n.records, n.last, n.cases = make(map[[2]string]store.Record), make(map[[2]string]store.Line), make(map[string]*proposal.Proposal)
	}
	for _, c := range s.changes {
		key := [2]string{c.Record.Kind, c.Record.ID}
		r := c.Record
		r.Revision++
		r.Index = nil // nothing here is looked for
		n.records[key] = r
		for _, line := range c.Entries {
			n.last[key] = line
			x.replays(w, n, line)
		}
	}
	return n
}

// replays reads a case that an act has changed, and holds the entry against it.
func (x *explorer) replays(before, after *world, line store.Line) {
	p, err := x.svc.On(&sheet{Store: x.empty, of: after}).Get(context.Background(), line.ID)
	if err != nil {
		x.wrong(after, "%v", err)
		return
	}
	after.cases[line.ID] = p
	entry, err := workflow.DecodeEntry(line)
	if err != nil {
		x.wrong(after, "%v", err)
		return
	}
	was := make(lines)
	if p := before.cases[line.ID]; p != nil {
		was = linesOf(p)
	}
	if broken := was.replay(entry); broken != "" || !maps.Equal(was, linesOf(p)) {
		x.wrong(after, "the entry leads to %v, and it is in %v; %s", was, linesOf(p), broken)
	}
}

// first reports whether nobody has been in the world before.
func (x *explorer) first(w *world) bool {
	digest := w.digest()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.seen[digest] {
		return false
	}
	x.seen[digest] = true
	return true
}

// digest is one for all worlds whose records say the same, whatever came before:
// how many entries there are, and in which order people acted, makes no difference.
func (w *world) digest() [32]byte {
	if w.told != [32]byte{} {
		return w.told
	}
	h := sha256.New()
	for _, id := range slices.Sorted(maps.Keys(w.cases)) {
		p := *w.cases[id]
		header := p.Header
		header.Seq, header.Acted = 0, slices.Sorted(slices.Values(header.Acted))
		for _, part := range []any{header, p} {
			data, err := json.Marshal(part)
			if err != nil {
				panic(err) // plain data
			}
			h.Write(data)
		}
	}
	w.told = [32]byte(h.Sum(nil))
	return w.told
}

// look holds a world to the laws, and brings each of its cases to an end.
func (x *explorer) look(w *world) {
	for _, p := range w.cases {
		if broken := lawsOfOne(x.svc, p); broken != "" {
			x.wrong(w, "%s", broken)
		}
	}
	if broken := lawsOfAll(w.cases); broken != "" {
		x.wrong(w, "%s", broken)
	}
	whole := new(proposal.Tally)
	for _, p := range w.cases {
		part := new(proposal.Tally)
		part.Add(p)
		whole.Merge(part)
	}
	if whole.Drafts+whole.Received != int64(len(w.cases)) {
		x.wrong(w, "of %d cases %d are drafts and %d received", len(w.cases), whole.Drafts, whole.Received)
	}
	x.end(w)
}

// mostToEnd is by how many acts a world is to be brought to its end.
const mostToEnd = 60

// end brings every case of a world to an end, by acts that somebody may do.
func (x *explorer) end(w *world) {
	from := w
	var passed [][32]byte
	for range mostToEnd {
		digest := w.digest()
		x.mu.Lock()
		known := x.ends[digest]
		x.mu.Unlock()
		if known || x.ended(w) {
			x.mu.Lock()
			for _, d := range append(passed, digest) {
				x.ends[d] = true
			}
			x.mu.Unlock()
			return
		}
		passed = append(passed, digest)
		n := x.towardsEnd(w)
		if n == nil {
			x.wrong(from, "nobody can bring it to an end from %s", w.path)
			return
		}
		w = n
	}
	x.wrong(from, "it takes more than %d acts to bring it to an end: %s", mostToEnd, w.path)
}

func (x *explorer) final(p *proposal.Proposal) bool {
	state, _ := x.svc.Machine(p.Definition.Name, p.Definition.Version).State(p.State)
	return state.Final
}

func (x *explorer) ended(w *world) bool {
	for _, p := range w.cases {
		if !x.final(p) {
			return false
		}
	}
	return true
}

// towardsEnd does the next act on the way of a world to its end; nil: none is left.
func (x *explorer) towardsEnd(w *world) *world {
	for _, id := range slices.Sorted(maps.Keys(w.cases)) {
		p := w.cases[id]
		if x.final(p) {
			continue
		}
		for _, step := range waysOut(p) {
			if !p.Allows(step.do.Event(), instanceOf(step.do, step.who)) {
				continue
			}
			x.mu.Lock()
			x.endings++
			x.mu.Unlock()
			n := x.do(w, deed{name: fmt.Sprintf("%s %T", step.who.ID, step.do), do: func(s *proposal.Service, o ...workflow.DoOption) error {
				_, err := s.Do(context.Background(), step.who, id, step.do, o...)
				return err
			}})
			if n != nil {
				return n
			}
		}
	}
	return nil
}

// waysOut are what leads a proposal on to its end, in the order in which it is tried:
// its parts first, those of co-units before those of leads.
func waysOut(p *proposal.Proposal) (ways []step) {
	add := func(who proposal.Actor, do proposal.Action) { ways = append(ways, step{who, do}) }
	add(committee, proposal.Conclude{})
	parts := slices.Clone(p.Parts)
	slices.SortStableFunc(parts, func(a, b proposal.Part) int {
		return cmp.Compare(strings.Index("co with lead", string(a.Role)), strings.Index("co with lead", string(b.Role)))
	})
	for _, part := range parts {
		unit := part.Unit
		switch p.TrackMeans("part", unit) {
		case "objecting":
			add(office, proposal.RefuseObjection{Unit: unit})
		case "assigned":
			add(clerk(unit), proposal.Accept{})
		case "suspended":
			add(office, proposal.Continue{Unit: unit})
		case "checking":
			add(office, proposal.IssueReply{Unit: unit})
		case "accepted":
			add(clerk(unit), proposal.Reply{Text: "已办。", Class: "b"})
		}
	}
	for _, part := range parts { // whose signature the lead waits for
		add(clerk(part.Unit), proposal.Countersign{})
	}
	for _, part := range parts { // of a co-unit whose lead is gone: the office relieves it
		if p.Means() == "replied" || p.Means() == "feedback" {
			add(office, proposal.Transfer{Unit: part.Unit, Reason: "主办单位已改派"})
		}
	}
	add(committee, proposal.Close{})
	add(proposerOf(p), proposal.Withdraw{})
	add(office, proposal.Assign{Lead: "u1"}) // what holds others is not withdrawn: it is handled to its end
	add(committee, proposal.File{Number: "n-" + p.ID})
	add(proposerOf(p), proposal.Submit{})
	return ways
}
