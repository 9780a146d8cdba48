//go:build unix

package campaign

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	driver "github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/sqlstore"
	"github.com/tian-go/tian/proposal/workflow"
)

// Crash points are visited one by one: for every kind of act, the writer dies
// before each of its statements, and after each without having had the answer,
// and its context ends at each. Then the store is opened anew, what is there is
// held against what was acknowledged, and the act is asked for again.
func TestCrashPoints(t *testing.T) {
	var visited atomic.Int64
	t.Run("all", func(t *testing.T) {
		for _, engine := range []string{"sqlite", "postgres", "mysql"} {
			for i, kind := range kindsOfActs() {
				t.Run(engine+"/"+kind.name, func(t *testing.T) {
					t.Parallel()
					w := newWorld(t, engine, kind)
					statements := w.play(0, "").seen
					require.Positive(t, statements, "nothing was asked of the database")
					point := i // of which one in ten is visited, or each
					for _, f := range []fault{crashBefore, crashAfter, contextEnds} {
						total := row{fault: string(f), engine: engine}
						for k := 1; k <= statements; k++ {
							if point++; point%oneIn() != 0 {
								continue
							}
							total.add(w.play(k, f).row)
						}
						visited.Add(int64(total.faults))
						report(t, total)
					}
					w.audit()
				})
			}
		}
	})
	t.Logf("%d crash points", visited.Load())
	require.Greater(t, visited.Load(), int64(1000/oneIn()))
}

// oneIn is of how many crash points one is visited.
func oneIn() int {
	switch {
	case large():
		return 1
	case testing.Short():
		return 40
	}
	return 10
}

func (r *row) add(o row) {
	r.faults, r.acts = r.faults+o.faults, r.acts+o.acts
	r.lost, r.doubled, r.half, r.notOrdered = r.lost+o.lost, r.doubled+o.doubled, r.half+o.half, r.notOrdered+o.notOrdered
}

// world is a store on which scenes of one kind of act are played.
type world struct {
	t      *testing.T
	kind   kindOfAct
	place  place
	scenes int
	feed   uint64            // position up to which the feed was read
	seqs   map[string]uint64 // of each case, as the feed had them
	end    string            // how a scene ends in which nothing happens
}

func newWorld(t *testing.T, engine string, kind kindOfAct) *world {
	t.Helper()
	w := &world{t: t, kind: kind, place: engines[engine](t), seqs: map[string]uint64{}}
	s, _ := w.open(w.place, scene{body: "b0"}, "")
	_, err := s.host.ExecContext(context.Background(), "CREATE TABLE "+s.rows+" (body VARCHAR(40) PRIMARY KEY)")
	require.NoError(t, err)
	s.close(t)
	return w
}

// rows is the name of the host's table.
func (w *world) rows() string {
	if w.place.Schema != "" {
		return w.place.Schema + ".host"
	}
	return "host"
}

// opened is a service on a store of its own, and what has to be closed.
type opened struct{ at }

func (o opened) close(t *testing.T) {
	t.Helper()
	require.NoError(t, o.store.Close())
	require.NoError(t, o.host.Close())
}

// open opens the world as a new process would; with sabotage through a saboteur.
func (w *world) open(p place, s scene, sabotage string) (opened, saboteur) {
	w.t.Helper()
	ctx := context.Background()
	var also sqlstore.Also
	if w.kind.also {
		also = alsoNote(w.rows())
	}
	var sab saboteur
	var st *sqlstore.Store
	var host *sql.DB
	var err error
	switch p.Engine {
	case "sqlite":
		local := &inProcess{t: w.t, file: p.DSN}
		sab = local
		host = sql.OpenDB(local.connector("file:" + p.DSN + "?_txlock=immediate&_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000"))
		host.SetMaxOpenConns(2)
		st, err = sqlite.New(ctx, host, sqlite.WithAlso(also))
	default:
		if sabotage != "" {
			p, sab = w.wired(p)
		}
		host = w.host(p)
		st, err = p.also(ctx, also)
	}
	require.NoError(w.t, err)
	return opened{at{w.service(st, s), st, host, w.rows()}}, sab
}

// host opens a pool as a host would have it.
func (w *world) host(p place) *sql.DB {
	w.t.Helper()
	if p.Engine == "mysql" {
		config, err := driver.ParseDSN(p.DSN)
		require.NoError(w.t, err)
		config.Logger = &driver.NopLogger{} // what it would print comes back as an error as well
		c, err := driver.NewConnector(config)
		require.NoError(w.t, err)
		return sql.OpenDB(c)
	}
	host, err := sql.Open("pgx", p.DSN)
	require.NoError(w.t, err)
	return host
}

