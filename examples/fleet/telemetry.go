package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	exporter "go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/exporters/stdout/stdouttrace"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/propagation"
	meters "go.opentelemetry.io/otel/sdk/metric"
	traces "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"github.com/tian-go/tian/proposal/workflow"
)

// telemetry is what a process says about itself: metrics for Prometheus to fetch, and
// traces. The library knows nothing of it; what it does comes by an observer.
type telemetry struct {
	log    *slog.Logger
	tracer trace.Tracer
	spans  *traces.TracerProvider
	meters *meters.MeterProvider
	scrape http.Handler

	requests         metric.Float64Histogram
	acts             metric.Int64Counter
	letters, entries metric.Int64Counter
	faults           metric.Int64Counter
}

// newTelemetry writes spans to w as JSON; nil: none. A host that has a collector puts
// the exporter otlptracehttp in its place, and changes nothing else.
func newTelemetry(process string, log *slog.Logger, w io.Writer) (*telemetry, error) {
	registry := prometheus.NewRegistry()
	reader, err := exporter.New(exporter.WithRegisterer(registry), exporter.WithoutScopeInfo())
	if err != nil {
		return nil, fmt.Errorf("metrics: %w", err)
	}
	t := &telemetry{log: log, scrape: promhttp.HandlerFor(registry, promhttp.HandlerOpts{})}
	t.meters = meters.NewMeterProvider(meters.WithReader(reader))
	options := []traces.TracerProviderOption{traces.WithSampler(traces.NeverSample())}
	if w != nil {
		spans, err := stdouttrace.New(stdouttrace.WithWriter(w))
		if err != nil {
			return nil, fmt.Errorf("traces: %w", err)
		}
		options = []traces.TracerProviderOption{traces.WithBatcher(spans)}
	}
	t.spans = traces.NewTracerProvider(options...)
	t.tracer = t.spans.Tracer("fleet", trace.WithInstrumentationAttributes(attribute.String("process", process)))
	return t, t.instruments(t.meters.Meter("fleet"))
}

func (t *telemetry) instruments(m metric.Meter) error {
	var errs [5]error
	t.requests, errs[0] = m.Float64Histogram("tian.request.duration", metric.WithUnit("s"), metric.WithDescription("how long requests took"))
	t.acts, errs[1] = m.Int64Counter("tian.acts", metric.WithDescription("acts committed, by event"))
	t.letters, errs[2] = m.Int64Counter("tian.reactions", metric.WithDescription("jobs of reactions that ended, by event and outcome"))
	t.entries, errs[3] = m.Int64Counter("tian.relayed", metric.WithDescription("entries handed on to the stream"))
	t.faults, errs[4] = m.Int64Counter("tian.faults", metric.WithDescription("errors that somebody has to look at, by where"))
	for _, err := range errs {
		if err != nil {
			return fmt.Errorf("metrics: %w", err)
		}
	}
	return nil
}

// watch has the state of the queue and of the feed looked at whenever metrics are
// fetched.
func (t *telemetry) watch(look func() (waiting, arrivals int64, err error)) error {
	m := t.meters.Meter("fleet")
	jobs, err := m.Int64ObservableGauge("tian.jobs.waiting", metric.WithDescription("jobs that are not done"))
	if err != nil {
		return fmt.Errorf("metrics: %w", err)
	}
	behind, err := m.Int64ObservableGauge("tian.feed.arrivals", metric.WithDescription("entries that no reader of the feed has met"))
	if err != nil {
		return fmt.Errorf("metrics: %w", err)
	}
	_, err = m.RegisterCallback(func(_ context.Context, o metric.Observer) error {
		waiting, arrivals, err := look()
		if err != nil {
			return err
		}
		o.ObserveInt64(jobs, waiting)
		o.ObserveInt64(behind, arrivals)
		return nil
	}, jobs, behind)
	return err
}

// observe is the library's observer: it hears of each act after it was committed.
func (t *telemetry) observe(ctx context.Context, entries []workflow.Entry) {
	for _, e := range entries {
		what := []attribute.KeyValue{attribute.String("kind", e.Kind), attribute.String("event", e.Event)}
		t.acts.Add(ctx, 1, metric.WithAttributes(what...))
		trace.SpanFromContext(ctx).AddEvent("committed", trace.WithAttributes(append(what,
			attribute.String("case", e.ID), attribute.String("seq", strconv.FormatUint(e.Seq, 10)))...))
	}
}

// requested measures a handler, and has a span for each of its requests.
func (t *telemetry) requested(route string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		ctx := propagation.TraceContext{}.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
		ctx, span := t.tracer.Start(ctx, route, trace.WithSpanKind(trace.SpanKindServer))
		defer span.End()
		answer := &answered{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(answer, r.WithContext(ctx))
		what := []attribute.KeyValue{attribute.String("route", route), attribute.Int("status", answer.status)}
		span.SetAttributes(what...)
		if answer.status >= http.StatusInternalServerError {
			span.SetStatus(codes.Error, "")
		}
		t.requests.Record(ctx, time.Since(began).Seconds(), metric.WithAttributes(what...))
	})
}

// answered remembers the status of an answer.
type answered struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements [http.ResponseWriter].
func (a *answered) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// traceOf returns the trace of a request, so that what it calls for can go on with it.
func traceOf(ctx context.Context) map[string]string {
	if !trace.SpanContextFromContext(ctx).IsSampled() {
		return nil
	}
	carrier := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, carrier)
	return carrier
}

// reacting has a span for a job, in the trace of the request that called for it.
func (t *telemetry) reacting(ctx context.Context, a reaction) (context.Context, func(error)) {
	ctx = propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier(a.Trace))
	ctx, span := t.tracer.Start(ctx, "reaction "+a.Event, trace.WithSpanKind(trace.SpanKindConsumer)) //nolint:spancheck // the caller ends it
	return ctx, func(err error) {                                                                     //nolint:spancheck // the caller ends it
		outcome := "done"
		if err != nil {
			outcome = "failed"
			span.SetStatus(codes.Error, err.Error())
		}
		t.letters.Add(ctx, 1, metric.WithAttributes(attribute.String("event", a.Event), attribute.String("outcome", outcome)))
		span.End()
	}
}

func (t *telemetry) relayed(ctx context.Context, n int) { t.entries.Add(ctx, int64(n)) }

// failed reports an error that no caller hears of.
func (t *telemetry) failed(ctx context.Context, where string, err error) {
	t.faults.Add(ctx, 1, metric.WithAttributes(attribute.String("where", where)))
	t.log.ErrorContext(ctx, where, "error", err)
}

// close writes the spans that are left.
func (t *telemetry) close(ctx context.Context) error { return t.spans.Shutdown(ctx) }
