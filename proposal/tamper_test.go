package proposal_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"math/rand"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/quick"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// tampered is a store that somebody has got at: it serves the record and the
// journal of one case as they have made them, with the names that it claimed.
type tampered struct {
	store.Store
	record  *store.Record // nil: gone
	journal []store.Line
}

func (s *tampered) Load(ctx context.Context, kind, id string) (store.Record, store.Line, error) {
	if kind != proposal.Kind {
		return s.Store.Load(ctx, kind, id)
	}
	if s.record == nil {
		return store.Record{}, store.Line{}, &store.RecordError{Kind: kind, ID: id, Err: store.ErrNotFound}
	}
	return *s.record, append(s.journal, store.Line{})[max(len(s.journal)-1, 0)], nil
}

func (s *tampered) History(context.Context, string, string, uint64, int) ([]store.Line, error) {
	return s.journal, nil
}

func (s *tampered) Feed(_ context.Context, after uint64, _ int) ([]store.Line, error) {
	return s.journal[min(int(after), len(s.journal)):], nil //nolint:gosec // a small number
}

func (s *tampered) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	if q.Kind != proposal.Kind {
		found, err := s.Store.Find(ctx, q)
		return slices.DeleteFunc(found, func(r store.Record) bool { // the names of the one case there is
			return s.record == nil || !strings.HasPrefix(string(r.Data), s.record.ID+"\n")
		}), err
	}
	if s.record == nil || q.After != (store.Place{}) {
		return nil, nil
	}
	return []store.Record{*s.record}, nil
}

// got returns what the store of a house holds of a case, to tamper with.
func got(h *house, id string) *tampered {
	h.t.Helper()
	r, _, err := h.store.Load(context.Background(), proposal.Kind, id)
	require.NoError(h.t, err)
	journal, err := h.store.History(context.Background(), proposal.Kind, id, 0, 0)
	require.NoError(h.t, err)
	for i := range journal {
		journal[i].Position = uint64(i) + 1
	}
	return &tampered{Store: h.store, record: &r, journal: journal}
}

func (s *tampered) String() string {
	return fmt.Sprintf("%v %q", s.record, s.journal)
}

// verify verifies what the store serves, with a service of its own.
func (s *tampered) verify(t testing.TB, id string, options ...workflow.Option) []workflow.Break {
	t.Helper()
	svc, err := proposal.New(s, append(options, bodies(t))...)
	require.NoError(t, err)
	breaks, err := svc.Verify(context.Background(), id)
	require.NoError(t, err)
	return breaks
}

// Whatever is changed in a history or its record, Verify finds it.
func TestTamperingIsFound(t *testing.T) {
	w := newWalk(t, "nine", 7)
	for range 150 {
		w.try(make(map[string]int))
	}
	h := w.house
	p := h.to("closed", "first")
	other := h.to("closed", "second")
	older := h.to("replied", "third")
	olderRecord := *got(h, older.ID).record
	inspect := inspector(t)
	older = h.take(older.ID, step{member, proposal.GiveOpinion{Result: "satisfied"}})

	for name, tamper := range waysToTamper(h, other) {
		t.Run(name, func(t *testing.T) {
			for _, id := range append([]string{p.ID}, w.ids...) { // a known history, and random ones
				require.NoError(t, quick.Check(func(seed int64) bool {
					s := got(h, id)
					tamper(rand.New(rand.NewSource(seed)), s) //nolint:gosec // a test that can be repeated
					if s.String() == got(h, id).String() {
						return true // nothing was changed
					}
					return len(inspect(s, id)) > 0
				}, &quick.Config{MaxCount: 4 * campaign()}))
			}
		})
	}
	t.Run("a record rolled back", func(t *testing.T) {
		s := got(h, older.ID)
		s.record = &olderRecord
		require.Equal(t, []workflow.Break{{ID: older.ID, Reason: workflow.BreakRecord}}, inspect(s, older.ID))
	})
	t.Run("nothing", func(t *testing.T) {
		require.Empty(t, inspect(got(h, p.ID), p.ID))
	})
	t.Run("it is named", func(t *testing.T) {
		s := got(h, p.ID)
		s.journal[4].Data = []byte(strings.Replace(string(s.journal[4].Data), `"o-1"`, `"o-2"`, 1))
		require.Equal(t, workflow.BreakChanged, inspect(s, p.ID)[0].Reason)
		require.EqualValues(t, 5, inspect(s, p.ID)[0].Seq)
		s = got(h, p.ID)
		s.journal = slices.Delete(s.journal, 2, 4)
		require.Equal(t, []workflow.Break{{ID: p.ID, Seq: 5, Reason: workflow.BreakMissing}}, inspect(s, p.ID))
		s = got(h, p.ID)
		s.journal = s.journal[:6]
		require.Equal(t, []workflow.Break{{ID: p.ID, Seq: 6, Reason: workflow.BreakMissing}}, inspect(s, p.ID))
	})
}

