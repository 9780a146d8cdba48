package proposal_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// counting counts what a store is asked.
type counting struct {
	store.Store
	asked map[string]int
}

func (c counting) Load(ctx context.Context, kind, id string) (store.Record, store.Line, error) {
	c.asked["load"]++
	return c.Store.Load(ctx, kind, id)
}

func (c counting) Commit(ctx context.Context, changes ...store.Change) error {
	c.asked["commit"]++
	return c.Store.Commit(ctx, changes...)
}

func (c counting) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	c.asked["find"]++
	return c.Store.Find(ctx, q)
}

func (c counting) History(ctx context.Context, kind, id string, after uint64, limit int) ([]store.Line, error) {
	c.asked["history"]++
	return c.Store.History(ctx, kind, id, after, limit)
}

// No act costs more than reading the record where it is denied, whatever it would have
// needed to read: an erasure and a correction read the whole history.
func TestWhatIsDeniedCostsNoMoreThanReadingTheRecord(t *testing.T) {
	ctx := context.Background()
	cases := make(map[string]string) // by situation
	h := newHouse(t)
	for i, e := range every {
		if cases[e.situation] == "" {
			cases[e.situation] = h.to(e.situation, "2024-"+string(rune('a'+i%26))+string(rune('a'+i/26))).ID
		}
	}
	denied := func(name string, do func(*proposal.Service) error) {
		t.Helper()
		_, err := h.Get(ctx, cases["draft"]) // what has been adopted is known
		require.NoError(t, err)
		asked := make(map[string]int)
		require.ErrorIs(t, do(h.On(counting{h.store, asked})), workflow.ErrDenied, name)
		require.Equal(t, map[string]int{"load": 1}, asked, name)
	}
	for _, e := range every {
		for _, who := range []proposal.Actor{nobody, neighbour, {}} {
			denied(e.do.Event(), func(s *proposal.Service) error {
				_, err := s.Do(ctx, who, cases[e.situation], e.do)
				return err
			})
		}
	}
	id := cases["handling"]
	for name, do := range map[string]func(*proposal.Service) error{
		"migrate": func(s *proposal.Service) error {
			_, err := s.Migrate(ctx, nobody, id, workflow.Migration{Name: "seven", Version: 1, Reason: "换流程"})
			return err
		},
		"correct": func(s *proposal.Service) error {
			_, err := s.CorrectDate(ctx, nobody, id, clock.Correct{Seq: 1, At: time.Date(2024, 3, 4, 1, 0, 0, 0, time.UTC), Reason: "误记"})
			return err
		},
		"extend": func(s *proposal.Service) error {
			_, err := s.Extend(ctx, nobody, id, clock.Extend{Limit: "reply", Of: "market", By: calendar.Days(10), Reason: "雨季"})
			return err
		},
		"accept": func(s *proposal.Service) error {
			_, err := s.Accept(ctx, nobody, id, "已核对")
			return err
		},
	} {
		denied(name, do)
	}
}
