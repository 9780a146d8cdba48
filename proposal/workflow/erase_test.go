package workflow_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"testing/quick"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/dryrun"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// forget is an action that takes a word out of a ticket. What it is told it does
// not write down.
type forget struct {
	Why  string   `json:"why"`
	Word string   `json:"word"`
	Drop []uint64 `json:"drop"`
}

func (forget) Event() string                               { return "forget" }
func (forget) Apply(*workflow.Act[manners], *ticket) error { return nil }
func (f forget) Drops(e workflow.Entry) bool               { return slices.Contains(f.Drop, e.Seq) }
func (f forget) Redact(p workflow.Passage) (string, error) {
	return strings.ReplaceAll(p.Text, f.Word, "×"), nil
}
func (f forget) MarshalJSON() ([]byte, error) { return json.Marshal(map[string]string{"why": f.Why}) }

// forgetting is an engine whose clerks note and chiefs erase.
func forgetting(t testing.TB, st store.Store) *workflow.Engine[*ticket, manners] {
	t.Helper()
	d := desk()
	d.Tracks = append(d.Tracks, lifecycle.Track{
		Key: "erasure", Initial: "none", States: []lifecycle.State{{Key: "none", Final: true}},
		Transitions: []lifecycle.Transition{{Event: "forget", From: []string{"none"}, To: "none", Roles: []string{"chief"}}},
	})
	v := vocabulary(d)
	v.Actions = slices.DeleteFunc(v.Actions, func(a workflow.ActionType[*ticket, manners]) bool { return a.Event == "forget" })
	v.Actions = append(v.Actions, workflow.Describe(forget{}, "删除", "forget"))
	v.Index = func(c *ticket) []store.Attr {
		attrs := make([]store.Attr, len(c.Notes))
		for i, n := range c.Notes {
			attrs[i] = store.Attr{Name: "said", Value: n}
		}
		return attrs
	}
	v.Attributes = []workflow.Attribute{{Name: "said"}}
	return engine(t, st, v)
}

var officer = workflow.Actor{ID: "bob", Body: "b", Roles: []string{"chief"}}

// everything returns all the bytes that a store holds of a case.
func everything(t testing.TB, st store.Store, id string) string {
	t.Helper()
	r, _, err := st.Load(context.Background(), "ticket", id)
	require.NoError(t, err)
	lines, err := st.History(context.Background(), "ticket", id, 0, 0)
	require.NoError(t, err)
	all := fmt.Sprintf("%s %v", r.Data, r.Index)
	for _, l := range lines {
		all += "\n" + string(l.Data)
	}
	return all
}

func noted(t testing.TB, e *workflow.Engine[*ticket, manners], c *ticket, text string) {
	t.Helper()
	_, err := e.Do(context.Background(), clerk, c.ID, note{As: "note", Text: text})
	require.NoError(t, err)
}