// waysToTamper are what somebody may do to a case in a store, each at a place that
// is drawn; other is a case to take entries from.
func waysToTamper(h *house, other *proposal.Proposal) map[string]func(r *rand.Rand, s *tampered) {
	return map[string]func(r *rand.Rand, s *tampered){
		"a byte of an entry": func(r *rand.Rand, s *tampered) {
			b := s.journal[r.Intn(len(s.journal))].Data
			b[r.Intn(len(b))] ^= byte(1 + r.Intn(255))
		},
		"an entry resealed": func(r *rand.Rand, s *tampered) {
			e := &s.journal[r.Intn(len(s.journal))]
			e.Data = []byte(strings.Replace(string(e.Data), `"actor":"`, `"actor":"x`, 1))
			sealed, _, _ := bytes.Cut(e.Data, []byte("\n"))
			sum := sha256.Sum256(sealed)
			e.Hash = hex.EncodeToString(sum[:])
		},
		"the content of an entry": func(r *rand.Rand, s *tampered) {
			e := &s.journal[r.Intn(len(s.journal))]
			e.Data = []byte(strings.Replace(string(e.Data), `"salt":"`, `"salt":"x`, 1))
		},
		"the content of an entry gone": func(r *rand.Rand, s *tampered) {
			e := &s.journal[r.Intn(len(s.journal))]
			e.Data = e.Data[:bytes.IndexByte(e.Data, '\n')+1]
		},
		"the contents of two entries exchanged": func(r *rand.Rand, s *tampered) {
			a, b := &s.journal[r.Intn(len(s.journal))], &s.journal[r.Intn(len(s.journal))]
			sealed, content, _ := bytes.Cut(a.Data, []byte("\n"))
			other, more, _ := bytes.Cut(b.Data, []byte("\n"))
			a.Data, b.Data = []byte(string(sealed)+"\n"+string(more)), []byte(string(other)+"\n"+string(content))
		},
		"a hash": func(r *rand.Rand, s *tampered) {
			e := &s.journal[r.Intn(len(s.journal))]
			e.Hash = strings.Repeat("0", 64)
		},
		"a command": func(r *rand.Rand, s *tampered) { s.journal[r.Intn(len(s.journal))].Command += "x" },
		"a number":  func(r *rand.Rand, s *tampered) { s.journal[r.Intn(len(s.journal))].Seq += uint64(1 + r.Intn(3)) }, //nolint:gosec // positive
		"an entry removed": func(r *rand.Rand, s *tampered) {
			i := r.Intn(len(s.journal))
			s.journal = slices.Delete(s.journal, i, i+1)
		},
		"an entry removed, the others renumbered": func(r *rand.Rand, s *tampered) {
			i := r.Intn(len(s.journal))
			s.journal = slices.Delete(s.journal, i, i+1)
			renumber(s.journal)
		},
		"the end cut off": func(r *rand.Rand, s *tampered) { s.journal = s.journal[:r.Intn(len(s.journal))] },
		"two entries exchanged": func(r *rand.Rand, s *tampered) {
			if len(s.journal) < 2 {
				return
			}
			i := r.Intn(len(s.journal) - 1)
			s.journal[i], s.journal[i+1] = s.journal[i+1], s.journal[i]
			if r.Intn(2) == 0 {
				renumber(s.journal)
			}
		},
		"an entry inserted": func(r *rand.Rand, s *tampered) {
			alien := got(h, other.ID).journal
			i := r.Intn(len(s.journal) + 1)
			s.journal = slices.Insert(s.journal, i, alien[r.Intn(len(alien))])
			renumber(s.journal)
		},
		"an entry of another case": func(r *rand.Rand, s *tampered) {
			i := r.Intn(min(len(s.journal), int(other.Seq))) //nolint:gosec // a small number
			s.journal[i] = got(h, other.ID).journal[i]
		},
		"a byte of the record": func(r *rand.Rand, s *tampered) {
			b := s.record.Data
			b[r.Intn(len(b))] ^= byte(1 + r.Intn(255))
		},
		"a word of the record": func(_ *rand.Rand, s *tampered) {
			s.record.Data = []byte(strings.Replace(string(s.record.Data), "小店", "大店", 1))
		},
		"something added to the record": func(_ *rand.Rand, s *tampered) {
			s.record.Data = []byte(strings.Replace(string(s.record.Data), `{"hash"`, `{"data":{},"hash"`, 1))
		},
		"the record of another case": func(_ *rand.Rand, s *tampered) { s.record.Data = got(h, other.ID).record.Data },
		"the record gone":            func(_ *rand.Rand, s *tampered) { s.record = nil },
		"the record emptied":         func(_ *rand.Rand, s *tampered) { s.record.Data = nil },
		"the journal gone":           func(_ *rand.Rand, s *tampered) { s.journal = nil },
	}
}

