//go:build unix

package main

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// The test's binary is also the application that is killed: started again with
// this variable it submits proposals on the database named, and stops between
// the host's write and the library's where it is told to.
const childVariable = "TIAN_EMBED_CHILD"

func TestMain(m *testing.M) {
	if text := os.Getenv(childVariable); text != "" {
		where, name, _ := strings.Cut(text, " ")
		if err := child(where, name); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child submits proposals for good. It stops and says so when GORM has written a
// receipt and the library has not yet opened the proposal (receipt), or when the
// library has written a case and GORM has not yet written its row (board); with
// "anywhere" it does not stop, and says what it has done.
func child(where, name string) error {
	ctx := context.Background()
	a, err := open(ctx, name)
	if err != nil {
		return err
	}
	stop := func(*gorm.DB) {
		fmt.Println("here")
		select {} // until it is killed
	}
	create := a.db.Callback().Create()
	switch where {
	case "receipt":
		err = create.After("gorm:create").Register("stop", func(rows *gorm.DB) {
			if rows.Statement.Table == "receipts" {
				stop(rows)
			}
		})
	case "board":
		err = create.Before("gorm:create").Register("stop", func(rows *gorm.DB) {
			if rows.Statement.Table == "boards" {
				stop(rows)
			}
		})
	}
	if err != nil {
		return err
	}
	member := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
	if where == "board" { // in a commit that the library begins
		_, err := a.svc.Open(ctx, member, proposal.Draft{Title: "关于小店的提案"})
		return err
	}
	for i := 0; ; i++ {
		key := fmt.Sprintf("%d-%d", os.Getpid(), i)
		if err := a.submitOne(ctx, member, key); err != nil {
			return err
		}
		fmt.Println(a.svc.OpeningID(member.Body, key))
	}
}

// submitOne is what the application does on POST /proposals.
func (a *app) submitOne(ctx context.Context, who proposal.Actor, key string) error {
	id := a.svc.OpeningID(who.Body, key)
	return a.together(ctx, func(rows *gorm.DB, acts *proposal.Service) error {
		if err := rows.Create(&Receipt{ProposalID: id}).Error; err != nil {
			return err
		}
		_, err := acts.Open(ctx, who, proposal.Draft{Title: "关于小店的提案"}, workflow.Command(key))
		return err
	})
}

// started starts the child and returns what it says.
func started(t *testing.T, where, name string) (c *exec.Cmd, said *bufio.Scanner, complaints *strings.Builder) {
	t.Helper()
	c = exec.Command(os.Args[0]) //nolint:gosec // this very program
	c.Env = append(os.Environ(), childVariable+"="+where+" "+name)
	complaints = new(strings.Builder)
	c.Stderr = complaints
	out, err := c.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.Start())
	return c, bufio.NewScanner(out), complaints
}

// Killed between the host's write and the library's, in either order, the
// application leaves both or neither: here neither.
func TestKilledBetweenTheHostsWriteAndTheLibrarys(t *testing.T) {
	for _, where := range []string{"receipt", "board"} {
		t.Run(where, func(t *testing.T) {
			onEach(t, func(t *testing.T, name string) {
				s := newSite(t, name)
				s.submitted("before")
				c, said, complaints := started(t, where, name)
				require.True(t, said.Scan(), complaints)
				require.Equal(t, "here", said.Text())
				require.NoError(t, c.Process.Kill())
				require.ErrorContains(t, c.Wait(), "signal: killed")
				s.bothOrNeither(1)
				s.submitted("after") // and the next goes through
				s.bothOrNeither(2)
			})
		})
	}
}

// Killed at any moment, it leaves both or neither of each, and all that it had
// acknowledged.
func TestKilledAnywhere(t *testing.T) {
	onEach(t, func(t *testing.T, name string) {
		s := newSite(t, name)
		rnd := rand.New(rand.NewPCG(1, 1)) //nolint:gosec // the same every time
		acknowledged := 0
		for range 4 {
			c, said, complaints := started(t, "anywhere", name)
			require.True(t, said.Scan(), complaints)
			acknowledged++
			time.AfterFunc(time.Duration(rnd.IntN(40))*time.Millisecond, func() { _ = c.Process.Kill() })
			for said.Scan() {
				_, err := s.svc.Get(t.Context(), said.Text())
				require.NoError(t, err)
				acknowledged++
			}
			require.ErrorContains(t, c.Wait(), "signal: killed", complaints)
		}
		s.bothOrNeither(-1)
		require.GreaterOrEqual(t, int(s.rows(&Receipt{})), acknowledged)
	})
}

// bothOrNeither requires that every proposal has the host's rows, and every row its
// proposal; so many of them, unless it is -1.
func (s *site) bothOrNeither(want int) {
	s.t.Helper()
	var cases, receipts, boards []string
	var isolation sql.TxOptions
	if s.db.Name() == "postgres" { // of one moment: the server may be busy with the last commit of who was killed
		isolation.Isolation = sql.LevelRepeatableRead
	}
	require.NoError(s.t, s.db.Transaction(func(rows *gorm.DB) error {
		tx, _ := rows.Statement.ConnPool.(*sql.Tx)
		err := s.svc.On(s.store.In(tx)).All().Each(s.t.Context(), workflow.Query{}, func(p *proposal.Proposal) error {
			cases = append(cases, p.ID)
			return nil
		})
		return errors.Join(err, rows.Model(&Receipt{}).Pluck("proposal_id", &receipts).Error, rows.Model(&Board{}).Pluck("proposal_id", &boards).Error)
	}, &isolation))
	require.ElementsMatch(s.t, cases, receipts)
	require.ElementsMatch(s.t, cases, boards)
	if want >= 0 {
		require.Len(s.t, cases, want)
	}
}