// service is the service of one scene: one body, and a time that stands still.
func (w *world) service(st store.Store, s scene) *proposal.Service {
	w.t.Helper()
	tree, err := workflow.NewTree(workflow.Body{ID: s.body})
	require.NoError(w.t, err)
	year, err := calendar.New(calendar.Spec{Name: "year", Notices: []calendar.Notice{{Year: 2024}, {Year: 2025}}})
	require.NoError(w.t, err)
	if w.kind.event == workflow.Recounted && len(s.cases) > 0 && s.staged > 0 {
		off, err := calendar.NewDate(2024, time.March, 14) // on which the objection is due
		require.NoError(w.t, err)
		year, err = year.With(calendar.Notice{Year: 2024, Days: []calendar.ListedDay{{Date: off, Kind: calendar.Off}}})
		require.NoError(w.t, err)
	}
	svc, err := proposal.New(st, workflow.WithTree(tree), workflow.WithCalendar("", year), workflow.WithNow(func() time.Time { return beginning }),
		workflow.WithDefinition(proposal.Kind, again), workflow.WithUse(proposal.Kind, "", "nine"))
	require.NoError(w.t, err)
	return svc
}

// wired returns a place through a wire.
func (w *world) wired(p place) (place, *wire) {
	w.t.Helper()
	if p.Engine == "mysql" {
		config, err := driver.ParseDSN(p.DSN)
		require.NoError(w.t, err)
		line := startWire(w.t, config.Addr, func() protocol { return new(mysqlProtocol) })
		config.Addr = line.listener.Addr().String()
		p.DSN = config.FormatDSN()
		return p, line
	}
	config, err := pgx.ParseConfig(p.DSN)
	require.NoError(w.t, err)
	line := startWire(w.t, net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port))), func() protocol { return new(postgresProtocol) })
	host, port, err := net.SplitHostPort(line.listener.Addr().String())
	require.NoError(w.t, err)
	p.DSN = fmt.Sprintf("host=%s port=%s user=%s password='%s' database=%s sslmode=disable", host, port, config.User, config.Password, config.Database)
	return p, line
}

// played is what came of a scene.
type played struct {
	seen int // statements of the act
	row  row
}

// play plays one scene, with a fault at statement k.
func (w *world) play(k int, f fault) played {
	w.t.Helper()
	t, ctx := w.t, context.Background()
	w.scenes++
	s := scene{body: fmt.Sprintf("b%04d", w.scenes), after: w.feed}
	before, _ := w.open(w.place, s, "")
	s = w.stage(before, s)
	sabotaged, sab := w.open(w.place, s, "sabotage")
	history := new(watch)
	stop := history.bystander(before.store, s)
	limited, cancel := context.WithTimeout(ctx, 30*time.Second)
	sab.arm(k, f, cancel)
	err := history.act(s, func() error { return w.kind.do(limited, sabotaged.at, &s) })
	seen, came := sab.end()
	cancel()
	stop()
	_, _ = sabotaged.store.Close(), sabotaged.host.Close() // of the dead
	before.close(t)
	if local, ok := sab.(*inProcess); ok && local.copied != "" {
		w.place.DSN = local.copied
	}
	if k == 0 {
		require.NoError(t, err, "undisturbed")
	}

	anew, _ := w.open(w.place, s, "")
	defer anew.close(t)
	r := row{acts: int(s.staged)}
	if came {
		r.faults = 1
	}
	there := w.look(anew, s, &r)
	w.judge(s, there, err == nil, &r, fmt.Sprintf("%s %d: %v", f, k, err))
	history.reads(anew.store, s)
	err = history.act(s, func() error { return w.kind.do(ctx, anew.at, &s) })
	require.NoError(t, err, "asked for again after %s %d", f, k)
	r.acts++
	w.judge(s, w.look(anew, s, &r), true, &r, fmt.Sprintf("%s %d, asked for again", f, k))
	history.reads(anew.store, s)
	if !w.kind.silent && !history.ordered() {
		r.notOrdered++
		t.Errorf("%s %d: what was read fits no order of the acts: %+v", f, k, history.seen)
	}
	if end := w.fingerprint(anew, s); w.end == "" {
		w.end = end
	} else if end != w.end {
		r.half++
		t.Errorf("%s %d: it ends as\n%s\nand not as\n%s", f, k, end, w.end)
	}
	w.readFeed(anew, &r)
	return played{seen, r}
}

// stage brings the cases of a scene to where the act begins.
func (w *world) stage(a opened, s scene) scene {
	w.t.Helper()
	ctx := context.Background()
	for i := range w.kind.cases {
		command := fmt.Sprintf("opening-%d", i)
		s.cases = append(s.cases, a.OpeningID(s.body, command))
		if w.kind.event == workflow.Opening {
			continue
		}
		p, err := a.Open(ctx, s.actor("member", ""), draft, workflow.Command(command))
		require.NoError(w.t, err)
		require.Equal(w.t, s.cases[i], p.ID)
		s.staged++
		for n, st := range w.kind.stage {
			_, err := a.Do(ctx, s.actor(st.role, st.unit), p.ID, st.do(&s, i), workflow.Command(fmt.Sprintf("stage-%d", n)))
			require.NoError(w.t, err)
			s.staged++
		}
	}
	return s
}

