package relay_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/store/relay"
)

func write(t *testing.T, st store.Store, to int) {
	t.Helper()
	for i := range to {
		require.NoError(t, st.Commit(context.Background(), store.Change{Record: store.Record{Kind: "case", ID: fmt.Sprint(i)}, Entries: []store.Line{{Seq: 1}}}))
	}
}

// Each relay has a place of its own, which stays when what is done fails.
func TestARelayGoesOnWhereItWas(t *testing.T) {
	ctx := context.Background()
	st := memory.New()
	write(t, st, 5)
	var met []string
	collect := func(lines []store.Line) error {
		for _, l := range lines {
			met = append(met, l.ID)
		}
		return nil
	}
	n, err := relay.New(st, "mail", 3).Pass(ctx, st, collect)
	require.NoError(t, err)
	require.Equal(t, 3, n)
	no := errors.New("the mail server is away")
	_, err = relay.New(st, "mail", 3).Pass(ctx, st, func([]store.Line) error { return no })
	require.ErrorIs(t, err, no)
	for want := 2; want >= 0; want -= 2 {
		n, err = relay.New(st, "mail", 3).Pass(ctx, st, collect)
		require.NoError(t, err)
		require.Equal(t, want, n)
	}
	require.Equal(t, []string{"0", "1", "2", "3", "4"}, met)
	n, err = relay.New(st, "other", 0).Pass(ctx, st, collect)
	require.NoError(t, err)
	require.Equal(t, 5, n)
	feed, err := st.Feed(ctx, 0, 0)
	require.NoError(t, err)
	require.Len(t, feed, 5, "places are not in the feed")
}

// Of two that run at once one gets on.
func TestOfTwoRelaysOfANameOneGetsOn(t *testing.T) {
	ctx := context.Background()
	st := memory.New()
	write(t, st, 5)
	mail := relay.New(st, "mail", 3)
	_, err := mail.Pass(ctx, st, func([]store.Line) error {
		_, err := mail.Pass(ctx, st, func([]store.Line) error { return nil })
		return err
	})
	require.ErrorIs(t, err, store.ErrConflict)
	c, err := mail.Place(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 3, c.Position)
}

// A relay whose feed was restored from a backup hands nothing on until somebody
// has said from where.
func TestARelayStopsAtARestoredFeed(t *testing.T) {
	ctx := context.Background()
	st := memory.New()
	write(t, st, 5)
	mail := relay.New(st, "mail", 0)
	none := func([]store.Line) error { return nil }
	_, err := mail.Pass(ctx, st, none)
	require.NoError(t, err)
	c, err := mail.Place(ctx)
	require.NoError(t, err)

	restored := memory.New()
	write(t, restored, 3)
	mail = relay.New(restored, "mail", 0)
	require.NoError(t, mail.Set(ctx, restored, c))
	_, err = mail.Pass(ctx, restored, func([]store.Line) error { t.Error("handed on"); return nil })
	require.ErrorIs(t, err, store.ErrRewound)
	require.NoError(t, mail.Set(ctx, restored, store.Cursor{}))
	n, err := mail.Pass(ctx, restored, none)
	require.NoError(t, err)
	require.Equal(t, 3, n)
}

func TestARelayRefusesWhatCannotBeItsPlace(t *testing.T) {
	ctx := context.Background()
	st := memory.New()
	none := func([]store.Line) error { return nil }
	_, err := relay.New(st, "", 0).Pass(ctx, st, none)
	require.ErrorIs(t, err, store.ErrInvalid)
	require.NoError(t, st.Commit(ctx, store.Change{Record: store.Record{Kind: relay.Kind, ID: "mail", Data: []byte("?")}}))
	mail := relay.New(st, "mail", 0)
	_, err = mail.Pass(ctx, st, none)
	require.ErrorContains(t, err, "cannot be read")
	_, err = mail.Place(ctx)
	require.ErrorContains(t, err, "cannot be read")
	require.Error(t, mail.Set(ctx, st, store.Cursor{}))
}
