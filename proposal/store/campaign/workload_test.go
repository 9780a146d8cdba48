//go:build unix

package campaign

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/tian-go/tian/proposal/store"
)

// A case of the campaign is a counter whose journal is chained by hashes, and a
// twin that every commit changes too. A commit of which a part is missing shows
// in the chain, in the counter, in the index or in the twins.

const (
	kind     = "counter"
	twinKind = "twin"
)

type content struct {
	N    uint64 `json:"n"`
	Head string `json:"head"` // hash of the journal's last entry
}

type line struct {
	N    uint64 `json:"n"`
	Prev string `json:"prev"`
	By   string `json:"by"`
}

func caseID(n int) string { return fmt.Sprintf("%04d", n) }

// outcome of an attempt at an action.
type outcome int

const (
	done     outcome = iota
	repeated         // it had been done before, by the same command
)

// act adds one to a case and to its twin, as the command says. It takes up a
// lost race; an error means that the outcome is not known.
func act(ctx context.Context, s store.Store, id, command string) (outcome, error) {
	for {
		changes, err := action(ctx, s, id, command)
		if err != nil {
			return done, err
		}
		err = s.Commit(ctx, changes...)
		switch {
		case err == nil:
			return done, nil
		case errors.Is(err, store.ErrDuplicate):
			return repeated, nil
		case !errors.Is(err, store.ErrConflict):
			return done, err
		}
	}
}

// ack is an act that was acknowledged, and when it was asked for and answered on
// the machine's clock.
type ack struct {
	ID, Command string
	Call, Ended int64
}

// acting is act with the times.
func acting(ctx context.Context, s store.Store, id, command string) (ack, outcome, error) {
	a := ack{ID: id, Command: command, Call: now()}
	result, err := act(ctx, s, id, command)
	a.Ended = now()
	return a, result, err
}

// action returns the changes of an act on the case as it is now.
func action(ctx context.Context, s store.Store, id, command string) (changes []store.Change, err error) {
	for _, k := range []string{kind, twinKind} {
		c, err := next(ctx, s, k, id, command)
		if err != nil {
			return nil, err
		}
		changes = append(changes, c)
	}
	return changes, nil
}

func next(ctx context.Context, s store.Store, kind, id, command string) (store.Change, error) {
	r, _, err := s.Load(ctx, kind, id)
	if errors.Is(err, store.ErrNotFound) {
		r = store.Record{Kind: kind, ID: id, Data: []byte(`{}`)}
	} else if err != nil {
		return store.Change{}, err
	}
	var was content
	if err := json.Unmarshal(r.Data, &was); err != nil {
		return store.Change{}, fmt.Errorf("%s %s: %w", kind, id, err)
	}
	body, err := json.Marshal(line{N: was.N + 1, Prev: was.Head, By: command})
	if err != nil {
		return store.Change{}, err
	}
	hash := sum(was.Head, body)
	if r.Data, err = json.Marshal(content{N: was.N + 1, Head: hash}); err != nil {
		return store.Change{}, err
	}
	r.Index = []store.Attr{{Name: "n", Value: strconv.FormatUint(was.N+1, 10)}, {Name: "id", Value: id}}
	return store.Change{Record: r, Entries: []store.Line{{Seq: was.N + 1, Command: command, Data: body, Hash: hash}}}, nil
}

func sum(prev string, body []byte) string {
	h := sha256.Sum256(append([]byte(prev), body...))
	return hex.EncodeToString(h[:])
}

// findings are what an inspection of a store finds wrong.
type findings struct {
	lost, doubled, broken []string
	unordered             int // cases whose acts follow each other as their times do not allow
	entries               int
	commands              map[string]uint64 // seq of every effect found, by "kind id command"
}

func (f findings) clean() bool { return len(f.lost)+len(f.doubled)+len(f.broken)+f.unordered == 0 }

func (f findings) String() string {
	text := fmt.Sprintf("lost %d, doubled %d, histories broken %d, not linearizable %d", len(f.lost), len(f.doubled), len(f.broken), f.unordered)
	for _, list := range [][]string{f.lost, f.doubled, f.broken} {
		for i, what := range list {
			if i == 5 {
				text += "\n  …"
				break
			}
			text += "\n  " + what
		}
	}
	return text
}

// settle waits until no commit comes any more: a server goes on for a moment
// with what a client that is dead had asked for.
func settle(ctx context.Context, s store.Store) error {
	last, since := uint64(0), time.Now()
	for time.Since(since) < 300*time.Millisecond {
		page, err := s.Feed(ctx, last, store.MaxLimit)
		if err != nil {
			return err
		}
		if n := len(page); n > 0 {
			last, since = page[n-1].Position, time.Now()
		}
		time.Sleep(10 * time.Millisecond)
	}
	return nil
}