// look counts the entries that the act has left in each case, and what of the
// acts before it is missing; histories that do not verify are half.
func (w *world) look(o opened, s scene, r *row) (there []int) {
	w.t.Helper()
	ctx := context.Background()
	there = make([]int, len(s.cases)+1)
	for i, id := range s.cases {
		entries, err := o.History(ctx, id)
		require.NoError(w.t, err)
		if len(entries) == 0 && w.kind.event == workflow.Opening {
			continue // it has not been opened
		}
		known := map[string]bool{}
		for _, e := range entries {
			if known[e.Command] {
				r.doubled++
				w.t.Errorf("%s has two entries by the command %s", id, e.Command)
			}
			known[e.Command] = true
			if w.kind.is(e) {
				there[i]++
			}
		}
		if w.kind.event != workflow.Opening && !known[workflow.CommandKey("opening-"+strconv.Itoa(i))] {
			r.lost++
		}
		for n := range w.kind.stage {
			if !known[workflow.CommandKey(fmt.Sprintf("stage-%d", n))] {
				r.lost++
				w.t.Errorf("%s has lost the act stage-%d", id, n)
			}
		}
		breaks, err := o.Verify(ctx, id)
		require.NoError(w.t, err)
		if len(breaks) > 0 {
			r.half++
			w.t.Errorf("%s: %+v", id, breaks)
		}
	}
	var rows int
	require.NoError(w.t, o.host.QueryRowContext(ctx, "SELECT count(*) FROM "+o.rows+" WHERE body = '"+s.body+"'").Scan(&rows))
	there[len(s.cases)] = rows
	return there
}

// is reports whether the entry is one that the act leaves.
func (k kindOfAct) is(e workflow.Entry) bool {
	if k.together {
		return e.Command == workflow.CommandKey(theAct)
	}
	return e.Event == k.event && !k.silent
}

// judge holds what is there of an act against whether it was acknowledged.
func (w *world) judge(s scene, there []int, acknowledged bool, r *row, when string) {
	w.t.Helper()
	if w.kind.silent {
		return
	}
	done := 0
	for i := range s.cases {
		done += min(there[i], 1)
		if there[i] > 1 {
			r.doubled++
			w.t.Errorf("%s: %s has it %d times", when, s.cases[i], there[i])
		}
	}
	rows := there[len(s.cases)]
	switch {
	case acknowledged && done < len(s.cases):
		r.lost++
		w.t.Errorf("%s: acknowledged, and in %d of %d cases", when, done, len(s.cases))
	case w.kind.together && done > 0 && done < len(s.cases):
		r.half++
		w.t.Errorf("%s: in %d of %d cases", when, done, len(s.cases))
	}
	if w.kind.row && rows != done {
		r.half++
		w.t.Errorf("%s: %d entries and %d rows of the host's", when, done, rows)
	}
}

// fingerprint is how the cases of a scene stand, without what differs by scene.
func (w *world) fingerprint(o opened, s scene) string {
	w.t.Helper()
	var b strings.Builder
	for i, id := range s.cases {
		p, err := o.Get(context.Background(), id)
		require.NoError(w.t, err)
		kept, err := json.Marshal(p)
		require.NoError(w.t, err)
		clocks, err := json.Marshal(p.Clocks)
		require.NoError(w.t, err)
		fmt.Fprintf(&b, "%d %s %v at %d: %s %s\n", i, p.State, p.Tracks, p.Seq, kept, clocks)
	}
	text := strings.ReplaceAll(b.String(), s.body, "BODY")
	text = strings.ReplaceAll(text, s.body[1:], "NUMBER")
	for i, id := range s.cases {
		text = strings.ReplaceAll(text, id, fmt.Sprintf("CASE%d", i))
	}
	return text
}

// readFeed reads on where the feed was left: every entry once, in its order.
func (w *world) readFeed(o opened, r *row) {
	w.t.Helper()
	for {
		page, err := o.store.Feed(context.Background(), w.feed, 1000)
		require.NoError(w.t, err)
		if len(page) == 0 {
			return
		}
		for _, e := range page {
			if w.seqs[e.ID]++; e.Position != w.feed+1 || e.Seq != w.seqs[e.ID] {
				r.lost++
				w.t.Errorf("the feed has entry %d of %s at %d, after position %d and entry %d", e.Seq, e.ID, e.Position, w.feed, w.seqs[e.ID]-1)
			}
			w.feed = e.Position
		}
	}
}

