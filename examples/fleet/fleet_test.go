package main

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// The processes of a fleet are this program again; under test they are the test's.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "member" {
		main()
	}
	os.Exit(m.Run())
}

// services returns the addresses of the servers that a test needs, or skips it.
func services(t *testing.T) (postgres, nats string) {
	t.Helper()
	postgres, nats = os.Getenv("TIAN_POSTGRES_DSN"), os.Getenv("TIAN_NATS_URL")
	if postgres == "" || nats == "" {
		t.Skip("set TIAN_POSTGRES_DSN and TIAN_NATS_URL, such as postgres://root@127.0.0.1:5432/test and nats://127.0.0.1:4222, to test a fleet")
	}
	return postgres, nats
}

func TestAShortFleet(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes 30 seconds")
	}
	postgres, nats := services(t)
	var out, errs bytes.Buffer
	code := command(t.Context(), []string{"--json", "--seconds", "30", "--processes", "2", "--kill", "16s", "--postgres", postgres, "--nats", nats}, &out, &errs)
	require.Equal(t, exitWell, code, errs.String()+out.String())
	var printed map[string]float64
	require.NoError(t, json.Unmarshal(out.Bytes(), &printed))
	require.Positive(t, printed["acts"])
	require.InDelta(t, 1, printed["kills"], 0)
	require.Zero(t, printed["promotions"])
	for _, none := range []string{"lost", "doubled", "reactions_twice", "stream_differs", "broken"} {
		require.Contains(t, printed, none)
		require.Zero(t, printed[none], none)
	}
}

func TestFlagsThatCannotBe(t *testing.T) {
	for _, args := range [][]string{
		{"--seconds", "1"}, {"--processes", "0"}, {"--callers", "-1"}, {"--kill", "1ms"}, {"more"}, {"member"}, {"partition", "--cases", "0"},
		{"--nats", "nats://127.0.0.1:1"},
	} {
		var out, errs bytes.Buffer
		require.Equal(t, exitUnusable, command(t.Context(), args, &out, &errs), args)
		require.NotEmpty(t, errs.String())
		require.Empty(t, out.String())
	}
}