// inspect compares a store with the effects that were acknowledged.
func inspect(ctx context.Context, s store.Store, acknowledged []ack) (findings, error) {
	f := findings{commands: map[string]uint64{}}
	revisions := map[string]uint64{}
	for _, k := range []string{kind, twinKind} {
		for after := (store.Place{}); ; {
			page, err := s.Find(ctx, store.Query{Kind: k, After: after, Max: 100})
			if err != nil {
				return f, err
			}
			if len(page) == 0 {
				break
			}
			for _, r := range page {
				after = store.Place{ID: r.ID}
				if err := f.inspectCase(ctx, s, r); err != nil {
					return f, err
				}
				if k == kind {
					revisions[r.ID] = r.Revision
				} else if revisions[r.ID] != r.Revision {
					f.broken = append(f.broken, fmt.Sprintf("%s is at revision %d, its twin at %d", r.ID, revisions[r.ID], r.Revision))
				}
			}
		}
	}
	seqs := map[[2]string]uint64{}
	for after := uint64(0); ; {
		page, err := s.Feed(ctx, after, 1000)
		if err != nil {
			return f, err
		}
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			f.entries++
			if e.Position != after+1 {
				f.broken = append(f.broken, fmt.Sprintf("the feed goes from position %d to %d", after, e.Position))
			}
			after = e.Position
			key := [2]string{e.Kind, e.ID}
			if seqs[key]++; seqs[key] != e.Seq {
				f.broken = append(f.broken, fmt.Sprintf("the feed has seq %d of %s %s in the place of %d", e.Seq, e.Kind, e.ID, seqs[key]))
			}
		}
	}
	for _, a := range acknowledged {
		what := a.ID + " " + a.Command
		if f.commands[kind+" "+what] == 0 || f.commands[twinKind+" "+what] == 0 {
			f.lost = append(f.lost, what)
		}
	}
	f.unordered = f.outOfOrder(acknowledged)
	return f, nil
}

// outOfOrder counts the cases on which the acts stand in an order that their
// times do not allow. An act that was not acknowledged may stand anywhere.
func (f *findings) outOfOrder(acknowledged []ack) (cases int) {
	times := map[string]ack{}
	for _, a := range acknowledged {
		times[kind+" "+a.ID+" "+a.Command] = a
	}
	histories := map[string][]porcupine.Operation{}
	for what, seq := range f.commands {
		of, id, _ := strings.Cut(what, " ")
		if of != kind {
			continue
		}
		id, _, _ = strings.Cut(id, " ")
		a, known := times[what]
		if !known {
			a.Ended = math.MaxInt64
		}
		histories[id] = append(histories[id], porcupine.Operation{
			ClientId: int(seq), Input: observed{Case: id, Swap: true, Won: true, Revision: seq - 1}, Call: a.Call, Return: a.Ended,
		})
	}
	for _, history := range histories {
		if !porcupine.CheckOperations(counterModel, history) {
			cases++
		}
	}
	return cases
}

// inspectCase verifies the history of one record and what the record and its
// index say about it.
func (f *findings) inspectCase(ctx context.Context, s store.Store, r store.Record) error {
	wrong := func(format string, args ...any) {
		f.broken = append(f.broken, fmt.Sprintf("%s %s: ", r.Kind, r.ID)+fmt.Sprintf(format, args...))
	}
	journal, err := s.History(ctx, r.Kind, r.ID, 0, 0)
	if err != nil {
		return err
	}
	head := ""
	for i, e := range journal {
		var l line
		if err := json.Unmarshal(e.Data, &l); err != nil {
			wrong("entry %d: %v", e.Seq, err)
			continue
		}
		if e.Seq != uint64(i)+1 || l.N != e.Seq || l.Prev != head || l.By != e.Command || e.Hash != sum(head, e.Data) {
			wrong("entry %d does not continue entry %d", e.Seq, i)
		}
		head = e.Hash
		command := r.Kind + " " + r.ID + " " + e.Command
		if f.commands[command] > 0 {
			f.doubled = append(f.doubled, command)
		}
		f.commands[command] = e.Seq
	}
	var now content
	if err := json.Unmarshal(r.Data, &now); err != nil {
		wrong("%v", err)
	}
	if n := uint64(len(journal)); r.Revision != n || now.N != n || now.Head != head {
		wrong("revision %d, counter %d, %d entries, head %.8s of a journal that ends in %.8s", r.Revision, now.N, n, now.Head, head)
	}
	found, err := s.Find(ctx, store.Query{Kind: r.Kind, Where: []store.Match{
		{Attr: "n", Op: store.Is, Values: []string{strconv.FormatUint(now.N, 10)}},
		{Attr: "id", Op: store.Is, Values: []string{r.ID}},
	}})
	if err != nil {
		return err
	}
	if len(found) != 1 || found[0].ID != r.ID {
		wrong("the index finds it %d times by what it holds", len(found))
	}
	stale, err := s.Find(ctx, store.Query{Kind: r.Kind, Where: []store.Match{
		{Attr: "id", Op: store.Is, Values: []string{r.ID}}, {Attr: "n", Op: store.AtLeast, Values: []string{""}},
	}})
	if err == nil && len(stale) != 1 {
		wrong("the index finds it %d times", len(stale))
	}
	return err
}
