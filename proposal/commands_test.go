package proposal_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// The same command twice is one effect and the same answer, whether the action
// could happen again by itself, as an urging, or could not, as a submission.
func TestTheSameCommandTwiceIsOneEffect(t *testing.T) {
	for _, e := range every {
		t.Run(e.do.Event(), func(t *testing.T) {
			h := newHouse(t)
			p := h.to(e.situation, "2024-001")
			first, err := h.Do(context.Background(), e.who, p.ID, e.do, workflow.Command("cmd-1"))
			require.NoError(t, err)
			before := h.everything()
			again, err := h.Do(context.Background(), e.who, p.ID, e.do, workflow.Command("cmd-1"))
			require.NoError(t, err)
			require.Equal(t, asKept(t, first), asKept(t, again))
			require.Equal(t, before, h.everything())

			stale, err := h.Do(context.Background(), e.who, p.ID, e.do, workflow.Command("cmd-1"), workflow.IfRevision(p.Revision))
			require.NoError(t, err, "the revision was right when the command was given")
			require.Equal(t, asKept(t, first), asKept(t, stale))
			require.Equal(t, before, h.everything())
		})
	}
}

func TestACommandIsAnsweredAfterOthersToo(t *testing.T) {
	h := newHouse(t)
	p := h.draft()
	_, err := h.Do(context.Background(), member, p.ID, proposal.Submit{}, workflow.Command("submit"))
	require.NoError(t, err)
	filed := h.take(p.ID, step{committee, proposal.File{Number: "7"}})
	again, err := h.Do(context.Background(), member, p.ID, proposal.Submit{}, workflow.Command("submit"))
	require.NoError(t, err)
	require.Equal(t, asKept(t, filed), asKept(t, again), "the case as it is now")
}