// inspector returns what finds the breaks of a tampered store, by Verify and by
// Audit, with one service for all of them.
func inspector(t testing.TB) func(s *tampered, id string) []workflow.Break {
	t.Helper()
	var stage struct{ store.Store }
	svc, err := proposal.New(&stage, bodies(t))
	require.NoError(t, err)
	return func(s *tampered, id string) []workflow.Break {
		stage.Store = s
		breaks, err := svc.Verify(context.Background(), id)
		require.NoError(t, err)
		report, err := svc.Audit(context.Background(), nil)
		require.NoError(t, err)
		require.Equal(t, len(breaks) == 0, len(report.Broken) == 0, "audit: %v, verify: %v", report.Broken, breaks)
		return breaks
	}
}

func renumber(journal []store.Line) {
	for i := range journal {
		journal[i].Seq = uint64(i) + 1
	}
}

func keyed() hash.Hash   { return hmac.New(sha256.New, []byte("the key of Xiushan")) }
func guessed() hash.Hash { return hmac.New(sha256.New, []byte("a guess")) }

// A history may be sealed with SM3, or with a key, from the start or from some
// day on, and goes on verifying.
func TestHashesCanBePluggedIn(t *testing.T) {
	st := memory.New()
	p := newHouseOn(t, st).to("filed", "1") // sha256
	sm := newHouseOn(t, st, workflow.WithHash("sm3", newSM3), workflow.WithOldHash("sha256", sha256.New))
	sm.take(p.ID, step{office, proposal.Assign{Lead: "market"}})
	sm.sound()
	secret := workflow.WithHash("hmac-sha256", keyed)
	h := newHouseOn(t, st, secret, workflow.WithOldHash("sm3", newSM3), workflow.WithOldHash("sha256", sha256.New))
	p = h.take(p.ID, step{clerk("market"), proposal.Accept{}})
	h.sound()

	history, err := h.History(context.Background(), p.ID)
	require.NoError(t, err)
	var algorithms []string
	for _, e := range history {
		algorithms = append(algorithms, e.Algorithm)
	}
	require.Equal(t, []string{"sha256", "sha256", "sha256", "sha256", "sm3", "hmac-sha256"}, algorithms)

	// who was not told of an algorithm says so, and does not pass over it
	for name, options := range map[string][]workflow.Option{
		"none of them":   {workflow.WithHash("sha512", sha256.New)},
		"not the key":    {workflow.WithOldHash("sm3", newSM3)},
		"not the old":    {secret, workflow.WithOldHash("sm3", newSM3)},
		"not the middle": {secret, workflow.WithOldHash("sha256", sha256.New)},
	} {
		breaks := got(h, p.ID).verify(t, p.ID, options...)
		require.NotEmpty(t, breaks, name)
		require.True(t, slices.ContainsFunc(breaks, func(b workflow.Break) bool { return b.Reason == workflow.BreakAlgorithm }), name)
	}
	breaks := got(h, p.ID).verify(t, p.ID, workflow.WithHash("hmac-sha256", guessed), workflow.WithOldHash("sm3", newSM3), workflow.WithOldHash("sha256", sha256.New))
	require.Equal(t, workflow.BreakChanged, breaks[0].Reason, "another key is another algorithm")
}

