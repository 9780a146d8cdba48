package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tian-go/tian/proposal/workflow"
)

// callers take cases through their ways, each by the API of whichever process
// answers. One that gets no answer, or that of a fault, asks again with the same
// key, as a good client does.
type callers struct {
	addresses func() []string // of the processes there are
	client    *http.Client
	next      atomic.Int64 // number of a case
	ledger    ledger
	repeated  atomic.Int64
}

// ledger is what callers have asked for, by the journal's name of the command.
type ledger struct {
	mu           sync.Mutex
	asked        map[string]*asked
	acknowledged int
}

// asked is one act: on which case, and whether somebody was told that it happened.
type asked struct {
	id           string
	acknowledged bool
}

func newCallers(addresses func() []string) *callers {
	return &callers{addresses: addresses, client: &http.Client{Timeout: 10 * time.Second},
		ledger: ledger{asked: make(map[string]*asked)}}
}

func (l *ledger) ask(command string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.asked[command] == nil {
		l.asked[command] = new(asked)
	}
}

func (l *ledger) acknowledge(command, id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked[command].id, l.asked[command].acknowledged = id, true
	l.acknowledged++
}

func (l *ledger) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.acknowledged
}

// call has so many callers call for a time, and returns the acts acknowledged a
// second.
func (c *callers) call(ctx context.Context, n int, long time.Duration) (perSecond float64, err error) {
	ctx, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	began, before := time.Now(), c.ledger.count()
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			for errs[i] == nil && ctx.Err() == nil {
				errs[i] = c.take(ctx, int(c.next.Add(1))-1)
			}
			if ctx.Err() != nil { // it was cut short
				errs[i] = nil
			}
			if errs[i] != nil {
				cancel()
			}
		})
	}
	all.Wait()
	return float64(c.ledger.count()-before) / time.Since(began).Seconds(), errors.Join(errs...)
}

// take takes one case through its way.
func (c *callers) take(ctx context.Context, number int) error {
	body := districts()[number%len(districts())]
	var now answer
	for i, s := range way(number) {
		if s.action.Event() == (archive{}).Event() && now.Definition.Version < secondProgram {
			continue
		}
		answer, err := c.do(ctx, body+"."+s.as, strconv.Itoa(number)+"/"+strconv.Itoa(i), now.ID, s)
		if err != nil {
			return fmt.Errorf("case %d, %s: %w", number, s.action.Event(), err)
		}
		now = answer
	}
	return nil
}

// answer is what a caller reads of an answer.
type answer struct {
	ID         string `json:"id"`
	Definition struct {
		Version int `json:"version"`
	} `json:"definition"`
}

// do asks for one act until somebody has answered it.
func (c *callers) do(ctx context.Context, token, key, id string, s step) (answer, error) {
	data, err := s.data()
	if err != nil {
		return answer{}, err
	}
	path := "/v1/cases"
	if !s.opens() {
		path += "/" + id + "/acts/" + s.action.Event()
	}
	if !s.at.IsZero() {
		path += "?at=" + url.QueryEscape(s.at.Format(time.RFC3339))
	}
	who, _ := somebody(token)
	command := workflow.CommandKey(commandOf(who, key))
	c.ledger.ask(command)
	for {
		status, body, err := c.post(ctx, path, token, key, data)
		switch {
		case err == nil && status < http.StatusMultipleChoices:
			var a answer
			if err := json.Unmarshal(body, &a); err != nil {
				return answer{}, fmt.Errorf("the answer: %w", err)
			}
			c.ledger.acknowledge(command, a.ID)
			return a, nil
		case err == nil && status < http.StatusInternalServerError && status != http.StatusConflict:
			return answer{}, fmt.Errorf("%d: %s", status, body)
		}
		c.repeated.Add(1)
		select {
		case <-ctx.Done():
			return answer{}, ctx.Err()
		case <-time.After(time.Duration(20+rand.IntN(80)) * time.Millisecond):
		}
	}
}

func (c *callers) post(ctx context.Context, path, token, key string, data []byte) (int, []byte, error) {
	there := c.addresses()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+there[rand.IntN(len(there))]+path, bytes.NewReader(data))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Idempotency-Key", key)
	answer, err := c.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	body, err := io.ReadAll(answer.Body)
	return answer.StatusCode, body, errors.Join(err, answer.Body.Close())
}

// adopt has new cases begin under the definition of the second program.
func adopt(ctx context.Context, p place) error {
	h, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = h.close() }() // what it did is done
	service, err := newService(h.store, secondProgram)
	if err != nil {
		return err
	}
	director, _ := somebody(city + ".administrator")
	_, err = service.Adopt(ctx, director, city, workflow.Adopt{Title: "提案工作条例（修订）", Use: pinned(secondProgram)},
		workflow.Command("deploy of "+pinned(secondProgram)))
	return err
}
