//go:build unix

package campaign

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
	"testing"
	"time"

	driver "github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
)

// The connection is cut at a random byte of what a caller sends, or just before
// an answer reaches it. The caller finds the outcome out by its command.
func TestCutConnections(t *testing.T) {
	// A commit takes one or two answers of PostgreSQL, some ten of MySQL.
	for engine, answers := range map[string]int{"postgres": 2, "mysql": 10} {
		t.Run(engine, func(t *testing.T) {
			ctx := context.Background()
			direct := engines[engine](t)
			through, p := throughProxy(t, direct)
			inspector := mustOpen(t, direct)
			s := mustOpen(t, through)
			rnd := rand.New(rand.NewPCG(5, 6)) // the same every time
			var acknowledged []ack
			attempts, unknown, happened := times(60, 1500), 0, 0
			for i := range attempts {
				id, command := caseID(i%7), fmt.Sprintf("cut-%d", i)
				changes, err := action(ctx, s, id, command)
				require.NoError(t, err, "the pool mends itself")
				before := len(historyOf(t, inspector, id))
				if rnd.IntN(2) == 0 {
					p.cutAfter(rnd.IntN(1 + rnd.IntN(7000)))
				} else {
					p.cutAnswer(rnd.IntN(answers))
				}
				a := ack{ID: id, Command: command, Call: now()}
				limited, cancel := context.WithTimeout(ctx, 20*time.Second)
				err = s.Commit(limited, changes...)
				cancel()
				p.disarm()
				if err != nil {
					require.NotErrorIs(t, err, store.ErrConflict, "a cut is no refusal")
					unknown++
					result, err := act(ctx, s, id, command)
					require.NoError(t, err, "tried again")
					if result == repeated {
						happened++
					}
				}
				require.Len(t, historyOf(t, inspector, id), before+1, "one command, one effect")
				a.Ended = now()
				acknowledged = append(acknowledged, a)
			}
			f, err := inspect(ctx, inspector, acknowledged)
			require.NoError(t, err)
			t.Logf("commits %d, cut %d, told as errors %d, of which had happened %d, acknowledged %d, %v", attempts, p.disarm(), unknown, happened, len(acknowledged), f)
			report(t, f.counted("a connection cut at a random byte", engine, p.disarm(), len(acknowledged)))
			require.True(t, f.clean())
			require.Equal(t, 2*len(acknowledged), f.entries)
			require.Positive(t, happened, "no cut fell between a commit and its answer")
			require.Greater(t, unknown, happened, "no cut fell before a commit")
		})
	}
}

func historyOf(t *testing.T, s store.Store, id string) []store.Line {
	t.Helper()
	h, err := s.History(context.Background(), kind, id, 0, 0)
	require.NoError(t, err)
	return h
}

// throughProxy returns the same place behind a proxy.
func throughProxy(t *testing.T, direct place) (place, *proxy) {
	t.Helper()
	through := direct
	if direct.Engine == "mysql" {
		config, err := driver.ParseDSN(direct.DSN)
		require.NoError(t, err)
		p := startProxy(t, config.Addr)
		config.Addr = p.address()
		through.DSN = config.FormatDSN()
		return through, p
	}
	config, err := pgx.ParseConfig(direct.DSN)
	require.NoError(t, err)
	p := startProxy(t, net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port))))
	host, port, err := net.SplitHostPort(p.address())
	require.NoError(t, err)
	through.DSN = fmt.Sprintf("host=%s port=%s user=%s password='%s' database=%s sslmode=disable", host, port, config.User, config.Password, config.Database)
	return through, p
}