// Whoever can write to the database but does not have the key cannot write a
// history that verifies: neither anew with an algorithm that needs none, nor
// going on from what was sealed with the key.
func TestWithoutTheKeyNoHistoryVerifies(t *testing.T) {
	secret := workflow.WithHash("hmac-sha256", keyed)
	honest := newHouse(t, secret)
	p := honest.to("reviewing", "")
	forger := newHouse(t)
	forged := forger.to("reviewing", "")
	require.Equal(t, p.ID, forged.ID, "the forger imitates the case to the letter")

	breaks := got(forger, p.ID).verify(t, p.ID, secret)
	require.Len(t, breaks, len(got(forger, p.ID).journal), "every entry: %v", breaks)
	for _, b := range breaks {
		require.Equal(t, workflow.BreakAlgorithm, b.Reason)
	}

	// an engine that still knows the old algorithm does not take it after the key
	onward := newHouseOn(t, honest.store, workflow.WithOldHash("hmac-sha256", keyed))
	onward.take(p.ID, step{committee, proposal.Refuse{Reason: "personal"}})
	breaks = got(honest, p.ID).verify(t, p.ID, secret, workflow.WithOldHash("sha256", sha256.New))
	require.Equal(t, []workflow.Break{{ID: p.ID, Seq: 4, Reason: workflow.BreakAlgorithm}}, breaks)
}

// busy is a store on which somebody writes between two reads of one case.
type busy struct {
	store.Store
	write func()
}

func (b *busy) History(ctx context.Context, kind, id string, after uint64, limit int) ([]store.Line, error) {
	if write := b.write; write != nil {
		b.write = nil
		write()
	}
	return b.Store.History(ctx, kind, id, after, limit)
}

// Verifying beside writers reports no break that is none.
func TestVerifyingBesideWriters(t *testing.T) {
	h := newHouse(t)
	p := h.to("handling", "1")
	ctx := context.Background()
	b := &busy{Store: h.store}
	svc, err := proposal.New(b, bodies(t))
	require.NoError(t, err)
	urge := func() { h.take(p.ID, step{office, proposal.Urge{}}) }
	b.write = urge
	breaks, err := svc.Verify(ctx, p.ID)
	require.NoError(t, err)
	require.Empty(t, breaks)
	b.write = urge
	report, err := svc.Audit(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, report.Broken)
	require.Equal(t, workflow.Report{Cases: 1, Entries: int(h.take(p.ID).Seq), Broken: []workflow.Break{}}, report) //nolint:gosec // a small number

	race(8, func(i int) {
		for range 10 {
			if i%2 == 0 {
				if _, err := h.Do(ctx, office, p.ID, proposal.Urge{}); err != nil {
					t.Error(err)
				}
			} else if breaks, err := h.Verify(ctx, p.ID); err != nil || len(breaks) > 0 {
				t.Error(breaks, err)
			}
		}
	})
}

// An audit looks at every case, and at journals whose record is gone.
func TestAnAuditLooksEverywhere(t *testing.T) {
	h := newHouse(t)
	for range 120 {
		h.draft()
	}
	calls := 0
	report, err := h.Audit(context.Background(), func(cases int) { calls++; require.Equal(t, calls, cases) })
	require.NoError(t, err)
	require.Equal(t, workflow.Report{Cases: 120, Entries: 120, Broken: []workflow.Break{}}, report)
	require.Equal(t, 120, calls)

	s := got(h, "id-000001")
	s.record = nil
	svc, err := proposal.New(s, bodies(t))
	require.NoError(t, err)
	report, err = svc.Audit(context.Background(), nil)
	require.NoError(t, err)
	require.Equal(t, []workflow.Break{{ID: "id-000001", Reason: workflow.BreakNoRecord}}, report.Broken)

	printed, err := json.Marshal(report)
	require.NoError(t, err)
	require.JSONEq(t, `{"cases":0,"entries":0,"broken":[{"id":"id-000001","seq":0,"reason":"no_record"}]}`, string(printed))
}

