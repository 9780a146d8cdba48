package main

import (
	"net"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOnlyWhatAnswersIsReached(t *testing.T) {
	t.Parallel()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := listener.Addr().String()
	for _, dsn := range []string{
		"postgres://root:secret@" + address + "/test?sslmode=disable",
		"root:secret@tcp(" + address + ")/test",
		"nats://" + address,
	} {
		require.NoError(t, reach(t.Context(), dsn), dsn)
	}
	require.ErrorContains(t, reach(t.Context(), "localhost"), "host:port")
	require.NoError(t, listener.Close())
	require.Error(t, reach(t.Context(), "nats://"+address))
}
