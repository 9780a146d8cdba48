//go:build unix

package campaign

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The test's binary is also the program that is killed: started again with
// this variable it does as a job says, and nothing else.
const jobVariable = "TIAN_CAMPAIGN_JOB"

// job is what a child process does.
type job struct {
	Place      place
	Name       string // begins the names of its commands
	Goroutines int
	Cases      int
	Seed       uint64
	Count      int  // actions of each goroutine; 0: until it is killed
	Observe    bool // record what each operation saw, rather than act
	Relay      bool // hand the feed on into the host's letters, rather than act
}

func TestMain(m *testing.M) {
	if text := os.Getenv(jobVariable); text != "" {
		if err := child(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	code := m.Run()
	if testing.Verbose() {
		printTable(os.Stdout)
	}
	os.Exit(code)
}

func child(text string) error {
	var j job
	if err := json.Unmarshal([]byte(text), &j); err != nil {
		return err
	}
	ctx := context.Background()
	s, err := j.Place.open(ctx)
	if err != nil {
		return err
	}
	var out sync.Mutex
	say := func(v any) error {
		text, err := json.Marshal(v)
		if err != nil {
			return err
		}
		out.Lock()
		defer out.Unlock()
		_, err = os.Stdout.Write(append(text, '\n')) // one write: a line is whole or absent
		return err
	}
	if j.Relay {
		return handOn(ctx, j.Place, s, func(n int) error { return say(fmt.Sprint(n)) }, func(int) bool { return false })
	}
	errs := make(chan error, j.Goroutines)
	for g := range j.Goroutines {
		go func() {
			rnd := rand.New(rand.NewPCG(j.Seed, uint64(g))) // the same every time
			if j.Observe {
				errs <- observe(ctx, s, j, g, rnd, say)
				return
			}
			for i := 0; j.Count == 0 || i < j.Count; i++ {
				id, command := caseID(rnd.IntN(j.Cases)), fmt.Sprintf("%s-%d-%d", j.Name, g, i)
				a, _, err := acting(ctx, s, id, command)
				if err != nil {
					errs <- err
					return
				}
				if err := say(a); err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	for range j.Goroutines {
		if err := <-errs; err != nil {
			return err
		}
	}
	return s.Close()
}

// run starts a child.
func (j job) run(t *testing.T) (c *exec.Cmd, lines <-chan []byte, complaints *strings.Builder) {
	t.Helper()
	text, err := json.Marshal(j)
	require.NoError(t, err)
	c = exec.Command(os.Args[0]) // this very program
	c.Env = append(os.Environ(), jobVariable+"="+string(text))
	complaints = &strings.Builder{}
	c.Stderr = complaints
	out, err := c.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.Start())
	said := make(chan []byte, 1024)
	go func() {
		defer close(said)
		in := bufio.NewReader(out)
		for {
			line, err := in.ReadBytes('\n')
			if err != nil {
				return // what has no end of line was cut off
			}
			said <- line
		}
	}()
	return c, said, complaints
}

// killedAfter starts a child, kills it some time after its first word, and
// returns what it had acknowledged.
func killedAfter(t *testing.T, j job, life time.Duration) (acknowledged []ack) {
	t.Helper()
	c, lines, complaints := j.run(t)
	heard := func(line []byte) {
		var a ack
		require.NoError(t, json.Unmarshal(line, &a))
		acknowledged = append(acknowledged, a)
	}
	first, open := <-lines
	if !open {
		_ = c.Wait()
		t.Fatalf("the writer ended by itself: %s", complaints)
	}
	heard(first)
	time.AfterFunc(life, func() { _ = c.Process.Kill() })
	for line := range lines {
		heard(line)
	}
	err := c.Wait()
	require.ErrorContains(t, err, "signal: killed", "%s", complaints)
	return acknowledged
}
