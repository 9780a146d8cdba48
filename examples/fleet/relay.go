package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/relay"
)

const (
	relayEvery = 100 * time.Millisecond
	relayMost  = 200 // entries at once
	relayName  = "jetstream"

	// window is for how long the stream knows a message's name. A process that was
	// stopped for longer within a pass would have the stream take its
	// messages again.
	window = time.Hour
)

// relaying hands the feed on to a stream. Every process of the fleet has one; a lock
// in the database lets one at a time get on, and goes with whoever held it.
type relaying struct {
	*host
	js     jetstream.JetStream
	stream string
	told   *telemetry
}

// newStream makes the stream of a fleet, or finds it.
func newStream(ctx context.Context, js jetstream.JetStream, name string) error {
	_, err := js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: name, Subjects: []string{name + ".>"}, Duplicates: window, Storage: jetstream.FileStorage,
	})
	if err != nil {
		return fmt.Errorf("stream %s: %w", name, err)
	}
	return nil
}

// run hands on until ctx ends. What fails is told, and done again: in a pass that
// failed the place has not moved.
func (r *relaying) run(ctx context.Context) {
	for {
		n, err := r.pass(ctx)
		if err != nil && ctx.Err() == nil {
			r.told.failed(ctx, "relay", err)
		}
		if n == relayMost && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(relayEvery):
		}
	}
}

// pass hands on the next entries; none while another process does.
func (r *relaying) pass(ctx context.Context) (n int, err error) {
	err = pgx.BeginFunc(ctx, r.pool, func(tx pgx.Tx) error {
		var mine bool
		if err := tx.QueryRow(ctx, "SELECT pg_try_advisory_xact_lock(hashtext($1))", r.stream).Scan(&mine); err != nil || !mine {
			return err
		}
		n, err = relay.New(r.store, relayName, relayMost).Pass(ctx, postgres.In(r.store, tx), func(lines []store.Line) error {
			return r.publish(ctx, lines)
		})
		return err
	})
	if errors.Is(err, store.ErrConflict) { // another was there first
		return 0, nil
	}
	if err == nil {
		r.told.relayed(ctx, n)
	}
	return n, err
}

// publish returns when the stream has all lines, one after the other: so those of a
// case are in order there. A line that it has already it drops, by its name.
func (r *relaying) publish(ctx context.Context, lines []store.Line) error {
	for _, l := range lines {
		m := nats.NewMsg(r.stream + "." + l.Kind + "." + l.ID)
		m.Data = l.Data
		m.Header.Set("Tian-Cursor", store.CursorAt(l).String())
		if _, err := r.js.PublishMsg(ctx, m, jetstream.WithMsgID(nameOf(l))); err != nil {
			return fmt.Errorf("publish %s: %w", nameOf(l), err)
		}
	}
	return nil
}

// nameOf is by what the other side knows an entry.
func nameOf(l store.Line) string { return l.Kind + "/" + l.ID + "/" + strconv.FormatUint(l.Seq, 10) }
