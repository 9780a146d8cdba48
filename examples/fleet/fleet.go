package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// fleet is the processes of a run: this program, started again and again.
type fleet struct {
	settings
	executable string
	log        io.Writer
	client     *http.Client

	mu        sync.Mutex
	processes []*process
	killed    int
}

// process is one place in the fleet. Whatever ends the program that has it, another
// is started in its place, as by an orchestrator.
type process struct {
	address string
	stop    context.CancelFunc
	ended   chan struct{} // no program has the place any more

	mu      sync.Mutex
	program int
	running *exec.Cmd
}

// grow starts processes until there are n, and waits until all are ready.
func (f *fleet) grow(ctx context.Context, n int) error {
	for len(f.processes) < n {
		address, err := freeAddress(ctx)
		if err != nil {
			return err
		}
		own, stop := context.WithCancel(context.WithoutCancel(ctx))
		p := &process{address: address, stop: stop, ended: make(chan struct{}), program: f.program}
		name := "fleet-" + strconv.Itoa(len(f.processes)+1)
		go func() {
			defer close(p.ended)
			f.keep(own, p, name)
		}()
		if err := f.await(ctx, p); err != nil {
			return errors.Join(err, f.end(p))
		}
		f.mu.Lock()
		f.processes = append(f.processes, p)
		f.mu.Unlock()
	}
	return nil
}

// keep has a program in a place until ctx ends.
func (f *fleet) keep(ctx context.Context, p *process, name string) {
	for ctx.Err() == nil {
		p.mu.Lock()
		c := exec.CommandContext(ctx, f.executable, "member", "--postgres", f.dsn, "--schema", f.schema, //nolint:gosec // this program
			"--nats", f.nats, "--stream", f.stream, "--name", name, "--addr", p.address, "--program", strconv.Itoa(p.program))
		c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
		c.WaitDelay = 20 * time.Second
		c.Stdout, c.Stderr = f.log, f.log
		if err := c.Start(); err == nil {
			p.running = c
		}
		p.mu.Unlock()
		_ = c.Wait() // killed, told to end, or without a database: the next begins anew
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// signal sends a signal to the program that has the place now.
func (p *process) signal(s syscall.Signal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running != nil {
		_ = p.running.Process.Signal(s) // it may have ended
	}
}

func (f *fleet) addresses() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := make([]string, len(f.processes))
	for i, p := range f.processes {
		all[i] = p.address
	}
	return all
}

// killing kills a process at random, again and again, until ctx ends.
func (f *fleet) killing(ctx context.Context, every time.Duration) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
		f.processes[rand.IntN(len(f.processes))].signal(syscall.SIGKILL)
		f.killed++
	}
}

// deploy replaces one process after the other by one of a version of the program.
func (f *fleet) deploy(ctx context.Context, program int) error {
	f.program = program
	for _, p := range f.processes {
		p.mu.Lock()
		p.program = program
		old := p.running
		p.mu.Unlock()
		p.signal(syscall.SIGTERM)
		for { // until the place has another program
			p.mu.Lock()
			replaced := p.running != old
			p.mu.Unlock()
			if replaced {
				break
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(50 * time.Millisecond):
			}
		}
		if err := f.await(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// await waits until a process can be given requests.
func (f *fleet) await(ctx context.Context, p *process) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.address+"/readyz", nil)
		if err != nil {
			return err
		}
		answer, err := f.client.Do(r)
		if err == nil {
			err = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the process at %s is not ready after a minute", p.address)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// end lets the program in a place end, and starts no other.
func (f *fleet) end(p *process) error {
	p.stop()
	select {
	case <-p.ended:
		return nil
	case <-time.After(time.Minute):
		return fmt.Errorf("the process at %s does not end", p.address)
	}
}

// close ends all processes.
func (f *fleet) close() error {
	errs := make([]error, len(f.processes))
	for i, p := range f.processes {
		errs[i] = f.end(p)
	}
	f.processes = nil
	return errors.Join(errs...)
}

func freeAddress(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