// A command that was given for something else, or by someone else, is not
// answered as if it had been done.
func TestACommandIsOfOneActByOneActor(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	p := h.to("handling", "1")
	_, err := h.Do(ctx, office, p.ID, proposal.Urge{Text: "请尽快"}, workflow.Command("c"))
	require.NoError(t, err)
	opened := h.draft(workflow.Command("o"))
	before := h.everything()

	same := proposal.Urge{Text: "请尽快"}
	elsewhere := office
	elsewhere.Unit = "secretariat"
	for name, again := range map[string]func() error{
		"another action":    func() error { return second(h.Do(ctx, committee, p.ID, proposal.Supervise{}, workflow.Command("c"))) },
		"other data":        func() error { return second(h.Do(ctx, office, p.ID, proposal.Urge{}, workflow.Command("c"))) },
		"an action refused": func() error { return second(h.Do(ctx, member, p.ID, proposal.Submit{}, workflow.Command("c"))) },
		"another actor":     func() error { return second(h.Do(ctx, committee, p.ID, same, workflow.Command("c"))) },
		"an actor denied":   func() error { return second(h.Do(ctx, nobody, p.ID, same, workflow.Command("c"))) },
		"for another unit":  func() error { return second(h.Do(ctx, elsewhere, p.ID, same, workflow.Command("c"))) },
		"open, other data": func() error {
			return second(h.Open(ctx, member, proposal.Draft{Title: "别的"}, workflow.Command("o")))
		},
		"open, another actor": func() error { return second(h.Open(ctx, another, theDraft, workflow.Command("o"))) },
		"open, then do":       func() error { return second(h.Do(ctx, member, opened.ID, proposal.Submit{}, workflow.Command("o"))) },
		"do, then migrate": func() error {
			return second(h.Migrate(ctx, admin, p.ID, workflow.Migration{Name: "nine", Version: 1, Reason: "x"}, workflow.Command("c")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := again()
			require.ErrorIs(t, err, workflow.ErrInvalid)
			require.Equal(t, "command reused", reasons(t, err))
			require.Equal(t, before, h.everything())
		})
	}
	_, err = h.Do(ctx, office, h.to("handling", "2").ID, same, workflow.Command("c"))
	require.NoError(t, err, "a command is unique within its case")
}

var theDraft = proposal.Draft{
	Title: "关于支持小店经济的提案", Category: proposal.Economic, Session: "15-3",
	Text: proposal.Text{Background: "小店多。", Suggestions: []string{"设立专项。"}},
}

func second[T any](_ T, err error) error { return err }

// Opening by one command opens one case, across callers and restarts.
func TestOpeningTwiceIsOneCase(t *testing.T) {
	st := memory.New()
	h := newHouseOn(t, st)
	first := h.draft(workflow.Command("form 17"))
	h.take(first.ID, step{member, proposal.Submit{}})
	before := h.everything()
	again := newHouseOn(t, st).draft(workflow.Command("form 17"))
	require.Equal(t, first.ID, again.ID)
	require.Equal(t, "submitted", again.State, "as it is now")
	require.Equal(t, before, h.everything())
	require.NotEqual(t, first.ID, h.draft(workflow.Command("form 18")).ID)

	other := member
	other.Body = "jiulongpo"
	p, err := h.Open(context.Background(), other, theDraft, workflow.Command("form 17"))
	require.NoError(t, err)
	require.NotEqual(t, first.ID, p.ID, "a command of another body is another command")
}

// forgetful commits and then says that it has failed, as a database does whose
// connection breaks before the answer.
type forgetful struct {
	store.Store
	failures int
}

func (f *forgetful) Commit(ctx context.Context, changes ...store.Change) error {
	err := f.Store.Commit(ctx, changes...)
	if err == nil && f.failures > 0 {
		f.failures--
		return fmt.Errorf("connection reset")
	}
	return err
}

func TestAfterAFaultTheSameCommandTells(t *testing.T) {
	ctx := context.Background()
	st := &forgetful{Store: memory.New()}
	svc, err := proposal.New(st)
	require.NoError(t, err)

	st.failures = 1
	_, err = svc.Open(ctx, member, theDraft, workflow.Command("open"))
	require.Error(t, err)
	require.Equal(t, "unavailable", workflow.Code(err))
	p, err := svc.Open(ctx, member, theDraft, workflow.Command("open"))
	require.NoError(t, err)
	require.EqualValues(t, 1, p.Seq)

	st.failures = 1
	_, err = svc.Do(ctx, member, p.ID, proposal.Research{Topic: "小店"}, workflow.Command("r"))
	require.Error(t, err)
	p, err = svc.Do(ctx, member, p.ID, proposal.Research{Topic: "小店"}, workflow.Command("r"))
	require.NoError(t, err)
	require.Len(t, p.Research, 1)

	st.failures = 1 // a batch does not know either, and looks before it leaps
	results := svc.DoEach(ctx, member, []string{p.ID}, proposal.Research{Topic: "小店"})
	require.NoError(t, results[0].Err)
	require.Len(t, results[0].Case.Research, 2)
	require.EqualValues(t, 3, results[0].Case.Seq)
}

// N racing calls with one command are one effect, and every caller is told so.
func TestRacingCommandsAreOneEffect(t *testing.T) {
	const racers = 32
	for _, c := range []step{
		{member, proposal.Research{Topic: "小店"}}, // could happen again
		{member, proposal.Submit{}},              // could not
	} {
		h := newHouse(t)
		p := h.draft()
		race(racers, func(int) {
			_, err := h.Do(context.Background(), c.who, p.ID, c.do, workflow.Command("one"))
			if err != nil {
				t.Errorf("%T: %v", c.do, err)
			}
		})
		p = h.take(p.ID)
		require.EqualValues(t, 2, p.Seq)
		require.LessOrEqual(t, len(p.Research), 1)
		h.sound()
	}
	h := newHouse(t)
	ids := make([]string, racers)
	race(racers, func(i int) {
		p, err := h.Open(context.Background(), member, theDraft, workflow.Command("one"))
		if err != nil {
			t.Error(err)
			return
		}
		ids[i] = p.ID
	})
	for _, id := range ids {
		require.Equal(t, ids[0], id)
	}
	h.sound()
}

// race calls do from n goroutines at once, with their numbers.
func race(n int, do func(i int)) {
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		ready.Add(1)
		done.Add(1)
		go func() {
			defer done.Done()
			ready.Done()
			<-start
			do(i)
		}()
	}
	ready.Wait()
	close(start)
	done.Wait()
}
