package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkAct is one act of the whole way, for each way on each engine, by one
// writer: what to profile.
//
//	go test ./examples/against -run '^$' -bench 'Act/sqlite/tian$' -cpuprofile cpu.out
func BenchmarkAct(b *testing.B) {
	engines, err := testConsole(b).engines(b.Context(), postgresDSN(), mysqlDSN())
	for _, e := range engines {
		b.Cleanup(func() { require.NoError(b, e.close(b.Context())) })
	}
	require.NoError(b, err)
	for _, e := range engines {
		for _, w := range e.ways {
			b.Run(e.name+"/"+w.name, func(b *testing.B) {
				b.ReportAllocs()
				for done := 0; done < b.N; done += actsAWay {
					_, err := takeOne(b.Context(), w.rival, int(w.opened.Add(1)))
					require.NoError(b, err)
				}
			})
		}
	}
}
