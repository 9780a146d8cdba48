package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// summary is what came of a run; its first fields are printed as JSON in this form.
type summary struct {
	Acts           int `json:"acts"`
	Kills          int `json:"kills"`
	Promotions     int `json:"promotions"`
	Lost           int `json:"lost"`
	Doubled        int `json:"doubled"`
	ReactionsTwice int `json:"reactions_twice"`
	StreamDiffers  int `json:"stream_differs"`

	Broken      int     `json:"broken"`
	Deploys     int     `json:"deploys"`
	AlonePerS   float64 `json:"alone_per_s"`
	TogetherPer float64 `json:"together_per_s"`

	rough    float64 // acts a second while processes were killed
	repeated int64   // requests that callers sent again
	checked  checked
}

func (s summary) well() bool {
	return s.Lost == 0 && s.Doubled == 0 && s.ReactionsTwice == 0 && s.StreamDiffers == 0 && s.Broken == 0
}

// run does a run and prints what came of it. It reports whether nothing was lost,
// doubled or done twice.
func run(ctx context.Context, o options, out, errs io.Writer) (well bool, err error) {
	name := "fleet_" + strings.ReplaceAll(uuid.NewString(), "-", "")[:12]
	f := &fleet{settings: settings{place: place{o.dsn, name}, nats: o.nats, stream: name, program: firstProgram}, client: &http.Client{Timeout: 5 * time.Second}}
	if f.executable, err = os.Executable(); err != nil {
		return false, err
	}
	log, err := os.CreateTemp("", name+"-*.log")
	if err != nil {
		return false, err
	}
	f.log = log
	defer func() {
		err = errors.Join(f.noSecrets(err), log.Close())
		if well && err == nil {
			err = os.Remove(log.Name())
		} else {
			_, _ = fmt.Fprintln(errs, "fleet: what the processes wrote is in "+log.Name())
		}
	}()
	js, done, err := f.openStream(ctx)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, done()) }()

	promote := func(context.Context) error { return nil }
	promotions := 0
	if o.dsn == "" {
		servers, err := startPair(ctx)
		if err != nil {
			return false, err
		}
		defer func() { _ = servers.close() }() // what they kept goes with them
		f.dsn, promotions, promote = servers.dsn(), 1, servers.promote
	} else {
		defer func() { err = errors.Join(err, f.drop(context.WithoutCancel(ctx))) }()
	}
	if err := f.prepare(ctx); err != nil {
		return false, err
	}
	s, err := f.course(ctx, o, js, promote)
	if err != nil {
		return false, err
	}
	s.Promotions, s.Deploys = promotions, 1
	return s.well(), s.print(out, o)
}

// openStream makes the stream of a run, which done removes.
func (f *fleet) openStream(ctx context.Context) (js jetstream.JetStream, done func() error, err error) {
	conn, err := nats.Connect(f.nats, nats.Name("fleet"), nats.MaxReconnects(-1))
	if err != nil {
		return nil, nil, fmt.Errorf("--nats: nothing answers at %s: %w", f.nats, err)
	}
	js, err = jetstream.New(conn)
	if err == nil {
		err = newStream(ctx, js, f.stream)
	}
	if err != nil {
		conn.Close()
		return nil, nil, err
	}
	return js, func() error {
		defer conn.Close()
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		return js.DeleteStream(last, f.stream)
	}, nil
}

// course is what happens in a run: one process for a tenth of the time, then all
// for as long, both undisturbed; then processes are killed, and at its half the
// second program is deployed, and at three quarters the standby promoted.
func (f *fleet) course(ctx context.Context, o options, js jetstream.JetStream, promote func(context.Context) error) (s summary, err error) {
	defer func() { err = errors.Join(err, f.close()) }()
	tenth := time.Duration(o.seconds) * time.Second / 10
	c := newCallers(f.addresses)
	if err := f.grow(ctx, 1); err != nil {
		return s, err
	}
	if s.AlonePerS, err = c.call(ctx, o.callers, tenth); err != nil {
		return s, err
	}
	if err := f.grow(ctx, o.processes); err != nil {
		return s, err
	}
	if s.TogetherPer, err = c.call(ctx, o.callers, tenth); err != nil {
		return s, err
	}
	if s.rough, err = f.disturbed(ctx, o, c, 8*tenth, promote); err != nil {
		return s, err
	}
	s.Kills, s.repeated = f.killed, c.repeated.Load()
	if s.checked, err = f.check(ctx, js, &c.ledger); err != nil {
		return s, err
	}
	found := &s.checked
	s.Acts, s.Lost, s.Doubled, s.ReactionsTwice = c.ledger.count(), found.lost(), found.doubled, found.lettersTwice
	s.StreamDiffers, s.Broken = found.streamDiffers(), found.broken
	return s, nil
}

// disturbed has callers call while all is done that a fleet has to bear.
func (f *fleet) disturbed(ctx context.Context, o options, c *callers, long time.Duration, promote func(context.Context) error) (float64, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	began := time.Now()
	failed := make(chan error, 1)
	go func() {
		killing, stop := context.WithCancel(ctx)
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			f.killing(killing, o.kill)
		}()
		err := f.events(ctx, began, long, promote)
		if err != nil {
			cancel() // callers need not go on
		} else {
			sleep(ctx, time.Until(began.Add(long)))
		}
		stop()
		<-ended
		failed <- err
	}()
	perSecond, err := c.call(ctx, o.callers, long)
	if err != nil {
		cancel()
	}
	return perSecond, errors.Join(err, <-failed)
}

// events are what somebody does to the fleet on purpose.
func (f *fleet) events(ctx context.Context, began time.Time, long time.Duration, promote func(context.Context) error) error {
	sleep(ctx, time.Until(began.Add(long*3/8))) // the half of the whole run
	if err := f.deploy(ctx, secondProgram); err != nil {
		return fmt.Errorf("deploy: %w", err)
	}
	if err := adopt(ctx, f.place); err != nil {
		return fmt.Errorf("adopt: %w", err)
	}
	sleep(ctx, time.Until(began.Add(long*11/16))) // three quarters
	if err := promote(ctx); err != nil {
		return fmt.Errorf("promote: %w", err)
	}
	return nil
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
