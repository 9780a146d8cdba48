package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertest"
	"github.com/riverqueue/river/rivertype"
	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// newHost opens a schema of the test's own.
func newHost(t *testing.T) (*host, *queued) {
	t.Helper()
	dsn, _ := services(t)
	p := place{dsn, "fleet_test_" + strings.ReplaceAll(uuid.NewString(), "-", "")[:12]}
	require.NoError(t, p.prepare(t.Context()))
	require.NoError(t, p.prepare(t.Context()), "a second process comes")
	h, err := p.open(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, h.close())
		require.NoError(t, p.drop(context.WithoutCancel(t.Context())))
	})
	inserter, err := newQueue(h.pool, "test", nil)
	require.NoError(t, err)
	return h, &queued{h.store, h.pool, inserter}
}

func (h *host) count(t *testing.T, query string) (n int) {
	t.Helper()
	require.NoError(t, h.pool.QueryRow(t.Context(), "SELECT count(*) FROM "+query).Scan(&n))
	return n
}

func opened(t *testing.T, st store.Store) (*proposal.Service, *proposal.Proposal, proposal.Actor) {
	t.Helper()
	service, err := newService(st, firstProgram)
	require.NoError(t, err)
	member, _ := somebody("xiushan.member")
	p, err := service.Engine.Open(t.Context(), member, "xiushan", way(0)[0].action)
	require.NoError(t, err)
	return service, p, member
}

// An act and its job are there together or not at all.
func TestAnActBringsItsJobOrDoesNotHappen(t *testing.T) {
	h, st := newHost(t)
	service, p, member := opened(t, st)
	require.Zero(t, h.count(t, "river_job"), "an opening calls for nothing")

	_, err := h.pool.Exec(t.Context(), "ALTER TABLE river_job RENAME TO away")
	require.NoError(t, err)
	_, err = service.Do(t.Context(), member, p.ID, proposal.Submit{})
	require.Error(t, err)
	now, err := service.Get(t.Context(), p.ID)
	require.NoError(t, err)
	require.Equal(t, "draft", now.State, "no job, no act")

	_, err = h.pool.Exec(t.Context(), "ALTER TABLE away RENAME TO river_job")
	require.NoError(t, err)
	for range 2 {
		_, err = service.Do(t.Context(), member, p.ID, proposal.Submit{}, workflow.Command("submit"))
		require.NoError(t, err)
	}
	require.Equal(t, 1, h.count(t, "river_job"), "asked twice, one act and one job")

	_, err = service.Do(t.Context(), member, p.ID, proposal.Submit{})
	require.ErrorIs(t, err, workflow.ErrRefused)
	require.Equal(t, 1, h.count(t, "river_job"))
}

// A job that is handed out twice writes one letter.
func TestAJobThatRunsTwiceReactsOnce(t *testing.T) {
	h, st := newHost(t)
	service, p, member := opened(t, st)
	_, err := service.Do(t.Context(), member, p.ID, proposal.Submit{})
	require.NoError(t, err)
	told, err := newTelemetry("test", slog.New(slog.DiscardHandler), nil)
	require.NoError(t, err)
	w := &reactions{pool: h.pool, process: "test", told: told}
	for range 2 {
		_, err = h.pool.Exec(t.Context(), "UPDATE river_job SET state = 'running', finalized_at = NULL, attempted_at = now()")
		require.NoError(t, err)
		job := &river.Job[reaction]{JobRow: &rivertype.JobRow{State: rivertype.JobStateRunning}}
		var args []byte
		require.NoError(t, h.pool.QueryRow(t.Context(), "SELECT id, args FROM river_job").Scan(&job.ID, &args))
		require.NoError(t, json.Unmarshal(args, &job.Args))
		require.Equal(t, reaction{Case: p.ID, Seq: 2, Event: "submit"}, job.Args)
		require.NoError(t, w.Work(rivertest.WorkContext(t.Context(), st.jobs), job))
		require.Equal(t, 1, h.count(t, "river_job WHERE state = 'completed'"))
		require.Equal(t, 1, h.count(t, "letters"))
	}
}

// Passes that die before their place is kept, and a second relay, leave the stream
// with each entry once.
func TestTheStreamHasEachEntryOnce(t *testing.T) {
	h, st := newHost(t)
	_, url := services(t)
	conn, err := nats.Connect(url)
	require.NoError(t, err)
	t.Cleanup(conn.Close)
	js, err := jetstream.New(conn)
	require.NoError(t, err)
	name := "fleet_test_" + strings.ReplaceAll(uuid.NewString(), "-", "")[:12]
	require.NoError(t, newStream(t.Context(), js, name))
	t.Cleanup(func() { require.NoError(t, js.DeleteStream(context.WithoutCancel(t.Context()), name)) })
	service, p, member := opened(t, st)
	_, err = service.Do(t.Context(), member, p.ID, proposal.Submit{})
	require.NoError(t, err)

	told, err := newTelemetry("test", slog.New(slog.DiscardHandler), nil)
	require.NoError(t, err)
	r := &relaying{h, js, name, told}
	lines, err := h.store.Feed(t.Context(), 0, 0)
	require.NoError(t, err)
	require.Len(t, lines, 2)
	require.NoError(t, r.publish(t.Context(), lines[:1]), "and then it dies")
	n, err := r.pass(t.Context())
	require.NoError(t, err)
	require.Equal(t, 2, n)
	n, err = r.pass(t.Context())
	require.NoError(t, err)
	require.Zero(t, n)

	var c checked
	require.NoError(t, c.readFeed(t.Context(), h.store))
	require.NoError(t, c.readStream(t.Context(), js, name))
	require.Len(t, c.met, 2)
	require.Zero(t, c.streamDiffers())
}