// What is erased is gone from the record, from what the case is found by and from
// every entry; the history verifies, and shows when it was, by whom and why.
func TestWhatIsErasedIsGoneAndTheHistoryVerifies(t *testing.T) {
	ctx := context.Background()
	st := memory.New()
	e := forgetting(t, st)
	c := opened(t, e)
	noted(t, e, c, "call Zhang San, 13812345678")
	noted(t, e, c, "done")
	before, err := e.History(ctx, c.ID)
	require.NoError(t, err)

	_, err = e.Do(ctx, clerk, c.ID, forget{Word: "13812345678"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	got, err := e.Do(ctx, officer, c.ID, forget{Why: "asked for on 4 March", Word: "13812345678"})
	require.NoError(t, err)
	require.Equal(t, []string{"", "call Zhang San, ×", "done"}, got.Notes)
	require.NotContains(t, everything(t, st, c.ID), "13812345678")
	found, err := e.Find(ctx, "", 0, store.Match{Attr: "said", Op: store.Contains, Values: []string{"1381"}})
	require.NoError(t, err)
	require.Empty(t, found)
	breaks, err := e.Verify(ctx, c.ID)
	require.NoError(t, err)
	require.Empty(t, breaks)

	after, err := e.History(ctx, c.ID)
	require.NoError(t, err)
	require.Equal(t, []uint64{4}, after[1].ErasedBy)
	require.JSONEq(t, `{"as":"note","text":"call Zhang San, ×"}`, string(after[1].Action))
	require.Equal(t, before[1].Hash, after[1].Hash, "the seal is the one it was")
	require.Empty(t, after[2].ErasedBy)
	require.JSONEq(t, `{"why":"asked for on 4 March"}`, string(after[3].Action))
	require.Equal(t, "bob", after[3].Actor)
	require.Len(t, after[3].Erased, 1)
	require.Equal(t, before[1].Content, after[3].Erased[0].Was)

	// it goes on, is erased again, and wholly
	noted(t, e, c, "Zhang San again")
	_, err = e.Do(ctx, officer, c.ID, forget{Word: "Zhang San", Drop: []uint64{2}})
	require.NoError(t, err)
	require.NotContains(t, everything(t, st, c.ID), "Zhang")
	after, err = e.History(ctx, c.ID)
	require.NoError(t, err)
	require.Empty(t, after[1].Action)
	require.Equal(t, []uint64{4, 6}, after[1].ErasedBy)
	breaks, err = e.Verify(ctx, c.ID)
	require.NoError(t, err)
	require.Empty(t, breaks)
	report, err := e.Audit(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, report.Broken)

	_, err = e.Do(ctx, officer, c.ID, forget{Word: "Zhang San", Drop: []uint64{2}})
	require.Equal(t, []string{"nothing_to_erase"}, refusal(t, err))
}

// An act whose content was erased is still known by its command.
func TestACommandIsKnownAfterItsContentWasErased(t *testing.T) {
	ctx := context.Background()
	e := forgetting(t, memory.New())
	c := opened(t, e)
	say := func(text string) error {
		_, err := e.Do(ctx, clerk, c.ID, note{As: "note", Text: text}, workflow.Command("once"))
		return err
	}
	require.NoError(t, say("Zhang San"))
	require.Error(t, say("Li Si"))
	_, err := e.Do(ctx, officer, c.ID, forget{Word: "Zhang San"})
	require.NoError(t, err)
	require.NoError(t, say("Zhang San"))
	got, err := e.Get(ctx, c.ID)
	require.NoError(t, err)
	require.Len(t, got.Notes, 2)
}

// The salts of a record and of an entry are new with each act, and neither is made
// of the other; where something is erased, the old salt goes with it. Without it,
// nobody can find out by trying what a digest was taken of.
func TestASaltIsNewWithEachActAndGoesWithWhatIsErased(t *testing.T) {
	ctx := context.Background()
	st := memory.New()
	e := forgetting(t, st)
	c := opened(t, e)
	seen := make(map[string]bool)
	salts := func() (all []string) {
		for _, part := range strings.Split(everything(t, st, c.ID), `"salt":"`)[1:] {
			salt, _, _ := strings.Cut(part, `"`)
			all = append(all, salt)
		}
		return all
	}
	for i := range 4 {
		noted(t, e, c, fmt.Sprintf("alpha %d", i%2))
		for _, salt := range salts() {
			seen[salt] = true
			require.Len(t, salt, 32)
		}
	}
	require.Len(t, seen, 5+4, "five entries, and the record after each note")
	before := salts()
	_, err := e.Do(ctx, officer, c.ID, forget{Word: "1"})
	require.NoError(t, err)
	after := salts()
	require.Len(t, after, len(before)+1)
	for i := range before {
		changed := before[i] != after[i]
		require.Equal(t, i == 0 || i == 3 || i == 5, changed, "salt %d: the record's, and those of the two entries that said it", i)
	}
}

// Nothing is erased over what somebody has edited, nor on a store that cannot, nor
// in a dry run.
func TestErasingIsRefusedWhereItWouldHideSomething(t *testing.T) {
	ctx := context.Background()
	st := memory.New()
	e := forgetting(t, st)
	c := opened(t, e)
	noted(t, e, c, "Zhang San")
	noted(t, e, c, "more")
	before := everything(t, st, c.ID)

	_, err := forgetting(t, struct{ store.Store }{st}).Do(ctx, officer, c.ID, forget{Word: "Zhang San"})
	require.Equal(t, []string{"store", "cannot_erase"}, refusal(t, err))

	dry := dryrun.New(st)
	_, err = e.On(dry).Do(ctx, officer, c.ID, forget{Word: "Zhang San"})
	require.NoError(t, err)
	require.NotContains(t, everything(t, dry, c.ID), "Zhang")
	breaks, err := e.On(dry).Verify(ctx, c.ID)
	require.NoError(t, err)
	require.Empty(t, breaks)
	require.Equal(t, before, everything(t, st, c.ID))

	edited := &editing{Store: st, edit: func(l *store.Line) {
		if l.Seq == 2 {
			l.Data = bytes.Replace(l.Data, []byte("Zhang"), []byte("Wang"), 1)
		}
	}}
	_, err = forgetting(t, edited).Do(ctx, officer, c.ID, forget{Word: "more"})
	require.ErrorIs(t, err, workflow.ErrBroken)
	require.ErrorContains(t, err, "entry 2: content")
	require.Equal(t, before, everything(t, st, c.ID))
}

// editing is a store whose journals somebody has edited.
type editing struct {
	*memory.Store
	edit func(*store.Line)
}

func (s *editing) History(ctx context.Context, kind, id string, after uint64, limit int) ([]store.Line, error) {
	lines, err := s.Store.History(ctx, kind, id, after, limit)
	for i := range lines {
		s.edit(&lines[i])
	}
	return lines, err
}

func (s *editing) Load(ctx context.Context, kind, id string) (store.Record, store.Line, error) {
	r, last, err := s.Store.Load(ctx, kind, id)
	s.edit(&last)
	return r, last, err
}

// Whatever is said and erased in whatever order, the history verifies; and whatever
// content is put in the place of another, that of before an erasure too, is found.
func TestAnyActsAndErasuresVerifyAndAnyOtherEditIsFound(t *testing.T) {
	ctx := context.Background()
	words := []string{"alpha", "beta", "gamma"}
	require.NoError(t, quick.Check(func(seed int64) bool {
		r := rand.New(rand.NewSource(seed)) //nolint:gosec // a test that can be repeated
		st := memory.New()
		e := forgetting(t, st)
		c := opened(t, e)
		var held [][]byte // every content there has been
		for range 3 + r.Intn(12) {
			word := words[r.Intn(len(words))]
			if r.Intn(3) > 0 {
				noted(t, e, c, fmt.Sprintf("%s and %s %d", word, words[r.Intn(len(words))], r.Intn(5)))
			} else {
				f := forget{Word: word}
				if r.Intn(3) == 0 {
					f.Drop = []uint64{uint64(r.Intn(8))} //nolint:gosec // a small number
				}
				_, err := e.Do(ctx, officer, c.ID, f)
				if err != nil && !strings.Contains(err.Error(), "nothing_to_erase") {
					t.Error(err)
				}
				if err == nil && strings.Contains(everything(t, st, c.ID), word) {
					t.Errorf("%q is still there", word)
				}
			}
			lines, err := st.History(ctx, "ticket", c.ID, 0, 0)
			require.NoError(t, err)
			for _, l := range lines {
				_, content, _ := bytes.Cut(l.Data, []byte("\n"))
				held = append(held, content)
			}
		}
		breaks, err := e.Verify(ctx, c.ID)
		require.NoError(t, err)
		if len(breaks) > 0 {
			t.Error(breaks)
			return false
		}
		lines, err := st.History(ctx, "ticket", c.ID, 0, 0)
		require.NoError(t, err)
		at := lines[r.Intn(len(lines))]
		said, was, _ := bytes.Cut(at.Data, []byte("\n"))
		now := held[r.Intn(len(held))]
		if r.Intn(4) == 0 && len(was) > 0 {
			now = bytes.Clone(was)
			now[r.Intn(len(now))] ^= byte(1 + r.Intn(255))
		}
		edited := &editing{Store: st, edit: func(l *store.Line) {
			if l.Seq == at.Seq {
				l.Data = slices.Concat(said, []byte("\n"), now)
			}
		}}
		breaks, err = forgetting(t, edited).Verify(ctx, c.ID)
		require.NoError(t, err)
		return bytes.Equal(now, was) == (len(breaks) == 0)
	}, &quick.Config{MaxCount: 150}))
}

// The text of a case and of its history is rewritten and nothing else is, byte for
// byte, whatever JSON it stands in.
func FuzzRewrite(f *testing.F) {
	f.Add(`{"a":"x","b":[1,"x",{"c":"x y"}],"d":1.50,"e":null}`)
	f.Add(`"x"`)
	f.Add(`{"x":"x","":{"":["x"]},"n":1e400}`)
	f.Fuzz(func(t *testing.T, data string) {
		if !json.Valid([]byte(data)) {
			return
		}
		same, err := workflow.Rewrite([]byte(data), func(_, text string) (string, error) { return text, nil })
		require.NoError(t, err)
		require.Equal(t, data, string(same))
		var texts []string
		now, err := workflow.Rewrite([]byte(data), func(_, text string) (string, error) {
			texts = append(texts, text)
			return text + "!", nil
		})
		require.NoError(t, err)
		require.True(t, json.Valid(now), "%s", now)
		var again []string
		_, err = workflow.Rewrite(now, func(_, text string) (string, error) {
			again = append(again, strings.TrimSuffix(text, "!"))
			return text, nil
		})
		require.NoError(t, err)
		require.Equal(t, texts, again)
	})
}