// audit looks at all scenes together.
func (w *world) audit() {
	w.t.Helper()
	o, _ := w.open(w.place, scene{body: "b0"}, "")
	defer o.close(w.t)
	report, err := o.Audit(context.Background(), nil)
	require.NoError(w.t, err)
	require.Empty(w.t, report.Broken)
	require.Empty(w.t, report.Gaps)
	require.Equal(w.t, int(w.feed), report.Entries, "entries that no reader of the feed met")
}

// watch records acts and readings with their times, for the checker.
type watch struct{ seen []porcupine.Operation }

// watched is an act on a case, or a reading of its revision.
type watched struct {
	Case     string
	Act      bool
	Revision uint64
}

// act records an act. One that failed may have happened, then or any time later.
func (h *watch) act(s scene, do func() error) error {
	call := now()
	err := do()
	ended := now()
	if err != nil {
		ended = 1 << 62
	}
	for _, id := range s.cases {
		h.seen = append(h.seen, porcupine.Operation{ClientId: len(h.seen), Input: watched{Case: id, Act: true}, Call: call, Return: ended})
	}
	return err
}

// reads records what each case's revision is now.
func (h *watch) reads(st store.Store, s scene) {
	for _, id := range s.cases {
		call := now()
		r, _, _ := st.Load(context.Background(), proposal.Kind, id) // one that is not there is at revision 0
		h.seen = append(h.seen, porcupine.Operation{ClientId: len(h.seen), Input: watched{Case: id, Revision: r.Revision}, Call: call, Return: now()})
	}
}

// bystander reads while others act, until it is told to stop.
func (h *watch) bystander(st store.Store, s scene) (stop func()) {
	beside, over := new(watch), make(chan struct{})
	done := make(chan struct{})
	beside.reads(st, s)
	go func() {
		defer close(done)
		for len(beside.seen) < 40 {
			select {
			case <-over:
				return
			case <-time.After(300 * time.Microsecond):
				beside.reads(st, s)
			}
		}
	}()
	return func() {
		close(over)
		<-done
		h.seen = append(h.seen, beside.seen...)
	}
}

// ordered reports whether some order of the acts explains every reading.
func (h *watch) ordered() bool {
	for i := range h.seen {
		h.seen[i].ClientId = i // each is a client of its own: only times count
	}
	return porcupine.CheckOperations(onceModel, h.seen)
}

// once is a case as an act that happens once leaves it.
type once struct {
	known    bool // the revision; the first reading tells it
	revision uint64
	done     bool
}

var onceModel = porcupine.Model{
	Init: func() any { return once{} },
	Step: func(state, input, _ any) (bool, any) {
		at, isOnce := state.(once)
		o, ours := input.(watched)
		switch {
		case !isOnce || !ours || o.Act && !at.known:
			return false, state
		case o.Act && !at.done:
			return true, once{true, at.revision + 1, true}
		case o.Act:
			return true, at
		case !at.known:
			return true, once{true, o.Revision, false}
		}
		return o.Revision == at.revision, at
	},
	Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
		cases := map[string][]porcupine.Operation{}
		for _, o := range history {
			if in, ours := o.Input.(watched); ours {
				cases[in.Case] = append(cases[in.Case], o)
			}
		}
		var parts [][]porcupine.Operation
		for _, part := range cases {
			parts = append(parts, part)
		}
		return parts
	},
}

// The checker is worth something only if it sees an act that came undone, one
// that happened twice, and one that was read before its time.
func TestTheCheckerSeesWhatComesUndone(t *testing.T) {
	t.Parallel()
	op := func(o watched, call, ended int64) porcupine.Operation {
		o.Case = "a"
		return porcupine.Operation{Input: o, Call: call, Return: ended}
	}
	read := func(revision uint64, call int64) porcupine.Operation {
		return op(watched{Revision: revision}, call, call+1)
	}
	for name, h := range map[string]watch{
		"fair":    {[]porcupine.Operation{read(3, 1), op(watched{Act: true}, 3, 1<<62), read(3, 5), op(watched{Act: true}, 7, 8), read(4, 9)}},
		"undone":  {[]porcupine.Operation{read(3, 1), op(watched{Act: true}, 3, 4), read(3, 5)}},
		"flicker": {[]porcupine.Operation{read(3, 1), op(watched{Act: true}, 3, 1<<62), read(4, 5), read(3, 7)}},
		"twice":   {[]porcupine.Operation{read(3, 1), op(watched{Act: true}, 3, 1<<62), op(watched{Act: true}, 7, 8), read(5, 9)}},
	} {
		require.Equal(t, name == "fair", h.ordered(), name)
	}
}
