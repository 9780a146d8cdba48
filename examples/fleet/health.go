package main

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
)

// health answers a load balancer: /healthz that the process lives, and /readyz that
// it can be given requests, which it cannot while it ends or the database is away.
// Without NATS it can: acts are committed, and handed on later; so that is told, and
// is no reason to take all processes out at once.
type health struct {
	host   *host
	stream *nats.Conn
	ending atomic.Bool
}

var errEnding = errors.New("the process is ending")

func (h *health) alive(w http.ResponseWriter, _ *http.Request) {
	write(w, jsonType, http.StatusOK, map[string]string{"status": "alive"})
}

func (h *health) ready(w http.ResponseWriter, r *http.Request) {
	answer := map[string]string{"status": "ready", "stream": h.stream.Status().String()}
	if err := h.check(r.Context()); err != nil {
		answer["status"] = "not ready"
		write(w, jsonType, http.StatusServiceUnavailable, answer)
		return
	}
	write(w, jsonType, http.StatusOK, answer)
}

func (h *health) check(ctx context.Context) error {
	if h.ending.Load() {
		return errEnding
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return h.host.pool.Ping(ctx)
}
