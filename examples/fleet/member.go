package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/riverqueue/river"
)

// settings are those of one process of the fleet.
type settings struct {
	place
	nats, stream  string
	name, address string
	program       int
	traces        string
}

func memberFlags(args []string, errs io.Writer) (settings, error) {
	var s settings
	f := flag.NewFlagSet("fleet member", flag.ContinueOnError)
	f.SetOutput(errs)
	f.StringVar(&s.dsn, "postgres", "", "the `address` of PostgreSQL")
	f.StringVar(&s.schema, "schema", "fleet", "the `schema` of all tables")
	f.StringVar(&s.nats, "nats", nats.DefaultURL, "the `address` of NATS")
	f.StringVar(&s.stream, "stream", "fleet", "the `stream` that the feed is handed on to")
	f.StringVar(&s.name, "name", "fleet-0", "what the process is called")
	f.StringVar(&s.address, "addr", "localhost:8080", "where to listen")
	f.IntVar(&s.program, "program", secondProgram, "which `version` of the program it is")
	f.StringVar(&s.traces, "traces", "", "the `file` that spans are written to; none without it")
	if err := f.Parse(args); err != nil {
		return s, err //nolint:wrapcheck // it names the flag
	}
	if s.dsn == "" {
		return s, errors.New("member: --postgres is missing")
	}
	return s, nil
}

// member runs one process of the fleet until ctx ends.
func member(ctx context.Context, s settings, errs io.Writer) (err error) {
	spans, err := s.openTraces()
	if err != nil {
		return err
	}
	told, err := newTelemetry(s.name, slog.New(slog.NewJSONHandler(errs, nil)).With("process", s.name), spans)
	if err != nil {
		return err
	}
	h, err := s.open(ctx)
	if err != nil {
		return s.noSecrets(err)
	}
	defer func() { err = errors.Join(err, h.close()) }()
	stream, err := nats.Connect(s.nats, nats.Name(s.name), nats.MaxReconnects(-1), nats.RetryOnFailedConnect(true))
	if err != nil {
		return fmt.Errorf("nats: %w", err)
	}
	defer stream.Close()
	js, err := jetstream.New(stream)
	if err != nil {
		return fmt.Errorf("jetstream: %w", err)
	}

	inserter, err := newQueue(h.pool, s.name, nil)
	if err != nil {
		return err
	}
	here := &queued{h.store, h.pool, inserter}
	service, err := newService(here, s.program, told.observe)
	if err != nil {
		return err
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &reactions{pool: h.pool, process: s.name, told: told})
	river.AddWorker(workers, &sweeper{service: service})
	queue, err := newQueue(h.pool, s.name, workers, sweeping())
	if err == nil {
		err = told.watch(func() (int64, int64, error) { return h.waiting(ctx) })
	}
	if err != nil {
		return err
	}

	ready := &health{host: h, stream: stream}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.address)
	if err != nil {
		return err
	}
	if err := queue.Start(context.WithoutCancel(ctx)); err != nil {
		return errors.Join(fmt.Errorf("river: %w", err), listener.Close())
	}
	handing, stop := context.WithCancel(context.WithoutCancel(ctx))
	handed := make(chan struct{})
	go func() {
		defer close(handed)
		(&relaying{h, js, s.stream, told}).run(handing)
	}()
	server := &http.Server{Handler: ready.routes(&api{service, here, told}), ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()

	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	// In this order: no more requests, then no more jobs, then no more passes of the
	// relay; each is let end.
	ready.ending.Store(true)
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err = errors.Join(err, server.Shutdown(last), queue.Stop(last))
	stop()
	<-handed
	return errors.Join(err, told.close(last))
}

// routes are those of the process: the API, and what others ask of its state.
func (h *health) routes(a *api) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", h.alive)
	mux.HandleFunc("GET /readyz", h.ready)
	mux.Handle("GET /metrics", a.told.scrape)
	mux.Handle("/", a.handler())
	return mux
}

// openTraces opens the file of spans; nil: there is none.
func (s settings) openTraces() (io.Writer, error) {
	if s.traces == "" {
		return nil, nil
	}
	f, err := os.OpenFile(s.traces, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	return f, nil
}
