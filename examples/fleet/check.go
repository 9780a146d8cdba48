package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/relay"
	"github.com/tian-go/tian/proposal/workflow"
)

// patience is how long nothing that is left may become less when callers have ended.
// A job whose process was killed is found by River within half a minute.
const patience = 2 * time.Minute

// check lets the fleet do what is left, ends it, and looks at what it has left.
func (f *fleet) check(ctx context.Context, js jetstream.JetStream, asked *ledger) (c checked, err error) {
	h, err := f.open(ctx)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if err := f.rest(ctx, h); err != nil {
		return c, err
	}
	if err := c.readFeed(ctx, h.store); err != nil {
		return c, err
	}
	c.hold(asked)
	if err := c.readLetters(ctx, h); err != nil {
		return c, err
	}
	if err := c.readStream(ctx, js, f.stream); err != nil {
		return c, err
	}
	return c, c.audit(ctx, h.store)
}

// rest lets the fleet do what is left, and ends it. A sweep that was under way when
// the processes were told to end may have left something new: then one more process
// does that. What is not done by then is found by the check, so it is no error.
func (f *fleet) rest(ctx context.Context, h *host) error {
	for range 10 {
		if err := f.settle(ctx, h); err != nil {
			return err
		}
		if err := f.close(); err != nil {
			return err
		}
		if left, err := f.left(ctx, h); err != nil || left == 0 {
			return err
		}
		if err := f.grow(ctx, 1); err != nil {
			return err
		}
	}
	return f.close()
}

// settle waits until nothing is left, or what is left does not become less.
func (f *fleet) settle(ctx context.Context, h *host) error {
	least, deadline := math.MaxInt, time.Now().Add(patience)
	for {
		left, err := f.left(ctx, h)
		if err != nil || left == 0 {
			return err
		}
		if left < least {
			least, deadline = left, time.Now().Add(patience)
		}
		if time.Now().After(deadline) {
			return nil
		}
		sleep(ctx, 100*time.Millisecond)
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// left returns how many jobs wait, and of entries that the stream does not have a
// hundred at most.
func (f *fleet) left(ctx context.Context, h *host) (int, error) {
	var waiting int
	err := h.pool.QueryRow(ctx, "SELECT count(*) FROM river_job WHERE kind = $1 AND finalized_at IS NULL", reaction{}.Kind()).Scan(&waiting)
	if err != nil {
		return 0, fmt.Errorf("jobs that wait: %w", err)
	}
	cursor, err := relay.New(h.store, relayName, 0).Place(ctx)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", f.stream, err)
	}
	lines, _, err := store.Follow(ctx, h.store, cursor, 100)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", f.stream, err)
	}
	return waiting + len(lines), nil
}

// readFeed reads every entry.
func (c *checked) readFeed(ctx context.Context, st store.Store) error {
	c.begin()
	for l, err := range store.AllLines(ctx, st.Feed, 0) {
		if err != nil {
			return fmt.Errorf("feed: %w", err)
		}
		entry, err := workflow.DecodeEntry(l)
		if err != nil {
			return err
		}
		var crossed []workflow.Crossing
		if entry.Event == workflow.Crossed {
			if err := json.Unmarshal(entry.Note, &crossed); err != nil {
				return fmt.Errorf("%s: %w", nameOf(l), err)
			}
		}
		c.entry(l, entry, crossed)
	}
	return nil
}

// readLetters reads what was written for entries.
func (c *checked) readLetters(ctx context.Context, h *host) error {
	rows, err := h.pool.Query(ctx, "SELECT kind, id, seq, process FROM letters")
	if err != nil {
		return fmt.Errorf("letters: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var l store.Line
		var process string
		if err := rows.Scan(&l.Kind, &l.ID, &l.Seq, &process); err != nil {
			return fmt.Errorf("letters: %w", err)
		}
		c.letter(l)
	}
	return rows.Err()
}

// readStream reads every message of the stream, from the first to the last.
func (c *checked) readStream(ctx context.Context, js jetstream.JetStream, name string) error {
	stream, err := js.Stream(ctx, name)
	if err != nil {
		return fmt.Errorf("stream: %w", err)
	}
	info, err := stream.Info(ctx)
	if err != nil {
		return fmt.Errorf("stream: %w", err)
	}
	if info.State.Msgs == 0 {
		return nil
	}
	consumer, err := stream.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{})
	if err != nil {
		return fmt.Errorf("stream: %w", err)
	}
	messages, err := consumer.Messages()
	if err != nil {
		return fmt.Errorf("stream: %w", err)
	}
	defer messages.Stop()
	for last := uint64(0); last < info.State.LastSeq; {
		m, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return fmt.Errorf("stream: %w", err)
		}
		meta, err := m.Metadata()
		if err != nil {
			return fmt.Errorf("stream: %w", err)
		}
		last = meta.Sequence.Stream
		c.message(m.Headers().Get(jetstream.MsgIDHeader), m.Data())
	}
	return nil
}

// audit verifies every history.
func (c *checked) audit(ctx context.Context, st store.Store) error {
	service, err := newService(st, secondProgram)
	if err != nil {
		return err
	}
	report, err := service.Audit(ctx, nil)
	c.broken = len(report.Broken)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return service.Each(ctx, func(p *proposal.Proposal) error {
		c.cases[p.Definition.Version]++
		return nil
	})
}