// Whoever edits a record behind the engine's back has it acted on by nobody: no
// act and no sweep seals it over, until an administrator has taken it as it is,
// with both versions in the history.
func TestWhatWasEditedIsNotActedOn(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	p, other := h.to("feedback", "1"), h.to("replied", "2")
	r, _, err := h.store.Load(ctx, proposal.Kind, p.ID)
	require.NoError(t, err)
	edited := r
	edited.Data = []byte(strings.Replace(string(r.Data), `"result":"satisfied"`, `"result":"basically_satisfied"`, 1))
	require.NotEqual(t, r.Data, edited.Data)
	require.NoError(t, h.store.Commit(ctx, store.Change{Record: edited}))

	_, err = h.Do(ctx, committee, p.ID, proposal.Close{})
	require.ErrorIs(t, err, workflow.ErrBroken)
	require.Equal(t, "broken", workflow.Explain(err).Code)
	require.NotEmpty(t, workflow.Explain(err).Message.ZH)
	_, err = h.Together(ctx, committee, []proposal.Step{{ID: other.ID, Action: proposal.Close{}}, {ID: p.ID, Action: proposal.Close{}}})
	require.ErrorIs(t, err, workflow.ErrBroken)
	_, err = h.Extend(ctx, office, p.ID, clock.Extend{})
	require.ErrorIs(t, err, workflow.ErrBroken)
	_, err = h.Migrate(ctx, admin, p.ID, workflow.Migration{Name: "seven", Version: 1, Reason: "x"})
	require.ErrorIs(t, err, workflow.ErrBroken)
	require.Equal(t, "replied", h.take(other.ID).State)
	breaks, err := h.Verify(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, []workflow.Break{{ID: p.ID, Reason: workflow.BreakRecord}}, breaks)

	_, err = h.Accept(ctx, office, p.ID, "已核实")
	require.ErrorIs(t, err, workflow.ErrDenied)
	_, err = h.Accept(ctx, admin, p.ID, "")
	require.Equal(t, "reason empty", reasons(t, err))
	_, err = h.Accept(ctx, admin, other.ID, "已核实")
	require.Equal(t, "not_broken", reasons(t, err))
	_, err = h.Accept(ctx, admin, p.ID, "已核实")
	require.NoError(t, err)
	history, err := h.History(ctx, p.ID)
	require.NoError(t, err)
	last := history[len(history)-1]
	require.Equal(t, workflow.Accepted, last.Event)
	require.Contains(t, string(last.Note), history[len(history)-2].Digest)
	require.Contains(t, string(last.Note), "basically_satisfied")
	breaks, err = h.Verify(ctx, p.ID)
	require.NoError(t, err)
	require.Empty(t, breaks)
	h.take(p.ID, step{committee, proposal.Close{}})
}

// A sweep passes by what was edited, says so, and sweeps the others.
func TestASweepPassesByWhatWasEdited(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	p, other := h.to("handling", "1"), h.to("handling", "2")
	r, _, err := h.store.Load(ctx, proposal.Kind, p.ID)
	require.NoError(t, err)
	r.Data = []byte(strings.Replace(string(r.Data), "小店多", "小店少", 1))
	r.Index = append(r.Index, store.Attr{Name: "alarm", Value: "2024-03-05"})
	require.NoError(t, h.store.Commit(ctx, store.Change{Record: r}))
	crossed, err := h.Sweep(ctx, time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
	require.ErrorIs(t, err, workflow.ErrBroken)
	require.ErrorContains(t, err, p.ID)
	require.NotEmpty(t, crossed)
	for _, c := range crossed {
		require.Equal(t, other.ID, c.ID)
	}
}

// A recount and a migration do not go on from a record that its last entry did not
// leave: they name it, change nothing of it, and do the others.
func TestARecountAndAMigrationLeaveWhatWasEdited(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p, other := h.to("handling", "1"), h.to("handling", "2")
	r, _, err := h.store.Load(ctx, proposal.Kind, p.ID)
	require.NoError(t, err)
	due := regexp.MustCompile(`"due":"\d{4}-\d\d-\d\d"`)
	require.True(t, due.Match(r.Data))
	edited := r
	edited.Data = due.ReplaceAll(r.Data, []byte(`"due":"2024-12-31"`)) // a recount would put it right, and seal it
	require.NoError(t, h.store.Commit(ctx, store.Change{Record: edited, Was: r.Index}))

	_, err = h.Recount(ctx, admin, "xiushan")
	require.ErrorIs(t, err, workflow.ErrBroken)
	require.ErrorContains(t, err, p.ID)
	require.NotContains(t, err.Error(), other.ID)
	_, err = h.Migrate(ctx, admin, p.ID, workflow.Migration{Name: "seven", Version: 1, Reason: "改用七环节"})
	require.ErrorIs(t, err, workflow.ErrBroken)
	now, last, err := h.store.Load(ctx, proposal.Kind, p.ID)
	require.NoError(t, err)
	require.Equal(t, edited.Data, now.Data)
	require.Equal(t, p.Seq, last.Seq)
	require.Equal(t, []workflow.Break{{ID: p.ID, Reason: workflow.BreakRecord}}, h.broken())
	h.take(other.ID, reply("market")[0])
}
