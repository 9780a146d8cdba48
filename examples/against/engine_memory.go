package main

import (
	"context"

	"github.com/tian-go/tian/proposal/store/memory"
)

// openMemory is the library with nothing behind it: what the engine itself costs.
func openMemory(ctx context.Context) (*engine, error) {
	e := &engine{name: "memory"}
	return e, e.add(ctx, "tian", nil, func() (rival, error) { return newLibrary(memory.New()) })
}
